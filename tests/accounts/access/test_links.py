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
    admin, account_id = visit.as_(ADMIN), session.scalar(select(Account.id).filter_by(username=username))
    page = admin.submit(admin.get(f"/accounts/{account_id}/link"), f"/accounts/{account_id}/link")
    return str(page.soup.select_one("#address")["value"]).removeprefix("http://127.0.0.1:5000")


def attempt(visit: Visitor, password: str) -> int:
    return visit.submit(visit.get("/sign-in"), "/sign-in", username=READER, password=password).status


def choose(visit: Visitor, link: str, password: str = NEW) -> Page:
    return visit.submit(visit.get(link), link, new=password)


def test_a_link_sets_a_password_once_and_ends_earlier_sign_ins(visit: Visitor, session: Session) -> None:
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


def test_links_are_stored_as_hashes_and_only_the_newest_works(visit: Visitor, session: Session) -> None:
    first, second = (link_for(visit, session, READER) for _ in range(2))

    stored = session.scalars(select(AccessLink)).one()

    assert visit.get(first, status=404)
    assert visit.get(second)
    assert second.rsplit("/", 1)[1] not in (stored.token_hash, str(stored.id))


def test_a_link_expires_after_half_an_hour(visit: Visitor, session: Session) -> None:
    visit.as_(READER)  # an account that nobody has used gets an invitation
    link = link_for(visit, session, READER)
    page = visit.get(link)

    with time_machine.travel(clock.now() + timedelta(minutes=31)):
        assert visit.get(link, status=404)
        assert visit.submit(page, link, new=NEW).status == 404


def request_reset(visit: Visitor, username: str) -> Page:
    return visit.submit(visit.get("/sign-in/forgotten"), "/sign-in/forgotten", username=username)


def test_a_reset_sends_a_link_without_revealing_who_has_an_account(
    visit: Visitor, app: Flask, session: Session
) -> None:
    session.execute(update(Account).filter_by(username=READER).values(email="pembaca@kemenham.go.id"))

    responses = [request_reset(visit, name) for name in (READER, "tidak-ada")]
    stored = session.scalars(select(ResetRequest.username)).all()
    with open_post_office() as office:
        assert send_all(app, office.address) == 0

    assert {(page.status, page.response.location) for page in responses} == {(303, "/sign-in")}
    assert stored == [READER, "tidak-ada"]
    assert session.scalars(select(ResetRequest)).all() == []
    assert [mail["To"] for mail in office.taken] == ["pembaca@kemenham.go.id"]
    text = office.taken[0].get_body(("plain",)).get_content()
    link = next(line for line in text.splitlines() if "/access/" in line).removeprefix("https://t.go.id")
    assert choose(visit, link).status == 303
    assert attempt(Visitor(visit.app), NEW) == 303
    assert [len(notice.key) for notice in session.scalars(select(Notice))] != []


def test_a_requested_link_ends_no_other_link_until_it_is_used(visit: Visitor, app: Flask, session: Session) -> None:
    session.execute(update(Account).filter_by(username=READER).values(email="pembaca@kemenham.go.id"))

    def sent() -> str:
        request_reset(Visitor(visit.app), READER)
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


def test_reset_requests_are_limited_by_network_without_locking_anybody_out(visit: Visitor) -> None:
    statuses = [request_reset(visit, f"nama-{number}").status for number in range(11)]

    assert statuses == [303] * 10 + [429]
    assert attempt(Visitor(visit.app), PASSWORDS[READER]) == 303
