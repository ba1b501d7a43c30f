"""A real OpenID Connect provider on this machine: discovery, authorization code with PKCE, signed identity tokens."""

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, redirect, request
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

CLIENT_ID, CLIENT_SECRET = "tracker", "rahasia-klien"


class Office:
    """Who is vouched for next, and what may go wrong on purpose."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {"sub": "pegawai-7", "email": "ratna@kemenham.go.id", "email_verified": True}
        self.nonce: str | None = None
        self.key = RSAKey.generate_key(2048, parameters={"kid": "1"})
        self.signing_key = self.key
        self.asked: dict[str, dict[str, str]] = {}
        self.address = ""

    def app(self) -> Flask:
        app = Flask("office")

        @app.get("/.well-known/openid-configuration")
        def discovery() -> dict[str, Any]:
            return {
                "issuer": self.address, "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token", "jwks_uri": f"{self.address}/jwks",
                "response_types_supported": ["code"], "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
            }  # fmt: skip

        @app.get("/jwks")
        def jwks() -> dict[str, Any]:
            return {"keys": [self.key.as_dict(private=False)]}

        @app.get("/authorize")
        def authorize() -> Any:
            code = secrets.token_urlsafe(8)
            self.asked[code] = dict(request.args)
            return redirect(f"{request.args['redirect_uri']}?code={code}&state={request.args['state']}")

        @app.post("/token")
        def token() -> Any:
            asked = self.asked.pop(request.form["code"], None)
            digest = hashlib.sha256(request.form["code_verifier"].encode()).digest()
            challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
            known = request.authorization and request.authorization.password == CLIENT_SECRET
            if not asked or not known or challenge != asked["code_challenge"]:
                return {"error": "invalid_grant"}, 400
            now = int(time.time())
            told = {"iss": self.address, "aud": CLIENT_ID, "iat": now, "exp": now + 60,
                    "nonce": self.nonce or asked["nonce"], **self.claims}  # fmt: skip
            signed = jwt.encode({"alg": "RS256", "kid": "1"}, told, self.signing_key)
            return {"access_token": "x", "token_type": "Bearer", "id_token": signed}

        return app


@contextmanager
def open_office() -> Iterator[Office]:
    office = Office()
    server = make_server("127.0.0.1", 0, office.app(), threaded=True)
    office.address = f"http://127.0.0.1:{server.port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield office
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
