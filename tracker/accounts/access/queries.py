"""Queries for links and office identities."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.accounts.access.models import AccessLink, OfficeIdentity, ResetRequest
from tracker.accounts.access.rules import LinkKind
from tracker.accounts.models import Account, AccountRole, SignIn
from tracker.accounts.queries import token_hash
from tracker.accounts.rules import normalised_address
from tracker.core.actor import Role
from tracker.core.db import db
from tracker.people.models import Person, PositionHolding
from tracker.people.rules import folded


def link_with_token(token: str) -> AccessLink | None:
    """The link with this token if its account is active. Locked, because a link can be used only once."""
    query = (
        select(AccessLink)
        .join(AccessLink.account)
        .where(AccessLink.token_hash == token_hash(token), Account.is_active)
        .options(joinedload(AccessLink.account))
    )
    return db.session.scalar(query.with_for_update(of=AccessLink))


def unused_links(account_id: int, kind: LinkKind) -> Sequence[AccessLink]:
    query = select(AccessLink).filter_by(account_id=account_id, kind=kind, used_at=None)
    return db.session.scalars(query.order_by(AccessLink.id)).all()


def reset_requests() -> Sequence[ResetRequest]:
    """Up to 100 requests, oldest first, locked so that two workers do not process the same."""
    query = select(ResetRequest).order_by(ResetRequest.id).limit(100)
    return db.session.scalars(query.with_for_update(skip_locked=True)).all()


def account_of(issuer: str, subject: str) -> Account | None:
    query = select(Account).join(OfficeIdentity).where(
        OfficeIdentity.issuer == issuer, OfficeIdentity.subject == subject, Account.is_active
    )  # fmt: skip
    return db.session.scalar(query.options(selectinload(Account.roles)))


def is_pending(issuer: str, subject: str) -> bool:
    """Whether an administrator still has to answer the request of this office identity."""
    query = select(Account.id).join(OfficeIdentity).where(
        OfficeIdentity.issuer == issuer, OfficeIdentity.subject == subject, Account.asked_at.is_not(None)
    )  # fmt: skip
    return db.session.scalar(query) is not None


def account_with(office_address: str) -> Account | None:
    query = select(Account).filter_by(office_address=normalised_address(office_address), is_active=True)
    return db.session.scalar(query.options(selectinload(Account.roles)))


def awaiting_links(limit: int, *, to_change: bool = False) -> Sequence[Account]:
    """Active accounts with an invitation that nobody has used. Administrators are invited by mail only (ADR 60)."""
    is_used = exists().where(SignIn.account_id == Account.id)
    is_admin = Account.roles.any(AccountRole.role == Role.ADMIN)
    query = (
        select(Account)
        .where(Account.is_active, Account.invited_at.is_not(None), ~is_used, ~is_admin)
        .options(selectinload(Account.roles))
        .order_by(Account.display_name, Account.id)
        .limit(limit)
    )
    return db.session.scalars(query.with_for_update(of=Account) if to_change else query).all()


def without_account(q: str | None, limit: int) -> Sequence[Person]:
    """People in the register for whom no account was opened, by name."""
    query = _without_account()
    if q:
        query = query.where(Person.folded.contains(folded(q), autoescape=True))
    return db.session.scalars(query.order_by(Person.folded, Person.id).limit(limit)).all()


def without_account_among(person_ids: Collection[int]) -> dict[int, Person]:
    rows = db.session.scalars(_without_account().where(Person.id.in_(person_ids)))
    return {person.id: person for person in rows}


def _without_account() -> Select[Person]:
    has_account = exists().where(Account.person_id == Person.id)
    loaded = selectinload(Person.holdings).joinedload(PositionHolding.position)
    return select(Person).where(Person.is_listed, ~has_account).options(loaded)
