#!/usr/bin/env python3
"""Holds the published results that ship against their own printed numbers, in exact decimals.

usage: tests/rating/check_published_data.py [ROOT]

Reads data/automakers and data/results of the project (or of ROOT), and data/indices where it is there: whether points
give the printed rates and totals, inferred points are the only ones possible, counts are those of the reports' text,
stars fit scores. Where ../shared has the reports' tables, every number is compared with them too. Output is TAP.
"""
import collections
import csv
import datetime
import hashlib
import pathlib
import re
import sys
import unicodedata
from decimal import ROUND_HALF_UP
from decimal import Decimal as D

ROOT = pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[2]
DATA, TABLES = ROOT / "data", ROOT.parent / "shared/facts/reports"
SETS = ["automakers", "results/cati-auto-2024", "results/cpp-stars-2024"]
HALF = D("0.5")
# Full points of the ten columns of table 3-3-1 in their order, then 5.2 and 5.4
FULL = {"governance": 10, "scope12-disclosure": 10, "scope12-targets-performance": 13, "scope12-action": 13,
        "scope3-disclosure": 6, "scope3-targets-performance": 15, "scope3-action": 10, "steel-aluminium": 3,
        "supplier-guidance": 16, "product-footprint": 6, "affiliates": 6, "suppliers": 11}
PRINTED = list(FULL)[:10]
# total = governance + product footprint + 0.6 x scope 1 and 2 + 1.4 x scope 3 (30 : 70); the others lie within these
WORTH = {"governance": D(1), "product-footprint": D(1), "scope12-disclosure": D("0.6"), "scope12-action": D("0.6"),
         "scope12-targets-performance": D("0.6"), "affiliates": D("0.6"), "scope3-disclosure": D("1.4"),
         "scope3-targets-performance": D("1.4"), "scope3-action": D("1.4"), "suppliers": D("1.4")}
STARS = [(5, 90, 80), (4, 80, 60), (3, 70, 0), (2, 60, 0), (1, 0, 0)]  # CPP 2/2024, table 12


class Wrong(Exception):
    """A check that failed."""


def expect(what, got, want):
    if got != want:
        raise Wrong(f"{what}: got {got}, want {want}")


def read(path):
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def rounded(x):
    return int(x.quantize(D(1), ROUND_HALF_UP))


def halves(full):
    return [HALF * i for i in range(2 * full + 1)]


def fold(text):
    """As the program compares names: NFKC, letter case and blanks at the ends aside."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).strip()


COMPANIES = {r["id"]: r for r in read(DATA / "automakers/companies.csv")}
ALIASES, FACTS = read(DATA / "automakers/aliases.csv"), read(DATA / "automakers/facts.csv")
CATI, CPP = ({name: read(DATA / folder / f"{name}.csv") for name in names} for folder, names in
             ((SETS[1], ("edition", "results", "points", "rates")), (SETS[2], ("edition", "results", "points"))))
CATI_RESULTS = {r["company"]: r for r in CATI["results"]}
POINTS = collections.defaultdict(dict)
for row in CATI["points"]:
    POINTS[row["company"]][row["slot"]] = D(row["points"])
POINTS = dict(POINTS)
JOINT = {c for c in CATI_RESULTS if COMPANIES.get(c, {}).get("inclusion") == "joint-venture"}


def total(points):
    return sum((WORTH[slot] * points[slot] for slot in WORTH), D(0))


def above(theme, chosen=None):
    return {c for c in (POINTS if chosen is None else chosen) if POINTS[c][theme] > 0}


def group(*names):
    return {c for c in POINTS if COMPANIES[c]["region_group"] in names}


def possible_pairs(points, stated):
    """All (5.2, 5.4) in half points that leave the total as printed; 5.4 is part of supplier guidance."""
    rest = stated - total({**points, "affiliates": D(0), "suppliers": D(0)})
    return [(a, s) for a in halves(6) for s in halves(11)
            if D("0.6") * a + D("1.4") * s == rest and s <= points["supplier-guidance"]]


def check_manifests():
    for folder in SETS:
        text = (DATA / folder / "manifest.yaml").read_text(encoding="utf-8")
        files = re.findall(r'path: "(.*)"\n\s+sha256: "(.*)"\n\s+rows: (\d+)', text)
        expect(f"files of {folder}", sorted(f for f, _, _ in files),
               sorted(p.name for p in (DATA / folder).glob("*.csv")))
        for name, sha256, rows in files:
            content = (DATA / folder / name).read_bytes()
            expect(f"{folder}/{name}", (hashlib.sha256(content).hexdigest(), len(read(DATA / folder / name))),
                   (sha256, int(rows)))


def check_companies():
    values = {"region_group": {"", "chinese", "european", "american", "japanese-korean"}, "listed": {"", "yes", "no"},
              "product_type": {"", "nev", "gasoline+nev"}, "industry": {"automobile"},
              "inclusion": {"fortune-global-500-2023", "sales-leader", "listed-company", "joint-venture",
                            "star-rating"}}
    expect("rows", len(read(DATA / "automakers/companies.csv")), len(COMPANIES))
    for key, c in COMPANIES.items():
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) or len(key) > 64:
            raise Wrong(f"id {key}")
        for field, text in c.items():
            if len(text.encode()) > 400 or text != text.strip() or "\n" in text:
                raise Wrong(f"{key}, {field}: {text!r}")
            if field in values and text not in values[field]:
                raise Wrong(f"{key}, {field}: {text!r}")
        if not (c["name_en"] or c["name_zh"]) or not c["source"] or not re.fullmatch("([A-Z]{2})?", c["country"]):
            raise Wrong(f"{key}: no name, source or good country")
        if c["name_en"] and re.search("[\u0400-\u04ff]", c["name_en"]):
            raise Wrong(f"{key}: Cyrillic letters in {c['name_en']}")
        if not c["name_zh"] and "no Chinese name" not in c["note"] and "not taken" not in c["note"]:
            raise Wrong(f"{key}: no Chinese name, and the note does not say so")
        expect(f"{key}: country and region", bool(c["country"]), bool(c["region_group"]))
        seen = {key}
        while c["parent"]:
            if c["parent"] in seen or c["parent"] not in COMPANIES:
                raise Wrong(f"{key}: parent {c['parent']} is not there or its own child")
            seen.add(c["parent"])
            c = COMPANIES[c["parent"]]


def check_names():
    owner = {}
    names = [(c["id"], c[f]) for c in COMPANIES.values() for f in ("id", "name_en", "name_zh") if c[f]]
    for company, name in names + [(a["company"], a["alias"]) for a in ALIASES]:
        if company not in COMPANIES or owner.setdefault(fold(name), company) != company:
            raise Wrong(f"'{name}' means both {company} and {owner.get(fold(name))}")
    pairs = [(a["company"], fold(a["alias"])) for a in ALIASES]
    own = {(company, fold(name)) for company, name in names if name != company}
    expect("aliases that say nothing new", [p for i, p in enumerate(pairs) if p in own or p in pairs[:i]], [])


def check_register_covers_results():
    rated, starred = set(CATI_RESULTS), {r["company"] for r in CPP["results"]}
    expect("sizes", (len(rated), len(starred), len(COMPANIES)), (51, 50, 74))
    expect("companies", rated | starred, set(COMPANIES))
    expect("only star-rated", {c for c in COMPANIES if COMPANIES[c]["inclusion"] == "star-rating"}, starred - rated)
    reasons = collections.Counter(COMPANIES[c]["inclusion"] for c in rated)
    expect("joint ventures", (reasons["joint-venture"], len(JOINT)), (14, 14))
    expect("listed", collections.Counter(COMPANIES[c]["listed"] for c in rated), {"yes": 32, "no": 19})


def check_facts():
    facts = {(f["company"], f["fact"]): f["value"] for f in FACTS}
    share = {c: v for (c, name), v in facts.items() if name == "nev-share"}
    pledge = {c for (c, name), v in facts.items() if name == "gasoline-phase-out-pledge" and v == "yes"}
    expect("rows", (len(FACTS), len(facts), len(share)), (64, 64, 32))
    expect("not among the rated, or joint ventures", set(share) - (set(POINTS) - JOINT), set())
    expect("disclosed", [c for c in share if share[c] == "not_disclosed"], ["dongfeng-motor"])
    known = {c: D(v) for c, v in share.items() if v != "not_disclosed"}
    chinese = group("chinese")
    expect("shares, commitments, Chinese ones", (len(known), len(pledge), len(pledge & chinese)), (31, 17, 8))
    expect("Chinese at 100%, and above 20%", (sum(known[c] == 100 for c in chinese & set(known)),
                                              sum(20 < known[c] < 100 for c in chinese & set(known))), (6, 6))


def check_editions():
    for edition, index, level in ((CATI, "cati-auto", "theme"), (CPP, "cpp-stars", "total")):
        e = {r["name"]: r["value"] for r in edition["edition"]}
        expect("names", list(e), ["index", "index_version", "period", "level", "cut_off", "published_on", "publisher",
                                  "source"])
        expect("edition", (e["index"], e["index_version"], e["period"], e["level"]), (index, "2024", "2024", level))
        cut_off, published = (datetime.date.fromisoformat(e[k]) for k in ("cut_off", "published_on"))
        if not cut_off <= published:
            raise Wrong(f"{index}: published on {published}, before its cut-off {cut_off}")


def check_points():
    expect("rows", (len(CATI["points"]), len(CATI["rates"])), (51 * 12, 510))
    expect("companies", list(POINTS), list(CATI_RESULTS))
    for c, points in POINTS.items():
        expect(f"slots of {c}", list(points), list(FULL))
        for slot, p in points.items():
            if p not in halves(FULL[slot]):
                raise Wrong(f"{c}, {slot}: {p} is no half point from 0 to {FULL[slot]}")
        steel, action = points["steel-aluminium"], points["scope3-action"]
        if not steel <= action <= steel + 7:
            raise Wrong(f"{c}: steel and aluminium {steel} within scope 3 action {action}")
        # 1.2.3 (up to 2, in governance), 3.2.3 and 4.2.3 (up to 3, in scope 3 targets), 5.4
        inside = points["supplier-guidance"] - points["suppliers"]
        if not 0 <= inside <= min(D(2), points["governance"]) + min(D(3), points["scope3-targets-performance"]):
            raise Wrong(f"{c}: supplier guidance {points['supplier-guidance']} does not fit its parts")


def check_rates():
    for r in CATI["rates"]:
        full, want = FULL[r["slot"]], int(r["rate_percent"])
        fitting = [p for p in halves(full) if rounded(p * 100 / full) == want]
        expect(f"half points of {full} that print as {want}%: {r['company']}, {r['slot']}", fitting,
               [POINTS[r["company"]][r["slot"]]])
    expect("rates", {(r["company"], r["slot"]) for r in CATI["rates"]}, {(c, t) for c in POINTS for t in PRINTED})


def check_totals():
    before = D(100)
    for i, (c, r) in enumerate(CATI_RESULTS.items()):
        got = total(POINTS[c])
        expect(f"total of {c}", got, D(r["stated_total"]))
        expect(f"rank of {c}", (int(r["stated_rank"]), got <= before, r["industry"]), (i + 1, True, "automobile"))
        before = got


def check_inferred():
    marked = {(r["company"], r["slot"]) for r in CATI["points"] if r["mark"]}
    expect("marks", {r["mark"] for r in CATI["points"]}, {"", "inferred"})
    expect("inferred", marked, {(c, s) for c in POINTS for s in ("affiliates", "suppliers")})
    sizes = collections.Counter()
    for r in CATI["points"]:
        if not r["mark"]:
            continue
        points = POINTS[r["company"]]
        pair = points["affiliates"], points["suppliers"]
        pairs = possible_pairs(points, D(CATI_RESULTS[r["company"]]["stated_total"]))
        sizes[len(pairs), any(pair)] += 1
        says = f"{pair[0]} and {pair[1]} (5.2, 5.4) is "
        says += "the only possible pair" if len(pairs) == 1 else f"one of {len(pairs)} possible pairs"
        if pair not in pairs or says not in r["note"]:
            raise Wrong(f"{r['company']}: {len(pairs)} pairs, the note says '{r['note']}', not '{says}'")
        for other in pairs:
            if other != pair and "{} and {}".format(*other) not in r["note"].split("the other is")[1]:
                raise Wrong(f"{r['company']}: the note does not name {other}")
    expect("pairs", sizes, {(1, False): 46, (1, True): 54, (2, True): 2})


def check_counts():
    """Chapter III, section 3 of the report: bands, themes above zero, full marks."""
    totals = [total(p) for p in POINTS.values()]
    expect("above 70, above 50, 30 to 50, below 30", (sum(t > 70 for t in totals), sum(t > 50 for t in totals),
           sum(30 <= t <= 50 for t in totals), sum(t < 30 for t in totals)), (1, 11, 12, 28))
    themes = ["scope12-disclosure", "scope12-targets-performance", "scope12-action", "steel-aluminium",
              "product-footprint"]
    expect("above zero", [len(above(t)) for t in themes], [41, 40, 50, 26, 19])
    everywhere = {c for c, p in POINTS.items() if all(p[t] > 0 for t in PRINTED)}
    expect("above zero everywhere", len(everywhere), 12)
    named = {"mercedes-benz", "volvo-cars", "bmw", "geely-auto", "changan-automobile"}
    expect("those the text names", named - everywhere, set())
    best = {t: {c for c, p in POINTS.items() if p[t] == FULL[t]} for t in PRINTED}
    expect("full marks", (best["scope3-disclosure"], best["steel-aluminium"], best["product-footprint"]),
           ({"mercedes-benz", "tesla"}, {"mercedes-benz", "bmw"},
            {"mercedes-benz", "volvo-cars", "bmw", "geely-auto", "polestar", "rivian"}))
    if max(p["supplier-guidance"] for p in POINTS.values()) * 100 / 16 >= 30:
        raise Wrong("a rate of supplier guidance reaches 30%")


def check_regions():
    """Chapter III, section 4 (2), and what the README of the results says of it."""
    sizes = [len(group(g)) for g in ("chinese", "european", "american", "japanese-korean")]
    expect("companies", sizes, [32, 8, 4, 7])
    away, chinese = set(POINTS) - group("chinese"), group("chinese")
    expect("scope 3 disclosure elsewhere", above("scope3-disclosure", away), away)
    expect("scope 3 targets", [len(above("scope3-targets-performance", group(g)))
                               for g in ("european", "american", "japanese-korean")], [8, 3, 7])
    steel = above("steel-aluminium")
    expect("steel and aluminium", [len(steel & group(g)) for g in ("american", "european", "japanese-korean")],
           [4, 7, 6])
    expect("Chinese steel and aluminium, with and without joint ventures",
           (len(steel & chinese), len(steel & chinese - JOINT), len(steel - JOINT)), (9, 8, 25))
    expect("supplier guidance", (len(above("supplier-guidance")), len(above("supplier-guidance") - JOINT)), (34, 27))
    targets = above("scope12-targets-performance", chinese)
    expect("Chinese scope 1 and 2 targets", (len(targets), len(targets - JOINT)), (22, 8))
    expect("listed Chinese", (sum(COMPANIES[c]["listed"] == "yes" for c in chinese), len(chinese - JOINT)), (13, 18))
    expect("listed elsewhere", {COMPANIES[c]["listed"] for c in away}, {"yes"})
    expect("Chinese among the first ten", set(list(POINTS)[:10]) & chinese, {"geely-auto"})
    scope3 = [p["scope3-disclosure"] for p in POINTS.values()]
    expect("scope 3 disclosure above 0, from 3, from 3.5", [sum(p >= x for p in scope3) for x in (HALF, 3, D("3.5"))],
           [28, 22, 20])


def stars_of(score, share):
    return next(n for n, lowest, mandatory in STARS if score >= lowest and share >= mandatory)


def check_stars():
    rows = CPP["results"]
    expect("points", [(p["company"], p["slot"], p["points"], p["mark"]) for p in CPP["points"]],
           [(r["company"], "total", r["stated_total"], "") for r in rows])
    expect("ranks", [int(r["stated_rank"]) for r in rows], list(range(1, 51)))
    scores = [int(r["stated_total"]) for r in rows]
    expect("order", scores, sorted(scores, reverse=True))
    counts = collections.Counter(int(r["stated_stars"]) for r in rows)
    expect("stars", [counts[n] for n in (5, 4, 3, 2, 1)], [11, 14, 2, 1, 22])
    steps = {rounded(D(100) * k / 15): k for k in range(27)}
    expect("scores that are not 100 k / 15", [s for s in scores if s not in steps], [])
    for r in rows:
        possible = {stars_of(int(r["stated_total"]), share) for share in range(101)}
        if int(r["stated_stars"]) not in possible:
            raise Wrong(f"{r['company']}: {r['stated_stars']} stars with {r['stated_total']} points")
    misprinted = [r["stated_stars"] for r in rows if "five filled stars" in r["note"]]
    expect("rows with the misprint", misprinted, ["4"] * 8)


def check_definition():
    """The index these points belong to has the same themes, full points and weighting."""
    index = {name: read(DATA / f"indices/cati-auto/{name}.csv") for name in ("items", "groups", "themes", "weights")}
    weight = {r["code"]: r["weight"] for r in index["groups"]}
    leaves = {r["code"]: r for r in index["items"] if r["level"] == "indicator"}
    share = next(D(r["scope12_share_percent"]) / 100 for r in index["weights"] if r["industry"] == "automobile")
    worth = {"none": D(1), "scope12": 2 * share, "scope3": 2 * (1 - share)}
    themes = {}
    for theme in index["themes"]:
        inside = [r for code, r in leaves.items() for m in theme["members"].split() if code == m or
                  code.startswith(m + ".")]
        counted = [r for r in inside if not r["parallel_of"]]
        themes[theme["code"]] = (sum(D(r["max_points"]) for r in counted), theme["printed"] == "yes")
        if theme["in_total"] == "yes":
            expect(f"weight of {theme['code']}", {worth[weight[r["group"]]] for r in inside}, {WORTH[theme["code"]]})
    expect("themes in the total", {t["code"] for t in index["themes"] if t["in_total"] == "yes"}, set(WORTH))
    expect("themes", themes, {t: (D(FULL[t]), t in PRINTED) for t in FULL})


def check_star_definition():
    rows = read(DATA / "indices/cpp-stars/stars.csv")
    expect("stars", [tuple(int(r[k] or 0) for k in ("stars", "score_from", "mandatory_share_from_percent")) for r in rows],
           STARS)


def check_cati_tables():
    rows, themes = read(TABLES / "cati_auto_2024_table_3_3_1.csv"), dict(zip(PRINTED, (
        "governance", "scope12_disclosure", "scope12_targets_performance", "scope12_action", "scope3_disclosure",
        "scope3_targets_performance", "scope3_action", "steel_aluminium_action", "supplier_guidance",
        "product_footprint")))
    by_zh, rates = {c["name_zh"]: c for c in COMPANIES.values() if c["name_zh"]}, {
        (r["company"], r["slot"]): r["rate_percent"] for r in CATI["rates"]}
    for r in rows:
        c = by_zh[r["company_zh"]]
        expect(c["id"], (CATI_RESULTS[c["id"]]["stated_rank"], CATI_RESULTS[c["id"]]["stated_total"], c["listed"],
                         c["product_type"]), (r["rank"], r["total"], r["listed"], r["main_product"].lower()))
        expect(f"rates of {c['id']}", [rates[c["id"], t] for t in PRINTED], [r[f"{themes[t]}_rate"] for t in PRINTED])
    facts = {(f["company"], f["fact"]): f["value"] for f in FACTS}
    for r in read(TABLES / "nev_share_2023.csv"):
        c = by_zh[r["company_zh"]]["id"]
        expect(f"facts of {c}", (facts[c, "nev-share"], facts[c, "gasoline-phase-out-pledge"]),
               (r["nev_share_percent"] or "not_disclosed", r["commits_to_stop_selling_gasoline"]))


def check_cpp_tables():
    owner = {fold(c[f]): c["id"] for c in COMPANIES.values() for f in ("id", "name_en", "name_zh")}
    owner.update((fold(a["alias"]), a["company"]) for a in ALIASES)
    for r in read(TABLES / "cati_auto_2024_table_3_3_1.csv"):
        expect(f"company called {r['company_en']}", owner.get(fold(r["company_en"])), owner[fold(r["company_zh"])])
    # no alias, for tables 3 and 4 mean Volvo Cars by it
    expect("company called Volvo", owner.setdefault("volvo", "volvo-asia-pacific"), "volvo-asia-pacific")
    stars = {r["company"]: r["stars"] for r in read(TABLES / "cpp_carbon_management_stars.csv")}
    want = [(owner.get(fold(r["company"])), r["score"], r["rank"], stars[r["company"]])
            for r in read(TABLES / "cpp_carbon_management_scores.csv")]
    expect("stars", [(r["company"], r["stated_total"], r["stated_rank"], r["stated_stars"]) for r in CPP["results"]],
           want)


CHECKS = [
    ("manifests fit their files", check_manifests, None),
    ("companies: values, parents, names", check_companies, None),
    ("no name means two companies", check_names, None),
    ("51 rated and 50 star-rated automakers, 74 in all", check_register_covers_results, None),
    ("NEV shares and commitments of table 3-4-1", check_facts, None),
    ("editions", check_editions, None),
    ("612 points: halves, full points, parts of one another", check_points, None),
    ("510 printed rates, each from one half point only", check_rates, None),
    ("51 totals and their order", check_totals, None),
    ("inferred points: marked, and how many others are possible", check_inferred, None),
    ("counts of the report", check_counts, None),
    ("regions, with and without joint ventures", check_regions, None),
    ("stars: counts, order, scores, no contradiction", check_stars, None),
    ("definition of the index", check_definition, DATA / "indices/cati-auto"),
    ("definition of the star rating", check_star_definition, DATA / "indices/cpp-stars"),
    ("table 3-3-1 and 3-4-1 as read from the report", check_cati_tables, TABLES),
    ("tables of the star rating as read from the report, by the names printed", check_cpp_tables, TABLES),
]


def main():
    checks = [(label, check) for label, check, needs in CHECKS if needs is None or needs.exists()]
    failed = 0
    print(f"1..{len(checks)}")
    for number, (label, check) in enumerate(checks, 1):
        try:
            check()
            print(f"ok {number} - {label}")
        except (Wrong, LookupError, ValueError, StopIteration, ArithmeticError, OSError) as wrong:
            failed += 1
            print(f"not ok {number} - {label}\n# {type(wrong).__name__}: {wrong}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
