"""The macros that draw: valid HTML, everything escaped, a name for screen readers, nothing inline, a table."""

from datetime import date

import pytest
from flask import Flask

from tests import valid_html
from tests.elements import Element, parsed
from tests.security.hostile import CORPUS, faults
from tracker.core.pictures import Bar, Group, Mark, Period
from tracker.core.wording import Shape, label, registered, shape, speaking, tone
from tracker.meetings.rules import StatementKind
from tracker.proposals.rules import ProposalStatus

pytestmark = pytest.mark.one_database

TODAY = date(2026, 11, 25)
PERIODS = [
    Period(on=date(2026, 3, 31), label="B03", actual=51.5, at_least=50, at_most=58),
    Period(on=date(2026, 6, 30), label="B06", at_least=60, at_most=68),
    Period(on=date(2026, 9, 30), label="B09", actual=0, at_least=70, at_most=78),
    Period(on=date(2026, 12, 31), label="B12", at_least=80, at_most=88),
]


def drawn(app: Flask, name: str, *given: object, file: str = "", **named: object) -> str:
    with app.test_request_context(), speaking("en"):
        template = app.jinja_env.get_template(f"components/pictures/{file or name}.html")
        return str(getattr(template.module, name)(*given, **named))


def each(app: Flask, text: str = "Words") -> dict[str, str]:
    """Each picture, with this text wherever a picture shows a text."""
    stops = [{"label": text, "items": items} for items in ((1,), (), (), (1,), ())]
    groups = [Group(key="a", label=text, kind="late"), Group(key="b", label=text, kind="done")]
    return {
        "bullet": drawn(app, "bullet", 69.5, 70, 78, unit=text),
        "spark": drawn(app, "spark", text, [1, None, 3], [2, 2, 2], text),
        "stacked": drawn(app, "stacked", text, [("late", 3, text), ("none", 0, text), ("done", 1, text)], 9),
        "stacked_key": drawn(app, "stacked_key", [("late", 3, text)], file="stacked"),
        "late_bar": drawn(app, "late_bar", 3, 90),
        "pair": drawn(app, "pair", 2, -1.5, [2, -1.5, None]),
        "dots": drawn(app, "dots", stops),
        "promise": drawn(app, "promise", "promise", date(2026, 7, 13), [date(2026, 8, 17), date(2026, 9, 16)], TODAY),
        "promise_given_up": drawn(
            app, "promise", "given-up", date(2026, 7, 13), [date(2026, 8, 17)], TODAY, ended=TODAY, is_done=False
        ),
        "flow": drawn(app, "flow", "flow", text, {("a", "a"): 3, ("a", "b"): 1}, groups, groups, text, text),
        "bars": drawn(app, "bars", "bars", text, [Bar(label=text, value=3), Bar(label=text, value=None)], text, text),
        "line": drawn(
            app, "line", "line", text, [*PERIODS, Period(on=date(2027, 3, 31), label=text, actual=-3)],
            [Mark(on=date(2026, 5, 18), label=text, href="/proposals/1"), Mark(on=date(2026, 8, 1), label=text)],
            [Mark(on=date(2026, 7, 1), label=text)], TODAY, text,
        ),
        "lines": drawn(
            app, "lines", "lines", text, [text, "W2"], {"a": [1, None], "b": [0, 2]}, {"a": text, "b": text}, text
        ),
    }  # fmt: skip


def page_with(content: str) -> str:
    return f'<!doctype html><html lang="en"><head><title>x</title></head><body>{content}</body></html>'


def test_every_picture_is_valid_html_without_inline_style(app: Flask) -> None:
    pictures = each(app)

    page = page_with("".join(pictures.values()))

    assert valid_html.errors_in(page) == []
    assert not parsed(page).select("[style], style, script")
    names = [element["id"] for element in parsed(page).select("[id]")]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("text", CORPUS)
def test_hostile_texts_are_only_texts(app: Flask, text: str) -> None:
    for name, picture in each(app, text).items():
        assert faults(page_with(picture)) == [], name


def test_every_picture_has_a_name_or_stands_beside_its_words(app: Flask) -> None:
    for name, picture in each(app).items():
        page = parsed(page_with(picture))
        svg = page.select_one("svg")
        if name in {"late_bar", "pair", "stacked_key"}:
            assert svg["aria-hidden"] == "true"
        elif name in {"bullet", "spark", "stacked", "dots"}:
            assert (svg["role"], bool(svg["aria-label"].strip())) == ("img", True)
        else:
            described = f"{svg['aria-labelledby']} {svg.get('aria-describedby', '')}".split()
            assert all(page.select_one(f"#{part}").text for part in described)
            assert len(described) == 2


@pytest.mark.parametrize("name", ["flow", "bars", "line", "lines"])
def test_the_numbers_of_a_chart_are_in_its_table(app: Flask, name: str) -> None:
    table = parsed(page_with(each(app)[name])).select_one("details table")

    assert table.select_one("caption").text == "Words"
    assert len(table.select("tbody tr")) >= 2


def test_what_was_not_measured_is_said_and_not_drawn(app: Flask) -> None:
    line = parsed(page_with(drawn(app, "line", "x", "x", PERIODS, today=TODAY)))

    rows = [row.text for row in line.select("tbody tr")]
    assert rows[1] == "B06 2026 60–68 not yet measured"
    assert rows[2] == "B09 2026 70–78 0"
    assert len(line.select("svg .g-dot")) == 2
    assert line.select("polyline.g-data") == []


def test_without_any_value_there_is_a_sentence(app: Flask) -> None:
    assert '<p class="empty-line">not yet measured</p>' in drawn(app, "line", "x", "x", [])
    assert '<p class="empty-line">Nothing is known yet.</p>' in drawn(app, "bars", "x", "x", [], "", "")
    assert '<p class="empty-line">Nothing moved.</p>' in drawn(app, "flow", "x", "x", {}, [], [], "", "")


def test_a_bullet_says_its_target_by_what_is_better(app: Flask) -> None:
    said = [
        parsed(page_with(drawn(app, "bullet", *given))).select_one("svg")["aria-label"]
        for given in ((69.5, 70), (64.5, None, 65), (3, 1, 5), (3, 3, 3), (None, 4), (7,))
    ]

    assert said == [
        "Actual value: 69.5; target: at least 70",
        "Actual value: 64.5; target: at most 65",
        "Actual value: 3; target: 1 to 5",
        "Actual value: 3; target: 3",
        "Actual value: not yet measured; target: at least 4",
        "Actual value: 7; target not yet set",
    ]


def test_every_sign_is_drawn_and_differs_from_the_others(app: Flask) -> None:
    with app.test_request_context(), speaking("en"):
        shapes = app.jinja_env.get_template("components/shapes.html").module
        signs = [_marks(parsed(page_with(str(shapes.shape(kind)))).select_one("svg")) for kind in Shape]
        state = parsed(page_with(str(shapes.state_of(ProposalStatus.DEFERRED)))).select_one(".state")

    assert all(signs)
    assert len(set(signs)) == len(Shape)
    assert state.text == "Deferred"
    assert state.select_one("svg.shape.calm")["aria-hidden"] == "true"


def _marks(svg: Element) -> str:
    return "".join(str(mark) for mark in svg.select("path, circle"))


def test_each_state_of_a_kind_with_signs_has_one(app: Flask) -> None:
    with_signs = {kind for kind in registered() if any(shape(code) for code in kind)}

    assert {code for kind in with_signs for code in kind if shape(code) is None} == set()
    assert ProposalStatus in with_signs
    assert shape(StatementKind.DECISION) is None


def test_a_badge_has_the_sign_and_tone_of_its_state(app: Flask) -> None:
    with app.test_request_context(), speaking("en"):
        badge = app.jinja_env.get_template("components/status.html").module.badge
        approved, decision = (parsed(page_with(str(badge(code)))).select_one(".badge") for code in (
            ProposalStatus.APPROVED, StatementKind.DECISION,
        ))  # fmt: skip
        assert (approved.text, tone(ProposalStatus.APPROVED)) == (label(ProposalStatus.APPROVED), "good")

    assert approved.select_one("svg.shape.done")
    assert not decision.select("svg")
