"""Queries for links and office identities."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tracker.accounts.access.models import AccessLink, OfficeIdentity, ResetRequest
from tracker.accounts.access.rules import LinkKind
from tracker.accounts.models import Account
from tracker.accounts.queries import token_hash
from tracker.accounts.rules import normalised_address
from tracker.core.db import db


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


def account_with(office_address: str) -> Account | None:
    query = select(Account).filter_by(office_address=normalised_address(office_address), is_active=True)
    return db.session.scalar(query.options(selectinload(Account.roles)))
