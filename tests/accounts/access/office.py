"""A real OpenID Connect provider on loopback: discovery, authorization code with PKCE, signed identity tokens.

Tests can make its metadata, keys, tokens and responses hostile.
"""

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import requests
from flask import Flask, redirect, request
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

from tests.visitor import Visitor

#: As the value of a claim: the token lacks it.
MISSING = object()
CLIENT_ID, CLIENT_SECRET = "tracker", "rahasia-klien"
#: Seconds until the server notices that it shall end; half a second of each test otherwise.
AT_MOST = 0.01


@cache
def _first_key() -> RSAKey:
    """One for all offices: making it takes longer than a sign-in."""
    return RSAKey.generate_key(2048, parameters={"kid": "1"})


class Office:
    def __init__(self) -> None:
        self.claims: dict[str, Any] = {"sub": "pegawai-7", "email": "ratna@kemenham.go.id", "email_verified": True}
        self.nonce: str | None = None
        self.key = _first_key()
        self.signing_key = self.key
        #: The published keys, if not just the signing key.
        self.keys: list[dict[str, Any]] | None = None
        #: Overrides of its metadata.
        self.metadata: dict[str, Any] = {}
        #: Makes the identity token from its claims.
        self.sign: Callable[[dict[str, Any]], str] = self.signed
        #: Other responses, by path.
        self.answers: dict[str, Callable[[], Any]] = {}
        self.requests: dict[str, dict[str, str]] = {}
        self.tokens: list[str] = []
        self.address = ""
        self.is_over = threading.Event()

    def signed(self, claims: dict[str, Any], **header: Any) -> str:
        """A valid identity token."""
        return jwt.encode({"alg": "RS256", "kid": "1", **header}, claims, self.signing_key)

    def app(self) -> Flask:
        app = Flask("office")

        @app.before_request
        def override() -> Any:
            hostile = self.answers.get(request.path)
            return hostile() if hostile else None

        @app.get("/.well-known/openid-configuration")
        def discovery() -> dict[str, Any]:
            return {
                "issuer": self.address, "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token", "jwks_uri": f"{self.address}/jwks",
                "response_types_supported": ["code"], "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"], **self.metadata,
            }  # fmt: skip

        @app.get("/jwks")
        def jwks() -> dict[str, Any]:
            return {"keys": self.keys if self.keys is not None else [self.key.as_dict(private=False)]}

        @app.get("/authorize")
        def authorize() -> Any:
            code = secrets.token_urlsafe(8)
            self.requests[code] = dict(request.args)
            return redirect(f"{request.args['redirect_uri']}?code={code}&state={request.args['state']}")

        @app.post("/token")
        def token() -> Any:
            authorization = self.requests.pop(request.form["code"], None)
            digest = hashlib.sha256(request.form["code_verifier"].encode()).digest()
            challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
            is_known_client = request.authorization and request.authorization.password == CLIENT_SECRET
            if not authorization or not is_known_client or challenge != authorization["code_challenge"]:
                return {"error": "invalid_grant"}, 400
            now = int(time.time())
            claims = {"iss": self.address, "aud": CLIENT_ID, "iat": now, "exp": now + 60,
                      "nonce": self.nonce or authorization["nonce"], **self.claims}  # fmt: skip
            self.tokens.append(self.sign({name: value for name, value in claims.items() if value is not MISSING}))
            return {"access_token": "x", "token_type": "Bearer", "id_token": self.tokens[-1]}

        return app


@contextmanager
def open_office() -> Iterator[Office]:
    office = Office()
    server = make_server("127.0.0.1", 0, office.app(), threaded=True)
    office.address = f"http://127.0.0.1:{server.port}"
    thread = threading.Thread(target=server.serve_forever, args=(AT_MOST,), daemon=True)
    thread.start()
    try:
        yield office
    finally:
        office.is_over.set()
        server.shutdown()
        thread.join()
        server.server_close()


def go(browser: Visitor) -> str:
    """Start the sign-in and authorize it. Return the path of the redirect back."""
    to_office = browser.client.get("/sign-in/office").location
    answer = requests.get(to_office, allow_redirects=False, timeout=10)
    return answer.headers["Location"].removeprefix("http://localhost")


def go_and_come_back(browser: Visitor) -> tuple[int, str]:
    answer = browser.client.get(go(browser))
    return answer.status_code, answer.location
