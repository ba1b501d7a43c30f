"""Questions of lists that leave the screen."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Executable, Select, Text, cast, func, literal, null, select, union_all

from tracker.actions.changes.models import DueDateRequest, Escalation
from tracker.actions.changes.rules import RequestState
from tracker.actions.models import ActionHold, ActionSupporter, ActionUpdate, action_supporting_unit
from tracker.actions.queries import soon_until
from tracker.attachments.models import Attachment
from tracker.core import clock
from tracker.core.db import db
from tracker.meetings.models import Meeting, Statement
from tracker.people.models import OrgUnit, Person, Position
from tracker.proposals.models import Proposal, TargetLink
from tracker.targets.models import Target

#: Rows read at a time, so that memory does not grow with the list.
BATCH = 1000


def batches(question: Select[Any], reads: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """The rows of a question, some at a time: whole, or only what is read of them."""
    some = question.execution_options(yield_per=BATCH)
    if not reads:
        yield from db.session.scalars(some).partitions()
        return
    yield from db.session.execute(some.with_only_columns(*reads)).partitions()


def count(question: Select[Any]) -> int:
    """How many rows a question has."""
    bare = question.options().order_by(None).with_only_columns(func.count(), maintain_column_froms=True)
    return db.session.scalar(bare) or 0


@dataclass(frozen=True, kw_only=True)
class ActionFacts:
    """What stands around some actions, as far as the viewer may see it; rows by their id, or by their action's."""

    units: Mapping[int | None, Any]
    persons: Mapping[int | None, Any]
    posts: Mapping[int | None, Any]
    proposals: Mapping[int | None, Any]
    #: By proposal.
    targets: Mapping[int | None, Sequence[Any]]
    statements: Mapping[int | None, Any]
    meetings: Mapping[int | None, Any]
    #: Units, and then persons, posts and outside bodies that support it.
    supporting: Mapping[int, Sequence[Any]]
    #: The last report.
    latest: Mapping[int, Any]
    holds: Mapping[int, Any]
    #: Another date that somebody asks for and nobody has answered.
    requests: Mapping[int, Any]
    #: To whom it was brought, the last one last.
    escalations: Mapping[int, Any]
    files: Mapping[int, Sequence[Any]]
    #: The last day that counts as soon.
    soon_until: date


def facts_of(actions: Sequence[Any]) -> ActionFacts:
    """What stands around these actions, each kind looked up once for all of them."""
    ids = [action.id for action in actions]
    latest = select(func.max(ActionUpdate.id)).where(ActionUpdate.action_id.in_(ids)).group_by(ActionUpdate.action_id)
    statements = _some(
        (Statement.kind, Statement.gist_id, Statement.gist_en, Statement.quote),
        Statement.id, {action.statement_id for action in actions},
    )  # fmt: skip
    proposals = _some(
        (Proposal.code, Proposal.title_id, Proposal.title_en), Proposal.id, {action.proposal_id for action in actions}
    )
    met = {action.meeting_id for action in actions}
    return ActionFacts(
        units=_some((OrgUnit.name_id, OrgUnit.name_en), OrgUnit.id, {action.responsible_unit_id for action in actions}),
        persons=_persons({action.pic_id for action in actions}),
        proposals=proposals,
        targets=_targets_of(proposals),
        statements=statements,
        meetings=_some((Meeting.name_id, Meeting.name_en, Meeting.date), Meeting.id, met),
        posts=_some(
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
        soon_until=soon_until(clock.today()),
    )  # fmt: skip


def _some(columns: tuple[Any, ...], key: Any, ids: Collection[int | None]) -> dict[int | None, Any]:
    wanted = [one for one in ids if one is not None]
    level = getattr(key.class_, "classification", None)
    question = select(key, *columns, *([level] if level is not None else [])).where(key.in_(wanted))
    return {row.id: row for row in db.session.execute(question)} if wanted else {}


def _persons(ids: Collection[int | None]) -> dict[int | None, Person]:
    return {one.id: one for one in db.session.scalars(select(Person).where(Person.id.in_(ids)))}


def _of_actions(question: Executable) -> dict[int, Any]:
    """One row an action; of several, the last."""
    return {row[0]: row for row in db.session.execute(question)}


def _grouped(question: Executable) -> dict[Any, list[Any]]:
    found = defaultdict(list)
    for row in db.session.execute(question):
        found[row[0]].append(row)
    return found


def _targets_of(proposals: Collection[int | None]) -> dict[Any, list[Any]]:
    question = select(TargetLink.proposal_id, TargetLink.effect, Target.name_id, Target.name_en)
    question = question.join(TargetLink.target).where(TargetLink.proposal_id.in_(proposals)).order_by(TargetLink.id)
    return _grouped(question) if proposals else {}


def _supporting(ids: Collection[int]) -> dict[Any, list[Any]]:
    """Units, then persons, posts and outside bodies that support these actions: (action, name, title in both)."""
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
    question = select(Escalation.action_id, Person, Position.title_id, Position.title_en)
    question = question.outerjoin(Escalation.person).outerjoin(Escalation.position)
    return _of_actions(question.where(Escalation.action_id.in_(ids)).order_by(Escalation.id))
