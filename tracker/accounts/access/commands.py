"""Changes to links and office identities. Callers commit."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from itertools import chain, count

from argon2 import PasswordHasher

from tracker.accounts.access import queries, rules
from tracker.accounts.access.models import AccessLink, OfficeIdentity, ResetRequest
from tracker.accounts.access.rules import LinkKind
from tracker.accounts.commands import AccountDraft, change_password, open_account, refuse_credentials_of_others
from tracker.accounts.models import Account
from tracker.accounts.queries import account_at, account_named, token_hash
from tracker.accounts.rules import LONGEST_USERNAME, normalised_address
from tracker.audit.commands import record
from tracker.core.actor import SYSTEM, Actor, Role
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy_gettext as _l
from tracker.people.models import Person

LINK_ENDED = _l("This link has been used or is no longer valid. Request a new one.")


def make_link(account: Account, kind: LinkKind, *, by: Actor, at: datetime, ends_earlier: bool = True) -> str:
    """Return the token of a new link; only its hash is stored. `ends_earlier` deletes unused links of the kind."""
    refuse_credentials_of_others(account, by)
    if kind is LinkKind.INVITATION:
        account.invited_at = at
    for earlier in queries.unused_links(account.id, kind) if ends_earlier else ():
        db.session.delete(earlier)
    return _new_link(account, kind, made_at=at, by=by, at=at)


def link_of_invitation(account: Account, *, at: datetime) -> str | None:
    """The token of a further link of the open invitation, for its mail; None if there is no such invitation."""
    invited_at = account.invited_at
    if invited_at is None or not rules.is_usable(LinkKind.INVITATION, invited_at, None, invited_at, at):
        return None
    return _new_link(account, LinkKind.INVITATION, made_at=invited_at, by=SYSTEM, at=at)


def _new_link(account: Account, kind: LinkKind, *, made_at: datetime, by: Actor, at: datetime) -> str:
    token = secrets.token_urlsafe(32)
    db.session.add(AccessLink(kind=kind, account_id=account.id, token_hash=token_hash(token), made_at=made_at))
    record(account, f"{kind}_made", by=by, at=at)
    return token


def use_link(link: AccessLink, password: str, *, using: PasswordHasher, at: datetime) -> None:
    """Set the password. The link is used up; the account's other links and all sign-ins end."""
    if not link.is_usable(at):
        raise NotPossible(LINK_ENDED)
    link.used_at = at
    for kind in LinkKind:
        for other in queries.unused_links(link.account_id, kind):
            if other is not link:
                db.session.delete(other)
    change_password(link.account, password, using=using, by=SYSTEM, at=at)


def ask_for_reset(username: str, *, at: datetime) -> None:
    """Store a request without looking the account up, so that the response does not reveal whether it exists."""
    db.session.add(ResetRequest(username=username.strip().casefold()[:LONGEST_USERNAME], asked_at=at))


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


def ask_for_account(identity: rules.ConfirmedIdentity, *, using: PasswordHasher, at: datetime) -> Account | None:
    """Open a closed account for somebody whom the office has confirmed; an administrator answers.

    None if an account has this name or address already, or the office has not verified the address, or it might be
    taken for another one.
    """
    address = normalised_address(identity.address or "")
    if not rules.reads_as_it_is(address) or account_at(address) or account_named(address[:LONGEST_USERNAME]):
        return None
    draft = AccountDraft(
        username=address[:LONGEST_USERNAME], display_name=identity.name or address, roles=frozenset(), is_active=False,
        email=address, office_address=address,
    )  # fmt: skip
    account = open_account(draft, None, using=using, by=SYSTEM, at=at)
    account.asked_at = at
    db.session.add(OfficeIdentity(issuer=identity.issuer, subject=identity.subject, account_id=account.id, since=at))
    record(account, "asked_for", by=SYSTEM, at=at)
    return account


def invite_persons(
    chosen: Iterable[tuple[Person, str | None]],
    roles: frozenset[Role],
    *,
    using: PasswordHasher,
    by: Actor,
    at: datetime,
) -> list[Account]:
    """Open an account for each of these persons, with their e-mail, and invite them."""
    return [
        open_account(
            AccountDraft(
                username=_free_username(rules.username_of(person.name, email)), display_name=person.name,
                person_id=person.id, roles=roles, email=email,
            ),
            None, using=using, by=by, at=at,
        )
        for person, email in chosen
    ]  # fmt: skip


def _free_username(wanted: str) -> str:
    numbered = (f"{wanted[: LONGEST_USERNAME - 4]}{number}" for number in count(2))
    return next(name for name in chain([wanted], numbered) if name and account_named(name) is None)
