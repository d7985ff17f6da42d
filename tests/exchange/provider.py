"""A small identity provider on a free port of loopback (OpenID Connect, code with PKCE), in a thread.

`wrong` names what it does wrong: see where it is asked for.
"""
import base64
import hashlib
import http.server
import json
import threading
import time
import urllib.parse

from keys import b64

CLIENT, SECRET = "tanlian test", "s3cr:et+/"


class Provider:
    """with Provider(tls) as p: ... p.issuer, p.authorize(url), p.asked; p.keys are given by the test."""

    def __init__(self, tls):
        self.tls, self.forger = tls, None
        self.keys, self.kid, self.codes, self.asked, self.wrong = {}, "one", {}, [], ""
        self.given = 0  # codes

    def __enter__(self):
        provider = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def setup(self):
                super().setup()
                try:
                    self.request.do_handshake()
                except OSError:
                    pass  # a client that does not believe the certificate

            def do_GET(self):
                provider.answer(self, None)

            def do_POST(self):
                provider.answer(self, self.rfile.read(int(self.headers["Content-Length"])).decode())

            def log_message(self, *words):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.socket = self.tls.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.issuer = f"https://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=[0.05], daemon=True).start()
        return self

    def __exit__(self, *why):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, request, body):
        self.asked.append(request.path)
        if self.wrong == "slow":
            time.sleep(3)
        if self.wrong == "elsewhere" and not request.path.startswith("/elsewhere"):
            request.send_response(302)
            request.send_header("Location", self.issuer + "/elsewhere" + request.path)
            request.end_headers()
            return
        status, told = {"/.well-known/openid-configuration": self.discovery, "/keys": self.jwks,
                        "/token": lambda: self.token(request, body)}.get(
            request.path.removeprefix("/elsewhere"), lambda: (404, {}))()
        data = json.dumps(told).encode()
        if self.wrong == "endless":
            data += b" " * (1 << 20)
        request.send_response(status)
        request.send_header("Content-Type", "application/json")
        request.end_headers()
        try:
            request.wfile.write(data)
        except OSError:
            pass  # the client has had enough

    def discovery(self):
        told = {"issuer": self.issuer, "authorization_endpoint": self.issuer + "/authorize",
                "token_endpoint": self.issuer + "/token", "jwks_uri": self.issuer + "/keys",
                "response_types_supported": ["code"], "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"]}
        told.update(json.loads(self.wrong) if self.wrong.startswith("{") else {})
        return 500 if self.wrong == "broken" else 200, told

    def jwks(self):
        return 200, {"keys": [key.jwk(kid) for kid, key in self.keys.items()]}

    def authorize(self, url, **claims):
        """What the browser would do: the person agrees, and comes back with a code."""
        asked = dict(urllib.parse.parse_qsl(url.split("?", 1)[1]))
        assert url.startswith(self.issuer + "/authorize?") and asked["client_id"] == CLIENT, asked
        assert asked["response_type"] == "code" and asked["code_challenge_method"] == "S256", asked
        self.given += 1
        code = f"code {self.given}/+"
        self.codes[code] = asked, claims
        return code, asked["state"]

    def token(self, request, body):
        form = dict(urllib.parse.parse_qsl(body))
        quoted = ":".join(urllib.parse.quote(x, safe="") for x in (CLIENT, SECRET))
        if request.headers.get("Authorization") != "Basic " + base64.b64encode(quoted.encode()).decode():
            return 401, {"error": "invalid_client"}
        asked, claims = self.codes.pop(form["code"], ({}, {}))
        challenge = b64(hashlib.sha256(form["code_verifier"].encode()).digest())
        if (form["grant_type"] != "authorization_code" or challenge != asked.get("code_challenge")
                or form["redirect_uri"] != asked["redirect_uri"]):
            return 400, {"error": "invalid_grant"}
        told = {"iss": self.issuer, "sub": "person-1", "aud": CLIENT, "iat": int(time.time()),
                "exp": int(time.time()) + 300, "nonce": asked["nonce"], "email": "li@mill.example",
                "email_verified": True, "name": "李伟", **claims}
        if "max_age" in asked:  # then the time of the login must be told (OpenID Connect Core 1.0, 3.1.2.1)
            told.setdefault("auth_time", int(time.time()))
        parts = [b64(json.dumps(x).encode()) for x in ({"alg": "RS256", "kid": self.kid, "typ": "JWT"}, told)]
        signer = self.forger if self.wrong == "forged" else self.keys[self.kid]
        parts.append(b64(signer.sign(".".join(parts).encode())))
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": ".".join(parts)}
