"""Put a decree in force: all of it, or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from tracker.actions.changes import commands as changes
from tracker.actions.changes.models import Escalation
from tracker.actions.models import ActionItem, ActionSupporter
from tracker.audit.commands import record
from tracker.audit.queries import oneself
from tracker.core.actor import Actor
from tracker.core.clock import day_at
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.visibility import unrestricted
from tracker.core.wording import lazy_gettext as _l
from tracker.core.wording import long_day
from tracker.meetings.templates.models import MeetingTemplate
from tracker.minutes.documents.commands import LetterheadDraft, change_letterhead
from tracker.people import commands as people
from tracker.people import queries as registers
from tracker.people.commands import FormerNameDraft, HoldingDraft, PositionDraft, UnitDraft
from tracker.people.models import FormerPosition, OrgUnit, Position, PositionHolding
from tracker.people.rules import HoldingKind, joined_names
from tracker.proposals import commands as proposals
from tracker.proposals.models import Proposal
from tracker.proposals.rules import AWAITING_DECISION, OPEN
from tracker.reorganisation import policy, queries
from tracker.reorganisation.commands.drafting import ensure_draft
from tracker.reorganisation.models import Reorganisation
from tracker.reorganisation.rules import HeldChange, LineKind, Plan, Ref, find_new
from tracker.status.models import HandOver
from tracker.targets import commands as targets
from tracker.targets.models import Target
from tracker.targets.rules import TargetState

_ENDED_TARGETS = (TargetState.RETIRED, TargetState.SUPERSEDED)
ANOTHER = _l("This decree gives a post or a unit to you. Somebody else has to put it in force.")
UNSETTLED = _l("Something would be left without an owner. Settle what is listed first.")
NOTHING = _l("The decree has no lines yet.")


def refusal(
    decree: Reorganisation, made: Plan, *, has_items: bool, last_on: date | None, by: Actor, at: datetime
) -> object:
    """Why the decree cannot be put in force now; None if it can."""
    if not decree.lines and not has_items:
        return NOTHING
    if made.problems:
        return UNSETTLED
    if decree.in_force_on > day_at(at):
        return _l("It can be put in force from %(day)s.", day=long_day(decree.in_force_on))
    if last_on is not None and decree.in_force_on < last_on:
        return _l("A later reorganisation, of %(day)s, is in force already.", day=long_day(last_on))
    if not policy.may_enter(by, oneself(by).persons, made.gains):
        return ANOTHER
    return None


def put_in_force(decree: Reorganisation, *, by: Actor, at: datetime) -> None:
    """Change the registers and give every open item to its new owner, also those that the actor may not see."""
    ensure_draft(decree)
    items = queries.item_lines(decree)
    made = queries.preview(decree, items).plan
    why_not = refusal(decree, made, has_items=bool(items), last_on=queries.last_in_force_on(), by=by, at=at)
    if why_not:
        raise NotPossible(why_not)
    with unrestricted():
        # A line about a hidden item that cannot be followed must not show: the item goes with the others of its unit.
        given = queries.given_of(made, queries.all_item_lines(decree))
        _Entering(decree, made, given, by, at).run()
        db.session.flush()
    decree.entered_at, decree.entered_by_name = at, by.name
    record(decree, "entered", by=by, at=at, on=decree.in_force_on)


@dataclass
class _Entering:
    decree: Reorganisation
    plan: Plan
    given: dict[tuple[str, int], Ref]
    by: Actor
    at: datetime

    def __post_init__(self) -> None:
        self.on = self.decree.in_force_on
        self.eve = self.on - timedelta(days=1)
        self.reason = self.decree.number
        self.units: dict[str, int] = {}
        self.posts: dict[str, int] = {}

    def run(self) -> None:
        self._make_units()
        self._change_units()
        self._make_posts()
        self._change_posts()
        db.session.flush()
        self._move_holdings()
        self._resolve_lines()
        db.session.flush()
        self._move_actions()
        self._move_proposals()
        self._move_targets()
        self._move_what_waits()
        self._move_meetings()
        self._move_letterhead()

    def _unit(self, ref: Ref | None) -> int | None:
        return self.units[ref] if isinstance(ref, str) else ref

    def _post(self, ref: Ref | None) -> int | None:
        return self.posts[ref] if isinstance(ref, str) else ref

    def _heir_of_unit(self, unit_id: int | None) -> int | None:
        return self._unit(self.plan.units.heir(unit_id))

    def _heir_of_post(self, position_id: int | None) -> int | None:
        return self._post(self.plan.posts.heir(position_id))

    def _make_units(self) -> None:
        """Those above come first."""
        waiting = dict(self.plan.units.new)
        while waiting:
            ready = {ref: entry for ref, entry in waiting.items() if entry.above not in waiting}
            for ref, entry in ready.items():
                like = db.session.get(OrgUnit, entry.predecessors[0]) if entry.predecessors else None
                draft = UnitDraft(
                    name_id=entry.name, parent_id=self._unit(entry.above), valid_from=self.on,
                    echelon=like.echelon if like else None, address=like.address if like else None,
                    timezone=like.timezone if like else None,
                )  # fmt: skip
                self.units[ref] = people.add_unit(draft, by=self.by, at=self.at).id
                del waiting[ref]

    def _change_units(self) -> None:
        plan = self.plan.units
        for number in sorted({*plan.names, *plan.above}):
            unit = db.session.get_one(OrgUnit, number)
            name = plan.names.get(number, unit.name_id)
            parent = self._unit(self.plan.above_unit(number))
            if (name, parent) == (unit.name_id, unit.parent_id):
                continue
            if all(former.until_on != self.eve for former in registers.former_names_of(number)):
                before = FormerNameDraft(
                    name_id=unit.name_id, name_en=unit.name_en, address=unit.address, until_on=self.eve,
                    parent_id=unit.parent_id,
                )  # fmt: skip
                people.add_former_name(unit, before, by=self.by, at=self.at)
            if name != unit.name_id:
                unit.name_id, unit.name_en, unit.short = name, None, None
            unit.parent_id = parent
            self._record(unit, "reorganised")
        for number in sorted(plan.heirs):
            unit = db.session.get_one(OrgUnit, number)
            unit.valid_to = self.eve
            self._record(unit, "ended_by_decree")

    def _make_posts(self) -> None:
        for ref, entry in self.plan.posts.new.items():
            draft = PositionDraft(title_id=entry.name, unit_id=self._unit(entry.above), valid_from=self.on)
            self.posts[ref] = people.add_position(draft, by=self.by, at=self.at).id

    def _change_posts(self) -> None:
        plan = self.plan.posts
        kept = set(db.session.scalars(select(FormerPosition.position_id).filter_by(until_on=self.eve)))
        for number in sorted({*plan.names, *plan.above}):
            post = db.session.get_one(Position, number)
            title = plan.names.get(number, post.title_id)
            unit_id = self._unit(self.plan.unit_of_post(number))
            if (title, unit_id) == (post.title_id, post.unit_id):
                continue
            if number not in kept:
                db.session.add(FormerPosition(
                    position_id=number, until_on=self.eve, title_id=post.title_id, title_en=post.title_en,
                    unit_id=post.unit_id,
                ))  # fmt: skip
            if title != post.title_id:
                post.aliases = joined_names(title, post.aliases, [post.title_id, post.short])
                post.title_id, post.title_en, post.short = title, None, None
            post.unit_id = unit_id
            self._record(post, "reorganised")
        for number in sorted(plan.heirs):
            post = db.session.get_one(Position, number)
            post.valid_to = self.eve
            self._record(post, "ended_by_decree")

    def _record(self, row: Any, verb: str) -> None:
        record(row, verb, by=self.by, at=self.at, on=self.on, reason=self.reason)

    def _move_holdings(self) -> None:
        numbers = [change.held.id for change in self.plan.held]
        loaded = selectinload(PositionHolding.position), selectinload(PositionHolding.person)
        rows = db.session.scalars(select(PositionHolding).where(PositionHolding.id.in_(numbers)).options(*loaded))
        by_id = {row.id: row for row in rows}
        # Those that end come first: a post has one permanent holder at a time.
        starting: list[tuple[HeldChange, PositionHolding, date | None]] = []
        for change in self.plan.held:
            holding = by_id[change.held.id]
            if change.is_moved:
                holding.position_id = self._post(change.post) or holding.position_id
                self._record(holding.person, "held")
            else:
                starting.append((change, holding, holding.end_on))
                holding.end_on = self.eve
                self._record(holding.position, "held")
        db.session.flush()
        for change, holding, end_on in starting:
            if change.post is not None:
                self._appoint(holding.person_id, change.post, holding.kind, end_on)
        for person_id, post in self.plan.appointed:
            self._appoint(person_id, post, HoldingKind.DEFINITIVE, None)

    def _appoint(self, person_id: int, post: Ref, kind: HoldingKind, end_on: date | None) -> None:
        draft = HoldingDraft(person_id=person_id, kind=kind, start_on=self.on, end_on=end_on, note=self.reason)
        position = db.session.get_one(Position, self._post(post))
        people.add_holding(position, draft, by=self.by, at=self.at)

    def _resolve_lines(self) -> None:
        """Note in the lines which rows their new names have become."""
        for line in self.decree.lines:
            if line.successor_name and line.kind is LineKind.UNIT:
                line.successor_unit_id = self._unit(find_new(self.plan.units, line.successor_name))
            elif line.successor_name:
                line.successor_position_id = self._post(find_new(self.plan.posts, line.successor_name))

    def _owner(
        self, table: str, number: int, unit_id: int | None, post_id: int | None = None, person_id: int | None = None
    ) -> int | None:
        return self._unit(self.plan.owner(unit_id, post_id, person_id, self.given.get((table, number))))

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
        query = select(action).where(action.is_unfinished(), meant).order_by(action.id)
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
            row.responsible_position_id = self._heir_of_post(post)
            if any(unit.id in self.plan.units.heirs for unit in row.supporting_units):
                ids = dict.fromkeys(self._heir_of_unit(unit.id) for unit in row.supporting_units)
                row.supporting_units = [db.session.get_one(OrgUnit, number) for number in ids]
            for one in row.supporters:
                one.position_id = self._heir_of_post(one.position_id)
        self._keep(waiting)

    def _move_proposals(self) -> None:
        units, _ = self._changed()
        meant = or_(
            Proposal.responsible_unit_id.in_(units), Proposal.id.in_(self._given("proposal")),
            Proposal.decision_authority_id.in_([*self.plan.posts.heirs]),
        )  # fmt: skip
        query = select(Proposal).where(Proposal.status.in_(sorted(OPEN)), meant).order_by(Proposal.id)
        waiting = self._hand_overs()
        for row in db.session.scalars(query).all():
            unit_id = self._owner("proposal", row.id, row.responsible_unit_id)
            # What was decided keeps the authority that decided it.
            authority = row.decision_authority_id
            if row.status in AWAITING_DECISION:
                authority = self._heir_of_post(authority)
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
        query = select(Target).where(Target.state.not_in(_ENDED_TARGETS), meant).order_by(Target.id)
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
            row.unit_id = self._heir_of_unit(row.unit_id)
            row.position_id = self._heir_of_post(row.position_id)

    def _move_what_waits(self) -> None:
        posts = [*self.plan.posts.heirs]
        query = select(Escalation).where(Escalation.ended_at.is_(None), Escalation.position_id.in_(posts))
        for row in db.session.scalars(query):
            row.position_id = self._heir_of_post(row.position_id)

    def _move_meetings(self) -> None:
        """Meetings that are still to be held, and the usual values of new ones."""
        units = [*self.plan.units.heirs]
        for meeting in queries.planned_meetings(units, self.on):
            meeting.organiser_unit_id = self._heir_of_unit(meeting.organiser_unit_id)
            record(meeting, "edited", by=self.by, at=self.at, reason=self.reason)
        usual = select(MeetingTemplate).where(MeetingTemplate.organiser_unit_id.in_(units))
        for template in db.session.scalars(usual).all():
            template.organiser_unit_id = self._heir_of_unit(template.organiser_unit_id)
            record(template, "kept", by=self.by, at=self.at)

    def _move_letterhead(self) -> None:
        setting = registers.letterhead_setting()
        if setting is not None and setting.organiser_unit_id in self.plan.units.heirs:
            draft = LetterheadDraft(
                organiser_unit_id=self._heir_of_unit(setting.organiser_unit_id), address=setting.address
            )
            change_letterhead(draft, by=self.by, at=self.at)
