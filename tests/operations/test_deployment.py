"""What `deploy/` and `docs/operations.md` say fits the program."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import Flask
from sqlalchemy import URL

from tests.settings import SECRET_KEY
from tracker.core.settings import ROOT, Settings

pytestmark = pytest.mark.one_database
DEPLOY = ROOT / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
CONTAINERFILE = (DEPLOY / "Containerfile").read_text()
#: Commands that come from extensions.
OF_EXTENSIONS = {"db"}
READ = re.compile(
    r'environ(?:ment)?(?:\.get\(|\[)"([A-Z_]+)"|_from_1_to\(\d+, environment, "([A-Z_]+)"'
    r'|"([A-Z_]+)" not in os\.environ'
)


def settings_read() -> set[str]:
    """The names that the program reads from the environment."""
    files = [ROOT / "tracker" / "core" / "settings.py", DEPLOY / "gunicorn.conf.py", ROOT / "tracker/core/metrics.py"]
    found = {name for file in files for names in READ.findall(file.read_text()) for name in names if name}
    return found | {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"}


def test_each_setting_is_in_the_table_of_the_operations_guide() -> None:
    guide = (ROOT / "docs" / "operations.md").read_text()
    table = guide.partition("## Settings\n")[2].partition("\n## ")[0]
    told = {
        name
        for row in table.splitlines()
        if row.startswith("| `")
        for name in re.findall(r"`([A-Z_]+)`", row.split("|")[1])
    }

    assert len(told) > 15
    assert told == settings_read()


def test_doctor_shows_each_setting_of_the_program(tmp_path: Path) -> None:
    shown = Settings.from_environment({"TRACKER_INSTANCE": str(tmp_path)}).shown()
    read = {name for names in READ.findall((ROOT / "tracker/core/settings.py").read_text()) for name in names if name}

    assert set(shown) == read


def commands_named() -> set[str]:
    """The commands of the program that the files and the guides tell to run."""
    texts = [*(file.read_text() for file in DEPLOY.iterdir() if file.is_file()), (ROOT / "README.md").read_text()]
    texts += [(ROOT / "docs" / name).read_text() for name in ("operations.md", "upgrading.md")]
    found = {name for text in texts for name in re.findall(r"(?:flask --app app|deploy/tracker) ([a-z][a-z-]+)", text)}
    services = [service.get("command") or [] for service in COMPOSE["services"].values()]
    return found | {words[3] for words in services if words[:3] == ["flask", "--app", "app"]}


def test_each_command_that_is_told_to_run_exists(app: Flask) -> None:
    named = commands_named()

    assert {"init", "worker", "backup", "restore", "doctor", "check", "db"} <= named
    assert named - OF_EXTENSIONS - set(app.cli.commands) == set()


def test_the_services_of_the_compose_file_hold_together() -> None:
    services, volumes = COMPOSE["services"], COMPOSE["volumes"]
    mounted = [mount.split(":")[0] for service in services.values() for mount in service.get("volumes", [])]

    assert {"app", "worker", "database", "nginx"} <= set(services)
    assert {place for place in mounted if not place.startswith(".")} == set(volumes)
    assert (DEPLOY / "nginx.conf").exists()
    assert {name for service in services.values() for name in service.get("depends_on", {})} <= set(services)
    assert [name for name, service in services.items() if service.get("ports")] == ["nginx"]
    assert services["app"]["build"]["dockerfile"] == "deploy/Containerfile"


def test_nginx_of_the_compose_file_finds_the_app() -> None:
    sed = re.search(r"sed '(.+?)'", COMPOSE["services"]["nginx"]["command"][2])
    assert sed
    changed = subprocess.run(["sed", sed[1], DEPLOY / "nginx.conf"], capture_output=True, text=True, check=True).stdout

    assert re.findall(r"^    server (\S+)", changed, re.M) == ["app:8000"]


@pytest.mark.long
def test_the_image_contains_all_that_the_program_needs(tmp_path: Path) -> None:
    """The files that the image copies, in a folder of their own, with the steps of a first start."""
    for sources in re.findall(r"^COPY (.+) \S+$", CONTAINERFILE, re.M):
        for source in sources.split():
            place = ROOT / source
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(place, tmp_path / source, ignore=ignored) if place.is_dir() else shutil.copy(
                place, tmp_path
            )
    environment = {**os.environ, "SECRET_KEY": SECRET_KEY, "LC_ALL": "C.UTF-8",
                   "SITE_URL": "https://tracker.kantor.test",
                   "DATABASE_URL": str(URL.create("sqlite", database=str(tmp_path / "tracker.sqlite")))}  # fmt: skip
    environment.pop("TRACKER_INSTANCE", None)

    def run(*words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "flask", "--app", "app", *words]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, input=typed, capture_output=True, text=True, check=False
        )

    begun = run("init", typed="empat kata acak yang panjang\n")
    told = run("doctor")

    assert begun.returncode == 0, begun.stderr
    assert "good: Tables" in told.stdout, told.stderr
    assert [line for line in told.stdout.splitlines() if line.startswith("wrong")] == [
        "wrong: Backup: none made with this installation's command yet"
    ]


def test_the_wrapper_runs_a_command_with_the_settings_of_the_service(tmp_path: Path) -> None:
    settings = tmp_path / "tracker.env"
    settings.write_text(
        f"# a remark\nSECRET_KEY={SECRET_KEY}\nMAIL_FROM=Sekretariat $HOME <a@kantor.test>\nTRACKER_ENV=production\n"
        f"SITE_URL=https://tracker.kantor.test\nTRACKER_INSTANCE={tmp_path}"
    )
    environment = {"PATH": os.environ["PATH"], "TRACKER_SETTINGS": str(settings), "TRACKER_USER": "nobody-like-this"}

    told = subprocess.run([DEPLOY / "tracker", "doctor"], env=environment, capture_output=True, text=True, check=False)

    assert told.returncode == 1, told.stderr
    assert "MAIL_FROM=Sekretariat $HOME <a@kantor.test>" in told.stdout
    assert f"TRACKER_INSTANCE={tmp_path}" in told.stdout
