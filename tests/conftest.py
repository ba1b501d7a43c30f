from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from flask import Flask
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from tests import pinned
from tests.apps import Apps
from tests.databases import Databases, Kind, close
from tests.visitor import Visitor

_while_collecting = pinned.standing()


def pytest_configure() -> None:
    _while_collecting.start()


def pytest_unconfigure() -> None:
    _while_collecting.stop()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Iterator[None]:
    """Around fixtures of every scope, too."""
    with pinned.running():
        return (yield)


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    with ExitStack() as stack:
        yield Databases(tmp_path_factory.mktemp("databases"), stack)


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> Kind:
    return request.param


@pytest.fixture(scope="session")
def apps(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Apps:
    return Apps(databases, tmp_path_factory.mktemp("apps"))


@pytest.fixture
def app(apps: Apps, kind: Kind) -> Iterator[Flask]:
    """The app on a copy of the demo, whatever is stored in it forgotten afterwards."""
    app = apps.fresh(kind)
    yield app
    close(app)


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """The test's own eyes: a session that shares nothing with the app's, and sees what is stored at each look."""
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    engine = create_engine(url, execution_options={"isolation_level": "AUTOCOMMIT"})
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture
def visit(app: Flask) -> Visitor:
    return Visitor(app)
