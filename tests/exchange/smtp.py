"""A small SMTP server on a free port of loopback (RFC 5321), in a thread: keeps what it was sent."""
import asyncio
import base64
import threading


class Smtp:
    """with Smtp(tls=context) as s: ... s.port, s.mails, s.said. tls offers STARTTLS; wrapped: TLS at once."""

    def __init__(self, tls=None, wrapped=False, login=None, refuse=None):
        self.tls, self.wrapped, self.login, self.refuse = tls, wrapped, login, refuse
        self.mails, self.said = [], []

    def __enter__(self):
        self.loop = asyncio.new_event_loop()
        self.loop.set_exception_handler(lambda loop, context: None)  # a client that breaks off is a case, not an error
        start = asyncio.start_server(self.talk, "127.0.0.1", 0, ssl=self.tls if self.wrapped else None)
        self.server = self.loop.run_until_complete(start)
        self.port = self.server.sockets[0].getsockname()[1]
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *why):
        self.loop.call_soon_threadsafe(self.server.close)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(timeout=10)

    async def talk(self, reader, writer):
        secure, user, mail = self.wrapped, None, {}

        def answer(text):
            writer.write(text.encode() + b"\r\n")

        answer("220 test ESMTP")
        while line := (await reader.readline()).decode().rstrip("\r\n"):
            self.said.append(line)
            verb = line.upper().split(" ")[0]
            if self.refuse and line.upper().startswith(self.refuse):
                answer("550 not here")
            elif verb == "EHLO":
                answer("250-test")
                if self.tls and not secure:
                    answer("250-STARTTLS")
                if self.login:
                    answer("250-AUTH PLAIN")
                answer("250 8BITMIME")
            elif verb == "STARTTLS" and self.tls and not secure:
                answer("220 go on")
                await writer.drain()
                await writer.start_tls(self.tls)
                secure = True
            elif verb == "AUTH":
                words = line.split(" ")
                if len(words) < 3:
                    answer("334 ")
                    words.append((await reader.readline()).decode().strip())
                user = tuple(base64.b64decode(words[2]).decode().split("\0")[1:])
                answer("235 welcome" if user == self.login else "535 no")
            elif verb == "MAIL":
                mail = {"from": line[10:], "to": [], "secure": secure, "user": user}
                answer("250 ok" if not self.login or user == self.login else "530 log in")
            elif verb == "RCPT":
                mail["to"].append(line[8:])
                answer("250 ok")
            elif verb == "DATA":
                answer("354 go on")
                lines = []
                while (got := await reader.readline()) not in (b".\r\n", b""):
                    lines.append(got[1:] if got.startswith(b".") else got)
                self.mails.append({**mail, "data": b"".join(lines)})
                answer("250 kept")
            elif verb == "QUIT":
                answer("221 bye")
                break
            else:
                answer("502 what?")
        writer.close()
