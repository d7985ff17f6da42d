#!/usr/bin/env python3
"""People, organisations and keys over HTTP: nothing of them for visitors or for keys.

usage: tests/api/people_test.py PROGRAM    (TAP)
"""
import json
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


with Service(sys.argv[1]) as service:
    sys.exit(case.run(service))
