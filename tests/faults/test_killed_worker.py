"""The worker is killed again and again while it sends mails, invitations and messages of webhooks: none is lost."""

import os
import random
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tests.meetings.invitations.test_walk import invite, planned  # noqa: F401
from tests.notifications.post_office import PostOffice
from tests.processes import KILLED, Command
from tests.receiver import Receiver, status
from tests.visitor import PIC, Visitor
from tests.webhooks.test_worker import assign, office, receiver, run, secret  # noqa: F401
from tracker.accounts.models import Account
from tracker.meetings.models import Meeting
from tracker.notifications.models import Notice
from tracker.notifications.rules import NoticeState
from tracker.webhooks.models import Delivery
from tracker.webhooks.rules import DeliveryState

RUNS = int(os.environ.get("FAULT_RUNS", "2"))
pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]


def test_worker_killed_while_sending(
    visit: Visitor, app: Flask, session: Session, office: PostOffice, receiver: Receiver, secret: str,  # noqa: F811
    planned: Meeting, tell: Callable[..., None],  # noqa: F811
) -> None:  # fmt: skip
    session.execute(update(Account).filter_by(username=PIC).values(email="ratna@kemenham.go.id", wants_digest=False))
    session.commit()
    invite(visit, planned)
    chance, victim = random.Random(13), list[Command]()
    fatal = ""

    def kill(step: str) -> None:
        if victim and step == fatal:
            victim.pop().kill()

    def answer(request: BaseHTTPRequestHandler) -> None:
        kill("message")
        status(204)(request)

    office.at_step, receiver.answer, struck = kill, answer, 0
    for number in range(RUNS):
        assign(visit, session, f"Susun naskah {number}")
        fatal = chance.choice(["rcpt", "data", "taken", "message"])
        victim.append(worker := run(app, office))
        struck += worker.end() == KILLED
        victim.clear()
    assert run(app, office).end() == 0

    states = list(session.scalars(select(Notice.state))) + list(session.scalars(select(Delivery.state)))
    unsent = [state for state in states if state not in {NoticeState.SENT, NoticeState.MOOT, DeliveryState.DELIVERED}]
    sent = session.scalar(select(func.count()).select_from(Notice).where(Notice.state == NoticeState.SENT))
    missing = sent - len(set(office.numbers)) + len(states) - session.scalar(
        select(func.count()).select_from(Notice)) - len(set(receiver.ids))  # fmt: skip
    tell(runs=RUNS, struck=struck, losses=len(unsent) + missing)
    assert (unsent, missing) == ([], 0)
    assert struck == RUNS
