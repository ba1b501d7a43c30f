"""Units, posts, persons and holdings."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import select

from tracker.core.clock import Zone
from tracker.core.db import Model, db
from tracker.core.wording import lazy_gettext as _l
from tracker.imports.commands.fields import NEW, ZONES, Field, Keeper, Question, Row
from tracker.imports.rules.kinds import CellKind, ImportKind, Register
from tracker.people import commands
from tracker.people import queries as people
from tracker.people.commands import HoldingDraft, PersonDraft, PositionDraft, UnitDraft
from tracker.people.models import OrgUnit, Person, Position, PositionHolding
from tracker.people.rules import HoldingKind, folded, is_nip, overlap, parsed, split_titles

BACKWARDS = _l("It ends before it begins.")
TWICE = _l("Two entries of the register have this name. Write what tells them apart.")


class Units(Keeper):
    kind = ImportKind.UNITS
    fields = (
        Field(name="name_id", label=_l("Name in Indonesian"), is_needed=True,
              also=("Nama unit", "Nama unit kerja", "Unit kerja", "Unit", "Name", "Nama")),
        Field(name="name_en", label=_l("Name in English")),
        Field(name="short", label=_l("Short name"), also=("Singkatan", "Kode", "Kode unit", "Code")),
        Field(name="echelon", label=_l("Echelon"), longest=10, also=("Eselon",)),
        Field(name="parent_id", label=_l("Part of"), kind=CellKind.REFERENCE, register=Register.UNITS,
              also=("Induk", "Unit induk", "Atasan", "Parent", "Parent unit", "Unit atasan")),
        Field(name="valid_from", label=_l("Exists from"), kind=CellKind.DAY, also=("Berlaku mulai", "Sejak")),
        Field(name="valid_to", label=_l("Exists until"), kind=CellKind.DAY, also=("Berlaku sampai",)),
        Field(name="address", label=_l("Address and contact on the letterhead"), longest=500,
              also=("Alamat", "Address")),
        Field(name="timezone", label=_l("Time zone"), kind=CellKind.CODE, codes=Zone, words=ZONES, also=("Zona",)),
    )  # fmt: skip

    @cached_property
    def _known(self) -> dict[int, OrgUnit]:
        return {unit.id: unit for unit in people.all_units()}

    @cached_property
    def _ids(self) -> dict[str, list[int]]:
        ids: dict[str, list[int]] = {}
        for unit in self._known.values():
            for name in {folded(name) for name in (unit.name_id, unit.short) if name}:
                ids.setdefault(name, []).append(unit.id)
        return ids

    def identity(self, row: Row) -> object:
        return folded(row.get("name_id", "")), row.get("parent_id") or folded(row.pending.get("parent_id", ""))

    def title(self, row: Row) -> str:
        return str(row.get("name_id", ""))

    def names(self, row: Row) -> Sequence[str]:
        return [row.values[name] for name in ("name_id", "name_en", "short") if row.get(name)]

    def prepare(self, row: Row) -> None:
        if row.get("valid_from") and row.get("valid_to") and row.get("valid_to") < row.get("valid_from"):
            row.refuse(BACKWARDS, "valid_to")

    def find(self, row: Row) -> int | None:
        """By its name; where several units have it, the one of the same parent; else by its short name."""
        ids = self._ids.get(folded(row.get("name_id", "")), [])
        if len(ids) > 1:
            ids = [number for number in ids if self._known[number].parent_id == row.get("parent_id")]
            if len(ids) != 1:
                row.refuse(TWICE, "name_id")
        if not ids and row.get("short"):
            ids = [number for number in self._ids.get(folded(row.get("short")), [])
                   if folded(self._known[number].short or "") == folded(row.get("short"))]  # fmt: skip
        return ids[0] if len(ids) == 1 else None

    def stored(self, row_id: int) -> Mapping[str, Any]:
        return _values(self._known[row_id], UnitDraft)

    def add(self, row: Row) -> Model:
        unit = commands.add_unit(UnitDraft(**row.values), by=self.by, at=self.at)
        self.registers.units.learn(unit.id, unit.name_id, unit.name_en, unit.short)
        return unit

    def change(self, row: Row) -> Model:
        unit = people.unit(row.known_id or 0, to_change=True)
        commands.edit_unit(unit, UnitDraft(**{**_values(unit, UnitDraft), **row.values}), by=self.by, at=self.at)
        return unit


class Posts(Keeper):
    kind = ImportKind.POSTS
    fields = (
        Field(name="title_id", label=_l("Title in Indonesian"), is_needed=True,
              also=("Jabatan", "Nama jabatan", "Title", "Post", "Position")),
        Field(name="title_en", label=_l("Title in English")),
        Field(name="short", label=_l("Short title"), also=("Singkatan",)),
        Field(name="aliases", label=_l("Other spellings"), kind=CellKind.TEXTS),
        Field(name="unit_id", label=_l("Unit"), kind=CellKind.REFERENCE, register=Register.UNITS,
              also=("Unit kerja", "Nama unit")),
        Field(name="valid_from", label=_l("Exists from"), kind=CellKind.DAY, also=("Berlaku mulai", "Sejak")),
        Field(name="valid_to", label=_l("Exists until"), kind=CellKind.DAY, also=("Berlaku sampai",)),
    )  # fmt: skip

    @cached_property
    def _known(self) -> dict[int, Position]:
        return {post.id: post for post in db.session.scalars(select(Position).where(Position.is_listed))}

    @cached_property
    def _ids(self) -> dict[str, list[int]]:
        ids: dict[str, list[int]] = {}
        for post in self._known.values():
            for name in {folded(name) for name in (post.title_id, post.short, *post.aliases) if name}:
                ids.setdefault(name, []).append(post.id)
        return ids

    def identity(self, row: Row) -> object:
        return folded(row.get("title_id", "")), row.get("unit_id")

    def title(self, row: Row) -> str:
        return str(row.get("title_id", ""))

    def prepare(self, row: Row) -> None:
        if row.get("valid_from") and row.get("valid_to") and row.get("valid_to") < row.get("valid_from"):
            row.refuse(BACKWARDS, "valid_to")

    def find(self, row: Row) -> int | None:
        """By its title and unit; a title that only one post has needs no unit."""
        ids = self._ids.get(folded(row.get("title_id", "")), [])
        same_unit = [number for number in ids if self._known[number].unit_id == row.get("unit_id")]
        if len(same_unit) == 1:
            return same_unit[0]
        if row.get("unit_id"):
            ids = [number for number in ids if self._known[number].unit_id is None]
        if len(ids) > 1:
            row.refuse(TWICE, "title_id")
        return ids[0] if len(ids) == 1 else None

    def stored(self, row_id: int) -> Mapping[str, Any]:
        return _values(self._known[row_id], PositionDraft)

    def add(self, row: Row) -> Model:
        return commands.add_position(PositionDraft(**row.values), by=self.by, at=self.at)

    def change(self, row: Row) -> Model:
        post = people.position(row.known_id or 0, to_change=True)
        draft = PositionDraft(**{**_values(post, PositionDraft), **row.values})
        commands.edit_position(post, draft, by=self.by, at=self.at)
        return post


class Persons(Keeper):
    kind = ImportKind.PERSONS
    fields = (
        Field(name="name", label=_l("Name"), is_needed=True,
              also=("Nama lengkap", "Nama pegawai", "Full name", "Nama dan gelar")),
        Field(name="title_prefix", label=_l("Title before the name"), also=("Gelar depan",)),
        Field(name="title_suffix", label=_l("Title after the name"), also=("Gelar belakang", "Gelar")),
        Field(name="nip", label=_l("Civil-service number (NIP)"), also=("NIP", "Nomor induk pegawai")),
        Field(name="email", label=_l("E-mail"), longest=254, also=("Surel", "Alamat surel", "Email")),
        Field(name="aliases", label=_l("Other spellings"), kind=CellKind.TEXTS),
        Field(name="note", label=_l("Note"), longest=20_000, also=("Keterangan",)),
        Field(name="is_provisional", label=_l("The identity is not confirmed yet"), kind=CellKind.YES_NO),
    )  # fmt: skip

    @cached_property
    def _known(self) -> dict[int, Mapping[str, Any]]:
        names = [field.name for field in self.fields]
        query = select(Person.id, *(getattr(Person, name) for name in names)).where(Person.is_listed)
        return {number: dict(zip(names, values, strict=True)) for number, *values in db.session.execute(query)}

    def identity(self, row: Row) -> object:
        return row.get("nip") or parsed(row.get("name", "")).identity

    def title(self, row: Row) -> str:
        return str(row.get("name", ""))

    def prepare(self, row: Row) -> None:
        written = row.get("name")
        if written:
            name, prefix, suffix = split_titles(written, row.get("title_prefix"), row.get("title_suffix"))
            titles = {"title_prefix": prefix, "title_suffix": suffix}
            row.values |= {"name": name} | {key: value for key, value in titles.items() if value}
        nip = row.get("nip")
        if nip and not is_nip(nip):
            row.refuse(_l("A civil-service number has 18 digits."), "nip")
        elif nip:
            row.values["nip"] = nip.replace(" ", "")
        row.ensure_address("email")

    def find(self, row: Row) -> int | None:
        name = row.get("name", "")
        if not name:
            return None
        by_number = self.registers.persons.known.with_number(row.get("nip"))
        if by_number is not None:
            return by_number
        key = f"{Register.PERSONS}:{folded(name)}"
        answer = self.answers.get(key)
        if answer == NEW:
            return None
        if answer is not None and answer in self._known:
            return int(answer)
        matches = self.registers.persons.known.find(name)
        same = [number for number in matches.same if self._may_be(number, row)]
        if len(same) == 1:
            return same[0]
        near = same or [number for number in matches.all if self._may_be(number, row)]
        if near:
            candidates = self.registers.persons.candidates(near)
            row.questions.append(Question(key, name, candidates, row.address("name"), may_be_new=True))
        return None

    def _may_be(self, number: int, row: Row) -> bool:
        """Two civil-service numbers are two persons."""
        nip = self._known[number]["nip"] if number in self._known else None
        return not (nip and row.get("nip") and nip != row.get("nip"))

    def stored(self, row_id: int) -> Mapping[str, Any]:
        return self._known[row_id]

    def add(self, row: Row) -> Model:
        return commands.add_person(PersonDraft(**row.values), by=self.by, at=self.at)

    def change(self, row: Row) -> Model:
        person = people.person(row.known_id or 0, to_change=True)
        draft = PersonDraft(**{**_values(person, PersonDraft), **row.values})
        commands.edit_person(person, draft, by=self.by, at=self.at)
        return person


class Holdings(Keeper):
    kind = ImportKind.HOLDINGS
    fields = (
        Field(name="person_id", label=_l("Person"), kind=CellKind.REFERENCE, register=Register.PERSONS, is_needed=True,
              also=("Nama", "Nama pejabat", "Pejabat", "NIP", "Name", "Holder", "Nama pegawai")),
        Field(name="position_id", label=_l("Post"), kind=CellKind.REFERENCE, register=Register.POSTS, is_needed=True,
              also=("Jabatan", "Nama jabatan", "Position")),
        Field(name="kind", label=_l("In what capacity"), kind=CellKind.CODE, codes=HoldingKind,
              also=("Status jabatan", "Jenis", "Sebagai", "Capacity")),
        Field(name="start_on", label=_l("From"), kind=CellKind.DAY, also=("TMT", "Mulai", "Sejak", "TMT jabatan")),
        Field(name="end_on", label=_l("Until"), kind=CellKind.DAY, also=("Sampai", "Berakhir", "Selesai")),
        Field(name="note", label=_l("Note"), also=("Keterangan",)),
    )  # fmt: skip

    @cached_property
    def _known(self) -> dict[int, PositionHolding]:
        return {holding.id: holding for holding in db.session.scalars(select(PositionHolding))}

    @cached_property
    def _ids(self) -> dict[tuple[int, int], list[int]]:
        ids: dict[tuple[int, int], list[int]] = {}
        for holding in self._known.values():
            ids.setdefault((holding.person_id, holding.position_id), []).append(holding.id)
        return ids

    @cached_property
    def _definitive(self) -> dict[int, list[Any]]:
        """Definitive holdings by post: those stored, and those of the file."""
        held: dict[int, list[Any]] = {}
        for holding in self._known.values():
            if holding.kind is HoldingKind.DEFINITIVE:
                held.setdefault(holding.position_id, []).append((holding.person_id, holding.start_on, holding.end_on))
        return held

    def identity(self, row: Row) -> object:
        return row.get("person_id"), row.get("position_id"), row.get("start_on")

    def title(self, row: Row) -> str:
        return " – ".join(row.written.get(name, "") for name in ("person_id", "position_id"))

    def prepare(self, row: Row) -> None:
        if row.get("start_on") and row.get("end_on") and row.get("end_on") < row.get("start_on"):
            row.refuse(BACKWARDS, "end_on")

    def find(self, row: Row) -> int | None:
        """The same person in the same post, from the same day where both say it."""
        ids = self._ids.get((row.get("person_id"), row.get("position_id")), [])
        start = row.get("start_on")
        fitting = [number for number in ids if start is None or self._known[number].start_on in {None, start}]
        exact = [number for number in fitting if self._known[number].start_on == start]
        found = exact or fitting
        number = found[0] if len(found) == 1 else None
        if number is None and isinstance(row.get("position_id"), int):
            self._refuse_two_holders(row)
        return number

    def _refuse_two_holders(self, row: Row) -> None:
        if row.get("kind", HoldingKind.DEFINITIVE) is not HoldingKind.DEFINITIVE:
            return
        span = (row.get("start_on"), row.get("end_on"))
        held = self._definitive.setdefault(row.get("position_id"), [])
        if any(person_id != row.get("person_id") and overlap(span, (start, end)) for person_id, start, end in held):
            row.refuse(
                _l("Somebody else is the permanent holder of this post in that period. End that first, or write Plt., "
                   "Plh. or Pj."), "start_on",
            )  # fmt: skip
        held.append((row.get("person_id"), *span))

    def stored(self, row_id: int) -> Mapping[str, Any]:
        return _values(self._known[row_id], HoldingDraft) | {"position_id": self._known[row_id].position_id}

    def _draft(self, row: Row, before: Mapping[str, Any]) -> HoldingDraft:
        values = {**before, **row.values}
        return HoldingDraft(**{name: values[name] for name in _names(HoldingDraft) if name in values})

    def add(self, row: Row) -> Model:
        post = db.session.get_one(Position, row.get("position_id"))
        holding = commands.add_holding(post, self._draft(row, {}), by=self.by, at=self.at)
        db.session.flush()
        return holding

    def change(self, row: Row) -> Model:
        holding = people.holding(row.known_id or 0, to_change=True)
        commands.edit_holding(holding, self._draft(row, _values(holding, HoldingDraft)), by=self.by, at=self.at)
        return holding


def _names(draft: type[Any]) -> list[str]:
    return [*draft.__dataclass_fields__]


def _values(row: Any, draft: type[Any]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _names(draft)}
