"""Queries for accounts and sign-ins."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from tracker.accounts.models import (
    Account,
    AccountRole,
    ApiToken,
    CalendarAddress,
    Grant,
    Preview,
    RecoveryCode,
    SecondStep,
    SignIn,
)
from tracker.accounts.rules import INVITATION_LASTS, AccountState, Entitlements, Rights
from tracker.audit.models import Event
from tracker.audit.queries import events_of, oneself
from tracker.core import clock
from tracker.core.actor import Actor, Classification, Role
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.core.listed import Listed
from tracker.core.office import NEWEST
from tracker.core.paging import Page, page_of
from tracker.people.models import Position, PositionHolding
from tracker.people.queries import ARE_ZONES_SET


@dataclass(frozen=True, kw_only=True)
class AccountFilter:
    q: str | None = None
    role: Role | None = None
    state: AccountState | None = None


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class ActiveSignIn(NamedTuple):
    sign_in_id: int
    started_at: datetime
    last_seen_at: datetime
    preview_id: int | None
    account_id: int
    name: str
    person_id: int | None
    clearance: Classification
    toured_at: datetime | None
    #: The number of the office's settings in force (`core.office`).
    office_setting_id: int | None
    #: Whether any unit has a time zone of its own (`people.queries.zones`).
    are_zones_set: bool
    #: Each row is a list with one role code.
    role_rows: list[list[str]] | None


_ROLES = select(Listed(AccountRole.role)).where(AccountRole.account_id == Account.id).correlate(Account)
#: Runs at every request, so it is built once and selects columns: loading objects and roles takes half a page's time.
_BY_TOKEN = (
    select(
        SignIn.id, SignIn.started_at, SignIn.last_seen_at, SignIn.preview_id, Account.id, Account.display_name,
        Account.person_id, Account.clearance, Account.toured_at, NEWEST.scalar_subquery(), ARE_ZONES_SET,
        _ROLES.scalar_subquery(),
    )
    .join(SignIn.account)
    .where(SignIn.token_hash == bindparam("token_hash"), SignIn.ended_at.is_(None), Account.is_active)
)  # fmt: skip


def active_sign_in(token: str) -> ActiveSignIn | None:
    row = db.session.execute(_BY_TOKEN, {"token_hash": token_hash(token)}).one_or_none()
    return ActiveSignIn._make(row) if row else None


def actor_of(sign_in: ActiveSignIn) -> Actor:
    roles = frozenset(Role(code) for row in sign_in.role_rows or () for code in row)
    return _actor(sign_in.account_id, sign_in.name, sign_in.person_id, sign_in.clearance, roles)


def as_actor(account: Account) -> Actor:
    """The roles must be loaded."""
    roles = frozenset(row.role for row in account.roles)
    return _actor(account.id, account.display_name, account.person_id, account.clearance, roles)


def _actor(
    account_id: int, name: str, person_id: int | None, clearance: Classification, roles: frozenset[Role]
) -> Actor:
    unit_ids = _units_of(person_id) if Role.PIC in roles and person_id else frozenset()
    return Actor(
        account_id=account_id, name=name, person_id=person_id, roles=roles, clearance=clearance, unit_ids=unit_ids
    )


def _units_of(person_id: int) -> frozenset[int]:
    today = clock.today()
    query = (
        select(Position.unit_id)
        .join(Position.holdings)
        .where(
            PositionHolding.person_id == person_id,
            or_(PositionHolding.start_on.is_(None), PositionHolding.start_on <= today),
            or_(PositionHolding.end_on.is_(None), PositionHolding.end_on >= today),
            Position.unit_id.is_not(None),
        )
    )
    return frozenset(unit_id for unit_id in db.session.scalars(query) if unit_id is not None)


def account(account_id: int, *, to_change: bool = False) -> Account:
    query = select(Account).filter_by(id=account_id).options(selectinload(Account.roles), joinedload(Account.person))
    row = db.session.scalar(query.with_for_update(of=Account) if to_change else query)
    if row is None:
        raise NotFound
    return row


def of_persons(person_ids: Sequence[int]) -> Sequence[Account]:
    return db.session.scalars(select(Account).where(Account.person_id.in_(person_ids)).order_by(Account.id)).all()


def clearances_of(person_ids: Sequence[int]) -> dict[int, list[Classification]]:
    cleared: dict[int, list[Classification]] = {}
    for account in of_persons(person_ids):
        cleared.setdefault(account.person_id or 0, []).append(account.clearance)
    return cleared


def rights(account: Account) -> Rights:
    """The roles must be loaded."""
    return Rights(frozenset(row.role for row in account.roles), account.clearance, account.person_id, account.is_active)


def entitlements(actor: Actor) -> Entitlements:
    """Stored rights of the actor, through all accounts and entries in the register that are the same human being."""
    account_ids, person_ids = oneself(actor)
    roles: dict[int, set[Role]] = defaultdict(set)
    held = select(AccountRole.account_id, AccountRole.role).where(AccountRole.account_id.in_(account_ids))
    for account_id, role in db.session.execute(held):
        roles[account_id].add(role)
    accounts = select(Account.id, Account.clearance, Account.person_id, Account.is_active).where(
        Account.id.in_(account_ids)
    )
    posts = (
        select(Position.id, Position.unit_id)
        .join(Position.holdings)
        .where(
            PositionHolding.person_id.in_(person_ids),
            or_(PositionHolding.end_on.is_(None), PositionHolding.end_on >= clock.today()),
        )
    )
    meetings = select(Grant.account_id, Grant.meeting_id).where(Grant.account_id.in_(account_ids))
    return Entitlements(
        accounts={
            account_id: Rights(frozenset(roles[account_id]), clearance, person_id, is_active)
            for account_id, clearance, person_id, is_active in db.session.execute(accounts)
        },
        posts=frozenset((post, unit) for post, unit in db.session.execute(posts)),
        meetings=frozenset((account, meeting) for account, meeting in db.session.execute(meetings)),
    )


def other_administrators(account_id: int) -> Sequence[int]:
    """Ids of the other active administrators, locked so that two cannot remove each other at once."""
    is_admin = Account.roles.any(AccountRole.role == Role.ADMIN)
    query = select(Account.id).where(Account.is_active, Account.id != account_id, is_admin)
    return db.session.scalars(query.order_by(Account.id).with_for_update()).all()


def rights_history(account: Account) -> Sequence[Event]:
    return events_of(account, "opened", "edited", "person_linked")


def account_named(username: str) -> Account | None:
    query = select(Account).filter_by(username=username.strip().casefold())
    return db.session.scalar(query.options(selectinload(Account.roles)))


def account_at(office_address: str) -> Account | None:
    """The account with this address of the office sign-in, even if it is closed."""
    return db.session.scalar(select(Account).filter_by(office_address=office_address))


def matching(filters: AccountFilter, bookmark: str | None) -> Page[Account]:
    query = select(Account).options(selectinload(Account.roles), selectinload(Account.person))
    if filters.q:
        part = f"%{filters.q.casefold()}%"
        texts = (Account.username, Account.display_name, Account.email)
        query = query.where(or_(*(text.ilike(part) for text in texts)))
    if filters.role:
        query = query.where(Account.roles.any(AccountRole.role == filters.role))
    if filters.state:
        query = query.where(_is_in(filters.state))
    return page_of(query.order_by(Account.username, Account.id), bookmark)


def _is_in(state: AccountState) -> ColumnElement[bool]:
    """As `rules.state_of` says of one account."""
    is_open = Account.invited_at >= clock.now() - INVITATION_LASTS
    criteria = {
        AccountState.ASKED: (~Account.is_active, Account.asked_at.is_not(None)),
        AccountState.CLOSED: (~Account.is_active, Account.asked_at.is_(None)),
        AccountState.ACTIVE: (Account.is_active, Account.invited_at.is_(None)),
        AccountState.INVITED: (Account.is_active, is_open),
        AccountState.EXPIRED: (Account.is_active, ~is_open),
    }
    return and_(*criteria[state])


class Usage(NamedTuple):
    """How an account is used."""

    last_seen_at: datetime | None
    open_sign_ins: int
    calendar_addresses: int
    api_tokens: int
    has_second_step: bool


def usage(account_ids: Sequence[int]) -> dict[int, Usage]:
    of_account = select(SignIn).where(SignIn.account_id == Account.id)
    query = select(
        Account.id,
        of_account.with_only_columns(func.max(SignIn.last_seen_at)).scalar_subquery(),
        of_account.with_only_columns(func.count()).where(SignIn.ended_at.is_(None)).scalar_subquery(),
        select(func.count())
        .where(CalendarAddress.account_id == Account.id, CalendarAddress.ended_at.is_(None))
        .scalar_subquery(),
        select(func.count())
        .where(ApiToken.account_id == Account.id, ApiToken.ended_at.is_(None), ApiToken.expires_at > clock.now())
        .scalar_subquery(),
        exists().where(SecondStep.account_id == Account.id),
    ).where(Account.id.in_(account_ids))
    return {account_id: Usage(*used) for account_id, *used in db.session.execute(query)}


def active_sign_ins(account_id: int) -> Sequence[SignIn]:
    query = select(SignIn).filter_by(account_id=account_id, ended_at=None)
    return db.session.scalars(query.order_by(SignIn.last_seen_at.desc())).all()


def calendar_addresses(account_id: int) -> Sequence[CalendarAddress]:
    """Those that are open, the newest first."""
    query = select(CalendarAddress).filter_by(account_id=account_id, ended_at=None)
    return db.session.scalars(query.order_by(CalendarAddress.id.desc())).all()


def own_calendar_address(address_id: int, account_id: int) -> CalendarAddress:
    query = select(CalendarAddress).filter_by(id=address_id, account_id=account_id, ended_at=None)
    address = db.session.scalar(query.options(joinedload(CalendarAddress.account)))
    if address is None:
        raise NotFound
    return address


def calendar_address_with(token: str) -> CalendarAddress | None:
    """The open address with this token, with its account and roles; None if the account is closed."""
    owner = contains_eager(CalendarAddress.account)
    query = (
        select(CalendarAddress)
        .join(CalendarAddress.account)
        .where(CalendarAddress.token_hash == token_hash(token), CalendarAddress.ended_at.is_(None), Account.is_active)
        .options(owner.joinedload(Account.roles))
    )
    return db.session.scalars(query).unique().one_or_none()


def api_tokens(account_id: int, at: datetime) -> Sequence[ApiToken]:
    """Those that are open and have not expired, the newest first."""
    query = select(ApiToken).filter_by(account_id=account_id, ended_at=None).where(ApiToken.expires_at > at)
    return db.session.scalars(query.order_by(ApiToken.id.desc())).all()


def own_api_token(token_id: int, account_id: int) -> ApiToken:
    query = select(ApiToken).filter_by(id=token_id, account_id=account_id, ended_at=None)
    token = db.session.scalar(query.options(joinedload(ApiToken.account)))
    if token is None:
        raise NotFound
    return token


def api_token_with(token: str, at: datetime) -> ApiToken | None:
    """The open token, with its account and roles; None if it has expired or the account is closed."""
    owner = contains_eager(ApiToken.account)
    query = (
        select(ApiToken)
        .join(ApiToken.account)
        .where(
            ApiToken.token_hash == token_hash(token),
            ApiToken.ended_at.is_(None),
            ApiToken.expires_at > at,
            Account.is_active,
        )
        .options(owner.joinedload(Account.roles))
    )
    return db.session.scalars(query).unique().one_or_none()


def preview(preview_id: int) -> Preview:
    reader = joinedload(Preview.reader, innerjoin=True).joinedload(Account.roles)
    query = select(Preview).filter_by(id=preview_id).options(joinedload(Preview.account, innerjoin=True), reader)
    return db.session.scalars(query).unique().one()


def open_previews(account_id: int) -> Sequence[Preview]:
    """Previews of an account without a recorded end, expired ones included."""
    query = select(Preview).filter_by(account_id=account_id, ended_at=None).order_by(Preview.id)
    return db.session.scalars(query.options(joinedload(Preview.account), joinedload(Preview.reader))).all()


def accounts_to_preview(account_id: int | None) -> list[tuple[int, str]]:
    query = select(Account).filter(Account.is_active, Account.id != account_id).order_by(Account.display_name)
    return [(row.id, f"{row.display_name} ({row.username})") for row in db.session.scalars(query)]


def second_step(account_id: int) -> SecondStep | None:
    """The second step of this account, if it is on. Locked, because each code is accepted only once."""
    return db.session.scalar(select(SecondStep).filter_by(account_id=account_id).with_for_update())


def second_step_with_codes(account_id: int) -> Sequence[SecondStep | RecoveryCode]:
    codes = db.session.scalars(select(RecoveryCode).filter_by(account_id=account_id)).all()
    return [step for step in (second_step(account_id),) if step] + list(codes)


def has_second_step(account_id: int) -> bool:
    return db.session.scalar(select(SecondStep.account_id).filter_by(account_id=account_id)) is not None


def own_sign_in(sign_in_id: int, account_id: int) -> SignIn:
    query = select(SignIn).filter_by(id=sign_in_id, account_id=account_id, ended_at=None)
    sign_in = db.session.scalar(query.options(joinedload(SignIn.account)))
    if sign_in is None:
        raise NotFound
    return sign_in


def unused_code(account_id: int, code_hash: str) -> RecoveryCode | None:
    query = select(RecoveryCode).filter_by(account_id=account_id, code_hash=code_hash, used_at=None)
    return db.session.scalar(query.with_for_update())


def codes_left(account_id: int) -> int:
    query = select(func.count()).select_from(RecoveryCode).filter_by(account_id=account_id, used_at=None)
    return db.session.scalar(query) or 0


def has_been_used(account_id: int) -> bool:
    return db.session.scalar(select(SignIn.id).filter_by(account_id=account_id).limit(1)) is not None


def unused() -> Sequence[Account]:
    """Active accounts that nobody has used yet, and those that the office sign-in asked for, the newest first."""
    is_used = exists().where(SignIn.account_id == Account.id)
    is_expected = or_(Account.is_active, Account.asked_at.is_not(None))
    query = select(Account).where(is_expected, ~is_used).options(selectinload(Account.roles))
    return db.session.scalars(query.order_by(Account.id.desc())).all()


def is_empty() -> bool:
    return db.session.scalar(select(Account.id).limit(1)) is None
