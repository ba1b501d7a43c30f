"""Open, change and invite accounts. Callers commit."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from argon2 import PasswordHasher

from tracker.accounts import queries, rules
from tracker.accounts.commands.credentials import refuse_credentials_of_others, require_strong
from tracker.accounts.commands.sign_ins import end_sign_ins
from tracker.accounts.models import (
    Account,
    AccountRole,
)
from tracker.audit.commands import record
from tracker.core.actor import Actor, Classification, Role
from tracker.core.constraints import taken
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.visibility import unrestricted
from tracker.core.wording import lazy_gettext as _l
from tracker.people.models import Person

USERNAME_TAKEN = taken("uq_account_username", _l("There is already an account with this username."), field="username")
ADDRESS_TAKEN = taken(
    "uq_account_office_address", _l("Another account already uses this office sign-in address."), field="office_address"
)


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


def open_account(
    draft: AccountDraft, password: str | None, *, using: PasswordHasher, by: Actor, at: datetime
) -> Account:
    """Without a password, the owner of an active account is invited to choose one."""
    username = draft.username.strip().casefold()
    if queries.account_named(username):
        raise USERNAME_TAKEN.refusal()
    _refuse_taken(_normalised_office_address(draft), None)
    if password is not None:
        require_strong(password, username)
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
