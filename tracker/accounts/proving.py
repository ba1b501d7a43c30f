"""Whether somebody is who they say: password and one-time code, and how often that may be tried.

A browser that has signed in to an account before has a count of its own, so that guesses from elsewhere never shut its
owner out. Other browsers are counted by network. Under many guesses, at one account, from one network or at large, each
network keeps one attempt in a quarter of an hour at each account: its owner is let in from anywhere at the first right
password, and guessing at large becomes slow.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from http import HTTPStatus
from ipaddress import ip_address, ip_network
from typing import cast

from flask import Flask, Response, current_app, g, request
from itsdangerous import BadSignature, URLSafeSerializer

from tracker.accounts import commands, queries
from tracker.accounts.models import Account
from tracker.core import clock
from tracker.core.db import db
from tracker.core.rate_limit import Throttle
from tracker.core.settings import Settings
from tracker.core.transactions import commit
from tracker.core.wording import say

#: Failures in 15 minutes. `pair` and `single`: one account from one network; `flood` closes a network to strangers.
throttle = Throttle(
    browser=(10, 15), pair=(5, 15), single=(1, 15), network=(50, 15), username=(100, 15), everybody=(1000, 15),
    flood=(300, 15), asking=(10, 15),
)  # fmt: skip
COOKIE = "tracker_browser"
_REMEMBERED_ACCOUNTS = 20
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Attempt:
    """What came of an attempt: the account it opened, or why not."""

    account: Account | None
    status: HTTPStatus = HTTPStatus.OK
    sentence: str = ""


@dataclass(frozen=True)
class KnownBrowser:
    """The mark of a browser, and the accounts that signed in with it."""

    mark: str
    account_ids: tuple[int, ...]


def network() -> str:
    """Where a request comes from: the /64 of an IPv6 address, the /24 of an IPv4 one."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return ""
    address = getattr(address, "ipv4_mapped", None) or address
    return str(ip_network((address, 24 if address.version == 4 else 64), strict=False))  # RFC 791, 4291


def attempt(username: str, password: str, code: str) -> Attempt:
    """Open an account. A failure is counted and stored, and whatever else the request has changed so far is not."""
    account = queries.account_named(username)

    def is_right() -> bool:
        right = commands.is_right(password, account, using=commands.hasher(_settings()))
        return right and account is not None and _passes(account, code)

    return _counted(username.strip().casefold(), account, is_right)


def attempt_again(account: Account, password: str, code: str) -> Attempt:
    """The same for the account that is signed in, with a sentence about its present password."""
    tried = attempt(account.username, password, code)
    if tried.status is HTTPStatus.UNPROCESSABLE_ENTITY:
        return replace(tried, sentence=say("This is not your current password or code."))
    return tried


def attempt_code(account: Account, code: str) -> Attempt:
    """Open an account for whom the office has vouched: only the code is asked for."""
    return _counted(account.username, account, lambda: _passes(account, code))


def _passes(account: Account, code: str) -> bool:
    return commands.passes_second_step(account, code, _settings(), at=clock.now())


def _settings() -> Settings:
    return cast(Settings, current_app.extensions["settings"])


def _counted(username: str, account: Account | None, is_right: Callable[[], bool]) -> Attempt:
    pair = f"{username} {network()}"
    browser = known_browser()
    counts = {"pair": pair, "single": pair, "network": network(), "flood": network(), "username": username,
              "everybody": ""}  # fmt: skip
    if browser and account and account.id in browser.account_ids:
        counts = {"browser": f"{browser.mark} {username}"}
    if _is_closed(counts):
        return Attempt(None, HTTPStatus.TOO_MANY_REQUESTS, say("Too many attempts. Wait 15 minutes and try again."))
    if is_right():
        return Attempt(account)
    db.session.rollback()
    throttle.count_failure(**counts)
    commit()
    sentence = say("The username, the password or the one-time code is incorrect.")
    return Attempt(None, HTTPStatus.UNPROCESSABLE_ENTITY, sentence)


def _is_closed(counts: dict[str, str]) -> bool:
    if "browser" in counts:
        return throttle.is_exhausted(**counts)
    if throttle.is_exhausted(pair=counts["pair"], flood=counts["flood"]):
        return True
    many = {name: counts[name] for name in ("network", "username", "everybody")}
    return throttle.is_exhausted(**many) and throttle.is_exhausted(single=counts["single"])


def known_browser() -> KnownBrowser | None:
    """The browser of this request, where somebody has signed in with it before."""
    try:
        mark, account_ids = _signer().loads(request.cookies.get(COOKIE, ""))
        return KnownBrowser(mark, tuple(account_ids))
    except (BadSignature, ValueError, TypeError):
        return None


def remember_browser(account: Account) -> None:
    """Know this browser again when it signs in to this account."""
    known = known_browser() or KnownBrowser(secrets.token_urlsafe(12), ())
    others = [one for one in known.account_ids if one != account.id]
    g.browser_to_remember = _signer().dumps([known.mark, [account.id, *others][:_REMEMBERED_ACCOUNTS]])


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(_settings().secret_key, salt="known browser")


def _send_cookie(response: Response) -> Response:
    value = g.pop("browser_to_remember", None)
    if value:
        is_secure = _settings().secure_cookies
        response.set_cookie(COOKIE, value, max_age=_YEAR, httponly=True, samesite="Lax", secure=is_secure)
    return response


def set_up(app: Flask) -> None:
    """Let browsers be known again."""
    app.after_request(_send_cookie)
