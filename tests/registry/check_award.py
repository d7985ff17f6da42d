#!/usr/bin/env python3
"""Holds tools/check-award against an export of an award: the sound one agrees, each with one byte changed does not,
and neither does one with another winner whose checksum was made to fit.

usage: tests/registry/check_award.py [ROOT]

award.json is what the program writes (src/registry/tests/test_award.c compares every byte). Output is TAP.
"""
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[2]
AWARD = ROOT / "tests/registry/award.json"

# label, what is changed (its first place), into what, words of the answer; the checksum is made to fit
FITTED = [
    ("a winner who is none", '"rank":3,"wins":false', '"rank":3,"wins":true', "car-2: the export says winner"),
    ("a winner left out", '"rank":1,"wins":true', '"rank":1,"wins":false', "car-1: the export says no winner"),
    ("a lower value, not in its place", '"g_km":230', '"g_km":190', "does not stand behind"),
    ("a value above the step", '"g_km":200.04', '"g_km":200.06', "car-0: the export says rank 1, recomputed 2"),
    ("a rank", '"rank":4', '"rank":3', "car-3: the export says rank 3, recomputed 4"),
    ("a finer step", '"step_g_km":0.1', '"step_g_km":0.01', "car-0: the export says rank 1, recomputed 2"),
    ("more candidates needed", '"least":5', '"least":6', "the export says winner, recomputed no winner"),
    ("fewer candidates needed", '"least":5', '"least":1', "a-van: the export says no winner, recomputed winner"),
    ("a record twice", '"record":"car-4"', '"record":"car-3"', "a record stands twice"),
    ("no number", '"g_km":210', '"g_km":NaN', "expected a number above 0"),
    ("a text for a number", '"rank":4', '"rank":"4"', "rank: expected a whole number"),
    ("a blank more", '"least":5', '"least": 5', "not in its one form"),
]


def ask(*words):
    run = subprocess.run([sys.executable, ROOT / "tools/check-award", *words], capture_output=True, text=True,
                         timeout=60)
    return run.returncode, run.stdout + run.stderr


def say(number, good, label, text):
    print(f"{'ok' if good else 'not ok'} {number} - {label}")
    if not good:
        print("# " + text.strip().replace("\n", "\n# "))
    return good


def fit(text):
    """The same text with the checksum over what stands before it now, blanks taken as they are not there."""
    body = text[: text.index(',"checksum"')]
    return body + f',"checksum":"{hashlib.sha256(body.replace(": ", ":").encode()).hexdigest()}"}}\n'


def every_byte(folder, data):
    """Places at which a changed byte is not found, of about sixty over the file."""
    missed = []
    file = folder / "byte.json"
    for at in range(0, len(data), max(1, len(data) // 60)):
        file.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1:])
        code, text = ask(file)
        if code != 1 or "Traceback" in text:
            missed.append(at)
    return missed


def record_of(award, change):
    car = dict(award["candidates"][0])
    record = {"version": car["version"], "value": car["g_km"],
              **{n: car[n] for n in ("product", "maker", "launched", "size_class", "body", "powertrain")}, **change}
    return json.dumps({"id": car["record"], "versions": [{"seal": car["seal"], "record": record}]})


def main():
    good, text, data = True, AWARD.read_text(encoding="utf-8"), AWARD.read_bytes()
    award = json.loads(text)
    print(f"1..{len(FITTED) + 7}")
    code, answer = ask(AWARD)
    good &= say(1, code == 0 and "6 candidates in 2 segments, winners: car-1, car-0" in answer, "sound", answer)
    code, answer = ask("--checksum", award["checksum"][:16], AWARD)
    good &= say(2, code == 0, "the checksum of the certificate", answer)
    code, answer = ask("--checksum", "0" * 16, AWARD)
    good &= say(3, code == 1 and "another award" in answer, "another checksum", answer)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        missed = every_byte(folder, data)
        good &= say(4, not missed, "a changed byte is found", f"not at {missed}")
        record = folder / "record.json"
        for i, (change, want, words) in enumerate([({}, 0, "as the award says"),
                                                   ({"value": 199}, 1, "g_km is 199"),
                                                   ({"version": 2}, 1, "no version 1")]):
            record.write_text(record_of(award, change), encoding="utf-8")
            code, answer = ask(AWARD, record)
            good &= say(5 + i, code == want and words in answer, f"beside a record with {change or 'the same'}", answer)
        for i, (label, old, new, want) in enumerate(FITTED):
            changed = folder / "award.json"
            changed.write_text(fit(text.replace(old, new, 1)), encoding="utf-8")
            code, answer = ask(changed)
            good &= say(i + 8, old in text and code == 1 and want in answer and "Traceback" not in answer, label, answer)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
