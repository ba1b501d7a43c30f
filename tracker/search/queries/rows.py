"""The rows of search results, with their snippets."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
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
from tracker.targets import queries as targets
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
    kind: SearchKind
    row: Any
    #: Stems of the query.
    stems: frozenset[str]
    #: For a target of a superseded edition, the version in force.
    in_force: Target | None = None

    @property
    def snippet(self) -> list[tuple[str, bool]]:
        return formats.snippet(formats.texts_of(self.row), self.stems)

    def marked(self, name: str) -> list[tuple[str, bool]]:
        return formats.marked(name, self.stems)


def hits(
    entries: Sequence[Any], stems: frozenset[str], in_force: Mapping[int, Target] = MappingProxyType({})
) -> list[Hit]:
    """Rows of these entries in the same order, without those the user may not see.

    `in_force` maps the id of a superseded target to the version in force.
    """
    rows: dict[tuple[SearchKind, int], Any] = {}
    for kind in {entry.kind for entry in entries}:
        model, loaded = ROWS[kind]
        numbers = [entry.row_id for entry in entries if entry.kind is kind]
        loaded_rows = db.session.scalars(select(model).where(model.id.in_(numbers)).options(*loaded))
        rows |= {(kind, row.id): row for row in loaded_rows}
    found_rows = [(entry.kind, rows.get((entry.kind, entry.row_id))) for entry in entries]
    return [Hit(kind, row, stems, in_force.get(row.id) if kind is SearchKind.TARGET else None)
            for kind, row in found_rows if row]  # fmt: skip


def versions_in_force(entries: Iterable[Any]) -> dict[int, Target]:
    target_ids = [entry.row_id for entry in entries if entry.kind is SearchKind.TARGET]
    # Most results include no superseded target, and finding the version in force costs several times as much.
    is_old = (Target.id.in_(target_ids), Target.superseded_edition.is_not(None))
    return targets.versions_in_force(db.session.scalars(select(Target.id).where(*is_old)).all() if target_ids else [])


def without_old_editions(ranked: Sequence[Any], in_force: Mapping[int, Target]) -> list[Any]:
    """Drop superseded editions of a target if the version in force, or a better match, is among the entries."""
    targets_found = [entry.row_id for entry in ranked if entry.kind is SearchKind.TARGET]
    seen = set(targets_found) - set(in_force)
    remaining = []
    for entry in ranked:
        current = in_force.get(entry.row_id) if entry.kind is SearchKind.TARGET else None
        if current is None or current.id not in seen:
            remaining.append(entry)
        if current is not None:
            seen.add(current.id)
    return remaining
