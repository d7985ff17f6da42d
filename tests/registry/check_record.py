#!/usr/bin/env python3
"""Holds tools/check-record against record.json, an export that the program writes byte by byte (see
src/registry/tests/test_record_chain.c), and against what somebody may do to it. Output is TAP."""
import hashlib
import importlib.machinery
import importlib.util
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SCRIPT = HERE.parent.parent / "tools" / "check-record"
GOOD = (HERE / "record.json").read_bytes()
SEALS = [v["seal"] for v in json.loads(GOOD)["versions"]]


def load():
    """The script as a module, so that thousands of checks need no process each."""
    sys.dont_write_bytecode = True
    loader = importlib.machinery.SourceFileLoader("check_record_script", str(SCRIPT))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


script = load()


def verdict(data, head=None):
    """'' where the file is sound, else what the script says."""
    try:
        script.check(data, head)
    except script.Broken as fault:
        return str(fault)
    return ""


def replace(old, new, count=1):
    assert old.encode() in GOOD, old
    return GOOD.replace(old.encode(), new.encode(), count)


def anew(data):
    """With checksum and head put right by the one who changed it, but not the seals."""
    head = json.loads(data)["versions"][-1]["seal"]
    body = data[:data.rindex(b',"head":')] + f',"head":"{head}"'.encode()
    return body + f',"checksum":"{hashlib.sha256(body).hexdigest()}"}}\n'.encode()


def without(n):
    """Version n taken out."""
    parts = GOOD.split(b'{"state":')
    first, last = parts[1].rstrip(b","), parts[2][:parts[2].index(b'],"head"')]
    kept = first if n == 2 else last
    return anew(parts[0] + b'{"state":' + kept + GOOD[GOOD.index(b'],"head"'):])


CASES = [  # label, file, words of the verdict ("" = sound)
    ("as the program wrote it", GOOD, ""),
    ("value of version 1", anew(replace('"value":201,', '"value":101,')), "version 1 is not what was sealed"),
    ("value of version 2", anew(replace('"value":188.4,', '"value":88.4,')), "version 2 is not what was sealed"),
    ("the same number in other digits", anew(replace('"value":188.4,', '"value":188.40,')),
     "version 2 is not what was sealed"),
    ("a part", anew(replace('"value":71.25,', '"value":71.2,')), "version 1 is not what was sealed"),
    ("a reason", anew(replace("battery of another size", "battery of another kind")), "version 2 is not"),
    ("the seal of version 1", replace(SEALS[0], SEALS[0][::-1]), "version 1 is not what was sealed"),
    ("a pin", anew(replace('"checksum":"01"', '"checksum":"03"')), "version 1 is not what was sealed"),
    ("a member left out", anew(replace('"grade":"",', "")), "'grade' is missing"),
    ("a member more", anew(replace('"grade":"",', '"grade":"","more":1,')), "unknown member 'more'"),
    ("a member twice", anew(replace('"grade":"",', '"grade":"","grade":"",')), "stands twice"),
    ("a text for a number", anew(replace('"value":201,', '"value":"201",')), "expected a number"),
    ("a number for a text", anew(replace('"grade":"",', '"grade":1,')), "expected a text"),
    ("a state", replace('"state":"superseded"', '"state":"withdrawn"'), "state, day or reason beside"),
    ("a state that is none", replace('"state":"superseded"', '"state":"superceded"'), "state"),
    ("the head", replace(f'"head":"{SEALS[1]}"', f'"head":"{SEALS[0]}"'), "head is"),
    ("a blank more", GOOD.replace(b',"head"', b', "head"'), "not in its one form"),
    ("no line end", GOOD[:-1], "not in its one form"),
    ("the first version gone", without(1), "version 1: calls itself version 2"),
    ("the last version gone: only a head kept elsewhere shows it", without(2), ""),
    ("not JSON", GOOD[:100], "not readable as JSON"),
    ("not UTF-8", b"\xff", "not readable as JSON"),
    ("nested deep", b"[" * 100000, "not readable as JSON"),
    ("empty", b"", "not readable as JSON"),
    ("another format", replace("record-chain 1", "record-chain 2"), "expected an object"),
    ("a list", b"[]", "expected an object"),
]


def check_case(data, words):
    got = verdict(data)
    return "" if (words in got if words else got == "") else f"got '{got}', want '{words}'"


def check_every_byte():
    """Every byte replaced by its neighbour: each of them is found."""
    missed = [i for i in range(len(GOOD)) if not verdict(GOOD[:i] + bytes([GOOD[i] ^ 1]) + GOOD[i + 1:])]
    return f"bytes {missed[:5]} may change unseen" if missed else ""


def check_head():
    if verdict(GOOD, SEALS[1]):
        return "the right head is refused"
    return "" if "cut off" in verdict(without(2), SEALS[1]) else "a version cut off is not seen"


def run(*words):
    done = subprocess.run([sys.executable, str(SCRIPT), *words], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def check_program():
    """Exit codes, and one line a file."""
    with tempfile.TemporaryDirectory() as folder:
        bad = pathlib.Path(folder, "bad.json")
        bad.write_bytes(replace('"value":188.4,', '"value":188.5,'))
        good = str(HERE / "record.json")
        for words, code, text in [((good,), 0, "2 versions, sound"), ((good, str(bad)), 1, "version 2 is not"),
                                  (("--head", SEALS[1], good), 0, "sound"), (("--head", SEALS[0], good), 1, "cut off"),
                                  ((str(pathlib.Path(folder, "none")),), 2, ""), ((), 2, "")]:
            got, out = run(*words)
            if got != code or text not in out:
                return f"{words}: exit {got}, said '{out.strip()}'"
    return ""


CHECKS = [(label, lambda data=data, words=words: check_case(data, words)) for label, data, words in CASES]
CHECKS += [("every byte", check_every_byte), ("head", check_head), ("as a program", check_program)]

print(f"1..{len(CHECKS)}")
failed = 0
for number, (label, act) in enumerate(CHECKS, 1):
    fault = act()
    failed += bool(fault)
    print(f"{'not ok' if fault else 'ok'} {number} - {label}" + (f": {fault}" if fault else ""))
sys.exit(1 if failed else 0)
