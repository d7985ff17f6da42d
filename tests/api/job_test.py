#!/usr/bin/env python3
"""Jobs over HTTP under strain: a long one is stopped and leaves nothing, many outlive a kill and are done once.

usage: tests/api/job_test.py PROGRAM    (TAP)
"""
import json
import signal
import sys
import time

from people import accept
from service import Cases, Service

case = Cases()
IMPORT = "/api/v1/companies/import"
MANY, ROWS = 300, 3
USELESS = b"id,name_en,source\n" + b"b,,x\n" * 150000  # read for long, without a hold on the database


def table(prefix, n):
    return b"id,name_en,source\n" + b"".join(b"%s-%d,Works %s %d,test\n" % (prefix, i, prefix, i) for i in range(n))


def state_of(s, where):
    return json.loads(s.anna.ask("GET", where).body)


def audit(s):
    """All entries, newest first."""
    entries, more = [], ["x"]
    while more:
        before = ["--before", str(entries[-1]["seq"])] if entries else []
        more = json.loads(s.run("--json", "audit", "list", "--limit", "1000", *before))["entries"]
        entries += more
    return entries


def until(what, seconds=60):
    end = time.time() + seconds
    while time.time() < end:
        found = what()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("it does not come about")


@case
def stop_running(s):
    """a long import that is asked to stop ends soon, says so, and leaves nothing in the database"""
    before = s.json("/api/v1/companies"), s.run("--json", "verify")
    where = s.anna.ask("POST", IMPORT, table(b"long", 100000)).getheader("Location")
    # far enough that rows were written, which are to be undone
    until(lambda: (j := state_of(s, where))["state"] == "running" and 2000 < j["done"] < j["total"] == 100000)
    started = time.time()
    answer = s.anna.ask("DELETE", where)
    assert answer.status == 202, (answer.status, answer.body)
    job = until(lambda: (j := state_of(s, where))["ended_at"] and j)
    took = time.time() - started
    assert job["state"] == "cancelled" and job["error"] is None, job
    assert job["done"] < 100000 and took < 5, (job, took)
    assert (s.json("/api/v1/companies"), s.run("--json", "verify")) == before
    assert s.anna.ask("GET", where + "/result").status == 409
    assert s.anna.ask("DELETE", where).status == 409, "it has ended"


@case
def work_goes_on(s):
    """the thread that was stopped does the next order"""
    where = s.anna.ask("POST", IMPORT, table(b"next", 5)).getheader("Location")
    assert until(lambda: (j := state_of(s, where))["ended_at"] and j)["state"] == "done"
    assert {c["id"] for c in s.json("/api/v1/companies")["companies"]} >= {"next-0", "next-1", "next-2"}


@case
def stop_waiting(s):
    """an order that waits is taken back at once"""
    assert all(s.anna.ask("POST", IMPORT, USELESS).status == 202 for _ in range(4))
    places = [s.anna.ask("POST", IMPORT, table(b"w%d" % i, 2)).getheader("Location") for i in range(12)]
    codes = [s.anna.ask("DELETE", p).status for p in reversed(places)]
    states = [until(lambda p=p: (j := state_of(s, p))["ended_at"] and j)["state"] for p in reversed(places)]
    assert codes[0] == 202 and states[0] == "cancelled", (codes, states)
    assert all((c == 202) >= (st == "cancelled") for c, st in zip(codes, states)), (codes, states)


@case
def many_survive(s):
    """orders that wait when the server is killed are done by the next one, each once"""
    blockers = [s.anna.ask("POST", IMPORT, USELESS) for _ in range(10)]
    places = [s.anna.ask("POST", IMPORT, table(b"many%d" % i, ROWS)).getheader("Location") for i in range(MANY)]
    assert all(places) and all(b.status == 202 for b in blockers), "each is taken"
    s.stop(signal.SIGKILL)
    s.start()
    waiting = [p for p in places if state_of(s, p)["state"] == "queued"]
    assert len(waiting) >= MANY / 4, f"{len(waiting)} of {MANY} waited: too few to tell anything"
    until(lambda: state_of(s, places[-1])["ended_at"], 120)
    states = [state_of(s, p)["state"] for p in places]
    # the one that ran when the server died is taken for dead after two minutes of silence
    assert states.count("done") >= MANY - 1 and set(states) <= {"done", "running"}, states
    found = [c["id"].partition("-")[0] for c in s.json("/api/v1/companies")["companies"] if c["id"].startswith("many")]
    mine = [e for e in audit(s) if e["action"] == "company.import" and json.loads(e["detail"])["added"] == ROWS]
    assert {found.count(w) for w in found} == {ROWS}, "whole or not at all"
    # an import that was written just before the kill says so when it is done again
    assert len(mine) == len(set(found)) >= MANY - 1, (len(mine), len(set(found)))
    assert "sound" in s.run("verify")


with Service(sys.argv[1], "--per-second", "0") as service:
    service.anna = accept(service, service.run("--json", "user", "first", "anna@example.org", "--name", "Anna", "--tenant",
                                               "operator", "--name-en", "Operator"))
    sys.exit(case.run(service))
