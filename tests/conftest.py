import gc
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache

import pytest
from flask import Flask
from hypothesis import settings
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from tests import pinned, run
from tests.apps import Apps, new_app
from tests.databases import Databases, Kind, close, settings_for
from tests.visitor import Visitor
from tracker import of_each_feature

# Some tests need the metadata of all tables before an app exists.
MODELS = tuple(of_each_feature("models"))

# The duration of an example depends on the load of the machine, so there is no deadline.
settings.register_profile("tests", deadline=None)
settings.register_profile("fast", deadline=None, max_examples=30)
settings.load_profile("tests")

_while_collecting = pinned.standing()
#: Of the commands.
os.environ["LANGUAGE"] = "en"


def pytest_configure(config: pytest.Config) -> None:
    gc.set_threshold(50_000, 20, 100)  # a quarter of a run went into collecting almost nothing
    _while_collecting.start()
    if not hasattr(config, "workerinput"):  # where xdist starts its workers from, or where there are none
        stack = ExitStack()
        stack.enter_context(run.begun())
        config.add_cleanup(stack.close)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """`make long` repeats on PostgreSQL what acts through pages. What may take longer than others begins first."""
    names = {item.nodeid for item in items}
    for item in items:
        is_repeated = "postgresql" in item.nodeid and item.nodeid.replace("postgresql", "sqlite") in names
        is_for_later = "visit" in item.fixturenames or item.get_closest_marker("repeated_later")
        if is_repeated and is_for_later and not item.get_closest_marker("on_both"):
            item.add_marker(pytest.mark.long)
    # No worker shall wait for one at the end.
    items.sort(key=lambda item: -max((mark.args[0] for mark in item.iter_markers("timeout")), default=0))


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: the garbage collector shall not walk over it again and again."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    _while_collecting.stop()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Iterator[None]:
    """Also applies to fixtures of every scope."""
    with pinned.running():
        return (yield)


@pytest.fixture(scope="session")
def databases() -> Databases:
    return Databases()


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> Kind:
    """Tests that use a database run on both, unless they are marked `one_database`."""
    return request.param


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    # Uses a marker, since pytest checks nothing else before it applies the parameters of the fixture.
    test = metafunc.definition
    is_alone = test.get_closest_marker("one_database") and not test.get_closest_marker("on_both")
    if "kind" in metafunc.fixturenames and is_alone:
        test.add_marker(pytest.mark.parametrize("kind", ["sqlite"]))


@pytest.fixture(scope="session")
def apps(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Apps:
    return Apps(databases, tmp_path_factory.mktemp("apps"))


@pytest.fixture
def app(apps: Apps, kind: Kind) -> Iterator[Flask]:
    """The app with a new copy of the demo."""
    app = apps.fresh(kind)
    yield app
    close(app)


@pytest.fixture(scope="session")
def empty_apps(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Kind], Flask]]:
    made: dict[str, Flask] = {}
    with ExitStack() as stack:

        def of(kind: Kind) -> Flask:
            if kind not in made:
                url = stack.enter_context(databases.copy(kind, "empty"))
                made[kind] = new_app(settings_for(url, tmp_path_factory.mktemp(kind)))
                stack.callback(close, made[kind])
            return made[kind]

        yield of


@pytest.fixture
def empty_app(empty_apps: Callable[[Kind], Flask], kind: Kind) -> Flask:
    """The app with an empty database shared by all tests, which must roll back their changes."""
    return empty_apps(kind)


@cache
def _engine_for_tests(url: str) -> Engine:
    """One for all tests that find their database at this address: it keeps what it has compiled."""
    return create_engine(url, execution_options={"isolation_level": "AUTOCOMMIT"})


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session independent of the app's, which sees what is committed at each query."""
    engine = _engine_for_tests(app.config["SQLALCHEMY_DATABASE_URI"])
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture
def visit(app: Flask) -> Visitor:
    return Visitor(app)
