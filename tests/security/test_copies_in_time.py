"""Whatever takes words of one row into another: made, then its source is classified, then somebody looks for them."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from random import Random

import pytest
from flask import Flask

from tests.apps import Apps
from tests.databases import Kind as Database
from tests.databases import close
from tests.security import looking
from tests.security.office_work import PARTICIPANT, PASSWORD, SECRET, Kind, Matter, Office
from tests.security.stage import Client
from tracker.actions import queries as action_queries
from tracker.actions.commands import ActionDraft, Origin, assign_action
from tracker.core import clock
from tracker.core.actor import Actor, Classification
from tracker.core.clock import day_at
from tracker.meetings import commands as meetings
from tracker.meetings import queries as meetings_asked
from tracker.meetings.commands import Bearings
from tracker.meetings.live.commands import decide, turn_into_action
from tracker.meetings.live.rules import Decision, Understood
from tracker.meetings.models import Statement
from tracker.meetings.rules import Bearing, StatementKind
from tracker.minutes import commands as minutes
from tracker.proposals import commands as proposals
from tracker.proposals import queries as proposal_queries
from tracker.proposals.rules import ProposalStatus, RelationKind, Step
from tracker.status import commands as status

#: What is classified: its kind in the address, and its number.
Source = tuple[str, int]
Deed = Callable[[Actor], object]


def line(number: int) -> Statement:
    return meetings_asked.statement(number, to_change=True)


def as_secretary(office: Office, deed: Callable[..., object], *things: Callable[[], object], **given: object) -> int:
    """The number of what was made, where something was."""
    made: int | None = office.do(
        "sekretaris", lambda by: deed(*(one() for one in things), **given, by=by, at=clock.now())
    )
    assert made is not None, office.refused
    return made


def said(office: Office, of: Matter, kind: StatementKind = StatementKind.PROPOSAL) -> int:
    of.meeting = office.shared
    return office.say(of, kind)


def raised(office: Office, of: Matter) -> int:
    """A proposal whose words came from a line."""
    number, title = said(office, of), of.text("Usulan")
    return as_secretary(office, partial(meetings.raise_proposal, title_id=title, title_en=None), partial(line, number))


def assigned(office: Office, of: Matter) -> int:
    draft, on = ActionDraft(text_id=of.text("Tugas"), pic_id=office.persons[PARTICIPANT]), day_at(clock.now())
    return as_secretary(office, partial(assign_action, draft, Origin(meeting_id=office.shared), on, on=on))


def a_line_made_an_action(office: Office, of: Matter) -> Source:
    number, words = said(office, of, StatementKind.REMARK), of.text("Tugas")
    read = Understood(kind=None, quote=None, gist=words)
    return "actions", as_secretary(office, turn_into_action, partial(line, number), lambda: read)


def an_action_made_of_a_line(office: Office, of: Matter) -> Source:
    number, words = said(office, of, StatementKind.REMARK), of.text("Tugas")
    read = Understood(kind=None, quote=None, gist=words)
    as_secretary(office, turn_into_action, partial(line, number), lambda: read)
    return "statements", number


def a_proposal_raised_by_a_line(office: Office, of: Matter) -> Source:
    return "proposals", raised(office, of)


def a_line_that_raised_a_proposal(office: Office, of: Matter) -> Source:
    raised(office, of)
    return "statements", of.lines[0]


def a_line_whose_second_half_was_cut_off(office: Office, of: Matter) -> Source:
    number = said(office, of)
    as_secretary(office, meetings.split_statement, partial(line, number), lambda: 4)
    return "statements", number


def a_proposal_whose_line_was_cut(office: Office, of: Matter) -> Source:
    made = raised(office, of)
    as_secretary(office, meetings.split_statement, partial(line, of.lines[0]), lambda: 4)
    return "proposals", made


def a_line_that_was_joined(office: Office, of: Matter) -> Source:
    above, below = said(office, of), said(office, of)
    as_secretary(office, meetings.join_statements, partial(line, below), partial(line, above))
    return "statements", above


def a_line_taken_out_and_put_back(office: Office, of: Matter) -> Source:
    number = said(office, of)
    as_secretary(office, meetings.remove_statement, partial(line, number))
    as_secretary(office, meetings.restore_statement, partial(line, number))
    as_secretary(office, meetings.move_statement, partial(line, number))
    return "statements", number


def a_line_that_decides_of_an_open_proposal(office: Office, of: Matter) -> Source:
    """The reason of the step is what the line says."""
    about = another_proposal(office)
    of.meeting = office.shared
    number = office.say(of, StatementKind.DECISION, lambda: Bearings(
        proposals=[(proposal_queries.in_full(about), Bearing.DECIDES)]))  # fmt: skip
    outcome = Decision(outcome=ProposalStatus.DEFERRED, revisit_on=day_at(clock.now()) + timedelta(days=9))
    made = office.do("pimpinan", lambda by: decide(line(number), outcome, by=by, at=clock.now()))
    assert made is not None, office.refused
    return "statements", number


def a_line_that_was_reworded_after_it_decided(office: Office, of: Matter) -> Source:
    """Both texts are told where it decided."""
    kind, number = a_line_that_decides_of_an_open_proposal(office, of)
    draft = meetings.StatementDraft(kind=StatementKind.DECISION, gist_id=of.text("Ralat"))

    def reword(by: Actor) -> None:
        about = [(proposal_queries.in_full(link.proposal_id), link.bearing) for link in line(number).proposal_links]
        meetings.edit_statement(line(number), draft, Bearings(proposals=about), by=by, at=clock.now())

    assert office.do("sekretaris", reword) is not None, office.refused
    return kind, number


def a_meeting_whose_agenda_goes_on_in_an_open_one(office: Office, of: Matter) -> Source:
    draft = meetings.MeetingDraft(name_id=of.text("Rapat"), date=day_at(clock.now()))
    made = as_secretary(office, partial(meetings.log_meeting, draft, [], [of.text("Acara")]))
    item = meetings_asked.meeting(made).agenda[0].id
    as_secretary(office, meetings.carry_agenda_item, lambda: meetings_asked.agenda_item(item, to_change=True),
                 lambda: meetings_asked.meeting(office.shared, to_change=True))  # fmt: skip
    return "meetings", made


def another_proposal(office: Office) -> int:
    """A proposal that stays open."""
    draft = proposals.ProposalDraft(
        title_id="Usulan lain", gist_id="Pokok lain", raised_on=day_at(clock.now()), source_note="Surat"
    )
    return as_secretary(office, partial(proposals.propose, draft))


def a_proposal_related_to_an_open_one(office: Office, of: Matter) -> Source:
    other, own = another_proposal(office), raised(office, of)
    relate = partial(proposals.relate, kind=RelationKind.CONTINUES, note=of.text("Hubungan"))
    as_secretary(office, relate, lambda: proposal_queries.in_full(own), lambda: proposal_queries.in_full(other))
    return "proposals", own


def a_proposal_merged_into_an_open_one(office: Office, of: Matter) -> Source:
    other, own = another_proposal(office), raised(office, of)
    step = Step(to=ProposalStatus.MERGED, on=day_at(clock.now()), reason=of.text("Sebab"), survivor_id=other)
    as_secretary(office, partial(proposals.move_proposal, move=proposals.Move(step=step)),
                 lambda: proposal_queries.in_full(own, to_change=True))  # fmt: skip
    return "proposals", own


def a_part_of_a_proposal_that_was_split(office: Office, of: Matter) -> Source:
    whole, part = raised(office, of), status.Part(title_id=of.text("Bagian"), gist_id=of.text("Bagian"))
    split = partial(status.split, parts=[part], reason=of.text("Sebab"))
    office.do("sekretaris", lambda by: split(proposal_queries.in_full(whole, to_change=True), by=by, at=clock.now()))
    return "proposals", whole


def a_line_in_minutes_that_were_frozen(office: Office, of: Matter) -> Source:
    return "statements", said(office, of, StatementKind.REMARK)


def a_file_of_an_open_action(office: Office, of: Matter) -> Source:
    other = assigned(office, Matter(90, Kind.ACTION, is_secret=False, chance=Random(1)))
    office.attach_to(of, lambda: action_queries.in_full(other))
    return "attachments", of.files[0]


CONSTRUCTORS: tuple[Callable[[Office, Matter], Source], ...] = (
    a_line_made_an_action, an_action_made_of_a_line, a_proposal_raised_by_a_line, a_line_that_raised_a_proposal,
    a_line_whose_second_half_was_cut_off, a_proposal_whose_line_was_cut, a_line_that_was_joined,
    a_line_taken_out_and_put_back, a_line_that_decides_of_an_open_proposal, a_proposal_related_to_an_open_one,
    a_line_that_was_reworded_after_it_decided, a_meeting_whose_agenda_goes_on_in_an_open_one,
    a_proposal_merged_into_an_open_one, a_part_of_a_proposal_that_was_split, a_line_in_minutes_that_were_frozen,
    a_file_of_an_open_action,
)  # fmt: skip


@pytest.mark.timeout(300)
def test_what_takes_over_words_is_told_where_its_source_is(apps: Apps, kind: Database) -> None:
    """All of them in one record, told apart by their words."""
    app = apps.fresh(kind, "empty")
    try:
        told = told_after_classifying(app)
    finally:
        close(app)
    assert told == {}


def told_after_classifying(app: Flask) -> dict[str, list[str]]:
    office = Office(app, 0, with_secret=True)
    matters = {one.__name__: Matter(number, Kind.LINE, is_secret=True, chance=Random(number))
               for number, one in enumerate(CONSTRUCTORS)}  # fmt: skip
    sources = {}
    with app.app_context():
        office.set_up()
        for one in CONSTRUCTORS:
            sources[one.__name__] = one(office, matters[one.__name__])
        for name, step in (("sekretaris", minutes.submit), ("pimpinan", partial(minutes.approve, signed=None))):
            done = office.do(name, lambda by, step=step: step(
                meetings_asked.meeting(office.shared, to_change=True), by=by, at=clock.now()))  # fmt: skip
            assert done is not None, office.refused
    before = looking.everything(app, Client(app, PARTICIPANT, PASSWORD))
    marks = {name: SECRET + one.text("")[len(SECRET) + 1 :][:2] for name, one in matters.items()}
    assert {name for name, mark in marks.items() if not any(mark in text for text in before.values())} == set()
    for name, source in sources.items():
        office.classify_one(source, Classification.SECRET, matters[name])
    after = looking.everything(app, Client(app, PARTICIPANT, PASSWORD), before)
    return {
        name: paths for name, mark in marks.items() if (paths := [path for path, text in after.items() if mark in text])
    }
