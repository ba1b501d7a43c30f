"""Settings for tests."""

from pathlib import Path
from typing import Literal

from flask import Flask

from tracker.core.db import db
from tracker.core.settings import Settings

Kind = Literal["sqlite", "postgresql"]
SECRET_KEY = "kN7vQ2xW9eR4tY6uI8oP1aS3dF5gH0jZ"


def settings_for(url: str, instance: Path) -> Settings:
    """Settings as in production, except for the cheapest password hash."""
    return Settings(
        database_url=url.replace("postgresql://", "postgresql+psycopg://"), secret_key=SECRET_KEY, instance=instance,
        is_testing=True, secure_cookies=False, argon2_memory_kib=8, argon2_passes=1,
    )  # fmt: skip


def close(app: Flask) -> None:
    """Close the connections of the app."""
    with app.app_context():
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()
