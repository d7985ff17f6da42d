#!/usr/bin/env python3
"""Long lists in pages: whole and in order, whatever is added meanwhile; foreign cursors are refused.

usage: tests/api/page_test.py PROGRAM    (TAP)
"""
import json
import pathlib
import sys
from urllib.parse import quote

from people import accept, wait_for
from service import ROOT, Cases, Service

case = Cases()
API = "/api/v1"
# list, filters, where its rows stand, what names a row
LISTS = [("/companies", "", "companies", ("id",)), ("/datasets", "", "sets", ("id", "version")),
         ("/factors", "q=steel&", "factors", ("reference",)), ("/factors", "all-versions=true&", "factors", ("reference",)),
         ("/vehicles", "words=e&", None, ("id",)), ("/records", "kind=vehicle&state=published&", "records", ("id",)),
         ("/epds", "", "declarations", ("record",)), ("/people", "", "people", ("email", "tenant")),
         ("/audit", "", "entries", ("seq",)), ("/jobs", "", "jobs", ("job",))]
MOST = {"/factors": 1000, "/vehicles": 1000, "/audit": 1000, "/jobs": 1000}  # without a limit not whole


def rows_of(answer, member):
    document = json.loads(answer.body)
    return document if member is None else document[member] if member in document else next(
        v for v in document.values() if isinstance(v, list))


def names(rows, fields):
    return [tuple(r[f] for f in fields) for r in rows]


def next_of(answer):
    link = answer.getheader("Link")
    if link is None:
        return None
    assert link.startswith("<" + API) and link.endswith('>; rel="next"'), link
    return link[1:link.index(">")]


def walk(s, path, member, fields, between=lambda: None):
    """All pages from path on; the cursor stands in the body too."""
    found = []
    while path:
        answer = s.anna.ask("GET", path)
        assert answer.status == 200, (path, answer.status, answer.body)
        found.append(names(rows_of(answer, member), fields))
        path = next_of(answer)
        if member:
            told = json.loads(answer.body).get("next")
            assert (told is not None) == (path is not None) and (path is None or path.endswith("cursor=" + told)), path
        between()
    return found


@case
def whole(s):
    """pages of every list come to the whole of it, in its order, each full but the last"""
    for path, filters, member, fields in LISTS:
        most = MOST.get(path)
        answer = s.anna.ask("GET", f"{API}{path}?{filters}" + (f"limit={most}" if most else ""))
        assert answer.status == 200, (path, answer.body)
        every = names(rows_of(answer, member), fields)[:400]
        assert len(every) > 5, (path, len(every))
        for size in (2, 3) if len(every) < 100 else (97,):
            pages = []
            where = f"{API}{path}?{filters}limit={size}"
            while where and sum(map(len, pages)) < len(every):
                answer = s.anna.ask("GET", where)
                pages.append(names(rows_of(answer, member), fields))
                where = next_of(answer)
            assert [r for p in pages for r in p][:len(every)] == every, (path, size)
            assert all(len(p) == size for p in pages[:-1]), (path, size, [len(p) for p in pages])


@case
def forms(s):
    """the view tells the cursor, tables and workbooks the header; a page keeps its form"""
    view = s.get(API + "/companies?limit=2&format=view")
    told = json.loads(view.body)["next"]
    assert next_of(view).endswith("format=view&cursor=" + told)
    second = s.json(next_of(view))
    assert len(second["tables"][0]["rows"]) == 2 and second["tables"][0]["rows"] != json.loads(view.body)["tables"][0]["rows"]
    table = s.get(f"{API}/companies?limit=2&format=csv&cursor={told}")
    assert table.body.count(b"\r\n") == 3 and next_of(table), table.body
    again = s.get(API + "/companies?limit=2&format=view")  # kept by the server
    assert again.body == view.body and again.getheader("Link") == view.getheader("Link")
    assert s.get(API + "/companies").getheader("Link") is None and "next" not in s.json(API + "/companies")


@case
def stable(s):
    """what was there comes exactly once while rows are added before and behind the place"""
    before = [c["id"] for c in s.json(API + "/companies")["companies"]]
    added = iter(range(100))

    def add():
        n = next(added)
        rows = "id,name_en,source\n" + "".join(f"{w}-{n},Works {w} {n},test\n" for w in ("aaa", "m-mid", "zzz"))
        assert wait_for(s.anna, s.anna.ask("POST", API + "/companies/import", rows.encode()).getheader("Location"))[
            "state"] == "done"

    size = max(2, len(before) // 4)
    seen = [r[0] for p in walk(s, f"{API}/companies?limit={size}", "companies", ("id",), add) for r in p]
    assert len(seen) == len(set(seen)) and set(before) <= set(seen) and seen == sorted(seen), seen
    assert not any(r.startswith("aaa-") for r in seen) and any(r.startswith("zzz-") for r in seen), "behind comes, before not"


@case
def newest_first(s):
    """a list with the newest first is not shifted by what is added"""
    for path, member, name in (("/audit", "entries", "seq"), ("/jobs", "jobs", "job")):
        first = s.anna.ask("GET", f"{API}{path}?limit=3")
        old = [r[name] for r in rows_of(s.anna.ask("GET", f"{API}{path}?limit=6"), member)]
        where = s.anna.ask("POST", API + "/companies/import", f"id,name_en,source\n{member},New {member},t\n".encode())
        wait_for(s.anna, where.getheader("Location"))
        second = rows_of(s.anna.ask("GET", next_of(first)), member)
        assert [r[name] for r in second] == old[3:6], (path, old, second)


@case
def refused(s):
    """a cursor of another list, of other filters, or none at all is refused, and the problem says what to do"""
    own = json.loads(s.get(API + "/factors?q=steel&limit=2").body)["next"]
    fine = [f"/factors?q=steel&limit=5&cursor={own}", f"/factors?cursor={own}&q=steel&lang=zh&format=csv"]
    foreign = [f"/companies?cursor={own}", f"/factors?q=iron&cursor={own}", f"/factors?cursor={own}",
               f"/factors?q=steel&verified=true&cursor={own}", f"/jobs?cursor={own}", f"/vehicles?cursor={own}",
               f"/audit?cursor={own}", f"/people?cursor={own}", f"/datasets?cursor={own}", f"/epds?cursor={own}",
               f"/records?kind=vehicle&state=published&cursor={own}", "/factors?q=steel&cursor=", "/factors?q=steel&cursor=2",
               f"/factors?q=steel&cursor={own[:-2]}", f"/factors?q=steel&cursor={own}00", "/companies?cursor=" + quote("' OR 1"),
               "/companies?cursor=" + "0" * 5000]
    for path in fine:
        assert s.anna.ask("GET", API + path).status == 200, path
    for path in foreign:
        answer = s.anna.ask("GET", API + path)
        assert answer.status == 422 and "begin without it" in json.loads(answer.body)["detail"], (path, answer.body)
    for path in ("/companies?limit=0", "/companies?limit=1001", "/companies?limit=x", "/jobs?limit=0", "/jobs?limit=x"):
        answer = s.anna.ask("GET", API + path)
        assert answer.status == 422 and "limit" in json.loads(answer.body)["detail"], (path, answer.body)


@case
def rights(s):
    """a cursor opens nothing: who may not see the list does not see a page of it"""
    for path in ("/audit", "/people", "/jobs"):
        page = next_of(s.anna.ask("GET", f"{API}{path}?limit=1"))
        assert page and s.get(page).status == 401, path


def declare(s):
    """Seven registered declarations: a verifier is another person than the author."""
    s.run("company", "import", str(ROOT / "tests/rating/companies.csv"))
    s.run("company", "import", str(ROOT / "tests/registry/verifier.csv"))
    s.run("epd", "pcr", "steel-pcr", "--title-en", "Steel", "--title-zh", "钢", "--pcr-version", "1", "--until", "2030-01-01",
          "--source", "invented")
    figures = json.loads((ROOT / "tests/registry/epd.json").read_text())
    for n in range(7):
        name = f"coil-{n}"
        pathlib.Path(s.folder.name, "record.json").write_text(json.dumps({**figures, "id": name}))
        s.run("registry", "put", "record.json")
        s.run("epd", "open", name, "--pcr", "steel-pcr", "--owner", "river-iron", "--programme", "Test")
        s.run("epd", "submit", name, "--verifier", "vera", "--verifier-company", "verity", "--day", "2026-02-02")
        s.env["TANLIAN_ACTOR"] = "vera"
        s.run("epd", "register", name, "--number", f"T-{n}", "--day", "2026-02-06")
        s.env["TANLIAN_ACTOR"] = s.actor


def publish_cars(s):
    for n in range(7):
        record = {"id": f"car-{n}", "kind": "vehicle", "product": f"Model {n}", "maker": "Invented", "size_class": "compact",
                  "body": "suv", "powertrain": "bev", "launched": "2024-06", "kerb_mass_kg": 1500, "value": 200 + n,
                  "unit": "g CO2e/km", "boundary": "cradle to grave", "method": "invented"}
        pathlib.Path(s.folder.name, "record.json").write_text(json.dumps(record))
        s.run("registry", "put", "record.json")
        s.run("registry", "step", f"car-{n}", "ask", "--day", "2024-07-01")
        s.run("registry", "step", f"car-{n}", "publish", "--day", "2024-07-01")


def prepare(s):
    declare(s)
    publish_cars(s)
    s.run("vehicle", "import", str(ROOT / "tests/vehicle/cars.csv"), "--map", "ademe")
    s.anna = accept(s, s.run("--json", "user", "first", "anna@example.org", "--name", "Anna", "--tenant", "operator",
                             "--name-en", "Operator"))
    for n in range(7):
        s.run("user", "add", f"member{n}@example.org", "--name", f"Member {n}", "--tenant", "operator", "--role", "analyst")
    for n in range(7):
        rows = f"id,name_en,source\nworks-{n},Plant {n},test\n".encode()
        wait_for(s.anna, s.anna.ask("POST", API + "/companies/import", rows).getheader("Location"))


with Service(sys.argv[1], "--per-second", "0") as service:
    prepare(service)
    sys.exit(case.run(service))
