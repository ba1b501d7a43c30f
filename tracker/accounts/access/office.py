"""A hardened authlib client for the office's OpenID Connect provider. Imported only if a provider is configured."""

import io
from collections.abc import MutableMapping
from typing import Any
from urllib.parse import urlsplit

from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.flask_client import FlaskIntegration, FlaskOAuth2App, OAuth
from authlib.integrations.requests_client import OAuth2Session
from joserfc.errors import JoseError
from requests import RequestException, Response
from ssrfguard import SSRFGuardError
from urllib3.exceptions import HTTPError

from tracker.accounts.access import rules
from tracker.core import clock
from tracker.core.outgoing import GuardedAdapter, policy_for_any, policy_for_public
from tracker.core.settings import current_settings

#: Seconds for a whole response, however slowly it arrives.
LONGEST_WAIT = 5
MOST_BYTES = 1_000_000
#: Only public-key algorithms: tokens without a signature or signed with a shared secret are refused (RFC 8725, 3.1).
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA", "Ed25519", "RS384", "PS384", "ES384", "RS512", "PS512", "ES512")
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
#: A compromised provider may send anything, and authlib and joserfc trust their provider, so they raise all of these.
REFUSALS = (OAuthError, JoseError, RequestException, SSRFGuardError, HTTPError, OSError, LookupError, ValueError,
            TypeError, AttributeError, RuntimeError)  # fmt: skip


class OfficeSession(OAuth2Session):
    """Sends requests without redirects, and limits the time and size of each response.

    The host of the issuer is named by the settings, often within the office. Other hosts are named by the provider, so
    they are reached only if they are public.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        issuer = urlsplit(current_settings().oidc_issuer)
        self.mount("http://", GuardedAdapter(policy_for_public(is_proxied=True), seconds=LONGEST_WAIT))
        self.mount("https://", GuardedAdapter(policy_for_public(is_proxied=True), seconds=LONGEST_WAIT))
        self.mount(f"{issuer.scheme}://{issuer.netloc}/", GuardedAdapter(policy_for_any(), seconds=LONGEST_WAIT))

    def request(self, method: str, url: str, **options: Any) -> Response:
        options |= {"timeout": LONGEST_WAIT, "allow_redirects": False, "stream": True}
        response: Response = super().request(method, url, **options)
        body = response.raw.read(MOST_BYTES + 1, decode_content=False)
        response.close()
        if len(body) > MOST_BYTES:
            raise ValueError("the provider's response is too long")
        response.raw = io.BytesIO(body)
        return response


class BoundedSignIns(FlaskIntegration):
    """Keeps only the newest pending sign-ins of a browser, because they are in its session cookie of at most 4 KB."""

    expires_in = int(rules.LONGEST_SIGN_IN.total_seconds())

    def get_state_data(self, session: MutableMapping[str, Any], state: str) -> Any:
        self._clear_session_state(session)
        return super().get_state_data(session, state)

    def set_state_data(self, session: MutableMapping[str, Any], state: str, data: dict[str, Any]) -> None:
        self._clear_session_state(session)
        own = [key for key in session if key.startswith(f"_state_{self.name}_")]
        newest_first = sorted(own, key=lambda key: session[key]["exp"], reverse=True)
        for key in newest_first[rules.MOST_PENDING - 1 :]:
            del session[key]
        needed = {name: value for name, value in data.items() if name != "url"}  # the browser has left for that address
        super().set_state_data(session, state, needed)


class Offices(OAuth):
    framework_integration_cls = BoundedSignIns


class Office(FlaskOAuth2App):
    """The provider named in the settings. Its metadata must not name another issuer."""

    client_cls = OfficeSession
    server_metadata: dict[str, Any]

    def load_server_metadata(self) -> dict[str, Any]:
        """The part of the provider's metadata that is used. Reloaded every minute, together with its keys."""
        if clock.now().timestamp() - self.server_metadata.get("_loaded_at", 0) > rules.FRESH.total_seconds():
            with self._get_session() as session:
                response = session.request("GET", self._server_metadata_url, withhold_token=True)
                response.raise_for_status()
            self.server_metadata = {**self._checked(response.json()), "_loaded_at": clock.now().timestamp()}
        return self.server_metadata

    def _checked(self, metadata: dict[str, Any]) -> dict[str, Any]:
        issuer = self._server_metadata_url.removesuffix(rules.WELL_KNOWN)
        # Some issuers end in a slash, which the settings leave out.
        if metadata["issuer"] not in (issuer, f"{issuer}/"):
            raise ValueError("the provider names another issuer")
        scheme = issuer.partition("://")[0]
        if not all(metadata[name].startswith(f"{scheme}://") for name in ENDPOINTS):
            raise ValueError("the provider names endpoints with another scheme")
        offered = metadata.get("id_token_signing_alg_values_supported") or ALGORITHMS
        algorithms = [name for name in offered if name in ALGORITHMS]
        return {
            "issuer": metadata["issuer"], **{name: metadata[name] for name in ENDPOINTS},
            "id_token_signing_alg_values_supported": algorithms or list(ALGORITHMS),
        }  # fmt: skip

    def confirmed_identity(self) -> rules.ConfirmedIdentity:
        """The identity that the provider confirms; raises one of REFUSALS if it does not."""
        metadata = self.load_server_metadata()
        claims = {
            "iss": {"essential": True, "value": metadata["issuer"]},
            "aud": {"essential": True, "value": self.client_id},
        }
        return rules.confirmed_identity(self.authorize_access_token(claims_options=claims)["userinfo"])
