#!/usr/bin/env python3
"""Drives the program as a user does and compares what it prints with what is written down.

usage: tests/run.py [--update] [--postgres] PROGRAM [NAME...]
  --update    writes the golden files anew (look at the difference before you commit it)
  --postgres  only the cases with --db FILE, and a database of the server TANLIAN_TEST_DB stands for each file
              (tools/with-postgres tests/run.py --postgres PROGRAM)
  NAME      only cases whose name contains one of these

Each folder tests/<area>/ has cases.toml, a list of [[case]] tables:
  name         what is tested, unique in the area
  args         command line without the program; runs in an empty folder of its own
  base         folders or files of the area that are copied there first
  before       command lines run in that folder first; exit code 0 or 1
  write        file = text
  append       file = text
  repeat       file = [text, times], appended
  cut, sparse  file = bytes it is cut or stretched to
  before       command lines run first in the folder, which must succeed: "init"
  code         exit code (0)
  stdout       exact text; or stdout_file, a golden file of the area
  stdout_has   texts that must occur; stderr_has likewise
  json         path = value in the JSON on stdout, numbers within 1e-9; "a.b[0].c"; "a.length"
  near         path = [value, tolerance] in that JSON
  same_as      args of a second run that must print the same bytes
  file         golden file = file the program wrote
  in_doc       a document that must show the command and its output
  sqlite       true where the case is about a database file: left out under --postgres
  max_seconds, max_mb   limits on time and resident memory (not checked under a sanitizer)
{root} in a command line is the root of the project; words such as TANLIAN_ACTOR=anna before it are its environment. A successful run must leave stderr empty; a failed one must say
one line there, or as many as stderr_has has texts (with exit code 1, some rows refused, any number). Output is TAP.
"""
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib

TESTS = pathlib.Path(__file__).resolve().parent
ROOT = TESTS.parent
KEYS = {"name", "args", "base", "before", "write", "append", "repeat", "cut", "sparse", "code", "stdout", "stdout_file",
        "stdout_has", "stderr_has", "json", "near", "same_as", "file", "in_doc", "max_seconds", "max_mb", "sqlite"}


class Wrong(Exception):
    """A case that did not go as written."""


class Databases:
    """Databases of a PostgreSQL server in the place of the files of a case. What the program prints of their
    addresses reads as the name of the file again."""

    whole = None  # a database after "init", to be copied: the same for all cases
    made = 0

    def __init__(self, server):
        self.server, self.names = server, {}

    def sql(self, text):
        subprocess.run(["psql", "-qX", "-v", "ON_ERROR_STOP=1", "-c", text, self.server], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def address(self, name):
        head, _, settings = self.server.partition("?")
        return f"{head.rpartition('/')[0]}/{name}?{settings}"

    def create(self, copied=None):
        Databases.made += 1
        name = f"run_{Databases.made}"
        self.sql(f"CREATE DATABASE {name}" + (f" TEMPLATE {copied}" if copied else ""))
        return name

    def of(self, file, folder):
        """The address that stands for a file; a file that is there already is meant itself."""
        if (folder / file).exists() or file.startswith(("sqlite:", "postgres")):
            return file
        if file not in self.names:
            self.names[file] = self.create()
        return self.address(self.names[file])

    def begin(self, case):
        """True where the database after the case's first command, an init, is there by copying."""
        first = case.get("before", [""])[0].split()
        if len(first) != 3 or first[0] != "--db" or first[2] != "init" or "/" in first[1]:
            return False
        if Databases.whole:
            self.names[first[1]] = self.create(Databases.whole)
        return bool(Databases.whole)

    def keep(self, case):
        """Keeps a copy of the database that the first command has just made."""
        if Databases.whole is None and case["before"][0].endswith(" init"):
            Databases.whole = self.create(self.names[case["before"][0].split()[1]])

    def words(self, args, folder):
        return [self.of(w, folder) if before == "--db" else w for before, w in zip(["", *args], args)]

    def read(self, text):
        for file, name in self.names.items():
            text = text.replace(f"{self.server.partition('?')[0].rpartition('/')[0]}/{name}", file)
        return text

    def drop(self):
        for name in self.names.values():
            self.sql(f"DROP DATABASE {name} WITH (FORCE)")


class Run:
    """One run of the program: what it printed, how it ended, what it took."""

    databases = None  # of this case, where PostgreSQL is asked for

    def __init__(self, program, args, folder):
        env = {k: v for k, v in os.environ.items() if not k.startswith("TANLIAN_")}
        env["LC_ALL"] = "C.UTF-8"
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            started = time.monotonic()
            words = shlex.split(args.replace("{root}", str(ROOT)))
            while re.match(r"TANLIAN_[A-Z]+=", words[0]):
                name, value = words.pop(0).split("=", 1)
                env[name] = value
            if Run.databases:
                words = Run.databases.words(words, pathlib.Path(folder))
            process = subprocess.Popen([program, *words], cwd=folder, env=env, stdin=subprocess.DEVNULL,
                                       stdout=out, stderr=err)
            _, status, usage = os.wait4(process.pid, 0)
            self.seconds = time.monotonic() - started
            process.returncode = self.code = os.waitstatus_to_exitcode(status)
            self.mb = usage.ru_maxrss / 1024
            out.seek(0)
            err.seek(0)
            self.stdout, self.stderr = out.read().decode(), err.read().decode()
            if Run.databases:
                self.stdout, self.stderr = map(Run.databases.read, (self.stdout, self.stderr))


def prepare(case, area, folder):
    for name in case.get("base", []):
        source = area / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    for name, text in case.get("write", {}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    for name, text in case.get("append", {}).items():
        with open(folder / name, "ab") as f:
            f.write(text.encode())
    for name, (text, times) in case.get("repeat", {}).items():
        with open(folder / name, "ab") as f:
            f.write(text.encode() * times)
    for key in ("cut", "sparse"):
        for name, size in case.get(key, {}).items():
            os.truncate(folder / name, size)


def expect(what, got, want):
    if got != want:
        raise Wrong(f"{what}\n--- got\n{got}\n--- want\n{want}")


def golden(path, text, update):
    if update:
        path.write_text(text, encoding="utf-8")
    if not path.exists():
        raise Wrong(f"no golden file {path.name}; --update writes it. The output is\n{text}")
    expect(path.name, text, path.read_text(encoding="utf-8"))


def look_up(value, path):
    for name, index in re.findall(r"([^.\[\]]+)|\[(\d+)\]", path):
        if name == "length":
            value = len(value)
        else:
            value = value[int(index)] if index else value[name]
    return value


def check_json(text, wanted, near):
    document = json.loads(text)
    for path, want in [*wanted.items(), *near.items()]:
        try:
            got = look_up(document, path)
        except (KeyError, IndexError, TypeError) as missing:
            raise Wrong(f"JSON has no {path}: {text}") from missing
        if path in near:
            good = abs(got - want[0]) <= want[1]
        elif isinstance(want, float) and isinstance(got, (int, float)) and not isinstance(got, bool):
            good = abs(got - want) <= 1e-9 * max(1.0, abs(want))
        else:
            good = got == want
        if not good:
            raise Wrong(f"JSON {path}: got {got!r}, want {want!r}")


def check_doc(path, args, text):
    shown = (ROOT / path).read_text(encoding="utf-8")
    block = f"$ tanlian {args}\n{text}"
    if block not in shown:
        raise Wrong(f"{path} does not show\n{block}")


def check_limits(case, run):
    if "ASAN_OPTIONS" in os.environ:
        return
    if run.seconds > case.get("max_seconds", 60):
        raise Wrong(f"took {run.seconds:.1f} s")
    if run.mb > case.get("max_mb", 1e9):
        raise Wrong(f"took {run.mb:.0f} MB")


def check(case, area, program, folder, update):
    unknown = set(case) - KEYS
    if unknown:
        raise Wrong(f"unknown keys {sorted(unknown)}")
    prepare(case, area, folder)
    copied = Run.databases is not None and Run.databases.begin(case)
    for number, args in enumerate(case.get("before", [])):
        if copied and number == 0:
            continue
        first = Run(program, args, folder)
        if first.code not in (0, 1): # 1: some rows refused, the rest done
            raise Wrong(f"before, {args}: exit code {first.code}\n{first.stderr}{first.stdout}")
        if Run.databases and number == 0 and len(args.split()) == 3:
            Run.databases.keep(case)
    run, code = Run(program, case["args"], folder), case.get("code", 0)
    lines = max(1, len(case.get("stderr_has", [])))
    if run.code != code:
        raise Wrong(f"exit code {run.code}, want {code}\n{run.stderr}{run.stdout}")
    if code == 0 and "stderr_has" not in case:
        expect("stderr", run.stderr, "")
    elif code > 1 and not case["args"].endswith("--help") and not 1 <= run.stderr.count("\n") <= lines:
        if "usage" not in run.stderr and "用法" not in run.stderr:
            raise Wrong(f"expected one line on stderr, got\n{run.stderr}")
    if "stdout" in case:
        expect("stdout", run.stdout, case["stdout"])
    if "stdout_file" in case:
        golden(area / case["stdout_file"], run.stdout, update)
    for stream, text in (("stdout", run.stdout), ("stderr", run.stderr)):
        for part in case.get(f"{stream}_has", []):
            if part not in text:
                raise Wrong(f"{stream} lacks {part!r}:\n{text}")
    if "json" in case or "near" in case:
        check_json(run.stdout, case.get("json", {}), case.get("near", {}))
    if "same_as" in case:
        expect(f"the same as {case['same_as']}", Run(program, case["same_as"], folder).stdout, run.stdout)
    for name, written in case.get("file", {}).items():
        golden(area / name, (folder / written).read_text(encoding="utf-8"), update)
    if "in_doc" in case:
        check_doc(case["in_doc"], case["args"], run.stdout)
    check_limits(case, run)


def main():
    arguments = [a for a in sys.argv[1:] if a not in ("--update", "--postgres")]
    postgres = "--postgres" in sys.argv
    if not arguments:
        sys.exit(__doc__)
    program, names = str(pathlib.Path(arguments[0]).resolve()), arguments[1:]
    cases = []
    for table in sorted(TESTS.glob("*/cases.toml")):
        for case in tomllib.loads(table.read_text(encoding="utf-8"))["case"]:
            label = f"{table.parent.name}: {case['name']}"
            if postgres and ("--db " not in case["args"] or case.get("sqlite")):
                continue
            if not names or any(n in label for n in names):
                cases.append((label, case, table.parent))
    print(f"1..{len(cases)}", flush=True)
    failed = 0
    for number, (label, case, area) in enumerate(cases, 1):
        with tempfile.TemporaryDirectory() as folder:
            try:
                Run.databases = Databases(os.environ["TANLIAN_TEST_DB"]) if postgres else None
                check(case, area, program, pathlib.Path(folder), "--update" in sys.argv)
                print(f"ok {number} - {label}", flush=True)
            except (Wrong, OSError, UnicodeDecodeError, json.JSONDecodeError) as problem:
                failed += 1
                print(f"not ok {number} - {label}", flush=True)
                print("\n".join("# " + line for line in str(problem).splitlines()), flush=True)
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
