from datetime import timedelta

import time_machine
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.notifications.post_office import open_post_office
from tests.notifications.test_worker import send_all
from tests.visitor import ADMIN, PASSWORDS, READER, Page, Visitor
from tracker.accounts.access.models import AccessLink, ResetRequest
from tracker.accounts.models import Account
from tracker.core import clock
from tracker.notifications.models import Notice

NEW = "empat belas rusa lewat"


def link_for(visit: Visitor, session: Session, username: str) -> str:
    """A link as an administrator hands it over."""
    admin, number = visit.as_(ADMIN), session.scalar(select(Account.id).filter_by(username=username))
    page = admin.submit(admin.get(f"/accounts/{number}/link"), f"/accounts/{number}/link")
    return str(page.soup.select_one("#address")["value"]).removeprefix("http://127.0.0.1:5000")


def attempt(visit: Visitor, password: str) -> int:
    return visit.submit(visit.get("/sign-in"), "/sign-in", username=READER, password=password).status


def choose(visit: Visitor, link: str, password: str = NEW) -> Page:
    return visit.submit(visit.get(link), link, new=password)


def test_a_link_lets_its_bearer_choose_a_password_once_and_ends_earlier_sign_ins(
    visit: Visitor, session: Session
) -> None:
    earlier, link = visit.as_(READER), link_for(visit, session, READER)

    weak = choose(visit, link, "password password 1")
    chosen = choose(visit, link)

    assert weak.status == 422
    assert weak.problems
    assert chosen.status == 303
    assert visit.get(link, status=404)
    assert earlier.client.get("/account").status_code == 302
    assert attempt(Visitor(visit.app), PASSWORDS[READER]) == 422
    assert attempt(Visitor(visit.app), NEW) == 303


def test_a_link_is_stored_as_a_hash_and_only_the_newest_opens(visit: Visitor, session: Session) -> None:
    first, second = (link_for(visit, session, READER) for _ in range(2))

    stored = session.scalars(select(AccessLink)).one()

    assert visit.get(first, status=404)
    assert visit.get(second)
    assert second.rsplit("/", 1)[1] not in (stored.token_hash, str(stored.id))


def test_after_half_an_hour_a_link_opens_nothing(visit: Visitor, session: Session) -> None:
    link = link_for(visit, session, READER)
    page = visit.get(link)

    with time_machine.travel(clock.now() + timedelta(minutes=31)):
        assert visit.get(link, status=404)
        assert visit.submit(page, link, new=NEW).status == 404


def ask(visit: Visitor, username: str) -> Page:
    return visit.submit(visit.get("/sign-in/forgotten"), "/sign-in/forgotten", username=username)


def test_whoever_forgot_is_sent_a_link_and_nobody_learns_who_has_an_account(
    visit: Visitor, app: Flask, session: Session
) -> None:
    session.execute(update(Account).filter_by(username=READER).values(email="pembaca@kemenham.go.id"))

    answers = [ask(visit, name) for name in (READER, "tidak-ada")]
    taken_down = session.scalars(select(ResetRequest.username)).all()
    with open_post_office() as office:
        assert send_all(app, office.address) == 0

    assert {(one.status, one.response.location) for one in answers} == {(303, "/sign-in")}
    assert taken_down == [READER, "tidak-ada"]
    assert session.scalars(select(ResetRequest)).all() == []
    assert [mail["To"] for mail in office.taken] == ["pembaca@kemenham.go.id"]
    text = office.taken[0].get_body(("plain",)).get_content()
    link = next(line for line in text.splitlines() if "/access/" in line).removeprefix("https://t.go.id")
    assert choose(visit, link).status == 303
    assert attempt(Visitor(visit.app), NEW) == 303
    assert [len(notice.key) for notice in session.scalars(select(Notice))] != []


def test_whoever_asks_for_somebody_else_ends_no_link_until_one_is_used(
    visit: Visitor, app: Flask, session: Session
) -> None:
    session.execute(update(Account).filter_by(username=READER).values(email="pembaca@kemenham.go.id"))

    def sent() -> str:
        ask(Visitor(visit.app), READER)
        with open_post_office() as office:
            send_all(app, office.address)
        lines = office.taken[-1].get_body(("plain",)).get_content().splitlines()
        return next(line for line in lines if "/access/" in line).removeprefix("https://t.go.id")

    handed_over = link_for(visit, session, READER)
    links = [handed_over, sent(), sent()]
    stranger = Visitor(visit.app)

    assert [stranger.get(link).status for link in links] == [200, 200, 200]
    assert choose(stranger, links[1]).status == 303
    assert [stranger.get(link, status=404).status for link in links] == [404, 404, 404]


def test_asking_is_throttled_by_address_without_locking_anybody_out(visit: Visitor) -> None:
    statuses = [ask(visit, f"nama-{number}").status for number in range(11)]

    assert statuses == [303] * 10 + [429]
    assert attempt(Visitor(visit.app), PASSWORDS[READER]) == 303
