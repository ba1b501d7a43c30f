"""What commands say: one sentence for each refusal, in the language of the terminal, with an exit code."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click
import pytest
from flask import Flask

from tests.databases import Databases
from tests.notifications.post_office import nobody_there
from tests.processes import Command
from tracker.core import terminal
from tracker.core.settings import ROOT

pytestmark = pytest.mark.one_database


def commands_of(group: click.Group, *within: str) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        yield from (
            commands_of(command, name) if isinstance(command, click.Group) else [(" ".join((*within, name)), command)]
        )


def our_commands(app: Flask) -> dict[str, click.Command]:
    return {
        name: command for name, command in commands_of(app.cli) if command.callback.__module__.startswith("tracker.")
    }


def test_every_command_speaks_plainly(empty_app: Flask) -> None:
    ours = our_commands(empty_app)

    assert len(ours) >= 12
    assert [name for name, command in ours.items() if not getattr(command.callback, "speaks_plainly", False)] == []


def test_the_table_of_exit_codes_has_each_command(empty_app: Flask) -> None:
    table = (ROOT / "docs" / "operations.md").read_text().partition("## Exit codes\n")[2].partition("\n## ")[0]

    assert set(re.findall(r"^\| `([a-z -]+)` \|", table, re.M)) == set(our_commands(empty_app))


@pytest.mark.parametrize(
    ("language", "sentence"), [("id", "Tidak ada opsi '--tidak'"), ("en", "No such option '--tidak'")]
)
def test_each_command_called_wrongly_says_so_and_ends_with_two(empty_app: Flask, language: str, sentence: str) -> None:
    terminal.choose_language({})
    for name in our_commands(empty_app):
        told = empty_app.test_cli_runner().invoke(args=[*name.split(), "--tidak"], env={"LANGUAGE": language})

        assert (told.exit_code, sentence in told.output) == (2, True), told.output


#: Prints what `--help` says of each command and each option.
HELP = """
import json, app, click, flask.cli
def told(command):
    if isinstance(command, click.Group):
        return own(command) + [words for one in command.commands.values() for words in told(one)]
    return own(command)
def own(command):
    return [command.help, *(option.help for option in command.params if getattr(option, "help", None))]
of_flask = [flask.cli.run_command, flask.cli.shell_command, flask.cli.routes_command]
listed = [command.get_short_help_str() for command in of_flask]
print(json.dumps(listed + [words for command in app.app.cli.commands.values() for words in told(command)]))
"""


def test_help_speaks_both_languages() -> None:
    said = {}
    for language in ("en", "id"):
        environment = {**os.environ, "LANGUAGE": language}
        told = subprocess.run([sys.executable, "-c", HELP], cwd=ROOT, env=environment, capture_output=True, check=True)
        said[language] = json.loads(told.stdout)

    assert len(said["en"]) > 100
    assert [english for english, indonesian in zip(said["en"], said["id"], strict=True) if english == indonesian] == []


#: What an administrator may type: none ends in a traceback.
MISTAKES = [
    ["init", "--username", ""], ["init", "--username", "a" * 5000],
    ["user", "add", "x" * 300, "--name", "", "--role", "pic"],
    ["user", "add", "sekretariat", "--name", "Dua", "--role", "pic"],
    ["user", "change", "pic", "--person", "99999999999999999999", "--reason", "x"],
    ["user", "change", "pic", "--person", "-1", "--reason", "x"],
    ["user", "change", "pic", "--role", "pic", "--reason", "y" * 100_000],
    ["user", "link", "\udcff"],
    ["person-data", "99999999999999999999"], ["person-data", "1", "--to", "/dev/null/x"],
    ["backup", "/dev/null/x"], ["backup", "/"], ["restore", "/dev/null"], ["restore", "/etc/passwd"], ["restore", "/"],
    ["doctor", "--mail-to", "a\nBcc: b@kantor.test"], ["doctor", "--mail-to", "x" * 10_000],
    ["worker", "--once", "--lease", "1e300"], ["worker", "--once", "--lease", "99999999"], ["worker", "--pause", "-1"],
    ["db", "upgrade", "no-such-revision"], ["db", "downgrade", "no-such-revision"],
]  # fmt: skip


@pytest.mark.parametrize("words", MISTAKES, ids=lambda words: repr(" ".join(words))[:40])
def test_a_mistake_of_an_administrator_is_no_traceback(app: Flask, words: list[str]) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], smtp_url=nobody_there())

    told = app.test_cli_runner().invoke(args=words, input="tujuh bukit di tepi danau\n")

    assert told.exception is None or isinstance(told.exception, SystemExit), repr(told.exception)
    assert "Traceback" not in told.output


def test_a_database_file_that_is_none_is_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite").write_text("bukan basis data, hanya teks biasa yang cukup panjang" * 100)
    command = Command(f"sqlite:///{tmp_path}/x.sqlite", tmp_path, "check", SITE_URL="https://tracker.kantor.test")

    assert command.end() == 1
    assert "Traceback" not in command.errors
    assert "The database does not do" in command.errors


@pytest.mark.parametrize(
    ("environment", "code"),
    [({"LANG": "id_ID.UTF-8"}, "id"), ({"LANG": "C.UTF-8"}, "id"), ({}, "id"), ({"LANG": "en_US", "LC_ALL": "C"}, "id"),
     ({"LANG": "id_ID", "LC_MESSAGES": "en_GB"}, "en"), ({"LC_ALL": "C.UTF-8", "LANGUAGE": "en_GB:en"}, "en")],
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
    "a mail server without a port": ((["check"], {"SMTP_URL": "smtp://mail:abc"}), ("Set SMTP_URL", "Isi SMTP_URL")),
    "a mail server that is none": ((["check"], {"SMTP_URL": "smtp://[mail"}), ("Set SMTP_URL", "Isi SMTP_URL")),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_is_one_sentence_without_a_traceback(databases: Databases, tmp_path: Path, name: str) -> None:
    (words, environment), sentences = REFUSED[name]
    for locale, sentence in zip(("en", "id"), sentences, strict=True):
        given = {"TRACKER_PLAIN_HTTP": "1", "LANGUAGE": locale, **environment}
        command = Command(databases.blank("sqlite"), tmp_path, *words, typed="pendek\n", **given)

        assert command.end() == 1, command.errors
        said = [line for line in command.errors.splitlines() if not line.startswith("INFO")]
        assert len(said) == 1, said
        assert sentence in said[0]
