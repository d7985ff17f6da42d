"""People of a test: they accept a link, hold a session, wait for their jobs."""
import json
import re
import time

PASSWORD = "correct horse battery"


class Person:
    """Somebody with a session."""

    def __init__(self, service, answer):
        self.service, body = service, json.loads(answer.body)
        cookie = answer.getheader("Set-Cookie")
        assert "HttpOnly" in cookie and "SameSite=Lax" in cookie, cookie
        self.cookie, self.csrf, self.user = cookie.split(";")[0], body["csrf"], body["user"]

    def ask(self, method, path, body=None, **headers):
        if method != "GET":
            headers.setdefault("X_CSRF_Token", self.csrf)
        return self.service.ask(method, path, body, Cookie=self.cookie, **headers)


def token_of(text):
    return re.search(r"#([A-Za-z0-9_-]{43})", text).group(1)


def accept(s, link, password=PASSWORD):
    answer = s.ask("POST", "/api/v1/invitation/acceptance", {"token": token_of(link), "password": password})
    assert answer.status == 200, answer.body
    return Person(s, answer)


def wait_for(person, where, seconds=30):
    until = time.time() + seconds
    while time.time() < until:
        job = json.loads(person.ask("GET", where).body)
        if job["ended_at"]:
            return job
        time.sleep(0.05)
    raise AssertionError("the job does not end")
