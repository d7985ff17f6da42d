#!/usr/bin/env python3
"""What somebody asks who doubts a number: corrections, origin, audit chain, editions of a method, gaps of language.

usage: tests/api/doubt_test.py PROGRAM    (TAP)
"""
import io
import json
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import time
import zipfile
from xml.etree import ElementTree

from people import accept, wait_for
from service import ROOT, Cases, Service

case = Cases()
ATOM = "{http://www.w3.org/2005/Atom}"


def link(s, email, tenant, role):
    return json.loads(s.run("--json", "user", "invite", email, "--name", email.split("@")[0].title(), "--tenant", tenant,
                            "--role", role))["link"]


def after(ask, good, seconds=20):
    """What the service tells once it has noticed what the command line wrote (50 ms, on a quiet machine)."""
    until = time.time() + seconds
    while True:
        told = ask()
        if good(told) or time.time() > until:
            return told
        time.sleep(0.05)


@case
def world(s):
    """an installation with an operator, a regulator, a company, and published results"""
    first = json.loads(s.run("--json", "user", "first", "ada@house.example", "--name", "Ada", "--tenant", "house",
                             "--name-en", "House"))["link"]
    s.ada = accept(s, first)
    for tenant, kind in (("ministry", "regulator"), ("mill", "company")):
        s.run("tenant", "add", tenant, "--kind", kind, "--name-en", tenant.title())
    s.rita = accept(s, link(s, "rita@ministry.example", "ministry", "regulator-reader"))
    s.mei = accept(s, link(s, "mei@mill.example", "mill", "company-editor"))
    folder = pathlib.Path(s.folder.name)
    for name in ("own-index", "companies.csv", "answers.csv"):
        source = ROOT / "tests/rating" / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    s.run("dataset", "install", "own-index")
    s.run("company", "import", "companies.csv")
    index = ["--index", "foundry-climate"]
    s.run("rate", "import", "answers.csv", *index, "--period", "2025", "--cut-off", "2026-06-30")
    s.run("rate", "submit", "river-iron", *index)
    s.env["TANLIAN_ACTOR"] = "clara"
    s.run("rate", "approve", "river-iron", *index, "--day", "2026-06-05")
    s.env["TANLIAN_ACTOR"] = "tester"
    s.run("rate", "finalise", "river-iron", *index, "--day", "2026-07-20")
    s.run("rate", "publish", "river-iron", *index, "--day", "2026-07-21")
    s.run("vehicle", "import", str(ROOT / "tests/vehicle/cars.csv"), "--map", "ademe")
    for step in ("add", "ask", "publish"):
        s.run("registry", "batch", "first", step)
    s.record = "ademe-08cf67dd93c2"


@case
def no_correction(s):
    """nothing was corrected yet: an empty list, and a feed without entries"""
    assert s.json("/api/v1/corrections")["corrections"] == []
    answer = s.get("/api/v1/corrections?format=atom")
    assert answer.getheader("Content-Type").startswith("application/atom+xml"), answer.getheader("Content-Type")
    assert ElementTree.fromstring(answer.body).findall(ATOM + "entry") == []


@case
def correction(s):
    """evidence that is withdrawn is a correction with old and new total; markup in a reason stays text"""
    card = json.loads(s.run("--json", "rate", "score", "river-iron", "--index", "foundry-climate"))
    points = {a["slot"]: a["points"] for a in card["answers"]}
    evidence = next(e for e in card["evidence"] if (points.get(e["slot"]) or 0) > 0)
    s.run("rate", "withdraw", "river-iron", str(evidence.get("id") or evidence.get("evidence")), "--index",
          "foundry-climate", "--reason", "retracted <b>&</b>")
    told = after(lambda: s.json("/api/v1/corrections")["corrections"], bool)
    assert len(told) == 1, told
    row = told[0]
    assert (row["kind"], row["id"], row["index"], row["version"]) == ("rating", "river-iron", "foundry-climate@1", 2), row
    assert row["before"] == card["total"] and row["after"] < row["before"], (row, card["total"])
    assert row["before_on"] == "2026-07-21" and row["reason"] == "retracted <b>&</b>", row
    feed = after(lambda: s.get("/api/v1/corrections?format=atom&lang=zh").body, lambda b: b"<entry" in b)
    entry = ElementTree.fromstring(feed).find(ATOM + "entry")
    assert entry.find(ATOM + "summary").text == "retracted <b>&</b>", "text, not markup"
    assert s.json("/api/v1/corrections?from=9999-01-01")["corrections"] == []
    assert s.get("/api/v1/corrections?from=yesterday").status == 422


@case
def origin(s):
    """how it came about: all for who reads the chain, without names and open steps for others"""
    path = "/api/v1/origin?company=river-iron&index=foundry-climate"
    public, full = s.json(path), json.loads(s.rita.ask("GET", path).body)
    assert public["sound"] == full["sound"] == "yes"
    assert [v["version"] for v in public["versions"]] == [1, 2]
    assert {p["id"]: p["agrees"] for p in public["pins"]} == {"foundry-climate": "same"}
    did = [c["action"] for c in public["changes"]]
    assert "assessment.publish" in did and "dataset.install" in did, did
    assert "assessment.submit" not in did and all(c["who"] is None for c in public["changes"]), public["changes"]
    assert {"clara", "tester"} <= {c["who"] for c in full["changes"]}, full["changes"]
    record = s.json("/api/v1/origin?record=" + s.record)
    assert record["sound"] == "yes" and len(record["pins"]) > 3, record
    assert record["seal"] == s.json("/api/v1/records/" + s.record)["seal"]
    assert "batch.publish" in [c["action"] for c in record["changes"]], "its batch was published"
    assert s.get("/api/v1/origin").status == 422
    assert s.get("/api/v1/origin?record=none-such").status == 404
    assert s.get("/api/v1/origin?company=hill-castings&index=foundry-climate").status == 404, "a draft has no origin"


@case
def sound(s):
    """all is sound, and the last entry can be noted and held against later"""
    whole = json.loads(s.rita.ask("GET", "/api/v1/audit/verify").body)
    assert whole["sound"] == "yes" and re.fullmatch(r"\d+:[0-9a-f]{64}", whole["head"]), whole
    number = whole["head"].split(":")[0]
    for head, want in ((whole["head"], "yes"), (number + ":" + "0" * 64, "no")):
        assert json.loads(s.rita.ask("GET", "/api/v1/audit/verify?head=" + head).body)["sound"] == want, head


@case
def damaged(s):
    """a data set that is no longer what the result was scored with is not hidden"""
    if "://" in s.database:  # a copy of the file is what is damaged
        return
    copy = pathlib.Path(s.folder.name) / "damaged.db"
    with sqlite3.connect(s.database) as good, sqlite3.connect(copy) as bad:
        good.backup(bad)
        bad.execute("DROP TRIGGER record_pins_no_update")
        bad.execute("UPDATE record_pins SET text = replace(text, '\"checksum\":\"', '\"checksum\":\"0')")
    words = [s.program, "--db", str(copy), "--json", "origin", "--record", s.record]
    told = json.loads(subprocess.run(words, env=s.env, check=True, capture_output=True, text=True).stdout)
    assert told["sound"] == "no" and {p["agrees"] for p in told["pins"]} == {"differs"}, told
    assert [v["sealed"] for v in told["versions"]] == [False], told


@case
def chain(s):
    """entries by thing, person, action and day; people by name; nothing for others"""
    ask = lambda query: json.loads(s.rita.ask("GET", "/api/v1/audit?limit=1000&" + query).body)["entries"]
    everything = ask("")
    assert [e["seq"] for e in everything] == sorted((e["seq"] for e in everything), reverse=True)
    for query, fits in (("about=dataset/", lambda e: e["object"].startswith("dataset/")),
                        ("action=assessment", lambda e: e["action"].startswith("assessment.")),
                        ("action=assessment.publish", lambda e: e["action"] == "assessment.publish"),
                        ("who=clara", lambda e: e["actor"] == "clara"),
                        ("who=" + s.ada.user, lambda e: e["actor"] == s.ada.user and e["name"] == "Ada"),
                        ("from=2000-01-01&to=2999-01-01", lambda e: True)):
        want = [e["seq"] for e in everything if fits(e)]
        assert want and [e["seq"] for e in ask(query)] == want, query
    assert ask("from=2999-01-01") == ask("about=nothing/") == []
    assert "@house.example" not in json.dumps(everything), "the chain holds no e-mail"
    for who in (s.get, lambda p: s.mei.ask("GET", p)):
        assert who("/api/v1/audit").status in (401, 403)


@case
def uses(s):
    """a data set says what rests on it, and its versions"""
    told = s.json("/api/v1/datasets/foundry-climate")
    assert told["used_by_ratings"] == 1 and [v["version"] for v in told["versions"]] == ["1"], told
    assert s.json("/api/v1/datasets/cati-auto-2024-results")["brought_ratings"] == 51


@case
def method(s):
    """other numbers of an index: tried, taken as a pack, installed, compared; nothing published moves"""
    before = s.get("/api/v1/ratings/league").body
    trial = "/api/v1/ratings/rescore?index=cati-auto&change=1.1.1%3D2&change=1.1.3%3D1&change=industry:automobile%3D50%25"
    tried = s.json(trial)
    assert (tried["from"], tried["to"], tried["count"]) == ("cati-auto@2024", "cati-auto@2024.1", 51), tried
    assert tried["moved"] == sum(c["rank_change"] != 0 for c in tried["companies"]) > 0
    assert {i["code"]: (i["max_before"], i["max"]) for i in tried["items"]} == {"1.1.1": (1, 2), "1.1.3": (2, 1)}
    answer = s.get(trial + "&format=zip")
    assert answer.status == 200 and answer.getheader("Content-Type") == "application/zip", answer.status
    assert "2024.1" in zipfile.ZipFile(io.BytesIO(answer.body)).read("cati-auto/manifest.yaml").decode()
    job = s.ada.ask("POST", "/api/v1/datasets", answer.body)
    assert job.status == 202, job.body
    done = wait_for(s.ada, json.loads(job.body)["location"] if "location" in json.loads(job.body)
                    else "/api/v1/jobs/" + json.loads(job.body)["job"])
    assert done["state"] == "done", done
    assert s.json("/api/v1/ratings/rescore?index=cati-auto@2024&to=cati-auto@2024.1")["companies"] == tried["companies"]
    assert s.get("/api/v1/ratings/league").body == before, "the new version has no results yet"
    assert s.json("/api/v1/ratings/companies/byd")["total"] == 16.3
    for bad, word in (("change=1.1.1%3D2", "101"), ("change=9%3D1", "no indicator"), ("change=1.1.1", "CODE=POINTS"),
                      ("", "change"), ("to=cpp-stars", "kinds"), ("change=1.1.1%3D2&version=2023", "after")):
        answer = s.get("/api/v1/ratings/rescore?index=cati-auto@2024&" + bad)
        assert answer.status == 422 and word in answer.body.decode(), (bad, answer.status, answer.body)


@case
def roles(s):
    """what each role may is told in both languages"""
    told = s.json("/api/v1/roles?format=view")
    table = next(t for t in told["tables"] if t["key"] == "roles")
    for row in table["rows"]:
        assert all(row[i][language] for i in (0, 1, 2) for language in ("en", "zh")), row
    words = {r["right"] for r in s.json("/api/v1/roles")["rights"]}
    assert {"audit-read", "tenant", "factor-propose"} <= words


@case
def translations(s):
    """names in one language only: one more company, one more line"""
    before = s.json("/api/v1/translations?set=companies&lacks=zh&limit=2000")
    path = pathlib.Path(s.folder.name) / "one.csv"
    path.write_text("id,name_en,name_zh,country,source\none-name,One Name,,DE,invented\n", encoding="utf-8")
    s.run("company", "import", str(path))
    told = after(lambda: s.json("/api/v1/translations?set=companies&lacks=zh&limit=2000"), lambda t: t != before)
    assert told["missing"] == before["missing"] + 1
    assert [n for n in told["names"] if n["row"] == "one-name"][0]["lacks"] == "zh"
    assert {n["lacks"] for n in s.json("/api/v1/translations?lacks=en")["names"]} <= {"en"}


@case
def synonyms(s):
    """铁, tie and iron find the same; a phrase stands for its twin"""
    found = [[(h["kind"], h["id"]) for h in s.json("/api/v1/search?limit=50&q=" + q)["hits"] if h["kind"] == "factor"]
             for q in ("%E9%93%81", "tie", "iron")]
    assert found[0] and found[0] == found[1] == found[2], found
    cast = [h["id"] for h in s.json("/api/v1/search?q=%E9%93%B8%E9%93%81")["hits"] if h["kind"] == "factor"]
    assert "materials/cast-iron-cn" in cast, cast


if __name__ == "__main__":
    with Service(sys.argv[1]) as service:
        sys.exit(case.run(service))
