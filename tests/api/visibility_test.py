#!/usr/bin/env python3
"""Who sees which field: secrets of several organisations, looked for in every byte of every answer.

usage: tests/api/visibility_test.py PROGRAM    (TAP)

Each secret is planted once as "<a word to search by> <a mark>". Every operation that reads is then asked by everybody
in every form it has (JSON, view of the page, CSV, XLSX, drawings), each with the ids of what is secret in its path;
what the service describes itself decides which there are, so that an operation added later is asked too. A mark may
turn up for those that SECRETS names, has to turn up for them somewhere, and for nobody else: in answers, workbooks,
problems, results of jobs, their events, the audit chain, and what a cache kept of an answer to somebody else.
"""
import csv
import io
import itertools
import json
import re
import sys
import time
import urllib.parse
import zipfile

from service import ROOT, Cases, Service

case = Cases()
AREA = ROOT / "tests/vehicle"
OPERATOR_ADMIN = "Adi"
# name, organisation, its kind, its company, role
PEOPLE = [("Ada", "alpha", "company", "alpha", "company-editor"), ("Alf", "alpha", "company", "alpha", "company-approver"),
          ("Bea", "beta", "company", "beta", "company-editor"), ("Bob", "beta", "company", "beta", "company-approver"),
          ("Ben", "bank", "bank", None, "bank-officer"), ("Bo", "bank-two", "bank", None, "bank-officer"),
          ("Vera", "verity", "verifier", "verity", "verifier"), ("Ulf", "unnamed", "verifier", "unnamed", "verifier"),
          ("Rex", "ministry", "regulator", None, "regulator-reader"), ("Pia", "house", "operator", None, "publisher"),
          ("Ann", "house", "operator", None, "analyst"), (OPERATOR_ADMIN, "house", "operator", None, "administrator")]
NAMES = [name for name, *_ in PEOPLE]
MAKERS, READERS = {"Ada", "Alf"}, {"Rex", "Pia"}  # own company; who reads all footprints

# What is secret: mark -> who may see it. The word before it, which is searched for, ends in w instead of x.
SECRETS = {
    "zqcarx": MAKERS | READERS | {"Vera"},      # name of a car of Alpha; Vera: of the round she was named for
    "zqotherx": {"Bea", "Bob"} | READERS | {"Vera"},  # the same of Beta
    "zqpartx": MAKERS | READERS,                # a part in the bill of materials of Alpha's car
    "zqsupplierx": MAKERS | READERS,            # its supplier
    "zqsharedx": READERS,                       # a part in the bill of a public car
    "zqdraftx": MAKERS | READERS | {"Vera"},    # name of a footprint before it is published
    "zqclosedx": MAKERS | READERS,              # of another that Vera was not named for
    "zqremarkx": MAKERS | READERS | {"Vera"},   # what Alpha says of it
    "zqreasonx": MAKERS | READERS,              # why a published footprint is being corrected
    "zqquestionx": MAKERS | READERS | {"Vera"},  # of the verifier of a declaration
    "zqborrowerx": {"Ben", "Rex"},              # of a loan
    "zqnotex": {"Ann", "Pia", "Rex"},           # beside an answer of a rating that is not published
    "zqrefusedx": MAKERS | {"Rex"},             # a row that an import of Alpha's refused
    "zqkeyx": {"Ada", OPERATOR_ADMIN, "Rex"},   # name of an API key; Rex: in the audit chain
}
UNKEPT = {("zqkeyx", "Ada")}  # keys are listed to a person with a session, never to a key
FORMS = ("", "view", "csv", "xlsx", "svg")
PUBLIC_CAR = "ademe-d9f02d369361"
HEADER = (AREA / "cars.csv").read_text(encoding="utf-8").splitlines()[0]
ROW = "{brand};{model};GROUP;{model} (70kW);ESSENCE;BERLINE;MOYENNE INFERIEURE;1250;5,2;5,8;;;;;118;131;21000"
RECORD = {"kind": "pcf", "maker": "Alpha", "company": "alpha", "value": 1.5, "unit": "kg CO2e/kg", "method": "invented",
          "boundary": "cradle to gate"}


def secret(mark):
    return f"{mark[:-1]}w {mark}"


def ask(s, who, method, path, body=None, **headers):
    if who:
        headers["Authorization"] = "Bearer " + s.keys[who]
    answer = s.ask(method, path, body, **headers)
    assert answer.status not in (429, 503), (who, path, "who is turned away has seen nothing, which proves nothing")
    return answer


def finished(s, who, answer):
    """The job behind an answer when it has ended, with what it left; the answer itself where it is none."""
    if answer.status != 202:
        return answer.status, answer.body.decode(errors="replace")
    where = "/api/v1/jobs/" + json.loads(answer.body)["job"]
    s.jobs.append((where, who))
    until = time.time() + 60
    while time.time() < until:
        job = json.loads(ask(s, who, "GET", where).body)
        if job["ended_at"]:
            left = ask(s, who, "GET", where + "/result").body.decode(errors="replace")
            return (200 if job["state"] == "done" else 409), json.dumps(job) + left
        time.sleep(0.02)
    raise AssertionError("the job does not end")


def must(s, who, method, path, body=None):
    status, told = finished(s, who, ask(s, who, method, path, body))
    assert status == 200, (who, method, path, status, told)
    return told


def car_of(s, who, mark):
    return json.loads(ask(s, who, "GET", f"/api/v1/vehicles?words={mark}").body)[0]["id"]


def prepare_people(s):
    path = s.folder.name + "/companies.csv"
    with open(path, "w", encoding="utf-8") as f:
        f.write("id,name_en,name_zh,country,industry,source\n" + "".join(
            f"{c},{c.capitalize()},,CN,iron-foundry,invented\n" for c in ("alpha", "beta", "verity", "unnamed")))
    s.run("company", "import", path)
    s.keys, s.jobs, there = {}, [], set()
    for name, tenant, kind, company, role in PEOPLE:
        if tenant not in there:
            s.run("tenant", "add", tenant, "--kind", kind, "--name-en", tenant, "--name-zh", tenant,
                  *(["--company", company] if company else []))
        there.add(tenant)
        s.run("user", "add", f"{name.lower()}@example.org", "--name", name, "--tenant", tenant, "--role", role)
        label = secret("zqkeyx") if name == "Ada" else "test"
        made = s.run("--json", "key", "add", f"{name.lower()}@example.org", "--tenant", tenant, "--name", label)
        s.keys[name] = re.search(r"tl_[0-9a-f]{16}_[A-Za-z0-9_-]{43}", made).group(0)


def prepare_cars(s):
    """A car of Alpha with a bill, one of Beta, a public one with a bill; all of them in a round."""
    s.run("vehicle", "import", str(AREA / "cars.csv"), "--map", "ademe")
    bill = f"part,material,mass_kg,supplier,process,recycled_share\n{secret('zqpartx')},steel,310,{secret('zqsupplierx')},bf-bof,0.15\n"
    for who, brand, mark in (("Ada", "Alpha", "zqcarx"), ("Bea", "Beta", "zqotherx")):
        lines = [HEADER, ROW.format(brand=brand, model=secret(mark))]
        if who == "Ada":
            lines.append(ROW.format(brand=brand, model="x").replace("1250", secret("zqrefusedx")))
        must(s, who, "POST", "/api/v1/vehicles/import?map=ademe", "\n".join(lines).encode())
    s.car, s.other_car = car_of(s, "Ada", "zqcarx"), car_of(s, "Bea", "zqotherx")
    must(s, "Ada", "POST", f"/api/v1/vehicles/bills?vehicle={s.car}", bill.encode())
    path = s.folder.name + "/bill.csv"
    with open(path, "w", encoding="utf-8") as f:
        f.write((AREA / "bill.csv").read_text(encoding="utf-8").replace("body in white", secret("zqsharedx")))
    s.run("vehicle", "bill", PUBLIC_CAR, path)
    must(s, "Pia", "POST", "/api/v1/batches/autumn/cars", {"title": "Autumn"})
    must(s, "Pia", "POST", "/api/v1/batches/autumn/verifiers/verity")


def prepare_records(s):
    """Two drafts of Alpha, of which Vera verifies one; a published footprint with a correction under way."""
    for name, mark in (("alpha-draft", "zqdraftx"), ("alpha-closed", "zqclosedx")):
        must(s, "Ada", "POST", "/api/v1/records", json.dumps({**RECORD, "id": name, "product": secret(mark)}).encode())
    must(s, "Alf", "POST", "/api/v1/records/alpha-draft/verifiers/verity")
    known = {**RECORD, "id": "alpha-known", "product": "Known"}
    must(s, "Ada", "POST", "/api/v1/records", json.dumps(known).encode())
    for step in ("ask", "publish"):
        must(s, "Pia", "POST", "/api/v1/records/alpha-known/steps", {"step": step})
    must(s, "Ada", "POST", "/api/v1/records", json.dumps({**known, "value": 1.25, "reason": secret("zqreasonx")}).encode())
    must(s, "Alf", "POST", "/api/v1/records/alpha-draft/steps", {"step": "ask"})
    remark = "record,version,by,text,proposed,evidence\nalpha-draft,1,Ada," + secret("zqremarkx") + ",,\n"
    must(s, "Ada", "POST", "/api/v1/feedback/import", remark.encode())


def prepare_epd(s):
    figures = {**json.loads((ROOT / "tests/registry/epd.json").read_text()), "id": "epd-alpha", "company": "alpha"}
    must(s, "Ada", "POST", "/api/v1/records", json.dumps(figures).encode())
    s.run("epd", "pcr", "steel-pcr", "--title-en", "Steel", "--title-zh", "钢", "--pcr-version", "1", "--until", "2030-01-01",
          "--source", "invented")
    path = "/api/v1/epds/epd-alpha"
    must(s, "Ada", "POST", path + "/open", {"pcr": "steel-pcr", "owner": "alpha", "programme": "Test"})
    must(s, "Ada", "POST", path + "/submit", {"verifier": "Vera", "verifier-company": "verity"})
    must(s, "Vera", "POST", path + "/questions", {"text": secret("zqquestionx")})


def prepare_others(s):
    """A loan, and an answer of a rating that is a draft."""
    must(s, "Ben", "POST", "/api/v1/loans/rental",
         {"borrower": secret("zqborrowerx"), "currency": "CNY", "limit": "20000000", "basis": "class", "weight": "price",
          "grid-date": "2026-01-01", "step": ["1=-20", "2=-10", "3=0", "4=10", "5=20"]})
    must(s, "Ben", "POST", "/api/v1/loans/rental/cars", f"record,price\n{s.car},150000\n".encode())
    rows = list(csv.reader((ROOT / "tests/rating/answers.csv").open(encoding="utf-8")))
    rows[1][0], rows[1][-1] = "alpha", secret("zqnotex")
    out = io.StringIO()
    csv.writer(out).writerows(rows[:2])
    must(s, "Ann", "POST", "/api/v1/ratings/assessments/import?period=2025&index=foundry-climate&cut-off=2026-06-30", out.getvalue().encode())


def prepare(s):
    prepare_people(s)
    s.run("dataset", "install", str(ROOT / "tests/rating/own-index"))
    prepare_cars(s)
    prepare_records(s)
    prepare_epd(s)
    prepare_others(s)



# ---- everything that reads ----

def operations(s):
    """(path, parameters) of everything that is read, as the service describes itself: name -> (where, needed)."""
    text, path, method, found = s.get("/api/v1/openapi.yaml").body.decode(), None, None, []
    for line in text.split("\ncomponents:")[0].splitlines():
        if new := re.match(r"  (/\S*):$", line):
            path = new[1]
        elif new := re.match(r"    (get|post|put|delete):$", line):
            method = new[1]
            if method == "get":
                found.append((path, {}))
        elif method == "get" and (new := re.match(r"        - name: (\S+)", line)):
            name = new[1]
            found[-1][1][name] = ["", False]
        elif method == "get" and (new := re.match(r"          in: (\w+)", line)):
            found[-1][1][name][0] = new[1]
        elif method == "get" and re.match(r"          required: true", line):
            found[-1][1][name][1] = True
    return found


def values(s):
    """What to ask an argument with, by its name; of others one of no meaning."""
    words = [mark[:-1] + "w" for mark in SECRETS]
    cars = [s.car, s.other_car, PUBLIC_CAR]
    return {"vehicle": cars, "record": ["alpha-draft", "alpha-closed", "alpha-known", s.car, s.other_car, "epd-alpha"],
            "batch": ["autumn"], "facility": ["rental"], "company": ["alpha", "beta"], "owner": ["alpha"], "q": words,
            "words": words, "kind": ["vehicle", "pcf", "epd"], "state": ["published", "preliminary", "draft", "review"],
            "result": ["-1", "1", "2"], "until": ["2040-01-01"], "of": [s.car, "alpha-draft"], "material": ["steel"],
            "object": [s.car, "record/alpha-draft"], "index": ["foundry-climate"], "period": ["2025"], "supplier": words,
            "maker": ["Alpha", "ALPHA", "Beta"], "limit": ["1000"], "all": ["true"], "tenant": ["alpha"], "set": [],
            "month": ["2024-09"], "from": ["2024-04"], "format": [], "table": [], "to": ["foundry-climate"],
            "key": ["x"], "award": ["x"], "w12": ["0.5"]}


def requests(s):
    """Every operation with every value its path and its needed arguments can have, and further arguments one at a time."""
    known = values(s)
    for path, parameters in operations(s):
        needed = [n for n, (where, must_be) in parameters.items() if where == "path" or must_be]
        for chosen in itertools.product(*(known.get(n) or ["x"] for n in needed)):
            given = dict(zip(needed, chosen))
            place = re.sub(r"\{(\w+)\}", lambda m: urllib.parse.quote(given[m[1]], safe=""), path)
            query = [(n, v) for n, v in given.items() if parameters[n][0] != "path"]
            if len(query) == 1 and query[0][0] == "vehicle":
                query.append(("vehicle", PUBLIC_CAR))  # what compares takes two
            yield place, query
            for n, (where, must_be) in parameters.items():
                for v in known.get(n, ()) if not must_be and where == "query" else ():
                    yield place, query + [(n, v)]


def bytes_of(answer):
    """Headers and body, with what is packed in it."""
    body = answer.body
    parts = [str(answer.getheaders()).encode(), body]
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as z:
            parts += [z.read(name) for name in z.namelist()]
    return b"\n".join(parts)


MARK = re.compile(b"|".join(mark.encode() for mark in SECRETS))


class Seen:
    """Which mark turned up for whom, and where first."""

    def __init__(self):
        self.by, self.wrong = {}, []

    def look(self, who, where, data):
        for mark in {m.decode() for m in MARK.findall(data)}:
            self.by.setdefault((mark, who), where)
            if who not in SECRETS[mark]:
                self.wrong.append(f"{mark} shown to {who or 'a visitor'}: {where}")


SEEN = Seen()


def ask_in_every_form(s, who, place, query):
    for form in FORMS:
        where = "/api/v1" + place
        asked = query + ([("format", form)] if form else [])
        if asked:
            where += "?" + urllib.parse.urlencode(asked)
        answer = ask(s, who, "GET", where)
        assert answer.status < 500, (who, where, answer.status, answer.body[:300])
        SEEN.look(who, f"{where} ({answer.status})", bytes_of(answer))
        if answer.status != 200:
            break  # a refusal reads the same in each form


@case
def everything_read(s):
    """whatever reads shows each secret to those it is for, in every form, whoever asked before"""
    asked = list(requests(s))
    assert len({place for place, _ in asked}) > 100, "the description of the service names what is read"
    for place, query in asked:
        for who in [*NAMES, None]:
            ask_in_every_form(s, who, place, query)
    assert not SEEN.wrong, "\n".join(SEEN.wrong[:20])


@case
def results_of_jobs(s):
    """what came of a job is for who asked, and those in the same place who may read as much"""
    for who in [*NAMES, None]:
        for where in ["/api/v1/jobs", *(place + part for place, _ in s.jobs for part in ("", "/result", "/events"))]:
            SEEN.look(who, where, bytes_of(ask(s, who, "GET", where)))
    assert not SEEN.wrong, "\n".join(SEEN.wrong[:20])
    for place, asker in s.jobs:
        for who in ("Bea", "Ben", "Vera", "Ulf", "Ada"):
            same = next(p[1] for p in PEOPLE if p[0] == who) == next(p[1] for p in PEOPLE if p[0] == asker)
            status = ask(s, who, "GET", place).status
            assert status == (200 if same else 404), (place, asker, who, status)
            if same and who == asker:
                assert ask(s, who, "GET", place + "/result").status in (200, 409), (place, who)


@case
def shown_to_those_it_is_for(s):
    """each secret turned up for everybody who may see it: the search above can find"""
    missing = [(mark, who) for mark, people in SECRETS.items() for who in people
               if (mark, who) not in SEEN.by and (mark, who) not in UNKEPT]
    assert not missing, missing


# ---- what each is answered ----

# Nobody, Ada and Alf of the company, Bea of another, Ben of a bank, Vera named, Ulf not named, Rex the regulator, Pia who
# publishes, Ann who rates: the status of each, in this order; "-" is 401 or 403.
ASKING = (None, "Ada", "Alf", "Bea", "Ben", "Vera", "Ulf", "Rex", "Pia", "Ann")
NOT_THERE = "404 404 404 404 404 404 404 404 404 404"
EVERYBODY = "200 200 200 200 200 200 200 200 200 200"
OF_ALPHA = "404 200 200 404 404 404 404 200 200 404"
OF_ALPHA_AND_VERA = "404 200 200 404 404 200 404 200 200 404"
ANSWERS = [
    ("a car of a company", "/vehicles/{car}", OF_ALPHA),
    ("a car that is not there", "/vehicles/ademe-000000000000", NOT_THERE),
    ("its footprint", "/vehicles/{car}/footprint", OF_ALPHA),
    ("with a what-if", "/vehicles/{car}/footprint?set=lifetime_km%3D300000", OF_ALPHA),
    ("beside a public car", "/vehicles/comparison?vehicle={public}&vehicle={car}", OF_ALPHA),
    ("its break-even", "/vehicles/break-even?vehicle={public}&vehicle={car}", OF_ALPHA),
    ("found by its name", "/vehicles?words=zqcarw", OF_ALPHA),
    ("a public car, whose bill is not public", "/vehicles/{public}", EVERYBODY),
    ("its footprint", "/vehicles/{public}/footprint", EVERYBODY),
    ("a footprint before it is published", "/records/alpha-closed", OF_ALPHA),
    ("by its version", "/records/alpha-closed?result=1", OF_ALPHA),
    ("its versions", "/records/alpha-closed/versions", OF_ALPHA),
    ("one that a verifier was named for", "/records/alpha-draft", OF_ALPHA_AND_VERA),
    ("its versions", "/records/alpha-draft/versions", OF_ALPHA_AND_VERA),
    ("one that is not there", "/records/alpha-none", NOT_THERE),
    ("the record of a car, in a round a verifier was named for", "/records/{car}", OF_ALPHA_AND_VERA),
    ("what is published", "/records/alpha-known", EVERYBODY),
    ("its correction", "/records/alpha-known?result=2", OF_ALPHA),
    ("a round, of which a company sees its own part", "/batches?batch=autumn", "- 200 200 200 - 200 404 200 200 -"),
    ("a round that is not there", "/batches?batch=spring", "- 404 404 404 - 404 404 404 404 -"),
    ("rounds", "/batches", "- 200 200 200 - 200 200 200 200 -"),
    ("a declaration before it is registered", "/epds/epd-alpha", OF_ALPHA_AND_VERA),
    ("its record", "/records/epd-alpha", OF_ALPHA_AND_VERA),
    ("what it moves", "/epds/epd-alpha/effects?material=steel", "- 409 - 404 - - - - - -"),
    ("a loan", "/loans/rental", "- - - - 200 - - 200 - -"),
    ("a loan that is not there", "/loans/none", "- - - - 404 - - 404 - -"),
    ("its report", "/loans/rental/report", "- - - - 200 - - 200 - -"),
    ("namings of verifiers", "/verifications", "- 200 200 200 - 200 200 200 200 -"),
    ("bodies that can be named", "/verification-bodies", "- - 200 - - 200 200 - 200 -"),
    ("the audit chain", "/audit", "- - - - - - - 200 - -"),
]


def is_answered(got, want):
    return got in (401, 403) if want == "-" else got == int(want)


@case
def answers(s):
    """another's object is answered like one that is not there, with the same words"""
    wrong = []
    for label, path, wanted in ANSWERS:
        where = "/api/v1" + path.format(car=s.car, public=PUBLIC_CAR)
        for who, want in zip(ASKING, wanted.split(), strict=True):
            for form in ("", "view", "xlsx"):
                answer = ask(s, who, "GET", where + (("&" if "?" in where else "?") + "format=" + form if form else ""))
                if form and answer.status == 422 and want in ("200", "-") and path.endswith("/report"):
                    continue  # the script of strangers reads its JSON, and it has no other form
                if not is_answered(answer.status, want):
                    wrong.append(f"{label}: {who or 'a visitor'} ({form or 'json'}) is answered {answer.status}, wanted {want}")
    assert not wrong, "\n".join(wrong)
    for here, gone in (("/vehicles/" + s.car, "/vehicles/ademe-000000000000"), ("/records/alpha-closed", "/records/alpha-gone"),
                       ("/records/alpha-closed?result=1", "/records/alpha-gone?result=1"),
                       ("/records/alpha-closed/versions", "/records/alpha-gone/versions"),
                       ("/epds/epd-alpha", "/epds/epd-gone"), ("/batches?batch=autumn", "/batches?batch=spring"),
                       ("/loans/rental", "/loans/gone")):
        for who in (None, "Bo", "Ulf") if "batch" in here else (None, "Bea", "Bo", "Ulf"):
            told = [ask(s, who, "GET", "/api/v1" + path).body.decode() for path in (here, gone)]
            words = [re.sub(r'"instance":"\w+"|ademe-\w+|alpha-\w+|epd-\w+|autumn|spring|rental|gone', "it", t) for t in told]
            assert words[0] == words[1], (who, here, words)


# Who may not change what is Alpha's, how, and with what.
BILL = b"part,material,mass_kg,supplier,process,recycled_share\nbody,steel,300,Other,bf-bof,0\n"
DRAFT = json.dumps({**RECORD, "id": "alpha-closed", "product": "Taken", "company": "beta"}).encode()
TAKEN = b"record,product,value,unit\nepd-alpha,Taken,0.1,kg CO2e/kg\nalpha-closed,Taken,0.1,kg CO2e/kg\n"
EDITING = (None, "Ada", "Alf", "Bea", "Bob", "Ben", "Vera", "Ulf", "Rex", "Pia", "Ann")
EDITS = [
    ("the bill of a public car", "/vehicles/bills?vehicle={public}", BILL, "- no - no - - - - - - -"),
    ("the bill of a company's car", "/vehicles/bills?vehicle={car}", BILL, "- . - 404 - - - - - - -"),
    ("a bill of what is not there", "/vehicles/bills?vehicle=ademe-0", BILL, "- 404 - 404 - - - - - - -"),
    ("a footprint in the place of another", "/records", DRAFT, "- no - 404 - - - - - - -"),
    ("a step", "/records/alpha-closed/steps", {"step": "recalculate"}, "- - no - 404 - 404 404 - no -"),
    ("a step of what a verifier was named for", "/records/alpha-draft/steps", {"step": "recalculate"},
     "- - no - 404 - no 404 - no -"),
    ("a step of what is not there", "/records/alpha-none/steps", {"step": "recalculate"}, "- - 404 - 404 - 404 404 - 404 -"),
    ("publishing", "/records/alpha-none/steps", {"step": "publish"}, "- - - - - - - - - 404 -"),
    ("naming a verifier", "/records/alpha-closed/verifiers/unnamed", {"end": True}, "- - + - 404 - 404 404 - + -"),
    ("naming one of a round", "/batches/autumn/verifiers/unnamed", {"end": True}, "- - - - - - - - - + -"),
    ("asking the companies of a round", "/batches/spring/ask", {}, "- - 404 - 404 - 404 404 - 404 -"),
    ("a table with another's declaration", "/epds/import", TAKEN, "- no - no - - - - - - -"),
    ("a question about a declaration", "/epds/epd-alpha/questions", {"text": ""}, "- - - - - - no 404 - - -"),
]


def edited(s, who, path, body, wanted):
    """What is wrong with the answer, as text. no: refused, but not as if it were not there; +: done; .: not asked."""
    if wanted == ".":
        return ""
    status, told = finished(s, who, ask(s, who, "POST", path, body))
    SEEN.look(who, f"POST {path} ({status})", told.encode())
    hidden = "no car" in told or "nothing published" in told or "no such" in told or "is no declaration" in told
    if wanted == "-":
        right = status in (401, 403) or "the right '" in told
    elif wanted == "404":
        right = status == 404 or (status == 409 and hidden)
    elif wanted == "no":
        right = status in (403, 409, 422) and not hidden
    else:
        right = status == 200
    return "" if right else f"{who or 'a visitor'} POST {path}: {status} {told[:300]}, wanted {wanted}"


@case
def edits(s):
    """nobody changes what is another's, nor learns by trying that it is there"""
    def kept():
        with_bill = json.loads(ask(s, "Ada", "GET", "/api/v1/vehicles/" + s.car).body)
        record = json.loads(ask(s, "Ada", "GET", "/api/v1/records/alpha-closed").body)
        return with_bill, record, ask(s, "Ada", "GET", "/api/v1/records/alpha-draft").body

    before, wrong = kept(), []
    for label, path, body, wanted in EDITS:
        where = "/api/v1" + path.format(car=s.car, public=PUBLIC_CAR)
        for who, want in zip(EDITING, wanted.split(), strict=True):
            if problem := edited(s, who, where, body, want):
                wrong.append(f"{label}: {problem}")
    assert not wrong, "\n".join(wrong)
    assert kept() == before, "something was changed"
    assert not SEEN.wrong, "\n".join(SEEN.wrong[:20])


@case
def same_file_twice(s):
    """two companies with the same file have each their own cars, and neither is told of the other's"""
    content = "\n".join([HEADER, ROW.format(brand="Both", model="Twin car")]).encode()
    for who in ("Ada", "Bea"):
        assert '"accepted":1' in must(s, who, "POST", "/api/v1/vehicles/import?map=ademe", content).replace(" ", "")
    ids = {who: car_of(s, who, "Twin") for who in ("Ada", "Bea")}
    assert ids["Ada"] != ids["Bea"], ids
    for who, other in (("Ada", "Bea"), ("Bea", "Ada")):
        assert ask(s, who, "GET", "/api/v1/vehicles/" + ids[other]).status == 404
    again = must(s, "Bea", "POST", "/api/v1/vehicles/import?map=ademe", content)
    assert '"already_imported":true' in again.replace(" ", ""), again


@case
def statistics(s):
    """what is counted of all cars counts for others only what they see"""
    def cars(who):
        return json.loads(ask(s, who, "GET", "/api/v1/vehicles/statistics").body)["cars_total"]

    public = cars(None)
    assert public == 12, public
    assert cars("Ben") == cars("Ulf") == cars("Vera") == public
    assert cars("Ada") > public and cars("Bea") > public and cars("Rex") == cars("Pia") > cars("Ada")
    rounds = {who: [b["records"] for b in json.loads(ask(s, who, "GET", "/api/v1/batches").body)["batches"]]
              for who in ("Ada", "Bea", "Vera", "Ulf", "Pia")}
    own, all_of_them = rounds["Ada"][0] + rounds["Bea"][0], rounds["Pia"][0]
    assert rounds["Ada"] > [0] < rounds["Bea"] and own < all_of_them == rounds["Vera"][0] and not rounds["Ulf"], rounds


@case
def naming_ends(s):
    """a verifier that is no longer named sees no more"""
    path = "/api/v1/records/alpha-draft"
    assert ask(s, "Vera", "GET", path).status == 200
    must(s, "Alf", "POST", path + "/verifiers/verity", {"end": True})
    assert ask(s, "Vera", "GET", path).status == 404
    assert finished(s, "Vera", ask(s, "Vera", "POST", path + "/steps", {"step": "recalculate"}))[0] in (404, 409)
    must(s, "Alf", "POST", path + "/verifiers/verity")
    assert ask(s, "Vera", "GET", path).status == 200


@case
def command_line(s):
    """who has the database in hand has all rights"""
    for words, mark in ((("vehicle", "show", s.car), "zqpartx"), (("registry", "show", "alpha-closed"), "zqclosedx"),
                        (("loan", "show", "rental"), "zqborrowerx"), (("epd", "show", "epd-alpha"), "zqquestionx")):
        assert mark in s.run(*words), words


@case
def log(s):
    """nothing secret stands in the log of the service"""
    text = "".join(s.log)
    assert not MARK.search(text.encode()), [line for line in s.log if MARK.search(line.encode())][:5]


with Service(sys.argv[1], "--per-second", "0") as service:
    prepare(service)
    sys.exit(case.run(service))
