"""The rows that answer, with what a result shows of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from tracker.actions.models import ActionItem
from tracker.attachments.models import Attachment
from tracker.core.db import db
from tracker.meetings.models import Attendance, Meeting, Statement
from tracker.people.models import OrgUnit, Person, Position
from tracker.proposals.models import Proponent, Proposal
from tracker.search import formats
from tracker.search.rules import SearchKind
from tracker.targets.models import Target

ROWS: dict[SearchKind, tuple[Any, tuple[ORMOption, ...]]] = {
    SearchKind.PROPOSAL: (Proposal, (selectinload(Proposal.proponents).joinedload(Proponent.person),
                                     joinedload(Proposal.responsible_unit))),
    SearchKind.ACTION: (ActionItem, (joinedload(ActionItem.pic), joinedload(ActionItem.responsible_unit))),
    SearchKind.MEETING: (Meeting, (joinedload(Meeting.organiser_unit),)),
    SearchKind.STATEMENT: (Statement, (joinedload(Statement.meeting),
                                       joinedload(Statement.speaker).joinedload(Attendance.person))),
    SearchKind.TARGET: (Target, (joinedload(Target.owner_unit),)),
    SearchKind.PERSON: (Person, ()),
    SearchKind.POST: (Position, (joinedload(Position.unit),)),
    SearchKind.UNIT: (OrgUnit, (joinedload(OrgUnit.parent),)),
    SearchKind.ATTACHMENT: (Attachment, (joinedload(Attachment.meeting), joinedload(Attachment.proposal),
                                         joinedload(Attachment.action))),
}  # fmt: skip


@dataclass(frozen=True)
class Hit:
    """One row that answers."""

    kind: SearchKind
    row: Any
    #: The stems that were asked for.
    stems: frozenset[str]

    @property
    def snippet(self) -> list[tuple[str, bool]]:
        """The part of its text that answers."""
        return formats.snippet(formats.texts_of(self.row), self.stems)

    def marked(self, name: str) -> list[tuple[str, bool]]:
        """Its name, with what was asked for marked."""
        return formats.marked(name, self.stems)


def hits(entries: Sequence[Any], stems: frozenset[str]) -> list[Hit]:
    """The rows of these entries, in their order; whatever the viewer may not see is not among them."""
    rows: dict[tuple[SearchKind, int], Any] = {}
    for kind in {entry.kind for entry in entries}:
        model, loaded = ROWS[kind]
        numbers = [entry.row_id for entry in entries if entry.kind is kind]
        found = db.session.scalars(select(model).where(model.id.in_(numbers)).options(*loaded))
        rows |= {(kind, row.id): row for row in found}
    known = [(entry.kind, rows.get((entry.kind, entry.row_id))) for entry in entries]
    return [Hit(kind, row, stems) for kind, row in known if row]
