#!/usr/bin/env python3
"""People over HTTP: the first link, login and lock-out, CSRF, sessions, keys, jobs and their owners.

usage: tests/api/session_test.py PROGRAM    (TAP)
"""
import json
import re
import sys
import time

from people import PASSWORD, Person, accept, token_of, wait_for
from service import Cases, Service

case = Cases()


@case
def first_link(s):
    """no default password: the first link makes the administrator, once"""
    link = s.run("--json", "user", "first", "anna@example.org", "--name", "Anna", "--tenant", "operator",
                 "--name-en", "Operator")
    look = s.ask("POST", "/api/v1/invitation", {"token": token_of(link)})
    assert look.status == 200 and json.loads(look.body)["email"] == "anna@example.org", look.body
    short = s.ask("POST", "/api/v1/invitation/acceptance", {"token": token_of(link), "password": "short"})
    assert short.status == 422 and "12 to 128" in json.loads(short.body)["detail"], short.body
    for context in ("Operator, operator", "tanlian tanlian"):
        context = s.ask("POST", "/api/v1/invitation/acceptance", {"token": token_of(link), "password": context})
        assert context.status == 422 and "name of your organisation" in json.loads(context.body)["detail"], context.body
    s.anna = accept(s, link)
    again = s.ask("POST", "/api/v1/invitation/acceptance", {"token": token_of(link), "password": PASSWORD})
    assert again.status == 404, again.status


@case
def who_am_i(s):
    """a session says who one is; without one, a visitor"""
    mine = json.loads(s.anna.ask("GET", "/api/v1/session").body)
    assert mine["email"] == "anna@example.org" and "people" in mine["rights"], mine
    nobody = s.json("/api/v1/session")
    assert nobody["user"] is None and nobody["rights"] == ["public-read"], nobody


@case
def csrf(s):
    """what changes something needs the CSRF token, and no other origin"""
    table = b"id,name_en,source\nworks-a,Works A,made up for a test\n"
    for headers in ({"X_CSRF_Token": ""}, {"X_CSRF_Token": "x" * 43},
                    {"X_CSRF_Token": s.anna.csrf, "Origin": "https://elsewhere.example"}):
        answer = s.anna.ask("POST", "/api/v1/companies/import", table, **headers)
        assert answer.status == 403, (headers, answer.status)
    assert s.get("/api/v1/companies/works-a").status == 404


@case
def job(s):
    """an import is a job: 202, events, result with a verdict on each row"""
    table = b"id,name_en,source\nworks-a,Works A,made up for a test\nbad id,x,y\n"
    answer = s.anna.ask("POST", "/api/v1/companies/import", table)
    assert answer.status == 202, answer.body
    where = answer.getheader("Location")
    events = s.anna.ask("GET", where + "/events").body.decode()
    assert '"state":"done"' in events and events.startswith("event: job\n"), events
    result = json.loads(s.anna.ask("GET", where + "/result").body)
    assert (result["added"], result["refused"], result["file"]) == (1, 1, "upload"), result
    assert result["refusals"][0]["reason"].startswith("upload:3: "), result
    assert s.get("/api/v1/companies/works-a").status == 200
    assert s.get(where).status == 401


@case
def refused_job(s):
    """a file that cannot be read as a whole fails its job with the reason"""
    answer = s.anna.ask("POST", "/api/v1/companies/import", b"nothing,that,fits\n1,2,3\n")
    job = wait_for(s.anna, answer.getheader("Location"))
    assert job["state"] == "failed" and "tmp" not in job["error"], job
    result = s.anna.ask("GET", answer.getheader("Location") + "/result")
    assert result.status == 409, result.status
    assert s.anna.ask("POST", "/api/v1/companies/import", b"").status == 422


@case
def other_tenants(s):
    """another organisation's jobs are not there"""
    s.run("tenant", "add", "bank-a", "--kind", "bank", "--name-en", "Bank A")
    link = s.run("--json", "user", "invite", "ben@example.org", "--name", "Ben", "--tenant", "bank-a", "--role",
                 "administrator", "--role", "bank-officer")
    s.ben = accept(s, link)
    answer = s.anna.ask("POST", "/api/v1/companies/import", b"id,name_en,source\nworks-b,B,test\n")
    where = answer.getheader("Location")
    wait_for(s.anna, where)
    for path in (where, where + "/result", where + "/events"):
        assert s.ben.ask("GET", path).status == 404, path
    assert s.ben.ask("DELETE", where).status == 404
    assert json.loads(s.ben.ask("GET", "/api/v1/jobs").body)["jobs"] == []
    assert s.ben.ask("POST", "/api/v1/companies/import", b"x").status == 403


@case
def keys(s):
    """a key does what it may, and nothing once it is revoked"""
    made = s.run("--json", "key", "add", "ben@example.org", "--tenant", "bank-a", "--name", "script", "--read-only")
    key = re.search(r"tl_[0-9a-f]{16}_[A-Za-z0-9_-]{43}", made).group(0)
    answer = s.get("/api/v1/jobs", Authorization="Bearer " + key)
    assert answer.status == 200, answer.body
    assert s.get("/api/v1/jobs", Authorization="Bearer " + key[:-1] + "A").status in (401, 200)
    assert s.get("/api/v1/jobs", Authorization="Bearer nonsense").status == 401
    s.run("key", "revoke", key[3:19])
    assert s.get("/api/v1/jobs", Authorization="Bearer " + key).status == 401


@case
def lock_out(s):
    """guessing is slowed down, in the same words for everybody"""
    answers = [s.ask("POST", "/api/v1/session", {"email": "ben@example.org", "password": "wrong wrong wrong"})
               for _ in range(6)]
    assert all(a.status == 401 for a in answers), [a.status for a in answers]
    assert answers[-1].getheader("Retry-After"), "the sixth has to wait"
    nobody = s.ask("POST", "/api/v1/session", {"email": "nobody@example.org", "password": "wrong wrong wrong"})
    assert json.loads(nobody.body)["detail"] == json.loads(answers[0].body)["detail"]
    right = s.ask("POST", "/api/v1/session", {"email": "ben@example.org", "password": PASSWORD})
    assert right.status == 401, "the wait holds for the right password too"


@case
def sessions(s):
    """one's own sessions: listed, ended, gone after a change of password"""
    second = Person(s, s.ask("POST", "/api/v1/session", {"email": "anna@example.org", "password": PASSWORD}))
    rows = json.loads(s.anna.ask("GET", "/api/v1/sessions").body)["sessions"]
    assert len(rows) == 2 and sum(r["this"] for r in rows) == 1, rows
    other = next(r["id"] for r in rows if not r["this"])
    assert s.anna.ask("DELETE", "/api/v1/sessions/" + other).status == 204
    assert second.ask("GET", "/api/v1/jobs").status == 401
    near = s.anna.ask("POST", "/api/v1/session/password", {"old": PASSWORD, "new": "the operator"})
    assert near.status == 422 and "name of your organisation" in json.loads(near.body)["detail"], near.body
    change = {"old": PASSWORD, "new": "another horse battery"}
    assert s.anna.ask("POST", "/api/v1/session/password", change).status == 204
    assert s.anna.ask("GET", "/api/v1/jobs").status == 401
    s.anna = Person(s, s.ask("POST", "/api/v1/session", {"email": "anna@example.org", "password": change["new"]}))
    assert s.anna.ask("DELETE", "/api/v1/session").status == 204
    assert s.anna.ask("GET", "/api/v1/jobs").status == 401


def grow_old(s):
    s.sql("UPDATE account_session SET proved_at = proved_at - 600 WHERE proved_at > 600")


@case
def password_again(s):
    """what makes keys and roles, ends sessions or adds a way in asks a session for its password once it is old"""
    s.anna = Person(s, s.ask("POST", "/api/v1/session", {"email": "anna@example.org", "password": "another horse battery",
                                                         "tenant": "operator"}))
    Person(s, s.ask("POST", "/api/v1/session", {"email": "anna@example.org", "password": "another horse battery"}))
    rows = json.loads(s.anna.ask("GET", "/api/v1/sessions").body)["sessions"]
    own, others = (next(r["id"] for r in rows if r["this"] == this) for this in (True, False))
    person = {"user": "new@example.org", "name": "New", "tenant": "bank-a", "role": "bank-officer"}
    asks = [("POST", "/api/v1/keys", {"name": "proof"}, 200),
            ("POST", f"/api/v1/people/{s.ben.user}/roles", {"tenant": "bank-a", "role": ["administrator", "bank-officer"]}, 200),
            ("POST", "/api/v1/people/invitations", person, 200),
            ("POST", "/api/v1/people", person, 200),
            ("DELETE", "/api/v1/sessions/" + others, None, 204),
            ("DELETE", "/api/v1/sessions", None, 204)]
    grow_old(s)
    for method, path, body, _ in asks:
        answer = s.anna.ask(method, path, body)
        problem = json.loads(answer.body)
        assert (answer.status, problem["type"]) == (403, "/problems/reauthenticate"), (path, answer.status, answer.body)
    assert len(json.loads(s.anna.ask("GET", "/api/v1/sessions").body)["sessions"]) == 2, "nothing was done"
    assert s.anna.ask("GET", "/api/v1/keys").status == 200, "what only looks is not asked"
    assert json.loads(s.ben.ask("POST", "/api/v1/people", person).body)["type"] == "/problems/forbidden", \
        "who may not is not asked either"
    old = s.anna
    s.anna = prove(s, old)
    assert old.ask("GET", "/api/v1/account").status == 401, "the token from before is void"
    assert next(r["id"] for r in json.loads(s.anna.ask("GET", "/api/v1/sessions").body)["sessions"] if r["this"]) == own
    for method, path, body, status in asks:
        answer = s.anna.ask(method, path, body)
        assert answer.status == status, (path, answer.status, answer.body)
    grow_old(s)
    assert s.anna.ask("DELETE", "/api/v1/sessions/" + own).status == 204, "one's own ends without"


def prove(s, person, password="another horse battery"):
    answer = person.ask("POST", "/api/v1/session/proof", {"password": password})
    assert answer.status == 200, answer.body
    return Person(s, answer)


@case
def guessing_again(s):
    """giving the password again needs a session and its token, and guessing there is a failed login"""
    word = "another horse battery"
    s.anna = Person(s, s.ask("POST", "/api/v1/session", {"email": "anna@example.org", "password": word, "tenant": "operator"}))
    assert s.ask("POST", "/api/v1/session/proof", {"password": word}).status == 401
    assert s.anna.ask("POST", "/api/v1/session/proof", {"password": word}, X_CSRF_Token="").status == 403
    assert s.anna.ask("POST", "/api/v1/session/proof", {}).status == 422
    grow_old(s)
    answers = [s.anna.ask("POST", "/api/v1/session/proof", {"password": "wrong wrong wrong"}) for _ in range(6)]
    assert all(a.status == 403 and json.loads(a.body)["type"] == "/problems/forbidden" for a in answers), answers
    assert not answers[0].getheader("Retry-After") and answers[-1].getheader("Retry-After"), "the sixth has to wait"
    assert s.anna.ask("POST", "/api/v1/session/proof", {"password": word}).status == 403, "the right one waits, too"
    again = s.ask("POST", "/api/v1/session", {"email": "anna@example.org", "password": word})
    assert again.status == 401, "at the login as well"
    assert s.anna.ask("GET", "/api/v1/account").status == 200, "the session goes on"
    told = s.anna.ask("GET", "/api/v1/audit?action=login").body.decode()
    assert told.count('"login.failure"') >= 5 and '"login.lock"' in told, told
    s.sql("DELETE FROM login_attempt")
    s.anna = prove(s, s.anna)


@case
def keys_are_not_asked(s):
    """a key has no password to give: what it may is bound when it is made"""
    made = json.loads(s.anna.ask("POST", "/api/v1/keys", {"name": "free"}).body)["key"]
    grow_old(s)
    answer = s.ask("POST", "/api/v1/companies/import", b"id,name_en,source\n", Authorization="Bearer " + made)
    assert answer.status == 202, answer.body
    answer = s.ask("POST", "/api/v1/keys", {"name": "more"}, Authorization="Bearer " + made)
    assert json.loads(answer.body)["type"] == "/problems/forbidden", answer.body


@case
def nothing_secret_in_the_log(s):
    """neither passwords nor tokens stand in the log, and the audit chain is sound"""
    said = "".join(s.log)
    assert PASSWORD not in said and s.anna.cookie.split("=")[1] not in said and "another horse" not in said and "tl_" not in said
    assert "sound" in s.run("verify")


@case
def queue_survives(s):
    """orders that wait when the server is killed are done by the next one"""
    import signal
    anna = Person(s, s.ask("POST", "/api/v1/session", {"email": "anna@example.org",
                                                       "password": "another horse battery"}))
    rows = b"id,name_en,source\n" + b"".join(b"many-%d,Many %d,test\n" % (i, i) for i in range(200))
    orders = [anna.ask("POST", "/api/v1/companies/import", rows) for _ in range(10)]
    assert all(o.status == 202 for o in orders), [(o.status, o.body) for o in orders if o.status != 202]
    places = [o.getheader("Location") for o in orders]
    s.stop(signal.SIGKILL)
    s.start()
    anna.service = s
    # the one that ran is taken for dead after two minutes of silence; all others are done at once
    until = time.time() + 120
    while time.time() < until:
        answers = [anna.ask("GET", p) for p in places]
        assert all(a.status == 200 for a in answers), [(a.status, a.body) for a in answers if a.status != 200]
        states = [json.loads(a.body)["state"] for a in answers]
        if states.count("done") >= 9:
            break
        time.sleep(0.2)
    assert states.count("done") >= 9 and set(states) <= {"done", "running"}, states


with Service(sys.argv[1]) as service:
    sys.exit(case.run(service))
