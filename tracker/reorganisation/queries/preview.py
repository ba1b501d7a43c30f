"""What a draft would change: read for its page, and again when it is put in force."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Select, literal, null, or_, select, union_all

from tracker.actions.models import ActionItem
from tracker.core.db import db
from tracker.people.models import OrgUnit, Person, Position, PositionHolding
from tracker.people.rules import HoldingKind
from tracker.proposals.models import Proposal
from tracker.reorganisation.models import Reorganisation, ReorganisationItem, ReorganisationLine
from tracker.reorganisation.queries.records import IS_OPEN
from tracker.reorganisation.rules import (
    Changes,
    Entry,
    Held,
    Line,
    Move,
    Plan,
    Problem,
    ProblemKind,
    Ref,
    World,
    find_new,
    plan,
)
from tracker.targets.models import Target


class OpenItem(NamedTuple):
    table: str
    id: int
    code: str | None
    name_id: str
    unit_id: int | None
    post_id: int | None
    person_id: int | None


@dataclass
class Preview:
    plan: Plan
    #: Names of persons who hold posts.
    persons: Mapping[int, str]
    #: Open items that go to another unit, by the unit they belong to and the one they go to.
    items: Mapping[tuple[int, Ref], Sequence[OpenItem]] = field(default_factory=dict)

    @property
    def unit_rows(self) -> list["Row"]:
        """Units that are new, change or end, as they would stand."""
        return _rows(self.plan.units, self.plan.above_unit)

    @property
    def post_rows(self) -> list["Row"]:
        """Posts that lines name."""
        named = {*self.plan.posts.moves, *self.plan.posts.new}
        return [row for row in _rows(self.plan.posts, self.plan.unit_of_post) if row.ref in named]

    @property
    def posts_that_follow(self) -> dict[tuple[int | None, Ref | None], list[str]]:
        """Titles of posts that no line names and that go along with their unit, by the units."""
        posts = self.plan.posts
        groups: dict[tuple[int | None, Ref | None], list[str]] = defaultdict(list)
        for number in sorted(posts.above.keys() - posts.moves.keys()):
            groups[posts.before[number].above, posts.above[number]].append(posts.before[number].name)
        return groups

    @property
    def person_rows(self) -> list[tuple[int, Ref | None, Ref | None]]:
        """Persons with their post until then and from that day."""
        held: list[tuple[int, Ref | None, Ref | None]] = [
            (change.held.person_id, change.held.post_id, change.post) for change in self.plan.held
        ]
        return [*held, *((person_id, None, post) for person_id, post in self.plan.appointed)]

    def candidates(self, problem: Problem) -> list[Any]:
        """Successors of whom one has to take the rest."""
        changes = self.plan.units if problem.kind is ProblemKind.UNIT_WITHOUT_HEIR else self.plan.posts
        return changes.successors.get(problem.of, []) if isinstance(problem.of, int) else []


@dataclass(frozen=True)
class Row:
    """A unit or post and what becomes of it."""

    ref: Ref
    name: str
    move: Move
    #: Its new name, if that changes.
    new_name: str | None
    successors: Sequence[Ref]
    above: Ref | None


def _rows(changes: Changes, above: Callable[[Ref], Ref | None]) -> list[Row]:
    existing = [
        Row(
            number, changes.before[number].name, changes.moves.get(number, Move.MOVED), changes.names.get(number),
            changes.successors.get(number, ()), None if number in changes.heirs else above(number),
        )
        for number in dict.fromkeys((*changes.moves, *changes.above))
    ]  # fmt: skip
    return [*existing, *(Row(ref, entry.name, Move.NEW, None, (), above(ref)) for ref, entry in changes.new.items())]


def world() -> tuple[World, dict[int, str]]:
    """The organisation as it is, and the names of those who hold posts."""
    units = select(OrgUnit.id, OrgUnit.name_id, OrgUnit.parent_id, OrgUnit.valid_from, OrgUnit.valid_to)
    posts = select(Position.id, Position.title_id, Position.unit_id, Position.valid_from, Position.valid_to)
    holding = PositionHolding
    held = select(
        holding.id, holding.person_id, holding.position_id, holding.kind, holding.start_on, holding.end_on,
        Person.full_name,
    ).join(holding.person)  # fmt: skip
    rows = db.session.execute(held.order_by(holding.id)).all()
    return (
        World(
            units={row.id: Entry(*row) for row in db.session.execute(units.order_by(OrgUnit.id))},
            posts={row.id: Entry(*row) for row in db.session.execute(posts.where(Position.is_listed))},
            held=[
                Held(row[0], row[1], row[2], row.kind is HoldingKind.DEFINITIVE, row.start_on, row.end_on)
                for row in rows
            ],
        ),
        {row.person_id: row.full_name for row in rows},
    )


def preview(decree: Reorganisation, items: Sequence[ReorganisationItem]) -> Preview:
    """What the decree changes, and the open items that the viewer may see and that go to another unit."""
    before, persons = world()
    persons |= {line.person.id: line.person.full_name for line in decree.lines if line.person}
    made = plan(before, [_line(line) for line in decree.lines], decree.in_force_on)
    given = given_of(made, items)
    shown = Preview(made, persons)
    groups: dict[tuple[int, Ref], list[OpenItem]] = defaultdict(list)
    for item in items_of(made, given):
        owner = made.owner(item.unit_id, item.post_id, item.person_id, given.get((item.table, item.id)))
        if item.unit_id is not None and owner is not None and owner != item.unit_id:
            groups[item.unit_id, owner].append(item)
    shown.items = groups
    return shown


def given_of(made: Plan, items: Sequence[ReorganisationItem]) -> dict[tuple[str, int], Ref]:
    """The units that lines give items to; a name that nothing has is a problem."""
    given: dict[tuple[str, int], Ref] = {}
    for item in items:
        unit: Ref | None = item.successor_unit_id
        if unit is None:
            unit = find_new(made.units, item.successor_name or "")
        if unit is None:
            made.problems.append(Problem(ProblemKind.UNKNOWN_UNIT, name=item.successor_name))
        elif made.units.heir(unit) != unit:
            made.problems.append(Problem(ProblemKind.ENDED, of=unit, name=made.units.name(unit)))
        else:
            given[subject_of(item)] = unit
    return given


def subject_of(item: ReorganisationItem) -> tuple[str, int]:
    for table, number in (("action_item", item.action_id), ("proposal", item.proposal_id)):
        if number is not None:
            return table, number
    return "target", item.target_id or 0


def to_of(line: ReorganisationLine) -> Ref | None:
    """The successor in a line."""
    return _line(line).to


def _line(line: ReorganisationLine) -> Line:
    return Line(
        place=line.place,
        kind=line.kind,
        predecessor=line.unit_id or line.position_id or line.person_id,
        successor=line.successor_unit_id or line.successor_position_id,
        successor_name=line.successor_name,
        successor_name_en=line.successor_name_en,
        below=line.below_unit_id,
        below_name=line.below_name,
        takes_rest=line.takes_rest,
    )


def items_of(made: Plan, given: Mapping[tuple[str, int], Ref]) -> list[OpenItem]:
    """Open items of units and posts that change, as far as the viewer may see them."""
    units = {*made.units.heirs, *made.units.successors}
    posts = {*made.posts.heirs, *made.posts.above}
    queries = [_items(table, units, posts, {number for of, number in given if of == table}) for table in _COLUMNS]
    return [OpenItem(*row) for row in db.session.execute(union_all(*queries))] if units | posts or given else []


_COLUMNS: dict[str, tuple[Any, ...]] = {
    "action_item": (
        ActionItem.id, ActionItem.code, ActionItem.text_id, ActionItem.responsible_unit_id,
        ActionItem.responsible_position_id, ActionItem.pic_id,
    ),
    "proposal": (
        Proposal.id, Proposal.code, Proposal.title_id, Proposal.responsible_unit_id,
        null().label("post"), null().label("person"),
    ),
    "target": (
        Target.id, Target.code, Target.name_id, Target.owner_unit_id, null().label("post"), null().label("person"),
    ),
}  # fmt: skip


def _items(table: str, units: Collection[int], posts: Collection[int], given: Collection[int]) -> Select[Any]:
    number, code, name, unit, post, person = _COLUMNS[table]
    is_meant = [unit.in_(units), number.in_(given)]
    if table == "action_item":
        is_meant.append(post.in_(posts))
    return select(literal(table).label("of"), number, code, name, unit, post, person).where(
        IS_OPEN[table], or_(*is_meant)
    )
