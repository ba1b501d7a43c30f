"""Every way to copy text from one row to another: after the source is classified, the copy is hidden as well."""

from collections.abc import Callable
from functools import partial
from random import Random

import pytest
from flask import Flask

from tests.apps import Apps
from tests.databases import Kind as Database
from tests.databases import close
from tests.security import looking
from tests.security.office_work import (
    DECISION_MAKER,
    PARTICIPANT,
    PASSWORD,
    SECRET,
    SECRETARY,
    Kind,
    Matter,
    Office,
    classify_row,
)
from tests.security.office_work import files as office_files
from tests.security.office_work import meetings as office_meetings
from tests.security.stage import Client
from tracker.actions import queries as action_queries
from tracker.actions.commands import ActionDraft, Origin, assign_action
from tracker.core import clock
from tracker.core.actor import Actor, Classification
from tracker.core.clock import day_at
from tracker.meetings import commands as meetings
from tracker.meetings import queries as meeting_queries
from tracker.meetings.commands import StatementLinks
from tracker.meetings.live.commands import turn_into_action
from tracker.meetings.live.rules import Understood
from tracker.meetings.models import Statement
from tracker.meetings.rules import Bearing, StatementKind
from tracker.minutes import commands as minutes
from tracker.proposals import commands as proposals
from tracker.proposals import queries as proposal_queries
from tracker.proposals.rules import ProposalStatus, RelationKind, Step
from tracker.status import commands as status

#: The row to classify: its kind as in URLs, and its id.
Source = tuple[str, int]


def line(line_id: int) -> Statement:
    return meeting_queries.statement(line_id, to_change=True)


def as_secretary(office: Office, command: Callable[..., object], *rows: Callable[[], object]) -> int:
    """Run a command with these rows, which are loaded just before; the id of its result."""
    row_id: int | None = office.do(SECRETARY, lambda by: command(*(row() for row in rows), by=by, at=clock.now()))
    assert row_id is not None, office.refused
    return row_id


def say(office: Office, of: Matter, kind: StatementKind = StatementKind.PROPOSAL) -> int:
    of.meeting = office.shared_meeting
    return office_meetings.say(office, of, kind)


def raise_proposal(office: Office, of: Matter) -> int:
    line_id, title = say(office, of), of.text("Usulan")
    return as_secretary(office, partial(meetings.raise_proposal, title_id=title, title_en=None), partial(line, line_id))


def assign_action_to_participant(office: Office, of: Matter) -> int:
    draft, on = ActionDraft(text_id=of.text("Tugas"), pic_id=office.persons[PARTICIPANT]), day_at(clock.now())
    return as_secretary(office, partial(assign_action, draft, Origin(meeting_id=office.shared_meeting), on, on=on))


def a_line_made_an_action(office: Office, of: Matter) -> Source:
    line_id, text = say(office, of, StatementKind.REMARK), of.text("Tugas")
    understood = Understood(kind=None, quote=None, gist=text)
    return "actions", as_secretary(office, turn_into_action, partial(line, line_id), lambda: understood)


def an_action_made_of_a_line(office: Office, of: Matter) -> Source:
    line_id, text = say(office, of, StatementKind.REMARK), of.text("Tugas")
    understood = Understood(kind=None, quote=None, gist=text)
    as_secretary(office, turn_into_action, partial(line, line_id), lambda: understood)
    return "statements", line_id


def a_proposal_raised_by_a_line(office: Office, of: Matter) -> Source:
    return "proposals", raise_proposal(office, of)


def a_line_that_raised_a_proposal(office: Office, of: Matter) -> Source:
    raise_proposal(office, of)
    return "statements", of.lines[0]


def a_line_that_was_split(office: Office, of: Matter) -> Source:
    line_id = say(office, of)
    as_secretary(office, meetings.split_statement, partial(line, line_id), lambda: 4)
    return "statements", line_id


def a_proposal_whose_line_was_split(office: Office, of: Matter) -> Source:
    proposal_id = raise_proposal(office, of)
    as_secretary(office, meetings.split_statement, partial(line, of.lines[0]), lambda: 4)
    return "proposals", proposal_id


def a_line_that_was_joined(office: Office, of: Matter) -> Source:
    above, below = say(office, of), say(office, of)
    as_secretary(office, meetings.join_statements, partial(line, below), partial(line, above))
    return "statements", above


def a_line_removed_and_restored(office: Office, of: Matter) -> Source:
    line_id = say(office, of)
    as_secretary(office, meetings.remove_statement, partial(line, line_id))
    as_secretary(office, meetings.restore_statement, partial(line, line_id))
    as_secretary(office, meetings.move_statement, partial(line, line_id))
    return "statements", line_id


def a_line_that_decides_an_open_proposal(office: Office, of: Matter) -> Source:
    """The reason recorded with the step quotes the line."""
    proposal_id = add_open_proposal(office)
    of.meeting = office.shared_meeting
    line_id = office_meetings.say(office, of, StatementKind.DECISION, lambda: StatementLinks(
        proposals=[(proposal_queries.in_full(proposal_id), Bearing.DECIDES)]))  # fmt: skip
    result = office.do(DECISION_MAKER, lambda by: office_meetings.decide_by_line(
        line(line_id), office_meetings.defer_for_nine_days(), by=by))  # fmt: skip
    assert result is not None, office.refused
    return "statements", line_id


def a_line_that_was_reworded_after_it_decided(office: Office, of: Matter) -> Source:
    """The history of the decided proposal shows the old and the new text."""
    kind, line_id = a_line_that_decides_an_open_proposal(office, of)
    draft = meetings.StatementDraft(kind=StatementKind.DECISION, gist_id=of.text("Ralat"))

    def reword(by: Actor) -> None:
        links = [(proposal_queries.in_full(link.proposal_id), link.bearing) for link in line(line_id).proposal_links]
        meetings.edit_statement(line(line_id), draft, StatementLinks(proposals=links), by=by, at=clock.now())

    assert office.do(SECRETARY, reword) is not None, office.refused
    return kind, line_id


def a_meeting_whose_agenda_item_was_carried_over(office: Office, of: Matter) -> Source:
    draft = meetings.MeetingDraft(name_id=of.text("Rapat"), date=day_at(clock.now()))
    meeting_id = as_secretary(office, partial(meetings.log_meeting, draft, [], [of.text("Acara")]))
    item = meeting_queries.meeting(meeting_id).agenda[0].id
    as_secretary(office, meetings.carry_agenda_item, lambda: meeting_queries.agenda_item(item, to_change=True),
                 lambda: meeting_queries.meeting(office.shared_meeting, to_change=True))  # fmt: skip
    return "meetings", meeting_id


def add_open_proposal(office: Office) -> int:
    draft = proposals.ProposalDraft(
        title_id="Usulan lain", gist_id="Pokok lain", raised_on=day_at(clock.now()), source_note="Surat"
    )
    return as_secretary(office, partial(proposals.propose, draft))


def a_proposal_related_to_an_open_one(office: Office, of: Matter) -> Source:
    other, own = add_open_proposal(office), raise_proposal(office, of)
    relate = partial(proposals.relate, kind=RelationKind.CONTINUES, note=of.text("Hubungan"))
    as_secretary(office, relate, lambda: proposal_queries.in_full(own), lambda: proposal_queries.in_full(other))
    return "proposals", own


def a_proposal_merged_into_an_open_one(office: Office, of: Matter) -> Source:
    other, own = add_open_proposal(office), raise_proposal(office, of)
    step = Step(to=ProposalStatus.MERGED, on=day_at(clock.now()), reason=of.text("Sebab"), survivor_id=other)
    as_secretary(office, partial(proposals.move_proposal, move=proposals.Move(step=step)),
                 lambda: proposal_queries.in_full(own, to_change=True))  # fmt: skip
    return "proposals", own


def a_part_of_a_proposal_that_was_split(office: Office, of: Matter) -> Source:
    whole, part = raise_proposal(office, of), status.Part(title_id=of.text("Bagian"), gist_id=of.text("Bagian"))
    split = partial(status.split, parts=[part], reason=of.text("Sebab"))
    office.do(SECRETARY, lambda by: split(proposal_queries.in_full(whole, to_change=True), by=by, at=clock.now()))
    return "proposals", whole


def a_line_in_minutes_that_were_frozen(office: Office, of: Matter) -> Source:
    return "statements", say(office, of, StatementKind.REMARK)


def a_file_of_an_open_action(office: Office, of: Matter) -> Source:
    other = assign_action_to_participant(office, Matter(90, Kind.ACTION, is_secret=False, chance=Random(1)))
    office_files.attach(office, of, lambda: action_queries.in_full(other))
    return "attachments", of.files[0]


CONSTRUCTORS: tuple[Callable[[Office, Matter], Source], ...] = (
    a_line_made_an_action, an_action_made_of_a_line, a_proposal_raised_by_a_line, a_line_that_raised_a_proposal,
    a_line_that_was_split, a_proposal_whose_line_was_split, a_line_that_was_joined,
    a_line_removed_and_restored, a_line_that_decides_an_open_proposal, a_proposal_related_to_an_open_one,
    a_line_that_was_reworded_after_it_decided, a_meeting_whose_agenda_item_was_carried_over,
    a_proposal_merged_into_an_open_one, a_part_of_a_proposal_that_was_split, a_line_in_minutes_that_were_frozen,
    a_file_of_an_open_action,
)  # fmt: skip


@pytest.mark.timeout(300)
@pytest.mark.long
def test_copied_text_is_hidden_after_its_source_is_classified(apps: Apps, kind: Database) -> None:
    """All of them in one database, identified by their words."""
    app = apps.fresh(kind, "empty")
    try:
        visible = visible_after_classifying(app)
    finally:
        close(app)
    assert visible == {}


def visible_after_classifying(app: Flask) -> dict[str, list[str]]:
    office = Office(app, 0, with_secret=True)
    matters = {make.__name__: Matter(number, Kind.LINE, is_secret=True, chance=Random(number))
               for number, make in enumerate(CONSTRUCTORS)}  # fmt: skip
    sources = {}
    with app.app_context():
        office.set_up()
        for make in CONSTRUCTORS:
            sources[make.__name__] = make(office, matters[make.__name__])
        for name, step in ((SECRETARY, minutes.submit), (DECISION_MAKER, partial(minutes.approve, signed=None))):
            result = office.do(name, lambda by, step=step: step(
                meeting_queries.meeting(office.shared_meeting, to_change=True), by=by, at=clock.now()))  # fmt: skip
            assert result is not None, office.refused
    before = looking.everything(app, Client(app, PARTICIPANT, PASSWORD))
    words = {name: SECRET + matter.text("")[len(SECRET) + 1 :][:2] for name, matter in matters.items()}
    assert {name for name, word in words.items() if not any(word in text for text in before.values())} == set()
    for name, source in sources.items():
        classify_row(office, source, Classification.SECRET, matters[name])
    after = looking.everything(app, Client(app, PARTICIPANT, PASSWORD), before)
    return {
        name: paths for name, word in words.items() if (paths := [path for path, text in after.items() if word in text])
    }
