#!/usr/bin/env python3
"""Holds tools/check-loan against reports of loans: sound ones agree, each with one thing changed does not.

usage: tests/registry/check_loan.py [ROOT]

The reports loan.json and loan-g-km.json are what the program writes (src/registry/tests/test_loan.c compares every
byte). Output is TAP.
"""
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[2]
HERE = ROOT / "tests/registry"

# label, file, what is changed (its first place), into what, words of the answer
CHANGES = [
    ("margin", "loan.json", '"margin": -10.5882', '"margin": -10.5883', "result.margin: the report says -10.5883"),
    ("rounded down", "loan.json", '"by_price": -10.5882', '"by_price": -10.5880', "result.by_price"),
    ("count", "loan.json", '"by_count": -12.0000', '"by_count": -12.0001', "result.by_count"),
    ("now", "loan.json", '"margin_now": -9.7059', '"margin_now": -10.5882', "result.margin_now"),
    ("notices", "loan.json", '"notices": 1', '"notices": 0', "result.notices"),
    ("a notice hidden", "loan.json", '"notice": true', '"notice": false', "cars[5].notice"),
    ("price", "loan.json", '"price": 150000.00', '"price": 150000.01', "result.drawn"),
    ("price of fractions", "loan.json", '"price": 150000.00', '"price": 150000.001', "cars[0].price"),
    ("price below 0", "loan.json", '"price": 150000.00', '"price": -1', "cars[0].price"),
    ("class", "loan.json", '90.5,\n        "class": 1', '90.5,\n        "class": 2', "cars[0].pinned.basis_points"),
    ("class beyond the grid", "loan.json", '90.5,\n        "class": 1', '90.5,\n        "class": 6',
     "cars[0].pinned.class: the grid has no class 6"),
    ("classes with a gap", "loan.json", '"class": 2', '"class": 3', "facility.grid[1].class"),
    ("grid", "loan.json", '"basis_points": -20', '"basis_points": -21', "cars[0].pinned.basis_points"),
    ("above the limit", "loan.json", '"limit": 20000000.00', '"limit": 1699999.99', "above the limit of 1699999.99"),
    ("weight", "loan.json", '"weight": "price"', '"weight": "count"', "result.margin"),
    ("other weight", "loan.json", '"weight": "price"', '"weight": "mass"', "facility.weight"),
    ("truth for a number", "loan.json", '"version": 1', '"version": true', "cars[0].pinned.version"),
    ("no cars", "loan.json", '"cars": [', '"cars": [], "other": [', "cars: none"),
    ("g/km", "loan-g-km.json", '"g_km": 100,', '"g_km": 100.00000000000001,', "cars[0].pinned.basis_points"),
    ("limit of a step", "loan-g-km.json", '"up_to_g_km": 200', '"up_to_g_km": 100', "facility.grid[1].up_to_g_km"),
    ("missing is not best", "loan-g-km.json", '"g_km": null,\n        "class": null,\n        "basis_points": 30',
     '"g_km": null,\n        "class": null,\n        "basis_points": -30', "cars[2].pinned.basis_points"),
    ("no number", "loan-g-km.json", '"g_km": 250.1', '"g_km": NaN', "cannot be read"),
    ("no result", "loan.json", '"result"', '"results"', "no member 'result'"),
    ("no JSON", "loan.json", '"result"', '"result', "cannot be read"),
]


def ask(path):
    run = subprocess.run([sys.executable, ROOT / "tools/check-loan", path], capture_output=True, text=True, timeout=60)
    return run.returncode, run.stdout + run.stderr


def say(number, good, label, text):
    print(f"{'ok' if good else 'not ok'} {number} - {label}")
    if not good:
        print("# " + text.strip().replace("\n", "\n# "))
    return good


def main():
    good = True
    print(f"1..{len(CHANGES) + 2}")
    for i, (name, want) in enumerate([("loan.json", "margin -10.5882 by price, now -9.7059, 1 notices"),
                                      ("loan-g-km.json", "margin 10.0000 by count, now 10.0000, 0 notices")]):
        code, text = ask(HERE / name)
        good &= say(i + 1, code == 0 and want in text, name, text)
    with tempfile.TemporaryDirectory() as folder:
        for i, (label, name, old, new, want) in enumerate(CHANGES):
            text = (HERE / name).read_text(encoding="utf-8")
            changed = pathlib.Path(folder) / "report.json"
            changed.write_text(text.replace(old, new, 1), encoding="utf-8")
            code, answer = ask(changed)
            refused = old in text and code == 1 and want in answer and "Traceback" not in answer
            good &= say(i + 3, refused, label, answer)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
