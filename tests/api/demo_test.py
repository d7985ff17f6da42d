#!/usr/bin/env python3
"""The demo as a stranger finds it: the address it says is served, each person it names can sign in. TAP.

usage: demo_test.py PROGRAM"""
import json
import os
import re
import sys
import tempfile

from demo import Demo, ask

CASES = []


def case(function):
    CASES.append(function)
    return function


@case
def the_page_and_the_cars_are_served(demo, text):
    status, page = ask(demo.base + "/en/")
    assert status == 200 and "<script" in page, page[:200]
    status, found = ask(demo.base + "/api/v1/statistics/cars")
    assert status == 200 and "7594" in found, found


@case
def each_person_named_can_sign_in(demo, text):
    password = re.search(r"([0-9a-f]{4}(?:-[0-9a-f]{4}){3})", text)[1]
    people = re.findall(r"^  (\S+@demo\.example)", text, re.M)
    assert len(people) == 7, text
    for email in people:
        status, session = ask(demo.base + "/api/v1/session", {"email": email, "password": password})
        assert status == 200 and json.loads(session)["email"] == email, session
        assert "public-read" in json.loads(session)["rights"], session


@case
def nobody_signs_in_with_another_password(demo, text):
    status, said = ask(demo.base + "/api/v1/session", {"email": "bank@demo.example", "password": "0000-0000-0000-0000"})
    assert status in (401, 403), said


def main():
    program = os.path.abspath(sys.argv[1])
    failed = 0
    print(f"1..{len(CASES) + 1}")
    with tempfile.TemporaryDirectory(prefix="tanlian-demo-test-") as folder:
        demo = Demo(program, folder)
        text = demo.text()
        try:
            for i, function in enumerate(CASES, 1):
                name = function.__name__.replace("_", " ")
                try:
                    function(demo, text)
                    print(f"ok {i} - {name}", flush=True)
                except Exception as why:  # a case must not end the others
                    failed += 1
                    print(f"not ok {i} - {name}\n# {why!r}", flush=True)
        finally:
            code = demo.stop()
        left = os.listdir(folder)
    good = code == 0 and left == []
    print(f"{'ok' if good else 'not ok'} {len(CASES) + 1} - it ends at a signal and leaves nothing behind ({code}, {left})")
    return 1 if failed or not good else 0


sys.exit(main())
