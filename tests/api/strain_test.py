#!/usr/bin/env python3
"""Slow clients beside a fast one, and a long writer: neither holds up those who read.

usage: tests/api/strain_test.py PROGRAM    (TAP)
"""
import json
import os
import re
import socket
import sys
import threading
import time

from people import accept, wait_for
from service import Cases, Service

case = Cases()
API = "/api/v1"
HEADS, BODIES, READERS = 70, 70, 60
HEADER_S = 20  # after so long the service gives up on a head


class Slow:
    """Clients that stay connected while a thread drips a byte of each now and then."""

    def __init__(self, s):
        self.s, self.heads, self.bodies, self.readers, self.over = s, [], [], [], threading.Event()
        for _ in range(BODIES):
            head = (f"POST /api/v1/companies/import HTTP/1.1\r\nHost: 127.0.0.1:{s.port}\r\nCookie: {s.anna.cookie}\r\n"
                    f"X-CSRF-Token: {s.anna.csrf}\r\nContent-Type: text/csv\r\nContent-Length: 100000\r\n\r\nid,")
            self.bodies.append(self.open(head.encode()))
        for _ in range(READERS):
            self.readers.append(self.open(b"GET /api/v1/companies HTTP/1.1\r\nHost: x\r\n\r\n", small=True))
        for one in self.readers:  # their lists are worked out: only the sending is slow
            assert one.recv(1) == b"H"
        for _ in range(HEADS):  # last, since they have least time
            self.heads.append(self.open(b"GET /api/v1/companies HTTP/1.1\r\nHost: x\r\nX-Slow: "))
        self.thread = threading.Thread(target=self.drip, daemon=True)
        self.thread.start()

    def open(self, first, small=False):
        one = socket.socket()
        if small:  # else the system would take the whole answer off the service's hands
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        one.settimeout(30)
        one.connect(("127.0.0.1", self.s.port))
        one.sendall(first)
        return one

    def drip(self):
        while not self.over.wait(0.5):
            for one in self.heads + self.bodies:
                try:
                    one.send(b"a")
                except OSError:
                    pass  # given up by the service
            for one in self.readers:
                try:
                    one.recv(1)
                except OSError:
                    pass

    @staticmethod
    def held(clients):
        """How many of them the service still keeps."""
        n = 0
        for one in clients:
            one.setblocking(False)
            try:
                n += one.recv(1, socket.MSG_PEEK) != b""
            except BlockingIOError:
                n += 1
            except OSError:
                pass
            one.setblocking(True)
        return n

    def close(self):
        self.over.set()
        self.thread.join()
        for one in self.heads + self.bodies + self.readers:
            one.close()


def times(s, n):
    """Seconds of n reads and a few writes of a client that is not slow."""
    took = []
    for i in range(n):
        started = time.monotonic()
        assert s.get(f"{API}/companies/works-{i}").status == 200
        took.append(time.monotonic() - started)
    started = time.monotonic()
    done = wait_for(s.anna, s.anna.ask("POST", API + "/companies/import", b"id,name_en,source\nw,W,t\n").getheader("Location"))
    assert done["state"] == "done", done
    return sorted(took), time.monotonic() - started


@case
def beside_slow_ones(s):
    """200 slow clients hold their connections; a fast one is answered as before, reads and a write"""
    alone, _ = times(s, 100)
    slow = Slow(s)
    try:
        beside, write = times(s, 100)
        print(f"# median {alone[50] * 1e3:.1f} ms alone, {beside[50] * 1e3:.1f} ms beside; slowest {alone[-1] * 1e3:.0f} and "
              f"{beside[-1] * 1e3:.0f} ms; a write {write * 1e3:.0f} ms")
        held = [Slow.held(c) for c in (slow.heads, slow.bodies, slow.readers)]
        assert held == [HEADS, BODIES, READERS], f"the slow ones were to be there all the time: {held}"
        assert beside[50] < 10 * alone[50] + 0.05 and beside[-1] < 2 and write < 5, (beside[50], beside[-1], write)
    finally:
        slow.close()


@case
def heads_end(s):
    """a head that does not end is given up, a byte now and then or not; the others stay"""
    slow = Slow(s)
    try:
        end = time.monotonic() + HEADER_S + 20
        while time.monotonic() < end and Slow.held(slow.heads):
            time.sleep(0.5)
        assert Slow.held(slow.heads) == 0, f"{Slow.held(slow.heads)} heads are still kept"
        assert Slow.held(slow.bodies) == BODIES and Slow.held(slow.readers) == READERS
        assert s.get(API + "/health").status == 200
    finally:
        slow.close()


@case
def gone(s):
    """when they have left nothing of them is kept: connections come to an end"""
    def open_now():
        text = s.get("/metrics").body.decode()
        return int(float(next(l for l in text.splitlines() if l.startswith("tanlian_http_connections ")).split()[-1]))
    end = time.monotonic() + 30
    while time.monotonic() < end and open_now() > 3:
        time.sleep(0.2)
    assert open_now() <= 3, open_now()


def looked_for(s):
    """How many public answers were found in the cache, and how many were not."""
    text = s.get("/metrics").body.decode()
    return [int(re.search(rf'tanlian_cache_requests_total\{{result="{x}"\}} (\d+)', text)[1]) for x in ("found", "missed")]


SLOW = API + "/companies?format=xlsx&limit="  # a workbook takes a while


@case
def herd(s):
    """many who ask the same at once are answered by the first that was worked out; each is counted once"""
    many, before, answers = 120, looked_for(s), []
    threads = [threading.Thread(target=lambda: answers.append(s.get(SLOW + "999"))) for _ in range(many)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert {a.status for a in answers} == {200} and len({bytes(a.body) for a in answers}) == 1
    found, missed = (now - then for now, then in zip(looked_for(s), before))
    print(f"# {missed} of {many} were worked out")
    assert found + missed == many, f"{found} found and {missed} not, of {many}"
    assert missed <= 2 * os.cpu_count(), f"{missed} of {many} were worked out, one a thread at most"


@case
def left(s):
    """who has gone while waiting for a thread is not worked for; the log says so, and who stays is answered sooner"""
    many = 200
    started = time.monotonic()
    assert s.get(SLOW + "500").status == 200
    alone = time.monotonic() - started
    gone = []
    for i in range(many):
        one = socket.create_connection(("127.0.0.1", s.port), timeout=30)
        one.sendall(f"GET {SLOW}{600 + i} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        gone.append(one)
    for one in gone:
        one.close()
    started = time.monotonic()
    assert s.get(SLOW + "998").status == 200
    waited = time.monotonic() - started
    def said(status):
        lines = [json.loads(line) for line in s.log if '"path":"/api/v1/companies"' in line]
        return sum(line["status"] == status for line in lines)
    until = time.monotonic() + 20
    while time.monotonic() < until and said(499) < many / 2:
        time.sleep(0.1)
    print(f"# {said(499)} of {many} given up; {alone * 1e3:.0f} ms alone, {waited * 1e3:.0f} ms behind those who left")
    assert said(499) >= many / 2, f"{said(499)} of {many} were given up"


@case
def half_closed(s):
    """who only ends the own half of the connection after asking gets the answer"""
    with socket.create_connection(("127.0.0.1", s.port), timeout=30) as one:
        one.sendall(b"GET /api/v1/companies?limit=7 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        one.shutdown(socket.SHUT_WR)
        assert one.recv(100).startswith(b"HTTP/1.1 200")


@case
def long_writer(s):
    """while a long import holds the database reads go on, and other writes are told when to come again"""
    rows = "id,name_en,source\n" + "".join(f"long-{i},Long {i},test\n" for i in range(60000))
    where = s.anna.ask("POST", API + "/companies/import", rows.encode()).getheader("Location")
    over, answers, reads = threading.Event(), [], []

    def write():
        while not over.is_set():
            answers.append(s.anna.ask("POST", API + "/companies/import", b"id,name_en,source\n"))

    writers = [threading.Thread(target=write) for _ in range(6)]
    for one in writers:
        one.start()
    try:
        until = time.monotonic() + 120
        while time.monotonic() < until and not json.loads(s.anna.ask("GET", where).body)["ended_at"]:
            started = time.monotonic()
            assert s.get(f"{API}/companies/works-{len(reads) % 5000}").status == 200
            reads.append(time.monotonic() - started)
    finally:
        over.set()
        for one in writers:
            one.join()
    assert wait_for(s.anna, where)["state"] == "done"
    assert {a.status for a in answers} <= {202, 503}, {a.status for a in answers}
    assert all(a.getheader("Retry-After") for a in answers if a.status == 503)
    assert max(reads) < 5, f"the slowest of {len(reads)} reads took {max(reads):.1f} s"


def prepare(s):
    s.anna = accept(s, s.run("--json", "user", "first", "anna@example.org", "--name", "Anna", "--tenant", "operator",
                             "--name-en", "Operator"))
    rows = "id,name_en,source\n" + "".join(f"works-{i},Works {i},test\n" for i in range(5000))
    assert wait_for(s.anna, s.anna.ask("POST", API + "/companies/import", rows.encode()).getheader("Location"), 120)[
        "state"] == "done"


with Service(sys.argv[1], "--per-second", "0") as service:
    prepare(service)
    sys.exit(case.run(service))
