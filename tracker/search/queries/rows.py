"""The rows of search results, with their snippets."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased, joinedload, with_polymorphic
from sqlalchemy.orm.interfaces import ORMOption

from tracker.actions.models import ActionItem
from tracker.attachments.models import Attachment
from tracker.core.db import db
from tracker.meetings.models import Attendance, Meeting, Statement
from tracker.people.models import OrgUnit, Person, Position
from tracker.proposals.models import Proponent, Proposal
from tracker.search import formats
from tracker.search.models import ENTRIES
from tracker.search.rules import SearchKind
from tracker.targets import queries as targets
from tracker.targets.models import Indicator, Target

# Aliases, since the criteria of visibility of one kind read the tables of others; none reads attachments.
_proposal, _action, _meeting = aliased(Proposal), aliased(ActionItem), aliased(Meeting)
_statement, _person = aliased(Statement), aliased(Person)
_target = with_polymorphic(Target, [Indicator], aliased=True, flat=True)
_post, _unit = aliased(Position), aliased(OrgUnit)
ROWS: dict[SearchKind, tuple[Any, tuple[ORMOption, ...]]] = {
    SearchKind.PROPOSAL: (_proposal, (joinedload(_proposal.proponents).joinedload(Proponent.person),)),
    SearchKind.ACTION: (_action, (joinedload(_action.pic), joinedload(_action.responsible_unit))),
    SearchKind.MEETING: (_meeting, (joinedload(_meeting.organiser_unit),)),
    SearchKind.STATEMENT: (_statement, (joinedload(_statement.meeting), joinedload(_statement.proposal_links),
                                        joinedload(_statement.speaker).joinedload(Attendance.person))),
    SearchKind.TARGET: (_target, (joinedload(_target.owner_unit),)),
    SearchKind.PERSON: (_person, ()),
    SearchKind.POST: (_post, (joinedload(_post.unit),)),
    SearchKind.UNIT: (_unit, (joinedload(_unit.parent),)),
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

    @property
    def adds_words(self) -> bool:
        """Whether the snippet says what the title of the result does not; the caption of a file always does."""
        if self.kind in (SearchKind.STATEMENT, SearchKind.ATTACHMENT):
            return bool(self.snippet) and self.kind is SearchKind.ATTACHMENT
        words = "".join(text for text, _ in self.snippet).strip(" …").casefold()
        names = (getattr(self.row, name, None) for name in ("title_id", "title_en", "text_id", "text_en"))
        is_found = any(is_match for _, is_match in self.snippet)
        return is_found and not any(words in name.casefold() for name in names if name)

    @property
    def proposal_ids(self) -> frozenset[int]:
        """Of a statement, the proposals that it raises or is about."""
        return frozenset(link.proposal_id for link in self.row.proposal_links)

    def marked(self, name: str) -> list[tuple[str, bool]]:
        return formats.marked(name, self.stems)


def hits(
    entries: Sequence[Any], stems: frozenset[str], in_force: Mapping[int, Target] = MappingProxyType({})
) -> list[Hit]:
    """Rows of these entries in the same order, without those the user may not see.

    `in_force` maps the id of a superseded target to the version in force.
    """
    rows = _rows_of(entries)
    found_rows = [(entry.kind, rows[entry.id]) for entry in entries if entry.id in rows]
    return [Hit(kind, row, stems, in_force.get(row.id) if kind is SearchKind.TARGET else None)
            for kind, row in found_rows]  # fmt: skip


def _rows_of(entries: Sequence[Any]) -> dict[int, Any]:
    """The rows by the id of their entry, of all kinds in one statement."""
    kinds = [kind for kind in SearchKind if any(entry.kind is kind for entry in entries)]
    if not kinds:
        return {}
    query = select(ENTRIES.c.id, *(ROWS[kind][0] for kind in kinds)).select_from(ENTRIES)
    for kind in kinds:
        row, loaded = ROWS[kind]
        query = query.outerjoin(row, and_(ENTRIES.c.kind == kind, row.id == ENTRIES.c.row_id)).options(*loaded)
    query = query.where(ENTRIES.c.id.in_([entry.id for entry in entries]))
    of_entries = db.session.execute(query).unique()
    return {number: row for number, *of_kinds in of_entries for row in of_kinds if row is not None}


def versions_in_force(entries: Iterable[Any]) -> dict[int, Target]:
    return targets.versions_in_force([entry.row_id for entry in entries if entry.is_old_edition])


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
