"""Lines are put before and after others, moved, cut in two and joined; what hangs on them goes with them."""

import pytest
from sqlalchemy import select

from tests.meetings.stage import DEED, Stage
from tracker.actions.models import ActionItem
from tracker.core.actor import Classification
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.meetings import commands as meetings
from tracker.meetings.models import Statement
from tracker.meetings.rules import Bearing, StatementKind
from tracker.proposals.models import Proposal


def test_a_line_is_put_right_after_another_and_under_its_agenda_item(stage: Stage) -> None:
    first, _ = stage.say("satu", item=stage.agenda[1]), stage.say("dua", item=stage.agenda[1])

    second = stage.say("satu setengah", after=first)
    stage.say("satu seperempat", after=first)

    assert stage.words() == ["satu", "satu seperempat", "satu setengah", "dua"]
    assert second.agenda_item_id == stage.agenda[1].id


def test_putting_a_line_between_others_changes_no_other_row(stage: Stage) -> None:
    lines = [stage.say(str(number)) for number in range(5)]
    versions = {said.id: said.version for said in lines}

    for _ in range(20):
        stage.say("antara", after=lines[1])

    db.session.flush()
    assert {said.id: said.version for said in lines} == versions


@pytest.mark.parametrize(
    ("moved", "where", "expected"),
    [
        (0, {"after": 2}, "bcad"),
        (3, {"before": 0}, "dabc"),
        (2, {"before": 1}, "acbd"),
        (1, {"after": 3}, "acdb"),
        (1, {}, "acdb"),
        (0, {"after": 1}, "bacd"),
    ],
)
def test_a_line_moves_before_or_after_another(stage: Stage, moved: int, where: dict[str, int], expected: str) -> None:
    lines = [stage.say(name) for name in "abcd"]

    beside = {side: lines[number] for side, number in where.items()}
    meetings.move_statement(lines[moved], **beside, **DEED)

    assert "".join(stage.words()) == expected
    assert stage.verbs()[-1] == "statement_moved"


def test_a_line_moves_to_another_agenda_item_with_its_action(stage: Stage) -> None:
    said = stage.say("putuskan", kind=StatementKind.DECISION, item=stage.agenda[0])
    stage.say("lain", item=stage.agenda[2])
    action = stage.act(said)

    meetings.move_statement(said, to_item=stage.agenda[2], **DEED)

    assert stage.by_item() == {"Pertama": [], "Kedua": [], "Ketiga": ["lain", "putuskan"]}
    assert db.session.get(ActionItem, action.id).statement_id == said.id


def test_a_line_does_not_move_beside_itself_or_a_line_of_another_meeting(stage: Stage) -> None:
    said = stage.say("satu")
    with pytest.raises(NotPossible):
        meetings.move_statement(said, after=said, **DEED)


@pytest.mark.parametrize("words", ["Baik. Kita lanjut besok.", "“Baik. Kita lanjut besok.”"])
def test_a_line_cut_in_two_is_the_same_text_and_keeps_what_hangs_on_it(stage: Stage, words: str) -> None:
    said = stage.raised(words)
    action = stage.act(said)

    second = meetings.split_statement(stage.line(said), 5, **DEED)

    assert stage.words() == ["Baik.", " Kita lanjut besok."]
    assert "".join(stage.words()) == words.strip("“”")
    assert (second.kind, stage.line(second).proposal_links) == (StatementKind.REMARK, [])
    assert [link.bearing for link in stage.line(said).proposal_links] == [Bearing.RAISES]
    assert db.session.get(ActionItem, action.id).statement_id == said.id
    assert stage.verbs()[-1] == "statement_split"


@pytest.mark.parametrize("offset", [0, 1, 2, 99])
def test_a_line_is_cut_only_between_words(stage: Stage, offset: int) -> None:
    with pytest.raises(NotPossible):
        meetings.split_statement(stage.say("  satu"), offset, **DEED)


def test_a_line_joined_with_the_one_above_gives_it_its_words_and_what_hangs_on_it(stage: Stage) -> None:
    above, said = stage.say("Baik."), stage.raised("Perlu dibentuk forum")
    action = stage.act(said)

    meetings.join_statements(stage.line(said), stage.line(above), **DEED)

    assert stage.words() == ["Baik. Perlu dibentuk forum"]
    assert [link.bearing for link in stage.line(above).proposal_links] == [Bearing.RAISES]
    assert db.session.get(ActionItem, action.id).statement_id == above.id
    assert stage.verbs()[-1] == "statements_joined"


def test_a_joined_line_is_put_back_with_all_that_it_had(stage: Stage) -> None:
    above, said = stage.say("Baik."), stage.raised("Perlu dibentuk forum")
    action = stage.act(said)
    meetings.join_statements(stage.line(said), stage.line(above), **DEED)

    meetings.restore_statement(stage.line(said), **DEED)

    assert stage.words() == ["Baik.", "Perlu dibentuk forum"]
    stage.reloaded()
    assert stage.line(above).proposal_links == []
    assert [link.bearing for link in stage.line(said).proposal_links] == [Bearing.RAISES]
    assert db.session.get(ActionItem, action.id).statement_id == said.id


def test_a_line_cut_and_joined_again_is_what_it_was(stage: Stage) -> None:
    said = stage.say("Baik. Kita lanjut.")
    for offset in (5, 6):
        second = meetings.split_statement(stage.line(said), offset, **DEED)
        meetings.join_statements(stage.line(second), stage.line(said), **DEED)

    assert stage.words() == ["Baik. Kita lanjut."]


def test_lines_of_different_kinds_of_words_speakers_or_secrecy_stay_apart(stage: Stage) -> None:
    above = stage.say("inti")
    others = [
        stage.say("“kutipan”"),
        stage.say("orang lain", speaker_note="Humas"),
        stage.say("rahasia", classification=Classification.SECRET),
    ]
    for said in others:
        with pytest.raises(NotPossible):
            meetings.join_statements(stage.line(said), stage.line(above), **DEED)


def test_removed_lines_keep_their_place(stage: Stage) -> None:
    lines = [stage.say(name) for name in "abc"]
    meetings.remove_statement(stage.line(lines[1]), **DEED)
    stage.say("x", after=lines[0])
    meetings.restore_statement(stage.line(lines[1]), **DEED)

    assert "".join(stage.words()) == "axbc"


def test_a_secret_line_is_not_told_by_the_history_when_it_moves(stage: Stage) -> None:
    said = stage.say("sangat rahasia", classification=Classification.SECRET)
    stage.say("lain")
    meetings.move_statement(said, **DEED)
    second = meetings.split_statement(stage.line(said), 6, **DEED)

    assert second.classification is Classification.SECRET
    assert db.session.scalars(select(Statement.id).where(Statement.classification == Classification.ORDINARY)).all()
    events = stage.events("statement_moved", "statement_split")
    assert [event.reason for event in events] == [None, None]


def test_a_proposal_lives_on_whatever_becomes_of_its_line(stage: Stage) -> None:
    said = stage.raised("Perlu forum bersama")
    meetings.split_statement(stage.line(said), 5, **DEED)
    meetings.remove_statement(stage.line(said), **DEED)

    assert db.session.scalars(select(Proposal.title_id)).all() == ["Perlu forum bersama"]
