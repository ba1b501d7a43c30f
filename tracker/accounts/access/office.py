"""A client of the office's OpenID Connect: authlib's, and what that leaves open. Imported where there is an office."""

import io
import socket
from collections.abc import MutableMapping
from contextlib import suppress
from threading import Timer
from typing import Any

from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.flask_client import FlaskIntegration, FlaskOAuth2App, OAuth
from authlib.integrations.requests_client import OAuth2Session
from joserfc.errors import JoseError
from requests import RequestException, Response
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from tracker.accounts.access import rules
from tracker.core import clock

#: Seconds for a whole answer, however it trickles in.
LONGEST_WAIT = 5
MOST_BYTES = 1_000_000
#: With public keys alone: a token without a signature, or with a shared secret for one, is none (RFC 8725, 3.1).
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA", "Ed25519", "RS384", "PS384", "ES384", "RS512", "PS512", "ES512")
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
#: A provider in other hands may send anything of any shape, through authlib and joserfc, which trust theirs.
REFUSALS = (OAuthError, JoseError, RequestException, HTTPError, OSError, LookupError, ValueError, TypeError,
            AttributeError, RuntimeError)  # fmt: skip


class _Ending:
    """A connection that is cut when its time is over: a time limit of `requests` is for each byte anew."""

    sock: Any

    def connect(self) -> None:
        super().connect()  # type: ignore[misc]  # of the connection it is mixed into
        end = Timer(LONGEST_WAIT, _cut, [self.sock])  # not ended by `close`, after which an answer may still be read
        end.daemon = True
        end.start()


def _cut(connection: Any) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


class _Plain(_Ending, HTTPConnection):
    pass


class _Encrypted(_Ending, HTTPSConnection):
    pass


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _EncryptedPool(HTTPSConnectionPool):
    ConnectionCls = _Encrypted


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *given: Any, **named: Any) -> None:
        super().init_poolmanager(*given, **named)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _EncryptedPool}


class OfficeSession(OAuth2Session):
    """Asks the provider itself, and takes no more than an answer needs."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.mount("http://", _Adapter())
        self.mount("https://", _Adapter())

    def request(self, method: str, url: str, **how: Any) -> Response:
        how |= {"timeout": LONGEST_WAIT, "allow_redirects": False, "stream": True}
        answer: Response = super().request(method, url, **how)
        body = answer.raw.read(MOST_BYTES + 1, decode_content=False)
        answer.close()
        if len(body) > MOST_BYTES:
            raise ValueError("the provider's answer is too long")
        answer.raw = io.BytesIO(body)
        return answer


class Begun(FlaskIntegration):
    """Sign-ins that a browser has begun: the newest few, in its session cookie, which holds 4 KB of everything."""

    expires_in = int(rules.LONGEST_SIGN_IN.total_seconds())

    def get_state_data(self, session: MutableMapping[str, Any], state: str) -> Any:
        self._clear_session_state(session)
        return super().get_state_data(session, state)

    def set_state_data(self, session: MutableMapping[str, Any], state: str, data: dict[str, Any]) -> None:
        self._clear_session_state(session)
        own = [key for key in session if key.startswith(f"_state_{self.name}_")]
        newest_first = sorted(own, key=lambda key: session[key]["exp"], reverse=True)
        for key in newest_first[rules.MOST_BEGUN - 1 :]:
            del session[key]
        needed = {name: told for name, told in data.items() if name != "url"}  # where the browser is by then
        super().set_state_data(session, state, needed)


class Offices(OAuth):
    framework_integration_cls = Begun


class Office(FlaskOAuth2App):
    """The provider that the settings name, and no other that it says to be."""

    client_cls = OfficeSession
    server_metadata: dict[str, Any]

    def load_server_metadata(self) -> dict[str, Any]:
        """What the provider says of itself, as far as it is asked; with its keys anew each minute."""
        if clock.now().timestamp() - self.server_metadata.get("_loaded_at", 0) > rules.FRESH.total_seconds():
            with self._get_session() as session:
                answer = session.request("GET", self._server_metadata_url, withhold_token=True)
                answer.raise_for_status()
            self.server_metadata = {**self._understood(answer.json()), "_loaded_at": clock.now().timestamp()}
        return self.server_metadata

    def _understood(self, told: dict[str, Any]) -> dict[str, Any]:
        issuer = self._server_metadata_url.removesuffix(rules.WELL_KNOWN)
        # Some end in a slash, which the settings leave out.
        if told["issuer"] not in (issuer, f"{issuer}/"):
            raise ValueError("the provider says to be another")
        scheme = issuer.partition("://")[0]
        if not all(told[name].startswith(f"{scheme}://") for name in ENDPOINTS):
            raise ValueError("the provider leads elsewhere")
        good = [name for name in told.get("id_token_signing_alg_values_supported") or ALGORITHMS if name in ALGORITHMS]
        return {
            "issuer": told["issuer"], **{name: told[name] for name in ENDPOINTS},
            "id_token_signing_alg_values_supported": good or list(ALGORITHMS),
        }  # fmt: skip

    def vouched(self) -> rules.Vouched:
        """Whom the provider vouches for; any of REFUSALS where it does not."""
        metadata = self.load_server_metadata()
        needed = {
            "iss": {"essential": True, "value": metadata["issuer"]},
            "aud": {"essential": True, "value": self.client_id},
        }
        return rules.vouched(self.authorize_access_token(claims_options=needed)["userinfo"])
