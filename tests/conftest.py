from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import settings
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from tests import pinned
from tests.apps import Apps
from tests.databases import Databases, Kind, close, folder_of_the_run
from tests.visitor import Visitor

# How long an example takes depends on what else the machine does: it decides nothing.
settings.register_profile("tests", deadline=None)
settings.load_profile("tests")

_while_collecting = pinned.standing()
OF_THE_RUN = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    _while_collecting.start()
    if hasattr(config, "workerinput"):
        config.stash[OF_THE_RUN] = Path(config.workerinput["folder"])
    else:
        stack = ExitStack()
        config.add_cleanup(stack.close)
        config.stash[OF_THE_RUN] = stack.enter_context(folder_of_the_run())


def pytest_unconfigure() -> None:
    _while_collecting.stop()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Workers of xdist share what the process that started them has."""
    node.workerinput["folder"] = str(node.config.stash[OF_THE_RUN])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Iterator[None]:
    """Around fixtures of every scope, too."""
    with pinned.running():
        return (yield)


@pytest.fixture(scope="session")
def databases(pytestconfig: pytest.Config) -> Databases:
    return Databases(pytestconfig.stash[OF_THE_RUN])


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> Kind:
    """Each test that has to do with it runs once on either, unless it is marked `one_database`."""
    return request.param


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "kind" in metafunc.fixturenames and metafunc.definition.get_closest_marker("one_database"):
        metafunc.parametrize("kind", ["sqlite"])


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
