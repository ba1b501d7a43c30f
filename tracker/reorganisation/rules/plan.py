"""How the lines of a decree change the organisation, and what they leave without an owner. Pure."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from tracker.people.rules import covers
from tracker.reorganisation.rules.changes import Changes, HeldChange, Move, NewEntry, Plan, Problem, ProblemKind
from tracker.reorganisation.rules.decree import Entry, Held, Line, LineKind, Ref, World, new_ref, split_name


def plan(world: World, lines: Sequence[Line], on: date) -> Plan:
    """How these lines change the organisation on that day."""
    problems: list[Problem] = []
    of_units, of_posts, of_persons = (
        [line for line in lines if line.kind is kind] for kind in (LineKind.UNIT, LineKind.POST, LineKind.PERSON)
    )
    units = _entries(world.units, of_units, on, problems, LineKind.UNIT)
    posts = _entries(world.posts, of_posts, on, problems, LineKind.POST)
    _place(units, units, of_units, on, problems)
    _place(posts, units, of_posts, on, problems)
    made = Plan(units=units, posts=posts, held=[], appointed=[], problems=problems)
    _refuse_cycles(made)
    _hold(made, world, _chosen(made, of_persons), on)
    return made


def _entries(
    before: Mapping[int, Entry], lines: Sequence[Line], on: date, problems: list[Problem], kind: LineKind
) -> Changes:
    made = Changes(before)
    by_predecessor: dict[int, list[Line]] = defaultdict(list)
    makers = Counter(line.to for line in lines)
    for line in lines:
        if line.predecessor is not None:
            by_predecessor[line.predecessor].append(line)
    for predecessor, own in by_predecessor.items():
        entry = before[predecessor]
        _follow(made, predecessor, own, makers, problems, kind)
        # What another decree made on this very day can be renamed and moved, but not have ended the day before.
        goes_on = predecessor not in made.heirs
        if not covers(entry.valid_from, entry.valid_to, on if goes_on else on - timedelta(days=1)):
            problems.append(Problem(ProblemKind.NOT_THEN, own[0].place, predecessor, entry.name))
    for line in lines:
        if isinstance(line.to, str) and not _is_renaming(made, line):
            _make(made, line, line.to)
        elif isinstance(line.to, int) and (line.to in made.heirs or not covers(None, before[line.to].valid_to, on)):
            problems.append(Problem(ProblemKind.ENDED, line.place, line.to, before[line.to].name))
    return made


def _make(made: Changes, line: Line, ref: str) -> None:
    """Note a new one; the predecessor whose rest it takes comes first."""
    known = made.new.get(ref)
    predecessors = known.predecessors if known else ()
    mine = () if line.predecessor is None else (line.predecessor,)
    predecessors = (*mine, *predecessors) if line.takes_rest else (*predecessors, *mine)
    english = line.successor_name_en or (known.name_en if known else None)
    made.new[ref] = NewEntry(split_name(line.successor_name or "")[0], None, predecessors, english)


def _is_renaming(made: Changes, line: Line) -> bool:
    return line.predecessor is not None and made.moves.get(line.predecessor) is Move.RENAMED


def _follow(
    made: Changes, predecessor: int, lines: Sequence[Line], makers: Mapping[Ref | None, int], problems: list[Problem],
    kind: LineKind,
) -> None:  # fmt: skip
    """Note what becomes of one unit or post."""
    refs = list(dict.fromkeys(line.to for line in lines if line.to is not None))
    only = lines[0] if len(lines) == 1 else None
    if only and (only.to == predecessor or (only.to is None and only.has_below)):
        made.moves[predecessor] = Move.MOVED
        return
    if only and isinstance(only.to, str) and makers[only.to] == 1:
        made.moves[predecessor] = Move.RENAMED
        made.names[predecessor] = split_name(only.successor_name or "")[0]
        made.names_en[predecessor] = only.successor_name_en
        return
    made.successors[predecessor] = refs
    if predecessor in refs:
        made.moves[predecessor] = Move.GIVES
        return
    resting = list(dict.fromkeys(line.to for line in lines if line.takes_rest and line.to is not None))
    if not refs:
        heir: Ref | None = made.before[predecessor].above if kind is LineKind.UNIT else None
        made.moves[predecessor] = Move.ENDS
    else:
        heir = refs[0] if len(refs) == 1 else resting[0] if len(resting) == 1 else None
        made.moves[predecessor] = Move.SPLIT if len(refs) > 1 else Move.MERGED
    made.heirs[predecessor] = heir
    if heir is None:
        missing = ProblemKind.UNIT_WITHOUT_HEIR if kind is LineKind.UNIT else ProblemKind.POST_WITHOUT_HEIR
        problems.append(Problem(missing, lines[0].place, predecessor, made.before[predecessor].name))


def _place(made: Changes, units: Changes, lines: Sequence[Line], on: date, problems: list[Problem]) -> None:
    """Put every unit or post below what the lines say, or below the heir of what was above it."""
    said: dict[Ref, Ref] = {}
    for line in lines:
        below = _unit_named(line, units, problems)
        of = line.predecessor if line.to is None or _is_renaming(made, line) else line.to
        if below is not None and of is not None:
            said.setdefault(of, below)
    made.above.update((ref, below) for ref, below in said.items() if isinstance(ref, int))
    for key, new in made.new.items():
        inherited = made.before[new.predecessors[0]].above if new.predecessors else None
        made.new[key] = replace(new, above=said.get(key, units.heir(inherited)))
    for number, entry in made.before.items():
        goes_on = number not in made.heirs and covers(None, entry.valid_to, on)
        if goes_on and number not in made.above and entry.above in units.heirs:
            made.above[number] = units.heir(entry.above)


def _unit_named(line: Line, units: Changes, problems: list[Problem]) -> Ref | None:
    """The unit below which the line puts its successor."""
    name = line.below_name or split_name(line.successor_name or "")[1]
    if line.below is None and name is None:
        return None
    if line.below is not None:
        if line.below in units.heirs:
            problems.append(Problem(ProblemKind.ENDED, line.place, line.below, units.before[line.below].name))
            return None
        return line.below
    ref = find_new(units, name or "")
    if ref is None:
        problems.append(Problem(ProblemKind.UNKNOWN_UNIT, line.place, name=name))
    return ref


def find_new(made: Changes, name: str) -> Ref | None:
    """A unit or post that the decree makes or renames, by its new name."""
    key = new_ref(name)
    if key in made.new:
        return key
    fitting = [ref for ref, entry in made.new.items() if new_ref(entry.name) == key]
    renamed = [number for number, new in made.names.items() if new_ref(new) == key]
    found: list[Ref] = [*fitting, *renamed]
    return found[0] if len(found) == 1 else None


def _refuse_cycles(made: Plan) -> None:
    refs: list[Ref] = [*made.units.above, *made.units.new]
    for ref in refs:
        seen: set[Ref] = set()
        at = made.above_unit(ref)
        while at is not None and at != ref and at not in seen:
            seen.add(at)
            at = made.above_unit(at)
        if at == ref:
            made.problems.append(Problem(ProblemKind.BELOW_ITSELF, of=ref, name=made.units.name(ref)))
            return


def _chosen(made: Plan, lines: Sequence[Line]) -> dict[int, Ref | None]:
    """The posts that lines give to persons; None for those who hold none from that day."""
    chosen: dict[int, Ref | None] = {}
    for line in lines:
        post: Ref | None = line.successor
        if post is None and line.successor_name:
            post = find_new(made.posts, line.successor_name)
            if post is None:
                made.problems.append(Problem(ProblemKind.UNKNOWN_POST, line.place, name=line.successor_name))
                continue
        if post is not None and made.posts.heir(post) != post:
            made.problems.append(Problem(ProblemKind.ENDED, line.place, post, made.posts.name(post)))
        chosen[line.predecessor or 0] = post
    return chosen


def _hold(made: Plan, world: World, chosen: Mapping[int, Ref | None], on: date) -> None:
    """Let holdings of posts that end go on in their successors, and persons in the posts that lines give them."""
    served: set[int] = set()
    after: dict[Ref, list[Held]] = defaultdict(list)
    going_on = (held for held in world.held if held.end_on is None or held.end_on >= on)
    for held in sorted(going_on, key=lambda held: not held.is_definitive):
        is_later = held.start_on is not None and held.start_on >= on
        post = made.posts.heir(held.post_id)
        if held.person_id in chosen and held.is_definitive and not is_later:
            # Of two permanent posts, one goes on as the line says and the other ends.
            post = None if held.person_id in served else chosen[held.person_id]
            served.add(held.person_id)
        if post != held.post_id and not held.is_definitive and _has_holder(after, post):
            post = None  # nobody acts for a permanent holder
        if post != held.post_id:
            made.held.append(HeldChange(held, post, is_moved=is_later))
        if post is not None:
            after[post].append(held)
            _note_gain(made, held, post)
    _appoint(made, {person: post for person, post in chosen.items() if person not in served}, after, on)
    _refuse_two_holders(made, after, on)
    _note_units(made, after)


def _has_holder(after: Mapping[Ref, Sequence[Held]], post: Ref | None) -> bool:
    return post is not None and any(held.is_definitive for held in after.get(post, ()))


def _note_units(made: Plan, after: Mapping[Ref, Sequence[Held]]) -> None:
    for post, holders in after.items():
        unit = made.unit_of_post(post)
        if unit is not None:
            for held in holders:
                made.units_of_persons[held.person_id].add(unit)


def _appoint(made: Plan, chosen: Mapping[int, Ref | None], after: dict[Ref, list[Held]], on: date) -> None:
    """Give posts to persons who held none."""
    for person, post in chosen.items():
        if post is not None:
            made.appointed.append((person, post))
            after[post].append(Held(0, person, 0, start_on=on))
            made.gains[person].add((post, made.unit_of_post(post)))


def _note_gain(made: Plan, held: Held, post: Ref) -> None:
    now = (post, made.unit_of_post(post))
    if now != (held.post_id, made.posts.before[held.post_id].above):
        made.gains[held.person_id].add(now)


def _refuse_two_holders(made: Plan, after: Mapping[Ref, Sequence[Held]], on: date) -> None:
    for post, holders in after.items():
        there = [held for held in holders if held.is_definitive and (held.start_on is None or held.start_on <= on)]
        persons = tuple(dict.fromkeys(held.person_id for held in there))
        if len(persons) > 1 and {held.post_id for held in there} != {post}:
            made.problems.append(Problem(ProblemKind.TWO_HOLDERS, of=post, name=made.posts.name(post), persons=persons))
