"""Whatever was typed, a mail has the headers it should, runs nothing, and leads to this site alone."""

import re
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from urllib.parse import urlsplit

import html5lib
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.notifications.post_office import PostOffice, open_post_office, send_all
from tests.security.hostile import CORPUS, MARK, faults, plant
from tests.visitor import PASSWORDS, Visitor
from tracker.accounts.models import Account
from tracker.actions.models import ActionItem
from tracker.core import clock
from tracker.meetings.models import Meeting
from tracker.notifications.formats import LONGEST_SUBJECT, mail
from tracker.notifications.models import Notice
from tracker.notifications.rules import NoticeKind, NoticeState
from tracker.proposals.models import Proposal

INJECTED = [
    f"judul\r\nBcc: {MARK}@evil.example\r\n\r\n<script>{MARK}()</script>", f"judul\nX-{MARK}: 1",
    f"judul\x0bX-{MARK}: 1",
    f"judul\u2028X-{MARK}: 1", f"judul\x85X-{MARK}: 1", f"\u202e{MARK}\u2066fdp.exe", f"{MARK} " * 900,
    f"=?utf-8?q?=0d=0aBcc:_{MARK}@evil.example?=", f"http://{MARK}.example/", f"judul \x00 {MARK}", *CORPUS,
]  # fmt: skip
HEADERS = {
    "From", "To", "Subject", "Message-ID", "Date", "Auto-Submitted", "Content-Language", "X-Auto-Response-Suppress",
    "List-Unsubscribe", "List-Unsubscribe-Post", "MIME-Version", "Content-Type", "X-Peer", "X-MailFrom", "X-RcptTo",
}  # fmt: skip
TURNS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with open_post_office() as office:
        yield office


def ensure_harmless(letter: EmailMessage, to: str) -> None:
    """What its reader gets is what the tracker meant to send."""
    assert set(letter.keys()) <= HEADERS
    assert [letter.get_all(name) for name in ("To", "From")] == [[to], ["tracker@kemenham.go.id"]]
    assert len(letter.get_all("Subject")) == 1
    assert not TURNS.search(str(letter["Subject"]))
    assert len(str(letter["Subject"])) <= LONGEST_SUBJECT
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    html = letter.get_body(("html",)).get_content()
    assert [one for one in faults(html) if one != "style {}"] == []
    assert html.count("<style") <= 1  # the sheet of the frame
    links = [one.get("href") for one in html5lib.parse(html, namespaceHTMLElements=False).iter("a")]
    assert {(urlsplit(link).scheme, urlsplit(link).netloc) for link in links} == {("https", "t.go.id")}
    assert max(map(len, bytes(letter).splitlines())) <= 998  # RFC 5322, 2.1.1


@pytest.mark.parametrize("kind", ["sqlite"])  # what is typed into the columns does not depend on the database
@pytest.mark.parametrize("turn", [0, 7, 14])
def test_no_text_of_the_record_gets_out_of_its_place(
    visit: Visitor, session: Session, office: PostOffice, turn: int
) -> None:
    told = {NoticeKind.ASSIGNED: ActionItem, NoticeKind.TAKEN_BACK: ActionItem, NoticeKind.TO_APPROVE: Meeting,
            NoticeKind.DATE_ANSWERED: ActionItem, NoticeKind.ACTION_ESCALATED: ActionItem,
            NoticeKind.PROPOSAL_ESCALATED: Proposal}  # fmt: skip
    assert plant(session, [*INJECTED[turn:], *INJECTED[:turn]]) > 500
    for number, account in enumerate(session.scalars(select(Account).where(Account.username.in_(PASSWORDS)))):
        account.email = f"pembaca{number}@go.id"
        about = [
            (kind, row_id) for kind, table in told.items() for row_id in session.scalars(select(table.id)).all()[:12]
        ]
        for kind, row_id in [*about, (NoticeKind.DIGEST, None), (NoticeKind.RESET, None)]:
            at = clock.now() - timedelta(minutes=1)
            session.add(Notice(key=f"{kind} {row_id} {number}", kind=kind, account_id=account.id, subject_id=row_id,
                               state=NoticeState.WAITING, made_at=at, due_at=at, attempts=0))  # fmt: skip
    session.commit()

    assert send_all(visit.app, office.address) == 0

    assert len(office.taken) > 40
    assert {letter["To"] for letter in office.taken} >= {f"pembaca{number}@go.id" for number in range(5)}
    assert any(MARK in letter.get_body(("html",)).get_content() for letter in office.taken)
    for letter in office.taken:
        ensure_harmless(letter, str(letter["To"]))


@pytest.mark.one_database
@pytest.mark.parametrize("typed", INJECTED)
def test_no_subject_is_more_than_one_line_of_words(typed: str) -> None:
    letter = mail(
        sender="tracker@kemenham.go.id", to="a@go.id", subject=typed, text="x", html='<a href="https://t.go.id/">x</a>',
        language="id", message_id="<a@t.go.id>", made_at=clock.now(),
    )  # fmt: skip

    ensure_harmless(letter, "a@go.id")


@pytest.mark.one_database
@pytest.mark.parametrize("field", ["to", "sender", "unsubscribe", "message_id"])
def test_a_line_end_in_an_address_makes_no_mail(field: str) -> None:
    given = {
        "sender": "tracker@kemenham.go.id",
        "to": "a@go.id",
        "unsubscribe": "https://t.go.id/",
        "message_id": "<a@b>",
    }
    given[field] += f"\r\nBcc: {MARK}@evil.example"

    with pytest.raises(ValueError):  # noqa: PT011  # the library's, of whatever words
        mail(**given, subject="a", text="x", html="x", language="id", made_at=clock.now())
