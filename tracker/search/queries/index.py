"""Which entries contain the words, with the syntax of each database but the same results.

Statements depend only on the kinds, the number of words and whether row visibility is checked, and are built once;
the values are bound as parameters.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    column,
    literal,
    literal_column,
    not_,
    select,
    table,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from tracker.actions.models import ActionItem
from tracker.core.db import db
from tracker.core.visibility import in_preview
from tracker.meetings.models import Meeting
from tracker.proposals.models import Proposal
from tracker.search import formats, rules
from tracker.search.models import ENTRIES, is_open_as
from tracker.search.rules import Group, SearchFilter, SearchKind, entry_id
from tracker.targets.models import Target

#: Number of the newest matches of each kind that are ranked. More would cost time and nobody reads them.
MOST_OF_KIND = 100
#: Number of the newest proposals considered for each word.
MOST_OF_WORD = 120
LARGEST_ROW_ID = 2**31 - 1
_FTS = table("search_stems", column("rowid", BigInteger), column("search_stems"))
#: Finding the edition in force costs a statement, which most results do not need.
_IS_OLD_EDITION = and_(
    ENTRIES.c.kind == SearchKind.TARGET,
    select(Target.id).where(Target.id == ENTRIES.c.row_id, Target.superseded_edition.is_not(None)).exists(),
).label("is_old_edition")
_WHAT = (*(ENTRIES.c[name] for name in ("id", "kind", "row_id", "head_size", "stems", "day")), _IS_OLD_EDITION)
#: And, or and quotation mark by dialect.
_SIGNS = {"sqlite": ("AND", "OR", '"'), "postgresql": ("&", "|", "'")}


#: Statuses that filter values cover; anything else needs a criterion on the rows.
_STATUS = {
    SearchKind.PROPOSAL: (Proposal.id, Proposal.status),
    SearchKind.ACTION: (ActionItem.id, ActionItem.status),
    SearchKind.MEETING: (Meeting.id, Meeting.status),
}
_WITH_MEETING = (
    SearchKind.MEETING, SearchKind.STATEMENT, SearchKind.PROPOSAL, SearchKind.ACTION, SearchKind.ATTACHMENT,
)  # fmt: skip


def candidates(groups: Sequence[Group], filters: SearchFilter, today: date, *, any_of: bool = False,
               among: Sequence[SearchKind] = tuple(SearchKind)) -> Sequence[Any]:  # fmt: skip
    """The newest matching entries of each of these kinds that the user may see, at most MOST_OF_KIND each."""
    dialect = db.engine.dialect.name
    marks = formats.marks(filters.year, {"open": True, "closed": False}.get(filters.stage or ""))
    kinds = tuple(kind for kind in _kinds_of(filters) if kind in among)
    if not kinds:
        return []
    stems = [*dict.fromkeys(stem for way in filters.phrases for stem in way), *marks]
    expressions = {f"asked_{kind}": _expression(groups, stems, kind, dialect, any_of=any_of) for kind in kinds}
    narrowed_by = {kind: _criteria(kind, filters, today) for kind in kinds}
    if not any(narrowed_by.values()) and all(expressions.values()):
        return db.session.execute(_of_kinds(kinds, dialect, in_preview()), expressions).all()
    has_words = all(expressions.values())
    parts = [_newest(kind, f"asked_{kind}" if has_words else None, MOST_OF_KIND, dialect, narrowed_by[kind])
             for kind in kinds]  # fmt: skip
    return db.session.execute(_among(parts), expressions if has_words else {}).all()


def _kinds_of(filters: SearchFilter) -> tuple[SearchKind, ...]:
    kinds = {filters.kind} if filters.kind else set(SearchKind)
    if filters.state:
        kinds &= set(rules.STATUSES[filters.state])
    if filters.is_overdue:
        kinds &= {SearchKind.ACTION}
    if filters.meeting_type:
        kinds &= set(_WITH_MEETING)
    return tuple(kind for kind in SearchKind if kind in kinds)


def _criteria(kind: SearchKind, filters: SearchFilter, today: date) -> list[ColumnElement[bool]]:
    row_id, side_by_side = ENTRIES.c.row_id, literal(" ").concat(ENTRIES.c.stems).concat(" ")
    criteria: list[ColumnElement[bool]] = []
    if filters.state:
        number, status = _STATUS[kind]
        criteria.append(
            select(number).where(number == row_id, status.in_(rules.STATUSES[filters.state][kind])).exists()
        )
    if filters.is_overdue:
        is_late = (ActionItem.id == row_id, ActionItem.is_unfinished(), ActionItem.is_past_due(today))
        criteria.append(select(ActionItem.id).where(*is_late).exists())
    if filters.meeting_type:
        # Nothing of a meeting that the user may not see is revealed, including its type.
        is_such = (Meeting.meeting_type == filters.meeting_type, Meeting.is_open_to_viewer())
        criteria.append(_with_meeting(kind).where(*is_such).exists())
    criteria += [side_by_side.contains(f" {' '.join(way)} ") for way in filters.phrases if len(way) > 1]
    criteria += [not_(side_by_side.contains(f" {' '.join(way)} ")) for way in filters.without]
    return criteria


def _with_meeting(kind: SearchKind) -> Select[int]:
    """Ids of entries with the meeting they are, belong to, were raised in or were agreed at."""
    query, row_id = select(Meeting.id), ENTRIES.c.row_id
    if kind is SearchKind.PROPOSAL:
        return query.join(Proposal, Proposal.raised_in_id == Meeting.id).where(Proposal.id == row_id)
    if kind is SearchKind.ACTION:
        return query.join(ActionItem, ActionItem.meeting_id == Meeting.id).where(ActionItem.id == row_id)
    return query.where(Meeting.id == ENTRIES.c.meeting_id)


def _expression(
    groups: Sequence[Group], marks: Sequence[str], kind: SearchKind, dialect: str, *, any_of: bool = False
) -> str:
    before = rules.prefix(kind) if dialect == "postgresql" else ""
    return rules.expression(groups, marks, _SIGNS[dialect], before=before, any_of=any_of)


@lru_cache
def _of_kinds(kinds: tuple[SearchKind, ...], dialect: str, _in_preview: bool) -> Select[Any]:
    return _among([_newest(kind, f"asked_{kind}", MOST_OF_KIND, dialect) for kind in kinds])


def _among(parts: Sequence[Select[int]]) -> Select[Any]:
    numbers = union_all(*(select(part.subquery().c.id) for part in parts)).subquery()
    return select(*_WHAT).where(ENTRIES.c.id.in_(select(numbers.c.id)))


def proposals_having(groups: Sequence[Group]) -> list[list[int]]:
    """For each group the ids of the newest visible proposals that match it, in one statement."""
    dialect = db.engine.dialect.name
    kind = SearchKind.PROPOSAL
    expressions = {f"asked_{at}": _expression([group], [], kind, dialect) for at, group in enumerate(groups)}
    having: list[list[int]] = [[] for _ in groups]
    for at, number in db.session.execute(_of_words(len(groups), dialect, in_preview()), expressions):
        having[at].append(number - entry_id(kind, 0))
    return having


@lru_cache
def _of_words(count: int, dialect: str, _in_preview: bool) -> Any:
    names = [f"asked_{at}" for at in range(count)]
    parts = [_newest(SearchKind.PROPOSAL, name, MOST_OF_WORD, dialect).subquery() for name in names]
    return union_all(*(select(literal(at).label("at"), part.c.id) for at, part in enumerate(parts)))


def _newest(
    kind: SearchKind, expression: str | None, limit: int, dialect: str, criteria: Sequence[ColumnElement[bool]] = ()
) -> Select[int]:
    """Ids of the newest visible entries of a kind that match; `expression` is the name of the bound parameter."""
    low, high = entry_id(kind, 0), entry_id(kind, LARGEST_ROW_ID)
    query = select(ENTRIES.c.id).where(*is_open_as(kind), *criteria)
    if expression is None:
        query = query.where(ENTRIES.c.id.between(low, high))
        return query.order_by(ENTRIES.c.id.desc()).limit(limit)
    looked_for = bindparam(expression, type_=Text)
    if dialect == "sqlite":
        query = query.join(_FTS, _FTS.c.rowid == ENTRIES.c.id).where(_FTS.c.search_stems.op("MATCH")(looked_for))
        return query.where(_FTS.c.rowid.between(low, high)).order_by(_FTS.c.rowid.desc()).limit(limit)
    lexemes: ColumnElement[Any] = literal_column("search_entry.lexemes")
    query = query.where(lexemes.op("@@")(cast(looked_for, TSQUERY)), ENTRIES.c.id.between(low, high))
    return query.order_by(ENTRIES.c.id.desc()).limit(limit)
