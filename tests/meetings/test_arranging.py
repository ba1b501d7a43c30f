"""Commands that insert, move, split and join statements."""

import pytest
from sqlalchemy import select

from tests.meetings.stage import BY_AT, Stage
from tracker.actions.models import ActionItem
from tracker.core.actor import Classification
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.meetings import commands as meetings
from tracker.meetings.models import Statement
from tracker.meetings.rules import Bearing, StatementKind
from tracker.proposals.models import Proposal


def test_a_line_is_inserted_after_another_under_its_agenda_item(stage: Stage) -> None:
    first, _ = stage.say("satu", item=stage.agenda[1]), stage.say("dua", item=stage.agenda[1])

    second = stage.say("satu setengah", after=first)
    stage.say("satu seperempat", after=first)

    assert stage.words() == ["satu", "satu seperempat", "satu setengah", "dua"]
    assert second.agenda_item_id == stage.agenda[1].id


def test_inserting_a_line_changes_no_other_row(stage: Stage) -> None:
    lines = [stage.say(str(number)) for number in range(5)]
    versions = {line.id: line.version for line in lines}

    for _ in range(20):
        stage.say("antara", after=lines[1])

    db.session.flush()
    assert {line.id: line.version for line in lines} == versions


@pytest.mark.parametrize(
    ("moved", "new_place", "expected"),
    [
        (0, {"after": 2}, "bcad"),
        (3, {"before": 0}, "dabc"),
        (2, {"before": 1}, "acbd"),
        (1, {"after": 3}, "acdb"),
        (1, {}, "acdb"),
        (0, {"after": 1}, "bacd"),
    ],
)
def test_a_line_moves_before_or_after_another(
    stage: Stage, moved: int, new_place: dict[str, int], expected: str
) -> None:
    lines = [stage.say(name) for name in "abcd"]

    neighbour = {side: lines[number] for side, number in new_place.items()}
    meetings.move_statement(lines[moved], **neighbour, **BY_AT)

    assert "".join(stage.words()) == expected
    assert stage.verbs()[-1] == "statement_moved"


def test_a_line_moves_to_another_agenda_item_with_its_action(stage: Stage) -> None:
    statement = stage.say("putuskan", kind=StatementKind.DECISION, item=stage.agenda[0])
    stage.say("lain", item=stage.agenda[2])
    action = stage.act(statement)

    meetings.move_statement(statement, to_item=stage.agenda[2], **BY_AT)

    assert stage.by_item() == {"Pertama": [], "Kedua": [], "Ketiga": ["lain", "putuskan"]}
    assert db.session.get(ActionItem, action.id).statement_id == statement.id


def test_a_line_cannot_move_next_to_itself(stage: Stage) -> None:
    statement = stage.say("satu")
    with pytest.raises(NotPossible):
        meetings.move_statement(statement, after=statement, **BY_AT)


@pytest.mark.parametrize("text", ["Baik. Kita lanjut besok.", "“Baik. Kita lanjut besok.”"])
def test_splitting_a_line_keeps_its_text_and_the_links_of_the_first_part(stage: Stage, text: str) -> None:
    statement = stage.raised(text)
    action = stage.act(statement)

    second = meetings.split_statement(stage.line(statement), 5, **BY_AT)

    assert stage.words() == ["Baik.", " Kita lanjut besok."]
    assert "".join(stage.words()) == text.strip("“”")
    assert (second.kind, stage.line(second).proposal_links) == (StatementKind.REMARK, [])
    assert [link.bearing for link in stage.line(statement).proposal_links] == [Bearing.RAISES]
    assert db.session.get(ActionItem, action.id).statement_id == statement.id
    assert stage.verbs()[-1] == "statement_split"


@pytest.mark.parametrize("offset", [0, 1, 2, 99])
def test_a_line_is_split_only_between_words(stage: Stage, offset: int) -> None:
    with pytest.raises(NotPossible):
        meetings.split_statement(stage.say("  satu"), offset, **BY_AT)


def test_joining_moves_text_links_and_actions_to_the_line_above(stage: Stage) -> None:
    above, statement = stage.say("Baik."), stage.raised("Perlu dibentuk forum")
    action = stage.act(statement)

    meetings.join_statements(stage.line(statement), stage.line(above), **BY_AT)

    assert stage.words() == ["Baik. Perlu dibentuk forum"]
    assert [link.bearing for link in stage.line(above).proposal_links] == [Bearing.RAISES]
    assert db.session.get(ActionItem, action.id).statement_id == above.id
    assert stage.verbs()[-1] == "statements_joined"


def test_restoring_a_joined_line_restores_its_links_and_actions(stage: Stage) -> None:
    above, statement = stage.say("Baik."), stage.raised("Perlu dibentuk forum")
    action = stage.act(statement)
    meetings.join_statements(stage.line(statement), stage.line(above), **BY_AT)

    meetings.restore_statement(stage.line(statement), **BY_AT)

    assert stage.words() == ["Baik.", "Perlu dibentuk forum"]
    stage.reloaded()
    assert stage.line(above).proposal_links == []
    assert [link.bearing for link in stage.line(statement).proposal_links] == [Bearing.RAISES]
    assert db.session.get(ActionItem, action.id).statement_id == statement.id


def test_splitting_and_joining_again_restores_the_text(stage: Stage) -> None:
    statement = stage.say("Baik. Kita lanjut.")
    for offset in (5, 6):
        second = meetings.split_statement(stage.line(statement), offset, **BY_AT)
        meetings.join_statements(stage.line(second), stage.line(statement), **BY_AT)

    assert stage.words() == ["Baik. Kita lanjut."]


def test_lines_that_differ_in_quoting_speaker_or_classification_cannot_be_joined(stage: Stage) -> None:
    above = stage.say("inti")
    others = [
        stage.say("“kutipan”"),
        stage.say("orang lain", speaker_note="Humas"),
        stage.say("rahasia", classification=Classification.SECRET),
    ]
    for statement in others:
        with pytest.raises(NotPossible):
            meetings.join_statements(stage.line(statement), stage.line(above), **BY_AT)


def test_restored_lines_return_to_their_place(stage: Stage) -> None:
    lines = [stage.say(name) for name in "abc"]
    meetings.remove_statement(stage.line(lines[1]), **BY_AT)
    stage.say("x", after=lines[0])
    meetings.restore_statement(stage.line(lines[1]), **BY_AT)

    assert "".join(stage.words()) == "axbc"


def test_moving_a_secret_line_does_not_quote_it_in_the_history(stage: Stage) -> None:
    statement = stage.say("sangat rahasia", classification=Classification.SECRET)
    stage.say("lain")
    meetings.move_statement(statement, **BY_AT)
    second = meetings.split_statement(stage.line(statement), 6, **BY_AT)

    assert second.classification is Classification.SECRET
    assert db.session.scalars(select(Statement.id).where(Statement.classification == Classification.ORDINARY)).all()
    events = stage.events("statement_moved", "statement_split")
    assert [event.reason for event in events] == [None, None]


def test_a_proposal_stays_when_its_line_is_split_and_removed(stage: Stage) -> None:
    statement = stage.raised("Perlu forum bersama")
    meetings.split_statement(stage.line(statement), 5, **BY_AT)
    meetings.remove_statement(stage.line(statement), **BY_AT)

    assert db.session.scalars(select(Proposal.title_id)).all() == ["Perlu forum bersama"]
