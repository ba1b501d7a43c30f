"""Questions to the index. It gives numbers of rows; the rows themselves come through the ORM, so visibility holds."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    cast,
    column,
    func,
    literal,
    literal_column,
    select,
    table,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import selectinload
from sqlalchemy.orm.interfaces import ORMOption

from tracker.actions.models import ActionItem
from tracker.core import analysis
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.meetings.models import Attendance, Meeting, Statement
from tracker.people.models import OrgUnit, Person, Position
from tracker.proposals.models import Proponent, Proposal
from tracker.search import formats, rules
from tracker.search.models import ENTRIES, SearchEntry, SearchWord, SynonymGroup, is_open_as
from tracker.search.rules import Found, Group, SearchFilter, SearchKind, entry_id
from tracker.targets.models import Target

#: Ranked of each kind: the newest that fit. More would cost time and be read by nobody.
MOST_OF_KIND = 100
SHOWN = 50
MOST_COMPLETIONS = 12
MOST_WORDS_COMPARED = 4000
#: Proposals looked at for each word, the newest; of all those, so many are compared.
MOST_OF_WORD, MOST_LIKENED, MOST_COUNTED = 120, 40, 1000
LARGEST_ROW_ID = 2**31 - 1
_FTS = table("search_stems", column("rowid", BigInteger), column("search_stems"))
_WHAT = tuple(ENTRIES.c[name] for name in ("id", "kind", "row_id", "head_size", "stems", "day"))

ROWS: dict[SearchKind, tuple[Any, tuple[ORMOption, ...]]] = {
    SearchKind.PROPOSAL: (Proposal, (selectinload(Proposal.proponents).selectinload(Proponent.person),
                                     selectinload(Proposal.responsible_unit))),
    SearchKind.ACTION: (ActionItem, (selectinload(ActionItem.pic), selectinload(ActionItem.responsible_unit))),
    SearchKind.MEETING: (Meeting, (selectinload(Meeting.organiser_unit),)),
    SearchKind.STATEMENT: (Statement, (selectinload(Statement.meeting),
                                       selectinload(Statement.speaker).selectinload(Attendance.person))),
    SearchKind.TARGET: (Target, (selectinload(Target.owner_unit),)),
    SearchKind.PERSON: (Person, ()),
    SearchKind.POST: (Position, (selectinload(Position.unit),)),
    SearchKind.UNIT: (OrgUnit, (selectinload(OrgUnit.parent),)),
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


def has_entries() -> bool:
    """Whether anything is indexed at all."""
    return db.session.scalar(select(SearchEntry.id).limit(1)) is not None


def synonym_groups() -> Sequence[SynonymGroup]:
    """The synonym list, in the order in which it grew."""
    return db.session.scalars(select(SynonymGroup).order_by(SynonymGroup.id)).all()


def synonym_group(group_id: int, *, to_change: bool = False) -> SynonymGroup:
    """One row of the synonym list."""
    question = select(SynonymGroup).filter_by(id=group_id)
    found = db.session.scalar(question.with_for_update() if to_change else question)
    if found is None:
        raise NotFound
    return found


def synonyms() -> rules.Synonyms:
    """The synonym list as the rules read it: each word or phrase as its stems."""
    return rules.synonyms_of(group.words for group in synonym_groups())


def by_code(text: str) -> tuple[SearchKind, int] | None:
    """The one row that this text is the code of, if there is one and it is open to the viewer."""
    code = rules.code_in(text)
    if code is None:
        return None
    found = db.session.execute(select(SearchEntry.kind, SearchEntry.row_id).filter_by(code=code)).first()
    return (found.kind, found.row_id) if found else None


def search(wanted: SearchFilter, today: date, limit: int = SHOWN) -> Found:
    """The rows that answer best, each with the part of its text that does."""
    asked = rules.groups_of(wanted.q[: rules.LONGEST_QUESTION], synonyms())
    if not asked:
        return Found()
    groups = rules.with_completions(asked, _completions(wanted.q))
    is_loose = False
    entries = _candidates(groups, wanted)
    if not entries and len(groups) > 1:
        is_loose, entries = True, _candidates(groups, wanted, any_of=True)
    ranked = _in_order(groups, entries, today)
    stems = frozenset(stem for group in groups for way in group.all_ways for stem in way)
    return Found(
        hits=_hits(ranked[:limit], stems),
        count=len(ranked),
        is_capped=any(_count_of(kind, entries) >= MOST_OF_KIND for kind in SearchKind),
        is_loose=is_loose and bool(ranked),
        did_you_mean=_correction(asked, wanted) if not entries or is_loose else None,
    )


def _count_of(kind: SearchKind, entries: Iterable[Any]) -> int:
    return sum(entry.kind is kind for entry in entries)


def _in_order(groups: Sequence[Group], entries: Iterable[Any], today: date) -> list[Any]:
    def place(entry: Any) -> tuple[float, int]:
        age = rules.age_in_years(entry.day, today)
        return -rules.score(groups, entry.stems.split(" "), entry.head_size, entry.kind, age), -entry.id

    return sorted(entries, key=place)


def _candidates(groups: Sequence[Group], wanted: SearchFilter, *, any_of: bool = False) -> Sequence[Any]:
    """The newest entries of each kind that fit and may be seen: never more, however common the word."""
    is_open = {"open": True, "closed": False}.get(wanted.stage or "")
    marks = formats.marks(wanted.year, is_open)
    kinds = [wanted.kind] if wanted.kind else list(SearchKind)
    parts = [_newest(kind, groups, marks, MOST_OF_KIND, any_of=any_of).subquery() for kind in kinds]
    numbers = union_all(*(select(part.c.id) for part in parts)).subquery()
    return db.session.execute(select(*_WHAT).where(ENTRIES.c.id.in_(select(numbers.c.id)))).all()


def _newest(
    kind: SearchKind, groups: Sequence[Group], marks: Sequence[str], limit: int, *, any_of: bool = False
) -> Select[int]:
    """The numbers of the newest entries of a kind that fit and may be seen, in the words of the database asked."""
    low, high = entry_id(kind, 0), entry_id(kind, LARGEST_ROW_ID)
    question = select(ENTRIES.c.id).where(*is_open_as(kind))
    if db.engine.dialect.name == "sqlite":
        asked = rules.expression(groups, marks, ("AND", "OR", '"'), any_of=any_of)
        question = question.join(_FTS, _FTS.c.rowid == ENTRIES.c.id).where(_FTS.c.search_stems.op("MATCH")(asked))
        return question.where(_FTS.c.rowid.between(low, high)).order_by(_FTS.c.rowid.desc()).limit(limit)
    asked = rules.expression(groups, marks, ("&", "|", "'"), any_of=any_of)
    lexemes: ColumnElement[Any] = literal_column("search_entry.lexemes")
    question = question.where(lexemes.op("@@")(cast(asked, TSQUERY)), ENTRIES.c.id.between(low, high))
    return question.order_by(ENTRIES.c.id.desc()).limit(limit)


def _hits(entries: Sequence[Any], stems: frozenset[str]) -> list[Hit]:
    rows: dict[tuple[SearchKind, int], Any] = {}
    for kind in {entry.kind for entry in entries}:
        model, loaded = ROWS[kind]
        numbers = [entry.row_id for entry in entries if entry.kind is kind]
        found = db.session.scalars(select(model).where(model.id.in_(numbers)).options(*loaded))
        rows |= {(kind, row.id): row for row in found}
    known = [(entry.kind, rows.get((entry.kind, entry.row_id))) for entry in entries]
    return [Hit(kind, row, stems) for kind, row in known if row]


def _completions(text: str) -> Sequence[str]:
    """Stems of the words that the last word may become, the shortest first."""
    last = analysis.tokens(text)[-1]
    if len(last) < rules.SHORTEST_BEGINNING or text[-1:].isspace():
        return []
    question = select(SearchWord.stem).where(SearchWord.word > last, SearchWord.word < rules.after(last))
    return db.session.scalars(
        question.order_by(func.length(SearchWord.word), SearchWord.word).limit(MOST_COMPLETIONS)
    ).all()


def _correction(asked: Sequence[Group], wanted: SearchFilter) -> str | None:
    """The question with unknown words replaced by near ones, if that finds something the viewer may see."""
    said = [_nearest(group.said) for group in asked]
    corrected = " ".join(said)
    if said == [group.said for group in asked]:
        return None
    groups = rules.groups_of(corrected, synonyms())
    return corrected if groups and _candidates(groups, wanted) else None


def _nearest(said: str) -> str:
    if " " in said or db.session.scalar(select(SearchWord.word).filter_by(word=said)):
        return said
    near_in_length = func.length(SearchWord.word).between(len(said) - 2, len(said) + 2)
    question = select(SearchWord.word).where(SearchWord.word >= said[0], SearchWord.word < rules.after(said[0]))
    known = db.session.scalars(question.where(near_in_length).order_by(SearchWord.word).limit(MOST_WORDS_COMPARED))
    return next(iter(rules.nearest_words(said, known)), said)


def proposed_before(text: str, *, except_id: int | None = None, limit: int = 3) -> list[Proposal]:
    """Earlier proposals that say much the same, the likest first; nothing where nothing comes near."""
    known = synonyms()
    groups = rules.groups_of(text, known, rules.MOST_COMPARED)
    if not groups:
        return []
    having = _having(groups)
    in_all = _count_proposals()
    weights = {min(group.ways): rules.weight(len(having[at]), in_all) for at, group in enumerate(groups)}
    promise: Counter[int] = Counter()
    for at, group in enumerate(groups):
        promise.update(dict.fromkeys(having[at], round(weights[min(group.ways)] * 1000)))
    best = sorted(promise, key=lambda row_id: (-promise[row_id], -row_id))[:MOST_LIKENED]
    asked, other = rules.keys_of(groups), rules.weight(rules.UNCOUNTED, in_all)
    scored = []
    for proposal in db.session.scalars(select(Proposal).where(Proposal.id.in_(best), Proposal.id != (except_id or 0))):
        texts = [proposal.title_id, proposal.gist_id, proposal.title_en or ""]
        keys = [rules.keys_of(rules.groups_of(one, known, rules.MOST_COMPARED)) for one in texts]
        scored.append((-rules.likeness(asked, keys, weights, other), -proposal.id, proposal))
    return [proposal for likeness, _, proposal in sorted(scored)[:limit] if -likeness >= rules.LIKE_ENOUGH]


def _having(groups: Sequence[Group]) -> list[list[int]]:
    """For each group the newest visible proposals that meet it, in one question."""
    parts = [_newest(SearchKind.PROPOSAL, [group], [], MOST_OF_WORD).subquery() for group in groups]
    asked = union_all(*(select(literal(at).label("at"), part.c.id) for at, part in enumerate(parts)))
    having: list[list[int]] = [[] for _ in groups]
    for at, number in db.session.execute(asked):
        having[at].append(number - entry_id(SearchKind.PROPOSAL, 0))
    return having


def _count_proposals() -> int:
    """How many proposals the viewer may see; beyond some number it makes no difference to the weights."""
    some = select(Proposal.id).limit(MOST_COUNTED).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0
