"""Questions about what an account follows, and what changed since it last looked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import selectinload

from tracker.actions.models import ActionItem
from tracker.audit.models import Event
from tracker.audit.queries import values_before
from tracker.core.actor import Actor, current
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.core.word_diff import Piece, pieces
from tracker.meetings.models import Meeting
from tracker.proposals.models import Proposal
from tracker.status.follows.models import Follow
from tracker.targets.models import Target

Thing = Proposal | ActionItem | Target | Meeting

#: The kinds one can follow, by the name of their pages.
KINDS: dict[str, type[Any]] = {"proposals": Proposal, "actions": ActionItem, "targets": Target, "meetings": Meeting}
#: The columns of words: what changed in them is marked word by word.
WORDS = ("title_id", "title_en", "gist_id", "gist_en", "outcome_note", "name_id", "name_en", "text_id", "text_en",
         "evidence", "definition", "formula")  # fmt: skip


@dataclass(frozen=True)
class Changes:
    """What changed in a thing since the account looked; nothing known where it never did."""

    looked_at: datetime | None
    events: Sequence[Event] = ()
    words: Sequence[tuple[str, Sequence[Piece]]] = ()

    @property
    def is_any(self) -> bool:
        """Whether anything changed at all."""
        return bool(self.events or self.words)


def thing(kind: str, thing_id: int) -> Thing:
    """One thing that can be followed, if it is open to the viewer."""
    if kind not in KINDS:
        raise NotFound
    question = select(KINDS[kind]).filter_by(id=thing_id)
    if KINDS[kind] is Proposal:
        question = question.options(selectinload(Proposal.proponents))
    found: Thing | None = db.session.scalar(question)
    if found is None:
        raise NotFound
    return found


def kept(actor: Actor, thing: Thing) -> Follow | None:
    """What is kept of this thing for the actor."""
    asked = {"account_id": actor.account_id, "subject": thing.__tablename__, "subject_id": thing.id}
    return db.session.scalar(select(Follow).filter_by(**asked))


def all_kept(actor: Actor) -> dict[tuple[str, int], Follow]:
    """Everything kept for the actor, by table and number."""
    found = db.session.scalars(select(Follow).filter_by(account_id=actor.account_id))
    return {(row.subject, row.subject_id): row for row in found}


def followed(rows: Iterable[Follow]) -> list[tuple[str, Thing]]:
    """The things followed that are open to the viewer, each with its kind; the newest following first."""
    wanted = [row for row in rows if row.followed_at]
    found: dict[tuple[str, int], tuple[str, Thing]] = {}
    for kind, model in KINDS.items():
        tables = {mapper.class_.__tablename__ for mapper in inspect(model).self_and_descendants}
        numbers = [row.subject_id for row in wanted if row.subject in tables]
        if numbers:
            things = db.session.scalars(select(model).where(model.id.in_(numbers)))
            found |= {(one.__tablename__, one.id): (kind, one) for one in things}
    wanted.sort(key=lambda row: (row.followed_at, row.id), reverse=True)
    return [found[row.subject, row.subject_id] for row in wanted if (row.subject, row.subject_id) in found]


def changes_of(
    things: Iterable[Thing], kept: dict[tuple[str, int], Follow], events: Sequence[Event]
) -> dict[tuple[str, int], Changes]:
    """What others changed in each thing since it was last looked at. The events are those of all, newest first."""
    told = {(one.__tablename__, one.id): one for one in things}
    reader = current()
    own = reader.account_id if reader else None
    looked = {key: kept[key].looked_at if key in kept else None for key in told}
    before = {
        table: values_before(table, {number: at for (name, number), at in looked.items() if name == table and at}, own)
        for table in {name for name, _ in told}
    }
    return {
        key: Changes(
            at,
            [one for one in events if _is_news(one, key, at, own)],
            list(_words(told[key], before[key[0]].get(key[1], {}))) if at else [],
        )
        for key, at in looked.items()
    }


def _is_news(event: Event, key: tuple[str, int], looked_at: datetime | None, own: int | None) -> bool:
    """Whether it happened to this thing since it was looked at, by somebody else's act."""
    is_of_others = own is None or event.by_account_id != own
    return (event.subject, event.subject_id) == key and looked_at is not None and event.at > looked_at and is_of_others


def changes_of_one(one: Thing, kept: Follow | None, events: Sequence[Event]) -> Changes:
    """What changed in one thing since it was last looked at."""
    key = (one.__tablename__, one.id)
    return changes_of([one], {key: kept} if kept else {}, events)[key]


def _words(thing: Thing, before: dict[str, str | None]) -> Iterable[tuple[str, Sequence[Piece]]]:
    for column in WORDS:
        if column in before and (before[column] or "") != (getattr(thing, column) or ""):
            yield column, list(pieces(before[column] or "", getattr(thing, column) or ""))
