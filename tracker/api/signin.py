"""A token is the only way in: no cookie opens an address of programs, and no token a page."""

from dataclasses import dataclass

from flask import Response, g, request

from tracker.accounts import proving, queries, signin
from tracker.accounts.models import ApiToken
from tracker.accounts.rules import ApiFeature
from tracker.api.problems import NotLent, NoToken
from tracker.core import clock, wording
from tracker.core.errors import TooMany
from tracker.core.rate_limit import Quota
from tracker.core.wording import gettext, label
from tracker.core.wording import lazy_gettext as _l

#: (requests, minutes) of a token, and of a network with tokens that are none: those never close a real one.
REQUESTS = Quota("api", 600, 5)
UNKNOWN = Quota("api-unknown", 60, 15)
NO_TOKEN = _l("Send a token of your account that has not ended or expired: “Authorization: Bearer …”.")
TOO_MANY = _l("Too many requests. The header Retry-After says in how many seconds to go on.")


@dataclass(frozen=True)
class Lent:
    """What the token of this request may be used for."""

    token_id: int
    account_id: int
    features: frozenset[str]
    may_write: bool


def authenticate() -> None:
    wording.speak_as_asked(None)
    scheme, _, sent = request.headers.get("Authorization", "").partition(" ")
    token = queries.api_token_with(sent.strip(), clock.now()) if scheme.lower() == "bearer" and sent else None
    if token is None:
        is_allowed, g.allowance = UNKNOWN.count(proving.network())
        if not is_allowed:
            raise TooMany(TOO_MANY)
        raise NoToken(NO_TOKEN)
    wording.speak_as_asked(token.account.language)
    signin.act_with(token)
    g.lent = Lent(token.id, token.account_id, frozenset(token.features), token.may_write)
    used_at, program = token.used_at, token.program
    is_allowed, g.allowance = REQUESTS.count(str(g.lent.token_id))
    if not is_allowed:
        raise TooMany(TOO_MANY)
    signin.note_use(ApiToken.used_at, g.lent.token_id, last=used_at, known_as=program)


def lent() -> Lent:
    return g.lent  # type: ignore[no-any-return]  # `g` has no types


def ensure_lent(feature: ApiFeature, *, to_write: bool) -> None:
    if feature.value not in lent().features:
        raise NotLent(gettext("This token was not made for: %(feature)s.", feature=label(feature)))
    if to_write and not lent().may_write:
        raise NotLent(gettext("This token only reads."))


def with_headers(response: Response) -> Response:
    """Who must sign in how, and what is left of the quota. Nothing allows pages of other sites to ask (CORS)."""
    if response.status_code == NoToken.status:
        response.headers["WWW-Authenticate"] = 'Bearer realm="tracker"'
    allowance = g.get("allowance")
    if allowance:
        response.headers["RateLimit-Policy"] = f'"requests";q={allowance.limit};w={allowance.seconds}'
        response.headers["RateLimit"] = f'"requests";r={allowance.left};t={allowance.ends_in}'
        if response.status_code == TooMany.status:
            response.headers["Retry-After"] = str(allowance.ends_in)
    return response
