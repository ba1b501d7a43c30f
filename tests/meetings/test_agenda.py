"""Agenda items are renamed, moved, removed, set aside and carried over once; what was said under them stays."""

from datetime import date

import pytest

from tests.meetings.stage import AT, DEED, SOMEBODY, Stage
from tracker.actions import commands as actions
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.meetings import commands as meetings
from tracker.meetings import queries
from tracker.meetings.commands import MeetingDraft
from tracker.meetings.models import Meeting
from tracker.meetings.rules import SetAside


def later(day: date = date(2026, 3, 11)) -> Meeting:
    return meetings.log_meeting(MeetingDraft(name_id="Rapat lanjutan", date=day), [], [], by=SOMEBODY, at=AT)


def texts(stage: Stage) -> list[str]:
    return [item.text for item in stage.agenda]


def test_an_item_moves_with_what_was_said_under_it(stage: Stage) -> None:
    first, _, third = stage.agenda
    stage.say("di bawah ketiga", item=third)

    meetings.move_agenda_item(third, before=first, **DEED)

    assert texts(stage) == ["Ketiga", "Pertama", "Kedua"]
    assert stage.by_item()["Ketiga"] == ["di bawah ketiga"]
    meetings.move_agenda_item(stage.agenda[0], **DEED)
    assert texts(stage) == ["Pertama", "Kedua", "Ketiga"]
    meetings.move_agenda_item(stage.agenda[0], after=stage.agenda[1], **DEED)
    assert texts(stage) == ["Kedua", "Pertama", "Ketiga"]


def test_a_removed_item_leaves_its_lines_and_actions(stage: Stage) -> None:
    second = stage.agenda[1]
    stage.say("tetap", item=second)
    origin = actions.Origin(meeting_id=stage.meeting.id, agenda_item_id=second.id)
    action = actions.assign_action(actions.ActionDraft(text_id="Tugas"), origin, None, on=stage.meeting.date, **DEED)

    meetings.remove_agenda_item(second, **DEED)

    assert stage.by_item() == {None: ["tetap"], "Pertama": [], "Ketiga": []}
    db.session.refresh(action)
    assert (action.agenda_item_id, action.meeting_id) == (None, stage.meeting.id)


@pytest.mark.parametrize("why", SetAside)
def test_an_item_is_set_aside_and_taken_up_again(stage: Stage, why: SetAside) -> None:
    item = stage.agenda[0]

    meetings.set_aside_agenda_item(item, why, **DEED)
    assert item.set_aside is why
    meetings.set_aside_agenda_item(item, None, **DEED)

    assert item.set_aside is None
    assert stage.verbs()[-2:] == [f"agenda_item_{why}", "agenda_item_taken_up"]


def test_an_item_is_carried_over_once(stage: Stage) -> None:
    item = stage.agenda[2]

    going_on = meetings.carry_agenda_item(item, later(), **DEED)

    assert (going_on.text, going_on.carried_from_id) == ("Ketiga", item.id)
    with pytest.raises(NotPossible):
        meetings.carry_agenda_item(item, later(date(2026, 3, 18)), **DEED)


def test_an_item_is_not_carried_back(stage: Stage) -> None:
    with pytest.raises(NotPossible):
        meetings.carry_agenda_item(stage.agenda[0], later(date(2026, 3, 1)), **DEED)


def test_an_agenda_written_anew_keeps_what_was_said_under_items_that_stay(stage: Stage) -> None:
    first, second, third = stage.agenda
    for item in (first, second, third):
        stage.say(f"di bawah {item.text}", item=item)
    draft = MeetingDraft(name_id="Rapat", date=stage.meeting.date)

    meetings.edit_meeting(stage.reloaded(), draft, ["Baru", "Ketiga", "Kedua diubah"], **DEED)

    assert texts(stage) == ["Baru", "Ketiga", "Kedua diubah"]
    under = stage.by_item()
    assert under["Ketiga"] == ["di bawah Ketiga"]
    assert sum(map(len, under.values())) == 3


def test_what_was_not_discussed_is_offered_until_it_is_carried_over(stage: Stage) -> None:
    stage.say("dibahas", item=stage.agenda[0])
    meetings.set_aside_agenda_item(stage.agenda[0], SetAside.DEFERRED, **DEED)
    stage.say("dibahas", item=stage.agenda[1])

    offered = queries.not_discussed(stage.reloaded())
    assert [item.text for item in offered] == ["Pertama", "Ketiga"]
    meetings.carry_agenda_item(offered[0], later(), **DEED)
    assert [item.text for item in queries.not_discussed(stage.reloaded())] == ["Ketiga"]


def test_an_item_under_which_only_an_action_was_agreed_was_discussed(stage: Stage) -> None:
    origin = actions.Origin(meeting_id=stage.meeting.id, agenda_item_id=stage.agenda[1].id)
    actions.assign_action(actions.ActionDraft(text_id="Tugas"), origin, None, on=stage.meeting.date, **DEED)

    assert [item.text for item in queries.not_discussed(stage.reloaded())] == ["Pertama", "Ketiga"]
