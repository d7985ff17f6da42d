#!/usr/bin/env python3
"""A publication round over HTTP, as a company sees it: its own cars alone, a form that comes back with faults, the rows
that were refused as a workbook, the recalculation, and the value that is published in the end.

usage: tests/api/round_test.py PROGRAM    (TAP)

Seven invented cars of one company are in the round, two of another.
"""
import io
import json
import sys
import zipfile

from people import accept, wait_for
from service import Cases, Service

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


with Service(sys.argv[1]) as service:
    prepare(service)
    sys.exit(case.run(service))
