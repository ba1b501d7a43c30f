"""`flask --app app init`."""

import os
import subprocess
from pathlib import Path

from sqlalchemy import create_engine, text

from tests import pinned
from tests.databases import SECRET_KEY, Databases, Kind
from tracker.core.settings import ROOT


def init(url: str, instance: Path, typed: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "SECRET_KEY": SECRET_KEY,
        "TRACKER_INSTANCE": str(instance),
        "TRACKER_PLAIN_HTTP": "1",
    }
    command = pinned.command("flask", "--app", "app", "init", "--username", "kepala")
    return subprocess.run(command, cwd=ROOT, env=environment, input=typed, text=True, capture_output=True, check=False)


def test_init_sets_up_an_empty_installation_only_once(databases: Databases, kind: Kind, tmp_path: Path) -> None:
    url = databases.blank(kind)

    first = init(url, tmp_path, "sandi yang cukup panjang\n")
    second = init(url, tmp_path, "sandi yang cukup panjang\n")

    assert first.returncode == 0, first.stderr
    assert second.returncode != 0
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT username FROM account")).scalars().all() == ["kepala"]
        assert connection.execute(text("SELECT count(*) FROM meeting")).scalar_one() == 0
    engine.dispose()


def test_init_refuses_a_short_password(databases: Databases, kind: Kind, tmp_path: Path) -> None:
    result = init(databases.blank(kind), tmp_path, "pendek\n")

    assert result.returncode != 0
    assert "Traceback" not in result.stderr
