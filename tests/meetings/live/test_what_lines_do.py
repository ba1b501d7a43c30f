"""A line does what it says: it decides, links, suggests targets, raises, and becomes an action."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.meetings.stage import AT, BY_AT, SOMEBODY, Stage
from tracker.actions.models import ActionItem
from tracker.audit.models import Event
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.together import together
from tracker.meetings import commands as meetings
from tracker.meetings import queries
from tracker.meetings.commands import AttendanceDraft, MeetingDraft
from tracker.meetings.live import commands
from tracker.meetings.live.commands import Earlier, Words
from tracker.meetings.live.rules import (
    Decision,
    Details,
    Known,
    Mention,
    RecordKind,
    Reference,
    Register,
    Under,
    Understood,
)
from tracker.meetings.models import Statement, StatementProposal
from tracker.meetings.rules import Bearing, StatementKind
from tracker.people import commands as people
from tracker.proposals import commands as proposals
from tracker.proposals.models import Proposal, TargetLink
from tracker.proposals.rules import Effect, LinkState, ProposalStatus, Step
from tracker.targets import commands as targets
from tracker.targets.models import Target
from tracker.targets.rules import ObjectiveLevel

K, S = StatementKind, ProposalStatus


def earlier_proposal(status: ProposalStatus = S.SUBMITTED, title: str = "Forum nasional") -> Proposal:
    draft = proposals.ProposalDraft(
        title_id=title, gist_id=title, raised_on=date(2026, 1, 5), source_note="Surat", decision_authority_id=None
    )
    proposal = proposals.propose(draft, by=SOMEBODY, at=AT)
    for to in {S.WITHDRAWN: [S.WITHDRAWN], S.UNDER_DISCUSSION: [S.UNDER_DISCUSSION]}.get(status, []):
        step = Step(to=to, on=date(2026, 2, 1), reason="Alasan", has_authority=True, has_meeting=True)
        proposals.move_proposal(proposal, proposals.Move(step=step), by=SOMEBODY, at=AT)
    db.session.flush()
    return proposal


def post(title: str = "Direktur Jenderal") -> int:
    unit = people.add_unit(people.UnitDraft(name_id="Direktorat Jenderal"), by=SOMEBODY, at=AT)
    return people.add_position(people.PositionDraft(title_id=title, unit_id=unit.id), by=SOMEBODY, at=AT).id


def target(name: str) -> Target:
    return targets.add_target(targets.ObjectiveDraft(name_id=name, level=ObjectiveLevel.STRATEGIC), by=SOMEBODY, at=AT)


def named(proposal: Proposal) -> Reference:
    return Reference(
        kind=RecordKind.PROPOSAL, id=proposal.id, code=proposal.code, title=proposal.title_id, state=proposal.status
    )


def mention(goal: Target, effect: Effect | None = None) -> Mention:
    return Mention(goal.name_id, Known(Register.TARGET, goal.id, (goal.name_id,)), effect=effect)


def write(stage: Stage, words: str, kind: StatementKind | None = K.REMARK, **more: object) -> Statement | ActionItem:
    understood = Understood(kind=kind, quote=None, gist=words, title=words, **more)
    done = commands.write_line(stage.reloaded(), understood, Earlier(), **BY_AT)
    db.session.flush()
    return done


def links(said: Statement) -> dict[int, Bearing]:
    found = db.session.scalars(select(StatementProposal).filter_by(statement_id=said.id))
    return {link.proposal_id: link.bearing for link in found}


def target_links(proposal_id: int) -> list[tuple[int, Effect | None, LinkState]]:
    found = db.session.scalars(select(TargetLink).filter_by(proposal_id=proposal_id).order_by(TargetLink.id))
    return [(link.target_id, link.effect, link.state) for link in found]


@pytest.mark.parametrize(
    ("outcome", "more", "bearing"),
    [
        (S.APPROVED, {"authority": True}, Bearing.DECIDES),
        (S.REJECTED, {}, Bearing.DECIDES),
        (S.DEFERRED, {"revisit_on": date(2026, 4, 1)}, Bearing.DECIDES),
        (S.UNDER_DISCUSSION, {}, Bearing.DISCUSSES),
    ],
)
def test_a_decision_about_a_proposal_decides_it(
    stage: Stage, outcome: ProposalStatus, more: dict[str, object], bearing: Bearing
) -> None:
    proposal, authority_id = earlier_proposal(), post() if more.get("authority") else None
    decision = Decision(outcome=outcome, revisit_on=more.get("revisit_on"), authority_id=authority_id)

    said = write(stage, "Disetujui, dilanjutkan", K.DECISION, references=[named(proposal)], decision=decision)

    assert links(said) == {proposal.id: bearing}
    assert (proposal.status, proposal.status_since) == (outcome, stage.meeting.date)
    assert proposal.decision_authority_id == authority_id
    assert proposal.revisit_on == more.get("revisit_on")
    event = db.session.scalars(select(Event).filter_by(subject="proposal", verb=f"moved_{outcome}")).one()
    assert (event.meeting_id, event.details["statement_id"]) == (stage.meeting.id, said.id)
    assert event.reason == "Disetujui, dilanjutkan"


@pytest.mark.parametrize(
    "decision",
    [
        Decision(outcome=S.APPROVED),
        Decision(outcome=S.DEFERRED),
        Decision(outcome=S.DEFERRED, revisit_on=date(2026, 3, 4)),
    ],
    ids=["nobody decides", "no date", "a date that has come"],
)
def test_a_decision_keeps_the_rules_of_the_proposal(stage: Stage, decision: Decision) -> None:
    proposal = earlier_proposal()

    with pytest.raises(NotPossible):
        write(stage, "Setuju", K.DECISION, references=[named(proposal)], decision=decision)


def test_a_closed_proposal_is_discussed_and_not_decided(stage: Stage) -> None:
    proposal = earlier_proposal(S.WITHDRAWN)

    said = write(stage, "Setuju usulan itu dilanjutkan", K.DECISION, references=[named(proposal)])

    assert links(said) == {proposal.id: Bearing.DISCUSSES}
    assert proposal.status is S.WITHDRAWN
    with pytest.raises(NotPossible):
        write(stage, "Tolak", K.DECISION, references=[named(proposal)], decision=Decision(outcome=S.REJECTED))


@pytest.mark.parametrize(
    ("kind", "bearing"),
    [
        (kind, Bearing.DECIDES if kind is K.DECISION else Bearing.DISCUSSES)
        for kind in StatementKind
        if kind is not K.PROPOSAL
    ],
)
def test_a_code_in_a_line_links_it_by_its_kind(stage: Stage, kind: StatementKind, bearing: Bearing) -> None:
    proposal = earlier_proposal()

    assert links(write(stage, f"Tentang {proposal.code}", kind, references=[named(proposal)])) == {proposal.id: bearing}


def test_a_proposal_that_names_another_raises_its_own_and_discusses_that(stage: Stage) -> None:
    old = earlier_proposal()

    said = write(stage, "Perlu diperluas", K.PROPOSAL, references=[named(old)])

    found = links(said)
    assert found.pop(old.id) is Bearing.DISCUSSES
    assert list(found.values()) == [Bearing.RAISES]


def test_codes_of_actions_and_meetings_link_the_line(stage: Stage) -> None:
    other = meetings.log_meeting(MeetingDraft(name_id="Lain", date=date(2026, 1, 7)), [], [], by=SOMEBODY, at=AT)
    action = write(stage, "Kirim data", None)
    references = [
        Reference(kind=RecordKind.ACTION, id=action.id, code=action.code, title="", state=action.status),
        Reference(kind=RecordKind.MEETING, id=other.id, code=other.code, title="", state=other.status),
    ]

    said = write(stage, "Menyusul", references=references)

    line = queries.statement(said.id)
    assert [link.action_id for link in line.action_links] == [action.id]
    assert [link.meeting_id for link in line.meeting_links] == [other.id]
    assert [one.id for one in together(queries.statements_naming_action(action.id))[0]] == [said.id]


def test_targets_named_in_a_proposal_are_suggested_for_it(stage: Stage) -> None:
    goals = [target("Ratifikasi"), target("Layanan")]

    said = write(
        stage, "Percepat ratifikasi", K.PROPOSAL, targets=(mention(goals[0]), mention(goals[1], Effect.SUPPORTS))
    )

    (proposal_id,) = links(said)
    assert target_links(proposal_id) == [
        (goals[0].id, None, LinkState.SUGGESTED),
        (goals[1].id, Effect.SUPPORTS, LinkState.SUGGESTED),
    ]


def test_a_target_added_to_the_line_later_is_suggested_once(stage: Stage) -> None:
    goal, said = target("Ratifikasi"), stage.raised("Percepat")
    (proposal_id,) = links(said)
    for _ in range(2):
        line = stage.line(said)
        about = meetings.StatementLinks(
            proposals=[(db.session.get(Proposal, proposal_id), Bearing.RAISES)], targets=[goal]
        )
        db.session.refresh(about.proposals[0][0], ["target_links"])
        meetings.edit_statement(
            line, meetings.StatementDraft(kind=K.PROPOSAL, gist_id="Percepat"), about, **BY_AT
        )  # fmt: skip
        db.session.flush()

    assert target_links(proposal_id) == [(goal.id, None, LinkState.SUGGESTED)]


def test_the_effect_of_a_suggested_target_is_set_afterwards_and_once(stage: Stage) -> None:
    goal = target("Ratifikasi")
    said = write(stage, "Percepat", K.PROPOSAL, targets=(mention(goal),))
    (proposal_id,) = links(said)
    proposal = db.session.get(Proposal, proposal_id)

    draft = proposals.LinkDraft(target_id=goal.id, effect=Effect.ADDS_TARGET, explanation_id="Sebab")
    proposals.link_target(proposal, draft, by=SOMEBODY, at=AT)
    db.session.flush()

    assert target_links(proposal_id) == [(goal.id, Effect.ADDS_TARGET, LinkState.SUGGESTED)]
    for effect in (Effect.ADDS_TARGET, None):
        with pytest.raises(NotPossible):
            proposals.link_target(
                proposal, proposals.LinkDraft(target_id=goal.id, effect=effect), by=SOMEBODY, at=AT
            )  # fmt: skip


def test_a_note_changed_to_a_proposal_gets_one_and_keeps_it_when_changed_back(stage: Stage) -> None:
    goal, said = target("Ratifikasi"), stage.say("Perlu dibentuk forum bersama")
    stage.line(said).targets.append(goal)
    change = {"quote": None, "gist_id": "Perlu dibentuk forum bersama", "speaker_id": None}

    commands.change_line(stage.line(said), Words(kind=K.PROPOSAL, **change), **BY_AT)
    db.session.flush()

    (proposal_id,) = links(said)
    assert db.session.get(Proposal, proposal_id).title_id == "Perlu dibentuk forum bersama"
    assert target_links(proposal_id) == [(goal.id, None, LinkState.SUGGESTED)]
    for kind in (K.REMARK, K.PROPOSAL):
        commands.change_line(stage.line(said), Words(kind=kind, **change), **BY_AT)
        db.session.flush()
    assert links(said) == {proposal_id: Bearing.RAISES}


def test_codes_typed_when_a_line_is_changed_link_it_too(stage: Stage) -> None:
    proposal, said = earlier_proposal(), stage.say("Setuju")
    words = Words(kind=K.DECISION, quote=None, gist_id=f"Setuju {proposal.code}", speaker_id=None)

    commands.change_line(stage.line(said), words, [named(proposal)], **BY_AT)
    db.session.flush()

    assert links(said) == {proposal.id: Bearing.DECIDES}


@pytest.mark.parametrize(
    ("kind", "becomes"), [(K.REMARK, K.DIRECTIVE), (K.HOPE, K.DIRECTIVE), (K.DECISION, K.DECISION)]
)
def test_a_stored_line_becomes_an_action_without_typing_it_again(
    stage: Stage, kind: StatementKind, becomes: StatementKind
) -> None:
    said = stage.say("Kirim data ke daerah", kind=kind)
    read = Understood(kind=None, quote=None, gist="Kirim data ke daerah", due_on=date(2026, 3, 20))

    action = commands.turn_into_action(stage.line(said), read, **BY_AT)

    assert (action.statement_id, action.meeting_id, action.text_id) == (
        said.id,
        stage.meeting.id,
        "Kirim data ke daerah",
    )
    assert action.due_on == date(2026, 3, 20)
    assert (stage.line(said).kind, stage.words()) == (becomes, ["Kirim data ke daerah"])


def test_an_action_goes_where_the_writer_says(stage: Stage) -> None:
    far, _ = stage.say("Catatan jauh di atas"), stage.say("Diputuskan", kind=K.DECISION)

    chosen = write(stage, "Kirim data", None, under=Under(statement_id=far.id))
    whole = write(stage, "Kirim notula", None, under=Under())

    assert (chosen.statement_id, whole.statement_id) == (far.id, None)
    with pytest.raises(NotPossible):
        write(stage, "Hilang", None, under=Under(statement_id=999999))


def test_the_present_agenda_item_takes_lines_and_actions(stage: Stage) -> None:
    first, second, _ = stage.agenda
    write(stage, "Diputuskan", K.DECISION, details=Details(agenda_item_id=first.id))

    said = write(stage, "Lain", details=Details(agenda_item_id=second.id))
    action = write(stage, "Kirim data", None, details=Details(agenda_item_id=stage.agenda[2].id))
    under_first = write(stage, "Laksanakan", None, details=Details(agenda_item_id=first.id))

    assert said.agenda_item_id == second.id
    assert (action.statement_id, action.agenda_item_id) == (None, stage.agenda[2].id)
    assert db.session.get(Statement, under_first.statement_id).gist_id == "Diputuskan"


def test_the_details_of_a_line_are_stored(stage: Stage) -> None:
    details = Details(
        on_behalf_of="Menteri", origin_note="rapat lalu", narrator="narasi Humas", has_sic=True, recorder_note="Cek"
    )

    said = write(stage, "Kata", details=details)

    assert (said.on_behalf_of, said.origin_note, said.speaker_note) == ("Menteri", "rapat lalu", "narasi Humas")
    assert (said.has_sic, said.recorder_note) == (True, "Cek")


def test_a_unit_and_a_person_named_together_are_responsible_together(stage: Stage) -> None:
    unit = people.add_unit(people.UnitDraft(name_id="Direktorat Diseminasi"), by=SOMEBODY, at=AT)
    person = people.add_person(people.PersonDraft(name="Andreas"), by=SOMEBODY, at=AT)
    other = people.add_unit(people.UnitDraft(name_id="Biro Humas"), by=SOMEBODY, at=AT)
    db.session.flush()
    known = [
        Known(Register.UNIT, unit.id, ("Direktorat Diseminasi",)),
        Known(Register.PERSON, person.id, ("Andreas",)),
        Known(Register.UNIT, other.id, ("Biro Humas",)),
    ]

    action = write(stage, "Susun", None, people=tuple(Mention(one.spellings[0], one) for one in known))

    assert (action.responsible_unit_id, action.pic_id) == (unit.id, person.id)
    assert [one.id for one in action.supporting_units] == [other.id]


def test_a_post_held_by_two_names_nobody(stage: Stage) -> None:
    position_id = post("Sesditjen")
    db.session.flush()
    read = (Mention("Sesditjen", Known(Register.POSITION, position_id, ("Sesditjen",))),)

    action = write(stage, "Susun", None, people=read)

    assert (action.responsible_position_id, action.pic_id) == (position_id, None)
    assert action.responsible_unit_id is not None


def test_an_attendee_named_by_the_post_is_responsible_as_that_post(stage: Stage) -> None:
    position_id = post("Sesditjen")
    person = people.add_person(people.PersonDraft(name="Risma"), by=SOMEBODY, at=AT)
    db.session.flush()
    row = meetings.add_attendance(
        stage.reloaded(), AttendanceDraft(person_id=person.id, position_id=position_id, post_as_written="Sesditjen"),
        **BY_AT,
    )  # fmt: skip
    spellings = ("Risma", "Sesditjen")

    by_post = write(stage, "Susun", None, people=(Mention("Sesditjen", Known(Register.ATTENDANCE, row.id, spellings)),))
    by_name = write(stage, "Susun", None, people=(Mention("Risma", Known(Register.ATTENDANCE, row.id, spellings)),))

    assert (by_post.responsible_position_id, by_post.pic_id) == (position_id, person.id)
    assert (by_name.responsible_position_id, by_name.pic_id) == (None, person.id)
