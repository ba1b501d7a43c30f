"""Determine the assignees of an action from the names in its line. Callers commit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.actions.commands import ActionDraft, Supporter
from tracker.meetings.live import queries
from tracker.meetings.live.rules import Mention, Register
from tracker.people import queries as people
from tracker.people.models import Position
from tracker.people.rules import folded


@dataclass(frozen=True, kw_only=True)
class Assignee:
    person_id: int | None = None
    position_id: int | None = None
    unit_id: int | None = None
    as_written: str | None = None

    @property
    def is_unit(self) -> bool:
        return self.unit_id is not None and self.person_id is None and self.position_id is None

    def as_supporter(self) -> Supporter:
        return Supporter(person_id=self.person_id, position_id=self.position_id, as_written=self.as_written)


def in_charge(draft: ActionDraft, named: Sequence[Assignee]) -> ActionDraft:
    """The draft with the first assignee in charge and the others as supporters.

    If the first is a unit, the next person or post is in charge on its behalf.
    """
    if not named:
        return draft
    first, others = named[0], list(named[1:])
    if first.is_unit:
        lead = next((assignee for assignee in others if assignee.person_id or assignee.position_id), None)
        if lead is not None:
            others.remove(lead)
            first = replace(lead, unit_id=first.unit_id)
    return replace(
        draft,
        pic_id=first.person_id,
        responsible_position_id=first.position_id,
        responsible_unit_id=first.unit_id,
        waiting_for=first.as_written,
        supporting_unit_ids=tuple(
            dict.fromkeys(assignee.unit_id for assignee in others if assignee.is_unit and assignee.unit_id)
        ),
        supporters=tuple(dict.fromkeys(assignee.as_supporter() for assignee in others if not assignee.is_unit)),
    )


def assignee(mention: Mention, day: date) -> Assignee:
    """The assignee that a name refers to on this day; a name in no register is kept as text."""
    known = mention.known
    if known is None:
        return Assignee(as_written=mention.name)
    if known.register is Register.PERSON:
        return Assignee(person_id=known.id)
    if known.register is Register.POSITION:
        return _of_post(people.position(known.id), day)
    if known.register is Register.UNIT:
        return Assignee(unit_id=known.id)
    return _attendee(known.id, mention.name, day)


def _attendee(row_id: int, name: str, day: date) -> Assignee:
    row = queries.row_with_names(row_id)
    if row is None:
        return Assignee(as_written=name)
    person, post = row.person, row.position
    names = [folded(spelling) for spelling in (person.full_name, *person.aliases)] if person else []
    if person and any(folded(name) in spelling for spelling in names):
        return Assignee(person_id=person.id, unit_id=post.unit_id if post else None)
    if post:
        named = _of_post(post, day)
        return replace(named, person_id=person.id) if person else named
    if person:
        return Assignee(person_id=person.id)
    return Assignee(as_written=row.post_as_written or name)


def _of_post(post: Position, day: date) -> Assignee:
    """The post with its unit, and its holder on the day if there was exactly one."""
    holdings = people.holders_on(day, [post.id]).get(post.id, [])
    return Assignee(
        person_id=holdings[0].person_id if len(holdings) == 1 else None, position_id=post.id, unit_id=post.unit_id
    )
