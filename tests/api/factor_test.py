#!/usr/bin/env python3
"""Factors, data sets, the search and the audit chain over HTTP.

usage: tests/api/factor_test.py PROGRAM    (TAP)
"""
import json
import sys
import time

from service import Cases, Service

case = Cases()


@case
def same_bytes(s):
    """the service and the command line give the same bytes"""
    for path, words in [("/factors?q=iron&limit=5", ["factor", "search", "iron", "--limit", "5"]),
                        ("/factors/materials/cast-iron-cn", ["factor", "show", "materials/cast-iron-cn"]),
                        ("/factors/comparison?q=crude+steel", ["factor", "compare", "crude", "steel"]),
                        ("/factors/tree", ["factor", "tree"]), ("/factors/topics", ["factor", "topics"]),
                        ("/datasets", ["dataset", "list"]), ("/datasets/gwp", ["dataset", "show", "gwp"]),
                        ("/datasets/diff?from=gwp&to=gwp", ["dataset", "diff", "gwp", "gwp"]),
                        ("/search?q=jili&kind=company", ["search", "jili", "--kind", "company"])]:
        assert s.get("/api/v1" + path).body.decode() == s.run("--json", "--quiet", *words), path


@case
def one_factor(s):
    """a factor by its edition, in another denominator, beside another"""
    told = s.json("/api/v1/factors/materials/cast-iron-cn@2025.1?per=m3&density=7.85+t/m3")
    assert abs(told["factors"][0]["per_value"] - 14287) < 1e-6, told  # 7.85 t/m3 x 1.82 kgCO2e/kg
    told = s.json("/api/v1/factors/materials/cast-iron-cn?reference=fuels-cn/ipcc2006-diesel")
    assert [f["key"] for f in told["factors"]] == ["cast-iron-cn", "ipcc2006-diesel"], told
    assert s.get("/api/v1/factors/materials/unobtainium").status == 404
    answer = s.get("/api/v1/factors/materials/cast-iron-cn?per=m3")
    assert answer.status == 422 and b"density" in answer.body, answer.body


@case
def forms(s):
    """a table, a chart, a page and a pack"""
    assert s.get("/api/v1/factors?q=iron&format=csv").body.startswith(b"\xef\xbb\xbfreference,set,")
    assert b"<svg" in s.get("/api/v1/factors/comparison?q=iron&format=svg").body
    view = json.loads(s.get("/api/v1/factors/materials/cast-iron-cn?format=view").body)
    assert view["tables"][0]["cards"] is True, view
    pack = s.get("/api/v1/factors/pack")
    assert pack.status == 200 and pack.body.startswith(b"PK") and "factors.zip" in pack.getheader(
        "Content-Disposition")


@case
def search_is_fresh(s):
    """what the command line imports, the search of the service finds as soon as it watches"""
    word = "searchable foundry"
    assert not s.json("/api/v1/search?q=searchable+foundry")["hits"]
    with open(s.folder.name + "/c.csv", "w", encoding="utf-8") as f:
        f.write(f"id,name_en,name_zh,country,source\nsearchable,{word},铸造厂,CN,a test\n")
    s.run("company", "import", "c.csv")
    for _ in range(100):  # answers are kept until the server sees that another program wrote
        hits = s.json("/api/v1/search?q=searchable+foundry")["hits"]
        if hits:
            break
        time.sleep(0.1)
    assert [h["id"] for h in hits] == ["searchable"], hits


@case
def folders_stay_closed(s):
    """no folder of the machine is read for a visitor"""
    for path in ("/etc", "..", "./data/gwp"):
        answer = s.get("/api/v1/datasets/diff?from=gwp&to=" + path)
        assert answer.status == 422, (path, answer.status, answer.body)


@case
def not_for_visitors(s):
    """proposals, installation, the audit chain and its check are refused to a visitor"""
    for method, path in [("GET", "/factors/proposals"), ("POST", "/factors/proposals"), ("GET", "/audit"),
                         ("POST", "/factors/proposals/1/decide"), ("POST", "/datasets"), ("GET", "/audit/verify"),
                         ("POST", "/search/rebuild")]:
        answer = s.ask(method, "/api/v1" + path, body=b"" if method == "GET" else b"{}")
        assert answer.status in (401, 403), (method, path, answer.status)
        assert answer.getheader("Content-Type") == "application/problem+json"


if __name__ == "__main__":
    with Service(sys.argv[1]) as service:
        sys.exit(case.run(service))
