from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.databases import Databases, Kind, close, settings_for
from tracker import create_app


@pytest.fixture
def empty_app(databases: Databases, kind: Kind, tmp_path: Path) -> Iterator[Flask]:
    """An empty installation, without tables."""
    instance = tmp_path / "elsewhere"
    instance.mkdir()
    app = create_app(settings_for(databases.blank(kind), instance))
    yield app
    close(app)
