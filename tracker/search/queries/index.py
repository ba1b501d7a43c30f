"""Which entries have the words: asked of each database in its own way, answered alike.

The statements depend on the kinds, the number of words and whether two must see what is found, and are made once;
what is asked goes in as values.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Text,
    bindparam,
    cast,
    column,
    literal,
    literal_column,
    select,
    table,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from tracker.core.db import db
from tracker.core.visibility import in_preview
from tracker.search import formats, rules
from tracker.search.models import ENTRIES, is_open_as
from tracker.search.rules import Group, SearchFilter, SearchKind, entry_id

#: Ranked of each kind: the newest that fit. More would cost time and be read by nobody.
MOST_OF_KIND = 100
#: Proposals looked at for each word, the newest.
MOST_OF_WORD = 120
LARGEST_ROW_ID = 2**31 - 1
_FTS = table("search_stems", column("rowid", BigInteger), column("search_stems"))
_WHAT = tuple(ENTRIES.c[name] for name in ("id", "kind", "row_id", "head_size", "stems", "day"))
#: By dialect: and, or, the quotation mark.
_SIGNS = {"sqlite": ("AND", "OR", '"'), "postgresql": ("&", "|", "'")}


def candidates(groups: Sequence[Group], wanted: SearchFilter, *, any_of: bool = False) -> Sequence[Any]:
    """The newest entries of each kind that fit and may be seen: never more, however common the word."""
    dialect = db.engine.dialect.name
    marks = formats.marks(wanted.year, {"open": True, "closed": False}.get(wanted.stage or ""))
    kinds = (wanted.kind,) if wanted.kind else tuple(SearchKind)
    asked = {f"asked_{kind}": _expression(groups, marks, kind, dialect, any_of=any_of) for kind in kinds}
    return db.session.execute(_of_kinds(kinds, dialect, in_preview()), asked).all()


def _expression(
    groups: Sequence[Group], marks: Sequence[str], kind: SearchKind, dialect: str, *, any_of: bool = False
) -> str:
    before = rules.prefix(kind) if dialect == "postgresql" else ""
    return rules.expression(groups, marks, _SIGNS[dialect], before=before, any_of=any_of)


@lru_cache
def _of_kinds(kinds: tuple[SearchKind, ...], dialect: str, _in_preview: bool) -> Select[Any]:
    parts = [_newest(kind, f"asked_{kind}", MOST_OF_KIND, dialect).subquery() for kind in kinds]
    numbers = union_all(*(select(part.c.id) for part in parts)).subquery()
    return select(*_WHAT).where(ENTRIES.c.id.in_(select(numbers.c.id)))


def proposals_having(groups: Sequence[Group]) -> list[list[int]]:
    """For each group the newest visible proposals that meet it, in one question."""
    dialect = db.engine.dialect.name
    kind = SearchKind.PROPOSAL
    asked = {f"asked_{at}": _expression([group], [], kind, dialect) for at, group in enumerate(groups)}
    having: list[list[int]] = [[] for _ in groups]
    for at, number in db.session.execute(_of_words(len(groups), dialect, in_preview()), asked):
        having[at].append(number - entry_id(kind, 0))
    return having


@lru_cache
def _of_words(count: int, dialect: str, _in_preview: bool) -> Any:
    names = [f"asked_{at}" for at in range(count)]
    parts = [_newest(SearchKind.PROPOSAL, name, MOST_OF_WORD, dialect).subquery() for name in names]
    return union_all(*(select(literal(at).label("at"), part.c.id) for at, part in enumerate(parts)))


def _newest(kind: SearchKind, asked: str, limit: int, dialect: str) -> Select[int]:
    """The numbers of the newest entries of a kind that fit and may be seen; `asked` names the value to look for."""
    low, high = entry_id(kind, 0), entry_id(kind, LARGEST_ROW_ID)
    question = select(ENTRIES.c.id).where(*is_open_as(kind))
    looked_for = bindparam(asked, type_=Text)
    if dialect == "sqlite":
        question = question.join(_FTS, _FTS.c.rowid == ENTRIES.c.id).where(_FTS.c.search_stems.op("MATCH")(looked_for))
        return question.where(_FTS.c.rowid.between(low, high)).order_by(_FTS.c.rowid.desc()).limit(limit)
    lexemes: ColumnElement[Any] = literal_column("search_entry.lexemes")
    question = question.where(lexemes.op("@@")(cast(looked_for, TSQUERY)), ENTRIES.c.id.between(low, high))
    return question.order_by(ENTRIES.c.id.desc()).limit(limit)
