#!/usr/bin/env python3
"""Tests of the tools themselves: a check that cannot fail checks nothing. Writes TAP."""
import contextlib
import importlib.machinery
import importlib.util
import io
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parents[2]
loader = importlib.machinery.SourceFileLoader("run_tests", str(ROOT / "tools/run-tests"))
run_tests = importlib.util.module_from_spec(importlib.util.spec_from_loader("run_tests", loader))
loader.exec_module(run_tests)

# label, exit code, output -> passed, failed
COUNTS = [
    ("all passed", 0, "1..2\nok 1 - a\nok 2 - b\n", 2, 0),
    ("one failed", 1, "1..2\nok 1 - a\nnot ok 2 - b\n", 1, 1),
    ("two groups in one program", 0, "1..1\nok 1 - a\n1..2\nok 1 - b\nok 2 - c\n", 3, 0),
    ("crash before the first case", -11, "", 0, 1),
    ("crash after one of three", -11, "1..3\nok 1 - a\n", 1, 2),
    ("early exit that looks clean", 0, "1..3\nok 1 - a\n", 1, 2),
    ("leak found after the last case", 1, "1..1\nok 1 - a\nLeakSanitizer\n", 1, 1),
    ("skipped is not passed", 0, "1..2\nok 1 - a\nok 2 # SKIP\n", 1, 1),
    ("timed out", None, "1..1\nok 1 - a\n", 1, 1),
    ("no cases, good", 0, "fine\n", 1, 0),
    ("no cases, bad", 3, "broken\n", 0, 1),
]


def count_cases():
    for label, code, output, passed, failed in COUNTS:
        got = run_tests.count(label, code, output)
        yield f"count: {label}", (got.passed, got.failed) == (passed, failed), f"{got.passed}, {got.failed}"


def reminder_cases():
    """The end of a long run names each case that failed, and says nothing of those that passed."""
    good = run_tests.count("fine", 0, "1..1\nok 1 - a\n")
    bad = run_tests.count("page", 1, "1..2\nnot ok 1 - b\n# got 1\n# want 2\nok 2 - c\n")
    crash = run_tests.count("core", -11, "")
    for label, results, words in [
            ("all passed", [good], []),
            ("one case", [good, bad], ["FAILED page: 1 of 2", "    | not ok 1 - b", "    | # got 1", "    | # want 2"]),
            ("a crash", [crash], ["FAILED core: 1 of 1", "    | ", "    | ended by signal 11"])]:
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            run_tests.remind(results)
        yield f"reminder: {label}", said.getvalue().splitlines() == words, said.getvalue()


def broken_tree(change):
    """Runs the checks on a small tree with one fault in it; true if `change` made the check fail."""
    with tempfile.TemporaryDirectory() as folder:
        top = pathlib.Path(folder)
        for sub in ("tools", ".ci", "src/base", "src/store"):
            (top / sub).mkdir(parents=True)
        for tool in ("check-layers", "check-layout", "check-house", "check-headers"):
            shutil.copy(ROOT / "tools" / tool, top / "tools" / tool)
        shutil.copy(ROOT / "src/LAYERS", top / "src/LAYERS")
        shutil.copy(ROOT / ".clang-format", top / ".clang-format")
        (top / "src/base/README.md").write_text("# base\n\nWhat it is for.\n")
        (top / "src/base/meson.build").write_text("")
        (top / "src/base/a.h").write_text("/* a.h */\n#include <stddef.h>\nsize_t tl_a(void);\n")
        (top / "src/store/b.h").write_text('/* b.h */\n#include "base/a.h"\n')
        tool = change(top)
        done = subprocess.run([str(top / "tools" / tool)], check=False, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True)
        return done.returncode, done.stdout


def write(tool, path, text):
    def change(top):
        if path:
            (top / path).write_text(text)
        return tool
    return change


FAULTS = [
    ("layers: sound tree", 0, write("check-layers", None, "")),
    ("layers: include that climbs", 1, write("check-layers", "src/base/c.h", '#include "store/b.h"\n')),
    ("layers: stray library", 1, write("check-layers", "src/base/c.h", "#include <sqlite3.h>\n")),
    ("layers: short path", 1, write("check-layers", "src/base/c.h", '#include "a.h"\n')),
    ("house: sound tree", 0, write("check-house", None, "")),
    ("house: empty README", 1, write("check-house", "src/base/README.md", "")),
    ("house: file too long", 1, write("check-house", "src/base/c.c", "/* c */\n" + "int x;\n" * 600)),
    ("house: no opening comment", 1, write("check-house", "src/base/c.c", "int x;\n")),
    ("house: script that does not parse", 1, write("check-house", "tools/x", "#!/bin/sh\nif true; then\n")),
    ("layout: sound tree", 0, write("check-layout", None, "")),
    ("layout: tab", 1, write("check-layout", "src/base/c.c", "/* c */\n\tint x;\n")),
    ("headers: sound tree", 0, write("check-headers", None, "")),
    ("headers: lacks an include", 1, write("check-headers", "src/base/c.h", "/* c */\nuint8_t tl_c(void);\n")),
]


def tree_cases():
    for label, want, change in FAULTS:
        code, output = broken_tree(change)
        yield label, code == want, output


def deps_cases():
    done = subprocess.run([str(ROOT / "tools/install-deps")], check=False, stderr=subprocess.PIPE)
    yield "deps: no group is a usage error", done.returncode == 2, str(done.returncode)
    rows = [line.split(None, 2) for line in (ROOT / "tools/packages.txt").read_text().splitlines()
            if line.strip() and not line.startswith("#")]
    whole = all(len(row) == 3 and row[1] in ("build", "test", "lint", "fuzz", "extra") for row in rows)
    yield "deps: every package has a group and a reason", bool(rows) and whole, str(rows)


# label, exit code, file of the PostgreSQL migrations, what stands there, what is put in its place
TWINS = [
    ("twins: as they are", 0, "0001_audit.sql", "", ""),
    ("twins: a CHECK less", 1, "0001_audit.sql", " CHECK (seq > 0)", ""),
    ("twins: other words", 1, "0001_audit.sql", "never deleted", "kept"),
    ("twins: a column less", 1, "0007_registry.sql", "    disclosure_id TEXT COLLATE \"C\" NOT NULL,\n", ""),
    ("twins: a trigger less", 1, "0009_loan.sql", "CREATE TRIGGER facility_keeps_id", "CREATE TRIGGER other"),
    ("twins: no twin", 1, "0002_dataset.sql", None, None),
]


def twin_cases():
    for label, want, name, old, new in TWINS:
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(ROOT / "sql", pathlib.Path(folder, "sql"))
            path = pathlib.Path(folder, "sql/migrations/postgres", name)
            if old is None:
                path.unlink()
            else:
                path.write_text(path.read_text().replace(old, new, 1) if old else path.read_text())
            done = subprocess.run([str(ROOT / "tools/check-twins"), f"{folder}/sql"], check=False,
                                  stdout=subprocess.PIPE, text=True)
            yield label, done.returncode == want, done.stdout


# label, exit code, file, what stands there, what is put in its place
AUDIT_WORDS = [
    ("audit words: as they are", 0, "account/user.c", "", ""),
    ("audit words: an action without one", 1, "account/user.c", "\"user.add\"", "\"user.grow\""),
    ("audit words: a word less", 1, "report/audit_words.c", "{ \"user.add\",", "{ \"user.also\","),
    ("audit words: not sorted", 1, "report/audit_words.c", "{ \"award.keep\",", "{ \"zebra.keep\","),
]


def audit_word_cases():
    for label, want, name, old, new in AUDIT_WORDS:
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(ROOT / "src", pathlib.Path(folder, "src"))
            path = pathlib.Path(folder, "src", name)
            assert old in path.read_text(), f"{label}: {old} is not there"
            path.write_text(path.read_text().replace(old, new, 1) if old else path.read_text())
            done = subprocess.run([str(ROOT / "tools/check-audit-words"), f"{folder}/src"], check=False,
                                  stdout=subprocess.PIPE, text=True)
            yield label, done.returncode == want, done.stdout


# label, exit code, file, what stands there, what is put in its place
BILLS = [
    ("bill: as it is", 0, "NOTICE", "", ""),
    ("bill: a library without a licence", 1, "NOTICE", "  Jansson  ", "  Jonson   "),
    ("bill: a package nobody has thought of", 1, "tools/packages.txt", "libsodium-dev ", "libfresh-dev  "),
    ("bill: no page", 1, "web/package-lock.json", '"packages"', '"other"'),
]


def make_bill(*change):
    """Runs tools/sbom on a copy of what it reads, changed; its exit code and what it says."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("tools/sbom", "tools/packages.txt", "NOTICE", "web/package-lock.json"):
            pathlib.Path(folder, name).parent.mkdir(exist_ok=True)
            shutil.copy(ROOT / name, pathlib.Path(folder, name))
        for name, old, new in [change] if change else []:
            path = pathlib.Path(folder, name)
            path.write_text(path.read_text().replace(old, new, 1) if old else path.read_text())
        done = subprocess.run([f"{folder}/tools/sbom", "1.2.3"], check=False, cwd=folder, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True)
        return done.returncode, done.stdout


def bill_cases():
    for label, want, name, old, new in BILLS:
        code, said = make_bill(name, old, new)
        yield label, code == want, said[-500:]
    told = make_bill()[1]
    yield "bill: the same bytes twice", told == make_bill()[1], ""
    bill = json.loads(told)
    own = bill["metadata"]["component"]
    yield "bill: format, version, number (CycloneDX 1.5)", (
        (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.5", 1)
        and re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", bill["serialNumber"])
        and (own["type"], own["name"], own["version"]) == ("application", "tanlian", "1.2.3")), told[:500]
    parts = bill["components"]
    whole = [c for c in parts if c.get("type") in ("library", "data") and c.get("name") and c.get("purl") == c.get("bom-ref")
             and c.get("licenses") and all(set(x) in ({"license"}, {"expression"}) for x in c["licenses"])
             and all(x["license"].get("id") or x["license"].get("name") for x in c["licenses"] if "license" in x)]
    yield "bill: every part has type, name, address and licence", whole == parts, str([c for c in parts if c not in whole])
    refs = [c["bom-ref"] for c in parts]
    yield "bill: refs are unique, and all are depended on", (
        len(set(refs)) == len(refs) and bill["dependencies"] == [{"ref": own["bom-ref"], "dependsOn": refs}]), str(refs)
    lock = json.loads((ROOT / "web/package-lock.json").read_text())["packages"]
    page = {f"{name[13:]}@{held['version']}" for name, held in lock.items() if name and not held.get("dev")}
    names = {f"{c['name']}@{c['version']}" for c in parts if c["purl"].startswith("pkg:npm/")}
    yield "bill: what ends in the page, with its version", page and page <= names and any(n.startswith("svelte@") for n in names), \
        str(page ^ names)
    for name in ("libmicrohttpd-dev", "libsqlite3-dev", "libssl-dev", "libpq-dev"):
        yield f"bill: has {name}", name in {c["name"] for c in parts}, str(refs)


SOURCE = """/* a.c */
#define KIND "car"
/* tl_fail(err, TL_EINPUT, "in a comment"); */
tl_status f(const char *s)
{
    const char *word = s ? "too long" : "too short";
    tl_fail(err, TL_EINPUT,
            "no " KIND " '%s': "
            "%" PRId64 " bytes, 100%% \\"sure\\"", s, n);
    tl_fail(err, TL_EIO, "%s: %s", s, word);
    return tl_context(err, st, s ? "row %zu" : "column %zu", n);
}
"""
SOUND = "\n".join([
    "en,zh",
    "column {1},第 {1} 列",
    '"no car \'{1}\': {2} bytes, 100% ""sure""",没有车型“{1}”：{2} 字节，100% 确定',
    "row {1},第 {1} 行",
    "too long,过长",
    ""])
# label, exit code, what stands in the catalogue, what is put in its place
MESSAGES = [
    ("as they are", 0, "", ""),
    ("no row", 1, "row {1},第 {1} 行\n", ""),
    ("no message", 1, "too long,过长\n", "too long,过长\ntoo wide,过宽\n"),
    ("a message with a word in its last place", 0, "row {1},第 {1} 行\n", "row too long,行过长\nrow {1},第 {1} 行\n"),
    ("a place less", 1, "第 {1} 行", "行"),
    ("a place twice", 1, "第 {1} 行", "第 {1} 行 {1}"),
    ("another place", 1, "第 {1} 行", "第 {2} 行"),
    ("not sorted", 1, "row {1},第 {1} 行\ntoo long,过长\n", "too long,过长\nrow {1},第 {1} 行\n"),
    ("twice", 1, "row {1},第 {1} 行\n", "row {1},第 {1} 行\nrow {1},第 {1} 行\n"),
    ("no Chinese", 1, "过长", "too long"),
    ("a full stop too much", 1, "过长", "过长。"),
    ("empty", 1, "过长", ""),
]


def message_cases():
    for label, want, old, new in MESSAGES:
        with tempfile.TemporaryDirectory() as folder:
            top = pathlib.Path(folder)
            for sub in ("tools", "src/base", "src/format/messages"):
                (top / sub).mkdir(parents=True)
            shutil.copy(ROOT / "tools/check-messages", top / "tools/check-messages")
            (top / "src/base/a.c").write_text(SOURCE, encoding="utf-8")
            (top / "src/format/messages/base.csv").write_text(SOUND.replace(old, new, 1) if old else SOUND,
                                                              encoding="utf-8")
            done = subprocess.run([str(top / "tools/check-messages")], check=False, text=True,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            yield f"messages: {label}", done.returncode == want, done.stdout


cases = [*count_cases(), *reminder_cases(), *tree_cases(), *deps_cases(), *twin_cases(), *audit_word_cases(), *bill_cases(), *message_cases()]
print(f"1..{len(cases)}")
for number, (name, good, detail) in enumerate(cases, 1):
    print(f"{'ok' if good else 'not ok'} {number} - {name}")
    if not good:
        print("\n".join("# " + line for line in detail.splitlines()))
sys.exit(0 if all(good for _, good, _ in cases) else 1)
