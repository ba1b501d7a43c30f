from datetime import timedelta

import pyotp
import pytest
import time_machine
from joserfc.jwk import RSAKey
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.accounts.access.office import Office, go_and_come_back
from tests.visitor import ADMIN, PIC, Visitor
from tracker.accounts.access.models import OfficeIdentity
from tracker.accounts.access.rules import vouches_for_two_factors
from tracker.accounts.models import Account
from tracker.core import clock

pytestmark = pytest.mark.one_database


def test_whom_the_office_vouches_for_is_signed_in_and_known_again_by_more_than_the_address(
    sso: Visitor, office: Office, session: Session
) -> None:
    assert go_and_come_back(sso) == (303, "/")
    assert "Ratna Dewanti" in sso.get("/account").text
    identity = session.scalars(select(OfficeIdentity)).one()
    assert (identity.issuer, identity.subject) == (office.address, "pegawai-7")

    office.claims["email"] = "nama-baru@kemenham.go.id"
    other = Visitor(sso.app)
    assert go_and_come_back(other) == (303, "/")
    assert "Ratna Dewanti" in other.get("/account").text


@pytest.mark.parametrize(
    "claims",
    [{"email_verified": False}, {"email": "siapa@kemenham.go.id"}, {"email_verified": "true"}, {"email": None}],
)
def test_whom_nobody_here_knows_or_whose_address_is_not_verified_stays_outside(
    sso: Visitor, office: Office, session: Session, claims: dict[str, object]
) -> None:
    office.claims.update(claims)

    assert go_and_come_back(sso) == (303, "/sign-in")
    assert sso.client.get("/account").status_code == 302
    assert session.scalars(select(OfficeIdentity)).all() == []


def test_a_forged_state_nonce_or_signature_opens_nothing(sso: Visitor, office: Office) -> None:
    forged = sso.client.get("/sign-in/office/back?code=x&state=forged")
    office.nonce = "another"
    wrong_nonce = go_and_come_back(sso)
    office.nonce, office.signing_key = None, RSAKey.generate_key(2048, parameters={"kid": "1"})
    wrong_signature = go_and_come_back(sso)
    denied = sso.client.get("/sign-in/office/back?error=access_denied")

    assert [(one.status_code, one.location) for one in (forged, denied)] == [(303, "/sign-in")] * 2
    assert [wrong_nonce, wrong_signature] == [(303, "/sign-in")] * 2
    assert sso.client.get("/account").status_code == 302


def test_without_an_office_there_is_no_such_door(visit: Visitor) -> None:
    assert visit.client.get("/sign-in/office").status_code == 404
    assert "/sign-in/office" not in visit.get("/sign-in").links


def test_a_closed_account_stays_closed_to_the_office(sso: Visitor, session: Session) -> None:
    session.execute(update(Account).where(Account.username.in_([PIC, ADMIN])).values(is_active=False))

    assert go_and_come_back(sso) == (303, "/sign-in")


def test_an_address_that_somebody_chose_for_their_mails_recognises_nobody(
    sso: Visitor, office: Office, session: Session
) -> None:
    session.execute(update(Account).filter_by(username=PIC).values(office_address=None, email="ratna@kemenham.go.id"))

    assert go_and_come_back(sso) == (303, "/sign-in")
    assert session.scalars(select(OfficeIdentity)).all() == []


@pytest.mark.parametrize(("amr", "is_in"), [(None, False), (["pwd"], False), (["pwd", "mfa"], True)])
def test_the_second_step_stays_where_the_office_does_not_vouch_for_one(
    sso: Visitor, office: Office, amr: object, is_in: bool
) -> None:
    own = sso.sign_in(PIC)
    page = own.get("/account/second-step")
    codes = pyotp.TOTP(page.text_of("#on code"))
    own.submit(page, "/account/second-step", code=codes.at(clock.now()))
    office.claims["amr"] = amr
    browser = Visitor(sso.app)

    with time_machine.travel(clock.now() + timedelta(minutes=2), tick=False):
        assert go_and_come_back(browser) == (303, "/" if is_in else "/sign-in/office/code")
        assert (browser.client.get("/account").status_code == 200) is is_in
        if not is_in:
            form = browser.get("/sign-in/office/code")
            wrong = browser.submit(form, "/sign-in/office/code", code="000000")
            right = browser.submit(form, "/sign-in/office/code", code=codes.at(clock.now()))
            assert (wrong.status, right.status) == (422, 303)
            assert browser.client.get("/account").status_code == 200


@pytest.mark.parametrize("amr", [None, "mfa", ["pwd"], {"mfa": True}, [["mfa"]], 7])
def test_only_a_list_that_has_mfa_vouches_for_two_factors(amr: object) -> None:
    assert not vouches_for_two_factors({"amr": amr})
    assert vouches_for_two_factors({"amr": ["pwd", "mfa"]})


def test_the_page_for_the_code_is_closed_to_whom_the_office_has_not_sent(sso: Visitor) -> None:
    assert sso.client.get("/sign-in/office/code").status_code == 404
