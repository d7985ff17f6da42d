#!/usr/bin/env python3
"""Login through an identity provider on this machine: the way there and back, and what is refused.

usage: tests/exchange/oidc_test.py OIDC_CLIENT    (TAP)
"""
import json
import os
import pathlib
import ssl
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "api"))
from keys import Key  # noqa: E402
from provider import CLIENT, SECRET, Provider  # noqa: E402
from service import Cases  # noqa: E402

case = Cases()
PROGRAM = os.path.abspath(sys.argv[1])


class Client:
    """The program's side, in a process of its own."""

    def __init__(self, issuer, secret=SECRET, hosts="", ca="cert.pem"):
        (PLACE / "secret").write_text(secret + "\n")
        env = dict(os.environ, http_proxy="http://127.0.0.1:9", all_proxy="http://127.0.0.1:9")
        self.process = subprocess.Popen([PROGRAM, PLACE / "t.db", issuer, CLIENT, PLACE / "secret", ca, hosts],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env, cwd=PLACE)

    def __enter__(self):
        return self

    def __exit__(self, *why):
        self.process.stdin.close()
        self.code = self.process.wait(timeout=30)
        self.process.stdout.close()
        assert why[0] or self.code == 0, self.code

    def say(self, *words):
        print(*(w.replace(" ", "%20") for w in words), file=self.process.stdin, flush=True)
        return self.process.stdout.readline().strip()

    def begin(self):
        told = self.say("begin")
        assert told.startswith("url "), told
        return told[4:]

    def log_in(self, provider, **claims):
        code, state = provider.authorize(self.begin(), **claims)
        return self.say("back", state, state, code)


GOOD = "claims person-1 li@mill.example 1"


@case
def there_and_back(p):
    """there and back: who it is; discovery and keys are asked for once"""
    with Client(p.issuer) as c:
        assert c.log_in(p) == GOOD
        assert c.log_in(p) == GOOD
    assert p.asked == ["/.well-known/openid-configuration", "/token", "/keys", "/token"], p.asked


@case
def states(p):
    """a state works once, and only with the cookie of its browser"""
    with Client(p.issuer) as c:
        code, state = p.authorize(c.begin())
        assert "error forbidden" in c.say("back", state, "A" * 43, code)
        assert "error forbidden" in c.say("back", state, "-", code)
        assert c.say("back", state, state, code) == GOOD
        assert "error forbidden" in c.say("back", state, state, code)
        code, state = p.authorize(c.begin())
        assert "refused the code: invalid_grant" in c.say("back", state, state, "other")
        assert "error forbidden" in c.say("back", state, state, code), "a failed try used the state up"
        _, state = p.authorize(c.begin())
        assert "access_denied" in c.say("back", state, state, "error=access_denied")
        _, state = p.authorize(c.begin())
        assert "no code" in c.say("back", state, state, "-")


@case
def tokens(p):
    """a token that is forged, for others, old, or of another login is not believed"""
    with Client(p.issuer) as c:
        for claims in ({"aud": "other"}, {"iss": "https://evil.example"}, {"nonce": "A" * 43},
                       {"exp": int(time.time()) - 3600}, {"sub": ""}):
            assert "error forbidden" in c.log_in(p, **claims), claims
        p.wrong, p.forger = "forged", OTHER
        told = c.log_in(p)
        assert "error forbidden" in told, told
        p.wrong = ""
        assert c.log_in(p) == GOOD
        assert "error" not in c.log_in(p, email_verified=False)


@case
def new_keys(p):
    """a new key of the provider is asked for, but not with every token"""
    with Client(p.issuer) as c:
        assert c.log_in(p) == GOOD
        p.keys, p.kid = {"two": OTHER}, "two"
        assert "error forbidden" in c.log_in(p), "within a minute nobody makes us ask again"
        assert p.asked.count("/keys") == 1, p.asked
        assert c.say("later", "61") == "later"
        assert c.log_in(p) == GOOD
        assert p.asked.count("/keys") == 2, p.asked
        assert c.say("later", "3700") == "later"
        assert c.log_in(p, exp=int(time.time()) + 9000, iat=int(time.time()) + 3700) == GOOD
        assert p.asked.count("/keys") == 3 and p.asked.count("/.well-known/openid-configuration") == 2, p.asked


@case
def secrets(p):
    """a wrong secret is refused by the provider, and stands in no message"""
    with Client(p.issuer, secret="wr0ng") as c:
        told = c.log_in(p)
        assert "invalid_client" in told and "wr0ng" not in told, told


@case
def elsewhere(p):
    """nothing in the discovery document leads to another host or port"""
    with Provider(TLS) as other:
        for name in ("token_endpoint", "jwks_uri"):
            for url in (other.issuer + "/token", "https://evil.example/x", "https://localhost:1/x",
                        p.issuer.replace("localhost", "127.0.0.1") + "/x", p.issuer.replace("https", "http") + "/x",
                        p.issuer + "@evil.example/x", "file:///etc/passwd", "http://169.254.169.254/x"):
                p.wrong = json.dumps({name: url})
                with Client(p.issuer) as c:
                    told = c.say("begin")
                    assert told.startswith("error input"), (name, url, told)
        assert other.asked == [], other.asked
    p.wrong = json.dumps({"jwks_uri": "https://keys.example/x"})
    with Client(p.issuer, hosts="other.example keys.example") as c:
        assert c.begin(), "a host named in the settings is allowed"
    p.wrong = json.dumps({"jwks_uri": "https://keys.example:8443/x"})
    with Client(p.issuer, hosts="other.example keys.example") as c:
        assert c.say("begin").startswith("error input"), "but not on another port"


@case
def answers(p):
    """redirects, endless and slow answers, failures: an error each, within the time"""
    for wrong, says in (("elsewhere", "302"), ("endless", "larger than"), ("slow", "error io"), ("broken", "500"),
                        ('{"issuer": "https://evil.example"}', "issuer"), ('{"authorization_endpoint": 1}', "error")):
        p.wrong = wrong
        with Client(p.issuer) as c:
            began = time.monotonic()
            told = c.say("begin")
            assert told.startswith("error") and says in told, (wrong, told)
            assert time.monotonic() - began < 2.9, wrong
    assert not any(path.startswith("/elsewhere") for path in p.asked), "a redirect was followed"
    p.wrong = ""
    with Client(p.issuer) as c:  # and the same at the token endpoint
        for wrong, says in (("elsewhere", "302"), ("endless", "larger than")):
            p.wrong = ""
            code, state = p.authorize(c.begin())
            p.wrong = wrong
            told = c.say("back", state, state, code)
            assert told.startswith("error") and says in told, (wrong, told)


@case
def issuers(p):
    """an issuer is asked by https, and its certificate believed"""
    for issuer in ("http://id.example", p.issuer.replace("https", "http"), "ftp://id.example", "https://user:pw@id.example"):
        c = Client(issuer)
        told = c.process.stdout.readline()
        assert told.startswith("error input"), (issuer, told)
        c.process.stdin.close()
        assert c.process.wait(timeout=30) == 1
        c.process.stdout.close()
    with Client(p.issuer, ca="") as c:
        told = c.say("begin")
        assert told.startswith("error io") and "SSL" in told, told
    assert p.asked == [], p.asked


KEYS, OTHER = {"one": Key()}, Key()


class Fresh:
    """Each case gets a provider of its own, with the same key."""

    def __init__(self, function):
        self.function, self.__doc__ = function, function.__doc__

    def __call__(self):
        provider = Provider(TLS)
        provider.keys = dict(KEYS)
        with provider:
            self.function(provider)



with tempfile.TemporaryDirectory(prefix="tanlian-oidc-") as folder:
    PLACE = pathlib.Path(folder)
    (PLACE / "key.pem").write_text(KEYS["one"].private_pem())
    (PLACE / "cert.pem").write_text(KEYS["one"].certificate_pem("localhost"))
    TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    TLS.load_cert_chain(PLACE / "cert.pem", PLACE / "key.pem")
    case.items = [Fresh(function) for function in case.items]
    sys.exit(case.run())
