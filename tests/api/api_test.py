#!/usr/bin/env python3
"""The service held against its contract: api/openapi.yaml, problems, forms, validators, jobs.

usage: tests/api/api_test.py PROGRAM    (TAP)
"""
import json
import signal
import socket
import sys
import time

import yaml

from service import ROOT, Cases, Service

case = Cases()
CONTRACT = yaml.safe_load((ROOT / "api/openapi.yaml").read_text())
KINDS = {"application/json": b"{", "text/csv; charset=utf-8": b"\xef\xbb\xbf",
         "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": b"PK", "image/svg+xml; charset=utf-8": b"<svg"}


def operations():
    for path, methods in CONTRACT["paths"].items():
        for method, row in methods.items():
            yield path, method.upper(), row


@case
def contract_is_current(s):
    """api/openapi.yaml is what the program writes"""
    assert s.run("api") == (ROOT / "api/openapi.yaml").read_text(), "run: build/tanlian api > api/openapi.yaml"
    assert s.get("/api/v1/openapi.yaml").body.decode() == (ROOT / "api/openapi.yaml").read_text()


@case
def every_route_answers(s):
    """every route of the contract answers as it says, or with a problem that says why"""
    for path, method, row in operations():
        url = "/api/v1" + path
        for p in row.get("parameters", []):
            if p["in"] == "path":
                url = url.replace("{%s}" % p["name"], "1")
        answer = s.ask(method, url, body=b"" if method == "GET" else b"{}")
        what = f"{method} {url}: {answer.status}"
        assert answer.status != 500 and answer.status != 405, what
        kind = answer.getheader("Content-Type")
        if answer.status < 300 and kind == "application/zip":
            assert answer.body.startswith(b"PK"), what
        elif answer.status < 300:
            body = json.loads(answer.body)
            promised = row["responses"]["200"]["content"]["application/json"]["schema"]
            assert kind == "application/json", what
            assert not promised or {"report", "title_en", "title_zh", "notes"} <= body.keys(), what
        else:
            body = json.loads(answer.body)
            assert kind == "application/problem+json", what + " " + str(kind)
            assert body["status"] == answer.status and body["title"] and body["type"].startswith("/problems/"), what
        if row["x-right"] != "public-read":
            assert answer.status in (401, 403), what + ": a visitor must not get that far"


@case
def forms(s):
    """JSON, CSV, XLSX and SVG by Accept and by ?format=, nothing else"""
    for kind, begins in KINDS.items():
        answer = s.get("/api/v1/ratings/league", Accept=kind)
        assert answer.status == 200 and answer.getheader("Content-Type") == kind, (kind, answer.status)
        assert answer.body.lstrip(b"<?xml version='1.0'>\" encoding='UTF-8'?\n").startswith(begins) or begins in \
            answer.body[:200], kind
    assert s.get("/api/v1/ratings/league?format=csv").body.startswith(b"\xef\xbb\xbf")
    assert "rate-rank.csv" in s.get("/api/v1/ratings/league?format=csv").getheader("Content-Disposition")
    assert s.get("/api/v1/ratings/league?format=pdf").status == 422
    assert s.get("/api/v1/companies?format=svg").status == 422
    same = [s.get("/api/v1/ratings/league?format=xlsx").body for _ in range(2)]
    assert same[0] == same[1], "the same workbook has the same bytes"


@case
def same_as_command_line(s):
    """the service and the command line give the same bytes"""
    told = s.get("/api/v1/ratings/league?top=3").body.decode()
    assert told == s.run("--json", "rate", "rank", "--top", "3")
    told = s.get("/api/v1/companies/byd").body.decode()
    assert told == s.run("--json", "company", "show", "byd")


@case
def validators(s):
    """an ETag is answered with 304 until the data change"""
    first = s.get("/api/v1/companies")
    tag = first.getheader("ETag")
    assert tag and s.get("/api/v1/companies", If_None_Match=tag).status == 304
    assert s.get("/api/v1/companies", If_None_Match='"other"').status == 200
    table = s.folder.name + "/c.csv"
    with open(table, "w") as f:
        f.write("id,name_en,source\ntest-works,Test Works,made up for a test\n")
    s.run("company", "import", table)
    until = time.time() + 10
    while s.get("/api/v1/companies", If_None_Match=tag).status == 304 and time.time() < until:
        time.sleep(0.05)
    assert b"test-works" in s.get("/api/v1/companies").body, "what another process writes is seen"


@case
def bad_requests(s):
    """bad arguments are named, with what was found and expected"""
    rows = [("/api/v1/ratings/league?top=x", 422, "top"), ("/api/v1/ratings/league?listed=maybe", 422, "yes or no"),
            ("/api/v1/ratings/league?topp=1", 422, "topp"), ("/api/v1/ratings/league?top=1&top=2", 422, "2 times"),
            ("/api/v1/ratings/what-if", 422, "w12"), ("/api/v1/companies/nobody", 404, "nobody"),
            ("/api/v1/ratings/comparison?company=byd", 422, "expected 2 to 5"), ("/api/v2/companies", 404, ""),
            ("/api/v1/companies/%00", 400, ""), ("/api/v1/companies/%ff", 400, "")]
    for path, status, words in rows:
        answer = s.get(path)
        assert answer.status == status, (path, answer.status, answer.body)
        assert words in json.loads(answer.body).get("detail", ""), (path, answer.body)
    answer = s.ask("DELETE", "/api/v1/companies")
    assert answer.status == 405 and answer.getheader("Allow") == "GET", answer.getheader("Allow")
    for body in (b"{", b"[]", b'{"reason": {}}', b"x" * 2000000):
        try:
            answer = s.ask("POST", "/api/v1/ratings/companies/byd/correct", body=body)
        except ConnectionResetError:
            continue  # closed while it was still being sent
        assert answer.status in (401, 413, 422), answer.status


@case
def languages(s):
    """drawings follow ?lang= and Accept-Language"""
    chart = "/api/v1/ratings/league?format=svg&top=3"
    english, chinese = s.get(chart + "&lang=en").body.decode(), s.get(chart + "&lang=zh").body.decode()
    assert english != chinese and "梅赛德斯" in chinese and "梅赛德斯" not in english
    assert s.get(chart, Accept_Language="zh-CN").body.decode() == chinese


@case
def page_headers(s):
    """the page is served with a strict policy and sends visitors to their language"""
    answer = s.get("/", Accept_Language="zh-CN,zh")
    assert answer.status == 302 and answer.getheader("Location") == "/zh/"
    assert s.get("/").getheader("Location") == "/en/"
    page = s.get("/en/")
    if page.status == 200:
        policy = page.getheader("Content-Security-Policy")
        assert "default-src 'none'" in policy and "unsafe" not in policy, policy


@case
def metrics_and_health(s):
    """health and metrics, the log without queries"""
    assert s.json("/api/v1/health")["status"] == "ok"
    s.get("/api/v1/ratings/league?country=SECRETWORD")
    text = s.get("/metrics").body.decode()
    assert 'route="/api/v1/ratings/league"' in text and "tanlian_http_request_seconds_bucket" in text
    lines = [json.loads(line) for line in s.log if line.startswith("{")]
    assert any(line["path"] == "/api/v1/ratings/league" for line in lines)
    assert not any("SECRETWORD" in line for line in s.log)


@case
def keeps_alive_and_pipelines(s):
    """several requests on one connection, one byte at a time"""
    with socket.create_connection(("127.0.0.1", s.port), timeout=30) as c:
        text = b"GET /api/v1/health HTTP/1.1\r\nHost: x\r\n\r\n" * 3
        for i in range(len(text)):
            c.sendall(text[i:i + 1])
        got = b""
        while got.count(b'"status":"ok"') < 3:
            piece = c.recv(65536)
            assert piece, got
            got += piece


@case
def stops_and_starts(s):
    """it ends when asked, with code 0, and starts again on the same database"""
    assert s.stop(signal.SIGINT) == 0
    s.start()
    assert s.json("/api/v1/health")["status"] == "ok"


with Service(sys.argv[1]) as service:
    sys.exit(case.run(service))
