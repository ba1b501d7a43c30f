"""People, units and posts. The civil-service number is for the page on which it is edited alone."""

import datetime as dt

from tracker.api.schemas.common import PersonRef, PostRef, Shown, UnitRef
from tracker.people.rules import HoldingKind


class PersonItem(Shown):
    id: int
    full_name: str
    is_provisional: bool


class PostHeld(Shown):
    position: PostRef
    kind: HoldingKind
    start_on: dt.date | None
    end_on: dt.date | None


class Person(PersonItem):
    name: str
    title_prefix: str | None
    title_suffix: str | None
    aliases: list[str]
    note: str | None
    holdings: list[PostHeld]


class Unit(UnitRef):
    echelon: str | None
    parent: UnitRef | None
    valid_from: dt.date | None
    valid_to: dt.date | None


class UnitItem(UnitRef):
    echelon: str | None


class Holder(Shown):
    person: PersonRef
    kind: HoldingKind
    start_on: dt.date | None
    end_on: dt.date | None


class Post(PostRef):
    short: str | None
    unit: UnitRef | None
    valid_from: dt.date | None
    valid_to: dt.date | None
    holdings: list[Holder]
