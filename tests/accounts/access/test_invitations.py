from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tests.accounts.access.office import Office, go_and_come_back
from tests.accounts.access.test_links import choose
from tests.notifications.post_office import open_post_office
from tests.notifications.test_worker import send_all
from tests.visitor import ADMIN, PIC, READER, Page, Visitor, key_of
from tracker.accounts.access.models import AccessLink
from tracker.accounts.access.rules import reads_as_it_is, username_of
from tracker.accounts.models import Account
from tracker.accounts.rules import AccountState, state_of
from tracker.audit.models import Event
from tracker.core import clock

ADDRESS = "baru@kemenham.go.id"


@pytest.fixture(autouse=True)
def mail_server(app: Flask) -> object:
    """The app believes in a mail server; the tests open one when they send."""
    settings = app.extensions["settings"]
    app.extensions["settings"] = replace(settings, smtp_url="smtp://127.0.0.1:1")
    yield
    app.extensions["settings"] = settings


def opened(visit: Visitor, **typed: object) -> Page:
    admin = visit.as_(ADMIN)
    told = {"username": "baru", "display_name": "Orang Baru", "roles": ["reader"], "clearance": "ordinary"}
    return admin.submit(admin.get("/accounts/new"), "/accounts/new", **{**told, **typed})


def account_of(session: Session, username: str = "baru") -> Account:
    session.expire_all()
    return session.scalars(select(Account).filter_by(username=username)).one()


def mailed_links(app: Flask) -> list[str]:
    with open_post_office() as office:
        send_all(app, office.address)
    lines = [line for mail in office.taken for line in mail.get_body(("plain",)).get_content().splitlines()]
    return [line.removeprefix("https://t.go.id") for line in lines if "/access/" in line]


def press(visit: Visitor, session: Session, path: str, username: str = "baru") -> Page:
    admin, account_id = visit.as_(ADMIN), account_of(session, username).id
    return admin.submit(admin.get(f"/accounts/{account_id}/edit"), f"/accounts/{account_id}/{path}")


def sent_anyway(visit: Visitor, session: Session, path: str) -> Page:
    """Although the page has no such button."""
    admin = visit.as_(ADMIN)
    return admin.post(f"/accounts/{account_of(session).id}/{path}", {"csrf_token": admin.token(), "once": key_of(path)})


def test_an_account_without_a_password_is_invited_for_seven_days(visit: Visitor, app: Flask, session: Session) -> None:
    assert opened(visit, email=ADDRESS).response.location == "/accounts"
    [link] = mailed_links(app)
    stranger = Visitor(app)

    with time_machine.travel(clock.now() + timedelta(days=6, hours=23)):
        assert choose(stranger, link).status == 303
    assert stranger.get(link, status=404)
    assert account_of(session).invited_at is None


def test_an_invitation_ends_after_seven_days(visit: Visitor, app: Flask, session: Session) -> None:
    opened(visit, email=ADDRESS)
    [link] = mailed_links(app)

    with time_machine.travel(clock.now() + timedelta(days=7, hours=1)):
        assert Visitor(app).get(link, status=404)
        assert mailed_links(app) == []
        assert "undangan kedaluwarsa" in visit.as_(ADMIN).get("/accounts?state=expired").text


def test_a_new_invitation_ends_the_one_before_and_a_withdrawn_one_lets_nobody_in(
    visit: Visitor, app: Flask, session: Session
) -> None:
    opened(visit, email=ADDRESS)
    links = mailed_links(app)
    press(visit, session, "invitation")
    links += mailed_links(app)
    stranger = Visitor(app)

    assert [stranger.client.get(link).status_code for link in links] == [404, 200]
    page = stranger.get(links[1])
    assert press(visit, session, "invitation/withdraw").status == 303
    assert stranger.submit(page, links[1], new="empat belas rusa lewat").status == 404
    assert sent_anyway(visit, session, "invitation/withdraw").status == 409
    press(visit, session, "invitation")
    session.execute(update(Account).filter_by(username="baru").values(invited_at=None))
    assert mailed_links(app) == []  # withdrawn before it was sent


def test_without_a_mail_server_the_link_is_handed_over(visit: Visitor, app: Flask, session: Session) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], smtp_url="")

    page = opened(visit, email=ADDRESS)
    path = f"/accounts/{account_of(session).id}/link"
    admin = visit.as_(ADMIN)
    made = admin.submit(admin.get(path), path)

    assert page.response.location == path
    assert "tujuh hari" in made.text
    link = str(made.soup.select_one("#address")["value"]).removeprefix("http://127.0.0.1:5000")
    assert choose(Visitor(app), link).status == 303


def test_a_second_administrator_is_invited_by_mail_only(visit: Visitor, app: Flask, session: Session) -> None:
    refused = opened(visit, roles=["admin"])
    assert refused.status == 422
    assert "hanya lewat surel" in refused.text_of("#password-error")

    assert opened(visit, roles=["admin"], email=ADDRESS).status == 303
    assert sent_anyway(visit, session, "invitation").status == 409
    assert sent_anyway(visit, session, "link").status == 404


def test_an_account_that_is_used_is_not_invited(visit: Visitor, app: Flask, session: Session) -> None:
    visit.as_(READER)
    session.execute(update(Account).filter_by(username=READER).values(email=ADDRESS))

    page = visit.as_(ADMIN).get(f"/accounts/{account_of(session, READER).id}/edit")

    assert not page.soup.select("form[action$='/invitation']")


def test_several_are_invited_from_the_register(visit: Visitor, app: Flask, session: Session) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], smtp_url="smtp://127.0.0.1:1")
    admin, path = visit.as_(ADMIN), "/accounts/invitations"
    page = admin.get(path)
    ids = [int(row["value"]) for row in page.soup.select("input[name$='-person']")]

    as_admin = admin.submit(page, path, roles=["admin"], **{"rows-0-is_chosen": "y"})
    nobody = admin.submit(page, path, roles=["reader"])
    sent = admin.submit(
        page, path, roles=["reader"],
        **{"rows-0-is_chosen": "y", "rows-0-email": ADDRESS, "rows-1-is_chosen": "y"},
    )  # fmt: skip

    assert [as_admin.status, nobody.status, sent.status] == [422, 422, 200]
    made = session.scalars(select(Account).where(Account.person_id.in_(ids[:2])).order_by(Account.id)).all()
    assert {account.person_id for account in made} == set(ids[:2])
    assert made[0].username == "baru"
    [handed_over] = [cell.get_text(strip=True) for cell in sent.soup.select(".handed-link")]
    links = [handed_over.removeprefix("http://127.0.0.1:5000"), *mailed_links(app)]
    assert [choose(Visitor(app), link).status for link in links] == [303, 303]


def test_links_of_several_invitations_are_shown_once(visit: Visitor, app: Flask, session: Session) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], smtp_url="")
    for name in ("satu", "dua"):
        opened(visit, username=name, display_name=f"=Orang {name}")
    path, admin = "/accounts/invitations/links", visit.as_(ADMIN)
    page = admin.get(path)
    numbers = [str(box["value"]) for box in page.soup.select("input[name=accounts][checked]")]

    nobody = admin.submit(page, path, accounts=[])
    as_file = admin.submit(admin.get(path), path, accounts=numbers, as_file="y")
    shown = admin.submit(admin.get(path), path, accounts=[str(account_of(session, "satu").id)])

    assert nobody.status == 422
    lines = [line.split(";") for line in as_file.response.get_data().decode("utf-8-sig").splitlines()]
    assert {line[0] for line in lines[1:]} >= {"'=Orang satu", "'=Orang dua"}
    assert len(lines) == len(numbers) + 1
    [link] = [cell.get_text(strip=True) for cell in shown.soup.select(".handed-link")]
    links = {line[1]: line[2] for line in lines[1:]}
    local = [address.removeprefix("http://127.0.0.1:5000") for address in (link, links["dua"], links["satu"])]
    stored = session.scalars(select(AccessLink.token_hash)).all()
    assert not {address.rpartition("/")[2] for address in local} & set(stored)
    with time_machine.travel(clock.now() + timedelta(days=6, hours=23)):
        assert [choose(Visitor(app), address).status for address in local[:2]] == [303, 303]
    assert Visitor(app).get(local[2], status=404)  # a newer link of the same account ended it
    assert session.scalar(select(func.count()).select_from(Event).filter_by(verb="invitation_made")) == len(numbers) + 1


def test_no_links_are_offered_for_administrators(visit: Visitor, session: Session) -> None:
    opened(visit, username="kedua", roles=["admin"], email=ADDRESS)
    opened(visit, email="baru2@kemenham.go.id")
    admin, path = visit.as_(ADMIN), "/accounts/invitations/links"
    page = admin.get(path)

    number = str(account_of(session, "kedua").id)

    assert number not in {str(box["value"]) for box in page.soup.select("input[name=accounts]")}
    assert admin.submit(page, path, accounts=[number]).status == 422


def test_errors_are_shown_in_the_rows_that_are_left(visit: Visitor, session: Session) -> None:
    """Somebody listed but not ticked has got an account meanwhile."""
    admin, path = visit.as_(ADMIN), "/accounts/invitations"
    page = admin.get(path)
    first = int(page.soup.select("input[name$='-person']")[0]["value"])
    session.execute(update(Account).filter_by(username=READER).values(person_id=first))

    refused = admin.submit(page, path, roles=["reader"])

    assert refused.status == 422
    [link] = refused.soup.select(".error-summary a")
    assert link["href"] == "#rows-1-is_chosen"
    assert refused.soup.select("#rows-1-is_chosen")
    assert not refused.soup.select("#rows-0-is_chosen")


def test_nobody_invites_themselves_a_second_time(visit: Visitor, app: Flask, session: Session) -> None:
    admin, path = visit.as_(ADMIN), "/accounts/invitations"
    page = admin.get(path)
    own = int(page.soup.select("input[name$='-person']")[0]["value"])
    session.execute(update(Account).filter_by(username=ADMIN).values(person_id=own))
    count = session.scalar(select(func.count()).select_from(Account))

    sent = admin.submit(page, path, roles=["decision_maker"], **{"rows-0-is_chosen": "y"})

    assert sent.status == 409
    assert session.scalar(select(func.count()).select_from(Account)) == count


def test_the_office_sign_in_opens_a_pending_account(sso: Visitor, office: Office, session: Session) -> None:
    office.claims.update(sub="pegawai-9", email="Siapa@kemenham.go.id", name="Siapa  Saja")

    responses = [go_and_come_back(sso), go_and_come_back(sso)]
    pending = account_of(session, "siapa@kemenham.go.id")

    assert responses == [(303, "/sign-in")] * 2
    assert (pending.display_name, pending.is_active) == ("Siapa Saja", False)
    admin = Visitor(sso.app).as_(ADMIN)
    path = f"/accounts/{pending.id}/edit"
    assert "menunggu Anda" in admin.get("/accounts?state=asked").text
    assert admin.submit(admin.get(path), path, roles=["reader"], is_active="y").status == 303
    assert go_and_come_back(sso) == (303, "/")


def test_a_refused_request_is_not_made_again(sso: Visitor, office: Office, session: Session) -> None:
    office.claims.update(sub="pegawai-9", email="siapa@kemenham.go.id")
    go_and_come_back(sso)

    refused = press(Visitor(sso.app), session, "request/refuse", "siapa@kemenham.go.id")
    again = go_and_come_back(sso)

    assert (refused.status, again) == (303, (303, "/sign-in"))
    closed = account_of(session, "siapa@kemenham.go.id")
    assert (closed.is_active, closed.asked_at) == (False, None)


def test_requests_by_the_office_sign_in_are_limited_by_network(sso: Visitor, office: Office, session: Session) -> None:
    before = session.scalar(select(func.count()).select_from(Account))

    for number in range(12):
        office.claims.update(sub=f"orang-{number}", email=f"orang-{number}@kemenham.go.id")
        go_and_come_back(sso)

    assert (session.scalar(select(func.count()).select_from(Account)) or 0) - (before or 0) == 10


def test_an_administrator_ends_the_sign_ins_of_an_account(visit: Visitor, session: Session) -> None:
    pic = visit.as_(PIC)
    listed = visit.as_(ADMIN).get("/accounts")

    ended = press(visit, session, "sign-ins/end", PIC)

    assert ended.status == 303
    assert pic.client.get("/account").status_code == 302
    assert {"Surel", "Masuk terakhir", "Langkah kedua"} <= {cell.text for cell in listed.soup.select("thead th")}
    verbs = session.scalars(select(Event.verb).filter_by(subject="account", subject_id=account_of(session, PIC).id))
    assert "sign_ins_ended" in verbs.all()


def test_links_of_invitations_are_stored_as_hashes(visit: Visitor, app: Flask, session: Session) -> None:
    opened(visit, email=ADDRESS)
    [link] = mailed_links(app)

    stored = session.scalars(select(AccessLink)).one()

    assert link.rsplit("/", 1)[1] not in stored.token_hash


@pytest.mark.parametrize(
    ("address", "is_plain"),
    [
        ("Ratna@KEMENHAM.go.id", True),
        ("ratna@\u212aemenham.go.id", False),  # the sign for kelvin
        ("\uff52atna@kemenham.go.id", False),  # a wide letter
        ("ratna@xn--bcher-kva.go.id", False),  # “bücher”
        (" ratna@kemenham.go.id", False),
        ("ratna", False),
        ("", False),
    ],
)
def test_addresses_read_as_they_are(address: str, is_plain: bool) -> None:
    assert reads_as_it_is(address) is is_plain


def test_usernames_come_from_address_or_name() -> None:
    assert username_of("Razilu", "Razi.Lu@kemenham.go.id") == "razi.lu"
    assert username_of("Siti Nur Aminah", None) == "siti.aminah"
    assert username_of("Razilu", None) == "razilu"


def test_states_of_accounts() -> None:
    now = clock.now()

    def state(is_active: bool, invited: int | None = None, asked_at: datetime | None = None) -> AccountState:
        invited_at = None if invited is None else now - timedelta(days=invited)
        return state_of(is_active=is_active, invited_at=invited_at, asked_at=asked_at, now=now)

    assert [state(True), state(False)] == [AccountState.ACTIVE, AccountState.CLOSED]
    assert state(False, asked_at=now) is AccountState.ASKED
    assert [state(True, 6), state(True, 8)] == [AccountState.INVITED, AccountState.EXPIRED]
