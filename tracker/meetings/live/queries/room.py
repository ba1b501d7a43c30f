"""What the room sees of the minutes while they are taken: the agenda item, and what was decided and agreed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from tracker.actions import queries as actions
from tracker.actions.models import ActionItem
from tracker.audit.models import Event
from tracker.core.db import db
from tracker.core.wording import either
from tracker.meetings.live.rules import begun_at
from tracker.meetings.models import AgendaItem, Meeting, Statement, StatementProposal
from tracker.meetings.rules import Bearing, StatementKind
from tracker.proposals.models import Proposal
from tracker.proposals.rules import ProposalStatus


@dataclass(frozen=True)
class Decided:
    code: str
    title: str
    status: ProposalStatus


@dataclass(frozen=True)
class DecisionShown:
    id: int
    quote: str | None
    gist: str
    proposals: Sequence[Decided]


@dataclass(frozen=True)
class Room:
    #: The item that the minutes went on to, or that of the line recorded since; at first, the first item.
    item: AgendaItem | None
    #: Since when the meeting has been going on; None unless it is known and goes on today.
    since: datetime | None
    #: Both with the newest first.
    decisions: Sequence[DecisionShown]
    actions: Sequence[ActionItem]


def room_of(meeting: Meeting, now: datetime) -> Room:
    """Requires the loaded agenda."""
    return Room(
        _item_discussed(meeting),
        begun_at(meeting.date, meeting.start_time or meeting.called_time, meeting.zone.info, now),
        _decisions(meeting.id),
        list(reversed(actions.of_meeting(meeting.id))),
    )


def _item_discussed(meeting: Meeting) -> AgendaItem | None:
    chosen = _chosen(meeting.id)
    if chosen is not None:
        return next((item for item in meeting.agenda if item.id == chosen.get("agenda_item_id")), None)
    shown = Statement.meeting_id == meeting.id, Statement.removed_at.is_(None)
    newest = select(Statement.agenda_item_id).where(*shown).order_by(Statement.id.desc()).limit(1)
    last = db.session.execute(newest).first()
    if last is None:
        return next(iter(meeting.agenda), None)
    return next((item for item in meeting.agenda if item.id == last.agenda_item_id), None)


def _chosen(meeting_id: int) -> Mapping[str, Any] | None:
    """What the minutes went on to, unless a line was recorded since."""
    query = select(Event.verb, Event.details).filter_by(subject=Meeting.__tablename__, subject_id=meeting_id)
    query = query.where(Event.verb.in_(("agenda_item_discussed", "statement_added"))).order_by(Event.id.desc())
    last = db.session.execute(query.limit(1)).first()
    return last.details if last and last.verb == "agenda_item_discussed" else None


def _decisions(meeting_id: int) -> list[DecisionShown]:
    shown = Statement.meeting_id == meeting_id, Statement.removed_at.is_(None), Statement.kind == StatementKind.DECISION
    columns = Statement.id, Statement.classification, Statement.quote, Statement.gist_id, Statement.gist_en
    lines = db.session.execute(select(*columns).where(*shown).order_by(Statement.id.desc())).all()
    about = _decided([line.id for line in lines])
    return [
        DecisionShown(line.id, line.quote, either(line.gist_id, line.gist_en) if line.gist_id else "", about[line.id])
        for line in lines
    ]


def _decided(line_ids: Sequence[int]) -> dict[int, list[Decided]]:
    of_line: dict[int, list[Decided]] = defaultdict(list)
    link = StatementProposal
    query = (
        select(link.statement_id, Proposal.id, Proposal.classification, Proposal.code, Proposal.title_id,
               Proposal.title_en, Proposal.status)
        .join(Proposal, Proposal.id == link.proposal_id)
        .where(link.statement_id.in_(line_ids), link.bearing == Bearing.DECIDES)
        .order_by(Proposal.id)
    )  # fmt: skip
    for row in db.session.execute(query) if line_ids else ():
        of_line[row.statement_id].append(Decided(row.code, either(row.title_id, row.title_en), row.status))
    return of_line
