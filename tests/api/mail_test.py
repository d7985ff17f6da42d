#!/usr/bin/env python3
"""Letters of the service, with a mail server of their own: invitations, forgotten passwords, changes, notices.

usage: tests/api/mail_test.py PROGRAM    (TAP)
"""
import email
import email.policy
import json
import pathlib
import statistics
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "exchange"))
from people import PASSWORD, Person, accept, token_of  # noqa: E402
from service import Cases, Service  # noqa: E402
from smtp import Smtp  # noqa: E402

case = Cases()
BASE = "https://tl.example"
FRESH = "another horse battery"


def read(data):
    return email.message_from_bytes(data, policy=email.policy.default)


def letter(smtp, to, word, seconds=20):
    """The newest letter to somebody that has a word in its subject or text; waits for it and takes it away."""
    until = time.time() + seconds
    while time.time() < until:
        for mail in reversed(smtp.mails):
            message = read(mail["data"])
            if mail["to"] == [f"<{to}>"] and word in message["Subject"] + message.get_content():
                smtp.mails.remove(mail)
                return message
        time.sleep(0.05)
    raise AssertionError(f"no letter to {to} with {word!r}: {[read(m['data'])['Subject'] for m in smtp.mails]}")


def log_in(s, address, password):
    return s.ask("POST", "/api/v1/session", {"email": address, "password": password})


def ask_reset(s, address, **headers):
    return s.ask("POST", "/api/v1/reset", {"email": address}, **headers)


@case
def begin(s, smtp):
    """the first administrator, a mill and a bank; the ways to sign in are told"""
    link = s.run("--json", "user", "first", "anna@example.org", "--name", "Anna", "--tenant", "operator",
                 "--name-en", "Operator")
    s.anna = accept(s, link)
    s.run("tenant", "add", "mill", "--kind", "company", "--name-en", "Wuhan Mill", "--name-zh", "武汉钢厂")
    s.run("tenant", "add", "bank-a", "--kind", "bank", "--name-en", "Bank A")
    assert s.json("/api/v1/login") == {"password": True, "reset": True, "providers": []}


@case
def invitation(s, smtp):
    """an invitation is mailed in the language of who gets it, with the base of the service alone"""
    asked = {"user": "li@mill.example", "name": "李伟", "tenant": "mill", "role": "company-editor", "language": "zh",
             "base": "https://evil.example"}
    answer = s.anna.ask("POST", "/api/v1/people/invitations", asked)
    assert answer.status == 200, answer.body
    told = json.loads(answer.body)
    assert told["mailed_to"] == "li@mill.example" and told["link"].startswith("https://evil.example/invitation#"), told
    mail = letter(smtp, "li@mill.example", "邀请")
    text = mail.get_content()
    assert "武汉钢厂" in mail["Subject"] and "李伟" in text and "evil" not in text, text
    assert f"{BASE}/invitation#{token_of(told['link'])}" in text and " UTC" in text, text
    look = s.ask("POST", "/api/v1/invitation", {"token": token_of(text)})
    seen = json.loads(look.body)
    assert seen["tenant_zh"] == "武汉钢厂" and [r["code"] for r in seen["roles"]] == ["company-editor"], seen
    s.li = accept(s, text)
    again = s.ask("POST", "/api/v1/invitation/acceptance", {"token": token_of(text), "password": PASSWORD})
    assert again.status == 404, "a link works once"


@case
def the_link_is_kept_nowhere(s, smtp):
    """neither database nor log holds a link or token that was mailed"""
    answer = s.anna.ask("POST", "/api/v1/people/invitations",
                        {"user": "wang@mill.example", "name": "Wang", "tenant": "mill", "role": "company-approver"})
    token = token_of(json.loads(answer.body)["link"])
    letter(smtp, "wang@mill.example", token)
    assert token not in "".join(s.log)
    if "://" not in s.database:
        for file in pathlib.Path(s.folder.name).glob("t.db*"):
            assert token.encode() not in file.read_bytes(), file


@case
def not_a_flood(s, smtp):
    """who invites one address again and again fills nobody's mailbox"""
    body = {"user": "victim@mill.example", "name": "V", "tenant": "mill", "role": "company-editor"}
    told = [json.loads(s.anna.ask("POST", "/api/v1/people/invitations", body).body) for _ in range(7)]
    assert [bool(t["mailed_to"]) for t in told] == [True] * 5 + [False] * 2, told
    assert all(t["link"] for t in told), "the link is shown all the same"


@case
def redirects(s, smtp):
    """the links of mails lead to the page in the browser's language"""
    for path in ("/invitation", "/reset"):
        for said, lang in (("zh-CN,zh;q=0.9", "zh"), ("en-GB", "en"), ("de", "en")):
            answer = s.get(path, Accept_Language=said)
            assert answer.status == 302 and answer.getheader("Location") == f"/{lang}{path}", (path, said)


@case
def forgotten(s, smtp):
    """forgot, mail, new password; old sessions end; the link works once; the change is told by mail"""
    answer = ask_reset(s, "Li@Mill.example")
    assert answer.status == 202, answer.body
    text = letter(smtp, "li@mill.example", "重置").get_content()
    assert f"{BASE}/reset#" in text, text
    short = s.ask("POST", "/api/v1/reset/acceptance", {"token": token_of(text), "password": "short"})
    assert short.status == 422, short.status
    done = s.ask("POST", "/api/v1/reset/acceptance", {"token": token_of(text), "password": FRESH})
    assert done.status == 204, done.body
    assert s.li.ask("GET", "/api/v1/jobs").status == 401, "the old session has ended"
    again = s.ask("POST", "/api/v1/reset/acceptance", {"token": token_of(text), "password": PASSWORD})
    assert again.status == 404, again.status
    assert log_in(s, "li@mill.example", PASSWORD).status == 401
    s.li = Person(s, log_in(s, "li@mill.example", FRESH))
    changed = letter(smtp, "li@mill.example", "密码已更改").get_content()
    assert "UTC" in changed and "#" not in changed, changed


@case
def changed_by_hand(s, smtp):
    """a password changed by its owner is told by mail too"""
    change = {"old": FRESH, "new": PASSWORD}
    assert s.li.ask("POST", "/api/v1/session/password", change).status == 204
    letter(smtp, "li@mill.example", "密码已更改")
    s.li = Person(s, log_in(s, "li@mill.example", PASSWORD))


@case
def old_link(s, smtp):
    """a link that is too old, or replaced by a newer one, opens nothing"""
    links = [json.loads(s.run("--json", "user", "reset", "li@mill.example"))["link"] for _ in range(2)]
    answer = s.ask("POST", "/api/v1/reset/acceptance", {"token": token_of(links[0]), "password": FRESH})
    assert answer.status == 404, "replaced"
    s.sql("UPDATE password_reset SET made_at = made_at - 3601, ends_at = ends_at - 3601")
    answer = s.ask("POST", "/api/v1/reset/acceptance", {"token": token_of(links[1]), "password": FRESH})
    assert answer.status == 404 and b"expired" in answer.body, answer.body
    answer = s.anna.ask("POST", "/api/v1/people/invitations",
                        {"user": "late@mill.example", "name": "L", "tenant": "mill", "role": "company-editor"})
    token = token_of(json.loads(answer.body)["link"])
    s.sql("UPDATE invitation SET made_at = made_at - 604801, ends_at = ends_at - 604801 WHERE used_at IS NULL")
    for path, body in (("", {}), ("/acceptance", {"password": PASSWORD})):
        answer = s.ask("POST", "/api/v1/invitation" + path, {"token": token, **body})
        assert answer.status == 404, (path, answer.status)


@case
def nobody_is_told_apart(s, smtp):
    """asking for a reset tells nothing about who has an account: same answer, same time, no mail"""
    s.sql("DELETE FROM password_reset")
    times, answers = {"li@mill.example": [], "nobody@mill.example": []}, set()
    for _ in range(6):
        for who, list_ in times.items():
            began = time.perf_counter()
            answer = ask_reset(s, who)
            list_.append(time.perf_counter() - began)
            answers.add((answer.status, answer.body, tuple(sorted(n for n, _ in answer.getheaders()))))
    assert len(answers) == 1 and next(iter(answers))[0] == 202, answers
    a, b = (statistics.median(list_) for list_ in times.values())
    assert abs(a - b) < 0.05, (a, b)
    letter(smtp, "li@mill.example", "重置")
    time.sleep(3)
    told = [m["to"] for m in smtp.mails if "mill.example" in m["to"][0] and read(m["data"])["Subject"] == "碳链：重置密码"]
    assert told == [] and not any("nobody" in m["to"][0] for m in smtp.mails), "one letter however often it is asked for, none to nobody"
    rows = json.loads(s.anna.ask("GET", "/api/v1/letters").body)["letters"]
    assert not any(r["to"] == "nobody@mill.example" for r in rows), rows
    for odd in ("no address", "a@b\r\nBcc: c@d.example", "x" * 400 + "@mill.example", "<li@mill.example>"):
        answer = ask_reset(s, odd)
        assert (answer.status, answer.body) == (202, b'{"asked":true}\n'), (odd, answer.status, answer.body)


@case
def throttled(s, smtp):
    """one source asks for twenty resets in an hour, not more; refused in words, whoever it was about"""
    states = [ask_reset(s, "li@mill.example").status for _ in range(20)]
    assert states[-1] == 429 and set(states) <= {202, 429}, states
    answer = ask_reset(s, "nobody@mill.example")
    assert answer.status == 429 and int(answer.getheader("Retry-After")) > 0, answer.status


@case
def trouble(s, smtp):
    """a mail server that refuses breaks nothing: the change stands, the reason is in list and log, tried again"""
    smtp.refuse = "RCPT TO:<ZHAO"
    answer = s.anna.ask("POST", "/api/v1/people/invitations",
                        {"user": "zhao@mill.example", "name": "Zhao", "tenant": "mill", "role": "company-editor"})
    assert answer.status == 200 and json.loads(answer.body)["link"], answer.body
    until = time.time() + 20
    row = {}
    while time.time() < until and not row.get("error"):
        rows = json.loads(s.anna.ask("GET", "/api/v1/letters").body)["letters"]
        row = next(r for r in rows if r["to"] == "zhao@mill.example")
        time.sleep(0.1)
    assert row["state"] == "waiting" and "550" in row["error"], row
    assert any("letter" in line and "550" in line for line in s.log), s.log[-5:]
    smtp.refuse = None
    s.sql("UPDATE outbox SET due_at = made_at WHERE state = 'waiting'")
    letter(smtp, "zhao@mill.example", "/invitation#")
    text = s.get("/metrics").body.decode()
    assert 'tanlian_letters_total{result="sent"}' in text and 'result="trouble"} 1' in text, text


@case
def letters_are_seen(s, smtp):
    """the list of letters: administrators their organisation's, others none"""
    link = s.run("--json", "user", "invite", "boss@mill.example", "--name", "Boss", "--tenant", "mill", "--role",
                 "administrator")
    boss = accept(s, link)
    rows = json.loads(boss.ask("GET", "/api/v1/letters").body)["letters"]
    assert rows and all(r["tenant"] == "mill" for r in rows), rows
    assert not any("#" in json.dumps(r) for r in rows), "a list with links"
    assert boss.ask("GET", "/api/v1/letters?tenant=bank-a").status == 403
    assert s.li.ask("GET", "/api/v1/letters").status == 403
    assert s.get("/api/v1/letters").status == 401
    view = json.loads(boss.ask("GET", "/api/v1/letters?format=view").body)
    assert "系统邮件" in json.dumps(view, ensure_ascii=False)


with Smtp() as post, Service(sys.argv[1], "--base", BASE, "--mail", f"smtp://127.0.0.1:{post.port}", "--mail-from",
                             "no-reply@tl.example", "--mail-name", "碳链", "--per-second", "1000") as service:
    sys.exit(case.run(service, post))
