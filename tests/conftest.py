from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import BytecodeCache, FileSystemBytecodeCache
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from tests.databases import Databases, Kind, close, settings_for
from tests.visitor import Visitor
from tracker import create_app


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    with ExitStack() as stack:
        yield Databases(tmp_path_factory.mktemp("databases"), stack)


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> Kind:
    return request.param


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> BytecodeCache:
    """Templates compiled once in a run, not once for every app."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(databases: Databases, kind: Kind, compiled: BytecodeCache, tmp_path: Path) -> Iterator[Flask]:
    """The app on a copy of the demo, whatever is stored in it forgotten afterwards."""
    with databases.copy(kind, "demo") as url:
        app = create_app(settings_for(url, tmp_path))
        app.jinja_env.bytecode_cache = compiled
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
