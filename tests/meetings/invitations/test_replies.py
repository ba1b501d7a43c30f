"""Mail programs answer invitations by mail, read from a real mailbox (IMAP) on loopback."""

import imaplib
import socket
import subprocess
import sys
import time as waiting
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.meetings.invitations.test_walk import entry_in, given, invite, planned, post, to
from tests.notifications.post_office import PostOffice, send_all
from tests.postgres import free_port
from tests.visitor import Visitor
from tracker.audit.models import Event
from tracker.core import clock
from tracker.meetings.invitations.formats import reply_in
from tracker.meetings.invitations.rules import Answer, Through
from tracker.meetings.models import Meeting

pytestmark = [pytest.mark.one_database, pytest.mark.timeout(240)]
__all__ = ["planned", "post"]
USER, PASSWORD, ADDRESS = "rapat", "kata-sandi", "rapat@kemenham.go.id"
#: As Outlook and Google Calendar send it, with what they add.
REPLY = """BEGIN:VCALENDAR
PRODID:-//Mitra//Kalender//ID
VERSION:2.0
METHOD:REPLY
BEGIN:VEVENT
UID:{uid}
DTSTAMP:20261130T010203Z
SEQUENCE:{sequence}
ORGANIZER;CN=Kantor:mailto:{organizer}
ATTENDEE;PARTSTAT={attends};CN=Tamu;X-NUM-GUESTS=0:mailto:{guest}
COMMENT:{comment}
SUMMARY:Rapat
END:VEVENT
END:VCALENDAR
"""


class Office:
    """The mailbox of the office, as its owner sees it."""

    def __init__(self, port: int) -> None:
        self.url = f"imap://{USER}:{PASSWORD}@127.0.0.1:{port}/INBOX"
        self.port = port

    @contextmanager
    def _open(self) -> Iterator[imaplib.IMAP4]:
        with imaplib.IMAP4("127.0.0.1", self.port, timeout=20) as server:
            server.login(USER, PASSWORD)
            server.select("INBOX")
            yield server

    def deliver(self, *mails: bytes) -> None:
        with self._open() as server:
            for mail in mails:
                assert server.append("INBOX", "", clock.now(), mail)[0] == "OK"

    def unread(self) -> int:
        with self._open() as server:
            return len(server.search(None, "UNSEEN")[1][0].split())


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    port = free_port()
    command = [
        str(Path(sys.executable).with_name("pymap")), "--host", "127.0.0.1", "--port", str(port), "--no-tls",
        "--no-service", "managesieve", "--no-service", "admin", "dict", "--demo-user", USER,
        "--demo-password", PASSWORD,
    ]  # fmt: skip
    server = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield Office(port)
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(port: int) -> None:
    until = waiting.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert waiting.monotonic() < until
        else:
            return


def answer_of(invited: EmailMessage, attends: str, **other: object) -> bytes:
    """What the guest's mail program sends."""
    _, event = entry_in(invited)
    said = {
        "uid": event.uid, "sequence": event.sequence, "organizer": event.organizer.uri.removeprefix("mailto:"),
        "guest": invited["To"], "comment": "", **other,
    }  # fmt: skip
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = said["guest"], said["organizer"], "Jawaban"
    mail.set_content("Lihat lampiran.")
    text = REPLY.format(**said, attends=attends)
    mail.add_alternative(text, subtype="calendar", params={"method": "REPLY"})
    return mail.as_bytes()


def test_what_mail_programs_answer_is_recorded_and_everything_else_stays_unread(
    visit: Visitor, app: Flask, session: Session, post: PostOffice, planned: Meeting, office: Office
) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], imap_url=office.url, reply_address=ADDRESS)
    invite(visit, planned)
    assert send_all(app, post.address) == 0
    ani, budi, cici = (to(post, name)[0] for name in ("Ani", "Budi", "Cici"))
    assert ani["Reply-To"].startswith("rapat+")
    assert ani["Reply-To"] != budi["Reply-To"]
    letter = EmailMessage()
    letter["To"], letter["From"] = ADDRESS, "siapa@saja.example"
    letter.set_content("Mohon jadwal rapat.")
    forged = ani["Reply-To"].replace("-", "-0", 1)[: -len("@kemenham.go.id") - 1] + "@kemenham.go.id"
    office.deliver(
        answer_of(ani, "ACCEPTED"), answer_of(budi, "DECLINED", comment="Dinas ke Palu"),
        # left alone: a plain letter, a forwarded invitation, a forged secret, an older entry, another guest's address
        letter.as_bytes(), answer_of(cici, "DECLINED", guest="lain@mitra.example"),
        answer_of(cici, "DECLINED", organizer=forged), answer_of(cici, "DECLINED", sequence=0),
        answer_of(cici, "DECLINED", organizer=ani["Reply-To"]), answer_of(cici, "DELEGATED"),
    )  # fmt: skip

    assert send_all(app, post.address) == 0

    answered = [given(session, name) for name in ("Ani", "Budi")]
    assert [(one.answer, one.answered_through, one.reason) for one in answered] == [
        (Answer.ATTENDING, Through.MAIL_PROGRAM, None), (Answer.DECLINED, Through.MAIL_PROGRAM, "Dinas ke Palu"),
    ]  # fmt: skip
    assert given(session, "Cici").answer is None
    assert office.unread() == 6
    events = session.scalars(select(Event).filter_by(verb="answered_by_mail_program").order_by(Event.id)).all()
    assert [event.by_name for event in events] == ["Ani", "Budi"]
    office.deliver(answer_of(cici, "TENTATIVE"))
    assert send_all(app, post.address) == 0
    assert given(session, "Cici").answer is Answer.TENTATIVE
    assert office.unread() == 6


def test_a_mailbox_that_cannot_be_read_stops_no_mail(
    visit: Visitor, app: Flask, session: Session, post: PostOffice, planned: Meeting
) -> None:
    url = f"imap://{USER}:{PASSWORD}@127.0.0.1:{free_port()}/INBOX"
    app.extensions["settings"] = replace(app.extensions["settings"], imap_url=url, reply_address=ADDRESS)
    invite(visit, planned)

    assert send_all(app, post.address) == 0

    assert len(post.taken) == 4


@pytest.mark.parametrize(
    "mail",
    [
        b"",
        b"\xff\xfe",
        b"Content-Type: text/calendar; charset=x-none\n\nBEGIN:VCALENDAR",
        b"Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VEVENT\n",
    ],
)
def test_a_broken_mail_is_no_answer(mail: bytes) -> None:
    assert reply_in(mail) is None
