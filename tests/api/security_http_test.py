#!/usr/bin/env python3
"""The service attacked below its operations: TLS, proxies, framing, paths, floods. docs/security.md names these cases.

usage: tests/api/security_http_test.py PROGRAM    (TAP)
"""
import contextlib
import json
import socket
import ssl
import sys
import threading
import time
import warnings

import attack
from people import PASSWORD, accept, token_of
from service import Cases, Service

case = Cases()
METRICS = b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"


@case
def over_tls(s):
    """TLS 1.2 and 1.3 only, with ephemeral keys; the cookie is bound to it, and browsers stay with it"""
    warnings.simplefilter("ignore", DeprecationWarning)  # of old versions of TLS, which is the point
    with Service(s.program, tls=True) as t:
        link = t.run("--json", "user", "first", "a@example.org", "--name", "A", "--tenant", "o", "--name-en", "O")
        answer = t.ask("POST", "/api/v1/invitation/acceptance", {"token": token_of(link), "password": PASSWORD})
        cookie = answer.getheader("Set-Cookie")
        assert cookie.startswith("__Host-tanlian=") and "; Secure" in cookie and "; Path=/" in cookie, cookie
        assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Domain" not in cookie, cookie
        for path in ("/api/v1/health", "/nowhere", "/"):
            age = t.get(path).getheader("Strict-Transport-Security")
            assert "max-age=63072000" in age and "includeSubDomains" in age, age
        value = cookie.split(";")[0].split("=")[1]
        assert json.loads(t.get("/api/v1/session", Cookie="__Host-tanlian=" + value).body)["user"]
        assert not json.loads(t.get("/api/v1/session", Cookie="tanlian=" + value).body)["user"]
        got, _ = attack.raw(t, METRICS)
        assert b"200" not in got, "plain HTTP where TLS is spoken"
        rows = [(ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1, "ALL:@SECLEVEL=0", False),
                (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_2, "AES128-GCM-SHA256", False),
                (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_2, "ECDHE-ECDSA-AES256-SHA", False),
                (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_2, "ECDHE-ECDSA-AES256-GCM-SHA384", True),
                (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3, "DEFAULT", True)]
        for least, most, ciphers, wanted in rows:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            context.set_ciphers(ciphers)
            context.minimum_version, context.maximum_version = least, most
            try:
                with socket.create_connection(("127.0.0.1", t.port), timeout=30) as c:
                    version = context.wrap_socket(c).version()
                assert wanted, (ciphers, version)
            except ssl.SSLError as refused:
                assert not wanted, (ciphers, refused)
        assert version == "TLSv1.3", version
        t.get("/api/v1/health")
        refused = 1 + sum(not wanted for *_, wanted in rows)  # the plain one too
        said = lambda: [json.loads(line) for line in t.log if '"tls"' in line]  # noqa: E731
        until = time.monotonic() + 10
        while len(said()) < refused and time.monotonic() < until:
            time.sleep(0.1)
        assert len(said()) == refused, f"{said()} for {refused} handshakes that failed, and none for those that went well"
        assert all((x["tls"], x["from"]) == ("handshake failed", "127.0.0.1") and x["at"] for x in said()), said()


@case
def behind_a_proxy(s):
    """what a proxy adds is believed only where one is said to be there, and only its own word"""
    forged = {"X_Forwarded_For": "6.6.6.6", "X_Forwarded_Proto": "https", "X_Forwarded_Host": "evil.example",
              "Forwarded": "for=6.6.6.6;proto=https"}
    accept(s, s.run("--json", "user", "first", "anna@example.org", "--name", "Anna", "--tenant", "operator",
                    "--name-en", "Operator"))
    answer = s.ask("POST", "/api/v1/session", {"email": "anna@example.org", "password": PASSWORD}, **forged)
    assert answer.getheader("Set-Cookie").startswith("tanlian=") and not answer.getheader("Strict-Transport-Security")
    with Service(s.program, "--behind-proxy") as p:
        p.get("/api/v1/health", X_Forwarded_For="6.6.6.6, 10.0.0.9")
        attack.raw(p, b"GET /api/v1/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Forwarded-For: 6.6.6.6\r\n"
                   b"X-Forwarded-For: 10.0.0.8\r\n\r\n")
        answer = p.get("/api/v1/health", X_Forwarded_For="10.0.0.7", X_Forwarded_Proto="https")
        assert answer.getheader("Strict-Transport-Security")
        assert not p.get("/api/v1/health").getheader("Strict-Transport-Security")
        p.stop()
        seen = [json.loads(line)["from"] for line in p.log if line.startswith("{")]
        p.start()
        assert seen == ["10.0.0.9", "10.0.0.8", "10.0.0.7", "127.0.0.1"], seen
    s.stop()
    assert not any("6.6.6.6" in line for line in s.log)
    s.start()


@case
def path_traversal(s):
    """no path leads out of what is built in"""
    ups = ["../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%5c", "..\\", "....//", "%252e%252e%252f", "..%c0%af", "..%00/"]
    for begin in ("/assets/", "/en/", "/api/v1/companies/", "/api/v1/jobs/", "/api/v1/ratings/companies/"):
        for up in ups:
            got, _ = attack.raw(s, f"GET {begin}{up * 8}etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
            status = int(got.split()[1])
            assert b"root:" not in got and (status in (400, 401, 404) or begin == "/en/"), (begin, up, got[:200])
    for target in ("//etc/passwd", "/./etc/passwd", "/.git/config", "/assets/", "/web/dist/index.html", "/t.db"):
        got, _ = attack.raw(s, f"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        assert got.split()[1] == b"404", (target, got[:100])


@case
def damaged_and_overlong(s):
    """NUL, broken UTF-8, overlong targets and headers are refused, and the next one is served"""
    def get(target, *headers):
        lines = [b"GET " + target + b" HTTP/1.1", b"Host: x", b"Connection: close", *headers]
        return attack.raw(s, b"\r\n".join(lines) + b"\r\n\r\n")[0]
    health = b"/api/v1/health"
    rows = [("NUL escaped", get(b"/api/v1/companies/a%00b"), 400), ("NUL in query", get(health + b"?a=%00"), 400),
            ("not UTF-8", get(b"/api/v1/companies/%ff"), 400), ("overlong UTF-8", get(b"/assets/%c0%af"), 400),
            ("line end", get(b"/api/v1/companies/a%0d%0aSet-Cookie:x"), 400),
            ("target", get(health + b"?" + b"a" * 100000), 414), ("header", get(health, b"X: " + b"a" * 100000), 431),
            ("headers", get(health, *[b"X-%d: a" % i for i in range(3000)]), 431),
            ("cookies", get(health, b"Cookie: " + b"a=b; " * 20000), 431),
            ("blank in name", get(health, b"X-A : b"), 400),
            ("CR in value", get(health, b"X-A: b\rX-B: c"), 400), ("no colon", get(health, b"X-A"), 400),
            ("not UTF-8 in header", get(health, b"X-A: \xff"), 400), ("two hosts", get(health, b"Host: y"), 400),
            ("version", attack.raw(s, b"GET / HTTP/9.9\r\nHost: x\r\n\r\n")[0], 505),
            ("no host", attack.raw(s, b"GET / HTTP/1.1\r\n\r\n")[0], 400),
            ("rubbish", attack.raw(s, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n")[0], 400),
            ("sound", get(health), 200)]
    for label, got, status in rows:
        assert got.split()[1:2] == [b"%d" % status] or (label == "rubbish" and not got), (label, got[:200])


@case
def smuggling(s):
    """what two programs could cut in two ways is refused, and the connection ends"""
    post = b"POST /api/v1/session HTTP/1.1\r\nHost: x\r\n"
    chunked, length, last = b"Transfer-Encoding: chunked\r\n", b"Content-Length: 5\r\n", b"0\r\n\r\n"
    rows = [("two lengths", length + b"Content-Length: 6\r\n\r\n" + b"{}   "),
            ("the same length twice", length + length + b"\r\n{}   "), ("a list of lengths", b"Content-Length: 5, 5\r\n\r\n{}   "),
            ("length and chunks", length + chunked + b"\r\n" + last), ("chunks and length", chunked + length + b"\r\n" + last),
            ("two codings", chunked + b"Transfer-Encoding: identity\r\n\r\n" + last),
            ("list of codings", b"Transfer-Encoding: gzip, chunked\r\n\r\n" + last),
            ("unknown coding", b"Transfer-Encoding: xchunked\r\n\r\n" + last),
            ("quoted coding", b'Transfer-Encoding: "chunked"\r\n\r\n' + last),
            ("vertical tab", b"Transfer-Encoding:\x0bchunked\r\n\r\n" + last),
            ("blank before colon", b"Transfer-Encoding : chunked\r\n" + length + b"\r\n" + last),
            ("length with a blank", b"Content-Length : 5\r\n\r\n{}   "), ("sign", b"Content-Length: +5\r\n\r\n{}   "),
            ("minus", b"Content-Length: -5\r\n\r\n"), ("hex", b"Content-Length: 0x5\r\n\r\n{}   "),
            ("no number", b"Content-Length: 5a\r\n\r\n{}   "), ("huge", b"Content-Length: 99999999999999999999\r\n\r\n{}"),
            ("folded value", length + b"Transfer-Encoding:\r\n chunked\r\n\r\n" + last),
            ("folded name", b"Transfer-E: chunked\r\n ncoding\r\n\r\n" + last),
            ("folded tab", b"X-A: b\r\n\tContent-Length: 5\r\n\r\n{}   "),
            ("chunk size signed", chunked + b"\r\n-1\r\n{}\r\n" + last), ("chunk size no hex", chunked + b"\r\ng\r\n{}\r\n" + last),
            ("chunk size prefixed", chunked + b"\r\n0x2\r\n{}\r\n" + last),
            ("chunk size huge", chunked + b"\r\nfffffffffffffffff\r\n{}\r\n" + last),
            ("chunk longer than said", chunked + b"\r\n1\r\n{}\r\n" + last),
            ("bare CR", b"X-A: b\rContent-Length: 5\r\n\r\n{}   ")]
    for label, rest in rows:
        got, closed = attack.raw(s, post + rest + METRICS, wait=10)
        assert b"tanlian_http" not in got and closed, (label, closed, got[-200:])
        assert got.split()[1] in (b"400", b"413"), (label, got[:200])
    got, closed = attack.raw(s, b"GET /api/v1/health HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(METRICS) + METRICS)
    assert b"tanlian_http" not in got and closed, "the body of a GET is no request"
    got, _ = attack.raw(s, post + chunked + b"\r\n2;x=y\r\n{}\r\n" + last + METRICS, wait=2)
    assert got.startswith(b"HTTP/1.1 422") and b"tanlian_http" in got, "sound chunks, then the next request"


@case
def rate_limit(s):
    """who asks too often gets 429 with Retry-After, others do not; what is not there counts, too"""
    with Service(s.program, "--per-second", "5", "--behind-proxy") as r:
        for path in ("/api/v1/health", "/api/v1/nowhere"):
            me = "10.0.0.%d" % len(path)
            answers = [r.get(path, X_Forwarded_For=me) for _ in range(120)]
            refused = [a for a in answers if a.status == 429]
            assert refused and int(refused[0].getheader("Retry-After")) >= 1, (path, len(refused))
            assert answers[0].status != 429
            assert r.get(path, X_Forwarded_For=me + "9").status != 429
        logins = [r.ask("POST", "/api/v1/session", {"email": "a@b.example", "password": PASSWORD},
                        X_Forwarded_For="10.9.9.9").status for _ in range(12)]
        assert logins.count(401) <= 8 and 429 in logins, logins


@case
def slow_and_many(s):
    """connections that drip, and more than one address may have, leave others served"""
    cut = []
    def drip():
        with socket.create_connection(("127.0.0.1", s.port), timeout=60) as c:
            begun = time.time()
            with contextlib.suppress(OSError):
                for byte in b"GET / HTTP/1.1\r\nHost: x\r\nX-A: " + b"a" * 200:
                    c.sendall(bytes([byte]))
                    c.settimeout(0.4)
                    with contextlib.suppress(TimeoutError):
                        if c.recv(1000) == b"":
                            break
            cut.append(time.time() - begun)
    threads = [threading.Thread(target=drip) for _ in range(20)]
    for thread in threads:
        thread.start()
    held = []
    for _ in range(700):
        c = socket.socket()
        c.settimeout(10)
        c.connect(("127.0.0.1", s.port))
        held.append(c)
    got, _ = attack.raw(s, b"GET /api/v1/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 20, "127.0.0.2")
    assert b'"status":"ok"' in got, got
    refused = 0
    for c in held:
        c.settimeout(0.001)
        try:
            refused += c.recv(1) == b""
        except TimeoutError:
            pass
        except ConnectionError:
            refused += 1
        c.close()
    assert refused >= 100, f"{refused} of 700 connections of one address were refused"
    for thread in threads:
        thread.join()
    assert len(cut) == 20 and max(cut) < 45, cut
    assert s.get("/api/v1/health").status == 200


with Service(sys.argv[1]) as service:
    sys.exit(case.run(service))
