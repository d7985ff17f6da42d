#!/usr/bin/env python3
"""Settings of the service that must fit together, who may see its metrics, and one's own account over HTTP.

usage: tests/api/settings_test.py PROGRAM    (TAP)
"""
import json
import pathlib
import subprocess
import sys
import time

from people import PASSWORD, Person, accept
from service import Cases, Service

case = Cases()
TOKEN = "a-token-for-whom-watches-0123456789"
SETTINGS = """listen: 127.0.0.1:0
base: https://tl.example
mail: mails
mail_from: no-reply@tl.example
oidc_issuer: https://login.example
oidc_client: tanlian
metrics_token_file: token
sessions: 4
"""
# what is changed in the file (a line, and what stands there instead), and what is said
WRONG = [
    ("base: https://tl.example\n", "", "base is missing"),
    ("base: https://tl.example", "base: tl.example", "serve.yaml: base is 'tl.example', expected https://host and nothing behind "
     "(line: 2)"),
    ("base: https://tl.example", "base: https://tl.example/path", "(line: 2)"),
    ("mail: mails\n", "", "mail is missing"),
    ("mail_from: no-reply@tl.example\n", "", "mail_from is missing"),
    ("mail_from: no-reply@tl.example", "mail_from: nobody", "nobody"),
    ("mail: mails", "mail: nowhere", "nowhere: no such folder for mails"),
    ("mail: mails", "mail: http://tl.example", "http://tl.example"),
    ("mail: mails", "mail: smtp://user:pw@tl.example", "smtp"),
    ("mail: mails", "mail: mails\nmail_user: robot", "a user needs a password file"),
    ("oidc_issuer: https://login.example\n", "", "oidc_issuer is missing"),
    ("oidc_issuer: https://login.example", "oidc_issuer: http://login.example", "identity provider"),
    ("oidc_client: tanlian\n", "", "oidc_client is missing"),
    ("oidc_client: tanlian", "oidc_client: tanlian\noidc_secret_file: nowhere", "nowhere"),
    ("oidc_client: tanlian", "oidc_client: tanlian\noidc_acr: '  '", "oidc_acr is '  '"),
    ("oidc_client: tanlian", "oidc_client: tanlian\noidc_amr: mfa otp", "oidc_amr is 'mfa otp'"),
    ("oidc_client: tanlian", "oidc_clients: tanlian", "Unexpected key: oidc_clients (line: 6)"),
    ("sessions: 4", "sessions: 1001", "sessions is 1001, expected 0 to 1000 (line: 8)"),
    ("sessions: 4", "sessions: 4\nsecond_factor: maybe", "second_factor is 'maybe', expected offered or required"),
    ("metrics_token_file: token", "metrics_token_file: short", "expected a token of 20 to 500 bytes"),
]


def write(s, text):
    folder = pathlib.Path(s.folder.name)
    (folder / "mails").mkdir(exist_ok=True)
    (folder / "token").write_text(TOKEN + "\n")
    (folder / "short").write_text("short\n")
    (folder / "serve.yaml").write_text(text)


@case
def wrong_settings(s):
    """settings that do not fit together stop the start, with the field and where it can be told the line"""
    for line, instead, want in WRONG:
        assert line in SETTINGS, line
        write(s, SETTINGS.replace(line, instead))
        done = subprocess.run([s.program, "--db", s.database, "serve", "--config", "serve.yaml"], env=s.env,
                              capture_output=True, text=True, cwd=s.folder.name, timeout=30)
        assert done.returncode != 0 and want in done.stderr, (instead, want, done.stderr)


@case
def metrics_of_this_machine(s):
    """without a token only this machine sees the metrics, and nobody through a proxy"""
    assert s.get("/metrics").status == 200
    for headers in ({"X_Forwarded_For": "127.0.0.1"}, {"X_Forwarded_For": "203.0.113.7"}, {"Forwarded": "for=127.0.0.1"}):
        answer = s.get("/metrics", **headers)
        assert answer.status == 401 and b"tanlian_" not in answer.body, (headers, answer.status)


@case
def metrics_by_token(s):
    """with a token only who brings it, wherever from; it opens nothing else"""
    write(s, SETTINGS)
    s.stop()
    s.options = ("--config", "serve.yaml", "--listen", "127.0.0.1:0", "--per-second", "1000")
    s.start()
    assert s.get("/metrics").status == 401
    for wrong in ("Bearer x", "Bearer " + TOKEN[:-1], "Bearer " + TOKEN + "x", "Basic " + TOKEN, TOKEN):
        assert s.get("/metrics", Authorization=wrong).status == 401, wrong
    answer = s.get("/metrics", Authorization="Bearer " + TOKEN)
    assert answer.status == 200 and b"tanlian_letters_total" in answer.body, answer.status
    assert s.get("/api/v1/jobs", Authorization="Bearer " + TOKEN).status == 401


@case
def exposed_secrets(s):
    """a file with a secret that everybody on the machine can read is named at the start, and no other"""
    folder = pathlib.Path(s.folder.name)
    for name in ("token", "secret"):
        (folder / name).write_text(TOKEN + "\n")
    for modes, want in (((0o600, 0o640, 0o644), set()), ((0o644, 0o600, 0o644), {"token"}), ((0o604, 0o644, 0o644), {"token", "secret"})):
        for name, mode in zip(("token", "secret", "serve.yaml"), modes):
            (folder / name).chmod(mode)
        text = SETTINGS + "oidc_secret_file: secret\n"
        (folder / "serve.yaml").write_text(text)
        s.stop()
        s.start()
        time.sleep(0.5)
        told = {line.removeprefix("warning: ").split(":")[0] for line in s.log if "holds a secret" in line}
        assert told == want, (modes, told, s.log)
    (folder / "token").chmod(0o600)


@case
def the_file_is_used(s):
    """what the file says is what the page is told; a provider without names goes by its host"""
    told = s.json("/api/v1/login")
    assert told["reset"] and told["providers"] == [{"name_en": "login.example", "name_zh": "login.example"}], told


@case
def account(s):
    """one's own account: name, organisations with roles, no keys' owner's account for a key"""
    s.anna = accept(s, s.run("--json", "user", "first", "anna@example.org", "--name", "Anna", "--tenant", "operator",
                             "--name-en", "Operator"))
    s.run("tenant", "add", "bank-a", "--kind", "bank", "--name-en", "Bank A", "--name-zh", "甲银行")
    s.run("user", "roles", "anna@example.org", "--tenant", "bank-a", "--role", "bank-officer")
    told = json.loads(s.anna.ask("GET", "/api/v1/account").body)
    assert (told["email"], told["name"], told["tenant"], told["has_password"]) == ("anna@example.org", "Anna", "operator", True)
    assert [(p["tenant"], p["name_zh"], [r["code"] for r in p["roles"]]) for p in told["places"]] == \
        [("bank-a", "甲银行", ["bank-officer"]), ("operator", "", ["administrator"])], told
    assert told["providers"] == [{"name_en": "login.example", "name_zh": "login.example", "linked": False}], told
    made = json.loads(s.anna.ask("POST", "/api/v1/keys", {"name": "test"}).body)
    assert s.get("/api/v1/account", Authorization="Bearer " + made["key"]).status == 403
    assert s.get("/api/v1/account").status == 401


@case
def own_keys(s):
    """the list of one's own keys holds no others', also for administrators"""
    s.run("user", "add", "ben@example.org", "--name", "Ben", "--tenant", "bank-a", "--role", "bank-officer")
    s.run("key", "add", "ben@example.org", "--tenant", "bank-a", "--name", "Ben's")
    own = json.loads(s.anna.ask("GET", "/api/v1/keys?own=true").body)["keys"]
    assert [k["name"] for k in own] == ["test"], own
    assert len(json.loads(s.anna.ask("GET", "/api/v1/keys").body)["keys"]) == 2


@case
def end_all(s):
    """all other sessions end at once, the one that asks stays; it needs the CSRF token"""
    others = [Person(s, s.ask("POST", "/api/v1/session", {"email": "anna@example.org", "password": PASSWORD}))
              for _ in range(3)]
    assert s.anna.ask("DELETE", "/api/v1/sessions", X_CSRF_Token="x").status == 403
    assert s.anna.ask("DELETE", "/api/v1/sessions").status == 204
    assert all(p.ask("GET", "/api/v1/account").status == 401 for p in others)
    assert s.anna.ask("GET", "/api/v1/account").status == 200
    assert s.ask("DELETE", "/api/v1/sessions").status == 401


@case
def most_sessions(s):
    """of more sessions than one person may have the oldest ends, and the audit chain says so"""
    s.sql("UPDATE account_session SET made_at = made_at - 100")  # what is there is older than what comes
    def log_in():
        return Person(s, s.ask("POST", "/api/v1/session", {"email": "anna@example.org", "password": PASSWORD, "tenant": "operator"}))
    more = [log_in() for _ in range(3)]
    assert s.anna.ask("GET", "/api/v1/account").status == 200, "four at once"
    s.sql("UPDATE account_session SET made_at = made_at - 100")
    last = log_in()
    assert s.anna.ask("GET", "/api/v1/account").status == 401, "the oldest of five"
    assert all(p.ask("GET", "/api/v1/account").status == 200 for p in [*more, last]), "the newest four"
    assert len(json.loads(last.ask("GET", "/api/v1/sessions").body)["sessions"]) == 4
    assert '"most":4' in last.ask("GET", "/api/v1/audit?format=csv").body.decode().replace('""', '"')
    s.anna = last


@case
def log_out(s):
    """logging out takes away what page and browser kept"""
    answer = s.anna.ask("DELETE", "/api/v1/session")
    assert answer.status == 204 and answer.getheader("Clear-Site-Data") == '"cache", "storage"', answer.getheaders()
    assert "Max-Age=0" in answer.getheader("Set-Cookie")


with Service(sys.argv[1], "--per-second", "1000") as service:
    sys.exit(case.run(service))
