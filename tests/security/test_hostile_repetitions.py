"""Parsing repeated text takes time proportional to its length, up to the limit of the field."""

import sys
from collections.abc import Callable
from inspect import unwrap
from types import FrameType

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.hostile import KINDS, PARSERS, TIMEOUT, filled, milliseconds
from tests.depth import one_in
from tests.visitor import SECRETARIAT, Visitor
from tracker.meetings.intake.rules import Piece
from tracker.meetings.intake.rules.reader import MOST_READ
from tracker.meetings.live.formats.signs import MOST_MENTIONS
from tracker.meetings.live.rules import Directory
from tracker.meetings.models import Meeting
from tracker.meetings.rules import MeetingStatus

#: Repetitions that once made a parser slow.
KNOWN_SLOW = ('"a" ', "a ", "@a ", "1/1 ", "a\n", "A. ", ", S.H.", ":", "“a,” kata Razilu. ", " <<a", "(", "ﷺ")


def calls(read: Callable[[str], object], text: str, of: Callable[..., object] | None = None) -> int:
    """Number of calls, of any function or of one, while parsing, which is the same on every machine."""
    code = unwrap(of).__code__ if of else None
    count = 0

    def counted(frame: FrameType, event: str, _arg: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"} if code is None else event == "call" and frame.f_code is code

    sys.setprofile(counted)
    try:
        read(text)
    finally:
        sys.setprofile(None)
    return count


@one_in(4)
@pytest.mark.parametrize("name", PARSERS)
def test_doubling_the_length_does_not_quadruple_the_calls(name: str, step: int) -> None:
    parser = PARSERS[name]
    parser.read("a")  # What is imported or compiled once is not part of any measured read.
    fixed = calls(parser.read, "a")

    for kind in KNOWN_SLOW[::step]:
        quarter, half = (calls(parser.read, filled(kind, parser.longest // part)) for part in (4, 2))
        assert half - fixed <= 3 * max(quarter - fixed, 2000), kind


@pytest.mark.parametrize("name", ["typed line", "line", "action"])
def test_only_the_first_names_of_a_line_are_read(name: str) -> None:
    parser = PARSERS[name]

    # Read once as short forms before the text, and once as mentions within it.
    assert 0 < calls(parser.read, filled("@a ", parser.longest), of=Directory.read) <= 2 * MOST_MENTIONS


@pytest.mark.parametrize("kind", ["a.\n\n", "“a,” kata Razilu. "])
def test_only_the_first_passages_of_a_pasted_text_are_parsed(kind: str) -> None:
    parser = PARSERS["pasted text"]

    assert calls(parser.read, filled(kind, parser.longest), of=Piece.__init__) == MOST_READ


@pytest.mark.parametrize("name", PARSERS)
def test_known_slow_repetitions_are_parsed_in_time(name: str) -> None:
    parser = PARSERS[name]
    parser.read("a")

    # Regular expressions make no calls, so time is measured: a second is five times the limit, but less than quadratic.
    slow = {
        kind: spent for kind in KNOWN_SLOW if (spent := milliseconds(parser.read, filled(kind, parser.longest))) > 2000
    }

    assert slow == {}


@pytest.mark.long
@pytest.mark.parametrize("name", PARSERS)
def test_any_repetition_is_parsed_in_time(name: str) -> None:
    parser = PARSERS[name]

    slow = [kind for kind in KINDS if milliseconds(parser.read, filled(kind, parser.longest)) > TIMEOUT * 1000]

    assert slow == []


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("address", "field", "text"),
    [
        ("/cut", "text", '"a" ' * 50_000),
        ("/cut", "text", "a.\n\n" * 4_500),
        ("/names/read", "names", "A, S.H., " * 2_000),
        ("/names/read", "names", "a\n" * 9_000),
        ("/names/read", "names", "ﷺ" * 20_000),
    ],
)
def test_excessive_text_is_refused_before_it_is_parsed(
    visit: Visitor, session: Session, address: str, field: str, text: str
) -> None:
    held = session.scalars(select(Meeting).filter_by(status=MeetingStatus.HELD)).first()
    assert held
    browser, at = visit.as_(SECRETARIAT), f"/meetings/{held.id}/minutes/paste{address}"
    form = browser.get(at.removesuffix("/cut").removesuffix("/read"))

    page = browser.submit(form, at, **{field: text})

    assert page.status == 422
    assert page.problems
