"""Tables of search: an entry for each row of the record, known words, synonyms; and the index of each database."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import DDL, BigInteger, ColumnElement, ForeignKey, Integer, Table, Text, and_, event, or_, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from tracker.actions import rules as action_rules
from tracker.actions.models import ActionItem, ActionSupporter
from tracker.attachments.models import Attachment
from tracker.core.db import Model, Versioned, codes
from tracker.core.visibility import PartOfClassified, is_seen
from tracker.meetings.models import Attendance, Meeting, Statement
from tracker.people.models import OrgUnit, Person, Position
from tracker.proposals import rules as proposal_rules
from tracker.proposals.models import Proponent, Proposal
from tracker.search import formats
from tracker.search.formats import Document
from tracker.search.rules import SearchKind
from tracker.targets.models import Indicator, Objective, Target, TargetDocument

_OWNER_GOES = {"ondelete": "CASCADE"}


class SearchEntry(PartOfClassified, Model):
    """What can be found of one row. It holds no text to show: whatever is shown comes from the row itself."""

    __tablename__ = "search_entry"

    #: search.rules.entry_id: the same row has the same number on every database.
    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False)
    kind: Mapped[SearchKind] = mapped_column(codes(SearchKind, "search_kind"))
    row_id: Mapped[int]
    code: Mapped[str | None] = mapped_column(index=True)
    day: Mapped[date | None]
    #: How many of the stems come from the row's name.
    head_size: Mapped[int]
    #: The stems of its texts in order, then the marks it can be narrowed by, each set apart by one space.
    stems: Mapped[str]
    #: The words that everybody may be offered, each once; none of what is confidential.
    words: Mapped[str | None]
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id", **_OWNER_GOES), index=True)
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id", **_OWNER_GOES), index=True)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action_item.id", **_OWNER_GOES), index=True)

    meeting: Mapped[Meeting | None] = relationship(lazy="raise_on_sql")
    proposal: Mapped[Proposal | None] = relationship(lazy="raise_on_sql")
    action: Mapped[ActionItem | None] = relationship(lazy="raise_on_sql")

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        """As the classified row it belongs to; what belongs to none is open to all who are signed in."""
        return and_(
            or_(cls.meeting_id.is_(None), is_seen(Meeting, cls.meeting_id)),
            or_(cls.proposal_id.is_(None), is_seen(Proposal, cls.proposal_id)),
            or_(cls.action_id.is_(None), is_seen(ActionItem, cls.action_id)),
            or_(cls.kind != SearchKind.PERSON, is_seen(Person, cls.row_id)),
            or_(cls.kind != SearchKind.STATEMENT, select(Statement.id).where(Statement.id == cls.row_id).exists()),
            or_(cls.kind != SearchKind.ATTACHMENT, select(Attachment.id).where(Attachment.id == cls.row_id).exists()),
        )


ENTRIES = cast(Table, SearchEntry.__table__)
_OWNERS: dict[SearchKind, tuple[ColumnElement[Any], Any]] = {
    SearchKind.PROPOSAL: (ENTRIES.c.proposal_id, Proposal),
    SearchKind.ACTION: (ENTRIES.c.action_id, ActionItem),
    SearchKind.MEETING: (ENTRIES.c.meeting_id, Meeting),
    SearchKind.STATEMENT: (ENTRIES.c.row_id, Statement),
    SearchKind.ATTACHMENT: (ENTRIES.c.row_id, Attachment),
    SearchKind.PERSON: (ENTRIES.c.row_id, Person),
}


def is_open_as(kind: SearchKind) -> list[ColumnElement[bool]]:
    """What `is_open_to_viewer` asks of entries of one kind, for statements on the bare table.

    A question for candidates has a part for each kind or word; asking all three of each part takes PostgreSQL seconds.
    """
    if kind not in _OWNERS:
        return []
    owner_id, owner = _OWNERS[kind]
    return [select(owner.id).where(owner.id == owner_id, owner.is_open_to_viewer()).exists()]


class SearchWord(Model):
    """A word that an ordinary row has: for completing and correcting what is typed. Confidential texts add none."""

    __tablename__ = "search_word"

    word: Mapped[str] = mapped_column(Text().with_variant(Text(collation="C"), "postgresql"), primary_key=True)
    stem: Mapped[str]
    #: How many entries have it among their words; a word that none has is no longer here.
    held: Mapped[int]


class SynonymGroup(Versioned, Model):
    """Words and phrases that mean the same to whoever searches."""

    __tablename__ = "synonym_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[list[str]]


WORDS = cast(Table, SearchWord.__table__)


@dataclass(frozen=True)
class Source:
    """A table that can be searched: its rows as documents, and what must be loaded for them."""

    kind: SearchKind
    model: Any
    document: Callable[[Any], Document | None]
    loaded: tuple[ORMOption, ...] = ()


SOURCES = (
    Source(SearchKind.MEETING, Meeting, formats.of_meeting, (selectinload(Meeting.agenda),)),
    Source(
        SearchKind.STATEMENT, Statement, formats.of_statement,
        (selectinload(Statement.meeting), selectinload(Statement.speaker).selectinload(Attendance.person)),
    ),
    Source(
        SearchKind.PROPOSAL, Proposal, lambda row: formats.of_proposal(row, row.status in proposal_rules.OPEN),
        (selectinload(Proposal.proponents).selectinload(Proponent.person),),
    ),
    Source(
        SearchKind.ACTION, ActionItem, lambda row: formats.of_action(row, row.status in action_rules.OPEN),
        (selectinload(ActionItem.pic), selectinload(ActionItem.supporters).selectinload(ActionSupporter.person),
         selectinload(ActionItem.updates)),
    ),
    Source(SearchKind.TARGET, Target, formats.of_target),
    Source(SearchKind.PERSON, Person, formats.of_person),
    Source(SearchKind.UNIT, OrgUnit, formats.of_unit, (selectinload(OrgUnit.former_names),)),
    Source(SearchKind.POST, Position, formats.of_post),
    Source(
        SearchKind.ATTACHMENT, Attachment, formats.of_attachment,
        (joinedload(Attachment.meeting), joinedload(Attachment.proposal), joinedload(Attachment.action)),
    ),
)  # fmt: skip
BY_KIND = {source.kind: source for source in SOURCES}
BY_MODEL = {source.model: source for source in SOURCES} | dict.fromkeys(
    (TargetDocument, Objective, Indicator), BY_KIND[SearchKind.TARGET]
)


# FTS5 with external content and three triggers (contentless_delete needs a newer SQLite than Debian's). The stems are
# ready made, so the tokenizer only cuts at spaces; positions are not needed, the order is made in search.rules.
SQLITE_INDEX = (
    (
        "CREATE VIRTUAL TABLE search_stems USING fts5(stems, content='search_entry', content_rowid='id', "
        "detail='none', columnsize=0, tokenize=\"ascii tokenchars '_'\")"
    ),
    (
        "CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN "
        "INSERT INTO search_stems(rowid, stems) VALUES (new.id, new.stems); END"
    ),
    (
        "CREATE TRIGGER search_entry_removed AFTER DELETE ON search_entry BEGIN "
        "INSERT INTO search_stems(search_stems, rowid, stems) VALUES ('delete', old.id, old.stems); END"
    ),
    (
        "CREATE TRIGGER search_entry_changed AFTER UPDATE ON search_entry BEGIN "
        "INSERT INTO search_stems(search_stems, rowid, stems) VALUES ('delete', old.id, old.stems); "
        "INSERT INTO search_stems(rowid, stems) VALUES (new.id, new.stems); END"
    ),
)
# The number of its kind stands before each stem (search.rules.prefix). Without it PostgreSQL, told that a word is in
# nearly every entry, looked for it through all entries of a kind that has it nowhere.
_KIND = "(id >> 32)::text || '.'"
POSTGRESQL_INDEX = (
    (
        "ALTER TABLE search_entry ADD COLUMN lexemes tsvector GENERATED ALWAYS AS "
        f"(array_to_tsvector(string_to_array({_KIND} || replace(stems, ' ', ' ' || {_KIND}), ' '))) STORED"
    ),
    # The usual sample knows a hundred words; whatever it does not know is taken to be in one entry of two hundred.
    "ALTER TABLE search_entry ALTER COLUMN lexemes SET STATISTICS 1000",
    "CREATE INDEX ix_search_entry_lexemes ON search_entry USING gin (lexemes)",
)
for _statement in SQLITE_INDEX:
    event.listen(Model.metadata, "after_create", DDL(_statement.replace("%", "%%")).execute_if(dialect="sqlite"))
for _statement in POSTGRESQL_INDEX:
    event.listen(Model.metadata, "after_create", DDL(_statement).execute_if(dialect="postgresql"))
