"""The end of the audit chain is recorded outside the database; a failure is reported with the time it began."""

import os
import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask
from sqlalchemy import text

from tests import prepared
from tests.databases import settings_for
from tests.visitor import ADMIN, SECRETARIAT, Visitor
from tracker import create_app
from tracker.core import clock, ownership, storage
from tracker.core.anchors import Anchors
from tracker.core.db import db
from tracker.core.visibility import unrestricted
from tracker.people.models import Person

SOMEBODY = 65534
AS_ROOT = os.geteuid() == 0


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users may enter."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def anchors(app: Flask, open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Anchors:
    """The app's anchors in a folder of their own, written by a service that is not root."""
    files = Anchors(open_folder / "audit")
    if AS_ROOT:
        os.chown(files.folder, SOMEBODY, SOMEBODY)
    add = Anchors._add

    def add_as_the_service(self: Anchors, *args: object) -> None:
        with as_the_service(), limited_disk(self):
            add(self, *args)

    monkeypatch.setattr(Anchors, "_add", add_as_the_service)
    app.extensions["anchors"] = files
    _bytes_left.clear()
    return files


#: Bytes left on the disk of the anchors; empty for no limit.
_bytes_left: list[int] = []


@contextmanager
def limited_disk(anchors: Anchors) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    if _bytes_left:
        size = max(file.stat().st_size for file in anchors.folder.iterdir())
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + _bytes_left[0], hard))
        _bytes_left[0] = 0
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def as_the_service() -> Iterator[None]:
    if AS_ROOT:
        os.seteuid(SOMEBODY)
    try:
        yield
    finally:
        if AS_ROOT:
            os.seteuid(0)


def full_disk(_: Anchors) -> None:
    """Leaves room for only a part of the next line."""
    _bytes_left.append(20)


def disk_with_space(_: Anchors) -> None:
    _bytes_left.clear()


def read_only(anchors: Anchors) -> None:
    anchors.folder.chmod(0o555)
    for file in anchors.folder.iterdir():
        file.chmod(0o444)


def writable_again(anchors: Anchors) -> None:
    anchors.folder.chmod(0o755)
    for file in anchors.folder.iterdir():
        file.chmod(0o644)


def moved_away(anchors: Anchors) -> None:
    anchors.folder.rename(anchors.folder.with_name("elsewhere"))


def moved_back(anchors: Anchors) -> None:
    anchors.folder.with_name("elsewhere").rename(anchors.folder)


def not_a_folder(anchors: Anchors) -> None:
    moved_away(anchors)
    anchors.folder.write_text("")


def a_folder_again(anchors: Anchors) -> None:
    anchors.folder.unlink()
    moved_back(anchors)


def of_root(anchors: Anchors) -> None:
    for place in (anchors.folder, *anchors.folder.iterdir()):
        os.chown(place, 0, 0)


def of_the_service(anchors: Anchors) -> None:
    for place in (anchors.folder, *anchors.folder.iterdir()):
        os.chown(place, SOMEBODY, SOMEBODY)


FAULTS: list[tuple[Callable[[Anchors], None], Callable[[Anchors], None]]] = [
    (full_disk, disk_with_space), (read_only, writable_again), (moved_away, moved_back), (not_a_folder, a_folder_again),
    *([(of_root, of_the_service)] if AS_ROOT else []),
]  # fmt: skip


def change(visit: Visitor, note: str) -> None:
    browser = visit.as_(SECRETARIAT)
    browser.submit(browser.get("/meetings/1/edit"), "/meetings/1/edit", note=note)


@pytest.mark.parametrize(("fault", "repair"), FAULTS, ids=lambda function: function.__name__)
def test_missing_anchors_are_reported_with_their_start_and_written_later(
    app: Flask, visit: Visitor, anchors: Anchors, fault: Callable[[Anchors], None], repair: Callable[[Anchors], None]
) -> None:
    client, admin = app.test_client(), visit.as_(ADMIN)
    assert client.get("/readyz").text == "ok\n"
    before = anchors.last()

    fault(anchors)
    change(visit, "Tidak tertulis di luar.")
    response = client.get("/readyz")
    output = app.test_cli_runner().invoke(args=["check"])
    page = admin.get("/audit")

    assert response.status_code == 200
    assert response.text.startswith("ok\naudit not anchored since 20")
    assert (output.exit_code, "anchors: since 20" in output.output) == (1, True), output.output
    assert "Sejak" in page.text_of(".note.tone-bad")

    repair(anchors)

    assert client.get("/readyz").text == "ok\n"
    assert anchors.last() > before
    assert max(anchors.of_each_day()) == anchors.last()
    assert not admin.get("/audit").text_of(".note.tone-bad")


@pytest.mark.one_database
@pytest.mark.parametrize("fault", [read_only, *([of_root] if AS_ROOT else [])])
def test_a_folder_that_cannot_be_written_is_reported_before_an_anchor_is_missing(
    app: Flask, visit: Visitor, anchors: Anchors, fault: Callable[[Anchors], None]
) -> None:
    client, admin = app.test_client(), visit.as_(ADMIN)
    client.get("/readyz")

    fault(anchors)

    assert client.get("/readyz").text == "ok\naudit unwritable\n"
    assert "Entri berikutnya" in admin.get("/audit").text_of(".note.tone-bad")


def test_a_truncated_line_is_ignored_and_the_next_starts_a_new_line(tmp_path: Path) -> None:
    anchors, at = Anchors(tmp_path / "audit"), clock.now()
    anchors.keep(4, "a" * 64, at)
    [file] = anchors.folder.iterdir()
    with file.open("a") as truncated:
        truncated.write("2026-11-29T10:00:00Z 5 bbb")

    assert anchors.last() == 4
    anchors.keep(6, "c" * 64, at)

    assert anchors.last() == 6
    assert anchors.of_each_day() == {6: "c" * 64}


def give_away(folder: Path) -> None:
    """Change the owner if the tests run as root. Without root that is impossible, and new files keep their owner."""
    if AS_ROOT:
        os.chown(folder, SOMEBODY, SOMEBODY)


def copy_tables_into(instance: Path) -> None:
    """As after `db upgrade`, which takes a second."""
    file = instance / "tracker.sqlite"
    shutil.copyfile(prepared.sqlite() / "empty.sqlite", file)
    if AS_ROOT:
        os.chown(file, SOMEBODY, SOMEBODY)


COMMANDS: dict[str, list[str]] = {
    "db": ["db", "upgrade"], "init": ["init"], "check": ["check"], "search": ["search", "rebuild"], "demo": ["demo"],
    "user": ["user", "add", "rina", "--name", "Rina", "--role", "reader"], "worker": ["worker", "--once"],
    "backup": ["backup", "instance/made.tar"], "restore": ["restore", "instance/empty.tar"],
    "count": ["count"], "doctor": ["doctor"], "person-data": ["person-data", "1", "--to", "instance/data.json"],
}  # fmt: skip
#: Commands that serve and create no files themselves.
SERVING = {"serve", "run", "shell", "routes"}


def test_every_command_that_creates_files_is_tested(empty_app: Flask) -> None:
    assert set(empty_app.cli.commands) - SERVING <= set(COMMANDS)


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(words, id=name, marks=[pytest.mark.long] if name == "demo" else [])
        for name, words in COMMANDS.items()
    ],
)
def test_files_created_by_root_belong_to_the_owner_of_the_installation(
    open_folder: Path, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(open_folder)
    instance = open_folder / "instance"
    instance.mkdir()
    give_away(instance)
    app = create_app(settings_for(f"sqlite:///{instance}/tracker.sqlite", instance))
    runner = app.test_cli_runner()
    if command != ["db", "upgrade"]:
        copy_tables_into(instance)
    if command == ["check"]:
        (instance / "attachments").mkdir()
        (instance / "attachments" / "x").write_text("x")
        (instance / "secret_key").write_text("x")
    if command[0] == "person-data":
        with app.app_context(), unrestricted():
            db.session.add(Person(id=1, name="Rina", folded="rina"))
            db.session.commit()
    runner.invoke(args=command, input="admin\nkuda-terbang-di-awan-biru\nkuda-terbang-di-awan-biru\n")

    assert len(list(instance.rglob("*"))) >= 2
    assert (instance / "data.json").exists() is (command[0] == "person-data")
    assert ownership.foreign_paths(app.extensions["settings"]) == []


def test_files_created_by_root_are_handed_over_while_the_command_runs(open_folder: Path) -> None:
    """Meanwhile the service uses the same lock files and folders."""
    instance = open_folder / "instance"
    instance.mkdir()
    give_away(instance)
    settings = settings_for(f"sqlite:///{instance}/tracker.sqlite", instance)
    app = create_app(settings)
    app.test_cli_runner().invoke(args=["db", "upgrade"])
    for lock_file in (*instance.glob("*-turn"), *instance.glob("*-next")):
        lock_file.unlink()

    with app.app_context():
        storage.store().put(BytesIO(b"x"))
        with db.engine.execution_options(is_writing=True).begin() as connection:
            connection.execute(text("UPDATE audit_head SET length = length"))
        assert list(instance.glob("*-turn"))
        assert [place for place, _ in ownership.foreign_paths(settings) if place.is_file()] == []


def test_links_to_files_of_root_are_not_followed(open_folder: Path) -> None:
    instance, own = open_folder / "instance", open_folder / "own"
    instance.mkdir()
    own.write_text("x")
    give_away(instance)
    (instance / "hard").hardlink_to(own)
    (instance / "soft").symlink_to(own)

    app = create_app(settings_for(f"sqlite:///{instance}/tracker.sqlite", instance))
    with app.app_context():
        pass

    assert own.stat().st_uid == os.geteuid()
