"""An RSA key, what it signs, and a certificate of it, in the standard library alone (RFC 8017, RFC 5280).

For tests: the key is made anew each time and guards nothing.
"""
import base64
import hashlib
import math
import random

SHA256_INFO = bytes.fromhex("3031300d060960864801650304020105000420")  # RFC 8017, section 9.2, note 1


def probable_prime(n, rounds=20):
    d, r = n - 1, 0
    while d % 2 == 0:
        d, r = d // 2, r + 1
    for _ in range(rounds):
        x = pow(random.randrange(2, n - 1), d, n)
        if x in (1, n - 1):
            continue
        for _ in range(r - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def prime(bits):
    while True:
        n = random.getrandbits(bits) | 3 << bits - 2 | 1
        if all(n % p for p in (3, 5, 7, 11, 13, 17, 19, 23)) and probable_prime(n):
            return n


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def big(n):
    return n.to_bytes((n.bit_length() + 7) // 8, "big")


def der(tag, *parts):
    body = b"".join(parts)
    n = len(body)
    length = bytes([n]) if n < 128 else bytes([128 + len(big(n))]) + big(n)
    return bytes([tag]) + length + body


def whole(n):
    return der(2, b"\0" + big(n) if n and big(n)[0] & 128 else big(n) if n else b"\0")


def pem(kind, data):
    text = base64.encodebytes(data).decode()
    return f"-----BEGIN {kind}-----\n{text}-----END {kind}-----\n"


class Key:
    """2048 bits, exponent 65537."""

    def __init__(self):
        self.e = 65537
        while True:
            self.p, self.q = prime(1024), prime(1024)
            phi = (self.p - 1) * (self.q - 1)
            if self.p != self.q and math.gcd(self.e, phi) == 1:
                break
        self.n, self.d = self.p * self.q, pow(self.e, -1, phi)

    def sign(self, data):
        block = SHA256_INFO + hashlib.sha256(data).digest()
        padded = b"\0\1" + b"\xff" * (256 - 3 - len(block)) + b"\0" + block
        return pow(int.from_bytes(padded, "big"), self.d, self.n).to_bytes(256, "big")

    def jwk(self, kid):
        return {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid, "n": b64(big(self.n)), "e": b64(big(self.e))}

    def private_pem(self):
        p, q, d = self.p, self.q, self.d
        return pem("RSA PRIVATE KEY", der(48, *map(whole, (0, self.n, self.e, d, p, q, d % (p - 1), d % (q - 1),
                                                           pow(q, -1, p)))))

    def certificate_pem(self, *hosts):
        """Signed by itself, for these host names."""
        rsa = der(48, bytes.fromhex("06092a864886f70d010101"), der(5))
        sha256_rsa = der(48, bytes.fromhex("06092a864886f70d01010b"), der(5))
        name = der(48, der(49, der(48, bytes.fromhex("0603550403"), der(12, hosts[0].encode()))))
        valid = der(48, der(23, b"200101000000Z"), der(23, b"491231235959Z"))
        public = der(48, rsa, der(3, b"\0", der(48, whole(self.n), whole(self.e))))
        names = der(48, *(der(0x82, h.encode()) for h in hosts))
        more = der(0xA3, der(48, der(48, bytes.fromhex("0603551d11"), der(4, names))))
        body = der(48, der(0xA0, whole(2)), whole(random.getrandbits(64) | 1), sha256_rsa, name, valid, name, public,
                   more)
        return pem("CERTIFICATE", der(48, body, sha256_rsa, der(3, b"\0", self.sign(body))))
