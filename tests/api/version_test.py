#!/usr/bin/env python3
"""Pinned versions over HTTP: the same bytes after a newer version came in, and headers that say so.

usage: tests/api/version_test.py PROGRAM    (TAP)
"""
import json
import pathlib
import shutil
import sys
import time

from people import accept
from service import ROOT, Cases, Service

case = Cases()
API = "/api/v1"
CAR, SET = API + "/records/car-1", API + "/datasets/castings"
FACTOR, CARD = API + "/factors/castings/iron-casting", API + "/ratings/companies/river-iron"
PIN = "index=foundry-climate@1&period=2025&level=indicator&version=1"
OPEN = CARD + "?index=foundry-climate&period=2025"


def record(s, value):
    path = pathlib.Path(s.folder.name, "record.json")
    path.write_text(json.dumps({
        "id": "car-1", "kind": "vehicle", "product": "Model 1", "maker": "Invented", "size_class": "compact", "body": "suv",
        "powertrain": "bev", "launched": "2024-06", "kerb_mass_kg": 1500, "value": value, "unit": "g CO2e/km",
        "boundary": "cradle to grave", "method": "invented"}))
    return str(path)


def publish_car(s, value, *reason):
    s.run("registry", "put", record(s, value), *reason)
    s.run("registry", "step", "car-1", "ask", "--day", "2024-07-01")
    s.run("registry", "step", "car-1", "publish", "--day", "2024-07-01")


def frozen(s, path):
    """The answer, which has to say that it stays."""
    answer = s.get(path)
    assert answer.status == 200, (path, answer.status, answer.body)
    assert answer.getheader("Cache-Control") == "public, max-age=31536000, immutable", (path, answer.getheader("Cache-Control"))
    etag = answer.getheader("ETag")
    assert etag.startswith('"') and len(etag) > 20, etag
    return answer


def check(s, paths, change):
    """The same bytes and ETag of all paths before and after the change, while the open ones have moved on."""
    before = {p: frozen(s, p) for p in paths}
    def live_of(path):
        return s.get(OPEN if path.startswith(CARD) else path.partition("?")[0]).body
    live = {p: live_of(p) for p in paths}
    change()
    end = time.time() + 5  # what another process writes is noticed within moments
    while time.time() < end and any(live_of(p) == live[p] for p in paths):
        time.sleep(0.05)
    for path, old in before.items():
        new = frozen(s, path)
        assert new.body == old.body, (path, old.body, new.body)
        assert new.getheader("ETag") == old.getheader("ETag"), path
        assert s.get(path, If_None_Match=old.getheader("ETag")).status == 304, path
        assert live_of(path) != live[path], path
        mine = s.anna.ask("GET", path)  # with a session: the same, kept by oneself alone
        assert mine.body == old.body and mine.getheader("Cache-Control") == "private, max-age=31536000, immutable", path


@case
def records(s):
    """a published version of a record stays byte for byte when a correction is published and withdrawn"""
    def correct():
        publish_car(s, 190, "--reason", "measured anew")
        s.run("registry", "step", "car-1", "withdraw", "--day", "2024-08-01", "--reason", "wrong")
    check(s, [CAR + "?version=1", CAR + "?version=1&format=view", CAR + "?version=1&lang=zh"], correct)
    told = s.json(CAR + "?version=1")
    assert told["value"] == 200 and told["version"] == 1 and told["seal"] and "state" not in told, told
    assert s.json(CAR + "?result=1")["state"] == "superseded", "what became of it is told without the pin"
    assert s.get(CAR + "?version=1").getheader("Link") == f'<{CAR}>; rel="latest-version"'


@case
def factors_and_sets(s):
    """a factor and a set of one edition stay when the next edition is installed"""
    check(s, [FACTOR + "?version=1", FACTOR + "?version=1&format=view", SET + "?version=1", SET + "?version=1&format=csv"],
          lambda: s.run("dataset", "install", str(pathlib.Path(s.folder.name, "set-v2"))))
    assert s.json(FACTOR)["factors"][0]["version"] == "2" and s.json(FACTOR + "?version=1")["factors"][0]["version"] == "1"
    assert s.json(SET + "@1")["superseded_by"] == "2", "what came after it is told without the pin"
    assert frozen(s, API + "/factors/castings/iron-casting@1").body == s.get(FACTOR + "?version=1").body


@case
def ratings(s):
    """a published result stays when evidence is withdrawn and the company gets another name"""
    first = s.json(CARD + "?" + PIN)

    def withdraw():
        evidence = first["evidence"][0]["id"]
        s.run("rate", "withdraw", "river-iron", str(evidence), "--index", "foundry-climate", "--reason", "taken back")
        s.run("company", "import", rename(s))
    before = frozen(s, f"{CARD}?{PIN}&format=view").body
    check(s, [f"{CARD}?{PIN}"], withdraw)
    assert frozen(s, f"{CARD}?{PIN}&format=view").body == before
    live = s.json(OPEN)
    assert live["version_of_result"] == 2 and live["total"] != first["total"], (live["total"], first["total"])
    assert frozen(s, f"{CARD}?{PIN.replace('version=1', 'version=2')}").body != before


@case
def refused(s):
    """a pin that is none of a published version is refused and is not kept"""
    s.run("registry", "put", record(s, 150), "--reason", "a draft")
    rows = [(CAR + "?version=9", 404), (CAR + "?version=3", 404), (CAR + "?version=0", 422), (CAR + "?version=1&result=1", 422),
            (CAR + "?version=x", 422), (SET + "?version=9", 404), (SET + "@1?version=1", 422), (FACTOR + "?version=9", 404),
            (FACTOR + "@1?version=2", 422), (CARD + "?version=1", 422), (f"{CARD}?{PIN.replace('@1', '')}", 422),
            (f"{CARD}?{PIN}&result=1", 422), (f"{CARD}?{PIN.replace('version=1', 'version=9')}", 404),
            (f"{API}/ratings/companies/River%20Iron%20Renamed?{PIN}", 422)]
    for path, status in rows:
        for answer in (s.get(path), s.anna.ask("GET", path)):
            assert answer.status == status, (path, answer.status, answer.body)
            assert "immutable" not in answer.getheader("Cache-Control", ""), path


@case
def forms(s):
    """what is not pinned is asked for again each time"""
    for path in (CAR + "?result=1", SET, FACTOR, OPEN, API + "/ratings/league"):
        answer = s.get(path)
        assert answer.status == 200 and "immutable" not in answer.getheader("Cache-Control"), path


def rename(s):
    path = pathlib.Path(s.folder.name, "renamed.csv")
    path.write_text("id,name_en,name_zh,country,source\nriver-iron,River Iron Renamed,河川,CN,invented\n", encoding="utf-8")
    return str(path)


def rate(s):
    """One company's own result, published: written by one, approved by another."""
    def step(who, *words):
        s.env["TANLIAN_ACTOR"] = who
        s.run("rate", *words, "--index", "foundry-climate")
        s.env["TANLIAN_ACTOR"] = s.actor
    s.run("dataset", "install", str(ROOT / "tests/rating/own-index"))
    s.run("company", "import", str(ROOT / "tests/rating/companies.csv"))
    step("anna", "import", str(ROOT / "tests/rating/answers.csv"), "--period", "2025", "--cut-off", "2026-06-30")
    step("anna", "submit", "river-iron")
    step("clara", "approve", "river-iron", "--day", "2026-06-05")
    step("clara", "reply", "river-iron", "--by", "RiverIron", "--text", "agreed", "--day", "2026-06-10")
    step("clara", "finalise", "river-iron", "--day", "2026-06-11")
    step("clara", "publish", "river-iron", "--day", "2026-06-12")


def prepare(s):
    s.anna = accept(s, s.run("--json", "user", "first", "anna@example.org", "--name", "Anna", "--tenant", "operator",
                             "--name-en", "Operator"))
    for version in ("set-v1", "set-v2"):
        shutil.copytree(ROOT / "tests/factor" / version, pathlib.Path(s.folder.name, version))
    s.run("dataset", "install", str(pathlib.Path(s.folder.name, "set-v1")))
    publish_car(s, 200)
    rate(s)


with Service(sys.argv[1], "--per-second", "0") as service:
    prepare(service)
    sys.exit(case.run(service))
