from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.notifications.post_office import open_post_office
from tests.notifications.test_worker import send_all
from tests.visitor import ADMIN, READER, REVIEWER, Page, Visitor
from tracker.accounts.models import Account
from tracker.audit.models import Event
from tracker.core.office import OfficeSetting, office

pytestmark = pytest.mark.one_database
NAME = "Direktorat Jenderal Contoh"


def change(visit: Visitor, **typed: str) -> Page:
    admin = visit.as_(ADMIN)
    return admin.submit(admin.get("/settings"), "/settings", **typed)


def test_the_name_is_in_every_foot_and_heads_documents_without_a_unit(
    visit: Visitor, app: Flask, session: Session
) -> None:
    assert change(visit, name=NAME).status == 303

    assert NAME in visit.as_(READER).get("/meetings").text_of(".site-foot")
    assert NAME in visit.get("/sign-in").text_of(".site-foot")
    event = session.scalars(select(Event).filter_by(subject="office_setting")).one()
    assert event.verb == "office_changed"


def test_only_one_language_is_offered(visit: Visitor) -> None:
    change(visit, languages="en")
    page = visit.as_(READER).get("/meetings")

    assert page.heading == "Meetings"
    assert not page.soup.select(".languages")


def test_mails_come_from_the_office(visit: Visitor, app: Flask, session: Session) -> None:
    change(visit, name=NAME, mail_from="notula@kantor.example")
    session.execute(update(Account).filter_by(username=READER).values(email="pembaca@kantor.example"))
    visitor = Visitor(app)
    visitor.submit(visitor.get("/sign-in/forgotten"), "/sign-in/forgotten", username=READER)

    with open_post_office() as post:
        send_all(app, post.address)

    assert post.taken[0]["From"] == f"{NAME} <notula@kantor.example>"
    assert NAME in post.taken[0].get_body(("plain",)).get_content()


def test_the_day_of_the_review_is_that_of_the_product_or_of_the_server(
    visit: Visitor, app: Flask, session: Session
) -> None:
    assert change(visit, review_day="wednesday").status == 303
    assert "Rabu" in visit.as_(REVIEWER).get("/reviews/2026-W05/open").text
    with app.test_request_context():
        assert office().review_weekday == 2
    change(visit, review_day="")
    with app.test_request_context():
        assert office().review_weekday == app.extensions["settings"].review_weekday


def test_a_refused_setting_keeps_what_was_typed(visit: Visitor, session: Session) -> None:
    page = change(visit, name=NAME, mail_from="bukan alamat")

    assert page.status == 422
    assert page.soup.select_one("#name")["value"] == NAME
    assert page.soup.select_one("#mail_from")["value"] == "bukan alamat"
    assert session.scalars(select(OfficeSetting)).all() == []


def test_a_test_mail_goes_the_way_of_every_mail(visit: Visitor, app: Flask, session: Session) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], smtp_url="smtp://127.0.0.1:1")
    admin = visit.as_(ADMIN)
    without = admin.get("/operations")
    session.execute(update(Account).filter_by(username=ADMIN).values(email="admin@kantor.example"))

    admin.submit(admin.get("/operations"), "/operations/test-mail")
    waiting = admin.get("/operations").text_of("#test-mail")
    with open_post_office() as post:
        send_all(app, post.address)

    assert not without.soup.select("form[action='/operations/test-mail']")
    assert [mail["To"] for mail in post.taken] == ["admin@kantor.example"]
    assert "Menunggu" in waiting
    assert "Terkirim" in admin.get("/operations").text_of("#test-mail")
