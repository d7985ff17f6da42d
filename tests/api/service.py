"""A server of its own for a test: fresh database, free port, ended by its process id.

Where TANLIAN_TEST_DB names a PostgreSQL server (tools/with-postgres), the database is one of that."""
import contextlib
import http.client
import itertools
import json
import os
import pathlib
import re
import signal
import sqlite3
import ssl
import subprocess
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]
NUMBERS = itertools.count(1)


class Service:
    """`with Service(program) as s:` - s.get("/api/v1/health") and the like. tls: with a certificate of its own."""

    def __init__(self, program, *options, actor="tester", tls=False):
        self.program, self.options, self.actor, self.tls = os.path.abspath(program), options, actor, tls

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="tanlian-api-")
        server = os.environ.get("TANLIAN_TEST_DB")
        self.database = self.create_database(server) if server else os.path.join(self.folder.name, "t.db")
        self.env = {k: v for k, v in os.environ.items() if not k.startswith("TANLIAN_")}
        self.env.update(LC_ALL="C.UTF-8", TANLIAN_ACTOR=self.actor)
        self.run("--quiet", "init")
        if self.tls:
            self.options = (*self.options, *self._make_certificate())
        self.start()
        return self

    def __exit__(self, *why):
        self.stop()
        self.folder.cleanup()

    def _make_certificate(self):
        key, certificate = (os.path.join(self.folder.name, name) for name in ("key.pem", "certificate.pem"))
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-days", "1", "-subj", "/CN=localhost", "-keyout", key, "-out", certificate],
                       check=True, capture_output=True)
        return "--tls-certificate", certificate, "--tls-key", key

    def connection(self):
        if not self.tls:
            return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        context = ssl.create_default_context(cafile=os.path.join(self.folder.name, "certificate.pem"))
        context.check_hostname = False
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=60, context=context)

    @staticmethod
    def create_database(server):
        name = f"api_{os.getpid()}_{next(NUMBERS)}"
        subprocess.run(["psql", "-qX", "-v", "ON_ERROR_STOP=1", "-c", f"CREATE DATABASE {name}", server], check=True)
        head, _, settings = server.partition("?")
        return f"{head.rpartition('/')[0]}/{name}?{settings}"

    def run(self, *words):
        """One call of the program on the same database."""
        return subprocess.run([self.program, "--db", self.database, *words], env=self.env, check=True,
                              capture_output=True, text=True, cwd=self.folder.name).stdout

    def sql(self, text):
        """Changes the database behind the program's back: a clock that cannot be turned, a row that grew old."""
        if "://" in self.database:
            subprocess.run(["psql", "-qX", "-v", "ON_ERROR_STOP=1", "-c", text, self.database], check=True)
            return
        with contextlib.closing(sqlite3.connect(self.database, timeout=20)) as connection, connection:
            connection.execute(text)

    def start(self):
        self.process = subprocess.Popen([self.program, "--db", self.database, "serve", "--listen", "127.0.0.1:0",
                                         *self.options], env=self.env, stderr=subprocess.PIPE, text=True,
                                        cwd=self.folder.name)
        first = self.process.stderr.readline()
        found = re.search(r"port (\d+)", first)
        if not found:
            raise RuntimeError("the server did not start: " + first + self.process.stderr.read())
        self.port, self.log = int(found.group(1)), []
        self.reader = threading.Thread(target=self._read_log, args=[self.process.stderr], daemon=True)
        self.reader.start()

    def _read_log(self, stream):
        for line in stream:
            self.log.append(line)

    def stop(self, how=signal.SIGTERM):
        """Ends the server; what it said at last and its exit code."""
        self.process.send_signal(how)
        code = self.process.wait(timeout=60)
        self.reader.join(timeout=10)
        return code

    def ask(self, method, path, body=None, **headers):
        connection = self.connection()
        if isinstance(body, (dict, list)):
            body = json.dumps(body).encode()
        try:
            connection.request(method, path, body=body, headers={k.replace("_", "-"): v for k, v in headers.items()})
        except BrokenPipeError:
            pass  # refused before all of it was sent; the answer is there
        answer = connection.getresponse()
        answer.body = answer.read()
        connection.close()
        return answer

    def get(self, path, **headers):
        return self.ask("GET", path, **headers)

    def json(self, path, **headers):
        answer = self.get(path, **headers)
        assert answer.status == 200, (path, answer.status, answer.body[:500])
        return json.loads(answer.body)


class Cases:
    """Test cases that print TAP; a case is a function whose first line of documentation is its name."""

    def __init__(self):
        self.items = []

    def __call__(self, function):
        self.items.append(function)
        return function

    def run(self, *arguments):
        failed = 0
        print(f"1..{len(self.items)}")
        for i, case in enumerate(self.items, 1):
            try:
                case(*arguments)
                print(f"ok {i} - {case.__doc__}", flush=True)
            except Exception as problem:  # whatever went wrong is what the test tells
                failed += 1
                print(f"not ok {i} - {case.__doc__}", flush=True)
                print("# " + f"{type(problem).__name__}: {problem}".replace("\n", "\n# "), flush=True)
        return 1 if failed else 0
