"""Change units, posts and holdings as a decree says. Callers commit."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tracker.audit.commands import record
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.people import commands as people
from tracker.people import queries as registers
from tracker.people.commands import FormerNameDraft, HoldingDraft, PositionDraft, UnitDraft
from tracker.people.models import FormerPosition, OrgUnit, Position, PositionHolding
from tracker.people.rules import HoldingKind, joined_names
from tracker.reorganisation.models import Reorganisation
from tracker.reorganisation.rules import HeldChange, LineKind, Plan, Ref, find_new


@dataclass
class NewOrganisation:
    """The units, posts and holdings after a decree; `enter` makes and changes them."""

    decree: Reorganisation
    plan: Plan
    by: Actor
    at: datetime
    #: Ids of what the decree makes, by folded name.
    units: dict[str, int] = field(default_factory=dict)
    posts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.on = self.decree.in_force_on
        self.eve = self.on - timedelta(days=1)
        self.reason = self.decree.number

    def enter(self) -> None:
        self._make_units()
        self._change_units()
        self._make_posts()
        self._change_posts()
        db.session.flush()
        self._move_holdings()
        self._resolve_lines()
        db.session.flush()

    def unit(self, ref: Ref | None) -> int | None:
        return self.units[ref] if isinstance(ref, str) else ref

    def post(self, ref: Ref | None) -> int | None:
        return self.posts[ref] if isinstance(ref, str) else ref

    def heir_of_unit(self, unit_id: int | None) -> int | None:
        return self.unit(self.plan.units.heir(unit_id))

    def heir_of_post(self, position_id: int | None) -> int | None:
        return self.post(self.plan.posts.heir(position_id))

    def _make_units(self) -> None:
        """Those above come first."""
        waiting = dict(self.plan.units.new)
        while waiting:
            ready = {ref: entry for ref, entry in waiting.items() if entry.above not in waiting}
            for ref, entry in ready.items():
                like = db.session.get(OrgUnit, entry.predecessors[0]) if entry.predecessors else None
                draft = UnitDraft(
                    name_id=entry.name, name_en=entry.name_en, parent_id=self.unit(entry.above), valid_from=self.on,
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
            parent = self.unit(self.plan.above_unit(number))
            if (name, parent) == (unit.name_id, unit.parent_id):
                continue
            if self._was_there(unit) and all(row.until_on != self.eve for row in registers.former_names_of(number)):
                before = FormerNameDraft(
                    name_id=unit.name_id, name_en=unit.name_en, address=unit.address, until_on=self.eve,
                    parent_id=unit.parent_id,
                )  # fmt: skip
                people.add_former_name(unit, before, by=self.by, at=self.at)
            if name != unit.name_id:
                unit.name_id, unit.name_en, unit.short = name, plan.names_en.get(number), None
            unit.parent_id = parent
            self._record(unit, "reorganised")
        for number in sorted(plan.heirs):
            unit = db.session.get_one(OrgUnit, number)
            unit.valid_to = self.eve
            self._record(unit, "ended_by_decree")

    def _make_posts(self) -> None:
        for ref, entry in self.plan.posts.new.items():
            draft = PositionDraft(
                title_id=entry.name, title_en=entry.name_en, unit_id=self.unit(entry.above), valid_from=self.on
            )  # fmt: skip
            self.posts[ref] = people.add_position(draft, by=self.by, at=self.at).id

    def _change_posts(self) -> None:
        plan = self.plan.posts
        kept = set(db.session.scalars(select(FormerPosition.position_id).filter_by(until_on=self.eve)))
        for number in sorted({*plan.names, *plan.above}):
            post = db.session.get_one(Position, number)
            title = plan.names.get(number, post.title_id)
            unit_id = self.unit(self.plan.unit_of_post(number))
            if (title, unit_id) == (post.title_id, post.unit_id):
                continue
            if self._was_there(post) and number not in kept:
                db.session.add(FormerPosition(
                    position_id=number, until_on=self.eve, title_id=post.title_id, title_en=post.title_en,
                    unit_id=post.unit_id,
                ))  # fmt: skip
            if title != post.title_id:
                post.aliases = joined_names(title, post.aliases, [post.title_id, post.short])
                post.title_id, post.title_en, post.short = title, plan.names_en.get(number), None
            post.unit_id = unit_id
            self._record(post, "reorganised")
        for number in sorted(plan.heirs):
            post = db.session.get_one(Position, number)
            post.valid_to = self.eve
            self._record(post, "ended_by_decree")

    def _was_there(self, row: OrgUnit | Position) -> bool:
        """Whether it has a former name; what another decree made on the same day has none."""
        return row.valid_from is None or row.valid_from < self.on

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
                holding.position_id = self.post(change.post) or holding.position_id
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
        position = db.session.get_one(Position, self.post(post))
        people.add_holding(position, draft, by=self.by, at=self.at)

    def _resolve_lines(self) -> None:
        """Note in the lines which rows their new names have become."""
        for line in self.decree.lines:
            if line.successor_name and line.kind is LineKind.UNIT:
                line.successor_unit_id = self.unit(find_new(self.plan.units, line.successor_name))
            elif line.successor_name:
                line.successor_position_id = self.post(find_new(self.plan.posts, line.successor_name))
