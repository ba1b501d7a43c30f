"""Mail is not encrypted, so a mail leaves out everything that became secret before it is sent."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session, selectinload

from tests.visitor import ADVISER, PIC, REVIEWER
from tracker.accounts.models import Account, Grant
from tracker.actions.models import ActionItem
from tracker.core import clock
from tracker.core.actor import Classification, acting
from tracker.core.db import db
from tracker.core.wording import speaking
from tracker.meetings.models import Meeting
from tracker.notifications import labels
from tracker.notifications.models import Notice
from tracker.notifications.queries import Recipient
from tracker.notifications.rules import NoticeKind
from tracker.proposals.models import Proposal
from tracker.status.follows.models import Follow

WORD = "rahasiakelak"
TOP = Classification.TOP_SECRET
SUBJECTS = {
    NoticeKind.ASSIGNED: ActionItem, NoticeKind.TAKEN_BACK: ActionItem, NoticeKind.DATE_ANSWERED: ActionItem,
    NoticeKind.ACTION_ESCALATED: ActionItem, NoticeKind.PROPOSAL_ESCALATED: Proposal, NoticeKind.TO_APPROVE: Meeting,
    NoticeKind.SENT_BACK: ActionItem,
}  # fmt: skip
#: Kinds of mail that reach somebody in the demo.
KINDS_IN_DEMO = {NoticeKind.ASSIGNED, NoticeKind.TAKEN_BACK, NoticeKind.TO_APPROVE, NoticeKind.DIGEST}


def mails(app: Flask, session: Session) -> Iterator[tuple[NoticeKind, str]]:
    """Mails of every kind to three accounts of the demo, as they would be sent now."""
    subjects = {
        kind: session.scalars(select(table.id).order_by(table.id).limit(2)).all() for kind, table in SUBJECTS.items()
    }
    pic = session.scalars(select(Account.person_id).filter_by(username=PIC)).one()
    of_pic = select(ActionItem.id).filter_by(pic_id=pic).order_by(ActionItem.id).limit(2)
    subjects[NoticeKind.ASSIGNED] = session.scalars(of_pic).all()
    for username in (ADVISER, PIC, REVIEWER):
        with app.app_context():
            account = select(Account).filter_by(username=username).options(selectinload(Account.roles))
            reader = db.session.scalars(account).one()
            reader.email = f"{username}@go.id"
            recipient = Recipient.of_account(reader)
            with db.session.no_autoflush, acting(recipient.actor), speaking("id"):
                for kind, subject_id in [(NoticeKind.DIGEST, None), *((k, n) for k in SUBJECTS for n in subjects[k])]:
                    notice = Notice(
                        key=f"{kind}:{subject_id}",
                        kind=kind,
                        subject_id=subject_id,
                        account_id=reader.id,
                        made_at=clock.now(),
                    )
                    mail = labels.mail_of(notice, recipient, app.extensions["settings"], clock.now())
                    if mail:
                        bodies = [mail.get_body((part,)) for part in ("plain", "html")]
                        yield kind, " ".join([mail["Subject"], *(body.get_content() for body in bodies if body)])


@pytest.mark.parametrize("clearance", [Classification.ORDINARY, pytest.param(TOP, marks=pytest.mark.long)])
def test_mails_leave_out_what_became_secret_before_sending(
    clearance: Classification, app: Flask, session: Session
) -> None:
    session.execute(update(ActionItem).values(text_id=WORD, text_en=None))
    session.execute(update(Proposal).values(title_id=WORD, title_en=None))
    session.execute(update(Meeting).values(name_id=WORD, name_en=None, locked_at=clock.now()))
    session.execute(update(Account).values(clearance=clearance))
    assert {kind for kind, words in mails(app, session) if WORD in words} >= KINDS_IN_DEMO

    for table in (ActionItem, Proposal, Meeting):
        session.execute(update(table).values(classification=TOP))

    assert [kind for kind, words in mails(app, session) if WORD in words] == []


def test_mails_leave_out_names_copied_from_a_secret_meeting(app: Flask, session: Session) -> None:
    chair = session.scalars(select(Account.id).filter_by(username=ADVISER)).one()
    session.execute(update(Account).values(clearance=TOP))
    secret = Meeting(id=901, code="R-2020-901", name_id=WORD, date=clock.today(), recorded_at=clock.now())
    session.add(secret)
    session.flush()
    session.add(Grant(meeting_id=901, account_id=chair, reason="Hadir", by_name="S", at=clock.now()))
    session.add(Follow(account_id=chair, subject="meeting", subject_id=1))
    session.flush()
    after = update(Meeting).filter_by(id=1).values(name_id=WORD, name_en=None, named_after_id=901)
    session.execute(after.values(locked_at=clock.now()))
    assert NoticeKind.TO_APPROVE in {kind for kind, words in mails(app, session) if WORD in words}

    session.execute(update(Meeting).filter_by(id=901).values(classification=TOP))

    assert [kind for kind, words in mails(app, session) if WORD in words] == []
