from pathlib import Path

import pytest

from tests.databases import SECRET_KEY
from tracker.core.settings import IncompleteSettings, Settings

WHOLE = {
    "DATABASE_URL": "postgresql://db/tracker",
    "SECRET_KEY": SECRET_KEY,
    "SITE_URL": "https://tracker.kemenham.go.id",
}


def read(tmp_path: Path, **given: str | None) -> Settings:
    environment = {**WHOLE, "TRACKER_INSTANCE": str(tmp_path), **given}
    return Settings.from_environment({name: value for name, value in environment.items() if value is not None})


def test_a_complete_environment_starts(tmp_path: Path) -> None:
    settings = read(tmp_path)

    assert (settings.is_production, settings.secure_cookies) == (True, True)
    assert settings.database_url == "postgresql+psycopg://db/tracker"


@pytest.mark.parametrize(
    ("given", "names"),
    [({"SECRET_KEY": None}, "SECRET_KEY"), ({"SECRET_KEY": SECRET_KEY[:31]}, "SECRET_KEY"),
     ({"SECRET_KEY": "abc" * 20}, "SECRET_KEY"), ({"SITE_URL": None}, "SITE_URL"),
     ({"SITE_URL": "http://tracker.kemenham.go.id"}, "SITE_URL"),
     ({"OIDC_ISSUER": "https://sso.kemenham.go.id"}, "OIDC_CLIENT_ID"),
     ({"OIDC_ISSUER": "http://sso.go.id", "OIDC_CLIENT_ID": "a", "OIDC_CLIENT_SECRET": "b"}, "OIDC_ISSUER"),
     ({"DATABASE_READ_URL": "sqlite:///copy.sqlite"}, "DATABASE_READ_URL"),
     ({"DATABASE_READ_URL": "postgres://db/tracker"}, "DATABASE_READ_URL"),
     ({"DATABASE_URL": "sqlite:////data/x.sqlite", "DATABASE_READ_URL": "postgres://db/tracker"}, "DATABASE_READ_URL"),
     ({"SMTP_URL": "mail.kemenham.go.id:25"}, "SMTP_URL"),
     ({"IMAP_URL": "imaps://rapat:x@mail.kemenham.go.id"}, "REPLY_ADDRESS")],
)  # fmt: skip
def test_a_weak_or_incomplete_environment_does_not_start_and_names_the_setting(
    tmp_path: Path, given: dict[str, str | None], names: str
) -> None:
    with pytest.raises(IncompleteSettings, match=names):
        read(tmp_path, **given)


def test_a_standby_accepts_any_common_postgresql_url(tmp_path: Path) -> None:
    settings = read(tmp_path, DATABASE_READ_URL="postgres://standby/tracker")

    assert settings.database_read_url == "postgresql+psycopg://standby/tracker"


def test_all_missing_settings_are_reported_at_once(tmp_path: Path) -> None:
    with pytest.raises(IncompleteSettings) as refused:
        read(tmp_path, SECRET_KEY="kurang", SITE_URL=None)

    assert len(str(refused.value).splitlines()) == 2


def test_plain_http_on_a_private_network_is_an_explicit_setting(tmp_path: Path) -> None:
    settings = read(tmp_path, TRACKER_PLAIN_HTTP="1", SITE_URL="http://tracker.kantor")

    assert not settings.secure_cookies


def test_a_local_installation_needs_no_settings_and_keeps_its_secret(tmp_path: Path) -> None:
    nothing = dict.fromkeys(WHOLE)

    first, second = read(tmp_path, **nothing), read(tmp_path, **nothing)

    assert first.secret_key == second.secret_key
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert not first.is_production
