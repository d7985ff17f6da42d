#!/usr/bin/env python3
"""Frozen pages over HTTP: what was put away has the same bytes in every form, whatever changes afterwards.

usage: tests/api/frozen_test.py PROGRAM    (TAP)
"""
import contextlib
import json
import pathlib
import re
import sqlite3
import subprocess
import sys
import threading
import time

from people import accept
from service import ROOT, Cases, Service

case = Cases()
API = "/api/v1"
LIST, TOPICS = "/statistics/cars/list?size=compact", "/factors/topics"
COMPANY = "/companies/river-iron"
FORMS = ("json", "view", "csv", "xlsx", "svg")
WORLD = [("tests/rating", "dataset", "install", "own-index"), ("tests/rating", "company", "import", "companies.csv"),
         ("tests/vehicle", "vehicle", "import", "cars.csv", "--map", "ademe")]
ASKED = [COMPANY, "/companies/river%2Diron", "/factors/materials/cast-iron-cn", "/factors?q=iron", "/factors/comparison?q=crude+steel",
         "/search?q=jili", "/datasets/gwp", "/datasets/diff?from=gwp&to=gwp", "/ratings/indices/foundry-climate",
         "/ratings/companies/river-iron?index=foundry-climate", "/statistics/cars/histogram?width=20", "/records/car-1"]


def record(s, value, name="car-1"):
    path = pathlib.Path(s.folder.name, "record.json")
    path.write_text(json.dumps({
        "id": name, "kind": "vehicle", "product": "Model 1", "maker": "Invented", "size_class": "compact", "body": "suv",
        "powertrain": "bev", "launched": "2024-06", "kerb_mass_kg": 1500, "value": value, "unit": "g CO2e/km",
        "boundary": "cradle to grave", "method": "invented"}))
    return str(path)


def publish_car(s, value, *reason):
    s.run("registry", "put", record(s, value), *reason)
    s.run("registry", "step", "car-1", "ask", "--day", "2024-07-01")
    s.run("registry", "step", "car-1", "publish", "--day", "2024-07-01")


def keep(s, *answers, page="/cars", who=None):
    return (who or s).ask("POST", API + "/frozen", {"answer": list(answers), "page": page})


def kept(s, *answers, **how):
    answer = keep(s, *answers, **how)
    assert answer.status == 200, (answers, answer.status, answer.body)
    return json.loads(answer.body)


def public_reads(s):
    """Paths of all operations that read, as the service describes itself; those without places are asked as they are."""
    text = s.get(API + "/openapi.yaml").body.decode()
    return re.findall(r"^  (/[a-z/-]+):\n    get:", text, re.M)


def forms_of(s, path):
    found = {}
    for form in FORMS:
        for lang in ("en", "zh"):
            answer = s.get(f"{API}{path}{'&' if '?' in path else '?'}format={form}&lang={lang}")
            if answer.status == 200:
                found[form, lang] = answer.body
    return found


@case
def every_answer(s):
    """whatever everybody may read comes back from a frozen page byte for byte in every form it has"""
    seen = 0
    for path in public_reads(s) + ASKED:
        live = s.get(API + path)
        if live.status != 200 or path.startswith(("/jobs", "/session", "/health", "/frozen", "/openapi")):
            continue
        answer = keep(s, path)
        if answer.status == 404:
            continue  # no operation: sign-in and the like
        assert answer.status == 200, (path, answer.body)
        place = f"/frozen/{json.loads(answer.body)['id']}/0"
        before, after = forms_of(s, path), forms_of(s, place)
        assert set(before) == set(after), (path, set(before) ^ set(after))
        for form, body in before.items():
            assert after[form] == body, (path, form, body[:2000], after[form][:2000])
        seen += 1
    assert seen > 15, seen


@case
def stays(s):
    """a chart over many records stays when one of them is corrected, for good and in caches"""
    chart = LIST
    first = kept(s, chart, page=LIST)
    place = f"{API}/frozen/{first['id']}/0"
    before = s.get(place)
    live = s.get(API + chart).body
    assert before.body == live
    assert before.getheader("Cache-Control") == "public, max-age=31536000, immutable"
    publish_car(s, 190, "--reason", "measured anew")
    s.wait_until(lambda: s.get(API + chart).body != live)
    assert s.get(place).body == before.body and s.get(place).getheader("ETag") == before.getheader("ETag")
    assert s.get(place, If_None_Match=before.getheader("ETag")).status == 304
    second = kept(s, chart, page=LIST)
    assert second["id"] != first["id"]
    assert kept(s, chart, page=LIST) == second, "the same is kept once"
    told = s.json(f"{API}/frozen/{first['id']}")
    assert told["page"] == LIST and told["answers"][0]["query"] == LIST.partition("?")[2], told


@case
def not_for_all(s):
    """what not everybody may see is not put away, whoever asks; beside what is quoted it is left out and named"""
    s.run("registry", "put", record(s, 150, "car-2"))
    draft = "/records/car-2"
    seen = s.pia.ask("GET", API + draft)
    assert seen.status == 200, seen.body
    assert keep(s, draft, who=s.pia).status == 404
    assert keep(s, "/audit", who=s.pia).status == 404
    both = kept(s, LIST, draft, "/audit", who=s.pia)
    assert [row["question"] for row in both["left_out"]] == [draft, "/audit"], both
    assert len(both["answers"]) == 1, both
    mine = s.get(f"{API}/frozen/{both['id']}/0").body
    assert b"car-2" not in mine and b"car-1" in mine, mine


@contextlib.contextmanager
def renamed(s):
    """Meanwhile a company gets another name every few milliseconds."""
    change = "UPDATE company SET name_en = 'Iron ' || random() WHERE id = 'river-iron'"
    if "://" in s.database:
        writer = subprocess.Popen(["psql", "-qX", s.database], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        # one writes at a time, as the program does it
        writer.stdin.write("SELECT pg_advisory_xact_lock(1414292334, hashtext(current_schema()::text)) \\; "
                           + change + " \\watch 0.002\n")
        writer.stdin.flush()
        try:
            yield
        finally:
            writer.kill()
            writer.communicate()
        return
    over = threading.Event()

    def write():
        with contextlib.closing(sqlite3.connect(s.database, timeout=20, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = off")
            while not over.wait(0.002):
                connection.execute(change)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield
    finally:
        over.set()
        writer.join()


@case
def one_state(s):
    """all answers of a page are of one state of the data, however fast it changes meanwhile"""
    before, states = s.get(API + COMPANY).body, set()
    with renamed(s):
        for _ in range(20):
            page = kept(s, *[COMPANY] * 32)
            first, last = (s.get(f"{API}/frozen/{page['id']}/{i}").body for i in (0, 31))
            assert first == last, (first, last)
            states.add(first)
    assert len(states - {before}) > 1, "nothing changed meanwhile"


@case
def refused(s):
    """what is no page of the service or asks too much is refused, and leaves nothing"""
    rows = [({"answer": ["/factors/tree"], "page": "//elsewhere.example"}, 422), ({"answer": ["/factors/tree"], "page": "https://x"}, 422),
            ({"answer": ["/factors/tree"], "page": "/a b"}, 422), ({"answer": ["/factors/tree"], "page": "/" + "x" * 2000}, 422),
            ({"answer": [], "page": "/factors/tree"}, 422), ({"answer": ["/factors/tree"] * 33}, 422), ({"page": "/factors/tree"}, 422),
            ({"answer": ["/ratings/league?top=x"]}, 422), ({"answer": ["/factors?q=%00"]}, 422),
            ({"answer": ["/factors?q=%ff"]}, 422), ({"answer": ["/nothing"]}, 404), ({"answer": ["/companies/%ff"]}, 422), ({"answer": ["records"]}, 422),
            ({"answer": ["/frozen/" + "0" * 32]}, 404), ({"answer": ["/records/none"]}, 404)]
    for body, status in rows:
        answer = s.ask("POST", API + "/frozen", body)
        assert answer.status == status, (body, answer.status, answer.body)
    for path, status in (("/frozen/" + "0" * 32, 404), ("/frozen/x", 404)):
        assert s.get(API + path).status == status, path
    here = kept(s, "/factors/tree")["id"]
    for place, status in (("1", 404), ("-1", 422), ("99", 422), ("x", 422)):
        assert s.get(f"{API}/frozen/{here}/{place}").status == status, place
    assert s.get(f"{API}/frozen/{here}/0?format=svg").status in (404, 406, 422), "it has no drawing"


@case
def bounded(s):
    """strangers fill no disk: beyond the bound of a day only who has signed in freezes more; the same again is no new one"""
    kept(s, "/factors/tree")
    entries = len(json.loads(s.run("--json", "audit", "list"))["entries"])
    kept(s, "/factors/tree")
    assert len(json.loads(s.run("--json", "audit", "list"))["entries"]) == entries
    s.sql("INSERT INTO frozen_page (id, kept_on, page, bytes) SELECT '" + "f" * 32 + "', max(kept_on), '/', 134217728 FROM frozen_page")
    new = "/factors?q=aluminium"
    assert keep(s, new).status == 409
    kept(s, "/factors/tree")
    kept(s, new, who=s.anna)
    kept(s, new)


@case
def tampered(s):
    """a page that was changed in the database is not shown: it is not what its id says"""
    here = kept(s, TOPICS)["id"]
    if "://" in s.database:
        s.sql("ALTER TABLE frozen_answer DISABLE TRIGGER USER")
    else:
        s.sql("DROP TRIGGER frozen_answer_no_update")
    s.sql(f"UPDATE frozen_answer SET report = report || ' ' WHERE frozen = '{here}'")
    s.stop()
    s.start()  # nothing of it is in a cache
    answer = s.get(f"{API}/frozen/{here}/0")
    assert answer.status == 503, (answer.status, answer.body[:200])


def wait_until(check):
    end = time.time() + 10
    while not check() and time.time() < end:
        time.sleep(0.05)
    assert check()


def prepare(s):
    s.wait_until = wait_until
    s.anna = accept(s, s.run("--json", "user", "first", "anna@example.org", "--name", "Anna", "--tenant", "operator",
                             "--name-en", "Operator"))
    publish_car(s, 200)
    s.pia = accept(s, s.run("--json", "user", "invite", "pia@example.org", "--name", "Pia", "--tenant", "operator",
                            "--role", "publisher"))
    for area, *words in WORLD:
        s.run(*[str(ROOT / area / w) if w.endswith((".csv", ".xlsx", "own-index")) else w for w in words])


with Service(sys.argv[1], "--per-second", "0") as service:
    prepare(service)
    sys.exit(case.run(service))
