"""Things people do with accounts. Nothing here commits."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import update

from tracker.accounts import policy, queries, rules
from tracker.accounts.models import Account, AccountRole, Preview, RecoveryCode, SecondStep, SignIn
from tracker.audit.commands import record
from tracker.core import encryption
from tracker.core.actor import SYSTEM, Actor, Classification, Role
from tracker.core.constraints import taken
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.settings import Settings
from tracker.core.visibility import unrestricted
from tracker.core.wording import lazy as _l
from tracker.people.models import Person

#: What seeds of one-time codes are sealed for.
SEEDS = "second-step"
USERNAME_TAKEN = taken("uq_account_username", _l("There is already an account with this username."), field="username")
ADDRESS_TAKEN = taken(
    "uq_account_office_address", _l("Another account already uses this office sign-in address."), field="office_address"
)
WAYS_OF_OTHERS = _l(
    "Password, links and addresses of another administrator are theirs alone. They choose «Forgotten your password?» "
    "when signing in, or whoever keeps the server makes a link on its command line."
)
FAULTS = {
    "short": _l("Use at least 15 characters; a few words in a row are easy to remember."),
    "long": _l("Use at most 200 characters."),
    "guessable": _l("This password is easy to guess. Use several different words, without your username."),
}


@dataclass(frozen=True, kw_only=True)
class AccountDraft:
    """What is said of an account."""

    username: str
    display_name: str
    roles: frozenset[Role]
    person_id: int | None = None
    clearance: Classification = Classification.ORDINARY
    is_active: bool = True
    email: str | None = None
    office_address: str | None = None


def hasher(settings: Settings) -> PasswordHasher:
    """Argon2id at the cost the settings ask for."""
    return PasswordHasher(time_cost=settings.argon2_passes, memory_cost=settings.argon2_memory_kib, parallelism=1)


def is_right(password: str, account: Account | None, *, using: PasswordHasher) -> bool:
    """Whether the password opens the account; an unknown account takes just as long to refuse."""
    if account is None:
        using.hash(password)  # one computation, as for the others
        return False
    try:
        return using.verify(account.password_hash, password) and account.is_active
    except VerificationError:
        return False


def open_account(draft: AccountDraft, password: str, *, using: PasswordHasher, by: Actor, at: datetime) -> Account:
    """Make an account."""
    username = draft.username.strip().casefold()
    if queries.account_named(username):
        raise USERNAME_TAKEN.refusal()
    _check(password, username)
    account = Account(
        username=username,
        display_name=draft.display_name,
        password_hash=using.hash(password),
        person_id=draft.person_id,
        clearance=draft.clearance,
        is_active=draft.is_active,
        email=draft.email,
        office_address=_office_address(draft),
        created_at=at,
        roles=[AccountRole(role=role) for role in sorted(draft.roles)],
    )
    db.session.add(account)
    db.session.flush()  # the event needs the account's number
    record(account, "opened", by=by, at=at, **_told(None, queries.rights(account)))
    _tell_of_person(account, None, by=by, at=at)
    return account


def _office_address(draft: AccountDraft) -> str | None:
    return rules.same_address(draft.office_address) if draft.office_address else None


def edit_account(account: Account, draft: AccountDraft, *, by: Actor, at: datetime, reason: str | None = None) -> None:
    """Change what is said of an account; losing access ends its sign-ins."""
    before, former = queries.rights(account), account.person_id
    if (draft.email, _office_address(draft)) != (account.email, account.office_address):
        refuse_ways_of_others(account, by)
    keeps_administrator = draft.is_active and Role.ADMIN in draft.roles
    if before.is_active and Role.ADMIN in before.roles and not keeps_administrator:
        _refuse_none_left(account)
    account.display_name = draft.display_name
    account.person_id = draft.person_id
    account.clearance = draft.clearance
    account.email = draft.email
    account.office_address = _office_address(draft)
    kept = {row.role: row for row in account.roles}
    account.roles = [kept.get(role) or AccountRole(role=role) for role in sorted(draft.roles)]
    if account.is_active and not draft.is_active:
        end_sign_ins(account, at=at)
    account.is_active = draft.is_active
    record(account, "edited", by=by, at=at, reason=reason, **_told(before, queries.rights(account)))
    if account.person_id != former:
        _tell_of_person(account, former, by=by, at=at)


def _refuse_none_left(account: Account) -> None:
    if not queries.other_administrators(account.id):
        raise NotPossible(_l("This is the last administrator who may sign in. Make somebody else one first."))


def refuse_ways_of_others(account: Account, by: Actor) -> None:
    """The command line may: whoever has the machine has the database."""
    if by != SYSTEM and not policy.may_open_way(by, account.id, queries.rights(account).roles):
        raise NotPossible(WAYS_OF_OTHERS)


def _told(before: rules.Rights | None, after: rules.Rights) -> dict[str, Any]:
    """What an event tells of rights: those that are others than before. The person has an event of its own."""
    one, other = _as_json(before) if before else {}, _as_json(after)
    changed = [name for name, value in other.items() if one.get(name) != value]
    return {
        "before": {name: one[name] for name in changed if name in one},
        "after": {name: other[name] for name in changed},
    }


def _as_json(rights: rules.Rights) -> dict[str, Any]:
    return {"roles": sorted(rights.roles), "clearance": rights.clearance, "is_active": rights.is_active}


def _tell_of_person(account: Account, former: int | None, *, by: Actor, at: datetime) -> None:
    """That an account belongs to somebody else; whoever may not see one of the two is not told."""
    numbers = [number for number in (former, account.person_id) if number is not None]
    if not numbers:
        return
    db.session.flush()  # whom an account names everybody sees
    with unrestricted():
        found = {number: db.session.get_one(Person, number) for number in numbers}
    names: dict[str, Any] = {key: found[number].full_name if number in found else None
             for key, number in (("before", former), ("after", account.person_id))}  # fmt: skip
    record(account, "person_linked", by=by, at=at, mentions=list(found.values()), **names)


def change_password(account: Account, password: str, *, using: PasswordHasher, by: Actor, at: datetime) -> None:
    """Set a new password and end every sign-in made with the old one."""
    refuse_ways_of_others(account, by)
    _check(password, account.username)
    account.password_hash = using.hash(password)
    end_sign_ins(account, at=at)
    record(account, "password_changed", by=by, at=at)


def sign_in(account: Account, *, address: str | None, browser: str | None, at: datetime) -> str:
    """Begin a sign-in and return its token, which is stored nowhere but in the browser."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        SignIn(
            account_id=account.id,
            token_hash=queries.token_hash(token),
            started_at=at,
            last_seen_at=at,
            proved_at=at,
            address=address,
            browser=(browser or "")[:200] or None,
        )
    )
    return token


def end_sign_in(sign_in: SignIn, *, at: datetime) -> None:
    """Sign out of one browser."""
    end_preview(sign_in, at=at)
    sign_in.ended_at = at


def end_sign_ins(account: Account, *, at: datetime) -> None:
    """Sign out everywhere."""
    for preview in queries.open_previews(account.id):
        _end(preview, at=at)
    db.session.execute(update(SignIn).filter_by(account_id=account.id, ended_at=None).values(ended_at=at))


def begin_preview(sign_in: SignIn, reader: Account, *, by: Actor, at: datetime) -> Preview:
    """See the pages as this reader in this browser, for a while."""
    if not reader.is_active or reader.id == sign_in.account_id:
        raise NotPossible(_l("Choose an account that may sign in, other than your own."), field="reader")
    preview = Preview(account_id=sign_in.account_id, reader_id=reader.id, begun_at=at, until=at + rules.LONGEST_PREVIEW)
    db.session.add(preview)
    db.session.flush()  # the sign-in needs its number
    sign_in.preview_id = preview.id
    record(reader, "preview_begun", by=by, at=at)
    return preview


def end_preview(sign_in: SignIn, *, at: datetime) -> None:
    """See the pages as oneself again. One past its time ended then."""
    if sign_in.preview_id is None:
        return
    preview, sign_in.preview_id = queries.preview(sign_in.preview_id), None
    if preview.ended_at is None:
        _end(preview, at=at)


def _end(preview: Preview, *, at: datetime) -> None:
    preview.ended_at = min(at, preview.until)
    by = Actor(account_id=preview.account_id, name=preview.account.display_name)
    record(preview.reader, "preview_ended", by=by, at=preview.ended_at)


def choose_mails(account: Account, email: str | None, *, wants_digest: bool, by: Actor, at: datetime) -> None:
    """Where notices go, and whether the weekly digest does."""
    account.email, account.wants_digest = email, wants_digest
    record(account, "mails_chosen", by=by, at=at)


def choose_language(account: Account, language: str) -> None:
    """Remember the language for the next sign-in."""
    account.language = language


def turn_on_second_step(account: Account, seed: str, code: str, settings: Settings, *, at: datetime) -> list[str]:
    """Ask for a one-time code at each sign-in from now on; give the recovery codes, which are shown this once."""
    step = rules.matching_step(seed, code, at, None)
    if step is None:
        raise NotPossible(
            _l("This is not the code that the app shows now. Check the clock of your device."), field="code"
        )
    turn_off_second_step(account)
    sealed = encryption.seal(seed, secret_key=settings.secret_key, purpose=SEEDS)
    db.session.add(SecondStep(account_id=account.id, sealed_seed=sealed, last_step=step, since=at))
    codes = rules.new_recovery_codes()
    for one in codes:
        db.session.add(RecoveryCode(account_id=account.id, code_hash=queries.token_hash(rules.plain_code(one))))
    record(account, "second_step_on", by=queries.as_actor(account), at=at)
    return codes


def turn_off_second_step(account: Account, *, by: Actor | None = None, at: datetime | None = None) -> None:
    """Forget seed and recovery codes; an event where somebody did so on purpose."""
    for row in queries.second_step_with_codes(account.id):
        db.session.delete(row)
    db.session.flush()  # a new seed takes the same key
    if by and at:
        record(account, "second_step_off", by=by, at=at)


def passes_second_step(account: Account, code: str, settings: Settings, *, at: datetime) -> bool:
    """Whether the account asks for no code, or this is its code now, or an unused recovery code; either is spent."""
    step = queries.second_step(account.id)
    if step is None:
        return True
    seed = encryption.unseal(step.sealed_seed, secret_key=settings.secret_key, purpose=SEEDS)
    matched = rules.matching_step(seed, code, at, step.last_step) if seed else None
    if matched is not None:
        step.last_step = matched
        return True
    spare = queries.unused_code(account.id, queries.token_hash(rules.plain_code(code)))
    if spare:
        spare.used_at = at
        record(account, "recovery_code_used", by=queries.as_actor(account), at=at)
    return spare is not None


def _check(password: str, username: str) -> None:
    fault = rules.password_fault(password, username)
    if fault:
        raise NotPossible(FAULTS[fault], field="new")
