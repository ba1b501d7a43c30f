"""Every response that contains text of a secret row records one reading of that row in the chain."""

import io
import zipfile
from collections import Counter

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.security import stage
from tests.security.stage import Standing
from tests.security.test_matrix import ROLES, Case, cases, is_allowed
from tests.visitor import SECRETARIAT
from tracker.actions.models import ActionItem
from tracker.attachments.models import Attachment
from tracker.audit.models import AuditEntry
from tracker.core.actor import Classification
from tracker.lists.columns import LISTS
from tracker.meetings.models import Meeting, Statement
from tracker.proposals.models import Proposal

SECRET = Standing(Classification.SECRET, Classification.SECRET, takes_part=True)
#: Addresses in addition to those of the matrix.
MORE_PATHS = {"lists.csv": [f"/{name}.csv" for name in LISTS if name != "audit"],
        "search.index": ["/search?q=rahasiauji", "/search?q=rahasiauji&kind=statement"],
        "search.suggestions": ["/search/suggestions?q=rahasiauji"],
        "choices.found": [f"/choices/{kind}?q=rahasiauji" for kind in ("meetings", "proposals", "lines")],
        "proposals.earlier": ["/proposals/earlier?text=rahasiaujib"],
        "meetings.index": ["/meetings?view=all", "/meetings?q=rahasiauji"],
        "proposals.index": ["/proposals?view=all", "/proposals?q=rahasiauji"],
        "actions.index": ["/actions?view=all", "/actions?q=rahasiauji"],
        "lists.matrix": ["/actions/matrix?q=rahasiauji"]}  # fmt: skip


def mark_rows(session: Session) -> dict[tuple[str, str], str]:
    """Give one secret row of each table a unique word. Return the words by (table name, row id)."""
    statement = session.scalars(select(Statement.id).filter_by(meeting_id=stage.MEETING).order_by(Statement.id)).first()
    texts = {
        (Meeting, stage.MEETING): ("name_id",), (Proposal, stage.PROPOSAL): ("title_id", "gist_id"),
        (ActionItem, stage.ACTION): ("text_id",), (Statement, statement): ("gist_id", "quote"),
        (Attachment, 9001): ("name",),
    }  # fmt: skip
    words = {}
    for letter, ((table, number), columns) in zip("abcde", texts.items(), strict=True):
        word = f"rahasiauji{letter}"
        english = {name.replace("_id", "_en"): None for name in columns if hasattr(table, name.replace("_id", "_en"))}
        values = {**english, **dict.fromkeys(columns, word), "classification": Classification.SECRET}
        session.execute(update(table).where(table.id == number).values(values))
        words[table.__tablename__, str(number)] = word
    return words


def text_of(response: TestResponse) -> str:
    """Headers and content as text, unpacked from ZIP and PDF."""
    head, data = str(response.headers), response.data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return head + "".join(packed.read(name).decode(errors="replace") for name in packed.namelist())
    if data.startswith(b"%PDF"):
        return head + "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages)
    return head + data.decode(errors="replace")


def addresses(app: Flask, session: Session) -> list[tuple[str, str, str]]:
    """(username that may open it, endpoint, path), from the route map."""
    get_cases = [case for case in cases(app, session) if case.method == "GET"]
    paths = [(_username(case), case.endpoint, case.path) for case in get_cases if _username(case)]
    return [*paths, *((SECRETARIAT, name, path) for name, more in MORE_PATHS.items() for path in more)]


def _username(case: Case) -> str:
    return next((name for name, role in ROLES.items() if is_allowed(case.rule, role, SECRET)), "")


@pytest.mark.long
def test_every_response_with_text_of_a_secret_row_records_one_reading_of_it(app: Flask, session: Session) -> None:
    stage.build(app, session)
    stage.set_scene(session, SECRET)
    words = mark_rows(session)
    session.flush()
    clients, shown, wrong, last = stage.sign_in_everybody(app), Counter[str](), [], 0

    for name, endpoint, path in addresses(app, session):
        response = clients[name].get(path)
        text = text_of(response).replace(path, "")
        query = select(AuditEntry).where(AuditEntry.change == "read", AuditEntry.id > last).order_by(AuditEntry.id)
        entries = session.scalars(query).all()
        last = entries[-1].id if entries else last
        readings = Counter((row.table_name, row.row_id, row.page) for row in entries)
        for (table, number), word in words.items():
            if word in text and response.status_code == 200:
                shown[table] += 1
                if readings[table, number, endpoint] != 1:
                    wrong.append((path, table, readings[table, number, endpoint]))

    assert wrong == []
    assert min(shown.get(table, 0) for table, _ in words) >= 2, shown
