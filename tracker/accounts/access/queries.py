"""Questions about the ways in."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tracker.accounts.access.models import AccessLink, OfficeIdentity, ResetRequest
from tracker.accounts.access.rules import LinkKind
from tracker.accounts.models import Account
from tracker.accounts.queries import token_hash
from tracker.accounts.rules import same_address
from tracker.core.db import db


def link_by(token: str) -> AccessLink | None:
    """The link with this token, locked so that it opens once, with its account if that may sign in."""
    question = (
        select(AccessLink)
        .join(AccessLink.account)
        .where(AccessLink.token_hash == token_hash(token), Account.is_active)
        .options(joinedload(AccessLink.account))
    )
    return db.session.scalar(question.with_for_update(of=AccessLink))


def unused_links(account_id: int, kind: LinkKind) -> Sequence[AccessLink]:
    """The links of this kind that the account has not used."""
    question = select(AccessLink).filter_by(account_id=account_id, kind=kind, used_at=None)
    return db.session.scalars(question.order_by(AccessLink.id)).all()


def reset_requests() -> Sequence[ResetRequest]:
    """The requests that nobody has looked at yet, the oldest first, locked for the one who looks."""
    waiting = select(ResetRequest).order_by(ResetRequest.id).limit(100)
    return db.session.scalars(waiting.with_for_update(skip_locked=True)).all()


def account_of(issuer: str, subject: str) -> Account | None:
    """The account that is this person at the office's sign-in."""
    question = select(Account).join(OfficeIdentity).where(
        OfficeIdentity.issuer == issuer, OfficeIdentity.subject == subject, Account.is_active
    )  # fmt: skip
    return db.session.scalar(question.options(selectinload(Account.roles)))


def account_with(office_address: str) -> Account | None:
    """The account that an administrator gave this address at the office's sign-in."""
    question = select(Account).filter_by(office_address=same_address(office_address), is_active=True)
    return db.session.scalar(question.options(selectinload(Account.roles)))
