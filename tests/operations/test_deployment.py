"""What `deploy/` and `docs/operations.md` say fits the program."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from flask import Flask
from sqlalchemy import URL

from tests.databases import Databases
from tests.nodes.served import wait_for
from tests.postgres import free_port
from tests.settings import SECRET_KEY
from tracker.core.settings import ROOT, Settings
from tracker.core.version import VERSION

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


#: Findings of the linters that stay, with the reason.
EXPLAINED = {
    "DL3008": "Debian keeps one version of a package in a release: a pinned one disappears with its next update.",
    "DL3066": "Only an engine that refuses root by number asks for one; the name says who it is.",
    "CL-0005": "nginx is the one service that others shall reach.",
    "CL-0006": "PostgreSQL and nginx begin as root and change to their own user.",
    "CL-0007": "PostgreSQL and nginx write beside their data: sockets, caches, the configuration.",
    "CL-0019": "A digest would keep security updates of PostgreSQL and nginx away.",
    "CL-0026": "The machine is the tracker's; how much memory it has is not known here.",
}


def lint(program: str, *words: str) -> Any:
    command = [str(Path(sys.executable).parent / program), *words]
    return json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout)


def test_linters_find_nothing_that_is_not_explained() -> None:
    image = {found["code"] for found in lint("hadolint", "--format", "json", "deploy/Containerfile")}
    services = lint("compose-lint", "--format", "json", "deploy/compose.yaml")["findings"]

    assert image | {found["rule_id"] for found in services} == set(EXPLAINED)
    of_others = [found["service"] for found in services if found["rule_id"] in {"CL-0006", "CL-0007"}]
    assert set(of_others) == {"database", "nginx"}


def test_the_image_has_the_version_of_the_program() -> None:
    assert {COMPOSE["services"][name]["image"] for name in ("migrate", "app", "worker")} == {f"tracker:{VERSION}"}


def instructions() -> list[tuple[str, str]]:
    """Those of the Containerfile, each with its words on one line."""
    lines = re.sub(r"^#.*\n", "", CONTAINERFILE, flags=re.M).replace("\\\n", " ").splitlines()
    return [(name, words) for name, _, words in (line.partition(" ") for line in lines) if name]


def copy_into(folder: Path) -> None:
    """The files that the image copies."""
    for sources in re.findall(r"^COPY (.+) \S+$", CONTAINERFILE, re.M):
        for source in sources.split():
            place = ROOT / source
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(place, folder / source, ignore=ignored) if place.is_dir() else shutil.copy(place, folder)


@pytest.mark.long
def test_the_image_contains_all_that_the_program_needs(tmp_path: Path) -> None:
    """The files that the image copies, in a folder of their own, with the steps of a first start."""
    copy_into(tmp_path)
    environment = {**os.environ, "SECRET_KEY": SECRET_KEY, "SITE_URL": "https://tracker.kantor.test",
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


class Root:
    """A fresh folder in place of the image: its steps after the packages, as a user without rights if that is possible.

    Not run, since there is no engine: the base image, apt-get and pip, whose packages are those of this environment.
    """

    def __init__(self, folder: Path, database: str) -> None:
        self.folder = folder
        self.environment = {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "SECRET_KEY": SECRET_KEY,
            "DATABASE_URL": database, "TRACKER_PLAIN_HTTP": "1", "LANGUAGE": "en", "HOME": str(folder),
        }  # fmt: skip
        self._user = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []
        self._is_user = False

    def words(self, command: list[str]) -> list[str]:
        return [*self._user, *command] if self._is_user else command

    def build(self) -> None:
        copy_into(self.folder)
        for name, words in instructions():
            if name == "RUN" and not words.startswith(("apt-get", "pip")):
                self.run(["sh", "-c", words.replace("tracker:tracker", "nobody:nogroup" if self._user else "")])
            elif name == "USER":
                self._is_user = True
            elif name == "ENV":
                self.environment.update(part.split("=") for part in words.split())

    def run(self, command: list[str], typed: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(self.words(command), cwd=self.folder, env=self.environment, input=typed, text=True,
                              capture_output=True, check=False)  # fmt: skip


def files_of(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.mark.long
@pytest.mark.timeout(180)
def test_the_steps_of_image_and_services_in_a_fresh_root(databases: Databases) -> None:
    """The tables, the first administrator, the site with its health check, and the worker, from image and services."""
    services, port = COMPOSE["services"], free_port()
    with TemporaryDirectory() as folder:
        root = Root(Path(folder), databases.blank("postgresql"))
        root.folder.chmod(0o755)
        root.build()
        built = files_of(root.folder)
        root.environment["TRACKER_BIND"] = f"127.0.0.1:{port}"

        migrated = root.run(services["migrate"]["command"])
        begun = root.run(["flask", "--app", "app", "init"], typed="empat kata acak yang panjang\n")
        worked = root.run([*services["worker"]["command"], "--once"])
        site = subprocess.Popen(root.words(json.loads(dict(instructions())["CMD"])), cwd=folder, env=root.environment)
        try:
            wait_for(f"http://127.0.0.1:{port}/readyz")
            check = [word.replace(":8000", f":{port}") for word in services["app"]["healthcheck"]["test"][1:]]
            healthy = root.run(check)
        finally:
            site.terminate()
            site.wait(30)
        written = files_of(root.folder) - built

    assert (migrated.returncode, begun.returncode, healthy.returncode) == (0, 0, 0), (migrated, begun, healthy)
    assert (worked.returncode, "Set SMTP_URL" in worked.stderr) == (1, True)
    assert {name.split("/")[0] for name in written} == {"instance"}


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
