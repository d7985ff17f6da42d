#!/usr/bin/env python3
"""Cars over HTTP: the documented JSON, what-if in a link, drawings, and what a visitor may not see.

usage: tests/api/vehicle_test.py PROGRAM    (TAP)
"""
import json
import sys

from service import ROOT, Cases, Service

case = Cases()
AREA = ROOT / "tests/vehicle"
ELECTRIC, GASOLINE, OTHER = "ademe-300e36e90930", "ademe-d9f02d369361", "ademe-fb52b73f2d65"
HOME = "/api/v1/vehicles"


@case
def documented_json(s):
    """the JSON is that of the command line, byte for byte"""
    rows = [(f"/{ELECTRIC}/footprint", ("footprint", ELECTRIC)), (f"/{ELECTRIC}", ("show", ELECTRIC)),
            (f"/{ELECTRIC}/footprint?set=steel.route%3Dscrap-eaf&set=lifetime_km%3D300000&draws=50&seed=7",
             ("footprint", ELECTRIC, "--set", "steel.route=scrap-eaf", "--set", "lifetime_km=300000", "--draws", "50",
              "--seed", "7")),
            (f"/comparison?vehicle={ELECTRIC}&vehicle={GASOLINE}", ("compare", ELECTRIC, GASOLINE)),
            (f"/break-even?vehicle={ELECTRIC}&vehicle={GASOLINE}&km-year=20000&region=CN-YN&years=12",
             ("break-even", ELECTRIC, GASOLINE, "--km-year", "20000", "--region", "CN-YN", "--years", "12")),
            ("/parameters", ("parameters",)), ("/intensity", ("intensity",)), ("?words=b1&limit=2",
                                                                            ("search", "b1", "--limit", "2"))]
    for path, words in rows:
        answer = s.get(HOME + path)
        assert answer.status == 200, (path, answer.status, answer.body)
        assert answer.body.decode() == s.run("--json", "vehicle", *words), path
    assert s.get(f"{HOME}/{ELECTRIC}/footprint").body == (AREA / "electric.json").read_bytes()


@case
def forms(s):
    """tables, workbooks, drawings and the page's view of the same"""
    one = f"{HOME}/{ELECTRIC}/footprint"
    assert s.get(one + "?format=csv&table=materials").body.startswith(b"\xef\xbb\xbfmaterial,")
    assert s.get(one + "?format=xlsx").body.startswith(b"PK")
    assert s.get(one + "?format=svg").body == (AREA / "electric.svg").read_bytes()
    assert s.get(one + "?format=svg&by=material").body == (AREA / "electric-materials.svg").read_bytes()
    view = s.json(one, Accept="application/vnd.tanlian.view+json")
    assert view["report"] == "vehicle-footprint" and view["tables"][0]["key"] == "stages"
    assert b"<svg" in s.get(f"{HOME}/comparison?vehicle={ELECTRIC}&vehicle={GASOLINE}&format=svg").body
    assert b"<svg" in s.get(f"{HOME}/break-even?vehicle={ELECTRIC}&vehicle={GASOLINE}&format=svg").body
    assert b"<svg" in s.get(f"{HOME}/statistics?format=svg").body
    assert s.json(f"{HOME}/statistics")["cars_total"] == 12


@case
def problems(s):
    """what is wrong is told"""
    rows = [(f"/{ELECTRIC}/footprint?set=steel.rute%3Dx", 422, "steel.rute"), ("/ademe-000000000000", 404, "ademe-0000"),
            (f"/{ELECTRIC}/footprint?draws=2000", 422, "at most 1000"),
            (f"/{ELECTRIC}/footprint?all=true", 422, "all"), ("/comparison?vehicle=x", 422, "expected 2"),
            (f"/break-even?vehicle={ELECTRIC}&vehicle={GASOLINE}&years=0", 422, "1 to 60")]
    for path, status, words in rows:
        answer = s.get(HOME + path)
        assert answer.status == status and words in json.loads(answer.body)["detail"], (path, answer.status, answer.body)


@case
def imports_need_a_right(s):
    """a visitor imports neither cars nor bills"""
    for path in ("/import?map=ademe", f"/bills?vehicle={ELECTRIC}"):
        answer = s.ask("POST", HOME + path, body=(AREA / "bill.csv").read_bytes())
        assert answer.status in (401, 403), (path, answer.status)


@case
def bills_are_not_public(s):
    """a bill of materials is not shown to a visitor: the car stays as its source has it, and so do the statistics"""
    paths = (f"/{OTHER}", f"/{OTHER}/footprint", f"/comparison?vehicle={ELECTRIC}&vehicle={OTHER}",
             f"/break-even?vehicle={ELECTRIC}&vehicle={OTHER}", "/statistics", f"/{GASOLINE}/footprint")
    before = [s.get(HOME + path).body for path in paths]
    s.run("vehicle", "bill", OTHER, str(AREA / "bill.csv"))
    assert [s.get(HOME + path).body for path in paths] == before
    own = json.loads(s.run("--json", "vehicle", "footprint", GASOLINE))["category"]["mean_g_co2e_per_km"]
    public = s.json(f"{HOME}/{GASOLINE}/footprint")["category"]["mean_g_co2e_per_km"]
    assert own != public, "the command line counts the bill"


def main():
    with Service(sys.argv[1]) as s:
        s.run("vehicle", "import", str(AREA / "cars.csv"), "--map", "ademe")
        return case.run(s)


if __name__ == "__main__":
    sys.exit(main() if len(sys.argv) == 2 else __doc__)
