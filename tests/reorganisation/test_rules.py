"""What a decree makes of units, posts and holdings, without a database."""

import csv
from datetime import date, timedelta
from io import StringIO
from random import Random

import pytest

from tracker.reorganisation.rules import (
    Entry,
    Held,
    Line,
    LineKind,
    Move,
    Plan,
    ProblemKind,
    World,
    new_ref,
    plan,
    read_sheet,
    write_sheet,
)

ON = date(2024, 10, 21)
MINISTRY, GENERAL, SECRETARIAT, BALI, NTB = 1, 2, 3, 4, 5
MINISTER, DIRECTOR, SECRETARY, HEAD_BALI, HEAD_NTB = 11, 12, 13, 14, 15
WORLD = World(
    units={
        MINISTRY: Entry(MINISTRY, "Kementerian Hukum dan HAM"),
        GENERAL: Entry(GENERAL, "Ditjen HAM", MINISTRY),
        SECRETARIAT: Entry(SECRETARIAT, "Sekretariat Ditjen HAM", GENERAL),
        BALI: Entry(BALI, "Kanwil Bali", MINISTRY),
        NTB: Entry(NTB, "Kanwil NTB", MINISTRY),
    },
    posts={
        MINISTER: Entry(MINISTER, "Menteri", MINISTRY),
        DIRECTOR: Entry(DIRECTOR, "Direktur Jenderal HAM", GENERAL),
        SECRETARY: Entry(SECRETARY, "Sekretaris Ditjen HAM", SECRETARIAT),
        HEAD_BALI: Entry(HEAD_BALI, "Kepala Kanwil Bali", BALI),
        HEAD_NTB: Entry(HEAD_NTB, "Kepala Kanwil NTB", NTB),
    },
    held=[Held(100 + post, 1000 + post, post) for post in (MINISTER, DIRECTOR, SECRETARY, HEAD_BALI, HEAD_NTB)],
)


def made_of(*lines: Line) -> Plan:
    return plan(WORLD, lines, ON)


def unit(predecessor: int | None, successor: int | str | None, **more: object) -> Line:
    return line(LineKind.UNIT, predecessor, successor, **more)


def post(predecessor: int | None, successor: int | str | None, **more: object) -> Line:
    return line(LineKind.POST, predecessor, successor, **more)


def line(kind: LineKind, predecessor: int | None, successor: int | str | None, **more: object) -> Line:
    is_new = isinstance(successor, str)
    given = {"successor_name" if is_new else "successor": successor, **more}
    return Line(place=1, kind=kind, predecessor=predecessor, **given)  # type: ignore[arg-type]


def kinds(made: Plan) -> list[ProblemKind]:
    return [problem.kind for problem in made.problems]


def test_a_new_name_alone_renames_and_everything_stays() -> None:
    made = made_of(unit(GENERAL, "Ditjen HAM dan Kepatuhan"))

    assert made.units.moves == {GENERAL: Move.RENAMED}
    assert made.units.name(GENERAL) == "Ditjen HAM dan Kepatuhan"
    assert made.owner(GENERAL) == GENERAL
    assert (made.units.new, made.held, made.problems, dict(made.gains)) == ({}, [], [], {})


def test_a_split_needs_one_that_takes_the_rest() -> None:
    lines = unit(GENERAL, "Ditjen A"), unit(GENERAL, "Ditjen B")

    assert kinds(made_of(*lines)) == [ProblemKind.UNIT_WITHOUT_HEIR]
    assert kinds(made_of(lines[0], unit(GENERAL, "Ditjen B", takes_rest=True))) == []
    both = [unit(GENERAL, name, takes_rest=True) for name in ("Ditjen A", "Ditjen B")]
    assert kinds(made_of(*both)) == [ProblemKind.UNIT_WITHOUT_HEIR]


def test_what_no_line_names_follows_the_successor_that_takes_the_rest() -> None:
    made = made_of(
        unit(MINISTRY, "Kementerian Hukum", takes_rest=True), unit(MINISTRY, "Kementerian HAM"),
        unit(GENERAL, "Ditjen A", below_name="Kementerian HAM"),
        unit(GENERAL, "Ditjen B", below_name="Kementerian HAM", takes_rest=True),
    )  # fmt: skip

    law, rights, a, b = map(new_ref, ("Kementerian Hukum", "Kementerian HAM", "Ditjen A", "Ditjen B"))
    assert made.problems == []
    assert (made.above_unit(a), made.above_unit(b), made.above_unit(SECRETARIAT)) == (rights, rights, b)
    assert made.above_unit(BALI) == law
    assert (made.unit_of_post(MINISTER), made.unit_of_post(DIRECTOR)) == (law, b)
    assert made.owner(GENERAL) == b
    assert made.owner(GENERAL, given=a) == a
    assert made.owner(BALI) == BALI
    assert made.held == []


def test_an_item_follows_its_post_and_then_its_person() -> None:
    made = made_of(
        unit(GENERAL, "Ditjen A"), unit(GENERAL, "Ditjen B", takes_rest=True),
        post(DIRECTOR, "Dirjen A", below_name="Ditjen A"),
        unit(SECRETARIAT, None, below_name="Ditjen A"),
    )  # fmt: skip

    a = new_ref("Ditjen A")
    assert made.owner(GENERAL, DIRECTOR) == a
    assert made.owner(GENERAL, None, 1000 + DIRECTOR) == a
    assert made.owner(GENERAL, None, 1000 + SECRETARY) == a, "part of it"
    assert made.owner(GENERAL, None, 1000 + HEAD_BALI) == new_ref("Ditjen B")
    assert made.held == [], "a post that is renamed keeps its holder"


def test_two_become_one_and_one_serves_two_provinces() -> None:
    made = made_of(
        unit(BALI, "Kanwil Hukum Bali", takes_rest=True), unit(BALI, "Kanwil HAM Bali dan NTB"),
        unit(NTB, "Kanwil Hukum NTB", takes_rest=True), unit(NTB, "Kanwil HAM Bali dan NTB"),
        post(HEAD_BALI, "Kepala Kanwil HAM Bali dan NTB", below_name="Kanwil HAM Bali dan NTB"),
        post(HEAD_NTB, "Kepala Kanwil HAM Bali dan NTB", below_name="Kanwil HAM Bali dan NTB"),
    )  # fmt: skip

    shared = made.units.new[new_ref("Kanwil HAM Bali dan NTB")]
    assert shared.predecessors == (BALI, NTB)
    assert shared.above == MINISTRY
    assert kinds(made) == [ProblemKind.TWO_HOLDERS]
    assert made.problems[0].persons == (1000 + HEAD_BALI, 1000 + HEAD_NTB)


def test_of_two_holders_one_gets_another_post_or_none() -> None:
    merged = post(HEAD_NTB, HEAD_BALI)

    assert kinds(made_of(merged)) == [ProblemKind.TWO_HOLDERS]
    settled = made_of(merged, line(LineKind.PERSON, 1000 + HEAD_NTB, None))
    assert settled.problems == []
    assert [(change.held.post_id, change.post) for change in settled.held] == [(HEAD_NTB, None)]
    elsewhere = made_of(merged, post(None, "Staf Khusus"), line(LineKind.PERSON, 1000 + HEAD_NTB, "Staf Khusus"))
    assert elsewhere.problems == []
    assert [(change.held.post_id, change.post) for change in elsewhere.held] == [(HEAD_NTB, new_ref("Staf Khusus"))]


def test_what_ends_without_a_successor_goes_to_what_is_above() -> None:
    made = made_of(unit(SECRETARIAT, None))

    assert made.owner(SECRETARIAT) == GENERAL
    assert made.unit_of_post(SECRETARY) == GENERAL
    assert kinds(made_of(unit(MINISTRY, None))) == [ProblemKind.UNIT_WITHOUT_HEIR]
    assert kinds(made_of(post(SECRETARY, None))) == [ProblemKind.POST_WITHOUT_HEIR]


def test_names_that_nothing_has_and_circles_are_problems() -> None:
    assert kinds(made_of(unit(SECRETARIAT, None, below_name="Ditjen Salah"))) == [ProblemKind.UNKNOWN_UNIT]
    assert kinds(made_of(line(LineKind.PERSON, 1000 + DIRECTOR, "Jabatan Salah"))) == [ProblemKind.UNKNOWN_POST]
    assert kinds(made_of(unit(MINISTRY, None, below=SECRETARIAT))) == [ProblemKind.BELOW_ITSELF]
    assert kinds(made_of(unit(GENERAL, SECRETARIAT), unit(SECRETARIAT, BALI))) == [ProblemKind.ENDED]


def test_who_gets_a_post_in_another_unit_gains_it() -> None:
    made = made_of(unit(GENERAL, "Ditjen A", takes_rest=True), unit(GENERAL, "Ditjen B"))

    assert set(made.gains) == {1000 + DIRECTOR}


def test_one_that_goes_on_and_gives_something_away_stays() -> None:
    made = made_of(unit(GENERAL, GENERAL), unit(GENERAL, "Badan Baru", below=MINISTRY))

    assert made.units.moves == {GENERAL: Move.GIVES}
    assert made.owner(GENERAL) == GENERAL
    assert made.units.new[new_ref("Badan Baru")].above == MINISTRY


def test_what_another_decree_made_that_day_can_be_renamed_and_moved_but_not_ended() -> None:
    made_today = {**WORLD.units, 6: Entry(6, "Ditjen Baru", MINISTRY, valid_from=ON)}
    world = World(units=made_today, posts=WORLD.posts, held=WORLD.held)

    renamed = plan(world, [unit(6, "Ditjen Pelayanan"), unit(BALI, None, below=6)], ON)
    moved = plan(world, [unit(6, None, below=GENERAL)], ON)
    ended = plan(world, [unit(6, GENERAL)], ON)

    assert (kinds(renamed), renamed.units.names) == ([], {6: "Ditjen Pelayanan"})
    assert (kinds(moved), moved.above_unit(6)) == ([], GENERAL)
    assert kinds(ended) == [ProblemKind.NOT_THEN]
    assert kinds(plan(world, [unit(6, "Ditjen Pelayanan")], ON - timedelta(days=1))) == [ProblemKind.NOT_THEN]


def test_nobody_acts_for_a_permanent_holder_after_two_posts_became_one() -> None:
    acting = Held(200, 2000, HEAD_NTB, is_definitive=False)
    vacant = [held for held in WORLD.held if held.post_id != HEAD_NTB]

    both = plan(World(units=WORLD.units, posts=WORLD.posts, held=[acting, *vacant]), [post(HEAD_NTB, HEAD_BALI)], ON)
    alone = [held for held in vacant if held.post_id != HEAD_BALI]
    one = plan(World(units=WORLD.units, posts=WORLD.posts, held=[acting, *alone]), [post(HEAD_NTB, HEAD_BALI)], ON)

    assert [(change.held.id, change.post) for change in both.held] == [(200, None)]
    assert [(change.held.id, change.post) for change in one.held] == [(200, HEAD_BALI)]


def test_a_sheet_is_read_by_its_headings_in_both_languages_and_in_any_order() -> None:
    rows, faults = read_sheet(
        [["New", "Old", "Kind"], ["Ditjen B", "Ditjen HAM", "Unit"], [""], ["Menteri Hukum", "Menteri", "jabatan"]]
    )

    assert faults == []
    assert [(row.number, row.kind, row.predecessor, row.successor) for row in rows] == [
        (2, LineKind.UNIT, "Ditjen HAM", "Ditjen B"), (4, LineKind.POST, "Menteri", "Menteri Hukum"),
    ]  # fmt: skip


def test_a_sheet_without_headings_has_our_order_and_comes_back_as_it_was_written() -> None:
    cells = [["unit", "A", 'B "baru"', "", "ya"], ["butir", "TL-2024-001", "B", "", ""]]
    rows, faults = read_sheet(list(csv.reader(StringIO(write_sheet(cells)), delimiter="\t"))[1:])

    assert faults == []
    assert [row.takes_rest for row in rows] == [True, False]
    assert [row.kind for row in rows] == [LineKind.UNIT, LineKind.ITEM]
    assert rows[0].successor == 'B "baru"'


@pytest.mark.parametrize("nothing", ["-", "–", " — ", "...", "dihapus", "Dibubarkan", "abolished", ""])
def test_a_dash_and_words_for_what_is_abolished_are_no_name(nothing: str) -> None:
    rows, faults = read_sheet([["unit", "Ditjen HAM", nothing, nothing, "-"], [nothing, nothing, "Ditjen B 2", "", ""]])

    assert faults == []
    assert [(row.predecessor, row.successor, row.below, row.takes_rest) for row in rows] == [
        ("Ditjen HAM", "", "", False), ("", "Ditjen B 2", "", False),
    ]  # fmt: skip


@pytest.mark.parametrize(("cells", "column"), [("meja\tA\tB", "kind"), ("unit\tA\tB\t\tmungkin", "takes_rest")])
def test_a_cell_that_says_nothing_known_is_named_by_row_and_column(cells: str, column: str) -> None:
    _, faults = read_sheet([cells.split("\t")])

    assert [(fault.row, fault.column) for fault in faults] == [(1, column)]


def test_whatever_the_lines_are_a_settled_plan_leaves_nothing_without_an_owner() -> None:
    """Random decrees: either something is to be settled, or everything has a place that exists."""
    random = Random(7)
    settled = 0
    for _ in range(3000):
        made = made_of(*(any_line(random) for _ in range(random.randrange(1, 7))))
        if made.problems:
            continue
        settled += 1
        exists = {*(WORLD.units.keys() - made.units.heirs.keys()), *made.units.new}
        places = [made.owner(number) for number in WORLD.units]
        places += [made.unit_of_post(number) for number in (*WORLD.posts, *made.posts.new)]
        places += [made.above_unit(ref) for ref in exists if made.above_unit(ref) is not None]
        assert set(places) - {None} <= exists
        assert None not in places[: len(WORLD.units)]
        posts = {*(WORLD.posts.keys() - made.posts.heirs.keys()), *made.posts.new}
        assert {change.post for change in made.held} - {None} <= posts
    assert settled > 300


def any_line(random: Random) -> Line:
    kind = random.choice(list(LineKind)[:3])
    of = {LineKind.UNIT: WORLD.units, LineKind.POST: WORLD.posts}.get(kind) or [1000 + post for post in WORLD.posts]
    to = WORLD.units if kind is LineKind.UNIT else WORLD.posts
    successor = random.choice([*to, "Satu", "Dua", "Dua / Satu", None])
    below = random.choice([*WORLD.units, "Satu", None, None, None, None])
    more: dict[str, object] = {"takes_rest": random.random() < 0.4}
    more |= {"below": below} if isinstance(below, int) else {"below_name": below}
    predecessor = random.choice(list(of)) if kind is LineKind.PERSON or random.random() < 0.85 else None
    return line(kind, predecessor, successor if predecessor or successor else "Tiga", **more)
