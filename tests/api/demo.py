"""The demo of a test: served on a free port, ended by its process id."""
import gzip
import json
import os
import re
import subprocess
import threading
import urllib.error
import urllib.request


class Demo:
    def __init__(self, program, folder, *options):
        env = {k: v for k, v in os.environ.items() if not k.startswith("TANLIAN_")}
        self.process = subprocess.Popen([program, "demo", "--listen", "127.0.0.1:0", *options], cwd=folder, text=True,
                                        env={**env, "LC_ALL": "C.UTF-8", "TMPDIR": folder},
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        said = self.process.stderr.readline()
        found = re.search(r"port (\d+)", said)
        assert found, said + self.process.stderr.read()
        self.base = f"http://127.0.0.1:{found[1]}"
        # its log must not fill the pipe
        threading.Thread(target=self.process.stderr.read, daemon=True).start()

    def text(self):
        """What it printed, all of it before it served."""
        os.set_blocking(self.process.stdout.fileno(), False)
        return self.process.stdout.read()

    def stop(self):
        self.process.terminate()
        return self.process.wait(timeout=60)


def ask(url, body=None, headers=None):
    request = urllib.request.Request(url, json.dumps(body).encode() if body else None,
                                     {**({"Content-Type": "application/json"} if body else {}), **(headers or {})})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            body = answer.read()
            packed = answer.headers.get("Content-Encoding") == "gzip"
            return answer.status, (gzip.decompress(body) if packed else body).decode()
    except urllib.error.HTTPError as problem:
        return problem.code, problem.read().decode()
