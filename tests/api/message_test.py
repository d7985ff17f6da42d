#!/usr/bin/env python3
"""What is wrong, in the language of who asks: problems, jobs, refused rows, the workbook, the command line.

usage: tests/api/message_test.py PROGRAM    (TAP)
"""
import io
import json
import os
import re
import subprocess
import sys
import zipfile

from people import Person, accept, wait_for
from service import Cases, Service

case = Cases()
CHINESE = re.compile("[\u4e00-\u9fff]")


def problem(answer, status, lang):
    """the problem, held against its status and language"""
    assert answer.status == status, (answer.status, answer.body)
    assert answer.getheader("Content-Type").startswith("application/problem+json")
    assert answer.getheader("Content-Language") == lang, answer.getheader("Content-Language")
    assert "Accept-Language" in answer.getheader("Vary")
    body = json.loads(answer.body)
    for member in ("title", "detail"):
        assert bool(CHINESE.search(body[member])) == (lang == "zh"), body
    return body


@case
def login(s):
    """somebody who may import"""
    s.anna = accept(s, s.run("--json", "user", "first", "anna@example.org", "--name", "Anna", "--tenant", "operator",
                             "--name-en", "Operator"))
    assert isinstance(s.anna, Person)


@case
def nothing_there(s):
    """404 of the router, 405"""
    body = problem(s.get("/api/v1/nowhere"), 404, "en")
    assert body["detail"] == "there is nothing at /api/v1/nowhere", body
    body = problem(s.get("/api/v1/nowhere", Accept_Language="zh-CN,zh;q=0.9,en;q=0.5"), 404, "zh")
    assert body["detail"] == "此处没有内容：/api/v1/nowhere" and body["title"] == "没有此项内容", body
    assert body["type"] == "/problems/not-found"
    body = problem(s.ask("DELETE", "/api/v1/ratings/league", Accept_Language="zh"), 405, "zh")
    assert "DELETE" in body["detail"], body


@case
def who_may(s):
    """401 and 403"""
    problem(s.get("/api/v1/jobs"), 401, "en")
    assert problem(s.get("/api/v1/jobs", Accept_Language="zh"), 401, "zh")["title"] == "请登录或提供密钥"
    table = b"id,name_en,source\nworks-a,Works A,made up\n"
    for lang in ("en", "zh"):
        answer = s.anna.ask("POST", "/api/v1/companies/import", table, X_CSRF_Token="", Accept_Language=lang)
        assert "X-CSRF-Token" in problem(answer, 403, lang)["detail"]


@case
def arguments(s):
    """422 of arguments; lang of the query comes before the header"""
    path = "/api/v1/ratings/league?top=x"
    assert problem(s.get(path), 422, "en")["detail"] == "top: 'x' is not a whole number"
    assert problem(s.get(path, Accept_Language="zh"), 422, "zh")["detail"] == "top: “x”不是整数"
    assert problem(s.get(path + "&lang=zh"), 422, "zh")["detail"] == "top: “x”不是整数"
    problem(s.get(path + "&lang=en", Accept_Language="zh"), 422, "en")
    body = problem(s.get("/api/v1/ratings/league?nonsense=1&lang=zh"), 422, "zh")
    assert body["detail"].endswith("没有参数 nonsense"), body
    hostile = problem(s.get("/api/v1/ratings/league?lang=zh&top=%7B1%7D"), 422, "zh")
    assert hostile["detail"] == "top: “{1}”不是整数", hostile


@case
def conflict(s):
    """409: what came of a job that failed; its error in both languages"""
    where = s.anna.ask("POST", "/api/v1/companies/import", b"nothing,that,fits\n1,2,3\n").getheader("Location")
    job = wait_for(s.anna, where)
    assert job["state"] == "failed"
    for lang, words in (("en", "is failed"), ("zh", "的状态：失败")):
        assert words in problem(s.anna.ask("GET", where + "/result", Accept_Language=lang), 409, lang)["detail"]
    assert not CHINESE.search(job["error"]) and CHINESE.search(job["error_zh"]), job
    listed = json.loads(s.anna.ask("GET", "/api/v1/jobs").body)["jobs"]
    assert [j["error_zh"] for j in listed if j["job"] == job["job"]] == [job["error_zh"]], listed
    events = s.anna.ask("GET", where + "/events").body.decode()
    assert json.loads(events.split("data: ")[-1])["error_zh"] == job["error_zh"], events


@case
def refused_rows(s):
    """a wrong import: both languages in its result, the workbook in the one asked for"""
    table = b"id,name_en,source\nworks-a,Works A,made up for a test\nx,y\n"
    where = s.anna.ask("POST", "/api/v1/companies/import", table).getheader("Location")
    job = wait_for(s.anna, where)
    assert job["error_zh"] is None, job
    row, = json.loads(s.anna.ask("GET", where + "/result").body)["refusals"]
    assert row == {"row": 3, "reason": "upload:3: 2 cells, expected 3 as in the header",
                   "reason_zh": "upload:3: 有 2 个单元格，应与表头一致，为 3 个"}, row
    for lang, words in (("en", "row 3: 2 cells"), ("zh", "第 3 行：有 2 个单元格")):
        book = s.anna.ask("GET", f"{where}/refused?lang={lang}").body
        texts = zipfile.ZipFile(io.BytesIO(book)).read("xl/sharedStrings.xml").decode()
        assert words in texts, (lang, texts)
    body = problem(s.anna.ask("GET", "/api/v1/jobs/0123/refused", Accept_Language="zh"), 404, "zh")
    assert body["detail"] == "没有任务 0123", body


@case
def log_stays_english(s):
    """what the service writes down for its operators"""
    s.get("/api/v1/nowhere", Accept_Language="zh")
    assert not any(CHINESE.search(line) for line in s.log), [line for line in s.log if CHINESE.search(line)]


@case
def command_line(s):
    """--lang zh, wherever it stands"""
    for words, want in ((["--lang", "zh", "nothing"], "没有命令“nothing”"), (["nothing"], "no command 'nothing'"),
                        (["rate", "rank", "--top", "x", "--lang", "zh"], "--top: “x”不是整数"),
                        (["--json", "--lang", "zh", "nothing"], "没有命令“nothing”")):
        run = subprocess.run([s.program, *words], capture_output=True, text=True, check=False, timeout=60,
                             cwd=s.folder.name, env={k: v for k, v in os.environ.items() if k != "TANLIAN_LANG"})
        assert run.returncode and want in run.stderr, (words, run.stderr)
        if "--json" in words:
            assert json.loads(run.stdout)["error"]["text"].startswith(want), run.stdout


with Service(sys.argv[1]) as service:
    sys.exit(case.run(service))
