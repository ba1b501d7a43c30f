"""Checks password and one-time code, with a limit on attempts.

A browser that has signed in to an account before has its own counter, so guesses from elsewhere never lock its owner
out. Other browsers are counted by network. After many guesses at one account, from one network or in total, each
network still gets one attempt per account every 15 minutes: the owner can sign in from anywhere if the first password
is right, and large-scale guessing becomes slow.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from http import HTTPStatus
from ipaddress import ip_address, ip_network

from flask import Flask, Response, g, request
from itsdangerous import BadSignature, URLSafeSerializer

from tracker.accounts import commands, queries
from tracker.accounts.models import Account
from tracker.core import clock
from tracker.core.db import SAFE_METHODS, db
from tracker.core.rate_limit import Throttle
from tracker.core.settings import current_settings
from tracker.core.transactions import commit
from tracker.core.wording import gettext

#: (failures, minutes). `pair`, `single`: one account from one network; `flood` closes a network to unknown browsers.
throttle = Throttle(
    browser=(10, 15), pair=(5, 15), single=(1, 15), network=(50, 15), username=(100, 15), everybody=(1000, 15),
    flood=(300, 15), asking=(10, 15),
)  # fmt: skip
COOKIE = "tracker_browser"
_REMEMBERED_ACCOUNTS = 20
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Attempt:
    account: Account | None
    status: HTTPStatus = HTTPStatus.OK
    sentence: str = ""


@dataclass(frozen=True)
class KnownBrowser:
    id: str
    account_ids: tuple[int, ...]


def network() -> str:
    """The network of the request: the /64 of an IPv6 address, the /24 of an IPv4 address."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return ""
    address = getattr(address, "ipv4_mapped", None) or address
    return str(ip_network((address, 24 if address.version == 4 else 64), strict=False))  # RFC 791, 4291


def attempt(username: str, password: str, code: str) -> Attempt:
    """Check the credentials. A failure is counted and committed; other changes of the request are rolled back."""
    account = queries.account_named(username)

    def succeeds() -> bool:
        is_right = commands.is_right(password, account, using=commands.hasher(current_settings()))
        return is_right and account is not None and _passes(account, code)

    return _rate_limited(username.strip().casefold(), account, succeeds)


def attempt_again(account: Account, password: str, code: str) -> Attempt:
    tried = attempt(account.username, password, code)
    if tried.status is HTTPStatus.UNPROCESSABLE_ENTITY:
        return replace(tried, sentence=gettext("This is not your current password or code."))
    return tried


def attempt_code(account: Account, code: str) -> Attempt:
    """Check only the code, for somebody whose identity the office sign-in has confirmed."""
    return _rate_limited(account.username, account, lambda: _passes(account, code))


def _passes(account: Account, code: str) -> bool:
    return commands.passes_second_step(account, code, current_settings(), at=clock.now())


def _rate_limited(username: str, account: Account | None, succeeds: Callable[[], bool]) -> Attempt:
    pair = f"{username} {network()}"
    browser = known_browser()
    counts = {"pair": pair, "single": pair, "network": network(), "flood": network(), "username": username,
              "everybody": ""}  # fmt: skip
    if browser and account and account.id in browser.account_ids:
        counts = {"browser": f"{browser.id} {username}"}
    if _is_closed(counts):
        return Attempt(None, HTTPStatus.TOO_MANY_REQUESTS, gettext("Too many attempts. Wait 15 minutes and try again."))
    if succeeds():
        return Attempt(account)
    db.session.rollback()
    throttle.count_failure(**counts)
    commit()
    sentence = gettext("The username, the password or the one-time code is incorrect.")
    return Attempt(None, HTTPStatus.UNPROCESSABLE_ENTITY, sentence)


def _is_closed(counts: dict[str, str]) -> bool:
    if "browser" in counts:
        return throttle.is_exhausted(**counts)
    if throttle.is_exhausted(pair=counts["pair"], flood=counts["flood"]):
        return True
    many = {name: counts[name] for name in ("network", "username", "everybody")}
    return throttle.is_exhausted(**many) and throttle.is_exhausted(single=counts["single"])


def may_ask() -> bool:
    """Whether this network may ask once more for a link or an account; counts it."""
    requester = {"asking": network()}
    if throttle.is_exhausted(**requester):
        return False
    throttle.count_failure(**requester)
    if request.method in SAFE_METHODS:
        db.session.rollback()  # another connection counted; SQLite lets the session write only from the newest state
    return True


def known_browser() -> KnownBrowser | None:
    try:
        browser_id, account_ids = _signer().loads(request.cookies.get(COOKIE, ""))
        return KnownBrowser(browser_id, tuple(account_ids))
    except (BadSignature, ValueError, TypeError):
        return None


def remember_browser(account: Account) -> None:
    """Set a cookie so that the next attempt from this browser has its own counter."""
    known = known_browser() or KnownBrowser(secrets.token_urlsafe(12), ())
    others = [account_id for account_id in known.account_ids if account_id != account.id]
    g.browser_to_remember = _signer().dumps([known.id, [account.id, *others][:_REMEMBERED_ACCOUNTS]])


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_settings().secret_key, salt="known browser")


def _send_cookie(response: Response) -> Response:
    value = g.pop("browser_to_remember", None)
    if value:
        is_secure = current_settings().secure_cookies
        response.set_cookie(COOKIE, value, max_age=_YEAR, httponly=True, samesite="Lax", secure=is_secure)
    return response


def set_up(app: Flask) -> None:
    app.after_request(_send_cookie)
