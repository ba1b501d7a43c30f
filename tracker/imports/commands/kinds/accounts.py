"""Accounts: opened and invited. What exists is never changed by a file."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from sqlalchemy import select

from tracker.accounts import commands
from tracker.accounts.access.rules import username_of
from tracker.accounts.commands import AccountDraft
from tracker.accounts.models import Account
from tracker.core.actor import Classification, Role
from tracker.core.db import Model, db
from tracker.core.settings import current_settings
from tracker.core.wording import gettext, label
from tracker.core.wording import lazy_gettext as _l
from tracker.corrections.commands import in_each_language
from tracker.imports.commands.fields import Change, Field, Keeper, Row
from tracker.imports.rules.kinds import CellKind, ImportKind, Register
from tracker.people.models import Person
from tracker.people.rules import folded


class Accounts(Keeper):
    kind = ImportKind.ACCOUNTS
    fields = (
        Field(name="person_id", label=_l("Person in the register"), kind=CellKind.REFERENCE, register=Register.PERSONS,
              also=("Orang", "Nama pegawai", "NIP", "Person")),
        Field(name="display_name", label=_l("Name shown"), also=("Nama", "Nama tampilan", "Name")),
        Field(name="username", label=_l("Username"), longest=60, also=("Nama pengguna",)),
        Field(name="email", label=_l("E-mail"), longest=254, also=("Surel", "Alamat surel", "Email")),
        Field(name="roles", label=_l("Roles"), kind=CellKind.TEXTS, is_needed=True, also=("Peran", "Role")),
        Field(name="clearance", label=_l("Cleared up to"), kind=CellKind.CODE, codes=Classification,
              also=("Izin", "Izin keamanan")),
    )  # fmt: skip

    @cached_property
    def _ids(self) -> dict[str, int]:
        rows = db.session.execute(select(Account.id, Account.username, Account.email))
        return {key.casefold(): row.id for row in rows for key in (row.username, row.email) if key}

    @cached_property
    def _roles(self) -> Mapping[str, Role]:
        words = ((in_each_language(lambda role=role: label(role)).values(), role) for role in Role)  # type: ignore[misc]  # bound at once
        return {folded(word): role for spellings, role in words for word in (*spellings, role.value)}

    def identity(self, row: Row) -> object:
        return str(row.get("email") or row.get("username") or row.get("person_id")).casefold()

    def title(self, row: Row) -> str:
        return str(row.get("display_name") or row.get("email") or row.written.get("person_id", ""))

    def prepare(self, row: Row) -> None:
        if not row.get("person_id") and not row.questions and row.get("display_name"):
            named = self.registers.persons.find(row.get("display_name")).id
            row.values |= {"person_id": named} if named else {}
        person = db.session.get(Person, row.get("person_id")) if isinstance(row.get("person_id"), int) else None
        if person and not row.get("display_name"):
            row.values["display_name"] = person.name
        name, email = row.get("display_name"), row.get("email")
        if not row.get("username") and (name or email):
            row.values["username"] = username_of(name or "", email)
        if not row.get("username") or not name:
            row.refuse(gettext("%(field)s is missing.", field=str(self.field("display_name").label)), "display_name")
        row.ensure_address("email")
        unknown = [written for written in row.get("roles", []) if folded(written) not in self._roles]
        if unknown:
            known = ", ".join(label(role) for role in Role)
            row.refuse(
                gettext("“%(text)s” is not known here. Choose one of these: %(known)s.", text=unknown[0], known=known),
                "roles",
            )

    def find(self, row: Row) -> int | None:
        """By its e-mail or username."""
        keys = (row.get("email"), row.get("username") if "username" in row.written else None)
        return next((self._ids[key.casefold()] for key in keys if key and key.casefold() in self._ids), None)

    def stored(self, row_id: int) -> Mapping[str, Any]:
        return {}

    def changes(self, row: Row) -> list[Change]:
        """Rights are changed on the page of the account alone."""
        return []

    def add(self, row: Row) -> Model:
        draft = AccountDraft(
            username=row.get("username"), display_name=row.get("display_name"), person_id=row.get("person_id"),
            roles=frozenset(self._roles[folded(written)] for written in row.get("roles", [])), email=row.get("email"),
            clearance=row.get("clearance", Classification.ORDINARY),
        )  # fmt: skip
        return commands.open_account(draft, None, using=commands.hasher(current_settings()), by=self.by, at=self.at)
