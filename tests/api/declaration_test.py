#!/usr/bin/env python3
"""Declarations and loans over HTTP: what a visitor reads, what is refused, a dialogue between mill and verifier.

usage: tests/api/declaration_test.py PROGRAM    (TAP)

One declaration goes from draft to registration by people of a mill and of a verification body, each with an API key of
their own; a second stays a draft. A bank keeps a loan nobody else may see.
"""
import hashlib
import json
import re
import sqlite3
import sys
import time

from service import ROOT, Cases, Service

case = Cases()
COIL, DRAFT = "/api/v1/epds/epd-hot-dip-coil", "/api/v1/epds/epd-draft"
FIGURES = json.loads((ROOT / "tests/registry/epd.json").read_text())
PEOPLE = [("mill", "company", "river-iron", "Mei", "company-editor"), ("body", "verifier", "verity", "Vera", "verifier"),
          ("rival", "company", "byd", "Rui", "company-editor"), ("bank", "bank", None, "Ben", "bank-officer"),
          ("other", "bank", None, "Olga", "bank-officer")]


def prepare(s):
    s.run("company", "import", str(ROOT / "tests/rating/companies.csv"))
    s.run("company", "import", str(ROOT / "tests/registry/verifier.csv"))
    s.keys = {}
    for tenant, kind, company, name, role in PEOPLE:
        mail = name.lower() + "@example.org"
        s.run("tenant", "add", tenant, "--kind", kind, "--name-en", tenant, "--name-zh", tenant,
              *(["--company", company] if company else []))
        s.run("user", "add", mail, "--name", name, "--tenant", tenant, "--role", role)
        made = s.run("--json", "key", "add", mail, "--tenant", tenant, "--name", "test")
        s.keys[name] = re.search(r"tl_[0-9a-f]{16}_[A-Za-z0-9_-]{43}", made).group(0)
    for name in ("epd-hot-dip-coil", "epd-draft"):
        with open(s.folder.name + "/record.json", "w") as f:
            json.dump({**FIGURES, "id": name}, f)
        s.run("registry", "put", "record.json")
    s.run("epd", "pcr", "steel-pcr", "--title-en", "Steel", "--title-zh", "钢", "--pcr-version", "1", "--until", "2030-01-01",
          "--source", "invented")


def ask(s, who, method, path, body=None):
    """The status and what was said."""
    answer = s.ask(method, path, body, **({"Authorization": "Bearer " + s.keys[who]} if who else {}))
    kind = answer.getheader("Content-Type")
    return answer.status, json.loads(answer.body) if "json" in kind else answer.body


def result(s, who, method, path, body=None):
    """The same with the wait for a job."""
    status, told = ask(s, who, method, path, body)
    until = time.time() + 30
    while status == 202 and time.time() < until:
        job = ask(s, who, "GET", "/api/v1/jobs/" + told["job"])[1]
        if job["ended_at"]:
            return (200, ask(s, who, "GET", "/api/v1/jobs/" + told["job"] + "/result")[1]) if job["state"] == "done" else \
                (409, job)
        time.sleep(0.05)
    return status, told


def must(s, who, method, path, body=None):
    status, told = result(s, who, method, path, body)
    assert status == 200, (who, path, status, told)
    return told


@case
def opening(s):
    """a mill opens its own declaration, nobody else does"""
    open_it = {"pcr": "steel-pcr", "owner": "river-iron", "programme": "Test"}
    assert ask(s, "Rui", "POST", COIL + "/open", open_it)[0] == 403, "for another company"
    assert ask(s, "Rui", "POST", COIL + "/open", {**open_it, "owner": "byd"})[0] == 404, "over another company's record"
    assert ask(s, "Vera", "POST", COIL + "/open", open_it)[0] == 403, "a verifier writes none"
    assert must(s, "Mei", "POST", COIL + "/open", open_it)["state"] == "preliminary"
    assert must(s, "Mei", "POST", DRAFT + "/open", open_it)["state"] == "preliminary"


@case
def drafts_are_not_public(s):
    """what was never registered is not there, for visitors and for other companies"""
    for who in (None, "Rui", "Vera", "Ben"):
        for path in (COIL, COIL + "/print", COIL + "/export", "/api/v1/epds/epd-none"):
            status, told = ask(s, who, "GET", path)
            assert status == 404 and "is no declaration" in told["detail"], (who, path, status, told)
        assert ask(s, who, "GET", "/api/v1/epds")[1]["declarations"] == [], who
    assert ask(s, None, "GET", "/api/v1/epds?state=draft")[0] in (401, 403)
    assert ask(s, "Rui", "GET", "/api/v1/epds?state=draft")[1]["declarations"] == []
    assert len(ask(s, "Mei", "GET", "/api/v1/epds?state=draft")[1]["declarations"]) == 2
    assert ask(s, "Mei", "GET", COIL)[1]["value"] == 1.5
    assert ask(s, "Mei", "GET", COIL + "/print")[1].startswith(b"%PDF")


@case
def dialogue(s):
    """handing over, question, answer, registration: each by whom it belongs to"""
    give = {"verifier": "Vera", "verifier-company": "verity", "day": "2026-02-02"}
    assert ask(s, "Rui", "POST", COIL + "/submit", give)[0] == 404, "a stranger does not even see it"
    must(s, "Mei", "POST", COIL + "/submit", give)
    question = {"text": "Which furnace?", "day": "2026-02-03"}
    for who, status in ((None, (401, 403)), ("Mei", (403,)), ("Ben", (403,))):
        assert ask(s, who, "POST", COIL + "/questions", question)[0] in status, who
    asked = must(s, "Vera", "POST", COIL + "/questions", question)["questions"][0]
    assert (asked["asked_by"], asked["state"]) == ("Vera", "open"), asked
    where = f"{COIL}/questions/{asked['question']}"
    assert ask(s, "Rui", "POST", where + "/answer", {"text": "?"})[0] == 404
    other = f"{DRAFT}/questions/{asked['question']}/answer"
    assert ask(s, "Mei", "POST", other, {"text": "?"})[0] == 404, "a question of another declaration"
    answered = must(s, "Mei", "POST", where + "/answer", {"text": "Converter", "day": "2026-02-04"})["questions"][0]
    assert (answered["answered_by"], answered["answer"]) == ("Mei", "Converter"), answered
    assert ask(s, "Mei", "POST", where + "/close")[0] == 403
    must(s, "Vera", "POST", where + "/close", {"day": "2026-02-05"})
    assert ask(s, "Mei", "POST", COIL + "/register", {"number": "T-1"})[0] == 403
    done = result(s, "Vera", "POST", COIL + "/register", {"number": "T-1", "day": "2026-02-06"})
    assert done[0] == 200 and done[1]["registration"] == "T-1", done


@case
def registered_is_public(s):
    """a visitor reads what is registered, without the thread; those inside with it"""
    told = s.json(COIL)
    assert (told["state"], told["verifier"], told["verifier_company"]) == ("published", "Vera", "verity"), told
    assert "questions" not in told and "Converter" not in json.dumps(told), told
    for who in ("Mei", "Vera"):
        assert ask(s, who, "GET", COIL)[1]["questions"][0]["answer"] == "Converter", who
    assert "questions" not in ask(s, "Rui", "GET", COIL)[1]
    assert [d["record"] for d in s.json("/api/v1/epds")["declarations"]] == ["epd-hot-dip-coil"]
    assert s.get("/api/v1/epds?format=csv").body.startswith(b"\xef\xbb\xbf")
    assert s.json("/api/v1/epd-calendar?until=2031-02-06&day=2026-03-01")["declarations"][0]["record"] == "epd-hot-dip-coil"
    assert s.json("/api/v1/metal-thresholds/steel?value=1.5&scrap=0.5")["thresholds"][0]["limit"] == 1.575


@case
def documents(s):
    """PDF and XML are those of the command line; a link of one's own is for those inside"""
    pdf = s.get(COIL + "/print", Accept="application/pdf")
    assert pdf.status == 200 and pdf.body.startswith(b"%PDF") and pdf.getheader("Content-Type") == "application/pdf"
    assert "epd-hot-dip-coil.pdf" in pdf.getheader("Content-Disposition")
    xml = s.get(COIL + "/export")
    assert xml.getheader("Content-Type") == "application/xml; charset=utf-8"
    assert xml.body.decode() == s.run("epd", "export", "epd-hot-dip-coil")
    assert s.get(COIL + "/print?link=https://elsewhere.example/").status in (401, 403)
    assert ask(s, "Mei", "GET", COIL + "/print?link=https://mill.example/")[0] == 200


@case
def table_of_declarations(s):
    """what goes out comes back and changes nothing; new rows are drafts of who imports, bad ones are handed back"""
    def send(who, body, args=""):
        status, told = ask(s, who, "POST", "/api/v1/epds/import" + args, body)
        until = time.time() + 30
        while status == 202 and time.time() < until:
            job = ask(s, who, "GET", "/api/v1/jobs/" + told["job"])[1]
            if job["ended_at"]:
                return job, told["job"]
            time.sleep(0.05)
        return status, told
    before = ask(s, "Mei", "GET", "/api/v1/epds")[1]["declarations"]
    for form in ("csv", "xlsx"):
        out = ask(s, "Mei", "GET", "/api/v1/epds?format=" + form)[1]
        job, name = send("Mei", out)
        assert job["state"] == "done", job
        told = ask(s, "Mei", "GET", f"/api/v1/jobs/{name}/result")[1]
        assert (told["unchanged"], told["added"], told["changed"], told["refused"]) == (len(before), 0, 0, 0), (form, told)
    rows = "record,product,mill,value,unit,pcr,programme\n" \
        "epd-table,Coil,River,1.7,kg CO2e/kg,steel-pcr,Test\nepd-bad,Coil,River,1.7,kg CO2e/kg,no-pcr,Test\n"
    job, name = send("Mei", rows.encode())
    told = ask(s, "Mei", "GET", f"/api/v1/jobs/{name}/result")[1]
    assert (told["added"], told["refused"]) == (1, 1) and "no-pcr" in told["refusals"][0]["reason"], told
    assert ask(s, "Mei", "GET", f"/api/v1/jobs/{name}/refused")[1].startswith(b"PK")
    assert ask(s, "Mei", "GET", "/api/v1/epds/epd-bad")[0] == 404, "nothing half done"
    assert ask(s, "Mei", "GET", "/api/v1/epds/epd-table")[1]["state"] == "preliminary"
    assert ask(s, None, "GET", "/api/v1/epds/epd-table")[0] == 404, "a draft"
    job, _ = send("Rui", rows.encode())
    assert job["state"] == "failed" and "of another company" in job["error"], job
    assert send("Vera", rows.encode())[0] == 403 and send("Ben", rows.encode())[0] == 403
    job, _ = send("Rui", rows.encode(), "?owner=river-iron")
    assert job["state"] == "failed" and "is another company" in job["error"], job


@case
def update_stays_inside(s):
    """an update under way changes nothing of what the public sees"""
    fresh = json.dumps({**FIGURES, "value": 0.93, "reason": "electric furnace"}).encode()
    assert ask(s, None, "POST", COIL + "/check-update", fresh)[0] in (401, 403)
    assert result(s, "Mei", "POST", COIL + "/check-update?product=steel&scrap=0.6", fresh)[1]["update"] == "demanded"
    assert ask(s, "Mei", "GET", COIL)[1]["version"] == 1, "a check writes nothing"
    must(s, "Mei", "POST", COIL + "/update", fresh)
    assert (ask(s, "Mei", "GET", COIL)[1]["version"], ask(s, "Mei", "GET", COIL)[1]["value"]) == (2, 0.93)
    for who in (None, "Rui"):
        told = ask(s, who, "GET", COIL)[1]
        assert (told["version"], told["value"], told["state"]) == (1, 1.5, "published"), (who, told)
        assert ask(s, who, "GET", "/api/v1/epds")[1]["declarations"][0]["value"] == 1.5, who
    view = result(s, "Mei", "POST", COIL + "/check-update?format=view", fresh)[1]
    assert view["report"] == "epd-update" and view["facts"] and view["tables"][0]["columns"], view
    assert result(s, "Rui", "POST", COIL + "/check-update", fresh)[0] in (403, 409), "not of another company"


@case
def effects(s):
    """effects are for the owner, and tell of loans only those who may read loans"""
    path = COIL + "/effects?material=steel"
    assert ask(s, None, "GET", path)[0] in (401, 403)
    assert ask(s, "Rui", "GET", path)[0] == 403
    told = must(s, "Mei", "GET", path)
    assert len(told["effects"]) == 64 and any("Loans are shown" in n["en"] for n in told["notes"]), told
    saved = result(s, "Mei", "POST", COIL + "/use", {"material": "steel", "expect": "0" * 64})
    assert saved[0] == 409 and "others than those shown" in saved[1]["error"], saved
    must(s, "Mei", "POST", COIL + "/use", {"material": "steel", "expect": told["effects"]})


@case
def loans_are_never_public(s):
    """a bank keeps a loan; visitors and other people are refused everything of it"""
    terms = {"borrower": "Wuhan", "currency": "CNY", "limit": "20000000", "basis": "class", "weight": "price",
             "grid-date": "2026-01-01", "step": ["1=-20", "2=-10", "3=0", "4=10", "5=20"]}
    loan = "/api/v1/loans/rental"
    assert ask(s, "Mei", "POST", loan, terms)[0] == 403
    must(s, "Ben", "POST", loan, terms)
    told = must(s, "Ben", "POST", loan + "/cars", b"record,price\nno-such-car,150000\nno-such-car,x\n")
    assert (told["drawn"], told["refused"], told["file"]) == (1, 1, "upload"), told
    assert result(s, "Olga", "POST", loan, terms)[0] == 409, "the id is taken"
    assert result(s, "Olga", "POST", loan + "/cars", b"record,price\na,1\n")[0] == 409, "a job that fails"
    signed = result(s, "Ben", "POST", loan + "/sign", {"day": "2026-02-01"})
    assert signed[0] == 200 and signed[1]["margin_exact"] == 20, signed
    paths = ["/api/v1/loans"] + [loan + p for p in ("", "/report", "/test", "/tests", "/stress?worse=1", "/pack")]
    for path in paths:
        for who in (None, "Mei", "Vera"):
            status, told = ask(s, who, "GET", path)
            assert status in (401, 403) and "Wuhan" not in json.dumps(told), (who, path, status)
        status, told = ask(s, "Olga", "GET", path)
        assert status == 404 or told.get("facilities") == [], ("another bank", path, status, told)
        status, told = ask(s, "Ben", "GET", path)
        assert status == 200, (path, status, told)
    assert told.startswith(b"PK")
    assert s.ask("GET", loan + "/report", Authorization="Bearer " + s.keys["Ben"]).body.decode() == \
        s.run("loan", "report", "rental")


@case
def half_yearly_tests(s):
    """a list tells the next test; a test that was kept tells who, and the hash of the report of its day"""
    row = ask(s, "Ben", "GET", "/api/v1/loans")[1]["facilities"][0]
    assert (row["facility"], row["state"], row["next_test"]) == ("rental", "test-due", "2026-08-01"), row
    tests = "/api/v1/loans/rental/tests"
    for who, status in (("Olga", 404), ("Mei", 403)):
        assert ask(s, who, "POST", tests, {"day": "2026-08-01"})[0] == status, who
    must(s, "Ben", "POST", tests, {"day": "2026-08-01"})
    told = ask(s, "Ben", "GET", tests)[1]
    report = s.ask("GET", "/api/v1/loans/rental/report?day=2026-08-01", Authorization="Bearer " + s.keys["Ben"]).body
    assert told["next_test"] == "2027-02-01" and len(told["tests"]) == 1, told
    assert told["tests"][0]["who"] == "Ben" and told["tests"][0]["report_sha256"] == hashlib.sha256(report).hexdigest(), told
    must(s, "Ben", "POST", tests)  # of today: nothing is due then
    assert ask(s, "Ben", "GET", "/api/v1/loans")[1]["facilities"][0]["state"] == "signed"
    since = ask(s, "Ben", "GET", "/api/v1/loans/rental/test?since=2026-08-01")[1]
    assert (since["since"], since["margin"], since["difference"]) == ("2026-08-01", 20, 0), since
    status, told = ask(s, "Ben", "GET", "/api/v1/loans/rental/test?day=2026-08-01&since=2026-09-01")
    assert status == 422 and "since: 2026-09-01 is after" in told["detail"], told


@case
def rules_and_sides(s):
    """category rules are public; whoever is inside a declaration is told as what"""
    rules = s.json("/api/v1/product-category-rules")["rules"]
    assert [(r["pcr"], r["title_zh"]) for r in rules] == [("steel-pcr", "钢")], rules
    assert [ask(s, who, "GET", COIL)[1].get("side") for who in (None, "Rui", "Mei", "Vera")] == [None, None, "owner", "verifier"]
    limits = s.json("/api/v1/metal-thresholds/steel")["thresholds"]
    assert (limits[0]["limit_0_scrap"], limits[0]["limit_100_scrap"], limits[0]["met"]) == (2.8, 0.35, None), limits[0]


@case
def problems(s):
    """bad arguments are named without the dashes of the command line"""
    rows = [("/api/v1/loans/rental/stress?more=5", "more: the grid of 'rental' goes by class, use worse"),
            ("/api/v1/loans/rental/stress?set=no-such-car", "set"), ("/api/v1/loans/rental/stress?worse=99", "worse is 99")]
    for path, words in rows:
        status, told = ask(s, "Ben", "GET", path)
        assert status == 422 and words in told["detail"] and "--" not in told["detail"], (path, status, told)
    status, told = ask(s, None, "GET", "/api/v1/epd-calendar")
    assert status == 422 and "until is missing" in told["detail"], told


@case
def audited(s):
    """the chain is sound, and tells which account asked as Vera"""
    s.run("verify")
    with sqlite3.connect(s.database) as base:
        acts = base.execute("SELECT actor, object, detail FROM audit WHERE action = 'epd.person' ORDER BY seq").fetchall()
        users = dict(base.execute("SELECT name, id FROM account").fetchall())
    assert acts[1] == (users["Vera"], "epd/epd-hot-dip-coil", '{"name":"Vera"}'), (acts, users)


with Service(sys.argv[1]) as service:
    prepare(service)
    sys.exit(case.run(service))
