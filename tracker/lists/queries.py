"""Queries for downloads of lists."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Executable, Select, Text, cast, func, literal, null, select, union_all

from tracker.actions.changes.models import DueDateRequest, Escalation
from tracker.actions.changes.rules import RequestState
from tracker.actions.models import ActionHold, ActionItem, ActionSupporter, ActionUpdate, action_supporting_unit
from tracker.actions.queries import soon_until
from tracker.attachments.models import Attachment
from tracker.core import clock
from tracker.core.db import db
from tracker.corrections.queries import newest_of
from tracker.meetings.models import Meeting, Statement
from tracker.people.models import OrgUnit, Person, Position
from tracker.proposals.models import Proposal, TargetLink
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


@dataclass(frozen=True, kw_only=True)
class ActionFacts:
    """Rows related to some actions that the user may see, by their own id or by action id."""

    units: Mapping[int | None, Any]
    persons: Mapping[int | None, Any]
    posts: Mapping[int | None, Any]
    proposals: Mapping[int | None, Any]
    #: By proposal id.
    targets: Mapping[int | None, Sequence[Any]]
    statements: Mapping[int | None, Any]
    meetings: Mapping[int | None, Any]
    #: Supporting units, then persons, posts and outside bodies.
    supporting: Mapping[int, Sequence[Any]]
    #: The last progress report.
    latest: Mapping[int, Any]
    holds: Mapping[int, Any]
    #: Open requests for another due date.
    requests: Mapping[int, Any]
    #: The last escalation.
    escalations: Mapping[int, Any]
    files: Mapping[int, Sequence[Any]]
    #: The last unanswered correction.
    corrections: Mapping[int, Any]
    #: The last day that counts as due soon.
    soon_until: date


def facts_of(actions: Sequence[Any]) -> ActionFacts:
    """Load the rows related to these actions, with one query per table."""
    ids = [action.id for action in actions]
    latest = select(func.max(ActionUpdate.id)).where(ActionUpdate.action_id.in_(ids)).group_by(ActionUpdate.action_id)
    statements = _rows_by_id(
        (Statement.kind, Statement.gist_id, Statement.gist_en, Statement.quote),
        Statement.id, {action.statement_id for action in actions},
    )  # fmt: skip
    proposals = _rows_by_id(
        (Proposal.code, Proposal.title_id, Proposal.title_en), Proposal.id, {action.proposal_id for action in actions}
    )
    meeting_ids = {action.meeting_id for action in actions}
    return ActionFacts(
        units=_rows_by_id(
            (OrgUnit.name_id, OrgUnit.name_en), OrgUnit.id, {action.responsible_unit_id for action in actions}
        ),
        persons=_persons({action.pic_id for action in actions}),
        proposals=proposals,
        targets=_targets_of(proposals),
        statements=statements,
        meetings=_rows_by_id((Meeting.name_id, Meeting.name_en, Meeting.date), Meeting.id, meeting_ids),
        posts=_rows_by_id(
            (Position.title_id, Position.title_en), Position.id,
            {action.responsible_position_id for action in actions},
        ),
        supporting=_supporting(ids),
        latest=_of_actions(
            select(
                ActionUpdate.action_id, ActionUpdate.on, ActionUpdate.percent, ActionUpdate.progress_note,
                ActionUpdate.obstacle, ActionUpdate.next_step, ActionUpdate.next_due_on, ActionUpdate.evidence,
            ).where(ActionUpdate.id.in_(latest))
        ),
        holds=_of_actions(
            select(ActionHold.action_id, ActionHold.kind, ActionHold.waiting_for, ActionHold.since, ActionHold.reason)
            .where(ActionHold.action_id.in_(ids), ActionHold.ended_on.is_(None))
        ),
        requests=_of_actions(
            select(DueDateRequest.action_id, DueDateRequest.asked_for)
            .where(DueDateRequest.action_id.in_(ids), DueDateRequest.state == RequestState.ASKED)
        ),
        escalations=_escalations(ids),
        files=_grouped(
            select(Attachment.action_id, Attachment.name, Attachment.id, Attachment.classification)
            .where(Attachment.action_id.in_(ids), Attachment.removed_at.is_(None)).order_by(Attachment.id)
        ),
        corrections=newest_of(ActionItem, actions),
        soon_until=soon_until(clock.today()),
    )  # fmt: skip


def _rows_by_id(columns: tuple[Any, ...], key: Any, ids: Collection[int | None]) -> dict[int | None, Any]:
    present = [row_id for row_id in ids if row_id is not None]
    level = getattr(key.class_, "classification", None)
    query = select(key, *columns, *([level] if level is not None else [])).where(key.in_(present))
    return {row.id: row for row in db.session.execute(query)} if present else {}


def _persons(ids: Collection[int | None]) -> dict[int | None, Person]:
    return {person.id: person for person in db.session.scalars(select(Person).where(Person.id.in_(ids)))}


def _of_actions(query: Executable) -> dict[int, Any]:
    """One row per action id, the last one if there are several."""
    return {row[0]: row for row in db.session.execute(query)}


def _grouped(query: Executable) -> dict[Any, list[Any]]:
    groups = defaultdict(list)
    for row in db.session.execute(query):
        groups[row[0]].append(row)
    return groups


def _targets_of(proposals: Collection[int | None]) -> dict[Any, list[Any]]:
    query = select(TargetLink.proposal_id, TargetLink.effect, Target.name_id, Target.name_en)
    query = query.join(TargetLink.target).where(TargetLink.proposal_id.in_(proposals)).order_by(TargetLink.id)
    return _grouped(query) if proposals else {}


def _supporting(ids: Collection[int]) -> dict[Any, list[Any]]:
    """Units, then persons, posts and outside bodies that support these actions, by action id."""
    link, nobody = action_supporting_unit.c, cast(null(), Text)
    units = select(
        link.action_id, nobody.label("name"), OrgUnit.name_id.label("title_id"), OrgUnit.name_en.label("title_en"),
        literal(0).label("rank"), OrgUnit.id.label("number"),
    ).join_from(action_supporting_unit, OrgUnit, OrgUnit.id == link.unit_id)  # fmt: skip
    others = select(
        ActionSupporter.action_id, func.coalesce(Person.full_name, ActionSupporter.as_written), Position.title_id,
        Position.title_en, literal(1), ActionSupporter.id,
    ).outerjoin(ActionSupporter.person).outerjoin(ActionSupporter.position)  # fmt: skip
    either = union_all(units.where(link.action_id.in_(ids)), others.where(ActionSupporter.action_id.in_(ids)))
    return _grouped(either.order_by("rank", "number"))


def _escalations(ids: Collection[int]) -> dict[int, Any]:
    query = select(Escalation.action_id, Person, Position.title_id, Position.title_en)
    query = query.outerjoin(Escalation.person).outerjoin(Escalation.position)
    return _of_actions(query.where(Escalation.action_id.in_(ids)).order_by(Escalation.id))
