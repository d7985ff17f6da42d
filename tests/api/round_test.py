#!/usr/bin/env python3
"""A publication round over HTTP, as a company sees it: its own cars alone, a form that comes back with faults, the rows
that were refused as a workbook, the recalculation, and the value that is published in the end.

usage: tests/api/round_test.py PROGRAM    (TAP)

Two companies with an editor each; the cars of one are named after it, so that a round gives them to it.
"""
import csv
import hashlib
import io
import json
import pathlib
import subprocess
import sys
import zipfile

from people import accept, wait_for
from service import ROOT, Cases, Service

case = Cases()
HEAD = "id,product,maker,company,size_class,body,powertrain,kerb_mass_kg,value,unit,stage:materials,stage:driving,reason\n"


def row(number, company="river", g_km=200.0, reason=""):
    return (f"car-{number},Model {number},Invented,{company},compact,suv,bev,1500,{g_km},g CO2e/km,{g_km - 150},150,"
            f"{reason}\n")


def person(s, name, tenant, role):
    link = s.run("--json", "user", "invite", f"{name}@{tenant}.example", "--name", name.title(), "--tenant", tenant,
                 "--role", role)
    return accept(s, link)


def prepare(s):
    s.run("tenant", "add", "house", "--kind", "operator", "--name-en", "House")
    for company in ("river", "hill"):
        path = f"{s.folder.name}/{company}.csv"
        with open(path, "w", encoding="utf-8") as out:
            out.write(f"id,name_en,source\n{company},{company.title()},made up\n")
        s.run("company", "import", path)
        s.run("tenant", "add", company, "--kind", "company", "--name-en", company.title(), "--company", company)
    s.editor, s.approver = person(s, "eve", "river", "company-editor"), person(s, "ada", "river", "company-approver")
    s.other, s.publisher = person(s, "otto", "hill", "company-editor"), person(s, "pia", "house", "publisher")


def send(who, path, table):
    answer = who.ask("POST", path, table.encode())
    assert answer.status == 202, (path, answer.status, answer.body)
    where = answer.getheader("Location")
    job = wait_for(who, where)
    assert job["state"] == "done", job
    return where, json.loads(who.ask("GET", where + "/result").body)


def answer_of(who, path, status=200):
    answer = who.ask("GET", "/api/v1" + path)
    assert answer.status == status, (path, answer.status, answer.body)
    return json.loads(answer.body)


def cells(book):
    """Texts of a workbook, whatever cells they are in."""
    with zipfile.ZipFile(io.BytesIO(book)) as z:
        return "\n".join(z.read(n).decode() for n in z.namelist() if n.endswith(".xml"))


@case
def pasted(s):
    """two bad rows among five: the good ones go in, the bad ones are said and come as a workbook; fixed, no duplicate"""
    path = "/api/v1/records/import?kind=vehicle"
    bad = HEAD + row(1) + row(2).replace(",200.0,", ",two hundred,") + row(3) + row(4).replace("car-4", "Car 4") + row(5)
    where, told = send(s.editor, path, bad)
    assert (told["rows"], told["added"], told["refused"]) == (5, 3, 2), told
    assert [r["row"] for r in told["refusals"]] == [3, 5], told["refusals"]
    book = s.editor.ask("GET", where + "/refused")
    assert book.status == 200 and "spreadsheetml" in book.getheader("Content-Type"), book.status
    text = cells(book.body)
    assert "two hundred" in text and "Car 4" in text and "car-3" not in text, text[:2000]
    assert s.other.ask("GET", where + "/refused").status == 404, "the job of another organisation"
    where, told = send(s.editor, path, HEAD + "".join(row(n) for n in range(1, 8)))
    assert (told["added"], told["unchanged"], told["refused"]) == (4, 3, 0), told
    assert s.editor.ask("GET", where + "/refused").status == 404, "nothing was refused"
    send(s.other, path, HEAD + row(8, "hill") + row(9, "hill"))
    listed = answer_of(s.editor, "/records?kind=vehicle&limit=3")
    assert listed["total"] == 7 and len(listed["records"]) == 3, listed["total"]


@case
def round_of_a_company(s):
    """a round as a company sees it: counts, list and form of its own cars; a form of faults; corrected and published"""
    table = (ROOT / "tests/vehicle/cars.csv").read_text(encoding="utf-8").replace("ALPHA", "River").replace("BETA", "Hill")
    path = pathlib.Path(s.folder.name, "cars.csv")
    path.write_text(table, encoding="utf-8")
    subprocess.run([s.program, "--db", s.database, "--quiet", "vehicle", "import", str(path), "--map", "ademe"], env=s.env, capture_output=True)
    for words in (["add"], ["ask"]):
        s.run("registry", "batch", "autumn", *words)
    whole = answer_of(s.publisher, "/batches")["batches"][0]
    mine = answer_of(s.editor, "/batches")["batches"]
    assert len(mine) == 1 and 0 < mine[0]["records"] < whole["records"] and mine[0]["refused"] == 0, (mine, whole)
    assert mine[0]["review"] == mine[0]["records"], mine
    assert answer_of(s.editor, "/batches?batch=autumn")["batches"] == mine
    listed = answer_of(s.editor, "/records?kind=vehicle&batch=autumn")["records"]
    assert len(listed) == mine[0]["records"] and {r["company"] for r in listed} == {"river"}, listed
    form = list(csv.DictReader(io.StringIO(s.editor.ask("GET", "/api/v1/batches/autumn/form?format=csv").body.decode("utf-8-sig"))))
    assert [r["record"] for r in form] == sorted(r["id"] for r in listed), form
    car, ours = listed[0]["id"], listed[0]["stage:materials"]
    other = next(r for r in answer_of(s.publisher, "/records?kind=vehicle&batch=autumn")["records"] if r["company"] != "river")
    back = f"record,by,own:materials,text\n{car},Eve,{ours + 10},steel\n{other['id']},Eve,,not ours\n"
    where, told = send(s.editor, "/api/v1/feedback/import", back)
    assert (told["remarks"], told["refused"]) == (1, 1) and told["refusals"][0]["row"] == 3, told
    assert s.editor.ask("GET", where + "/refused").status == 200
    said = answer_of(s.editor, f"/records/{car}")["feedback"][0]
    assert said["text"].startswith("steel; materials ") and abs(said["proposed"] - listed[0]["value"] - 10) < 1e-9, said
    fixed = f"id,product,value,unit,stage:materials,reason\n{car},{listed[0]['product']},{said['proposed']},g CO2e/km,{ours + 10},measured\n"
    _, told = send(s.editor, "/api/v1/records/import?kind=vehicle", fixed)
    assert told["changed"] == 1, told
    step = s.approver.ask("POST", f"/api/v1/records/{car}/steps", {"step": "recalculate"})
    assert step.status == 202 and wait_for(s.approver, step.getheader("Location"))["state"] == "done", step.body
    done = s.publisher.ask("POST", "/api/v1/batches/autumn/publish", {})
    assert wait_for(s.publisher, done.getheader("Location"))["state"] == "done"
    public = s.json(f"/api/v1/records/{car}")
    assert public["state"] == "published" and "feedback" not in public and public["value"] == round(said["proposed"], 2), public


@case
def archive(s):
    """any report as an archive: the same bytes as at the command line, counts and checksums that hold"""

    body = s.get("/api/v1/statistics/sector?format=zip&maker=River").body
    path = pathlib.Path(s.folder.name, "sector.zip")
    s.run("registry", "sector", "--maker", "River", "--out", str(path))
    assert path.read_bytes() == body, "HTTP and the command line"
    with zipfile.ZipFile(io.BytesIO(body)) as z:
        readme, table = z.read("README.md").decode(), z.read("sector.csv")
        assert json.loads(z.read("report.json")) == s.json("/api/v1/statistics/sector?maker=River")
    assert hashlib.sha256(table).hexdigest() in readme and "tanlian registry sector --maker River" in readme, readme
    assert s.get("/api/v1/top-runner/awards?format=zip").status == 200
    assert s.get("/api/v1/records/none/label?format=zip").status == 422, "a document is not a report"


with Service(sys.argv[1]) as service:
    prepare(service)
    sys.exit(case.run(service))
