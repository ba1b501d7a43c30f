"""Every sentence, code and event verb exists in both languages."""

import re
import subprocess
import sys
from enum import StrEnum
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from flask import Flask

from tracker import of_each_feature
from tracker.core import wording
from tracker.core.settings import ROOT

CATALOGUE = ROOT / "tracker" / "translations" / "id" / "LC_MESSAGES" / "messages"


#: Words that no English-speaking office uses for it, and Indonesian ones for which another is used on all pages.
RETIRED = {
    "en": r"things?|whoever|by whom|lets? in|came of|became of|sittings?|mend|fits?",
    "id": r"laman|telat|pengaruh|bukti|notulen|pemeriksa|selesai dibahas",
}


@pytest.fixture
def extracted(tmp_path: Path) -> set[str]:
    pot = tmp_path / "messages.pot"
    options = ["-F", "tracker/translations/babel.cfg", "-klazy_gettext", "-k_l"]
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", *options, "-o", str(pot), "."]
    subprocess.run(command, check=True, cwd=ROOT)
    with pot.open("rb") as file:
        return {_id(message) for message in read_po(file) if message.id}


def _id(message: object) -> str:
    found = message.id
    return found if isinstance(found, str) else found[0]


def test_every_sentence_is_in_the_catalogue_in_indonesian(extracted: set[str]) -> None:
    with CATALOGUE.with_suffix(".po").open("rb") as file:
        catalogue = {_id(message): message for message in read_po(file) if message.id}

    unsaid = {words for words, message in catalogue.items() if not message.string or not all(message.string)}

    assert extracted - set(catalogue) == set()
    assert set(catalogue) - extracted == set()
    assert unsaid == set()


def test_one_word_is_used_for_one_thing() -> None:
    with CATALOGUE.with_suffix(".po").open("rb") as file:
        messages = [(_id(message), str(message.string)) for message in read_po(file) if message.id]

    retired = {code: re.compile(rf"\b({words})\b", re.IGNORECASE) for code, words in RETIRED.items()}
    assert [english for english, _ in messages if retired["en"].search(english)] == []
    assert [indonesian for _, indonesian in messages if retired["id"].search(indonesian)] == []


def test_translations_keep_their_placeholders() -> None:
    with CATALOGUE.with_suffix(".po").open("rb") as file:
        messages = [message for message in read_po(file) if message.id]

    names = re.compile(r"%\((\w+)\)")
    wrong = [
        source
        for message in messages
        for source, translated in (
            (message.id[-1], message.string[0]) if message.pluralizable else (message.id, message.string),
        )
        if set(names.findall(source)) != set(names.findall(translated))
    ]

    assert wrong == []


def test_the_compiled_catalogue_is_up_to_date() -> None:
    with CATALOGUE.with_suffix(".po").open("rb") as po, CATALOGUE.with_suffix(".mo").open("rb") as mo:
        written = {_id(m): m.string for m in read_po(po) if m.id}
        compiled = {_id(m): m.string for m in read_mo(mo) if m.id}

    assert {k: v if isinstance(v, str) else v[0] for k, v in compiled.items()} == {
        k: v if isinstance(v, str) else v[0] for k, v in written.items()
    }


def test_every_visible_code_has_a_label(app: Flask) -> None:
    registered = wording.registered()

    missing = [f"{kind.__name__}.{code.name}" for kind in registered for code in kind if code not in registered[kind]]

    assert missing == []
    assert all(issubclass(kind, StrEnum) for kind in registered)


def test_every_recorded_event_has_a_sentence(app: Flask) -> None:
    told = {
        verb
        for module in of_each_feature("labels")
        for verbs in getattr(module, "EVENTS", {}).values()
        for verb in verbs
    }
    kinds = ("commands.py", "commands/*.py")
    commands = "\n".join(file.read_text() for kind in kinds for file in (ROOT / "tracker").glob(f"**/{kind}"))

    recorded = set(re.findall(r'record\(\s*\w+,\s*"(\w+)"', commands))

    assert recorded - told == set()
    assert len(recorded) > 15
