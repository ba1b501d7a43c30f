"""Tables of search: entries, known words and synonyms, and the index of each database."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import (
    DDL,
    BigInteger,
    ColumnElement,
    ForeignKey,
    Integer,
    LargeBinary,
    Table,
    Text,
    and_,
    event,
    or_,
    select,
)
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

_OWNER_GOES: Any = {"ondelete": "CASCADE"}


class SearchEntry(PartOfClassified, Model):
    """The index entry of a row. It holds no text for display; what is shown comes from the row itself."""

    __tablename__ = "search_entry"

    #: search.rules.entry_id: the same on every database.
    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False)
    kind: Mapped[SearchKind] = mapped_column(codes(SearchKind, "search_kind"))
    row_id: Mapped[int]
    code: Mapped[str | None] = mapped_column(index=True)
    day: Mapped[date | None]
    #: Number of stems that come from the name of the row.
    head_size: Mapped[int]
    #: Stems of the texts in order, then filter values, separated by single spaces.
    stems: Mapped[str]
    #: Words that may be suggested to everybody, each once; none for confidential rows.
    words: Mapped[str | None]
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id", **_OWNER_GOES), index=True)
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id", **_OWNER_GOES), index=True)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action_item.id", **_OWNER_GOES), index=True)

    meeting: Mapped[Meeting | None] = relationship(lazy="raise_on_sql")
    proposal: Mapped[Proposal | None] = relationship(lazy="raise_on_sql")
    action: Mapped[ActionItem | None] = relationship(lazy="raise_on_sql")

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        """Visible with the classified row it belongs to; without one, visible to everybody signed in."""
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
    """The criteria of `is_open_to_viewer` for entries of one kind, for statements on the bare table.

    A statement for candidates has a part per kind or word; with the criteria of all kinds in each part PostgreSQL
    takes seconds.
    """
    if kind not in _OWNERS:
        return []
    owner_id, owner = _OWNERS[kind]
    return [select(owner.id).where(owner.id == owner_id, owner.is_open_to_viewer()).exists()]


class SearchWord(Model):
    """A word of a row visible to everybody, for completion and correction. Confidential texts add none."""

    __tablename__ = "search_word"

    word: Mapped[str] = mapped_column(Text().with_variant(Text(collation="C"), "postgresql"), primary_key=True)
    stem: Mapped[str]
    #: Number of entries with this word; rows with 0 are deleted.
    held: Mapped[int]


class ProposalMeaning(PartOfClassified, Model):
    """The vector of a proposal's text, as visible as the proposal. Made by the worker, where the extra is installed."""

    __tablename__ = "proposal_meaning"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id", **_OWNER_GOES), primary_key=True)
    #: Version of the proposal, and hash of the text, that the vector was calculated from.
    proposal_version: Mapped[int]
    text_hash: Mapped[str]
    model: Mapped[str]
    vector: Mapped[bytes] = mapped_column(LargeBinary)

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        return is_seen(Proposal, cls.proposal_id)


class SynonymGroup(Versioned, Model):
    __tablename__ = "synonym_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[list[str]]


WORDS = cast(Table, SearchWord.__table__)


@dataclass(frozen=True)
class Source:
    kind: SearchKind
    model: Any
    document: Callable[[Any], Document | None]
    loaded: tuple[ORMOption, ...] = ()


SOURCES = (
    # SQLAlchemy loads relationships in another order in each process. Loading the source of a name may therefore unload
    # the agenda of a meeting of the same batch, unless it is loaded along this way too.
    Source(
        SearchKind.MEETING, Meeting, formats.of_meeting,
        (selectinload(Meeting.agenda), selectinload(Meeting.named_after).selectinload(Meeting.agenda)),
    ),
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


# FTS5 with external content and three triggers (contentless_delete needs a newer SQLite than Debian's). Texts are
# already stemmed, so the tokenizer only splits at spaces; positions are not needed, since search.rules ranks the
# results.
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
# Each stem is prefixed with the number of its kind (search.rules.prefix). Otherwise PostgreSQL assumes that a word
# which is common overall is common in every kind, and scans all entries of a kind that does not have it.
_KIND = "(id >> 32)::text || '.'"
POSTGRESQL_INDEX = (
    (
        "ALTER TABLE search_entry ADD COLUMN lexemes tsvector GENERATED ALWAYS AS "
        f"(array_to_tsvector(string_to_array({_KIND} || replace(stems, ' ', ' ' || {_KIND}), ' '))) STORED"
    ),
    # The default sample covers about a hundred words; PostgreSQL assumes any other word is in one of two hundred
    # entries.
    "ALTER TABLE search_entry ALTER COLUMN lexemes SET STATISTICS 1000",
    "CREATE INDEX ix_search_entry_lexemes ON search_entry USING gin (lexemes)",
)
for _statement in SQLITE_INDEX:
    event.listen(Model.metadata, "after_create", DDL(_statement.replace("%", "%%")).execute_if(dialect="sqlite"))
for _statement in POSTGRESQL_INDEX:
    event.listen(Model.metadata, "after_create", DDL(_statement).execute_if(dialect="postgresql"))
