"""What people choose about their own account. Callers commit."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from tracker.accounts import queries, rules
from tracker.accounts.models import (
    Account,
    ApiToken,
    CalendarAddress,
)
from tracker.audit.commands import record
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy_gettext as _l


def choose_mails(account: Account, email: str | None, *, wants_digest: bool, by: Actor, at: datetime) -> None:
    account.email, account.wants_digest = email, wants_digest
    record(account, "mails_chosen", by=by, at=at)


def choose_language(account: Account, language: str) -> None:
    account.language = language


def end_tour(account: Account, *, at: datetime) -> None:
    account.toured_at = account.toured_at or at


def make_calendar_address(account: Account, due_dates: rules.DueDatesAs, *, by: Actor, at: datetime) -> str:
    """Return the token of a new address, which is shown only once. The account must be locked."""
    if len(queries.calendar_addresses(account.id)) >= rules.MOST_CALENDAR_ADDRESSES:
        raise NotPossible(
            _l("You have %(most)d addresses already. End one that you no longer use.",
               most=rules.MOST_CALENDAR_ADDRESSES)
        )  # fmt: skip
    token = secrets.token_urlsafe(32)
    hashed = queries.token_hash(token)
    db.session.add(CalendarAddress(account_id=account.id, token_hash=hashed, due_dates=due_dates, made_at=at))
    record(account, "calendar_address_made", by=by, at=at)
    return token


def end_calendar_address(address: CalendarAddress, *, by: Actor, at: datetime) -> None:
    """The account must be loaded."""
    address.ended_at = at
    record(address.account, "calendar_address_ended", by=by, at=at)


@dataclass(frozen=True, kw_only=True)
class TokenDraft:
    name: str
    features: list[rules.ApiFeature]
    may_write: bool
    reads_secret: bool
    lasts: rules.TokenLasts


def make_api_token(account: Account, draft: TokenDraft, *, by: Actor, at: datetime) -> str:
    """Return a new token, which is shown only once. The account must be locked."""
    own = queries.api_tokens(account.id, at)
    if len(own) >= rules.MOST_API_TOKENS:
        raise NotPossible(
            _l("You have %(most)d tokens already. End one that you no longer use.", most=rules.MOST_API_TOKENS)
        )
    if draft.name in {token.name for token in own}:
        raise NotPossible(_l("You have a token of this name. Choose another name."), field="name")
    token = rules.TOKEN_PREFIX + secrets.token_urlsafe(32)
    db.session.add(
        ApiToken(
            account_id=account.id,
            name=draft.name,
            token_hash=queries.token_hash(token),
            features=[feature.value for feature in draft.features],
            may_write=draft.may_write,
            reads_secret=draft.reads_secret,
            made_at=at,
            expires_at=at + timedelta(days=draft.lasts.days),
        )
    )
    record(account, "api_token_made", by=by, at=at, reason=draft.name)
    return token


def end_api_token(token: ApiToken, *, by: Actor, at: datetime) -> None:
    """The account must be loaded."""
    token.ended_at = at
    record(token.account, "api_token_ended", by=by, at=at, reason=token.name)
