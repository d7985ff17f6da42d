#!/usr/bin/env python3
"""People, organisations and keys over HTTP: each administrator those of the own organisation, nothing for visitors.

usage: tests/api/people_test.py PROGRAM    (TAP)
"""
import json
import pathlib
import re
import sys

from service import Cases, Service

case = Cases()
READS = ["/api/v1/people", "/api/v1/organisations", "/api/v1/keys", "/api/v1/people?tenant=mill",
         "/api/v1/people?format=csv", "/api/v1/keys?format=xlsx"]
WRITES = ["/api/v1/people", "/api/v1/people/invitations", "/api/v1/people/ann%40mill.example/roles",
          "/api/v1/people/ann%40mill.example/disable", "/api/v1/people/ann%40mill.example/enable",
          "/api/v1/people/ann%40mill.example/logout", "/api/v1/organisations", "/api/v1/keys",
          "/api/v1/keys/0123456789abcdef/revoke"]


@case
def people(s):
    """the installation has a company with an editor"""
    s.run("tenant", "add", "mill", "--kind", "company", "--name-en", "Mill")
    s.run("user", "add", "ann@mill.example", "--name", "Ann", "--tenant", "mill", "--role", "company-editor")


@case
def visitors(s):
    """a visitor learns nothing of people, and changes nothing"""
    for path in READS:
        answer = s.get(path)
        assert answer.status in (401, 403), (path, answer.status)
        assert b"ann@" not in answer.body and b"mill" not in answer.body, answer.body
    for path in WRITES:
        body = {"user": "eve@example.org", "name": "Eve", "tenant": "mill", "kind": "bank", "role": "administrator"}
        answer = s.ask("POST", path, body=body)
        assert answer.status in (401, 403), (path, answer.status, answer.body)
        assert b"invitation#" not in answer.body and b"tl_" not in answer.body, answer.body
    told = json.loads(s.run("--json", "user", "list"))
    assert len(told["people"]) == 1 and "invitations" not in told, told


@case
def no_reset(s):
    """nobody gets a reset or the first link over HTTP"""
    for path in ("/api/v1/people/ann%40mill.example/reset", "/api/v1/people/first"):
        assert s.ask("POST", path, body={}).status in (404, 405), path


@case
def keys(s):
    """a key at work reads no people, and makes no further key"""
    key = json.loads(s.run("--json", "key", "add", "ann@mill.example", "--tenant", "mill", "--name", "sync"))["key"]
    for path in READS:
        assert s.get(path, Authorization="Bearer " + key).status in (401, 403), path
    answer = s.ask("POST", "/api/v1/keys", body={"name": "more"}, Authorization="Bearer " + key)
    assert answer.status in (401, 403), answer.status
    assert len(json.loads(s.run("--json", "key", "list"))["keys"]) == 1
    assert not any(key in line for line in s.log), "a key stands in the log"


class Person:
    """Somebody who took an invitation."""

    def __init__(self, service, link):
        self.service = service
        token = re.search(r"#([A-Za-z0-9_-]{43})", link).group(1)
        answer = service.ask("POST", "/api/v1/invitation/acceptance", {"token": token, "password": "three lone herons"})
        assert answer.status == 200, answer.body
        self.cookie, self.csrf = answer.getheader("Set-Cookie").split(";")[0], json.loads(answer.body)["csrf"]

    def ask(self, method, path, body=None):
        more = {} if method == "GET" else {"X_CSRF_Token": self.csrf}
        return self.service.ask(method, path, body, Cookie=self.cookie, **more)

    def json(self, method, path, body=None):
        answer = self.ask(method, path, body)
        assert answer.status == 200, (path, answer.status, answer.body)
        assert answer.getheader("Cache-Control") == "private, no-store", answer.getheader("Cache-Control")
        return json.loads(answer.body)


@case
def administrators(s):
    """the administrator of a company invites into it; the link is shown once and works"""
    link = s.run("--json", "user", "invite", "boss@mill.example", "--name", "Boss", "--tenant", "mill", "--role",
                 "administrator")
    s.boss = Person(s, link)
    s.secrets = []
    told = s.boss.json("POST", "/api/v1/people/invitations", {"user": "eve@mill.example", "name": "Eve",
                                                               "role": ["company-editor", "visitor"]})
    s.secrets.append(told["link"].split("#")[1])
    listed = s.boss.json("GET", "/api/v1/people")
    assert [x["email"] for x in listed["invitations"]] == ["eve@mill.example"], listed
    assert s.secrets[0] not in json.dumps(listed)
    s.eve = Person(s, told["link"])
    people = {x["email"]: x for x in s.boss.json("GET", "/api/v1/people")["people"]}
    assert sorted(people) == ["ann@mill.example", "boss@mill.example", "eve@mill.example"], people
    s.ann, s.eve.id = people["ann@mill.example"]["id"], people["eve@mill.example"]["id"]


@case
def own_only(s):
    """another organisation is refused whether it exists or not, and its people are like nobody"""
    s.run("tenant", "add", "bank", "--kind", "bank", "--name-en", "Bank")
    s.run("user", "add", "bea@bank.example", "--name", "Bea", "--tenant", "bank", "--role", "bank-officer")
    answers = [s.boss.ask("GET", f"/api/v1/people?tenant={t}") for t in ("bank", "nowhere")]
    assert [a.status for a in answers] == [403, 403], [a.status for a in answers]
    details = {json.loads(a.body)["detail"] for a in answers}
    assert len(details) == 1, details
    for path, body in (("roles", {"role": "company-editor"}), ("logout", {})):
        for who in ("bea%40bank.example", "nobody%40bank.example"):
            answer = s.boss.ask("POST", f"/api/v1/people/{who}/{path}", body)
            assert answer.status == 404, (who, path, answer.status, answer.body)
    assert s.boss.ask("POST", "/api/v1/people/invitations", {"user": "x@bank.example", "name": "X", "tenant": "bank",
                                                             "role": "bank-officer"}).status == 403
    assert [x["tenant"] for x in s.boss.json("GET", "/api/v1/organisations")["tenants"]] == ["mill"]
    for path in ("organisations", "people", f"people/{s.ann}/disable", f"people/{s.ann}/enable"):
        body = {} if "/" in path else {"tenant": "new", "kind": "bank", "name-en": "New", "user": "n@x.example", "name": "N"}
        answer = s.boss.ask("POST", "/api/v1/" + path, body)
        assert answer.status == 403, (path, answer.status, answer.body)
    for path in ("people", "organisations"):
        assert s.eve.ask("GET", "/api/v1/" + path).status == 403, "an editor is no administrator"


@case
def changes(s):
    """roles and sessions of one's own people, named by id"""
    told = s.boss.json("POST", f"/api/v1/people/{s.ann}/roles", {"role": ["company-approver"]})
    assert told["people"][0]["roles"] == "company-approver", told
    assert s.eve.ask("GET", "/api/v1/keys").status == 200
    s.boss.json("POST", f"/api/v1/people/{s.eve.id}/logout")
    assert s.eve.ask("GET", "/api/v1/keys").status == 401
    answer = s.ask("POST", f"/api/v1/people/{s.ann}/roles", {"role": "company-editor"}, Cookie=s.boss.cookie)
    assert answer.status == 403, "without the CSRF token"


@case
def own_keys(s):
    """a person makes a key, which works until it is revoked"""
    key = s.boss.json("POST", "/api/v1/keys", {"name": "nightly", "read-only": True})["key"]
    s.secrets.append(key)
    assert s.get("/api/v1/jobs", Authorization="Bearer " + key).status == 200
    for path in READS:
        assert s.get(path, Authorization="Bearer " + key).status == 403, path
    assert s.boss.ask("POST", "/api/v1/keys", {"name": "for another", "user": s.ann}).status == 403
    listed = s.boss.json("GET", "/api/v1/keys")
    assert {x["name"] for x in listed["keys"]} == {"nightly", "sync"}, "an administrator sees those of the organisation"
    assert key[20:] not in json.dumps(listed)
    s.boss.json("POST", f"/api/v1/keys/{key[3:19]}/revoke")
    assert s.get("/api/v1/jobs", Authorization="Bearer " + key).status == 401


@case
def nothing_kept(s):
    """links and keys stand in no log and nowhere in the database; the audit chain is sound"""
    said = "".join(s.log)
    assert s.stop() == 0
    kept = b"".join(p.read_bytes() for p in pathlib.Path(s.folder.name).iterdir() if p.is_file())
    for secret in s.secrets:
        assert len(secret) >= 43 and secret not in said and secret[-43:].encode() not in kept
    assert b"invitation" in kept and "sound" in s.run("verify")
    s.start()


with Service(sys.argv[1]) as service:
    sys.exit(case.run(service))
