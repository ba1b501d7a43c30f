"""The worker with a real mail server, killed at each step, and two workers at once."""

import re
import signal
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from tests.notifications.post_office import PostOffice, nobody_there, open_post_office, send_all
from tests.processes import Command
from tests.visitor import ADMIN, PIC, REVIEWER, SECRETARIAT, Visitor
from tracker.accounts.models import Account
from tracker.actions.models import ActionItem
from tracker.core import clock
from tracker.notifications.models import Notice
from tracker.notifications.rules import NoticeKind, NoticeState
from tracker.people.models import Person

RATNA = "ratna@kemenham.go.id"


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with open_post_office() as office:
        yield office


@pytest.fixture(autouse=True)
def addresses(session: Session) -> None:
    """Give the person in charge and the reviewer an address, without the digest."""
    for username, email in ((PIC, RATNA), (REVIEWER, "sekar@kemenham.go.id")):
        session.execute(update(Account).filter_by(username=username).values(email=email, wants_digest=False))


def assign(visit: Visitor, session: Session, times: int = 1) -> None:
    """Let the secretariat assign follow-ups to the person in charge."""
    secretariat = visit.as_(SECRETARIAT)
    person_id = session.scalar(select(Account.person_id).filter_by(username=PIC))
    for number in range(times):
        form = secretariat.get("/actions/new?proposal=1")
        page = secretariat.submit(form, "/actions/new", text_id=f"Susun naskah {number}", pic=person_id)
        assert page.status == 303, page.problems


def run(app: Flask, smtp: str, *words: str) -> Command:
    return Command(
        app.config["SQLALCHEMY_DATABASE_URI"], app.instance_path, "worker", "--once", *words,
        SMTP_URL=smtp, MAIL_FROM="tracker@kemenham.go.id", SITE_URL="https://t.go.id",
    )  # fmt: skip


def finish(worker: Command) -> int:
    code = worker.end()
    assert "Traceback" not in worker.errors, worker.errors
    return code


def states(session: Session) -> list[tuple[NoticeState, int]]:
    return [(row.state, row.attempts) for row in session.execute(select(Notice.state, Notice.attempts))]


def test_an_assignment_is_mailed_once_in_the_recipients_language(
    visit: Visitor, app: Flask, session: Session, office: PostOffice
) -> None:
    session.execute(update(Account).filter_by(username=PIC).values(language="en"))
    assign(visit, session)
    assert states(session) == [(NoticeState.WAITING, 0)]

    codes = [send_all(app, office.address) for _ in range(2)]

    assert codes == [0, 0]
    assert states(session) == [(NoticeState.SENT, 1)]
    (mail,) = office.taken
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    code = session.scalar(select(ActionItem.code).filter_by(text_id="Susun naskah 0"))
    assert (mail["To"], mail["Subject"]) == (RATNA, f"{code} was assigned to you")
    assert mail["Auto-Submitted"] == "auto-generated"
    for shown in (text, html):
        assert "Susun naskah 0" in shown
        assert "not yet set" in shown
        assert re.search(r"https://t\.go\.id/actions/\d+", shown)


def test_a_refused_form_adds_no_notice(visit: Visitor, session: Session) -> None:
    secretariat = visit.as_(SECRETARIAT)
    person_id = session.scalar(select(Account.person_id).filter_by(username=PIC))

    form = secretariat.get("/actions/new?proposal=1")
    page = secretariat.submit(form, "/actions/new", text_id="", pic=person_id)

    assert page.status == 422
    assert states(session) == []


def test_mails_hide_classified_actions_and_skip_former_assignees(
    visit: Visitor, app: Flask, session: Session, office: PostOffice
) -> None:
    assign(visit, session, times=2)
    names = {name: ActionItem.text_id == f"Susun naskah {number}" for number, name in enumerate(("secret", "taken"))}
    session.execute(update(ActionItem).where(names["secret"]).values(classification="restricted"))
    session.execute(update(ActionItem).where(names["taken"]).values(pic_id=None))

    assert send_all(app, office.address) == 0

    assert [state for state, _ in states(session)] == [NoticeState.SENT, NoticeState.MOOT]
    (mail,) = office.taken
    assert "Susun naskah" not in mail.as_string()
    assert "TL-" not in mail.as_string()
    assert mail["Subject"] == "Tindak lanjut berklasifikasi ditugaskan kepada Anda"


def test_an_unreachable_server_is_retried_and_finally_given_up(visit: Visitor, app: Flask, session: Session) -> None:
    assign(visit, session)

    for _ in range(6):
        assert send_all(app, nobody_there()) == 0
        last = session.execute(select(Notice.due_at, Notice.state)).one()
        assert last.state is NoticeState.DEAD or last.due_at > clock.now()
        session.execute(update(Notice).values(due_at=clock.now() - timedelta(seconds=1)))

    assert states(session) == [(NoticeState.DEAD, 6)]
    admin = visit.as_(ADMIN)
    page = admin.get("/notices?state=dead")
    assert "Ratna Dewanti" in page.text_of("tbody")
    assert "ConnectionRefusedError" in page.text_of("tbody")
    assert "Susun naskah" not in page.text
    assert admin.submit(page, "/notices/1/again").status == 303
    assert states(session) == [(NoticeState.WAITING, 0)]


def test_an_address_that_is_permanently_refused_is_given_up_at_once(
    visit: Visitor, app: Flask, session: Session, office: PostOffice
) -> None:
    office.at_step = lambda step: "550 no such user" if step == "rcpt" else None
    assign(visit, session)

    assert send_all(app, office.address) == 0

    assert states(session) == [(NoticeState.DEAD, 1)]


@pytest.mark.parametrize("fatal_step", ["rcpt", "data", "taken"])
def test_a_worker_killed_at_any_step_loses_no_mail_and_copies_have_the_same_id(
    visit: Visitor, app: Flask, session: Session, office: PostOffice, fatal_step: str
) -> None:
    assign(visit, session, times=2)
    victim: list[Command] = []

    def kill(step: str) -> None:
        if step == fatal_step and victim:
            victim.pop().kill()

    office.at_step = kill
    victim.append(worker := run(app, office.address, "--lease", "0"))
    code = worker.end()
    finish(run(app, office.address, "--lease", "0"))

    assert code == -signal.SIGKILL
    assert [state for state, _ in states(session)] == [NoticeState.SENT, NoticeState.SENT]
    assert len(set(office.numbers)) == 2
    assert len(office.numbers) == (2 if fatal_step == "rcpt" else 3)


def test_two_workers_at_once_send_each_mail_once(
    visit: Visitor, app: Flask, session: Session, office: PostOffice
) -> None:
    assign(visit, session, times=6)

    workers = [run(app, office.address) for _ in range(2)]

    assert [finish(worker) for worker in workers] == [0, 0]
    assert len(office.numbers) == len(set(office.numbers)) == 6


def test_the_weekly_digest_is_sent_once_and_only_counts_classified_items(
    app: Flask, session: Session, office: PostOffice
) -> None:
    ratna = session.scalars(select(Account).filter_by(username=PIC)).one()
    mine = session.scalars(select(ActionItem).where(ActionItem.status == "in_progress").limit(2)).all()
    late = clock.today() - timedelta(days=3)
    session.execute(update(ActionItem).values(pic_id=None))
    changed = update(ActionItem).where(ActionItem.id.in_([action.id for action in mine]))
    session.execute(changed.values(pic_id=ratna.person_id, due_on=late, original_due_on=late))
    session.execute(update(ActionItem).filter_by(id=mine[1].id).values(classification="restricted"))
    session.execute(update(Account).filter_by(id=ratna.id).values(wants_digest=True))
    week = clock.today() - timedelta(days=clock.today().weekday())
    session.execute(text("DELETE FROM notice"))

    codes = [send_all(app, office.address) for _ in range(2)]

    key = f"digest:{week.isoformat()}:{ratna.id}"
    assert codes == [0, 0]
    assert [(row.key, row.state) for row in session.scalars(select(Notice))] == [(key, NoticeState.SENT)]
    shown = office.taken[0].get_body(("plain",)).get_content()
    assert mine[0].code in shown
    assert mine[1].code not in shown
    assert "1 butir berklasifikasi" in shown


def test_a_person_without_an_account_is_reached_at_the_address_in_the_register(
    app: Flask, session: Session, office: PostOffice
) -> None:
    person = session.scalars(select(Account.person_id).filter_by(username=PIC)).one()
    session.execute(update(Account).filter_by(username=PIC).values(is_active=False))
    session.execute(update(Person).filter_by(id=person).values(email="tamu@mitra.example"))
    at = clock.now()

    def write(key: str) -> None:
        session.add(Notice(key=key, kind=NoticeKind.TEST, person_id=person, state=NoticeState.WAITING, made_at=at,
                           due_at=at, attempts=0))  # fmt: skip
        session.commit()
        assert send_all(app, office.address) == 0

    write("without an account")
    session.execute(update(Account).filter_by(username=PIC).values(is_active=True))
    write("with one")
    session.execute(update(Account).filter_by(username=PIC).values(email=None))
    session.execute(update(Person).filter_by(id=person).values(email=None))
    write("with no address")

    to_register, to_account = office.taken
    assert [to_register["To"], to_account["To"]] == ["tamu@mitra.example", RATNA]
    assert to_register["Content-Language"] == "id"
    assert "/account/mails" in to_account.as_string()
    assert "/account/mails" not in to_register.as_string()
    assert [state for state, _ in states(session)] == [NoticeState.SENT, NoticeState.SENT, NoticeState.MOOT]
