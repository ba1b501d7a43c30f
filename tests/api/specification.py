"""`make specification` writes docs/api.json: what programs can do, for those who read the repository."""

from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from tests.settings import settings_for
from tracker import create_app
from tracker.api.specification import as_text
from tracker.core.settings import ROOT

FILE = ROOT / "docs" / "api.json"


def made(app: Flask) -> str:
    with app.test_request_context():
        return as_text()


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        FILE.write_text(made(create_app(settings_for("sqlite://", Path(folder)))))
