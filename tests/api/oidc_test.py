#!/usr/bin/env python3
"""Login through an identity provider over HTTP, with a provider of its own: the way there and back, who comes in,
linking, and what is refused: states, nonces, forged tokens, other browsers, other pages.

usage: tests/api/oidc_test.py PROGRAM    (TAP)
"""
import json
import pathlib
import ssl
import sys
import tempfile
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "exchange"))
from keys import Key  # noqa: E402
from people import PASSWORD  # noqa: E402
from provider import CLIENT, SECRET, Provider  # noqa: E402
from service import Cases, Service  # noqa: E402

case = Cases()
BASE = "https://tl.example"
BACK = "/api/v1/login/back"


class Browser:
    """Keeps the cookies it is given."""

    def __init__(self, service):
        self.service, self.jar = service, {}

    def ask(self, method, path, body=None, **headers):
        if self.jar:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.jar.items())
        answer = self.service.ask(method, path, body, **headers)
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                pair = value.split(";")[0].partition("=")
                assert "HttpOnly" in value and "SameSite=Lax" in value, value
                if pair[2]:
                    self.jar[pair[0]] = pair[2]
                else:
                    self.jar.pop(pair[0], None)
        return answer

    def begin(self, **body):
        csrf = self.who().get("csrf") or "" if "tanlian" in self.jar else ""
        answer = self.ask("POST", "/api/v1/login/provider", body, X_CSRF_Token=csrf)
        assert answer.status == 200, answer.body
        return json.loads(answer.body)["url"]

    def back(self, **query):
        """Comes back; where it is sent to."""
        answer = self.ask("GET", BACK + "?" + urllib.parse.urlencode(query))
        assert answer.status == 303, (answer.status, answer.body)
        assert answer.getheader("Referrer-Policy") == "no-referrer" and answer.getheader("Cache-Control") == "no-store"
        assert "tanlian-login" not in self.jar, "the cookie of the way is used up"
        return answer.getheader("Location")

    def log_in(self, provider, claims=None, **body):
        code, state = provider.authorize(self.begin(**body), **(claims or {}))
        return self.back(code=code, state=state)

    def who(self):
        return json.loads(self.ask("GET", "/api/v1/session").body)


def invite(s, address, *roles):
    s.run("user", "invite", address, "--name", "Li", "--tenant", "mill", "--role", roles[0] if roles else "company-editor")


@case
def ways(s, p):
    """the page is told of the provider, by a name in both languages"""
    s.run("user", "first", "anna@example.org", "--name", "Anna", "--tenant", "operator", "--name-en", "Operator")
    s.run("tenant", "add", "mill", "--kind", "company", "--name-en", "Mill", "--name-zh", "钢厂")
    told = s.json("/api/v1/login")
    assert told["providers"] == [{"name_en": "Mill staff", "name_zh": "钢厂员工"}] and not told["reset"], told


@case
def nobody_is_let_in(s, p):
    """a person of the provider whom nobody here invited stays outside, and no account is made"""
    b = Browser(s)
    assert b.log_in(p) == "/en/sign-in?failed=stranger"
    assert b.who()["user"] is None
    assert json.loads(s.run("--json", "user", "list"))["people"] == []
    invite(s, "li@mill.example")
    assert b.log_in(p, {"email_verified": False}) == "/en/sign-in?failed=stranger", "an address nobody vouched for"


@case
def comes_in(s, p):
    """who was invited comes in by the provider, to the page that was asked for, and again later"""
    b = Browser(s)
    assert b.log_in(p, next="/zh/league?by=total") == "/zh/league?by=total"
    who = b.who()
    assert who["email"] == "li@mill.example" and "record-edit" in who["rights"], who
    later = Browser(s)
    assert later.log_in(p) == "/en/"
    assert later.who()["user"] == who["user"]
    assert later.log_in(p, {"email": "other@mill.example"}) == "/en/", "found by issuer and subject alone"
    account = json.loads(later.ask("GET", "/api/v1/account").body)
    assert account["providers"][0]["linked"] and not account["has_password"], account
    assert [x["tenant"] for x in account["places"]] == ["mill"], account


@case
def asked_for(s, p):
    """what the provider is asked: code, PKCE with S256, state, nonce, our own address to come back to"""
    b = Browser(s)
    asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(b.begin()).query))
    assert asked["redirect_uri"] == BASE + BACK and asked["client_id"] == CLIENT, asked
    assert asked["code_challenge_method"] == "S256" and len(asked["nonce"]) == 43 and len(asked["state"]) == 43
    assert b.jar["tanlian-login"].startswith(asked["state"] + "."), b.jar


@case
def states(s, p):
    """a state works once, in the browser that began, for ten minutes"""
    b = Browser(s)
    code, state = p.authorize(b.begin())
    kept = dict(b.jar)
    other = Browser(s)
    assert other.back(code=code, state=state) == "/en/sign-in?failed=late", "another browser"
    assert b.back(code=code, state="A" * 43) == "/en/sign-in?failed=late", "another state"
    b.jar = dict(kept)
    assert b.back(code=code, state=state) == "/en/"
    b.jar = dict(kept)
    assert b.back(code=code, state=state) == "/en/sign-in?failed=late", "used"
    old = Browser(s)
    code, state = p.authorize(old.begin())
    s.sql("UPDATE oidc_pending SET made_at = made_at - 601, ends_at = ends_at - 601")
    assert old.back(code=code, state=state) == "/en/sign-in?failed=late", "too old"
    assert Browser(s).back() == "/en/sign-in?failed=late", "nothing was begun"


@case
def tokens(s, p):
    """a token with another nonce, issuer or receiver, forged, old or replayed opens nothing"""
    for claims in ({"nonce": "A" * 43}, {"iss": "https://evil.example"}, {"aud": "other"},
                   {"exp": int(time.time()) - 3600}):
        b = Browser(s)
        assert b.log_in(p, claims) == "/en/sign-in?failed=late", claims
        assert b.who()["user"] is None, claims
    p.wrong, p.forger = "forged", OTHER
    assert Browser(s).log_in(p) == "/en/sign-in?failed=late"
    p.wrong = ""
    first, second = Browser(s), Browser(s)
    code, state = p.authorize(first.begin())
    assert first.back(code=code, state=state) == "/en/"
    p.authorize(second.begin())
    state = second.jar["tanlian-login"].split(".")[0]
    where = second.back(code=code, state=state)
    assert where == "/en/sign-in?failed=late", where
    assert any("login by provider" in line for line in s.log), "the reason is in the log"


@case
def refused_there(s, p):
    """who says no at the provider is told so"""
    b = Browser(s)
    _, state = p.authorize(b.begin(next="/zh/league"))
    assert b.back(error="access_denied", state=state) == "/zh/sign-in?failed=refused"


@case
def own_pages_only(s, p):
    """after the login no address but one of our pages is gone to"""
    for bad in ("https://evil.example/", "//evil.example", "/\\evil.example", "/zh/\\..//evil", "/api/v1/session",
                "/zh/x\r\nSet-Cookie: a=b", "javascript:alert(1)", "/en", "/zh/" + "x" * 900, "/zh/;evil", ""):
        b = Browser(s)
        assert b.log_in(p, next=bad) == "/en/", bad
    b = Browser(s)
    code, state = p.authorize(b.begin(next="/zh/league"))
    b.jar["tanlian-login"] = state + "..https://evil.example"
    assert b.back(code=code, state=state) == "/en/", "a cookie that was changed"


@case
def fixation(s, p):
    """a login makes a new session, and ends the one that came with it"""
    b = Browser(s)
    b.log_in(p)
    before = b.jar["tanlian"]
    assert b.log_in(p) == "/en/"
    assert b.jar["tanlian"] != before
    assert s.get("/api/v1/jobs", Cookie="tanlian=" + before).status == 401
    assert s.ask("POST", "/api/v1/login/provider", {}, Origin="https://evil.example").status == 403


@case
def linking(s, p):
    """who has an account links the provider while signed in; nobody else's"""
    s.run("user", "add", "wang@mill.example", "--name", "Wang", "--tenant", "mill", "--role", "company-approver")
    link = json.loads(s.run("--json", "user", "reset", "wang@mill.example"))["link"]
    body = {"token": link.split("#")[1], "password": PASSWORD}
    assert s.ask("POST", "/api/v1/reset/acceptance", body).status == 204
    claims = {"sub": "person-2", "email": "wang@mill.example"}
    assert Browser(s).log_in(p, claims) == "/en/sign-in?failed=stranger", "an address alone opens no account"
    b = Browser(s)
    signed = json.loads(b.ask("POST", "/api/v1/session", {"email": "wang@mill.example", "password": PASSWORD}).body)

    def link_as(claims, jar=None):
        answer = b.ask("POST", "/api/v1/login/provider", {"link": "yes", "next": "/en/account"},
                       X_CSRF_Token=signed["csrf"])
        code, state = p.authorize(json.loads(answer.body)["url"], **claims)
        b.jar.update(jar or {})
        return b.back(code=code, state=state)

    assert b.ask("POST", "/api/v1/login/provider", {"link": "yes"}).status == 403, "no CSRF token"
    assert Browser(s).ask("POST", "/api/v1/login/provider", {"link": "yes"}).status == 401
    assert link_as({"sub": "person-1"}) == "/en/account?failed=taken", "that one is Li"
    li = Browser(s)
    li.log_in(p)
    mine = b.jar["tanlian"]
    assert link_as(claims, {"tanlian": li.jar["tanlian"]}).startswith("/en/account?failed="), "another session came back"
    b.jar["tanlian"] = mine
    assert link_as(claims) == "/en/account"
    fresh = Browser(s)
    assert fresh.log_in(p, claims) == "/en/"
    assert fresh.who()["email"] == "wang@mill.example"


@case
def again(s, p):
    """who has no password signs in at the provider once more, in the same session; the provider must say it asked"""
    b = Browser(s)
    b.log_in(p)
    who = b.who()

    def key():
        answer = b.ask("POST", "/api/v1/keys", {"name": "test"}, X_CSRF_Token=b.who()["csrf"])
        return answer.status, json.loads(answer.body).get("type")

    assert key() == (403, "/problems/reauthenticate"), "the provider has not said when it asked for a password"
    assert not any(word in b.begin() for word in ("max_age", "prompt", "acr_values"))
    asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(b.begin(again="yes")).query))
    assert (asked["prompt"], asked["max_age"]) == ("login", "0"), asked
    for claims in ({"auth_time": int(time.time()) - 700}, {"auth_time": "now"}, {"sub": "person-2"}, {"sub": "person-9"}):
        assert b.log_in(p, claims, again="yes", next="/en/account") == "/en/account?failed=again", claims
        assert key()[0] == 403, claims
    before = b.jar["tanlian"]
    assert b.log_in(p, again="yes", next="/en/account?proved=yes") == "/en/account?proved=yes"
    assert b.jar["tanlian"] != before and s.get("/api/v1/jobs", Cookie="tanlian=" + before).status == 401
    assert b.who()["user"] == who["user"] and key()[0] == 200
    s.sql("UPDATE account_session SET proved_at = 0")
    link = b.ask("POST", "/api/v1/login/provider", {"link": "yes"}, X_CSRF_Token=b.who()["csrf"])
    assert json.loads(link.body)["type"] == "/problems/reauthenticate", "a further way in"
    assert Browser(s).ask("POST", "/api/v1/login/provider", {"again": "yes"}).status == 401
    fresh = Browser(s)
    fresh.log_in(p, {"auth_time": int(time.time()) - 100})
    assert fresh.ask("POST", "/api/v1/keys", {"name": "fresh"}, X_CSRF_Token=fresh.who()["csrf"]).status == 200


@case
def strength(s, p):
    """where a strength is set, a login, a link and a proof whose token lacks it are refused, told so, and audited"""
    good = {"acr": "urn:x:mfa", "amr": ["pwd", "mfa"]}
    lacking = [({"amr": ["mfa"]}, "acr"), ({"acr": "0", "amr": ["mfa"]}, "acr"), ({"acr": ["phr"], "amr": ["mfa"]}, "acr"),
               ({"acr": "phr"}, "amr"), ({"acr": "phr", "amr": ["pwd"]}, "amr"), ({"acr": "phr", "amr": "mfa"}, "amr"),
               ({"acr": "phr", "amr": ["mfa", 1]}, "amr"), ({"acr": "phr", "amr": ["mfa"] * 33}, "amr"), ({}, "acr")]

    def failed():
        rows = json.loads(s.run("--json", "audit", "list", "--action", "login.failure"))["entries"]
        return [(row["actor"], json.loads(row["detail"])) for row in reversed(rows)]

    s.stop()
    s.options = (*s.options, "--oidc-acr", "phr urn:x:mfa", "--oidc-amr", "mfa")
    s.start()
    asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(Browser(s).begin()).query))
    assert asked["acr_values"] == "phr urn:x:mfa", asked
    before = failed()
    for claims, _ in lacking:
        b = Browser(s)
        assert b.log_in(p, claims, next="/zh/league") == "/zh/sign-in?failed=weak", claims
        assert b.who()["user"] is None, claims
    assert Browser(s).log_in(p, {"sub": "person-9"}) == "/en/sign-in?failed=weak", "a stranger"
    b = Browser(s)
    assert b.log_in(p, {**good, "auth_time": int(time.time())}) == "/en/"
    li = b.who()["user"]
    assert b.log_in(p, {"acr": "phr"}, again="yes", next="/en/account") == "/en/account?failed=weak"
    assert b.log_in(p, good, again="yes", next="/en/account") == "/en/account"
    assert b.log_in(p, {"sub": "person-3"}, link="yes", next="/en/account") == "/en/account?failed=weak"
    assert b.log_in(p, {**good, "sub": "person-3"}, link="yes", next="/en/account") == "/en/account"
    b = Browser(s)
    code, state = p.authorize(b.begin(), acr="0")
    b.jar["tanlian-login"] = f"{state}.{'0' * 24}./en/"
    assert b.back(code=code, state=state) == "/en/account?failed=weak"
    assert not any(s.run("--json", "user", "list").count(x) for x in ("person-3", "person-9")), "no account was made"
    told = failed()[len(before):]
    assert [who for who, _ in told] == [li] * len(lacking) + ["unknown"] + [li] * 3, "never whom a cookie names"
    assert [what["weak"] for _, what in told] == [word for _, word in lacking] + ["acr", "amr", "acr", "acr"], told
    assert all(what["source"] == "127.0.0.1" and what["issuer"] == p.issuer for _, what in told), told
    assert any("acr is '0'" in line for line in s.log), "what the provider said is in the log"


@case
def provider_away(s, p):
    """a provider that answers nonsense: a problem, no way in, the service goes on"""
    p.wrong = "broken"
    # its discovery is kept for an hour, so workers that asked before go on; the token is asked for each time
    b = Browser(s)
    answer = b.ask("POST", "/api/v1/login/provider", {})
    assert answer.status in (200, 503, 422), answer.status
    p.wrong = ""
    assert s.get("/api/v1/health").status == 200
    said = "".join(s.log)
    assert SECRET not in said and "code=" not in said, "nothing secret in the log"


@case
def audited(s, p):
    """logins by the provider stand in the audit chain, which is sound"""
    assert "sound" in s.run("verify")


with tempfile.TemporaryDirectory() as folder:
    place, key, OTHER = pathlib.Path(folder), Key(), Key()
    (place / "key.pem").write_text(key.private_pem())
    (place / "cert.pem").write_text(key.certificate_pem("localhost"))
    (place / "secret").write_text(SECRET + "\n")
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(place / "cert.pem", place / "key.pem")
    with Provider(tls) as provider:
        provider.keys = {"one": key}
        options = ["--base", BASE, "--oidc-issuer", provider.issuer, "--oidc-client", CLIENT, "--oidc-secret-file",
                   str(place / "secret"), "--oidc-ca", str(place / "cert.pem"), "--oidc-name-en", "Mill staff",
                   "--oidc-name-zh", "钢厂员工", "--per-second", "1000"]
        with Service(sys.argv[1], *options) as service:
            sys.exit(case.run(service, provider))
