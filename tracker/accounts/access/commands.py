"""Changes to links and office identities. Callers commit."""

import secrets
from datetime import datetime

from argon2 import PasswordHasher

from tracker.accounts.access import queries, rules
from tracker.accounts.access.models import AccessLink, OfficeIdentity, ResetRequest
from tracker.accounts.access.rules import LinkKind
from tracker.accounts.commands import change_password, refuse_credentials_of_others
from tracker.accounts.models import Account
from tracker.accounts.queries import account_named, token_hash
from tracker.audit.commands import record
from tracker.core.actor import SYSTEM, Actor
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy_gettext as _l


def make_link(account: Account, kind: LinkKind, *, by: Actor, at: datetime, ends_earlier: bool = True) -> str:
    """Return the token of a new link; only its hash is stored. `ends_earlier` deletes unused links of the kind."""
    refuse_credentials_of_others(account, by)
    for earlier in queries.unused_links(account.id, kind) if ends_earlier else ():
        db.session.delete(earlier)
    token = secrets.token_urlsafe(32)
    db.session.add(AccessLink(kind=kind, account_id=account.id, token_hash=token_hash(token), made_at=at))
    record(account, f"{kind}_made", by=by, at=at)
    return token


def use_link(link: AccessLink, password: str, *, using: PasswordHasher, at: datetime) -> None:
    """Set the password. The link is used up; the account's other links and all sign-ins end."""
    if not rules.is_usable(link.made_at, link.used_at, at):
        raise NotPossible(_l("This link has been used or is older than 30 minutes. Request a new one."))
    link.used_at = at
    for kind in LinkKind:
        for other in queries.unused_links(link.account_id, kind):
            if other is not link:
                db.session.delete(other)
    change_password(link.account, password, using=using, by=SYSTEM, at=at)


def ask_for_reset(username: str, *, at: datetime) -> None:
    """Store a request without looking the account up, so that the response does not reveal whether it exists."""
    db.session.add(ResetRequest(username=username.strip().casefold()[:60], asked_at=at))


def process_reset_requests(*, at: datetime) -> int:
    """Record an event, which is mailed, for each stored request of a real account. Return the number of requests."""
    requests = queries.reset_requests()
    for request in requests:
        account = account_named(request.username)
        if account and account.is_active and account.email and at - request.asked_at <= rules.LIFETIME:
            record(account, "reset_asked", by=SYSTEM, at=at)
        db.session.delete(request)
    return len(requests)


def find_or_link_account(issuer: str, subject: str, email: str | None, *, at: datetime) -> Account | None:
    """The account of an office identity. The first time it is matched by the verified address and linked."""
    linked = queries.account_of(issuer, subject)
    if linked or not email:
        return linked
    account = queries.account_with(email)
    if account:
        db.session.add(OfficeIdentity(issuer=issuer, subject=subject, account_id=account.id, since=at))
        record(account, "office_identity_linked", by=SYSTEM, at=at)
    return account
