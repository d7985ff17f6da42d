#!/usr/bin/env python3
"""The service attacked over HTTP; docs/security.md names these cases.

usage: tests/api/security_test.py PROGRAM    (TAP)
"""
import contextlib
import csv
import io
import json
import re
import statistics
import sys
import time
import urllib.parse
import zipfile

import yaml

import attack
from people import PASSWORD, Person, accept, wait_for
from service import ROOT, Cases, Service

case = Cases()
CONTRACT = yaml.safe_load((ROOT / "api/openapi.yaml").read_text())


def problem(answer):
    return json.loads(answer.body)


def log_in(s, email, password=PASSWORD, **headers):
    return s.ask("POST", "/api/v1/session", {"email": email, "password": password}, **headers)


@case
def answers_guard_the_browser(s):
    """every answer says what a browser may do with it, and nobody else's page may read it"""
    s.anna = accept(s, s.run("--json", "user", "first", "anna@example.org", "--name", "Anna", "--tenant", "operator",
                             "--name-en", "Operator"))
    tag = s.get("/api/v1/companies").getheader("ETag")
    rows = [("GET", "/api/v1/health"), ("GET", "/api/v1/companies"), ("GET", "/api/v1/companies/nobody"),
            ("GET", "/api/v1/ratings/league?format=svg"), ("GET", "/api/v1/ratings/league?format=xlsx"),
            ("GET", "/en/"), ("GET", "/zh/companies/byd"), ("GET", "/assets/nothing.js"), ("GET", "/"),
            ("GET", "/metrics"), ("DELETE", "/api/v1/companies"), ("OPTIONS", "/api/v1/session"),
            ("POST", "/api/v1/session"), ("GET", "/nowhere"), ("HEAD", "/api/v1/companies")]
    answers = [(row, s.ask(*row, Origin="https://evil.example")) for row in rows]
    answers.append((("GET", "304"), s.get("/api/v1/companies", If_None_Match=tag)))
    assert answers[-1][1].status == 304
    for what, answer in answers:
        policy = answer.getheader("Content-Security-Policy") or ""
        for words in ("default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
            assert words in policy, (what, policy)
        assert "unsafe" not in policy and "*" not in policy and "http:" not in policy, (what, policy)
        assert answer.getheader("X-Content-Type-Options") == "nosniff", what
        assert answer.getheader("Referrer-Policy") in ("no-referrer", "same-origin"), what
        drawn = answer.getheader("Content-Type") == "image/svg+xml; charset=utf-8"
        assert answer.getheader("Cross-Origin-Resource-Policy") == ("cross-origin" if drawn else "same-origin"), what
        assert answer.getheader("Strict-Transport-Security") is None, "only over TLS"
        for name in answer.headers:
            assert not name.lower().startswith("access-control-"), (what, name)
            assert name.lower() not in ("server", "x-powered-by"), (what, name)
        if answer.body:
            assert answer.getheader("Content-Type"), what


@case
def pictures_for_other_sites(s):
    """a drawing of public data may stand in pages elsewhere; asked for with a session or key it may not"""
    path = "/api/v1/ratings/league?format=svg"
    for _ in range(2):  # worked out, then kept
        assert s.get(path).getheader("Cross-Origin-Resource-Policy") == "cross-origin"
    assert s.get(path).getheader("X-Frame-Options") is None
    assert "frame-ancestors 'none'" in s.get(path).getheader("Content-Security-Policy")
    for name, value in (("Cookie", "tanlian=nothing"), ("Authorization", "Bearer tl_nothing")):
        answer = s.ask("GET", path, **{name: value})
        assert answer.getheader("Cross-Origin-Resource-Policy") == "same-origin", (name, answer.status)
    assert s.get("/api/v1/ratings/league?format=view").getheader("Cross-Origin-Resource-Policy") == "same-origin"


@case
def page_is_alone(s):
    """the page shares its window with nobody and asks for no device"""
    page = s.get("/en/")
    if page.status == 404:  # built without its web files: the refusal is as strict
        assert "sandbox" in page.getheader("Content-Security-Policy")
        return
    assert page.getheader("Cross-Origin-Opener-Policy") == "same-origin"
    for device in ("camera", "geolocation", "microphone"):
        assert device + "=()" in page.getheader("Permissions-Policy")
    assert "script-src 'self';" in page.getheader("Content-Security-Policy")


@case
def other_sites(s):
    """another site can neither act for who is logged in, nor log somebody in"""
    table = b"id,name_en,source\nworks-a,Works A,test\n"
    for headers in ({"X_CSRF_Token": ""}, {"X_CSRF_Token": "x" * 43}, {"Origin": "https://evil.example"},
                    {"Origin": "null"}, {"Origin": "https://127.0.0.1.evil.example"}):
        answer = s.anna.ask("POST", "/api/v1/companies/import", table, **headers)
        assert answer.status == 403, (headers, answer.status)
    for origin in ("https://evil.example", "null"):
        for path in ("/api/v1/session", "/api/v1/invitation/acceptance", "/api/v1/reset/acceptance"):
            answer = s.ask("POST", path, {"email": "anna@example.org", "password": PASSWORD}, Origin=origin,
                           Content_Type="text/plain")
            assert answer.status == 403 and not answer.getheader("Set-Cookie"), (origin, path, answer.status)
    assert log_in(s, "anna@example.org", Origin=f"http://127.0.0.1:{s.port}").status == 200
    for path in ("/api/v1/session", "/api/v1/companies/import"):  # what changes something is no GET
        answer = s.anna.ask("GET", path + "?email=anna@example.org")
        assert answer.status in (200, 404, 405, 422) and not answer.getheader("Set-Cookie"), (path, answer.status)
    assert s.get("/api/v1/companies/works-a").status == 404


@case
def session_fixation(s):
    """a login, and a change of roles, make a new token and end the old one"""
    chosen = "A" * 43
    answer = log_in(s, "anna@example.org", Cookie="tanlian=" + chosen)
    first = Person(s, answer)
    assert chosen not in first.cookie
    assert not json.loads(s.get("/api/v1/session", Cookie="tanlian=" + chosen).body)["user"]
    second = Person(s, first.ask("POST", "/api/v1/session", {"email": "anna@example.org", "password": PASSWORD}))
    assert second.cookie != first.cookie
    assert first.ask("GET", "/api/v1/jobs").status == 401, "the one it came with has ended"
    s.run("user", "roles", "anna@example.org", "--tenant", "operator", "--role", "administrator", "--role", "analyst")
    changed = second.ask("GET", "/api/v1/companies/nobody")
    assert changed.status == 404 and changed.getheader("Set-Cookie"), "told with a problem, too"
    renewed = changed.getheader("Set-Cookie").split(";")[0]
    assert renewed != second.cookie and second.ask("GET", "/api/v1/jobs").status == 401
    second.cookie = renewed
    assert "assessment-write" in json.loads(second.ask("GET", "/api/v1/session").body)["rights"]
    s.anna = Person(s, log_in(s, "anna@example.org"))


@case
def logout_ends(s):
    """a logout ends the session at the server; disabling an account ends all at once"""
    one = Person(s, log_in(s, "anna@example.org"))
    answer = one.ask("DELETE", "/api/v1/session")
    assert answer.status == 204 and "Max-Age=0" in answer.getheader("Set-Cookie")
    assert one.ask("GET", "/api/v1/jobs").status == 401
    assert one.ask("POST", "/api/v1/companies/import", b"x").status == 401
    s.run("tenant", "add", "bank-a", "--kind", "bank", "--name-en", "Bank A")
    s.ben = accept(s, s.run("--json", "user", "invite", "ben@example.org", "--name", "Ben", "--tenant", "bank-a",
                            "--role", "bank-officer"))
    assert s.ben.ask("GET", "/api/v1/jobs").status == 200
    s.run("user", "disable", "ben@example.org")
    assert s.ben.ask("GET", "/api/v1/jobs").status == 401
    s.run("user", "enable", "ben@example.org")
    assert s.ben.ask("GET", "/api/v1/jobs").status == 401, "what has ended does not come back"
    s.ben = Person(s, log_in(s, "ben@example.org"))


@case
def names_not_guessed(s):
    """tokens have 256 bits, ids of sessions 96 and of jobs 128, none twice"""
    jobs = [json.loads(s.anna.ask("POST", "/api/v1/companies/import", b"id,name_en,source\n").body)["job"]
            for _ in range(20)]
    assert len(set(jobs)) == 20 and all(re.fullmatch(r"[0-9a-f]{32}", j) for j in jobs), jobs
    assert len({j[:8] for j in jobs}) == 20 and len({j[-8:] for j in jobs}) == 20, "no part counts up"
    tokens = [Person(s, log_in(s, "anna@example.org")).cookie.split("=")[1] for _ in range(3)] + [s.anna.csrf]
    assert len(set(tokens)) == 4 and all(re.fullmatch(r"[A-Za-z0-9_-]{43}", t) for t in tokens), "43 of base64url"
    rows = json.loads(s.anna.ask("GET", "/api/v1/sessions").body)["sessions"]
    assert all(re.fullmatch(r"[0-9a-f]{24}", r["id"]) for r in rows), rows
    assert not any(t in json.dumps(rows) for t in tokens)


@case
def methods(s):
    """a request is what its method says; no header and no field turns it into another"""
    for name in ("X_HTTP_Method_Override", "X_Method_Override", "X_HTTP_Method"):
        assert s.anna.ask("POST", "/api/v1/session", {}, **{name: "DELETE"}).status == 422
        assert s.anna.ask("GET", "/api/v1/session?_method=DELETE", **{name: "DELETE"}).status == 200
    assert s.anna.ask("GET", "/api/v1/jobs").status == 200
    for method in ("TRACE", "OPTIONS", "PROPFIND", "CONNECT", "get", "FOO"):
        answer = s.ask(method, "/api/v1/session", Cookie=s.anna.cookie)
        assert answer.status in (400, 405) and s.anna.cookie.encode() not in answer.body, (method, answer.status)


@case
def host_injection(s):
    """the Host header, and what proxies say of it, come back nowhere; no redirect leaves the site"""
    evil = {"Host": "evil.example", "X_Forwarded_Host": "evil.example", "X_Forwarded_Server": "evil.example",
            "Forwarded": "host=evil.example", "X_Original_URL": "/metrics", "X_Rewrite_URL": "/metrics"}
    for method, path, body in (("GET", "/", None), ("GET", "/api/v1/health", None), ("GET", "/nowhere", None),
                               ("GET", "/en/", None), ("GET", "/api/v1/openapi.yaml", None), ("POST", "/api/v1/session", {})):
        answer = s.ask(method, path, body, **evil)
        assert b"evil" not in answer.body and "evil" not in str(answer.headers), path
        assert b"tanlian_http" not in answer.body, path
    answer = s.anna.ask("POST", "/api/v1/companies/import", b"id,name_en,source\n", **evil)
    assert answer.getheader("Location").startswith("/api/v1/jobs/"), "no address made of Host"
    for target in ("/", "//evil.example/", "/%2f%2fevil.example", "/\\evil.example", "/?next=https://evil.example",
                   "/en/?url=//evil.example", "/https://evil.example", "http://evil.example/"):
        got, _ = attack.raw(s, f"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        place = re.search(rb"\r\nLocation: ([^\r]*)", got)
        assert not place or place[1] in (b"/en/", b"/zh/"), (target, place)


@case
def json_bombs(s):
    """JSON too deep, too large, too long or not JSON is refused soon"""
    rows = [b"[" * 100000, b'{"email":' * 50000, b'{"email":1e999999}', b'{"email":"\\u0000"}',
            b'{"email":"' + b"a" * 900000 + b'","password":"b"}', b'{"email":"a","email":"b","password":"c"}', b"\xff\xfe",
            b"{" + b",".join(b'"k%d":0' % i for i in range(60000)) + b"}", b'{"email":"\\ud800"}', b"null", b"NaN",
            b'{"email":{"$ne":""},"password":{"$ne":""}}', b'{"__proto__":{"user":1}}', b" " * 1000000,
            b'{"email":"a","password":"' + b"p" * 900000 + b'"}']
    for body in rows:
        begun = time.time()
        answer = s.ask("POST", "/api/v1/session", body)
        took = time.time() - begun
        assert answer.status in (400, 401, 413, 422) and took < 20, (body[:40], answer.status, took)
    with contextlib.suppress(ConnectionError):
        assert s.ask("POST", "/api/v1/session", b"{" + b" " * 3000000).status == 413


def import_job(s, person, data, path="/api/v1/companies/import"):
    answer = person.ask("POST", path, data)
    assert answer.status == 202, (answer.status, answer.body)
    where = answer.getheader("Location")
    return wait_for(person, where, 120), person.ask("GET", where + "/result")


def peak_kib(s):
    with open(f"/proc/{s.process.pid}/status") as f:
        return int(re.search(r"VmHWM:\s+(\d+)", f.read())[1])


@case
def unpacking_bombs(s):
    """a workbook that unpacks to gigabytes, and one with entities, fail their job and nothing more"""
    begin = attack.SHEET.split("%s")[0].encode() + attack.row("id", "name_en", "source").encode()
    entity = '<!DOCTYPE worksheet [<!ENTITY a "%s">%s]>' % (
        "x" * 1000, "".join(f'<!ENTITY {b} "{f"&{a};" * 20}">' for a, b in zip("abcdefgh", "bcdefghi")))
    outside = '<!DOCTYPE worksheet [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    many = {f"xl/media/{i}.bin": b"" for i in range(20000)}
    sound = attack.SHEET % (attack.row("id", "name_en", "source") + attack.row("sound", "Sound", "test"))
    rows = [("3 GiB of blanks in XML", attack.bomb_workbook(begin, b" " * (1 << 20), 3000)),
            ("3 GiB said to be small", attack.bomb_workbook(begin, b" " * (1 << 20), 3000, said_size=1000)),
            ("3 GiB of one text", attack.bomb_workbook(begin + b"<row><c t='inlineStr'><is><t>", b"x" * (1 << 20), 3000)),
            ("entities", attack.workbook(entity + attack.SHEET % attack.row("id", "&i;"))),
            ("outside entity", attack.workbook(outside + attack.SHEET % (attack.row("id", "name_en", "source") +
                                                                        attack.row("x", "&a;", "y")))),
            ("many entries", attack.workbook(sound, **many)), ("torn", attack.workbook(sound)[:-40]),
            ("nothing in it", b"PK\x05\x06" + bytes(18))]
    before = peak_kib(s)
    for label, data in rows:
        job, result = import_job(s, s.anna, data)
        assert job["state"] == "failed" and result.status == 409, (label, job)
        assert "root:" not in job["error"] and "/tmp" not in job["error"], job
    grown = peak_kib(s) - before
    assert grown < 1 << 20, f"{grown} KiB more"
    job, result = import_job(s, s.anna, attack.workbook(sound))
    assert json.loads(result.body)["added"] == 1, "and a sound one is read"


@case
def formulas(s):
    """text that a spreadsheet would compute goes out as text"""
    texts = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", '=HYPERLINK("http://evil.example","x")']
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerows([["id", "name_en", "source"], *([f"formula-{i}", t, "test"] for i, t in enumerate(texts))])
    job, result = import_job(s, s.anna, table.getvalue().encode())
    added = json.loads(result.body)["added"]
    out = s.get("/api/v1/companies?format=csv").body.decode("utf-8-sig")
    names = [row["name_en"] for row in csv.DictReader(io.StringIO(out)) if row["id"].startswith("formula-")]
    assert len(names) == added == len(texts) and sorted(names) == sorted("'" + t for t in texts), (names, result.body)
    book = zipfile.ZipFile(io.BytesIO(s.get("/api/v1/companies?format=xlsx").body))
    sheets = b"".join(book.read(n) for n in book.namelist() if n.startswith("xl/"))
    assert b"<f>" not in sheets and b"SUM(A1)" in sheets, "a text, and no formula"


SQL = ["' OR '1'='1", "1; DROP TABLE company;--", "\" OR \"\"=\"", "') UNION SELECT password FROM account--", "byd'--",
       "byd' AND '1'='1", "byd'||'", "%", "_yd", "byd/**/", "byd\\", "' AND randomblob(900000000)--", "$1", "?1", ":a", "*", "NEAR("]


@case
def sql_injection(s):
    """SQL in every text argument of every GET finds what a word that is not there finds"""
    known = {"company": "byd", "to": "cati-auto", "w12": "0.5", "evidence": "1"}
    tried = 0
    for path, operations in CONTRACT["paths"].items():
        for p in operations.get("get", {}).get("parameters", []):
            if p["schema"].get("type") != "string" or "enum" in p["schema"]:
                continue
            def ask(text):
                words = [(q["name"], known.get(q["name"], "1")) for q in operations["get"]["parameters"]
                         if q.get("required") and q["in"] == "query" and q["name"] != p["name"]]
                url = path
                for q in operations["get"]["parameters"]:
                    value = text if q is p else known.get(q["name"], "1")
                    url = url.replace("{%s}" % q["name"], urllib.parse.quote(value, safe=""))
                words += [(p["name"], text)] if p["in"] == "query" else []
                answer = s.anna.ask("GET", "/api/v1" + url + "?" + urllib.parse.urlencode(words))
                body = answer.body.decode()
                for written in (json.dumps(text, ensure_ascii=False)[1:-1], text):
                    body = body.replace(written, "<text>")
                return answer.status, re.sub(r'"instance":"[^"]*"', "", body)
            nothing = ask("zq-nothing")
            for text in SQL:
                if p["in"] == "path" and "/" in text:
                    continue  # another path
                got = ask(text)
                tried += 1
                assert got[0] < 500 and (got == nothing or min(got[0], nothing[0]) >= 400), (
                    path, p["name"], text, got[0], got[1][:300], nothing[0], nothing[1][:300])
    assert tried > 100, tried
    assert s.get("/api/v1/companies/byd").status == 200 and "sound" in s.run("verify")


@case
def parameter_pollution(s):
    """an argument given twice, in path and query, or by a name not known is refused"""
    for url in ("/api/v1/companies/byd?company=bmw", "/api/v1/ratings/league?top=1&top=2", "/api/v1/ratings/league?x=1",
                "/api/v1/ratings/league?top%00=1", "/api/v1/ratings/league?top[]=1", "/api/v1/companies/byd?user=1"):
        assert s.get(url).status in (400, 422), url
    for url in ("/api/v1/companies/import?file=/etc/passwd", "/api/v1/ratings/assessments/import?period=2024&file=/etc/passwd"):
        assert s.anna.ask("POST", url, b"id\n").status == 422, url


@case
def files_of_the_server(s):
    """a table of answers cannot name a file of the server"""
    s.run("user", "roles", "anna@example.org", "--tenant", "operator", "--role", "administrator", "--role", "analyst")
    s.anna = Person(s, log_in(s, "anna@example.org"))
    for copy in ("/etc/passwd", "../../etc/passwd", "..\\..\\etc\\passwd", "./../../etc/passwd", "/proc/self/environ",
                 "file:///etc/passwd", "a/../../../etc/passwd", "//etc/passwd"):
        table = f"company,slot,points,document,copy\nbmw,1.1.1,1,R,{copy}\n".encode()
        job, result = import_job(s, s.anna, table, "/api/v1/ratings/assessments/import?period=2024")
        body = json.loads(result.body)
        said = json.dumps(body)
        if job["state"] == "done":
            assert body["accepted"] == 0 and body["refused"] >= 1, (copy, said)
        assert "root:" not in said + json.dumps(job) and "tanlian-" not in said + json.dumps(job), (copy, said)
        assert not re.search(r"[0-9a-f]{64}", re.sub(r'"definition": *"[0-9a-f]+"', "", said)), (copy, said)


@case
def errors_without_internals(s):
    """problems name what was asked, nothing of what is inside"""
    targets = ["/api/v1/companies/nobody", "/api/v1/ratings/league?top=x", "/api/v1/nowhere", "/api/v1/jobs/x", "/assets/x",
               "/api/v1/ratings/comparison?company=a&company=b", "/api/v1/ratings/indices?index=x", "/api/v1/companies?format=x",
               "/api/v1/companies/%ff", "/api/v1/ratings/league?index='", "/api/v1/ratings/companies/byd?period=" + "9" * 400]
    answers = [s.anna.ask("GET", t) for t in targets]
    answers += [s.ask("POST", "/api/v1/session", b"{"), s.anna.ask("POST", "/api/v1/companies/import", b"\x00\x01")]
    for a in answers:
        text = a.body.decode()
        for inside in ("sqlite", "SELECT", "/tmp", "/home", s.folder.name, ".c:", "libmicrohttpd", "0x", "errno", "t.db"):
            assert inside.lower() not in text.lower(), (inside, text)
        if a.status >= 400:
            assert problem(a)["instance"] and "stack" not in text


@case
def caches(s):
    """private answers are kept by nobody; a public one is never another's"""
    for path in ("/api/v1/session", "/api/v1/sessions", "/api/v1/jobs", "/api/v1/companies", "/api/v1/ratings/assessments"):
        assert "no-store" in s.anna.ask("GET", path).getheader("Cache-Control"), path
    assert "no-store" in log_in(s, "anna@example.org").getheader("Cache-Control")
    for path in ("/api/v1/jobs", "/api/v1/nowhere", "/metrics", "/api/v1/session"):
        assert "no-store" in s.get(path).getheader("Cache-Control"), path
    public = s.get("/api/v1/companies")
    assert "public" in public.getheader("Cache-Control") and "Cookie" in public.getheader("Vary")
    time.sleep(1)  # what was written before has been noticed
    own = s.get("/api/v1/ratings/league?country=DE&top=2").body
    for forged in ("country=DE%0Atop=2", "country=DE&top=2%0A", "country=DE%0A3%3Dtop%3D1%3D2", "country%3DDE%0Atop=2"):
        s.get("/api/v1/ratings/league?" + forged)
        assert s.get("/api/v1/ratings/league?country=DE&top=2").body == own, forged
    s.run("user", "logout", "ben@example.org")  # the data change: nothing is kept any more
    for forged in ("country=FR%0Atop=2",):
        poison = s.get("/api/v1/ratings/league?" + forged).body
        time.sleep(1)
        poison = s.get("/api/v1/ratings/league?" + forged).body
        assert s.get("/api/v1/ratings/league?country=FR&top=2").body != poison, forged
    s.ben = Person(s, log_in(s, "ben@example.org"))


@case
def user_enumeration(s):
    """nobody learns by words or time whether an address has an account"""
    with Service(s.program, "--behind-proxy", "--per-second", "0") as u:
        accept(u, u.run("--json", "user", "first", "known@example.org", "--name", "K", "--tenant", "o", "--name-en", "O"))
        times, words = {}, set()
        for who in ("known@example.org", "nobody@example.org", "not an address"):
            took = []
            for i in range(4):
                begun = time.time()
                answer = log_in(u, who, "wrong wrong wrong", X_Forwarded_For=f"10.1.{i}.{len(who)}")
                took.append(time.time() - begun)
                body = problem(answer)
                words.add((answer.status, body["title"], body["detail"], answer.getheader("Retry-After")))
            times[who] = statistics.median(took)
        assert len(words) == 1, words
        assert max(times.values()) < 3 * min(times.values()), times
        for path in ("/api/v1/invitation", "/api/v1/reset/acceptance"):
            assert u.ask("POST", path, {"token": "A" * 43, "password": PASSWORD}).status in (404, 422), path


@case
def other_tenants(s):
    """another organisation's job is not there, whatever is asked of it"""
    where = s.anna.ask("POST", "/api/v1/companies/import", b"id,name_en,source\n").getheader("Location")
    wait_for(s.anna, where)
    for method, path in (("GET", where), ("HEAD", where), ("GET", where + "/result"), ("GET", where + "/events"),
                         ("DELETE", where), ("GET", where.upper().replace("/API/V1/JOBS", "/api/v1/jobs"))):
        assert s.ben.ask(method, path).status in (403, 404), (method, path)
    mine = json.loads(s.anna.ask("GET", "/api/v1/sessions").body)["sessions"][0]["id"]
    assert s.ben.ask("DELETE", "/api/v1/sessions/" + mine).status == 404
    assert s.anna.ask("GET", where).status == 200


@case
def key_scopes(s):
    """a key may what it was made for: reading only, or some rights; it opens no session's doors"""
    def key(*options):
        made = s.run("--json", "key", "add", "anna@example.org", "--tenant", "operator", "--name", "k", *options)
        return re.search(r"tl_[0-9a-f]{16}_[A-Za-z0-9_-]{43}", made).group(0)
    reading, jobs, full = key("--read-only"), key("--right", "job-read"), key()
    s.keys = [reading, jobs, full]
    table = b"id,name_en,source\nby-key,By Key,test\n"
    for k, status in ((reading, 403), (jobs, 403), (full, 202)):
        answer = s.ask("POST", "/api/v1/companies/import", table, Authorization="Bearer " + k)
        assert answer.status == status, (status, answer.status)
    assert s.get("/api/v1/ratings/assessments", Authorization="Bearer " + jobs).status == 403
    for method, path in (("GET", "/api/v1/sessions"), ("POST", "/api/v1/session/password"), ("POST", "/api/v1/session/tenant")):
        assert s.ask(method, path, {} if method == "POST" else None, Authorization="Bearer " + full).status == 403, path
    assert s.get("/api/v1/jobs?key=" + full).status == 401 and s.get("/api/v1/jobs?access_token=" + full).status == 401
    assert s.get("/api/v1/jobs", Authorization="Basic " + full).status == 401
    for wrong in (full[:-1], full[:-1] + "!", full.upper(), "tl_" + "0" * 16 + full[19:], full + " "):
        assert s.get("/api/v1/jobs", Authorization="Bearer " + wrong).status in (401, 200 if wrong == full + " " else 401), wrong


@case
def secrets_stay_out_of_the_log(s):
    """no password, token or key stands in the log, no line of it is forged, and the audit chain is sound"""
    s.get("/api/v1/companies/a%22%2C%22who%22%3A%22root?key=" + s.keys[2])
    s.get("/api/v1/companies", User_Agent="x\",\"who\":\"root", Referer="https://x/?token=" + s.keys[1])
    code = s.stop()
    assert code == 0, code
    said = "".join(s.log)
    secrets = [PASSWORD, s.anna.cookie.split("=")[1], s.ben.cookie.split("=")[1], s.anna.csrf, *s.keys,
               *(k[20:] for k in s.keys)]
    found = [line for line in s.log if any(secret in line for secret in secrets)]
    assert not found, f"{len(found)} lines hold a secret"
    for line in s.log:
        if line.startswith("{"):
            row = json.loads(line)
            assert row["who"] != "root" and row["at"].endswith("Z") and row["from"] and row["status"], line
    assert "sound" in s.run("verify")
    s.start()


# every text argument of the contract is asked for often: the limits are for security_http_test.py
with Service(sys.argv[1], "--per-second", "5000") as service:
    sys.exit(case.run(service))
