#!/usr/bin/env python3
"""What the program hands out is checked by the scripts strangers use, and what was changed in it is found.

usage: tests/registry/offline.py PROGRAM

Five invented cars are published, a loan is signed, an award kept, one footprint corrected. The evidence pack of the loan
goes through tools/check-loan and tools/check-record, the export of the award through tools/check-award. Output is TAP.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
GRID = ["--step", "1=-20", "--step", "2=-10", "--step", "3=0", "--step", "4=10", "--step", "5=20"]


class Place:
    def __init__(self, program, folder):
        self.program, self.folder = program, pathlib.Path(folder)
        self.env = {k: v for k, v in os.environ.items() if not k.startswith("TANLIAN_")}

    def run(self, *words):
        command = [self.program, "--db", "t.db", *words]
        done = subprocess.run(command, cwd=self.folder, env=self.env, capture_output=True, text=True, timeout=300)
        if done.returncode != 0:
            raise SystemExit(f"Bail out! {' '.join(words)}: {done.stderr}")
        return done.stdout

    def publish(self, number, g_km, day, *reason):
        name = f"car-{number}"
        record = {"id": name, "kind": "vehicle", "product": f"Model {number}", "maker": "Invented", "size_class": "compact",
                  "body": "suv", "powertrain": "bev", "launched": "2024-06", "kerb_mass_kg": 1500, "value": g_km,
                  "unit": "g CO2e/km", "boundary": "cradle to grave", "method": "invented"}
        (self.folder / "record.json").write_text(json.dumps(record), encoding="utf-8")
        self.run("registry", "put", "record.json", *reason)
        self.run("registry", "step", name, "ask", "--day", day)
        self.run("registry", "step", name, "publish", "--day", day)

    def check(self, tool, *files):
        done = subprocess.run([sys.executable, ROOT / "tools" / tool, *files], cwd=self.folder, capture_output=True,
                              text=True, timeout=60)
        return done.returncode, done.stdout + done.stderr


def prepare(place):
    place.run("init")
    for number in range(1, 6):
        place.publish(number, 190 + 10 * number, "2024-07-01")
    place.run("loan", "make", "rental", "--borrower", "Wuhan", "--currency", "CNY", "--limit", "20000000", "--basis", "class",
              "--weight", "price", "--grid-date", "2024-01-01", *GRID)
    rows = "car-1,150000\n" * 6 + "car-3,200000\n" * 3 + "not-there,200000\n"
    (place.folder / "list.csv").write_text("record,price\n" + rows, encoding="utf-8")
    place.run("loan", "cars", "rental", "list.csv")
    place.run("loan", "sign", "rental", "--day", "2024-08-01")
    place.run("registry", "top-runner", "award", "h1", "--from", "2024-04", "--until", "2024-09", "--day", "2024-10-10")
    place.publish(1, 215, "2024-12-01", "--reason", "measured anew")
    place.run("loan", "pack", "rental", "--out", "pack.zip")
    place.run("loan", "pack", "rental", "--out", "again.zip")
    place.run("registry", "top-runner", "export", "h1", "--out", "award.json")
    place.run("registry", "export", "car-1", "--out", "car-1.json")


def changed(place, name, old, new):
    """The pack with one file changed, or left out where old is None."""
    with zipfile.ZipFile(place.folder / "pack.zip") as pack:
        files = {n: pack.read(n) for n in pack.namelist()}
    if old is None:
        del files[name]
    else:
        assert old in files[name], (name, old)
        files[name] = files[name].replace(old, new, 1)
    with zipfile.ZipFile(place.folder / "changed.zip", "w") as pack:
        for n, data in files.items():
            pack.writestr(n, data)
    return "changed.zip"


def cases(place):
    """label, tool, files, exit code, words of the answer"""
    yield "the pack agrees", "check-loan", ["pack.zip"], 0, "9 pinned versions found in 2 records"
    yield "its records are sound", "check-record", ["pack.zip"], 0, "car-1: 2 versions, sound"
    yield ("a margin changed", "check-loan", [changed(place, "loan.json", b'"margin": -8', b'"margin": -9')], 1, "result.margin")
    yield ("a value changed in a record", "check-loan",
           [changed(place, "records/car-1.json", b'"value":200', b'"value":199')], 1, "the report says 200")
    yield ("the same, by its seal", "check-record",
           [changed(place, "records/car-1.json", b'"value":200', b'"value":199')], 1, "is not what was sealed")
    yield "a record left out", "check-loan", [changed(place, "records/car-3.json", None, None)], 1, "no records/car-3.json"
    yield ("pinned after the signing", "check-loan",
           [changed(place, "loan.json", b'"signed_on": "2024-08-01"', b'"signed_on": "2024-06-30"')], 1, "after the signing")
    yield "the award agrees, its record too", "check-award", ["award.json", "car-1.json"], 0, "winners: car-1"


def main():
    with tempfile.TemporaryDirectory() as folder:
        place = Place(str(pathlib.Path(sys.argv[1]).resolve()), folder)
        prepare(place)
        number, good = 0, True
        for number, (label, tool, files, want, words) in enumerate(cases(place), 1):
            code, answer = place.check(tool, *files)
            fine = code == want and words in answer and "Traceback" not in answer
            good &= fine
            print(f"{'ok' if fine else 'not ok'} {number} - {label}")
            if not fine:
                print(f"# exit code {code}, want {want} and '{words}'\n# " + answer.strip().replace("\n", "\n# "))
        same = (place.folder / "pack.zip").read_bytes() == (place.folder / "again.zip").read_bytes()
        print(f"{'ok' if same else 'not ok'} {number + 1} - the same evidence, the same bytes\n1..{number + 1}")
    return 0 if good and same else 1


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main())
