#!/usr/bin/env python3
"""Imports of vehicle files that go wrong, and imports that are ended from outside.

usage: tests/vehicle/imports.py PROGRAM

Drives the real program and looks into the database with Python's own SQLite. TL_SEED=N repeats the
moments of a run. Output is TAP.
"""
import hashlib
import os
import pathlib
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

AREA = pathlib.Path(__file__).resolve().parent
ADEME = AREA.parent.parent / "data/ademe-cars/ADEME-CarLabelling.csv"
CARS = (AREA / "cars.csv").read_text(encoding="utf-8")
HEADER, *ROWS = CARS.splitlines(keepends=True)
EV_HEADER, *EV_ROWS = (AREA / "ev.csv").read_text(encoding="utf-8").splitlines(keepends=True)
PROGRAM = str(pathlib.Path(sys.argv[1]).resolve()) if len(sys.argv) == 2 else sys.exit(__doc__)
SANITIZED = "ASAN_OPTIONS" in os.environ
SEED = int(os.environ.get("TL_SEED", "20261122"))
ENV = {k: v for k, v in os.environ.items() if not k.startswith(("TANLIAN_", "LC_", "LANG"))}


class Wrong(Exception):
    """A check that failed."""


def run(folder, *args, env=None, before=None):
    """Exit code, output and errors of one run, with its time and largest memory."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.monotonic()
        process = subprocess.Popen([PROGRAM, "--db", "t.db", *args], cwd=folder, stdin=subprocess.DEVNULL, stdout=out,
                                   stderr=err, env={**ENV, "LC_ALL": "C", **(env or {})}, preexec_fn=before)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        return (process.returncode, out.read().decode(), err.read().decode(), time.monotonic() - start,
                usage.ru_maxrss / 1024)


def content(folder):
    """Everything in the database, as text."""
    db = sqlite3.connect(folder / "t.db")
    try:
        return "\n".join(db.iterdump())
    finally:
        db.close()


def count(folder, table):
    db = sqlite3.connect(folder / "t.db")
    try:
        return db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    finally:
        db.close()


def fresh(folder):
    """The database of a new `tanlian init`, made once for a folder."""
    for path in folder.glob("t.db*"):
        path.unlink()
    made = folder / "made.db"
    if not made.exists():
        code, _, err, _, _ = run(folder, "init")
        if code != 0 or (folder / "t.db-wal").exists():
            raise Wrong(f"init: exit code {code}, {err}")
        shutil.copy(folder / "t.db", made)
    shutil.copy(made, folder / "t.db")


def sound(folder):
    code, out, err, _, _ = run(folder, "verify")
    if code != 0:
        raise Wrong(f"verify: exit code {code}\n{out}{err}")


def refused_whole(folder, name, data, code, words, map_name="ademe", seconds=5, megabytes=150):
    """The file gives the exit code and one line with the words; the database is as it was."""
    if callable(data):
        data(folder / name)
    elif data is not None:
        (folder / name).write_bytes(data)
    before = content(folder)
    got, out, err, took, mb = run(folder, "vehicle", "import", name, "--map", map_name)
    lines = err.splitlines()
    if got != code or out or len(lines) != 1 or not lines[0].startswith("error: "):
        raise Wrong(f"exit code {got}, want {code}; stdout {out!r}; stderr\n{err}")
    for word in words:
        if word not in err:
            raise Wrong(f"'{word}' is not in: {err}")
    if content(folder) != before:
        raise Wrong("the database changed")
    if not SANITIZED and (took > seconds or mb > megabytes):
        raise Wrong(f"took {took:.1f} s and {mb:.0f} MB")


def told(rows, accepted, repeated, refused):
    """The counts as the report has them."""
    return f"rows: {rows}\naccepted: {accepted}\nthere already: {repeated}\nrefused: {refused}\n"


def body(text, encoding="utf-8"):
    return (HEADER + text).encode(encoding)


def write_long(path, start):
    """A line of 40 MB behind start, piece by piece: the memory of this program would count as the other's."""
    with open(path, "wb") as f:
        f.write(start)
        for _ in range(40):
            f.write(b"x" * 1_000_000)
        f.write(b"\n")


BAD = ROWS[0].replace(";1250;", ";{};")
WHOLE_FILES = [
    ("a missing column", "f.csv", HEADER.replace("Poids", "Pois").encode() + ROWS[0].encode(), 2,
     ["f.csv:1:", "no column 'Poids à vide'"]),
    ("text in a number", "f.csv", body(BAD.format("heavy")), 2, ["f.csv:2:", "'Poids à vide'", "'heavy'"]),
    ("1e400", "f.csv", body(BAD.format("1e400")), 2, ["f.csv:2:", "'Poids à vide'", "too large"]),
    ("a mass below 0", "f.csv", body(BAD.format("-1250")), 2, ["f.csv:2:", "'Poids à vide'", "-1250"]),
    ("an unknown fuel", "f.csv", body(ROWS[0].replace(";ESSENCE;", ";COAL;")), 2, ["f.csv:2:", "'Energie'", "'COAL'"]),
    ("the wrong decimal mark", "f.csv", body(ROWS[0].replace("5,2", "5.2")), 2,
     ["f.csv:2:", "'Conso vitesse mixte Min'", "'5.2'"]),
    ("cut in the middle of the last record", "f.csv", body(ROWS[0] + ROWS[1][:40]), 2,
     ["f.csv:3:", "ends in the middle of a record"]),
    ("cut in a quoted cell", "f.csv", body(ROWS[0] + 'ALPHA;"A1 (9'), 2, ["f.csv:3:", "ends in the middle"]),
    ("a binary file", "f.csv", b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 40, 2, ["f.csv: is a binary file"]),
    ("a spreadsheet", "f.xlsx", b"PK\x03\x04\x14\x00\x06\x00\x08\x00" + bytes(300), 2, ["f.xlsx: the workbook is damaged"]),
    ("an empty file", "f.csv", b"", 2, ["f.csv", "empty"]),
    ("a header alone", "f.csv", body(""), 2, ["f.csv", "no rows below the header"]),
    ("a header without a line end", "f.csv", body("")[:-1], 2, ["f.csv", "no rows below the header"]),
    ("a missing file", "none.csv", None, 3, ["none.csv", "No such file"]),
    ("a folder", ".", None, 2, [".: is a folder"]),
    ("a line of 40 MB", "f.csv", lambda path: write_long(path, body("")), 2, ["f.csv:2:"]),
    ("a header of 40 MB", "f.csv", lambda path: write_long(path, b""), 2, ["f.csv:1:"]),
    ("UTF-16", "f.csv", body(ROWS[0], "utf-16"), 2, ["f.csv: is UTF-16 text"]),
    ("bytes of no encoding", "f.csv", body("") + b"\xff\xfe\xfd;\n", 2, ["f.csv:2:"]),
    ("a name with a line end in it", "a\nb.csv", body(""), 2, ["a b.csv"]),
]


def test_whole_files(folder):
    fresh(folder)
    for label, name, data, code, words in WHOLE_FILES:
        try:
            refused_whole(folder, name, data, code, words)
        except Wrong as problem:
            raise Wrong(f"{label}: {problem}") from problem


def test_large_sparse_file(folder):
    """2 GB of one line, on no disk: refused unread."""
    fresh(folder)
    (folder / "huge.csv").write_bytes(body("x"))
    os.truncate(folder / "huge.csv", 2 << 30)
    refused_whole(folder, "huge.csv", None, 2, ["huge.csv", "larger than the limit"], seconds=2, megabytes=100)
    os.truncate(folder / "huge.csv", 500 << 20)  # within the limit: NUL bytes are no text
    refused_whole(folder, "huge.csv", None, 2, ["huge.csv: is a binary file"], seconds=8, megabytes=700)


def test_repeated_id(folder):
    """The second row of an id is refused with its place, the rest goes in."""
    fresh(folder)
    (folder / "ev.csv").write_text(EV_HEADER + EV_ROWS[0] + EV_ROWS[1] + EV_ROWS[0], encoding="utf-8")
    code, out, err, _, _ = run(folder, "vehicle", "import", "ev.csv", "--map", "open-ev")
    if code != 1 or told(3, 2, 0, 1) not in out:
        raise Wrong(f"{code} {out}{err}")
    if err != "warning: ev.csv:4: column 'path': repeats the id of row 2\n":
        raise Wrong(err)


def test_one_bad_row(folder):
    """The good rows go in, the bad one is told and written to --refused, with exit code 1."""
    fresh(folder)
    (folder / "f.csv").write_bytes(body(ROWS[0] + BAD.format("heavy") + ROWS[1]))
    code, out, err, _, _ = run(folder, "vehicle", "import", "f.csv", "--map", "ademe", "--refused", "refused.csv")
    if code != 1 or told(3, 2, 0, 1) not in out or "f.csv:3:" not in err:
        raise Wrong(f"{code} {out}{err}")
    written = (folder / "refused.csv").read_text(encoding="utf-8-sig")
    if not written.startswith("row,reason\n3,") or "heavy" not in written:
        raise Wrong(written)
    if count(folder, "vehicle") != 2 or count(folder, "vehicle_refusal") != 1:
        raise Wrong("not two cars and one refusal")
    sound(folder)


def test_encodings(folder):
    """The same cars in GB18030, with a byte-order mark and with CRLF are the same cars."""
    fresh(folder)
    shapes = {"utf8.csv": CARS.encode(), "mark.csv": CARS.encode("utf-8-sig"),
              "crlf.csv": CARS.replace("\n", "\r\n").encode(), "gb.csv": CARS.encode("gb18030"),
              "no-end.csv": CARS.rstrip("\n").encode()}
    for name, data in shapes.items():
        (folder / name).write_bytes(data)
        code, out, err, _, _ = run(folder, "vehicle", "import", name, "--map", "ademe")
        want = told(12, 12, 0, 0) if name == "utf8.csv" else told(12, 0, 12, 0)
        if code != 0 or want not in out or err:
            raise Wrong(f"{name}: {code} {out}{err}")
    if count(folder, "vehicle") != 12:
        raise Wrong(f"{count(folder, 'vehicle')} cars")


def test_second_import(folder):
    """Nothing changes, not even the length of the audit chain; one row more adds one car."""
    fresh(folder)
    args = ("vehicle", "import", str(ADEME), "--map", "ademe")
    run(folder, *args)
    before, length = content(folder), count(folder, "audit")
    code, out, err, _, _ = run(folder, *args)
    if code != 0 or "nothing changed" not in out or err:
        raise Wrong(f"{code} {out}{err}")
    if content(folder) != before or count(folder, "audit") != length:
        raise Wrong("the second import changed the database")
    data = ADEME.read_bytes()
    at = data.index(b"\n") + 1
    end = data.index(b"\n", at) + 1
    (folder / "more.csv").write_bytes(data[:end] + b"NEW" + data[at:end] + data[end:])
    code, out, err, _, _ = run(folder, "vehicle", "import", "more.csv", "--map", "ademe")
    if code != 0 or told(7680, 1, 7679, 0) not in out:
        raise Wrong(f"{code} {out}{err}")
    sound(folder)


def test_full_disk(folder):
    """A file that may not grow: an error, and the database as it was."""
    fresh(folder)
    before = content(folder)

    def small_files():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))

    code, out, err, _, _ = run(folder, "vehicle", "import", str(ADEME), "--map", "ademe", before=small_files)
    if code != 5 or out or len(err.splitlines()) != 1:
        raise Wrong(f"{code} {out}{err}")
    if content(folder) != before:
        raise Wrong("the database changed")
    sound(folder)


def end_at_random(folder, sign, times, seed):
    """Starts imports and ends them at moments between start and well after the end."""
    moments = random.Random(seed)
    fresh(folder)
    _, _, _, whole, _ = run(folder, "vehicle", "import", str(ADEME), "--map", "ademe")
    all_or_nothing = {0: 0, 7679: 0}
    for i in range(times):
        fresh(folder)
        entries = count(folder, "audit")
        process = subprocess.Popen([PROGRAM, "--db", "t.db", "vehicle", "import", str(ADEME), "--map", "ademe"],
                                   cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENV)
        delay = moments.uniform(0, 1.1 * whole)
        time.sleep(delay)
        process.send_signal(sign)
        process.wait()
        cars = count(folder, "vehicle")
        if cars not in all_or_nothing:
            raise Wrong(f"seed {seed}, number {i}, after {delay:.4f} s: {cars} cars")
        if count(folder, "vehicle_import") != (cars > 0) or count(folder, "audit") != entries + (cars > 0):
            raise Wrong(f"seed {seed}, number {i}: cars, import and audit entry do not go together")
        all_or_nothing[cars] += 1
        sound(folder)
        code, out, err, _, _ = run(folder, "vehicle", "import", str(ADEME), "--map", "ademe")
        if code != 0 or count(folder, "vehicle") != 7679:
            raise Wrong(f"seed {seed}, number {i}: not completed afterwards: {code} {out}{err}")
    print(f"# seed {seed}: {times} ended within {1.1 * whole:.3f} s, {all_or_nothing[0]} before the cars were in, "
          f"{all_or_nothing[7679]} after", flush=True)


def test_killed(folder):
    end_at_random(folder, signal.SIGKILL, 24, SEED)


def test_interrupted(folder):
    end_at_random(folder, signal.SIGINT, 10, SEED + 1)


def test_deterministic(folder):
    """The same bytes again, in any locale, with any number of threads, and from another database."""
    seen = {}
    for database in range(2):
        fresh(folder)
        run(folder, "vehicle", "import", str(ADEME), "--map", "ademe")
        for locale in ("C", "de_DE.UTF-8", "zh_CN.UTF-8", "tr_TR.UTF-8"):
            for threads in ("1", "2"):
                code, out, err, _, _ = run(folder, "--threads", threads, "--json", "vehicle", "footprint", "--all",
                                           env={"LC_ALL": locale})
                if code != 1 or err or len(out) < 1_000_000:
                    raise Wrong(f"{code} {len(out)} bytes {err}")
                seen.setdefault(hashlib.sha256(out.encode()).hexdigest(), (database, locale, threads))
    if len(seen) != 1:
        raise Wrong(f"different bytes: {seen}")


def main():
    tests = [(name[5:].replace("_", " "), f) for name, f in globals().items() if name.startswith("test_")]
    print(f"1..{len(tests)}", flush=True)
    failed = 0
    for number, (name, test) in enumerate(tests, 1):
        with tempfile.TemporaryDirectory() as folder:
            try:
                test(pathlib.Path(folder))
                print(f"ok {number} - {name}", flush=True)
            except (Wrong, OSError, ValueError, sqlite3.Error) as problem:
                failed += 1
                print(f"not ok {number} - {name}", flush=True)
                print("\n".join("# " + line for line in str(problem).splitlines()), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
