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
from tracker.accounts.access.rules import used_two_factors
from tracker.accounts.models import Account
from tracker.core import clock

pytestmark = pytest.mark.one_database


def test_an_office_identity_is_linked_and_recognised_after_a_change_of_address(
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
    [{"email_verified": False}, {"email_verified": "true"}, {"email": None}],
)
def test_unverified_addresses_are_refused(
    sso: Visitor, office: Office, session: Session, claims: dict[str, object]
) -> None:
    office.claims.update(claims)

    assert go_and_come_back(sso) == (303, "/sign-in")
    assert sso.client.get("/account").status_code == 302
    assert session.scalars(select(OfficeIdentity)).all() == []


def test_a_forged_state_nonce_or_signature_is_refused(sso: Visitor, office: Office) -> None:
    forged = sso.client.get("/sign-in/office/back?code=x&state=forged")
    office.nonce = "another"
    wrong_nonce = go_and_come_back(sso)
    office.nonce, office.signing_key = None, RSAKey.generate_key(2048, parameters={"kid": "1"})
    wrong_signature = go_and_come_back(sso)
    denied = sso.client.get("/sign-in/office/back?error=access_denied")

    assert [(response.status_code, response.location) for response in (forged, denied)] == [(303, "/sign-in")] * 2
    assert [wrong_nonce, wrong_signature] == [(303, "/sign-in")] * 2
    assert sso.client.get("/account").status_code == 302


def test_without_a_provider_there_is_no_office_sign_in(visit: Visitor) -> None:
    assert visit.client.get("/sign-in/office").status_code == 404
    assert "/sign-in/office" not in visit.get("/sign-in").links


def test_closed_accounts_cannot_use_the_office_sign_in(sso: Visitor, session: Session) -> None:
    session.execute(update(Account).where(Account.username.in_([PIC, ADMIN])).values(is_active=False))

    assert go_and_come_back(sso) == (303, "/sign-in")


def test_a_notification_address_does_not_identify_an_account(sso: Visitor, office: Office, session: Session) -> None:
    session.execute(update(Account).filter_by(username=PIC).values(office_address=None, email="ratna@kemenham.go.id"))

    assert go_and_come_back(sso) == (303, "/sign-in")
    linked = session.scalars(select(Account).join(OfficeIdentity)).one()
    assert (linked.username, linked.is_active) == ("ratna@kemenham.go.id", False)  # one that is asked for, closed


@pytest.mark.parametrize(("amr", "is_in"), [(None, False), (["pwd"], False), (["pwd", "mfa"], True)])
def test_a_code_is_required_unless_the_office_confirms_two_factors(
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
def test_only_a_list_with_mfa_counts_as_two_factors(amr: object) -> None:
    assert not used_two_factors({"amr": amr})
    assert used_two_factors({"amr": ["pwd", "mfa"]})


def test_the_code_page_requires_a_confirmed_identity(sso: Visitor) -> None:
    assert sso.client.get("/sign-in/office/code").status_code == 404
