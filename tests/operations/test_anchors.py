"""The end of the audit chain is written down outside the database, or those who should know are told since when not."""

import os
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask
from sqlalchemy import text

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
    """A folder that others than its maker may walk through."""
    with TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        yield Path(made)


@pytest.fixture
def kept(app: Flask, open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Anchors:
    """The anchors of the app in a folder of their own, written by a service that is not root."""
    found = Anchors(open_folder / "audit")
    if AS_ROOT:
        os.chown(found.folder, SOMEBODY, SOMEBODY)
    add = Anchors._add

    def add_as_the_service(self: Anchors, *what: object) -> None:
        with as_the_service(), as_much_room_as_there_is(self):
            add(self, *what)

    monkeypatch.setattr(Anchors, "_add", add_as_the_service)
    app.extensions["anchors"] = found
    return found


#: So many bytes are left on the disk of the anchors, where it says anything.
_room: list[int] = []


@contextmanager
def as_much_room_as_there_is(kept: Anchors) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    if _room:
        size = max(file.stat().st_size for file in kept.folder.iterdir())
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + _room[0], hard))
        _room[0] = 0
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
    """A few bytes more, and no file of the anchors grows."""
    _room.append(20)


def room_again(_: Anchors) -> None:
    _room.clear()


def read_only(kept: Anchors) -> None:
    kept.folder.chmod(0o555)
    for file in kept.folder.iterdir():
        file.chmod(0o444)


def writable_again(kept: Anchors) -> None:
    kept.folder.chmod(0o755)
    for file in kept.folder.iterdir():
        file.chmod(0o644)


def moved_away(kept: Anchors) -> None:
    kept.folder.rename(kept.folder.with_name("elsewhere"))


def moved_back(kept: Anchors) -> None:
    kept.folder.with_name("elsewhere").rename(kept.folder)


def not_a_folder(kept: Anchors) -> None:
    moved_away(kept)
    kept.folder.write_text("")


def a_folder_again(kept: Anchors) -> None:
    kept.folder.unlink()
    moved_back(kept)


def of_root(kept: Anchors) -> None:
    for place in (kept.folder, *kept.folder.iterdir()):
        os.chown(place, 0, 0)


def of_the_service(kept: Anchors) -> None:
    for place in (kept.folder, *kept.folder.iterdir()):
        os.chown(place, SOMEBODY, SOMEBODY)


HARMS: list[tuple[Callable[[Anchors], None], Callable[[Anchors], None]]] = [
    (full_disk, room_again), (read_only, writable_again), (moved_away, moved_back), (not_a_folder, a_folder_again),
    *([(of_root, of_the_service)] if AS_ROOT else []),
]  # fmt: skip


def change(visit: Visitor, note: str) -> None:
    browser = visit.as_(SECRETARIAT)
    browser.submit(browser.get("/meetings/1/edit"), "/meetings/1/edit", note=note)


@pytest.mark.parametrize(("harm", "mend"), HARMS, ids=lambda one: one.__name__)
def test_anchors_that_stop_are_told_since_when_and_caught_up(
    app: Flask, visit: Visitor, kept: Anchors, harm: Callable[[Anchors], None], mend: Callable[[Anchors], None]
) -> None:
    client, admin = app.test_client(), visit.as_(ADMIN)
    assert client.get("/readyz").text == "ok\n"
    before = kept.last()

    harm(kept)
    change(visit, "Tidak tertulis di luar.")
    told = client.get("/readyz")
    output = app.test_cli_runner().invoke(args=["check"])
    page = admin.get("/audit")

    assert told.status_code == 200
    assert told.text.startswith("ok\naudit not anchored since 20")
    assert (output.exit_code, "anchors: since 20" in output.output) == (1, True), output.output
    assert "Sejak" in page.text_of(".note.tone-bad")

    mend(kept)

    assert client.get("/readyz").text == "ok\n"
    assert kept.last() > before
    assert max(kept.of_each_day()) == kept.last()
    assert not admin.get("/audit").text_of(".note.tone-bad")


@pytest.mark.one_database
@pytest.mark.parametrize("harm", [read_only, *([of_root] if AS_ROOT else [])])
def test_a_folder_that_cannot_be_written_is_told_before_an_entry_is_missed(
    app: Flask, visit: Visitor, kept: Anchors, harm: Callable[[Anchors], None]
) -> None:
    client, admin = app.test_client(), visit.as_(ADMIN)
    client.get("/readyz")

    harm(kept)

    assert client.get("/readyz").text == "ok\naudit unwritable\n"
    assert "Entri berikutnya" in admin.get("/audit").text_of(".note.tone-bad")


def test_a_line_that_was_cut_off_says_nothing_and_the_next_begins_anew(tmp_path: Path) -> None:
    kept, at = Anchors(tmp_path / "audit"), clock.now()
    kept.keep(4, "a" * 64, at)
    [file] = kept.folder.iterdir()
    with file.open("a") as torn:
        torn.write("2026-11-29T10:00:00Z 5 bbb")

    assert kept.last() == 4
    kept.keep(6, "c" * 64, at)

    assert kept.last() == 6
    assert kept.of_each_day() == {6: "c" * 64}


def give_away(folder: Path) -> None:
    """To somebody else, where the tests run as root; nobody else can, and whatever is made stays one's own."""
    if AS_ROOT:
        os.chown(folder, SOMEBODY, SOMEBODY)


COMMANDS: dict[str, list[str]] = {
    "db": ["db", "upgrade"], "init": ["init"], "check": ["check"], "search": ["search", "rebuild"], "demo": ["demo"],
    "user": ["user", "add", "rina", "--name", "Rina", "--role", "reader"], "worker": ["worker", "--once"],
    "backup": ["backup", "instance/made.tar"], "restore": ["restore", "instance/empty.tar"],
    "person-data": ["person-data", "1", "--to", "instance/data.json"],
}  # fmt: skip
#: They serve, and make nothing but in requests.
SERVING = {"serve", "run", "shell", "routes"}


def test_every_command_that_makes_files_is_tried(empty_app: Flask) -> None:
    assert set(empty_app.cli.commands) - SERVING <= set(COMMANDS)


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(words, id=name, marks=[pytest.mark.long] if name == "demo" else [])
        for name, words in COMMANDS.items()
    ],
)
def test_what_root_makes_belongs_to_the_owner_of_the_installation(
    open_folder: Path, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(open_folder)
    instance = open_folder / "instance"
    instance.mkdir()
    give_away(instance)
    app = create_app(settings_for(f"sqlite:///{instance}/tracker.sqlite", instance))
    runner = app.test_cli_runner()
    runner.invoke(args=["db", "upgrade"])
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
    assert ownership.strangers(app.extensions["settings"]) == []


def test_what_root_makes_is_handed_over_while_its_command_still_runs(open_folder: Path) -> None:
    """The service stands in the same line to write, and adds to the same folders, meanwhile."""
    instance = open_folder / "instance"
    instance.mkdir()
    give_away(instance)
    settings = settings_for(f"sqlite:///{instance}/tracker.sqlite", instance)
    app = create_app(settings)
    app.test_cli_runner().invoke(args=["db", "upgrade"])
    for made in (*instance.glob("*-turn"), *instance.glob("*-next")):
        made.unlink()

    with app.app_context():
        storage.store().put(BytesIO(b"x"))
        with db.engine.execution_options(is_writing=True).begin() as connection:
            connection.execute(text("UPDATE audit_head SET length = length"))
        assert list(instance.glob("*-turn"))
        assert [place for place, _ in ownership.strangers(settings) if place.is_file()] == []


def test_a_link_to_what_is_roots_stays_roots(open_folder: Path) -> None:
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
