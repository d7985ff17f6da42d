#!/usr/bin/env python3
"""The second factor over HTTP: an authenticator app and recovery codes, and a service that requires them.

usage: tests/api/second_factor_test.py PROGRAM    (TAP)
"""
import base64
import concurrent.futures
import hashlib
import hmac
import json
import pathlib
import re
import struct
import subprocess
import sys
import time
import urllib.parse

from people import PASSWORD, Person, accept
from service import Cases, Service

case = Cases()
LOGIN = {"email": "anna@example.org", "password": PASSWORD}


def code_of(secret, steps=0):
    """The code an app shows, `steps` of 30 s from now (RFC 6238), worked out without the program."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30 + steps), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at:at + 4])[0] & 0x7FFFFFFF) % 10 ** 6:06d}"


def wrong_code(secret):
    """Six digits that are no code near now."""
    near = {code_of(secret, i) for i in range(-3, 4)}
    return next(c for c in ("000000", "111111", "222222", "333333", "444444", "555555", "666666", "777777") if c not in near)


def forget(s):
    """As after a while: no step was used, nobody has failed. And not just before the next step begins."""
    if time.time() % 30 > 24:
        time.sleep(30.2 - time.time() % 30)
    s.sql("UPDATE account_factor SET last_step = 0")
    s.sql("DELETE FROM login_attempt")


def log_in(s, **more):
    return s.ask("POST", "/api/v1/session", {**LOGIN, **more})


def enrol(person):
    """Turns the second factor on for somebody; secret and recovery codes."""
    made = person.ask("POST", "/api/v1/account/factor")
    assert made.status == 201, made.body
    secret = json.loads(made.body)["secret"]
    answer = person.ask("POST", "/api/v1/account/factor/confirmation", {"code": code_of(secret)})
    assert answer.status == 200, answer.body
    renew(person, answer)
    return secret, json.loads(answer.body)["recovery"]


def renew(person, answer):
    """Takes the new cookie, and the CSRF token that goes with it."""
    person.cookie = answer.getheader("Set-Cookie").split(";")[0]
    person.csrf = json.loads(person.ask("GET", "/api/v1/session").body)["csrf"]


def problem(answer, status, kind):
    said = json.loads(answer.body)
    assert (answer.status, said["type"]) == (status, "/problems/" + kind), (answer.status, said)
    return said


def factor_of(person):
    return json.loads(person.ask("GET", "/api/v1/account").body)["factor"]


def mails(s, subject):
    folder = pathlib.Path(s.folder.name) / "mails"
    return [m for m in folder.glob("*.eml") if subject in m.read_text()]


@case
def begun(s):
    """a secret of 160 bits comes once, as text and as what an app reads; it is not on before it was confirmed"""
    s.stop()
    (pathlib.Path(s.folder.name) / "mails").mkdir()
    s.options = (*s.options, "--base", "https://tl.example", "--mail", "mails", "--mail-from", "no-reply@tl.example")
    s.start()
    s.anna = accept(s, s.run("--json", "user", "first", "anna@example.org", "--name", "Anna", "--tenant", "operator",
                             "--name-en", "Operator"))
    nothing = {"on": False, "since": None, "recovery_left": 0, "required": False}
    assert factor_of(s.anna) == nothing, factor_of(s.anna)
    made = s.anna.ask("POST", "/api/v1/account/factor")
    assert made.status == 201 and "no-store" in made.getheader("Cache-Control"), made.body
    s.first = json.loads(made.body)
    assert len(base64.b32decode(s.first["secret"])) == 20, s.first
    uri = urllib.parse.urlsplit(s.first["uri"])
    assert (uri.scheme, uri.netloc, uri.path) == ("otpauth", "totp", "/Tanlian:anna%40example.org"), s.first
    assert uri.query == f"secret={s.first['secret']}&issuer=Tanlian&algorithm=SHA1&digits=6&period=30", uri.query
    assert factor_of(s.anna) == nothing
    assert log_in(s).status == 200, "nothing is asked before it is on"
    again = json.loads(s.anna.ask("POST", "/api/v1/account/factor").body)
    assert again["secret"] != s.first["secret"], "a secret is never given twice"
    old = s.anna.ask("POST", "/api/v1/account/factor/confirmation", {"code": code_of(s.first["secret"])})
    assert "clock" in problem(old, 403, "forbidden")["detail"], old.body
    s.secret = again["secret"]


@case
def confirmed(s):
    """the first code turns it on: recovery codes once, other sessions end, this one has a new token"""
    other = Person(s, log_in(s))
    before = s.anna.cookie
    answer = s.anna.ask("POST", "/api/v1/account/factor/confirmation", {"code": " ".join(code_of(s.secret))})
    assert answer.status == 200 and "no-store" in answer.getheader("Cache-Control"), answer.body
    s.codes = json.loads(answer.body)["recovery"]
    assert len(set(s.codes)) == 10 and all(re.fullmatch("([a-z2-7]{4}-){3}[a-z2-7]{4}", c) for c in s.codes), s.codes
    renew(s.anna, answer)
    assert s.anna.cookie != before
    assert s.get("/api/v1/jobs", Cookie=before).status == 401 and other.ask("GET", "/api/v1/jobs").status == 401
    now = factor_of(s.anna)
    assert now["on"] and abs(now["since"] - time.time()) < 60 and now["recovery_left"] == 10, now
    for path, body in (("", None), ("/confirmation", {"code": code_of(s.secret)})):
        problem(s.anna.ask("POST", "/api/v1/account/factor" + path, body), 409, "conflict")


@case
def login_asks(s):
    """a right password alone is answered by a problem of its own, in both languages; a wrong one as ever"""
    forget(s)
    said = problem(log_in(s), 401, "second-factor")
    chinese = problem(s.ask("POST", "/api/v1/session?lang=zh", LOGIN), 401, "second-factor")
    assert "code" in said["title"] and "第二验证因素" in chinese["title"] and "验证码" in chinese["detail"], (said, chinese)
    empty = log_in(s, code="")
    problem(empty, 401, "second-factor")
    assert not empty.getheader("Set-Cookie"), "no session"
    wrong = s.ask("POST", "/api/v1/session", {**LOGIN, "password": "wrong wrong wrong", "code": code_of(s.secret)})
    problem(wrong, 401, "unauthorized")
    assert log_in(s, code=code_of(s.secret)).status == 200, "the code was not used by a wrong password"


@case
def login_by_code(s):
    """a code counts once, with those before it; a step to either side is taken, two are not"""
    forget(s)
    for steps in (-2, 2, 3):
        problem(log_in(s, code=code_of(s.secret, steps)), 401, "unauthorized")
    forget(s)
    spaced = code_of(s.secret)
    assert log_in(s, code=spaced[:3] + " " + spaced[3:]).status == 200
    problem(log_in(s, code=spaced), 401, "unauthorized")
    problem(log_in(s, code=code_of(s.secret, -1)), 401, "unauthorized")
    assert log_in(s, code=code_of(s.secret, 1)).status == 200
    problem(log_in(s, code=code_of(s.secret, 1)), 401, "unauthorized")
    for code in (code_of(s.secret), s.codes[9]):
        forget(s)
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            got = sorted(a.status for a in pool.map(lambda _, code=code: log_in(s, code=code), range(8)))
        assert got[0] == 200 and set(got[1:]) <= {401, 503}, (code, got)  # 503: too many who write at once


@case
def login_by_recovery(s):
    """a recovery code counts once, however it is written"""
    forget(s)
    assert log_in(s, code=s.codes[0].upper().replace("-", " ")).status == 200
    problem(log_in(s, code=s.codes[0]), 401, "unauthorized")
    assert log_in(s, code=s.codes[1].replace("-", "")).status == 200
    assert factor_of(s.anna)["recovery_left"] == 7
    for nonsense in ("aaaa-aaaa-aaaa-aaaa", s.codes[2][:-1], s.codes[2] + "a", "x" * 5000, "0123456789012345", "'; --"):
        assert log_in(s, code=nonsense).status == 401, nonsense
        forget(s)


@case
def guessing(s):
    """who knows the password cannot guess codes: tries with a wrong one and without any are counted"""
    forget(s)
    words = json.loads(s.ask("POST", "/api/v1/session", {**LOGIN, "password": "wrong wrong wrong"}).body)
    forget(s)
    wrong = [log_in(s, code=wrong_code(s.secret)) for _ in range(6)]
    assert all(problem(a, 401, "unauthorized")["detail"] == words["detail"] for a in wrong[:5]), wrong[0].body
    assert wrong[4].getheader("Retry-After") and wrong[5].getheader("Retry-After"), "the fifth begins a wait"
    assert log_in(s, code=code_of(s.secret)).status == 401, "the wait holds for the right code too"
    forget(s)
    bare = [log_in(s) for _ in range(6)]
    assert [json.loads(a.body)["type"][10:] for a in bare] == ["second-factor"] * 5 + ["unauthorized"]
    assert log_in(s, code=code_of(s.secret)).status == 401
    forget(s)
    for _ in range(4):
        log_in(s)
    assert log_in(s, code=code_of(s.secret)).status == 200, "what went well forgives"
    problem(log_in(s), 401, "second-factor")


@case
def one_address(s):
    """people behind one address who sign in in two steps do not make it wait"""
    forget(s)
    for i in range(25):
        problem(log_in(s), 401, "second-factor")
        s.sql("DELETE FROM login_attempt WHERE subject LIKE 'account/%'")
    nobody = s.ask("POST", "/api/v1/session", {"email": "nobody@example.org", "password": "wrong wrong wrong"})
    assert not nobody.getheader("Retry-After"), nobody.body


@case
def guessing_first(s):
    """tries at the first code are counted too"""
    s.run("tenant", "add", "bank-a", "--kind", "bank", "--name-en", "Bank A")
    s.ben = accept(s, s.run("--json", "user", "invite", "ben@example.org", "--name", "Ben", "--tenant", "bank-a", "--role",
                            "administrator", "--role", "bank-officer"))
    problem(s.ben.ask("POST", "/api/v1/account/factor/confirmation", {"code": "123456"}), 409, "conflict")
    problem(s.ben.ask("POST", "/api/v1/account/factor/recovery"), 409, "conflict")
    secret = json.loads(s.ben.ask("POST", "/api/v1/account/factor").body)["secret"]
    wrong = [s.ben.ask("POST", "/api/v1/account/factor/confirmation", {"code": wrong_code(secret)}) for _ in range(6)]
    assert all(problem(a, 403, "forbidden") for a in wrong) and wrong[4].getheader("Retry-After"), wrong[4].body
    right = s.ben.ask("POST", "/api/v1/account/factor/confirmation", {"code": code_of(secret)})
    problem(right, 403, "forbidden")
    assert s.ask("POST", "/api/v1/session", {"email": "ben@example.org", "password": PASSWORD}).status == 401
    forget(s)
    assert s.ben.ask("DELETE", "/api/v1/account/factor").status == 204, "what was only begun goes without a word"


@case
def proof(s):
    """the password once more wants a code, too"""
    forget(s)
    s.anna = Person(s, log_in(s, code=code_of(s.secret)))
    s.sql("UPDATE account_session SET proved_at = proved_at - 600 WHERE proved_at > 600")
    for method, path in (("POST", ""), ("DELETE", ""), ("POST", "/recovery"), ("POST", "/confirmation")):
        problem(s.anna.ask(method, "/api/v1/account/factor" + path, {"code": "1"} if path[1:2] == "c" else None), 403,
                "reauthenticate")
    problem(s.anna.ask("POST", "/api/v1/session/proof", {"password": PASSWORD}), 403, "second-factor")
    problem(s.anna.ask("POST", "/api/v1/session/proof", {"password": PASSWORD, "code": wrong_code(s.secret)}), 403, "forbidden")
    problem(s.anna.ask("POST", "/api/v1/session/proof", {"password": PASSWORD, "code": code_of(s.secret)}), 403, "forbidden")
    s.anna = Person(s, s.anna.ask("POST", "/api/v1/session/proof", {"password": PASSWORD, "code": code_of(s.secret, 1)}))
    fresh = s.anna.ask("POST", "/api/v1/account/factor/recovery")
    assert fresh.status == 200, fresh.body
    old, s.codes = s.codes, json.loads(fresh.body)["recovery"]
    assert not set(old) & set(s.codes) and factor_of(s.anna)["recovery_left"] == 10
    problem(log_in(s, code=old[5]), 401, "unauthorized")
    assert log_in(s, code=s.codes[5]).status == 200


@case
def password_changed(s):
    """a new password leaves the second factor as it is"""
    change = {"old": PASSWORD, "new": "another horse battery"}
    assert s.anna.ask("POST", "/api/v1/session/password", change).status == 204
    forget(s)
    problem(log_in(s, password=change["new"]), 401, "second-factor")
    s.anna = Person(s, log_in(s, password=change["new"], code=code_of(s.secret)))
    assert s.anna.ask("POST", "/api/v1/session/password", {"old": change["new"], "new": PASSWORD}).status == 204
    forget(s)
    s.anna = Person(s, log_in(s, code=code_of(s.secret)))


@case
def people(s):
    """the list of people says who has one"""
    rows = json.loads(s.anna.ask("GET", "/api/v1/people").body)["people"]
    assert {r["email"]: r["factor"] for r in rows} == {"anna@example.org": True, "ben@example.org": False}, rows


@case
def off(s):
    """turned off by the person, nothing of it is left, and the password alone opens again"""
    forget(s)
    assert s.anna.ask("DELETE", "/api/v1/account/factor").status == 204
    assert not factor_of(s.anna)["on"] and factor_of(s.anna)["recovery_left"] == 0
    assert log_in(s).status == 200
    s.used = [s.secret, *s.codes]
    s.secret, s.codes = enrol(s.anna)
    problem(log_in(s), 401, "second-factor")


@case
def lost(s):
    """at the command line the second factor of who lost it is turned off, and nothing else"""
    for words, want in ((["anna@example.org"], "--off"), (["ben@example.org", "--off"], "no second factor"),
                        (["nobody@example.org", "--off"], "no account")):
        done = subprocess.run([s.program, "--db", s.database, "user", "factor", *words], env=s.env, capture_output=True,
                              text=True, check=False)
        assert done.returncode != 0 and want in done.stderr, done.stderr
    s.run("user", "factor", "anna@example.org", "--off")
    forget(s)
    assert log_in(s).status == 200
    assert s.anna.ask("POST", "/api/v1/people/x/factor").status == 404, "not over HTTP"
    s.used += [s.secret, *s.codes]
    s.secret, s.codes = enrol(s.anna)


@case
def told(s):
    """its owner is told by mail when it is turned on and off"""
    until = time.time() + 20
    while time.time() < until and (len(mails(s, "second factor turned on")) < 3 or not mails(s, "second factor turned off")):
        time.sleep(0.1)
    assert len(mails(s, "second factor turned on")) == 3, "anna, three times"
    assert len(mails(s, "second factor turned off")) == 1, "by herself; not at the command line"


@case
def nowhere_else(s):
    """secret and codes are in no log, audit entry, mail or answer, and what was turned off is not in the database"""
    secrets = [s.first["secret"], *s.used, s.secret, *s.codes]
    audit = s.run("--json", "audit", "list", "--limit", "1000")
    for action in ("second_factor.on", "second_factor.off", "second_factor.codes", "second_factor.recovery",
                   "second_factor.failure"):
        assert action in audit, action
    letters = "".join(m.read_text() for m in (pathlib.Path(s.folder.name) / "mails").glob("*.eml"))
    answers = "".join(s.anna.ask("GET", "/api/v1/" + p).body.decode()
                      for p in ("account", "session", "sessions", "people", "audit", "letters", "keys", "jobs"))
    lists = s.run("user", "list") + s.run("--json", "user", "list")
    for text in (audit, "".join(s.log), letters, answers, lists):
        assert not [x for x in secrets if x in text or x.replace("-", "") in text]
    if "://" not in s.database:
        kept = b"".join(p.read_bytes() for p in pathlib.Path(s.database).parent.glob(pathlib.Path(s.database).name + "*"))
        assert not [c for c in s.codes if c.encode() in kept or c.replace("-", "").encode() in kept], "codes are hashed"


@case
def required(s):
    """where it is required, who has none may do what a visitor may, until it is on"""
    s.stop()
    s.options = (*s.options, "--second-factor", "required")
    s.start()
    forget(s)
    ben = Person(s, s.ask("POST", "/api/v1/session", {"email": "ben@example.org", "password": PASSWORD}))
    mine = json.loads(ben.ask("GET", "/api/v1/session").body)
    assert mine["needs_factor"] is True and mine["rights"] == ["public-read"] and mine["tenant"] == "bank-a", mine
    for method, path in (("GET", "/api/v1/people"), ("GET", "/api/v1/keys"), ("POST", "/api/v1/keys"), ("GET", "/api/v1/jobs"),
                         ("GET", "/api/v1/letters"), ("POST", "/api/v1/companies/import"), ("GET", "/api/v1/audit")):
        body = {"name": "x"} if path.endswith("keys") and method == "POST" else None
        problem(ben.ask(method, path, body), 403, "forbidden")
    for path in ("session", "sessions", "account", "companies", "roles", "login"):
        assert ben.ask("GET", "/api/v1/" + path).status == 200, path
    assert factor_of(ben)["required"] is True
    secret, _ = enrol(ben)
    mine = json.loads(ben.ask("GET", "/api/v1/session").body)
    assert "needs_factor" not in mine and "people" in mine["rights"], mine
    assert ben.ask("GET", "/api/v1/people").status == 200
    problem(ben.ask("DELETE", "/api/v1/account/factor"), 409, "conflict")
    s.run("user", "factor", "ben@example.org", "--off")
    problem(ben.ask("GET", "/api/v1/people"), 403, "forbidden")
    assert json.loads(ben.ask("GET", "/api/v1/session").body)["needs_factor"] is True, "an open session, at once"
    forget(s)
    problem(log_in(s), 401, "second-factor")
    assert "needs_factor" not in json.loads(log_in(s, code=code_of(s.secret)).body)


@case
def forgotten_secret(s):
    """a secret that was begun and not confirmed within a day goes"""
    ben = Person(s, s.ask("POST", "/api/v1/session", {"email": "ben@example.org", "password": PASSWORD}))
    secret = json.loads(ben.ask("POST", "/api/v1/account/factor").body)["secret"]
    s.sql("UPDATE account_factor SET made_at = made_at - 86401 WHERE confirmed_at IS NULL")
    s.stop()
    s.start()  # sweeps at its start
    until = time.time() + 10
    while ben.ask("POST", "/api/v1/account/factor/confirmation", {"code": wrong_code(secret)}).status != 409:
        assert time.time() < until, "still there"
        time.sleep(0.5)
        forget(s)
    forget(s)
    assert log_in(s, code=code_of(s.secret)).status == 200, "one that is on stays"


if __name__ == "__main__":
    with Service(sys.argv[1], "--per-second", "1000") as service:
        sys.exit(case.run(service))
