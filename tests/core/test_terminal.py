"""What commands say: one sentence for each refusal, in the language of the terminal, with an exit code."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from flask import Flask

from tests.databases import Databases
from tests.processes import Command
from tracker.core import terminal

pytestmark = pytest.mark.one_database


def commands_of(group: click.Group) -> Iterator[click.Command]:
    for command in group.commands.values():
        yield from commands_of(command) if isinstance(command, click.Group) else [command]


def test_every_command_speaks_plainly(empty_app: Flask) -> None:
    ours = [command for command in commands_of(empty_app.cli) if command.callback.__module__.startswith("tracker.")]

    assert len(ours) >= 12
    assert [command.name for command in ours if not getattr(command.callback, "speaks_plainly", False)] == []


@pytest.mark.parametrize(
    ("environment", "code"),
    [({"LANG": "id_ID.UTF-8"}, "id"), ({"LANG": "C.UTF-8"}, "en"), ({}, "en"), ({"LANG": "id", "LC_ALL": "C"}, "en"),
     ({"LANG": "en_GB", "LC_MESSAGES": "id_ID"}, "id")],
)  # fmt: skip
def test_the_terminal_chooses_the_language(environment: dict[str, str], code: str) -> None:
    assert terminal.language(environment) == code


REFUSED = {
    "a weak secret": ((["check"], {"SECRET_KEY": "kurang"}),
                      ("at least 32 random characters", "paling sedikit 32 karakter acak")),
    "an address of no database": ((["check"], {"DATABASE_URL": "mysql://x/y"}),
                                  ("Set DATABASE_URL like postgresql://", "Isi DATABASE_URL seperti postgresql://")),
    "a folder that cannot be": ((["check"], {"TRACKER_INSTANCE": "/dev/null/x"}),
                                ("Set TRACKER_INSTANCE to a folder", "Isi TRACKER_INSTANCE dengan folder")),
    "no tables": ((["user", "link", "siapa"], {}), ("The database does not do", "Basis data tidak melakukan")),
    "migrations of a database that is away": (
        (["db", "current"], {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x"}),
        ("The database does not do", "Basis data tidak melakukan")),
    "a bad password": ((["init"], {}), ("Use at least 15 characters", "Gunakan paling sedikit 15 karakter")),
    "no mail server": ((["worker", "--once"], {}), ("Set SMTP_URL", "Isi SMTP_URL")),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_is_one_sentence_without_a_traceback(databases: Databases, tmp_path: Path, name: str) -> None:
    (words, environment), sentences = REFUSED[name]
    for locale, sentence in zip(("C.UTF-8", "id_ID.UTF-8"), sentences, strict=True):
        given = {"TRACKER_PLAIN_HTTP": "1", "LC_ALL": locale, **environment}
        command = Command(databases.blank("sqlite"), tmp_path, *words, typed="pendek\n", **given)

        assert command.end() == 1, command.errors
        said = [line for line in command.errors.splitlines() if not line.startswith("INFO")]
        assert len(said) == 1, said
        assert sentence in said[0]
