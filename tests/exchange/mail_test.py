#!/usr/bin/env python3
"""`tanlian mail`: mails into a folder and over SMTP, with and without TLS.

usage: tests/exchange/mail_test.py PROGRAM    (TAP)
"""
import email
import email.policy
import os
import pathlib
import ssl
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "api"))
from keys import Key  # noqa: E402
from service import Cases  # noqa: E402
from smtp import Smtp  # noqa: E402

case = Cases()
PROGRAM = os.path.abspath(sys.argv[1])


class Place:
    """A folder with a certificate for mail.localhost (which is not taken for this machine, though it leads there)."""

    def __init__(self, folder):
        self.folder, key = pathlib.Path(folder), Key()
        (self.folder / "key.pem").write_text(key.private_pem())
        (self.folder / "cert.pem").write_text(key.certificate_pem("mail.localhost", "localhost"))
        (self.folder / "password").write_text("se:cret\n")
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(self.folder / "cert.pem", self.folder / "key.pem")
        self.ca = ["--mail-ca", "cert.pem"]

    def send(self, where, *words, to="ann@mill.example", sender="no-reply@tl.example"):
        env = {k: v for k, v in os.environ.items() if not k.startswith("TANLIAN_")}
        env.update(LC_ALL="C.UTF-8", http_proxy="http://127.0.0.1:9", all_proxy="http://127.0.0.1:9")
        done = subprocess.run([PROGRAM, "mail", to, "--mail", where, "--mail-from", sender, *words],
                              cwd=self.folder, env=env, capture_output=True, text=True, timeout=60)
        return done.returncode, done.stderr


def read(data):
    return email.message_from_bytes(data, policy=email.policy.default)


@case
def folder(p):
    """a mail into a folder is one file, for its owner's eyes"""
    (p.folder / "out").mkdir()
    assert p.send("out", "--lang", "zh", "--name", "李伟", "--mail-name", "碳链 平台") == (0, "已发送至 ann@mill.example\n")
    assert p.send("out")[0] == 0
    files = sorted((p.folder / "out").iterdir())
    assert len(files) == 2 and all(f.suffix == ".eml" and f.stat().st_mode & 0o777 == 0o600 for f in files), files
    mails = [read(f.read_bytes()) for f in files]
    zh = next(m for m in mails if m["Content-Language"] == "zh")
    assert zh["Subject"] == "碳链：测试邮件" and "测试邮件" in zh.get_content()
    assert zh["To"].addresses[0].display_name == "李伟" and zh["From"].addresses[0].display_name == "碳链 平台"
    assert zh["To"].addresses[0].addr_spec == "ann@mill.example"
    assert mails[0]["Message-ID"] != mails[1]["Message-ID"] and mails[0]["Auto-Submitted"] == "auto-generated"
    assert not zh.defects, zh.defects
    assert p.send("nowhere")[0] == 3


@case
def loopback(p):
    """a server on this machine gets it in the clear"""
    with Smtp() as s:
        code, said = p.send(f"smtp://127.0.0.1:{s.port}", "--lang", "zh")
        assert code == 0, said
        mail, = s.mails
        assert mail["from"].startswith("<no-reply@tl.example>") and mail["to"] == ["<ann@mill.example>"], mail
        assert read(mail["data"])["Subject"] == "碳链：测试邮件"
        assert s.said[0] == "EHLO tl.example", s.said


@case
def password(p):
    """user and password out of a file; a wrong one is an error that does not tell it"""
    words = ["--mail-user", "robot", "--mail-password-file", "password"]
    with Smtp(login=("robot", "se:cret")) as s:
        assert p.send(f"smtp://localhost:{s.port}", *words)[0] == 0
        assert s.mails[0]["user"] == ("robot", "se:cret")
    with Smtp(login=("robot", "other")) as s:
        code, said = p.send(f"smtp://localhost:{s.port}", *words)
        assert code == 5 and "se:cret" not in said and not s.mails, said
    assert p.send("smtp://localhost:1", "--mail-user", "robot")[0] == 2
    assert p.send("smtp://robot:secret@localhost:1")[0] == 2


@case
def starttls(p):
    """elsewhere STARTTLS is demanded, and the certificate believed"""
    words = ["--mail-user", "robot", "--mail-password-file", "password"]
    with Smtp(tls=p.tls, login=("robot", "se:cret")) as s:
        code, said = p.send(f"smtp://mail.localhost:{s.port}", *words, *p.ca)
        assert code == 0 and s.mails[0]["secure"], said
    for what, more, server in (("no STARTTLS", p.ca, Smtp(login=("robot", "se:cret"))),
                               ("a certificate of nobody", [], Smtp(tls=p.tls, login=("robot", "se:cret")))):
        with server as s:
            code, said = p.send(f"smtp://mail.localhost:{s.port}", *words, *more)
            assert code == 5 and not s.mails, (what, code, said)
            assert not any(line.upper().startswith(("AUTH", "MAIL")) for line in s.said), (what, s.said)


@case
def tls_at_once(p):
    """smtps:// is TLS from the first byte, on this machine too"""
    with Smtp(tls=p.tls, wrapped=True) as s:
        assert p.send(f"smtps://localhost:{s.port}", *p.ca)[0] == 0 and s.mails[0]["secure"]
        code, said = p.send(f"smtps://localhost:{s.port}")
        assert code == 5 and len(s.mails) == 1, said


@case
def refusals(p):
    """what the server does not take is an error; what cannot be an address never gets there"""
    for refuse in ("MAIL", "RCPT", "DATA"):
        with Smtp(refuse=refuse) as s:
            code, said = p.send(f"smtp://127.0.0.1:{s.port}")
            assert code == 5 and "550" in said and not s.mails, (refuse, code, said)
    with Smtp() as s:
        for to in ("ann", "ann@mill.example>\r\nRCPT TO:<eve@x.example", "ann@mill.example\r\nBcc: eve@x.example",
                   "李@mill.example", "a@b@c"):
            code, said = p.send(f"smtp://127.0.0.1:{s.port}", to=to)
            assert code == 2, (to, code, said)
        assert p.send(f"smtp://127.0.0.1:{s.port}", sender="x\r\n@y")[0] == 2
        assert p.send(f"smtp://127.0.0.1:{s.port}", "--name", "A\nBcc: eve@x.example")[0] == 2
        assert not s.said and not s.mails, s.said
        port = s.port
    assert p.send(f"smtp://127.0.0.1:{port}")[0] == 5, "nobody listens there any more"
    for where in ("http://127.0.0.1:1", "file:///tmp", "smtp://127.0.0.1:1/x", "smtp://", "smtp://h:99999"):
        assert p.send(where)[0] == 2, where


with tempfile.TemporaryDirectory(prefix="tanlian-mail-") as place:
    sys.exit(case.run(Place(place)))
