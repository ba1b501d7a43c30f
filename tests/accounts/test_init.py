"""`flask --app app init`."""

from pathlib import Path

from sqlalchemy import create_engine, text

from tests.databases import Databases, Kind
from tests.processes import Command


def init(url: str, instance: Path, typed: str) -> Command:
    return Command(url, instance, "init", "--username", "kepala", typed=typed, TRACKER_PLAIN_HTTP="1")


def test_init_sets_up_an_empty_installation_only_once(databases: Databases, kind: Kind, tmp_path: Path) -> None:
    url = databases.blank(kind)

    first = init(url, tmp_path, "sandi yang cukup panjang\n")

    assert first.end() == 0, first.errors
    assert init(url, tmp_path, "sandi yang cukup panjang\n").end() != 0
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT username FROM account")).scalars().all() == ["kepala"]
        assert connection.execute(text("SELECT count(*) FROM meeting")).scalar_one() == 0
    engine.dispose()


def test_init_refuses_a_short_password(databases: Databases, kind: Kind, tmp_path: Path) -> None:
    result = init(databases.blank(kind), tmp_path, "pendek\n")

    assert result.end() != 0
    assert "Traceback" not in result.errors
