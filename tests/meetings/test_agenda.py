"""Commands for agenda items."""

from datetime import date

import pytest

from tests.meetings.stage import AT, BY_AT, SOMEBODY, Stage
from tracker.actions import commands as actions
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.meetings import commands as meetings
from tracker.meetings import queries
from tracker.meetings.commands import MeetingDraft
from tracker.meetings.models import Meeting
from tracker.meetings.rules import SetAside


def later_meeting(day: date = date(2026, 3, 11)) -> Meeting:
    return meetings.log_meeting(MeetingDraft(name_id="Rapat lanjutan", date=day), [], [], by=SOMEBODY, at=AT)


def texts(stage: Stage) -> list[str]:
    return [item.text for item in stage.agenda]


def test_an_item_moves_with_its_statements(stage: Stage) -> None:
    first, _, third = stage.agenda
    stage.say("di bawah ketiga", item=third)

    meetings.move_agenda_item(third, before=first, **BY_AT)

    assert texts(stage) == ["Ketiga", "Pertama", "Kedua"]
    assert stage.by_item()["Ketiga"] == ["di bawah ketiga"]
    meetings.move_agenda_item(stage.agenda[0], **BY_AT)
    assert texts(stage) == ["Pertama", "Kedua", "Ketiga"]
    meetings.move_agenda_item(stage.agenda[0], after=stage.agenda[1], **BY_AT)
    assert texts(stage) == ["Kedua", "Pertama", "Ketiga"]


def test_removing_an_item_keeps_its_statements_and_actions(stage: Stage) -> None:
    second = stage.agenda[1]
    stage.say("tetap", item=second)
    origin = actions.Origin(meeting_id=stage.meeting.id, agenda_item_id=second.id)
    action = actions.assign_action(actions.ActionDraft(text_id="Tugas"), origin, None, on=stage.meeting.date, **BY_AT)

    meetings.remove_agenda_item(second, **BY_AT)

    assert stage.by_item() == {None: ["tetap"], "Pertama": [], "Ketiga": []}
    db.session.refresh(action)
    assert (action.agenda_item_id, action.meeting_id) == (None, stage.meeting.id)


@pytest.mark.parametrize("reason", SetAside)
def test_an_item_is_set_aside_and_resumed(stage: Stage, reason: SetAside) -> None:
    item = stage.agenda[0]

    meetings.set_aside_agenda_item(item, reason, **BY_AT)
    assert item.set_aside is reason
    meetings.set_aside_agenda_item(item, None, **BY_AT)

    assert item.set_aside is None
    assert stage.verbs()[-2:] == [f"agenda_item_{reason}", "agenda_item_taken_up"]


def test_an_item_is_carried_over_once(stage: Stage) -> None:
    item = stage.agenda[2]

    continued = meetings.carry_agenda_item(item, later_meeting(), **BY_AT)

    assert (continued.text, continued.carried_from_id) == ("Ketiga", item.id)
    with pytest.raises(NotPossible):
        meetings.carry_agenda_item(item, later_meeting(date(2026, 3, 18)), **BY_AT)


def test_an_item_is_not_carried_over_to_an_earlier_meeting(stage: Stage) -> None:
    with pytest.raises(NotPossible):
        meetings.carry_agenda_item(stage.agenda[0], later_meeting(date(2026, 3, 1)), **BY_AT)


def test_rewriting_the_agenda_keeps_statements_of_items_that_stay(stage: Stage) -> None:
    first, second, third = stage.agenda
    for item in (first, second, third):
        stage.say(f"di bawah {item.text}", item=item)
    draft = MeetingDraft(name_id="Rapat", date=stage.meeting.date)

    meetings.edit_meeting(stage.reloaded(), draft, ["Baru", "Ketiga", "Kedua diubah"], **BY_AT)

    assert texts(stage) == ["Baru", "Ketiga", "Kedua diubah"]
    by_item = stage.by_item()
    assert by_item["Ketiga"] == ["di bawah Ketiga"]
    assert sum(map(len, by_item.values())) == 3


def test_items_that_were_not_discussed_are_offered_until_carried_over(stage: Stage) -> None:
    stage.say("dibahas", item=stage.agenda[0])
    meetings.set_aside_agenda_item(stage.agenda[0], SetAside.DEFERRED, **BY_AT)
    stage.say("dibahas", item=stage.agenda[1])

    undiscussed = queries.not_discussed(stage.reloaded())
    assert [item.text for item in undiscussed] == ["Pertama", "Ketiga"]
    meetings.carry_agenda_item(undiscussed[0], later_meeting(), **BY_AT)
    assert [item.text for item in queries.not_discussed(stage.reloaded())] == ["Ketiga"]


def test_an_item_with_only_an_action_counts_as_discussed(stage: Stage) -> None:
    origin = actions.Origin(meeting_id=stage.meeting.id, agenda_item_id=stage.agenda[1].id)
    actions.assign_action(actions.ActionDraft(text_id="Tugas"), origin, None, on=stage.meeting.date, **BY_AT)

    assert [item.text for item in queries.not_discussed(stage.reloaded())] == ["Pertama", "Ketiga"]
