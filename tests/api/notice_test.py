#!/usr/bin/env python3
"""Letters about what happened: a corrected footprint to the bank whose loan counts on it, a declaration that ends to
its owner; each once, to those it concerns, by a mail folder.

usage: tests/api/notice_test.py PROGRAM    (TAP)
"""
import datetime
import email
import email.policy
import json
import pathlib
import re
import sys
import time

from service import ROOT, Cases, Service

case = Cases()
FIGURES = json.loads((ROOT / "tests/registry/epd.json").read_text())
TODAY = datetime.datetime.now(datetime.timezone.utc).date()
CAR = {"id": "car-1", "kind": "vehicle", "product": "Model 1", "maker": "Maker", "size_class": "compact",
       "body": "sedan", "powertrain": "BEV", "value": 200.0, "unit": "g CO2e/km"}
PEOPLE = [("bank", "bank", None, "Ben", "bank-officer", "en"), ("bank", None, None, "Vic", "visitor", "en"),
          ("bank", None, None, "Bao", "bank-officer", "zh"), ("other", "bank", None, "Olga", "bank-officer", "en"),
          ("mill", "company", "river-iron", "Mei", "company-editor", "zh"),
          ("mill", None, None, "App", "company-approver", "en"), ("rival", "company", "byd", "Rui", "company-editor", "en")]


def mails(s):
    """(to, subject, text) of each, in no order."""
    found = [email.message_from_bytes(f.read_bytes(), policy=email.policy.default)
             for f in pathlib.Path(s.folder.name, "mails").glob("*.eml")]
    return [(m["To"].addresses[0].addr_spec, m["Subject"], m.get_content()) for m in found]


def wait_for(s, n, seconds=30):
    until = time.time() + seconds
    while time.time() < until and len(mails(s)) < n:
        time.sleep(0.1)
    time.sleep(1)
    got = mails(s)
    assert len(got) == n, (n, [m[:2] for m in got], s.log[-3:])
    return got


def publish(s, record, day, *reason):
    with open(s.folder.name + "/record.json", "w") as f:
        json.dump(record, f)
    s.run("registry", "put", "record.json", *reason)
    s.run("registry", "step", record["id"], "ask", "--day", day)
    s.run("registry", "step", record["id"], "publish", "--day", day)


def must(s, who, path, body):
    answer = s.ask("POST", path, body, Authorization="Bearer " + s.keys[who])
    assert answer.status in (200, 202), (path, answer.status, answer.body)
    if answer.status == 202:
        until = time.time() + 30
        while time.time() < until:
            told = s.json("/api/v1/jobs/" + json.loads(answer.body)["job"], Authorization="Bearer " + s.keys[who])
            if told["ended_at"]:
                assert told["state"] == "done", told
                return
            time.sleep(0.05)


@case
def begin(s):
    """a bank signs a loan over a published footprint; nothing is mailed by that"""
    s.run("company", "import", str(ROOT / "tests/rating/companies.csv"))
    s.run("company", "import", str(ROOT / "tests/registry/verifier.csv"))
    s.keys = {}
    for tenant, kind, company, name, role, language in PEOPLE:
        address = name.lower() + "@example.org"
        if kind:
            s.run("tenant", "add", tenant, "--kind", kind, "--name-en", tenant, *(["--company", company] if company else []))
        s.run("user", "add", address, "--name", name, "--tenant", tenant, "--role", role, "--language", language)
        if role != "visitor":
            made = s.run("--json", "key", "add", address, "--tenant", tenant, "--name", "test")
            s.keys[name] = re.search(r"tl_[0-9a-f]{16}_[A-Za-z0-9_-]{43}", made).group(0)
    publish(s, CAR, "2026-01-05")
    terms = {"borrower": "Wuhan", "currency": "CNY", "limit": "20000000", "basis": "class", "weight": "price",
             "grid-date": "2026-01-01", "step": ["1=-20", "2=-10", "3=0", "4=10", "5=20"]}
    must(s, "Ben", "/api/v1/loans/rental", terms)
    must(s, "Ben", "/api/v1/loans/rental/cars", b"record,price\ncar-1,150000\ncar-1,160000\n")
    must(s, "Ben", "/api/v1/loans/rental/sign", {"day": "2026-02-01"})
    wait_for(s, 0, seconds=0)


@case
def correction(s):
    """a correction is told to the officers of the bank that keeps the loan, in their language, once a facility"""
    publish(s, {**CAR, "value": 260.5}, TODAY.isoformat(), "--reason", "battery measured anew")
    got = {to: (subject, text) for to, subject, text in wait_for(s, 2)}
    assert set(got) == {"ben@example.org", "bao@example.org"}, set(got)
    assert "rental" in got["ben@example.org"][0] and "碳足迹更正" in got["bao@example.org"][0], got
    for word in ("Model 1", "200.0 g CO2e/km", "260.5 g CO2e/km", "battery measured anew", TODAY.isoformat()):
        assert word in got["ben@example.org"][1], (word, got["ben@example.org"][1])


@case
def told_once(s):
    """neither further changes nor a restart tell it again; a further correction is told"""
    s.run("tenant", "add", "third", "--kind", "bank", "--name-en", "Third")
    s.stop()
    s.start()
    time.sleep(8)
    wait_for(s, 2, seconds=0)
    publish(s, {**CAR, "value": 240.0}, TODAY.isoformat(), "--reason", "and again")
    got = wait_for(s, 4)
    assert sum("240.0 g CO2e/km" in text for _, _, text in got) == 2, got


@case
def ending(s):
    """a declaration that ends within 60 days is told to its owner's editors, by the day it ends"""
    with open(s.folder.name + "/record.json", "w") as f:
        json.dump(FIGURES, f)
    name = FIGURES["id"]
    s.run("registry", "put", "record.json")
    s.run("epd", "pcr", "steel-pcr", "--title-en", "Steel", "--title-zh", "钢", "--pcr-version", "1", "--until",
          "2035-01-01", "--source", "invented")
    s.run("epd", "open", name, "--pcr", "steel-pcr", "--owner", "river-iron", "--programme", "Test")
    s.run("epd", "submit", name, "--verifier", "Vera", "--verifier-company", "verity", "--day", "2026-02-02")
    s.env["TANLIAN_ACTOR"] = "Vera"
    s.run("epd", "register", name, "--number", "T-1", "--day", "2026-02-06")
    ends = (TODAY + datetime.timedelta(days=50)).isoformat()
    s.sql(f"UPDATE epd SET valid_until = '{ends}' WHERE record = '{name}'")
    s.stop()  # looked for at the start, and every six hours
    s.start()
    got = [m for m in wait_for(s, 5) if "@example.org" in m[0] and m[0].startswith("mei")]
    assert len(got) == 1 and ends in got[0][1] and name in got[0][2], got
    s.stop()
    s.start()
    time.sleep(4)
    wait_for(s, 5, seconds=0)


@case
def the_list(s):
    """what was sent stands in the list of letters"""
    told = json.loads(s.run("--json", "letter", "list"))["letters"]
    assert [r["state"] for r in told] == ["sent"] * 5, told
    assert {r["kind"] for r in told} == {"loan-notice", "epd-expiring"}, told
    assert {r["tenant"] for r in told} == {"bank", "mill"}, told


class WithFolder(Service):
    """A service whose mails become files beside its database."""

    def start(self):
        pathlib.Path(self.folder.name, "mails").mkdir(exist_ok=True)
        super().start()


with WithFolder(sys.argv[1], "--base", "https://tl.example", "--mail", "mails", "--mail-from",
                "no-reply@tl.example") as service:
    sys.exit(case.run(service))
