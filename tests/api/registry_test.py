#!/usr/bin/env python3
"""The register over HTTP: what a visitor sees of it, in which forms, and what is not shown.

usage: tests/api/registry_test.py PROGRAM    (TAP)

Seven invented cars: car-1 to car-5 are published, a correction of car-1 is a draft, car-6 was corrected and is
published in version 2, car-7 is being calculated.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

from service import ROOT, Cases, Service

case = Cases()
CARS = "/api/v1/records"


def write(s, number, g_km):
    record = {"id": f"car-{number}", "kind": "vehicle", "product": f"Model {number}", "maker": "Invented",
              "size_class": "compact", "body": "suv", "powertrain": "bev", "launched": "2024-06", "kerb_mass_kg": 1500,
              "value": g_km, "unit": "g CO2e/km", "boundary": "cradle to grave", "method": "invented"}
    path = pathlib.Path(s.folder.name, "record.json")
    path.write_text(json.dumps(record), encoding="utf-8")
    return str(path)


def publish(s, number, g_km, day, *reason):
    s.run("registry", "put", write(s, number, g_km), *reason)
    s.run("registry", "step", f"car-{number}", "ask", "--day", day)
    s.run("registry", "step", f"car-{number}", "publish", "--day", day)


def prepare(s):
    for number in range(1, 7):
        publish(s, number, 190 + 10 * number, "2024-07-01")
    publish(s, 6, 215, "2024-08-01", "--reason", "measured anew")
    s.run("registry", "put", write(s, 1, 111), "--reason", "not out yet")
    s.run("registry", "put", write(s, 7, 333))
    s.run("registry", "top-runner", "award", "h1", "--from", "2024-04", "--until", "2024-09", "--day", "2024-10-10")


@case
def published(s):
    """a visitor gets the published version, as the command line does"""
    told = s.get(CARS + "/car-2").body.decode()
    assert told == s.run("--json", "registry", "show", "car-2")
    answer = s.json(CARS + "/car-2")
    assert answer["state"] == "published" and answer["category_mean"] == 219.2 and answer["rank_in_peers"] == 2, answer
    assert s.json(CARS + "/car-1")["version"] == 1, "a correction that is a draft is not shown"
    versions = s.json(CARS + "/car-6/versions")["versions"]
    assert [v["state"] for v in versions] == ["superseded", "published"], versions


@case
def earlier_version(s):
    """an earlier version names the one that took its place"""
    answer = s.json(CARS + "/car-6?result=1")
    assert answer["state"] == "superseded" and answer["replaced_by"] == 2, answer


@case
def not_public(s):
    """nothing of a draft is shown to a visitor: not its card, versions, seals, label, row or sales"""
    rows = [("/car-7", 404), ("/car-7?result=1", 404), ("/car-7?result=-1", 404), ("/car-7/versions", 404),
            ("/car-7/export", 404), ("/car-7/label", 404), ("/car-7/benchmarks", 404), ("/car-1?result=2", 404),
            ("/car-1?result=-1", 404), ("?kind=vehicle", 403), ("?kind=vehicle&state=preliminary", 403)]
    for path, status in rows:
        answer = s.get(CARS + path)
        assert answer.status in ([401, 403] if status == 403 else [404]), (path, answer.status, answer.body)
        assert b"333" not in answer.body and b"111" not in answer.body and b"Model" not in answer.body, (path, answer.body)
    assert s.get("/api/v1/batches").status in (401, 403)
    assert s.get("/api/v1/sales?of=car-7").status == 404
    for end in ("", "/versions", "/export", "/label", "/benchmarks"):
        nobody, draft = (json.loads(s.get(CARS + "/car-%d%s" % (n, end)).body)["detail"] for n in (8, 7))
        assert nobody.replace("car-8", "car-7") == draft, "what is hidden looks like what is not there"
    assert len(s.json(CARS + "/car-1/versions")["versions"]) == 1


@case
def pages(s):
    """the register in pages: what is in force, whatever is being corrected, in the order asked for"""
    path = CARS + "?kind=vehicle&state=published"
    listed = s.json(path)["records"]
    assert [(r["id"], r["version"]) for r in listed] == [(f"car-{n}", 2 if n == 6 else 1) for n in range(1, 7)], listed
    for words, ids in (("&limit=2&sort=-value", ["car-5", "car-4"]), ("&limit=2&sort=-value&offset=4", ["car-2", "car-1"]),
                       ("&limit=9&offset=9", []), ("&limit=9&q=MODEL%203", ["car-3"]), ("&limit=9&q=%25", [])):
        answer = s.json(path + words)
        assert [r["id"] for r in answer["records"]] == ids, (words, answer)
        assert answer["total"] == (6 if "q=" not in words else len(ids)), (words, answer["total"])
    assert "total" not in s.json(path), "who asks for all is told all"
    assert s.get(path + "&sort=colour").status == 422 and s.get(path + "&limit=-1").status == 422


@case
def writing_is_refused(s):
    """a visitor changes nothing"""
    for path in ("", "/import?kind=vehicle", "/car-2/steps"):
        assert s.ask("POST", CARS + path, body=b"{}").status in (401, 403), path
    for path in ("/api/v1/batches/x/publish", "/api/v1/batches/x/cars", "/api/v1/feedback/import", "/api/v1/sales/import",
                 "/api/v1/top-runner/awards/h2"):
        assert s.ask("POST", path, body=b"{}").status in (401, 403), path


@case
def label(s):
    """the label as SVG and PDF, in both languages, as the command line draws it"""
    path = CARS + "/car-2/label"
    assert s.get(path, Accept="application/pdf").body.startswith(b"%PDF")
    svg = s.get(path + "?format=svg&lang=zh")
    assert svg.getheader("Content-Type") == "image/svg+xml; charset=utf-8" and svg.body != s.get(path + "?format=svg&lang=en").body
    drawn = pathlib.Path(s.folder.name, "label.svg")
    s.run("--lang", "zh", "registry", "label", "car-2", "--out", str(drawn))
    assert svg.body == drawn.read_bytes()
    assert s.get(path + "?format=csv").status == 422


@case
def exports(s):
    """the exports are what the scripts of strangers take"""
    with tempfile.TemporaryDirectory() as folder:
        for tool, path in (("check-record", CARS + "/car-6/export"), ("check-award", "/api/v1/top-runner/awards/h1/export")):
            file = pathlib.Path(folder, tool + ".json")
            file.write_bytes(s.get(path).body)
            done = subprocess.run([sys.executable, ROOT / "tools" / tool, file], capture_output=True, text=True, timeout=60)
            assert done.returncode == 0, (tool, done.stdout, done.stderr)
    table = s.get("/api/v1/top-runner/awards/h1/export?format=csv")
    assert table.status == 200 and b"car-6" in table.body, table.body


@case
def statistics(s):
    """statistics in the forms of every report, the same bytes as at the command line"""
    told = s.get("/api/v1/statistics/cars?by=powertrain&day=2024-09-01").body.decode()
    assert told == s.run("--json", "registry", "stats", "--by", "powertrain", "--day", "2024-09-01")
    assert s.get("/api/v1/statistics/cars?by=maker&format=svg").body.startswith(b"<svg")
    assert s.json("/api/v1/statistics/cars/facets?from=205&to=225")["passed"] == 3
    assert s.json("/api/v1/statistics/cars/histogram?mark=car-2")["report"]
    assert s.json(CARS + "/car-2/benchmarks")["report"]
    assert s.get("/api/v1/statistics/cars?by=colour").status == 422
    assert s.get("/api/v1/statistics/best-sellers").status == 404, "no sales are loaded"
    assert s.json("/api/v1/statistics/printed?subject=NIO")["report"]
    assert s.json("/api/v1/catalogue")["products"] == []


@case
def awards(s):
    """awards that are kept, with their certificate"""
    assert [a["award"] for a in s.json("/api/v1/top-runner/awards")["awards"]] == ["h1"]
    told = s.get("/api/v1/top-runner/awards/h1").body.decode()
    assert told == s.run("--json", "registry", "top-runner", "show", "h1")
    page = s.get("/api/v1/top-runner/awards/h1?segment=compact/suv/bev", Accept="application/pdf")
    assert page.status == 200 and page.body.startswith(b"%PDF"), page.body[:200]
    assert s.get("/api/v1/top-runner/awards/h1?format=pdf").status == 422, "of which segment is not said"
    assert s.get("/api/v1/top-runner?from=2024-04").status == 422
    assert s.json("/api/v1/top-runner?from=2024-04&until=2024-09")["report"]


@case
def words(s):
    """the round may stand before what is done with it"""
    for words in (["autumn", "add"], ["add", "autumn"]):
        assert json.loads(s.run("--json", "registry", "batch", *words))["batches"][0]["batch"] == "autumn", words


with Service(sys.argv[1]) as service:
    prepare(service)
    sys.exit(case.run(service))
