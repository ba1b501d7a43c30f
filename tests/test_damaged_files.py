"""Damaged and hostile files through the pages: a sentence or the whole file, never an error, never a half of it."""

import io
import random
import re
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import pytest
from flask import Flask
from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import Session

from tests.damaged import damaged, with_cells_changed, written
from tests.imports.office import FILES
from tests.meetings.intake.test_documents import open_document, pdf, word
from tests.settings import Kind
from tests.visitor import ADMIN, SECRETARIAT, Page, Visitor, filled, key_of
from tracker.audit.queries import chain_faults
from tracker.core.anchors import anchors
from tracker.core.db import Model
from tracker.imports.formats import sheets_in
from tracker.imports.models import ImportRun
from tracker.imports.rules.kinds import RunState
from tracker.meetings.models import Statement

#: The rows of which a kind has one for each row of a file.
TABLES = {
    "units": "org_unit", "posts": "position", "persons": "person", "holdings": "position_holding",
    "meetings": "meeting", "attendance": "attendance", "proposals": "proposal", "actions": "action_item",
    "indicators": "indicator", "values": "indicator_value", "accounts": "account",
}  # fmt: skip
BY_ADMIN = {"units", "posts", "persons", "holdings", "accounts"}
#: What tells what happened, and stays when an import is undone.
TELLING = {"event", "audit_entry", "spent_key", "involvement", "code_series"}
TEXTS = {
    path.name: path.read_text().split("----\n")[1].split("\n====")[0]
    for path in sorted(Path("bench/texts").glob("*.txt"))
}
ENDINGS = [
    ".xlsx",
    ".xls",
    ".ods",
    ".csv",
    ".docx",
    ".odt",
    ".pdf",
    ".md",
    ".vtt",
    ".srt",
    ".txt",
    ".exe",
    "",
    ".xlsx.txt",
    ".\u202etxt",
]
TYPES = ["application/octet-stream", "text/html", "image/png", "application/pdf", "text/plain; charset=utf-16", "x"]


def sentences_of(text: str) -> str:
    """The words of a text in lines that a PDF of the tests can hold."""
    return "\n".join(re.sub(r"[^ -~]|[()\\]", " ", line)[:90] for line in text.splitlines())


def texts() -> Iterator[tuple[str, bytes]]:
    for name, text in TEXTS.items():
        ending = (
            ".vtt"
            if text.startswith("WEBVTT")
            else ".srt"
            if text.startswith("1\n00:")
            else random.Random(name).choice([".txt", ".md"])
        )
        yield name.replace(".txt", ending), text.encode()
    yield "notula.docx", word()
    yield "notula.odt", open_document()
    yield "notula.pdf", pdf(sentences_of(TEXTS["minutes-id-1.txt"]))


#: Files of each kind that `make test` tries.
FEW = 4
DEEP = [pytest.mark.long, pytest.mark.timeout(1800)]


class Record:
    """How many rows each table has, and that the audit trail is whole."""

    def __init__(self, app: Flask, session: Session) -> None:
        self.app, self.session = app, session
        tables = Model.metadata.sorted_tables
        self._query = union_all(*(select(literal(table.name), func.count()).select_from(table) for table in tables))

    def counts(self) -> dict[str, int]:
        return dict(self.session.execute(self._query).all())

    def faults(self) -> list[str]:
        with self.app.app_context():
            return [fault.fault for fault in chain_faults(anchors().of_each_day())]


def grown(before: Mapping[str, int], after: Mapping[str, int], *, but: Collection[str] = ()) -> dict[str, int]:
    return {name: after[name] - old for name, old in before.items() if after[name] != old and name not in but}


def refused(page: Page) -> None:
    """In words."""
    assert page.status in {404, 409, 413, 422}, page.status
    told = [*page.problems, page.text_of("main p"), page.text_of(".invalid-feedback")]
    assert any(len(sentence) > 10 and "%(" not in sentence and "None" not in sentence for sentence in told), told


def sent(name: str, content: bytes, chance: random.Random) -> tuple[Any, ...]:
    """The file as a form sends it: sometimes under another name or of another type than it is."""
    if chance.random() < 0.12:
        name = name.rsplit(".", 1)[0] + chance.choice(ENDINGS)
    return (io.BytesIO(content), name, chance.choice(TYPES)) if chance.random() < 0.2 else (io.BytesIO(content), name)


def try_a_spreadsheet(number: str, chance: random.Random, browsers: Mapping[str, Visitor], record: Record) -> str:
    file = chance.choice(FILES)
    browser = browsers[ADMIN if file.kind in BY_ADMIN else SECRETARIAT]
    kind = file.kind if chance.random() < 0.9 else chance.choice(FILES).kind
    if (kind in BY_ADMIN) != (file.kind in BY_ADMIN):
        kind = file.kind
    fields: dict[str, Any] = {
        "csrf_token": browser.token(),
        "once": key_of(number),
        "version": "",
        "kind": kind,
        "cells": "",
    }
    if chance.random() < 0.7:
        rows = with_cells_changed(sheets_in(file.content, file.name)[0], chance)
        name, content = written(rows, chance)
    else:
        name, content = file.name, damaged(file.content, chance)
    if chance.random() < 0.15 and not content.startswith((b"PK", b"\xd0\xcf")):
        fields["cells"] = content.decode("utf-8", "replace")
    else:
        fields["file"] = sent(name, content, chance)
    if chance.random() < 0.5:
        fields["is_history"] = "y"
    before = record.counts()
    page = browser.post("/imports/new", fields)
    if page.status != 303:
        refused(page)
        assert grown(before, record.counts()) == {}
        return "refused"
    shown = browser.follow(page)
    assert grown(before, record.counts(), but=TELLING) == {"import_run": 1}
    if chance.random() < 0.7:
        shown = answered(shown, browser)
    if not shown.soup.select("form[action$=store], form[action$=open]"):
        assert browser.look(f"{shown.path}/wrong.xlsx").status == 200
        return "shown"
    return _stored(shown, kind, browser, record)


def move_in(browsers: Mapping[str, Visitor]) -> None:
    """The good files that the others refer to."""
    for file in FILES:
        if file.kind in {"units", "posts", "persons", "documents", "meetings"}:
            browser = browsers[ADMIN if file.kind in BY_ADMIN else SECRETARIAT]
            fields = filled(browser.get(f"/imports/new?kind={file.kind}").form("/imports/new"))
            file_sent = (io.BytesIO(file.content), file.name)
            shown = browser.follow(browser.post("/imports/new", {**fields, "file": file_sent, "is_history": "y"}))
            shown = answered(shown, browser)
            browser.follow(browser.submit(shown, f"{shown.path}/store"))


def answered(shown: Page, browser: Visitor) -> Page:
    """The page after its questions are answered: by the last choice, which is somebody new where that may be."""
    asked = shown.soup.select("select[name^=answer-]")
    if not asked:
        return shown
    answers = {one["name"]: one.select("option")[-1]["value"] for one in asked}
    return browser.follow(browser.submit(shown, f"{shown.path}/match", **answers))


def _stored(shown: Page, kind: str, browser: Visitor, record: Record) -> str:
    before, run_id = record.counts(), int(shown.path.rsplit("/", 1)[1])
    answer = browser.submit(shown, f"{shown.path}/{'open' if kind == 'accounts' else 'store'}")
    run = _ended(run_id, record.session)
    if run.run_state is not RunState.STORED:
        if answer.status != 303:
            refused(answer)
        else:
            assert run.refusal or kind == "accounts"  # accounts ask for the password of who opens them
        assert grown(before, record.counts(), but={"spent_key"}) == {}
        return "not stored"
    more = record.counts()
    if kind in TABLES:
        assert grown(before, more).get(TABLES[kind], 0) == run.counts["new"]
    browser.get(shown.path)
    undone = browser.submit(browser.get(shown.path), f"{shown.path}/undo")
    assert undone.status == 303, undone.problems
    assert _ended(run_id, record.session).run_state is RunState.UNDONE
    assert grown(before, record.counts(), but=TELLING) == {}
    return "stored"


def _ended(run_id: int, session: Session) -> ImportRun:
    """The run as soon as nothing is at work on it any more."""
    for _ in range(600):
        session.expire_all()
        run = session.get_one(ImportRun, run_id)
        if not run.run_state.is_at_work:
            return run
        time.sleep(0.05)
    raise AssertionError(f"run {run_id} does not end")


def try_a_text(number: str, chance: random.Random, browsers: Mapping[str, Visitor], record: Record) -> str:
    browser, door = browsers[SECRETARIAT], "/meetings/new/text"
    name, content = chance.choice(list(texts()))
    content = damaged(content, chance)
    fields: dict[str, Any] = {
        "csrf_token": browser.token(),
        "text": "",
        "kept": "",
        "again": "",
        "typed_key": "",
        "typed_step": "",
    }
    if chance.random() < 0.25 and not content.startswith((b"PK", b"%PDF")):
        fields["text"] = content.decode("utf-8", "replace")
    else:
        fields["file"] = sent(name, content, chance)
    before = record.counts()
    page = browser.post(f"{door}/read", fields)
    assert grown(before, record.counts()) == {}
    if page.status != 200:
        refused(page)
        return "refused"
    form = filled(page.form(door))
    form |= {field: ["Rapat uji"] for field in ("name_id",) if not "".join(form[field]).strip()}
    pieces = sum(1 for field, values in form.items() if field.endswith("-is_kept") and values)
    answer = browser.post(door, {**form, "once": key_of(number)})
    if answer.status != 303:
        refused(answer)
        assert grown(before, record.counts()) == {}
        return "shown"
    more = grown(before, record.counts())
    assert (more["meeting"], more["statement"], more["statement_source"], more["attachment"]) == (1, pieces, pieces, 1)
    meeting = answer.response.location.split("#")[0].split("/")[2]
    browser.get(f"/meetings/{meeting}")
    last = record.session.scalars(select(Statement.id).order_by(Statement.id.desc())).first()
    browser.get(f"/meetings/{meeting}/statements/{last}/source")
    return "stored"


@pytest.mark.parametrize("one", [try_a_spreadsheet, try_a_text])
@pytest.mark.parametrize(
    ("kind", "seed", "number"),
    [
        pytest.param("sqlite", 0, FEW, id="sqlite-a few"),
        *(pytest.param(kind, seed, 125, marks=DEEP) for seed, kind in enumerate(2 * get_args(Kind), 1)),
    ],
)
def test_what_comes_in_is_refused_in_words_or_stored_whole(
    app: Flask, visit: Visitor, session: Session, one: Callable[..., str], seed: int, number: int
) -> None:
    record, browsers = Record(app, session), {name: visit.as_(name) for name in (ADMIN, SECRETARIAT)}
    if seed > len(get_args(Kind)):
        move_in(browsers)
    ended: dict[str, int] = {}
    for file in range(number):
        name = f"{one.__name__} {seed} {file}"
        try:
            outcome = one(name, random.Random(name), browsers, record)
        except BaseException as fault:
            fault.add_note(f"seed: {name!r}")
            raise
        ended[outcome] = ended.get(outcome, 0) + 1
    assert record.faults() == []
    if number > FEW:
        assert ended.keys() >= {"refused", "shown", "stored"}, ended
