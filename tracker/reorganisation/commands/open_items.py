"""Give open items to the units and posts that a decree names. Callers commit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from tracker.actions.changes import commands as changes
from tracker.actions.changes.models import Escalation
from tracker.actions.models import ActionItem, ActionSupporter
from tracker.audit.commands import record
from tracker.core.db import db
from tracker.meetings.templates.models import MeetingTemplate
from tracker.minutes.documents.commands import LetterheadDraft, change_letterhead
from tracker.people import queries as registers
from tracker.people.models import OrgUnit
from tracker.proposals import commands as proposals
from tracker.proposals.models import Proposal
from tracker.proposals.rules import AWAITING_DECISION
from tracker.reorganisation import queries
from tracker.reorganisation.commands.organisation import NewOrganisation
from tracker.reorganisation.rules import Ref
from tracker.status.models import HandOver
from tracker.targets import commands as targets
from tracker.targets.models import Target


@dataclass
class OpenItems:
    """Everything open that belonged to units and posts which change."""

    organisation: NewOrganisation
    #: The units that lines give items to, by table and id.
    given: Mapping[tuple[str, int], Ref]

    def __post_init__(self) -> None:
        self.plan, self.reason = self.organisation.plan, self.organisation.reason
        self.on, self.by, self.at = self.organisation.on, self.organisation.by, self.organisation.at

    def move(self) -> None:
        self._move_actions()
        self._move_proposals()
        self._move_targets()
        self._move_escalations()
        self._move_meetings()
        self._move_letterhead()

    def _owner(
        self, table: str, number: int, unit_id: int | None, post_id: int | None = None, person_id: int | None = None
    ) -> int | None:
        return self.organisation.unit(self.plan.owner(unit_id, post_id, person_id, self.given.get((table, number))))

    def _changed(self) -> tuple[set[int], set[int]]:
        units, posts = self.plan.units, self.plan.posts
        return {*units.heirs, *units.successors}, {*posts.heirs, *posts.above}

    def _given(self, table: str) -> list[int]:
        return [number for of, number in self.given if of == table]

    def _move_actions(self) -> None:
        units, posts = self._changed()
        action, supporter = ActionItem, ActionSupporter
        meant = or_(
            action.responsible_unit_id.in_(units), action.responsible_position_id.in_(posts),
            action.id.in_(self._given("action_item")), action.supporting_units.any(OrgUnit.id.in_(units)),
            action.supporters.any(supporter.position_id.in_(posts)),
        )  # fmt: skip
        query = select(action).where(queries.IS_OPEN["action_item"], meant).order_by(action.id)
        parts = selectinload(action.supporting_units), selectinload(action.supporters)
        rows = db.session.scalars(query.options(*parts)).all()
        waiting = self._hand_overs()
        for row in rows:
            post = row.responsible_position_id
            unit_id = self._owner("action_item", row.id, row.responsible_unit_id, post, row.pic_id)
            if unit_id != row.responsible_unit_id:
                changes.reassign(
                    row, pic_id=row.pic_id, responsible_unit_id=unit_id, reason=self.reason,
                    on=max(self.on, row.assigned_on), by=self.by, at=self.at,
                )  # fmt: skip
            row.responsible_position_id = self.organisation.heir_of_post(post)
            if any(unit.id in self.plan.units.heirs for unit in row.supporting_units):
                ids = dict.fromkeys(self.organisation.heir_of_unit(unit.id) for unit in row.supporting_units)
                row.supporting_units = [db.session.get_one(OrgUnit, number) for number in ids]
            for one in row.supporters:
                one.position_id = self.organisation.heir_of_post(one.position_id)
        self._keep(waiting)

    def _move_proposals(self) -> None:
        units, _ = self._changed()
        meant = or_(
            Proposal.responsible_unit_id.in_(units), Proposal.id.in_(self._given("proposal")),
            Proposal.decision_authority_id.in_([*self.plan.posts.heirs]),
        )  # fmt: skip
        query = select(Proposal).where(queries.IS_OPEN["proposal"], meant).order_by(Proposal.id)
        waiting = self._hand_overs()
        for row in db.session.scalars(query).all():
            unit_id = self._owner("proposal", row.id, row.responsible_unit_id)
            # What was decided keeps the authority that decided it.
            authority = row.decision_authority_id
            if row.status in AWAITING_DECISION:
                authority = self.organisation.heir_of_post(authority)
            if (unit_id, authority) != (row.responsible_unit_id, row.decision_authority_id):
                proposals.hand_to(
                    row,
                    unit_id=unit_id,
                    authority_id=authority,
                    reason=self.reason,
                    on=max(self.on, row.raised_on),
                    by=self.by,
                    at=self.at,
                )
        self._keep(waiting)

    def _move_targets(self) -> None:
        units, _ = self._changed()
        meant = or_(Target.owner_unit_id.in_(units), Target.id.in_(self._given("target")))
        query = select(Target).where(queries.IS_OPEN["target"], meant).order_by(Target.id)
        for row in db.session.scalars(query).all():
            unit_id = self._owner("target", row.id, row.owner_unit_id)
            if unit_id != row.owner_unit_id:
                targets.change_owner(row, unit_id, reason=self.reason, on=self.on, by=self.by, at=self.at)

    def _hand_overs(self) -> list[HandOver]:
        return list(db.session.scalars(select(HandOver).where(HandOver.ended_at.is_(None))))

    def _keep(self, waiting: Iterable[HandOver]) -> None:
        """Another unit in charge ends a hand-over; a decree only changes who is meant by it."""
        for row in waiting:
            row.ended_at = row.ended_by_name = None
            row.unit_id = self.organisation.heir_of_unit(row.unit_id)
            row.position_id = self.organisation.heir_of_post(row.position_id)

    def _move_escalations(self) -> None:
        posts = [*self.plan.posts.heirs]
        query = select(Escalation).where(Escalation.ended_at.is_(None), Escalation.position_id.in_(posts))
        for row in db.session.scalars(query):
            row.position_id = self.organisation.heir_of_post(row.position_id)

    def _move_meetings(self) -> None:
        """Meetings that are still to be held, and the usual values of new ones."""
        units = [*self.plan.units.heirs]
        for meeting in queries.planned_meetings(units, self.on):
            meeting.organiser_unit_id = self.organisation.heir_of_unit(meeting.organiser_unit_id)
            record(meeting, "edited", by=self.by, at=self.at, reason=self.reason)
        usual = select(MeetingTemplate).where(MeetingTemplate.organiser_unit_id.in_(units))
        for template in db.session.scalars(usual).all():
            template.organiser_unit_id = self.organisation.heir_of_unit(template.organiser_unit_id)
            record(template, "kept", by=self.by, at=self.at)

    def _move_letterhead(self) -> None:
        setting = registers.letterhead_setting()
        if setting is not None and setting.organiser_unit_id in self.plan.units.heirs:
            draft = LetterheadDraft(
                organiser_unit_id=self.organisation.heir_of_unit(setting.organiser_unit_id), address=setting.address
            )
            change_letterhead(draft, by=self.by, at=self.at)
