from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.accounts.access.office import CLIENT_ID, CLIENT_SECRET, Office, open_office
from tests.visitor import PIC, Visitor
from tracker.accounts.access.routes.office_sign_in import register_office
from tracker.accounts.models import Account


@pytest.fixture
def office() -> Iterator[Office]:
    with open_office() as office:
        yield office


@pytest.fixture
def sso(app: Flask, office: Office, session: Session) -> Iterator[Visitor]:
    """A visitor of an app with an office sign-in, in which Ratna's account has an office address."""
    session.execute(update(Account).filter_by(username=PIC).values(office_address="ratna@kemenham.go.id"))
    extensions = dict(app.extensions)
    client = {"oidc_client_id": CLIENT_ID, "oidc_client_secret": CLIENT_SECRET, "site_url": "http://localhost"}
    app.extensions["settings"] = replace(app.extensions["settings"], oidc_issuer=office.address, **client)
    register_office(app)
    yield Visitor(app)
    app.extensions = extensions
