"""Assigning actions, changing their due dates, holding, escalating and handing over, and reporting progress."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from tests.security.office_work.files import attach, remove_last
from tests.security.office_work.matters import Kind, Matter
from tests.security.office_work.office import PARTICIPANT, READER, REVIEWER, SECRETARY, Office
from tracker.actions import commands as actions
from tracker.actions import queries as action_queries
from tracker.actions.changes import commands as changes
from tracker.actions.changes import queries as change_queries
from tracker.actions.models import ActionItem
from tracker.actions.rules import HoldKind
from tracker.attachments.rules import AttachmentKind
from tracker.core import clock
from tracker.core.actor import Actor
from tracker.core.clock import day_at
from tracker.core.db import db
from tracker.status import commands as status
from tracker.status.follows import commands as follows


def assign(office: Office, matter: Matter) -> None:
    at = clock.now()
    if matter.kind is Kind.FILE:
        return
    for number in range(matter.chance.randint(1, 2)):
        origin = actions.Origin(
            meeting_id=matter.meeting,
            statement_id=matter.lines[0] if matter.lines and number else None,
            proposal_id=matter.proposals[-1] if matter.proposals else None,
        )
        draft = actions.ActionDraft(
            text_id=matter.text("Tugas"),
            pic_id=office.persons[PARTICIPANT],
            responsible_unit_id=office.units[0],
            supporters=[actions.Supporter(as_written=matter.text("Mitra"))],
            waiting_for=matter.text("Pihak"),
        )
        due_on = day_at(at) + timedelta(days=matter.chance.randint(2, 60))
        action_id = office.do(
            SECRETARY,
            lambda by, draft=draft, origin=origin, due_on=due_on: actions.assign_action(
                draft, origin, due_on, on=day_at(at), by=by, at=at
            ),
        )
        matter.actions.append(action_id)
        if matter.kind is Kind.ACTION:  # only the first action is classified; others would stay ordinary
            break


def steer(office: Office, matter: Matter) -> None:
    """Change due dates and put actions on hold; escalate and hand over the action and the proposal."""
    at, later = clock.now(), day_at(clock.now()) + timedelta(days=70)
    for index in range(len(matter.actions)):
        _request_due_date(office, matter, index, later, at)
        _move_due_date(office, matter, index, later, at)
        if matter.chance.random() < 0.5:
            _hold(office, matter, index, at)
    for subject in _subjects(office, matter, actions_first=True):
        office.do(
            REVIEWER,
            lambda by, subject=subject: changes.escalate(
                subject(), position_id=office.post, person_id=None, reason=matter.text("Buntu"), by=by, at=at
            ),
        )
        office.do(
            REVIEWER,
            lambda by, subject=subject: status.hand_over(
                subject(),
                status.Recipient(outside=matter.text("Lembaga")),
                on=day_at(at),
                reason=matter.text("Serah"),
                by=by,
                at=at,
            ),
        )


def _subjects(office: Office, matter: Matter, *, actions_first: bool) -> list[Callable[[], Any]]:
    action = [lambda: office.action_of(matter)] if matter.actions else []
    proposal = [lambda: office.proposal_of(matter)] if matter.proposals else []
    return [*action, *proposal] if actions_first else [*proposal, *action]


def _request_due_date(office: Office, matter: Matter, index: int, later: date, at: datetime) -> None:
    """Sometimes request an extension, and grant or refuse it."""

    def request(by: Actor) -> object:
        return changes.ask_due_date(office.action_of(matter, index), later, matter.text("Menunggu"), by=by, at=at)

    if matter.chance.random() < 0.7 and office.do(PARTICIPANT, request):
        open_request = change_queries.open_request(matter.actions[index])
        request_id = open_request.id if open_request else 0
        answer = changes.grant_request if matter.chance.random() < 0.5 else changes.refuse_request
        office.do(
            REVIEWER,
            lambda by: answer(
                office.action_of(matter, index),
                change_queries.request(matter.actions[index], request_id),
                matter.text("Jawaban"),
                by=by,
                at=at,
            ),
        )


def _move_due_date(office: Office, matter: Matter, index: int, later: date, at: datetime) -> None:
    office.do(
        REVIEWER,
        lambda by: actions.move_due_date(
            office.action_of(matter, index),
            actions.Promise(
                due_on=later + timedelta(days=3), reason=matter.text("Mundur"), agreed_by=matter.text("Pejabat")
            ),
            by=by,
            at=at,
        ),
    )


def _hold(office: Office, matter: Matter, index: int, at: datetime) -> None:
    office.do(
        REVIEWER,
        lambda by: changes.hold(
            office.action_of(matter, index),
            changes.HoldDraft(
                kind=HoldKind.WAITING_OUTSIDE,
                waiting_for=matter.text("Instansi"),
                since=day_at(at),
                reason=matter.text("Hambatan"),
            ),
            by=by,
            at=at,
        ),
    )


def report(office: Office, matter: Matter) -> None:
    """Report progress, finish some actions, and attach evidence, which is sometimes removed again."""
    for index in range(len(matter.actions)):
        is_finished = matter.chance.random() < 0.3
        office.do(
            PARTICIPANT,
            lambda by, index=index, is_finished=is_finished: actions.report_progress(
                office.action_of(matter, index),
                actions.Report(
                    on=day_at(clock.now()),
                    progress_note=matter.text("Kemajuan"),
                    percent=40,
                    obstacle=matter.text("Kendala"),
                    next_step=matter.text("Langkah"),
                    evidence=matter.text("Bukti"),
                    is_finished=is_finished,
                ),
                by=by,
                at=clock.now(),
            ),
        )
    if matter.actions:
        attach(office, matter, lambda: office.action_of(matter), AttachmentKind.EVIDENCE)
        if matter.files and matter.chance.random() < 0.5:
            remove_last(office, matter)


def follow(office: Office, matter: Matter) -> None:
    """Follow the proposal and the action as both accounts without clearance."""
    for name in (READER, PARTICIPANT):
        for subject in _subjects(office, matter, actions_first=False):
            office.do(name, lambda by, subject=subject: follows.toggle(subject(), by=by, at=clock.now()))


def change_several(office: Office) -> None:
    """Reassign all actions at once, then those that are not secret."""
    ordinary = [action_id for matter in office.matters for action_id in matter.actions if not matter.is_secret]
    every = [action_id for matter in office.matters for action_id in matter.actions]
    for action_ids, unit_id in ((every, office.units[1]), (ordinary, office.units[0])):
        draft = changes.BulkDraft(reason="Serentak", responsible_unit_id=unit_id)
        office.do(
            REVIEWER,
            lambda by, action_ids=action_ids, draft=draft: changes.change_several(
                [action_queries.in_full(action_id, to_change=True) for action_id in action_ids if _is_open(action_id)],
                draft,
                by=by,
                at=clock.now(),
            ),
        )


def _is_open(action_id: int) -> bool:
    return bool(db.session.scalar(select(ActionItem.id).filter_by(id=action_id, closed_on=None)))
