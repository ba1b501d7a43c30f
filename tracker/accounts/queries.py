"""Questions about accounts and sign-ins."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.accounts.models import Account, AccountRole, Grant, Preview, RecoveryCode, SecondStep, SignIn
from tracker.accounts.rules import Rights, Standing
from tracker.audit.models import Event
from tracker.audit.queries import events_of, oneself
from tracker.core import clock
from tracker.core.actor import Actor, Classification, Role
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.core.listed import Listed
from tracker.core.paging import Page, page_of
from tracker.people.models import Position, PositionHolding


@dataclass(frozen=True, kw_only=True)
class AccountFilter:
    """What the list of accounts is narrowed to."""

    q: str | None = None
    role: Role | None = None


def token_hash(token: str) -> str:
    """What is kept of a sign-in's token."""
    return hashlib.sha256(token.encode()).hexdigest()


class Living(NamedTuple):
    """A sign-in that has not ended, and its account: what each request needs to know of them."""

    sign_in_id: int
    started_at: datetime
    last_seen_at: datetime
    preview_id: int | None
    account_id: int
    name: str
    person_id: int | None
    clearance: Classification
    #: Lists of one code each.
    role_rows: list[list[str]] | None


_ROLES = select(Listed(AccountRole.role)).where(AccountRole.account_id == Account.id).correlate(Account)
#: Asked at every request, hence made once, and of columns: two records and their roles cost the program half a page.
_BY_TOKEN = (
    select(
        SignIn.id, SignIn.started_at, SignIn.last_seen_at, SignIn.preview_id, Account.id, Account.display_name,
        Account.person_id, Account.clearance, _ROLES.scalar_subquery(),
    )
    .join(SignIn.account)
    .where(SignIn.token_hash == bindparam("token_hash"), SignIn.ended_at.is_(None), Account.is_active)
)  # fmt: skip


def sign_in_by(token: str) -> Living | None:
    """The sign-in with this token, not ended, if the account is active."""
    found = db.session.execute(_BY_TOKEN, {"token_hash": token_hash(token)}).one_or_none()
    return Living._make(found) if found else None


def actor_of(living: Living) -> Actor:
    """Whoever is signed in as rules and policies see them."""
    roles = frozenset(Role(code) for row in living.role_rows or () for code in row)
    return _actor(living.account_id, living.name, living.person_id, living.clearance, roles)


def as_actor(account: Account) -> Actor:
    """The account as rules and policies see it. Expects its roles to be loaded."""
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
    question = (
        select(Position.unit_id)
        .join(Position.holdings)
        .where(
            PositionHolding.person_id == person_id,
            or_(PositionHolding.start_on.is_(None), PositionHolding.start_on <= today),
            or_(PositionHolding.end_on.is_(None), PositionHolding.end_on >= today),
            Position.unit_id.is_not(None),
        )
    )
    return frozenset(unit_id for unit_id in db.session.scalars(question) if unit_id is not None)


def account(account_id: int, *, to_change: bool = False) -> Account:
    """One account with its roles and person."""
    question = (
        select(Account).filter_by(id=account_id).options(selectinload(Account.roles), selectinload(Account.person))
    )
    found = db.session.scalar(question.with_for_update(of=Account) if to_change else question)
    if found is None:
        raise NotFound
    return found


def of_persons(person_ids: Sequence[int]) -> Sequence[Account]:
    """The accounts of these persons."""
    return db.session.scalars(select(Account).where(Account.person_id.in_(person_ids)).order_by(Account.id)).all()


def clearances_of(person_ids: Sequence[int]) -> dict[int, list[Classification]]:
    """How far the accounts of these persons are cleared; who has no account is not in it."""
    cleared: dict[int, list[Classification]] = {}
    for account in of_persons(person_ids):
        cleared.setdefault(account.person_id or 0, []).append(account.clearance)
    return cleared


def rights(account: Account) -> Rights:
    """What an account gives. Expects its roles to be loaded."""
    return Rights(frozenset(row.role for row in account.roles), account.clearance, account.person_id, account.is_active)


def standing(actor: Actor) -> Standing:
    """All that the human being who acts may as it is stored, by whatever accounts and entries of the register."""
    numbers, persons = oneself(actor)
    roles: dict[int, set[Role]] = defaultdict(set)
    held = select(AccountRole.account_id, AccountRole.role).where(AccountRole.account_id.in_(numbers))
    for number, role in db.session.execute(held):
        roles[number].add(role)
    accounts = select(Account.id, Account.clearance, Account.person_id, Account.is_active).where(
        Account.id.in_(numbers)
    )
    posts = (
        select(Position.id, Position.unit_id)
        .join(Position.holdings)
        .where(
            PositionHolding.person_id.in_(persons),
            or_(PositionHolding.end_on.is_(None), PositionHolding.end_on >= clock.today()),
        )
    )
    meetings = select(Grant.account_id, Grant.meeting_id).where(Grant.account_id.in_(numbers))
    return Standing(
        accounts={
            number: Rights(frozenset(roles[number]), clearance, person_id, is_active)
            for number, clearance, person_id, is_active in db.session.execute(accounts)
        },
        posts=frozenset((post, unit) for post, unit in db.session.execute(posts)),
        meetings=frozenset((account, meeting) for account, meeting in db.session.execute(meetings)),
    )


def other_administrators(account_id: int) -> Sequence[int]:
    """The accounts of administrators who may sign in, but for this one; locked, so that the last two stay."""
    is_admin = Account.roles.any(AccountRole.role == Role.ADMIN)
    question = select(Account.id).where(Account.is_active, Account.id != account_id, is_admin)
    return db.session.scalars(question.order_by(Account.id).with_for_update()).all()


def rights_told(account: Account) -> Sequence[Event]:
    """How the rights of an account came about, newest first."""
    return events_of(account, "opened", "edited", "person_linked")


def account_named(username: str) -> Account | None:
    """The account with this username, whatever its case."""
    question = select(Account).filter_by(username=username.strip().casefold())
    return db.session.scalar(question.options(selectinload(Account.roles)))


def matching(wanted: AccountFilter, bookmark: str | None) -> Page[Account]:
    """Accounts by username."""
    question = select(Account).options(selectinload(Account.roles), selectinload(Account.person))
    if wanted.q:
        part = f"%{wanted.q.casefold()}%"
        question = question.where(or_(Account.username.ilike(part), Account.display_name.ilike(part)))
    if wanted.role:
        question = question.where(Account.roles.any(AccountRole.role == wanted.role))
    return page_of(question.order_by(Account.username, Account.id), bookmark)


def living_sign_ins(account_id: int) -> Sequence[SignIn]:
    """The sign-ins of an account that nobody has ended, last used first."""
    question = select(SignIn).filter_by(account_id=account_id, ended_at=None)
    return db.session.scalars(question.order_by(SignIn.last_seen_at.desc())).all()


def preview(preview_id: int) -> Preview:
    """One preview, with both accounts and the reader's roles."""
    reader = joinedload(Preview.reader, innerjoin=True).joinedload(Account.roles)
    question = select(Preview).filter_by(id=preview_id).options(joinedload(Preview.account, innerjoin=True), reader)
    return db.session.scalars(question).unique().one()


def open_previews(account_id: int) -> Sequence[Preview]:
    """The previews of an account whose end is not written down."""
    question = select(Preview).filter_by(account_id=account_id, ended_at=None).order_by(Preview.id)
    return db.session.scalars(question.options(joinedload(Preview.account), joinedload(Preview.reader))).all()


def accounts_to_preview(account_id: int | None) -> list[tuple[int, str]]:
    """(number, name) of the accounts that may sign in, but for one's own."""
    question = select(Account).filter(Account.is_active, Account.id != account_id).order_by(Account.display_name)
    return [(one.id, f"{one.display_name} ({one.username})") for one in db.session.scalars(question)]


def second_step(account_id: int) -> SecondStep | None:
    """The second step of this account, if it is on; locked, because a code is accepted once."""
    return db.session.scalar(select(SecondStep).filter_by(account_id=account_id).with_for_update())


def second_step_with_codes(account_id: int) -> Sequence[SecondStep | RecoveryCode]:
    """The second step of this account, if it is on, and every recovery code."""
    codes = db.session.scalars(select(RecoveryCode).filter_by(account_id=account_id)).all()
    return [step for step in (second_step(account_id),) if step] + list(codes)


def has_second_step(account_id: int) -> bool:
    """Whether signing in to this account asks for a one-time code."""
    return db.session.scalar(select(SecondStep.account_id).filter_by(account_id=account_id)) is not None


def own_sign_in(sign_in_id: int, account_id: int) -> SignIn:
    """One of an account's own living sign-ins."""
    question = select(SignIn).filter_by(id=sign_in_id, account_id=account_id, ended_at=None)
    found = db.session.scalar(question.options(joinedload(SignIn.account)))
    if found is None:
        raise NotFound
    return found


def unused_code(account_id: int, code_hash: str) -> RecoveryCode | None:
    """One recovery code, if it has not been used."""
    question = select(RecoveryCode).filter_by(account_id=account_id, code_hash=code_hash, used_at=None)
    return db.session.scalar(question.with_for_update())


def codes_left(account_id: int) -> int:
    """How many recovery codes have not been used."""
    question = select(func.count()).select_from(RecoveryCode).filter_by(account_id=account_id, used_at=None)
    return db.session.scalar(question) or 0


def is_empty() -> bool:
    """Whether there is no account at all yet."""
    return db.session.scalar(select(Account.id).limit(1)) is None
