"""Keeping the index beside the rows: every change is indexed in its own transaction. And keeping the synonyms.

Nothing here commits. What is stored without the ORM (a restore, a bulk load) is indexed by `renew_all`.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import delete, event, insert, inspect, select, text
from sqlalchemy.orm import Session, UOWTransaction, scoped_session

from tracker.actions.models import ActionItem, ActionUpdate
from tracker.attachments.models import Attachment
from tracker.core import analysis
from tracker.core.actor import Actor
from tracker.core.db import Model, db
from tracker.core.visibility import unrestricted
from tracker.history.commands import record
from tracker.history.models import AuditHead
from tracker.meetings.models import AgendaItem, Attendance, Meeting, Statement
from tracker.people.models import FormerUnitName, Person
from tracker.proposals.models import Proponent, Proposal
from tracker.search import formats
from tracker.search.formats import Document
from tracker.search.models import BY_KIND, BY_MODEL, ENTRIES, SOURCES, WORDS, SynonymGroup
from tracker.search.rules import SearchKind, entry_id

BATCH = 500
_PENDING, _FOLLOWING = "search_pending", "search_following"
_COUNT_WORD = (
    "INSERT INTO search_word (word, stem, held) VALUES (:word, :stem, :held) "
    "ON CONFLICT (word) DO UPDATE SET held = search_word.held + excluded.held"
)

Thing = TypeVar("Thing")


#: Rows that are no documents but part of some: (kind, the question for the numbers of its rows, or one number).
FOLLOWERS: dict[type[Model], Callable[[Any], list[tuple[SearchKind, Any]]]] = {
    Proponent: lambda row: [(SearchKind.PROPOSAL, row.proposal_id)],
    ActionUpdate: lambda row: [(SearchKind.ACTION, row.action_id)],
    AgendaItem: lambda row: [(SearchKind.MEETING, row.meeting_id)],
    Attendance: lambda row: [(SearchKind.STATEMENT, select(Statement.id).filter_by(speaker_id=row.id))],
    Meeting: lambda row: [
        (SearchKind.STATEMENT, select(Statement.id).filter_by(meeting_id=row.id)),
        (SearchKind.ATTACHMENT, select(Attachment.id).filter_by(meeting_id=row.id)),
    ],
    Proposal: lambda row: [(SearchKind.ATTACHMENT, select(Attachment.id).filter_by(proposal_id=row.id))],
    ActionItem: lambda row: [(SearchKind.ATTACHMENT, select(Attachment.id).filter_by(action_id=row.id))],
    FormerUnitName: lambda row: [(SearchKind.UNIT, row.unit_id)],
    Person: lambda row: [
        (SearchKind.PROPOSAL, select(Proponent.proposal_id).filter_by(person_id=row.id)),
        (SearchKind.ACTION, select(ActionItem.id).filter_by(pic_id=row.id)),
        (SearchKind.STATEMENT, select(Statement.id).join(Statement.speaker).where(Attendance.person_id == row.id)),
    ],
}


def keep_index(session: scoped_session[Any]) -> None:
    """Index every change that this session stores. Called once by the factory."""
    if not event.contains(session, "after_flush", _note):
        event.listen(session, "after_flush", _note)
        event.listen(session, "before_commit", _renew_pending)
        event.listen(session, "after_soft_rollback", _forget)


def _note(session: Session, _: UOWTransaction) -> None:
    pending: set[tuple[SearchKind, int]] = session.info.setdefault(_PENDING, set())
    followers: list[tuple[SearchKind, Any]] = session.info.setdefault(_FOLLOWING, [])
    new = set(session.new)
    for row in (*new, *session.dirty, *session.deleted):
        source = BY_MODEL.get(type(row))
        if source:
            pending.add((source.kind, inspect(row).mapper.primary_key_from_instance(row)[0]))
        following = FOLLOWERS[type(row)](row) if type(row) in FOLLOWERS else []
        # Nothing stored speaks of a row that is only now being made; it may have become part of something, though.
        followers += [one for one in following if row not in new or isinstance(one[1], int)]


def _renew_pending(session: Session) -> None:
    session.flush()  # what is about to be committed must be noted first
    pending = session.info.pop(_PENDING, set())
    followers = session.info.pop(_FOLLOWING, [])
    if not pending and not followers:
        return
    changed: dict[SearchKind, set[int]] = defaultdict(set)
    for kind, row_id in pending:
        changed[kind].add(row_id)
    with unrestricted():
        for kind, asked in followers:
            changed[kind] |= {asked} if isinstance(asked, int) else set(session.scalars(asked))
        for kind in sorted(changed):
            for batch in _batches(sorted(changed[kind])):
                renew(kind, batch)


def _forget(session: Session, _: Any) -> None:
    session.info.pop(_PENDING, None)
    session.info.pop(_FOLLOWING, None)


def _batches(things: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    for start in range(0, len(things), BATCH):
        yield things[start : start + BATCH]


def renew(kind: SearchKind, row_ids: Sequence[int]) -> None:
    """Bring the entries of these rows up to date: what did not change is not touched."""
    documents = documents_of(kind, row_ids)
    wanted = {entry["id"]: entry for entry in entries_of(kind, documents)}
    numbers = [entry_id(kind, row_id) for row_id in row_ids]
    found = db.session.execute(select(ENTRIES).where(ENTRIES.c.id.in_(numbers))).mappings()
    stored = {row["id"]: dict(row) for row in found}
    gone = [number for number, entry in stored.items() if wanted.get(number) != entry]
    fresh = [entry for number, entry in wanted.items() if stored.get(number) != entry]
    if gone:
        db.session.execute(delete(ENTRIES).where(ENTRIES.c.id.in_(gone)))
    if fresh:
        db.session.execute(insert(ENTRIES), fresh)
    _count_words([stored[number] for number in gone], fresh)


def documents_of(kind: SearchKind, row_ids: Sequence[int]) -> dict[int, Document]:
    """What can be found of these rows; those that are gone, or are not to be found, have nothing."""
    source = BY_KIND[kind]
    question = select(source.model).where(source.model.id.in_(row_ids)).options(*source.loaded)
    rows = db.session.scalars(question.execution_options(populate_existing=True))
    made = {row.id: source.document(row) for row in rows}
    return {row_id: document for row_id, document in made.items() if document}


def entries_of(kind: SearchKind, documents: Mapping[int, Document]) -> list[dict[str, Any]]:
    """The entries that documents should have in the index."""
    return [_entry(kind, row_id, document) for row_id, document in documents.items()]


def _entry(kind: SearchKind, row_id: int, document: Document) -> dict[str, Any]:
    head, body = analysis.stems(document.head), analysis.stems(document.body)
    marks = formats.marks(document.day.year if document.day else None, document.is_open)
    return {
        "id": entry_id(kind, row_id), "kind": kind, "row_id": row_id, "code": document.code, "day": document.day,
        "head_size": len(head), "stems": " ".join([*head, *body, *marks]), "meeting_id": document.meeting_id,
        "proposal_id": document.proposal_id, "action_id": document.action_id, "words": _offered_words(document),
    }  # fmt: skip


def _offered_words(document: Document) -> str | None:
    """The words that may be offered to anybody: those of what is open to everybody."""
    words = set(analysis.tokens(f"{document.head}\n{document.body}")) - analysis.STOP_WORDS
    return " ".join(sorted(words)) if document.is_ordinary else None


def _count_words(gone: Iterable[Mapping[str, Any]], fresh: Iterable[Mapping[str, Any]]) -> None:
    """Keep count of the entries that hold a word; one that none holds any more is forgotten."""
    changes: Counter[str] = Counter()
    for entry in fresh:
        changes.update((entry["words"] or "").split())
    for entry in gone:
        changes.subtract((entry["words"] or "").split())
    rows = [{"word": word, "stem": analysis.stem(word), "held": by} for word, by in sorted(changes.items()) if by]
    if rows:
        db.session.execute(text(_COUNT_WORD), rows)
        db.session.execute(delete(WORDS).where(WORDS.c.held <= 0))


def recount_words() -> None:
    """Count all words anew, after a restore or a bulk load."""
    db.session.execute(select(AuditHead.length).with_for_update())  # whoever writes waits here until this is stored
    db.session.execute(delete(WORDS))
    rows = [{"word": word, "stem": analysis.stem(word), "held": held} for word, held in _counted_words().items()]
    for batch in _batches(rows):
        db.session.execute(insert(WORDS), list(batch))


def miscounted_words() -> list[str]:
    """Words that the list has and no ordinary entry holds so often, or the other way round."""
    listed = {row.word: row.held for row in db.session.execute(select(WORDS.c.word, WORDS.c.held))}
    return sorted(word for word, _ in listed.items() ^ _counted_words().items())


def _counted_words() -> Counter[str]:
    held: Counter[str] = Counter()
    for words in db.session.scalars(select(ENTRIES.c.words).where(ENTRIES.c.words.is_not(None))):
        held.update(words.split())
    return held


def renew_all() -> Iterator[tuple[SearchKind, int, int]]:
    """Bring the whole index up to date, batch by batch: yields (kind, rows done, rows in all) after each."""
    for source in SOURCES:
        row_ids = db.session.scalars(select(source.model.id).order_by(source.model.id)).all()
        has_row = select(source.model.__table__.c.id)
        db.session.execute(delete(ENTRIES).where(ENTRIES.c.kind == source.kind, ENTRIES.c.row_id.not_in(has_row)))
        for done, batch in enumerate(_batches(row_ids)):
            renew(source.kind, batch)
            yield source.kind, min((done + 1) * BATCH, len(row_ids)), len(row_ids)
            db.session.expunge_all()


def differences() -> Iterator[tuple[SearchKind, int, str]]:
    """Where the index is not what the rows say: (kind, row, what is wrong)."""
    for source in SOURCES:
        row_ids = db.session.scalars(select(source.model.id).order_by(source.model.id)).all()
        stored = set(db.session.scalars(select(ENTRIES.c.row_id).where(ENTRIES.c.kind == source.kind)))
        yield from ((source.kind, row_id, "without a row") for row_id in sorted(stored - set(row_ids)))
        for batch in _batches(row_ids):
            yield from _differences(source.kind, batch)


def _differences(kind: SearchKind, row_ids: Sequence[int]) -> Iterator[tuple[SearchKind, int, str]]:
    numbers = [entry_id(kind, row_id) for row_id in row_ids]
    found = db.session.execute(select(ENTRIES).where(ENTRIES.c.id.in_(numbers))).mappings()
    stored = {row["row_id"]: dict(row) for row in found}
    wanted = {entry["row_id"]: entry for entry in entries_of(kind, documents_of(kind, row_ids))}
    for row_id in row_ids:
        if stored.get(row_id) != wanted.get(row_id):
            yield kind, row_id, "missing" if row_id not in stored else "out of date"


def add_synonyms(words: list[str], *, by: Actor, at: datetime) -> SynonymGroup:
    """Let these words and phrases mean the same."""
    group = SynonymGroup(words=words)
    db.session.add(group)
    db.session.flush()  # the event needs its number
    record(group, "added", by=by, at=at, words=words)
    return group


def edit_synonyms(group: SynonymGroup, words: list[str], *, by: Actor, at: datetime) -> None:
    """Change which words mean the same."""
    record(group, "edited", by=by, at=at, before=group.words, words=words)
    group.words = words


def remove_synonyms(group: SynonymGroup, *, by: Actor, at: datetime) -> None:
    """Let these words be different words again."""
    record(group, "removed", by=by, at=at, words=group.words)
    db.session.delete(group)
