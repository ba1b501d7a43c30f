"""Things people do with the ways in. Nothing here commits."""

import secrets
from datetime import datetime

from argon2 import PasswordHasher

from tracker.accounts.access import queries, rules
from tracker.accounts.access.models import AccessLink, OfficeIdentity, ResetRequest
from tracker.accounts.access.rules import LinkKind
from tracker.accounts.commands import change_password, refuse_ways_of_others
from tracker.accounts.models import Account
from tracker.accounts.queries import account_named, token_hash
from tracker.audit.commands import record
from tracker.core.actor import SYSTEM, Actor
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy as _l


def make_link(account: Account, kind: LinkKind, *, by: Actor, at: datetime, ends_earlier: bool = True) -> str:
    """A link's token, which is stored nowhere; earlier ones of its kind end, but for one that anybody may ask for."""
    refuse_ways_of_others(account, by)
    for earlier in queries.unused_links(account.id, kind) if ends_earlier else ():
        db.session.delete(earlier)
    token = secrets.token_urlsafe(32)
    db.session.add(AccessLink(kind=kind, account_id=account.id, token_hash=token_hash(token), made_at=at))
    record(account, f"{kind}_made", by=by, at=at)
    return token


def use_link(link: AccessLink, password: str, *, using: PasswordHasher, at: datetime) -> None:
    """Choose the password; the link is spent, all others of the account and every earlier sign-in end."""
    if not rules.is_usable(link.made_at, link.used_at, at):
        raise NotPossible(_l("This link has been used or is older than 30 minutes. Request a new one."))
    link.used_at = at
    for kind in LinkKind:
        for other in queries.unused_links(link.account_id, kind):
            if other is not link:
                db.session.delete(other)
    change_password(link.account, password, using=using, by=SYSTEM, at=at)


def ask_for_reset(username: str, *, at: datetime) -> None:
    """Take a request down, whoever it is for."""
    db.session.add(ResetRequest(username=username.strip().casefold()[:60], asked_at=at))


def answer_requests(*, at: datetime) -> int:
    """Look at the requests taken down; those of real accounts become an event, which is told by mail."""
    requests = queries.reset_requests()
    for request in requests:
        account = account_named(request.username)
        if account and account.is_active and account.email and at - request.asked_at <= rules.LIFETIME:
            record(account, "reset_asked", by=SYSTEM, at=at)
        db.session.delete(request)
    return len(requests)


def recognise(issuer: str, subject: str, email: str | None, *, at: datetime) -> Account | None:
    """The account of whoever the office's sign-in vouches for; the first time by the address it has verified."""
    known = queries.account_of(issuer, subject)
    if known or not email:
        return known
    account = queries.account_with(email)
    if account:
        db.session.add(OfficeIdentity(issuer=issuer, subject=subject, account_id=account.id, since=at))
        record(account, "office_identity_linked", by=SYSTEM, at=at)
    return account
