#!/usr/bin/env python3
"""A file of leaked passwords over HTTP: which stop the start, and where new passwords are held against it.

usage: tests/api/leaked_test.py PROGRAM    (TAP)
"""
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import time

from people import PASSWORD, Person, accept, token_of
from service import Cases, Service

case = Cases()
LEAKED = ["four lonely herons", "plinth otter gravel", "gravel otter plinth"]
OTHERS = ["two quiet storks!", "a heron, a stork..", "nobody knows this"]
# what stands in the file (None: there is none), and what is said of it
WRONG = [
    (None, "leaked: No such file or directory"),
    ("", "leaked: no file or empty"),
    ("F" * 40 + "\n" + "0" * 40 + "\n", "leaked: byte 41: a hash that does not ascend"),
    ("0" * 32 + ":12\n", "leaked: byte 0: a line of 35 bytes, expected 40 hexadecimal digits"),
    ("0" * 40 + "\nsesame open\n", "leaked: byte 41: a line of 11 bytes"),
]


def put(s, text):
    """Puts a file in the place of another at one blow, as an operator does."""
    folder = pathlib.Path(s.folder.name)
    (folder / "fresh").write_text(text)
    os.replace(folder / "fresh", folder / "leaked")


def hashes(words):
    return "".join(sorted(hashlib.sha1(word.encode()).hexdigest().upper() + f":{len(word)}\r\n" for word in words))


def serve(s, *options):
    s.stop()
    s.options = options
    s.start()


@case
def wrong_files(s):
    """a file that is none or not in order stops the start, and is not shown"""
    (pathlib.Path(s.folder.name) / "serve.yaml").write_text("leaked_passwords: leaked\n")
    for text, want in WRONG:
        if text is not None:
            put(s, text)
        for options in (["--leaked-passwords", "leaked"], ["--config", "serve.yaml"]):
            done = subprocess.run([s.program, "--db", s.database, "serve", "--listen", "127.0.0.1:0", *options], env=s.env,
                                  capture_output=True, text=True, cwd=s.folder.name, timeout=30)
            assert done.returncode != 0 and want in done.stderr and "sesame" not in done.stderr, (text, want, done.stderr)


@case
def invited(s):
    """an invitation is not taken with a leaked password, and is then still open; Chinese is told in Chinese"""
    put(s, hashes(LEAKED + OTHERS))
    serve(s, "--config", "serve.yaml")
    link = s.run("--json", "user", "first", "anna@example.org", "--name", "Anna", "--tenant", "house", "--name-en", "House")
    for word in LEAKED:
        answer = s.ask("POST", "/api/v1/invitation/acceptance", {"token": token_of(link), "password": word})
        assert answer.status == 422 and "known from a leak" in json.loads(answer.body)["detail"], answer.body
    answer = s.ask("POST", "/api/v1/invitation/acceptance?lang=zh", {"token": token_of(link), "password": LEAKED[0]})
    assert "泄露" in json.loads(answer.body)["detail"], answer.body
    s.anna = accept(s, link)


@case
def changed(s):
    """nor is a password changed to one"""
    for word, status in ((LEAKED[1], 422), ("another horse battery", 204)):
        answer = s.anna.ask("POST", "/api/v1/session/password", {"old": PASSWORD, "new": word})
        assert answer.status == status, (word, answer.body)
    s.anna = Person(s, s.ask("POST", "/api/v1/session", {"email": "anna@example.org", "password": "another horse battery"}))


@case
def reset(s):
    """nor by a link for who forgot theirs"""
    link = s.run("--json", "user", "reset", "anna@example.org")
    for word, status in ((LEAKED[2], 422), (PASSWORD, 204)):
        answer = s.ask("POST", "/api/v1/reset/acceptance", {"token": token_of(link), "password": word})
        assert answer.status == status, (word, answer.body)
    s.anna = Person(s, s.ask("POST", "/api/v1/session", {"email": "anna@example.org", "password": PASSWORD}))


@case
def file_is_gone(s):
    """without the file, or with a damaged one, none is taken, people still log in, and the log says why"""
    path = pathlib.Path(s.folder.name) / "leaked"
    sound = path.read_text()
    for text in (None, "", "nothing\n" * 20, sound[: len(sound) // 2] * 2):
        if text is None:
            path.unlink()
        else:
            put(s, text)
        answer = s.anna.ask("POST", "/api/v1/session/password", {"old": PASSWORD, "new": "another horse battery"})
        told = json.loads(answer.body)
        assert answer.status == 503 and told["type"] == "/problems/unavailable" and "leaked" not in str(told), (text, answer.body)
        until = time.time() + 10
        while not any(told["instance"] in line and "leaked passwords cannot be looked up" in line for line in s.log):
            assert time.time() < until, s.log
            time.sleep(0.05)
        assert s.ask("POST", "/api/v1/session", {"email": "anna@example.org", "password": PASSWORD}).status == 200


@case
def file_is_renewed(s):
    """a newer file counts from the next password on, without a start"""
    put(s, hashes(["another horse battery"]))
    change = {"old": PASSWORD, "new": "another horse battery"}
    assert s.anna.ask("POST", "/api/v1/session/password", change).status == 422
    put(s, hashes(LEAKED))
    assert s.anna.ask("POST", "/api/v1/session/password", change).status == 204


@case
def nothing_in_the_log(s):
    """neither passwords nor their hashes stand in the log"""
    for word in (PASSWORD, "another horse battery", *LEAKED):
        told = hashlib.sha1(word.encode()).hexdigest()
        assert not any(word in line or told in line.lower() for line in s.log), word


with Service(sys.argv[1]) as service:
    sys.exit(case.run(service))
