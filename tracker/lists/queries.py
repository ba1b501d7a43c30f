"""Queries for downloads of lists."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, select
from sqlalchemy.orm import aliased

from tracker.actions.changes.models import DueDateRequest, Escalation
from tracker.actions.changes.rules import RequestState
from tracker.actions.models import ActionHold, ActionItem, ActionSupporter, ActionUpdate, action_supporting_unit
from tracker.actions.queries import soon_until
from tracker.attachments.models import Attachment
from tracker.core import clock
from tracker.core.db import db
from tracker.core.listed import Listed
from tracker.corrections.queries import newest_of
from tracker.meetings.models import Meeting, Statement
from tracker.people.models import OrgUnit, Person, Position
from tracker.proposals.models import Proposal, TargetLink
from tracker.proposals.rules import Effect
from tracker.targets.models import Target

#: Rows per batch, so that memory does not grow with the list.
BATCH = 1000


def batches(query: Select[Any], reads: Sequence[Any]) -> Iterator[Sequence[Any]]:
    batched = query.execution_options(yield_per=BATCH)
    if not reads:
        yield from db.session.scalars(batched).partitions()
        return
    yield from db.session.execute(batched.with_only_columns(*reads)).partitions()


def count(query: Select[Any]) -> int:
    bare = query.options().order_by(None).with_only_columns(func.count(), maintain_column_froms=True)
    return db.session.scalar(bare) or 0


def count_hidden(statement: ScalarSelect[int]) -> int:
    """Of a listing: its `hidden`."""
    return db.session.scalar(select(statement)) or 0


@dataclass(frozen=True, kw_only=True)
class ActionFacts:
    """What the user may see of the rows related to some actions, by action id."""

    #: The columns of `_FACTS`.
    rows: Mapping[int, Any]
    files: Mapping[int, Sequence[str]]
    #: The last unanswered correction.
    corrections: Mapping[int, Any]
    #: The last day that counts as due soon.
    soon_until: date

    def supporting(self, action_id: int) -> Iterator[tuple[str | None, str | None, str | None]]:
        """Units, then persons, posts and outside bodies: a name, and the title in both languages."""
        row = self.rows[action_id]
        yield from ((None, *names) for _, *names in sorted(row.supporting_units or (), key=itemgetter(0)))
        yield from ((name, *titles) for _, name, *titles in sorted(row.supporters or (), key=itemgetter(0)))

    def targets(self, action_id: int) -> Iterator[tuple[Effect | None, str, str | None]]:
        for _, effect, name_id, name_en in sorted(self.rows[action_id].targets or (), key=itemgetter(0)):
            yield Effect(effect) if effect else None, name_id, name_en


# Aliases, since the criteria of visibility of one table read others.
_action, _meeting, _proposal, _statement = aliased(ActionItem), aliased(Meeting), aliased(Proposal), aliased(Statement)
_update, _hold, _request, _escalation = (
    aliased(ActionUpdate), aliased(ActionHold), aliased(DueDateRequest), aliased(Escalation),
)  # fmt: skip
_unit, _pic, _post = aliased(OrgUnit), aliased(Person), aliased(Position)
_above, _post_above = aliased(Person, name="above"), aliased(Position, name="post_above")


def _labelled(name: str, *columns: Any) -> list[Any]:
    return [column.label(f"{name}_{column.key}") for column in columns]


def _last(row: Any) -> ColumnElement[bool]:
    """The last of the rows of an action, a progress report or an escalation."""
    table = row.__mapper__.local_table.alias()
    newest = select(func.max(table.c.id)).where(table.c.action_id == _action.id).correlate(_action)
    return cast(ColumnElement[bool], row.id == newest.scalar_subquery())


_link = action_supporting_unit.c
_SUPPORTING_UNITS = select(Listed(OrgUnit.id, OrgUnit.name_id, OrgUnit.name_en)).where(
    OrgUnit.id == _link.unit_id, _link.action_id == _action.id
)
_NAMED = func.coalesce(Person.full_name, ActionSupporter.as_written)
_SUPPORTERS = (
    select(Listed(ActionSupporter.id, _NAMED, Position.title_id, Position.title_en))
    .outerjoin(ActionSupporter.person)
    .outerjoin(ActionSupporter.position)
    .where(ActionSupporter.action_id == _action.id)
)
_TARGETS = (
    select(Listed(TargetLink.id, TargetLink.effect, Target.name_id, Target.name_en))
    .join(TargetLink.target)
    .where(TargetLink.proposal_id == _action.proposal_id)
)
#: With a row for each file. The id and level of what may be secret are read with it, for the audit.
_FACTS = (
    select(
        _action.id,
        *_labelled("meeting", _meeting.id, _meeting.classification, _meeting.name_id, _meeting.name_en, _meeting.date),
        *_labelled("proposal", _proposal.id, _proposal.classification, _proposal.code, _proposal.title_id,
                   _proposal.title_en),
        *_labelled("statement", _statement.id, _statement.classification, _statement.kind, _statement.gist_id,
                   _statement.gist_en, _statement.quote),
        *_labelled("file", Attachment.id, Attachment.classification, Attachment.name),
        *_labelled("unit", _unit.name_id, _unit.name_en),
        _pic.full_name.label("pic"),
        *_labelled("post", _post.title_id, _post.title_en),
        *_labelled("latest", _update.on, _update.percent, _update.progress_note, _update.obstacle, _update.next_step,
                   _update.next_due_on, _update.evidence),
        *_labelled("hold", _hold.kind, _hold.waiting_for, _hold.since, _hold.reason),
        _request.asked_for,
        _escalation.id.label("escalation_id"),
        _above.full_name.label("escalated_to"),
        *_labelled("escalated_to", _post_above.title_id, _post_above.title_en),
        *(rows.correlate(_action).scalar_subquery().label(name) for name, rows in (
            ("supporting_units", _SUPPORTING_UNITS), ("supporters", _SUPPORTERS), ("targets", _TARGETS),
        )),
    )
    .select_from(_action)
    .outerjoin(_meeting, _meeting.id == _action.meeting_id)
    .outerjoin(_proposal, _proposal.id == _action.proposal_id)
    .outerjoin(_statement, _statement.id == _action.statement_id)
    .outerjoin(Attachment, (Attachment.action_id == _action.id) & Attachment.removed_at.is_(None))
    .outerjoin(_unit, _unit.id == _action.responsible_unit_id)
    .outerjoin(_pic, _pic.id == _action.pic_id)
    .outerjoin(_post, _post.id == _action.responsible_position_id)
    .outerjoin(_update, (_update.action_id == _action.id) & _last(_update))
    .outerjoin(_hold, (_hold.action_id == _action.id) & _hold.ended_on.is_(None))
    .outerjoin(_request, (_request.action_id == _action.id) & (_request.state == RequestState.ASKED))
    .outerjoin(_escalation, (_escalation.action_id == _action.id) & _last(_escalation))
    .outerjoin(_above, _above.id == _escalation.person_id)
    .outerjoin(_post_above, _post_above.id == _escalation.position_id)
    .order_by(_action.id, Attachment.id)
)  # fmt: skip


def facts_of(actions: Sequence[Any]) -> ActionFacts:
    """Load the rows related to these actions in one statement."""
    rows: dict[int, Any] = {}
    files = defaultdict(list)
    for row in db.session.execute(_FACTS.where(_action.id.in_([action.id for action in actions]))):
        rows[row.id] = row
        if row.file_name:
            files[row.id].append(row.file_name)
    return ActionFacts(
        rows=rows, files=files, corrections=newest_of(ActionItem, actions), soon_until=soon_until(clock.today())
    )
