from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.accounts.access.office import CLIENT_ID, CLIENT_SECRET, Office, open_office
from tests.databases import close, settings_for
from tests.visitor import PIC, Visitor
from tracker import create_app
from tracker.accounts.models import Account


@pytest.fixture
def office() -> Iterator[Office]:
    with open_office() as office:
        yield office


@pytest.fixture
def sso(app: Flask, office: Office, session: Session, tmp_path: Path) -> Iterator[Visitor]:
    """A browser of the app as it is where the office has a sign-in of its own; Ratna's address is known here."""
    session.execute(update(Account).filter_by(username=PIC).values(office_address="ratna@kemenham.go.id"))
    told = settings_for(app.config["SQLALCHEMY_DATABASE_URI"], tmp_path)
    client = {"oidc_client_id": CLIENT_ID, "oidc_client_secret": CLIENT_SECRET, "site_url": "http://localhost"}
    with_office = create_app(replace(told, oidc_issuer=office.address, **client))
    yield Visitor(with_office)
    close(with_office)
