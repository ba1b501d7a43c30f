"""Raising, linking, relating, splitting and discussing proposals."""

from datetime import datetime

from tests.security.office_work.files import attach
from tests.security.office_work.matters import Matter
from tests.security.office_work.office import PARTICIPANT, REVIEWER, SECRETARY, Office
from tracker.core import clock
from tracker.core.clock import day_at
from tracker.meetings import commands as meetings
from tracker.meetings import queries as meeting_queries
from tracker.proposals import commands as proposals
from tracker.proposals import queries as proposal_queries
from tracker.proposals.rules import Attribution, Effect, LinkState, ProposalStatus, RelationKind, Step
from tracker.status import commands as status


def propose(office: Office, matter: Matter) -> None:
    """Raise the proposal of the matter's statement, with everything that can be recorded about it."""
    if not matter.has_proposal:
        return
    at = clock.now()
    proposal_id = office.do(
        SECRETARY,
        lambda by: meetings.raise_proposal(
            meeting_queries.statement(matter.lines[0], to_change=True), matter.text("Usulan"), None, by=by, at=at
        ),
    )
    matter.proposals.append(proposal_id)
    proponent = proposals.ProponentDraft(person_id=office.persons[PARTICIPANT], attribution=Attribution.UNCONFIRMED)
    office.do(SECRETARY, lambda by: proposals.add_proponent(office.proposal_of(matter), proponent, by=by, at=at))
    _link_target(office, matter, at)
    _relate(office, matter, at)
    if matter.chance.random() < 0.6:
        _split(office, matter, at)
    attach(office, matter, lambda: office.proposal_of(matter))


def _link_target(office: Office, matter: Matter, at: datetime) -> None:
    office.do(
        SECRETARY,
        lambda by: proposals.link_target(
            office.proposal_of(matter),
            proposals.LinkDraft(
                target_id=office.target,
                effect=matter.chance.choice(list(Effect)),
                explanation_id=matter.text("Dampak"),
                expected_effect=matter.text("Harapan"),
            ),
            by=by,
            at=at,
        ),
    )
    office.do(
        REVIEWER,
        lambda by: proposals.settle_link(
            office.proposal_of(matter),
            office.proposal_of(matter).target_links[0],
            matter.chance.choice([LinkState.CONFIRMED, LinkState.REJECTED]),
            matter.text("Alasan"),
            by=by,
            at=at,
        ),
    )


def _relate(office: Office, matter: Matter, at: datetime) -> None:
    """Relate the proposal to another; never an open one to a secret one, which may not be played."""
    others = [
        other.proposals[0]
        for other in office.matters
        if other is not matter and other.proposals and (matter.is_secret or not other.is_secret)
    ]
    for other in others[:1]:
        office.do(
            SECRETARY,
            lambda by, other=other: proposals.relate(
                office.proposal_of(matter),
                proposal_queries.in_full(other),
                matter.chance.choice([RelationKind.CONTINUES, RelationKind.DUPLICATES]),
                matter.text("Hubungan"),
                by=by,
                at=at,
            ),
        )


def _split(office: Office, matter: Matter, at: datetime) -> None:
    part_id = office.do(
        REVIEWER,
        lambda by: status.split(
            office.proposal_of(matter),
            [status.Part(title_id=matter.text("Bagian"), gist_id=matter.text("Bagian"))],
            reason=matter.text("Sebab"),
            by=by,
            at=at,
        )[0],
    )
    matter.proposals.append(part_id)


def discuss(office: Office, matter: Matter) -> None:
    if not matter.proposals:
        return
    office.do(
        SECRETARY,
        lambda by: proposals.move_proposal(
            office.proposal_of(matter),
            proposals.Move(
                step=Step(
                    to=ProposalStatus.UNDER_DISCUSSION,
                    on=day_at(clock.now()),
                    reason=matter.text("Pokok"),
                    has_meeting=True,
                ),
                meeting_id=matter.meeting,
            ),
            by=by,
            at=clock.now(),
        ),
    )
