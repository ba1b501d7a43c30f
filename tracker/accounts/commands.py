"""Changes to accounts and sign-ins. Callers commit."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import update

from tracker.accounts import policy, queries, rules
from tracker.accounts.models import (
    Account,
    AccountRole,
    CalendarAddress,
    Preview,
    RecoveryCode,
    SecondStep,
    SignIn,
)
from tracker.audit.commands import record
from tracker.core import encryption
from tracker.core.actor import SYSTEM, Actor, Classification, Role
from tracker.core.constraints import taken
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.settings import Settings
from tracker.core.visibility import unrestricted
from tracker.core.wording import lazy_gettext as _l
from tracker.people.models import Person

#: Encryption purpose of the stored seeds of one-time codes.
SEEDS = "second-step"
USERNAME_TAKEN = taken("uq_account_username", _l("There is already an account with this username."), field="username")
ADDRESS_TAKEN = taken(
    "uq_account_office_address", _l("Another account already uses this office sign-in address."), field="office_address"
)
CREDENTIALS_OF_OTHERS = _l(
    "Only this administrator can change their own password, links and addresses. They can choose “Forgotten your "
    "password?” when signing in, or the server operator can make a link on the command line."
)
FAULTS = {
    "short": _l("Use at least 15 characters; a few words in a row are easy to remember."),
    "long": _l("Use at most 200 characters."),
    "named": _l("This password contains “%(name)s”, a part of the username. Leave it out."),
    "guessable": _l("This password is easy to guess. Use several different words."),
}


@dataclass(frozen=True, kw_only=True)
class AccountDraft:
    username: str
    display_name: str
    roles: frozenset[Role]
    person_id: int | None = None
    clearance: Classification = Classification.ORDINARY
    is_active: bool = True
    email: str | None = None
    office_address: str | None = None


def hasher(settings: Settings) -> PasswordHasher:
    return PasswordHasher(time_cost=settings.argon2_passes, memory_cost=settings.argon2_memory_kib, parallelism=1)


def is_right(password: str, account: Account | None, *, using: PasswordHasher) -> bool:
    """Whether the password is right and the account active. An unknown account takes just as long to refuse."""
    if account is None:
        using.hash(password)  # one computation, as for known accounts
        return False
    try:
        return using.verify(account.password_hash, password) and account.is_active
    except VerificationError:
        return False


def open_account(
    draft: AccountDraft, password: str | None, *, using: PasswordHasher, by: Actor, at: datetime
) -> Account:
    """Without a password, the owner of an active account is invited to choose one."""
    username = draft.username.strip().casefold()
    if queries.account_named(username):
        raise USERNAME_TAKEN.refusal()
    _refuse_taken(_normalised_office_address(draft), None)
    if password is not None:
        _require_strong(password, username)
    account = Account(
        username=username,
        display_name=draft.display_name,
        password_hash=using.hash(password or secrets.token_urlsafe(32)),  # nobody gets to know the latter
        person_id=draft.person_id,
        clearance=draft.clearance,
        is_active=draft.is_active,
        email=draft.email,
        office_address=_normalised_office_address(draft),
        created_at=at,
        roles=[AccountRole(role=role) for role in sorted(draft.roles)],
    )
    db.session.add(account)
    db.session.flush()  # the event needs the account's id
    record(account, "opened", by=by, at=at, **_rights_change(None, queries.rights(account)))
    _record_linked_person(account, None, by=by, at=at)
    if password is None and account.is_active:
        _invite(account, by=by, at=at)
    return account


def invite(account: Account, *, by: Actor, at: datetime) -> None:
    """Send a new invitation. Links of earlier ones no longer work."""
    refuse_credentials_of_others(account, by)
    if not account.is_active or queries.has_been_used(account.id):
        raise NotPossible(_l("Only accounts that may sign in, and that nobody has used yet, can be invited."))
    _invite(account, by=by, at=at)


def _invite(account: Account, *, by: Actor, at: datetime) -> None:
    account.invited_at = at
    record(account, "invited", by=by, at=at)


def withdraw_invitation(account: Account, *, by: Actor, at: datetime) -> None:
    refuse_credentials_of_others(account, by)
    if account.invited_at is None:
        raise NotPossible(_l("This account has no open invitation."))
    account.invited_at = None
    record(account, "invitation_withdrawn", by=by, at=at)


def refuse_request(account: Account, *, by: Actor, at: datetime) -> None:
    """Refuse what the office sign-in asked for. The account stays closed, so that it cannot be asked for again."""
    if account.asked_at is None:
        raise NotPossible(_l("This request has been answered already."))
    account.asked_at = None
    record(account, "request_refused", by=by, at=at)


def _refuse_taken(office_address: str | None, own_id: int | None) -> None:
    other = queries.account_at(office_address) if office_address else None
    if other is not None and other.id != own_id:
        raise ADDRESS_TAKEN.refusal()


def _normalised_office_address(draft: AccountDraft) -> str | None:
    return rules.normalised_address(draft.office_address) if draft.office_address else None


def edit_account(account: Account, draft: AccountDraft, *, by: Actor, at: datetime, reason: str | None = None) -> None:
    """Change an account. Closing it ends its sign-ins."""
    before, former = queries.rights(account), account.person_id
    if (draft.email, _normalised_office_address(draft)) != (account.email, account.office_address):
        refuse_credentials_of_others(account, by)
        _refuse_taken(_normalised_office_address(draft), account.id)
    stays_administrator = draft.is_active and Role.ADMIN in draft.roles
    if before.is_active and Role.ADMIN in before.roles and not stays_administrator:
        _require_other_administrator(account)
    account.display_name = draft.display_name
    account.person_id = draft.person_id
    account.clearance = draft.clearance
    account.email = draft.email
    account.office_address = _normalised_office_address(draft)
    existing = {row.role: row for row in account.roles}
    account.roles = [existing.get(role) or AccountRole(role=role) for role in sorted(draft.roles)]
    if account.is_active and not draft.is_active:
        end_sign_ins(account, at=at)
        account.invited_at = None
    account.is_active = draft.is_active
    if account.is_active:
        account.asked_at = None
    record(account, "edited", by=by, at=at, reason=reason, **_rights_change(before, queries.rights(account)))
    if account.person_id != former:
        _record_linked_person(account, former, by=by, at=at)


def _require_other_administrator(account: Account) -> None:
    if not queries.other_administrators(account.id):
        raise NotPossible(
            _l("This is the only administrator who can sign in. Make somebody else an administrator first.")
        )


def refuse_credentials_of_others(account: Account, by: Actor) -> None:
    """The command line is exempt: with access to the server one has the database anyway."""
    if by != SYSTEM and not policy.may_manage_credentials(by, account.id, queries.rights(account).roles):
        raise NotPossible(CREDENTIALS_OF_OTHERS)


def _rights_change(before: rules.Rights | None, after: rules.Rights) -> dict[str, Any]:
    old, new = _as_json(before) if before else {}, _as_json(after)
    changed = [name for name, value in new.items() if old.get(name) != value]
    return {
        "before": {name: old[name] for name in changed if name in old},
        "after": {name: new[name] for name in changed},
    }


def _as_json(rights: rules.Rights) -> dict[str, Any]:
    return {"roles": sorted(rights.roles), "clearance": rights.clearance, "is_active": rights.is_active}


def _record_linked_person(account: Account, former: int | None, *, by: Actor, at: datetime) -> None:
    """Record the change of person. The event mentions both, so it is hidden from those who may not see them."""
    person_ids = [person_id for person_id in (former, account.person_id) if person_id is not None]
    if not person_ids:
        return
    db.session.flush()  # a person linked to an account is visible to everybody
    with unrestricted():
        persons = {person_id: db.session.get_one(Person, person_id) for person_id in person_ids}
    names: dict[str, Any] = {key: persons[person_id].full_name if person_id in persons else None
             for key, person_id in (("before", former), ("after", account.person_id))}  # fmt: skip
    record(account, "person_linked", by=by, at=at, mentions=list(persons.values()), **names)


def change_password(account: Account, password: str, *, using: PasswordHasher, by: Actor, at: datetime) -> None:
    """Set a new password and end every sign-in."""
    refuse_credentials_of_others(account, by)
    _require_strong(password, account.username)
    account.password_hash = using.hash(password)
    account.invited_at = None
    end_sign_ins(account, at=at)
    record(account, "password_changed", by=by, at=at)


def sign_in(account: Account, *, address: str | None, browser: str | None, at: datetime) -> str:
    """Start a sign-in and return its token, which is stored only in the browser."""
    token = secrets.token_urlsafe(32)
    account.invited_at = None
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
    end_preview(sign_in, at=at)
    sign_in.ended_at = at


def end_sign_ins(account: Account, *, at: datetime) -> None:
    """End every way in that is open: signed-in browsers, and addresses of calendars."""
    for preview in queries.open_previews(account.id):
        _end(preview, at=at)
    for way_in in (SignIn, CalendarAddress):
        db.session.execute(update(way_in).filter_by(account_id=account.id, ended_at=None).values(ended_at=at))


def end_sign_ins_of(account: Account, *, by: Actor, at: datetime) -> None:
    """Sign somebody out everywhere, for example because a device was lost."""
    end_sign_ins(account, at=at)
    record(account, "sign_ins_ended", by=by, at=at)


def make_calendar_address(account: Account, due_dates: rules.DueDatesAs, *, by: Actor, at: datetime) -> str:
    """Return the token of a new address, which is known only to whoever is shown it. The account must be locked."""
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


def begin_preview(sign_in: SignIn, reader: Account, *, by: Actor, at: datetime) -> Preview:
    if not reader.is_active or reader.id == sign_in.account_id:
        raise NotPossible(_l("Choose another account that can sign in."), field="reader")
    preview = Preview(account_id=sign_in.account_id, reader_id=reader.id, begun_at=at, until=at + rules.LONGEST_PREVIEW)
    db.session.add(preview)
    db.session.flush()  # the sign-in needs its id
    sign_in.preview_id = preview.id
    record(reader, "preview_begun", by=by, at=at)
    return preview


def end_preview(sign_in: SignIn, *, at: datetime) -> None:
    """End the preview of this sign-in. An expired one counts as ended when it expired."""
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
    account.email, account.wants_digest = email, wants_digest
    record(account, "mails_chosen", by=by, at=at)


def choose_language(account: Account, language: str) -> None:
    account.language = language


def end_tour(account: Account, *, at: datetime) -> None:
    account.toured_at = account.toured_at or at


def turn_on_second_step(account: Account, seed: str, code: str, settings: Settings, *, at: datetime) -> list[str]:
    """Require a one-time code at each sign-in. Return the recovery codes, which can be shown only now."""
    step = rules.matching_step(seed, code, at, None)
    if step is None:
        raise NotPossible(
            _l("This is not the code that the app shows now. Check the clock of your device."), field="code"
        )
    turn_off_second_step(account)
    sealed = encryption.seal(seed, secret_key=settings.secret_key, purpose=SEEDS)
    db.session.add(SecondStep(account_id=account.id, sealed_seed=sealed, last_step=step, since=at))
    codes = rules.new_recovery_codes()
    for recovery_code in codes:
        code_hash = queries.token_hash(rules.normalised_code(recovery_code))
        db.session.add(RecoveryCode(account_id=account.id, code_hash=code_hash))
    record(account, "second_step_on", by=queries.as_actor(account), at=at)
    return codes


def turn_off_second_step(account: Account, *, by: Actor | None = None, at: datetime | None = None) -> None:
    """Delete the seed and recovery codes. Without `by` and `at` the seed is being replaced: no event is recorded."""
    for row in queries.second_step_with_codes(account.id):
        db.session.delete(row)
    db.session.flush()  # a new seed has the same primary key
    if by and at:
        record(account, "second_step_off", by=by, at=at)


def passes_second_step(account: Account, code: str, settings: Settings, *, at: datetime) -> bool:
    """Whether the account needs no code, or this is its current code or an unused recovery code. Uses the code up."""
    step = queries.second_step(account.id)
    if step is None:
        return True
    seed = encryption.unseal(step.sealed_seed, secret_key=settings.secret_key, purpose=SEEDS)
    matched = rules.matching_step(seed, code, at, step.last_step) if seed else None
    if matched is not None:
        step.last_step = matched
        return True
    spare = queries.unused_code(account.id, queries.token_hash(rules.normalised_code(code)))
    if spare:
        spare.used_at = at
        record(account, "recovery_code_used", by=queries.as_actor(account), at=at)
    return spare is not None


def password_refusal(password: str, username: str) -> str | None:
    """Why this password is refused, as a sentence."""
    fault = rules.password_fault(password, username)
    return str(FAULTS[fault]) % {"name": rules.named_in(password, username)} if fault else None


def _require_strong(password: str, username: str) -> None:
    refusal = password_refusal(password, username)
    if refusal:
        raise NotPossible(refusal, field="new")
