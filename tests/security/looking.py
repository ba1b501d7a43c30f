"""Reads everything an account can see: pages, lists, files, documents, search, suggestions and e-mails."""

import io
import os
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import parse_qsl, urlsplit

from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import selectinload
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse

from tests.elements import parsed
from tests.security.stage import Client
from tracker.accounts.models import Account
from tracker.core import clock
from tracker.core.actor import acting
from tracker.core.db import Model, db
from tracker.core.wording import speaking
from tracker.lists.columns import LISTS
from tracker.notifications import labels as notice_labels
from tracker.notifications.models import Notice
from tracker.notifications.queries import Recipient
from tracker.notifications.rules import NoticeKind

#: Whether to read more paths of each shape, which takes minutes. Pages that show a single row are always read.
IN_FULL = "HISTORIES" in os.environ
PATHS_PER_SHAPE = 3 if IN_FULL else 1
_SHOWS_A_ROW = re.compile(r"/(?:meetings|proposals|actions|people|meetings/statements|meetings/series|reviews)/[^/?]+"
                          r"|/meetings/[0-9]+/(?:minutes(?:[.]docx)?|outcomes|history)")  # fmt: skip
#: Pages without recorded data, or about one's own account.
_ELSEWHERE = ("/static/", "/sign-out", "/sign-in", "/account", "/language", "/preview", "/healthz")


def everything(app: Flask, client: Client, begin_at: Iterable[str] = ()) -> dict[str, str]:
    """Text by path, following links from the lists and from `begin_at`."""
    found: dict[str, str] = {}
    asked: Counter[str] = Counter()
    waiting = [
        "/", *(f"/{name}.{ending}" for name in LISTS for ending in ("csv", "xlsx")), "/actions/matrix", *begin_at
    ]  # fmt: skip
    seen = set(waiting)
    while waiting:
        path = waiting.pop(0)
        answer = client.get(path)
        if answer.status_code != 200:
            continue
        found[path] = readable(answer)
        if answer.mimetype == "text/html":
            for link in links_of(answer):
                shape = _shape(link)
                if link in seen or link.startswith(_ELSEWHERE) or asked[shape] >= PATHS_PER_SHAPE:
                    continue
                asked[shape] += not _SHOWS_A_ROW.fullmatch(link)
                seen.add(link)
                waiting.append(link)
    return found


def _shape(link: str) -> str:
    parts = urlsplit(link)
    return f"{re.sub(r'[0-9]+', '#', parts.path)}?{sorted({name for name, _ in parse_qsl(parts.query)})}"


def links_of(answer: TestResponse) -> Iterator[str]:
    """Links of a page within the site."""
    for one in parsed(answer.get_data(as_text=True)).select("a[href]"):
        link = one["href"].split("#")[0]
        if link.startswith("/") and not link.startswith("//"):
            yield link


def readable(answer: TestResponse) -> str:
    """The text of a response in any format; for a page, also its links."""
    data = answer.get_data()
    if data.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = [name for name in sorted(packed.namelist()) if name.endswith(".xml") and "docProps" not in name]
            return "\n".join(f"{name}\n{packed.read(name).decode()}" for name in parts)
    return answer.get_data(as_text=True)


#: Differences allowed between two databases that differ in hidden rows (docs/security.md, «What is not covered»):
#: the number of hidden rows, and counts. Ids and codes are replaced by the order of the rows (`Names`).
NOT_COVERED = (
    re.compile(r"[0-9]+ butir disembunyikan(?: karena klasifikasinya di atas rapat ini[.])?"),
    re.compile(r"\b[0-9a-f]{12,64}\b"),  # marks of what was frozen, which cover what is hidden in it, and keys
    re.compile(r"\bgAAAA[\w=-]+"),  # what is sealed with the moment and by chance
)
#: Not compared, since they repeat pages and CSV files and count hidden rows; they are searched for words.
NOT_COMPARED = ("lists.pdf", "lists.xlsx", "lists.report_pdf", "lists.report_xlsx")
_ADDRESS = re.compile(r"https?://[^/\s]+(/[^\s<>\"]*)")
_CODE = re.compile(r"\b(?:R|U|TL)-[0-9]{4}-[0-9]{3,}\b")
_TABLES = {
    "meeting_id": "meeting", "proposal_id": "proposal", "action_id": "action_item", "statement_id": "statement",
    "attachment_id": "attachment", "series_id": "meeting_series", "person_id": "person", "agenda_id": "agenda_item",
    "proponent_id": "proposal_proponent", "link_id": "proposal_target_link", "relation_id": "proposal_relation",
    "request_id": "due_date_request", "change_id": "bulk_change", "escalation_id": "escalation",
    "hand_over_id": "hand_over", "row_id": "attendance",
}  # fmt: skip
_KINDS = {"actions": "action_item", "proposals": "proposal", "meetings": "meeting", "statements": "statement"}
_CODED = {"meeting": "R", "proposal": "U", "action_item": "TL"}


class Names:
    """Names of rows by their order among those that are not hidden."""

    def __init__(self, app: Flask, hidden: Mapping[str, set[int]]) -> None:
        self._addresses = app.url_map.bind("localhost")
        self._numbers: dict[str, dict[int, str]] = {}
        self._codes: dict[str, str] = {}
        with app.app_context():
            for name in _TABLES.values():
                table = Model.metadata.tables[name]
                shown = [one for one in db.session.execute(select(table).order_by(table.c.id)).mappings()
                         if one["id"] not in hidden.get(name, ())]  # fmt: skip
                self._numbers[name] = {one["id"]: f"{name}-{place}" for place, one in enumerate(shown)}
                if name in _CODED:
                    self._codes |= {one["code"]: f"{_CODED[name]}-{place}" for place, one in enumerate(shown)}

    def of_address(self, address: str) -> str:
        """A path without ids, and its query without numeric values."""
        parts = urlsplit(address)
        try:
            endpoint, values = self._addresses.match(parts.path, method="GET")
        except (HTTPException, RequestRedirect):
            return self.in_text(parts.path)
        tables = _TABLES | ({"row_id": _KINDS[values["kind"]]} if values.get("kind") in _KINDS else {})
        told = [
            self._numbers[tables[name]].get(int(value), "hidden") if name in tables else self.in_text(str(value))
            for name, value in values.items()
        ]
        asked = [f"{name}={self._of_value(value)}" for name, value in parse_qsl(parts.query)]
        return " ".join([str(endpoint), *told, *asked])

    def _of_value(self, value: str) -> str:
        if value.isdigit():
            return "#"
        return self.of_address(value).replace(" ", ":") if value.startswith("/") else self.in_text(value)

    def in_text(self, text: str) -> str:
        """A text with codes replaced by order, and without the differences that are allowed."""
        text = _ADDRESS.sub(lambda found: self.of_address(found[1].rstrip(".")), text)
        text = _CODE.sub(lambda found: self._codes.get(found[0], "hidden code"), text)
        for pattern in NOT_COVERED:
            text = pattern.sub("", text)
        return "\n".join(text.split())

    def in_answer(self, text: str) -> str:
        """The text and links of a response, with names instead of ids."""
        if text.startswith("[Content_Types]"):
            return self.in_text(re.sub(r"<[^>]+>", " ", text))
        if not text.lstrip().startswith("<"):
            return self.in_text(text)
        page = parsed(re.sub(r"</?mark>", "", text))  # which may divide a code
        return "\n".join([self.in_text(page.text), *(self.of_address(one["href"]) for one in page.select("a[href]"))])


def mails_to(app: Flask, username: str) -> str:
    """E-mails the worker would send to this account now: the outbox and the digest."""
    with app.app_context():
        who = select(Account).filter_by(username=username).options(selectinload(Account.roles))
        reader, at = db.session.scalars(who).one(), clock.now()
        digest = Notice(key="digest", kind=NoticeKind.DIGEST, account_id=reader.id, made_at=at)
        waiting = [*db.session.scalars(select(Notice).filter_by(account_id=reader.id).order_by(Notice.id)), digest]
        told = []
        recipient = Recipient.of_account(reader)
        with app.test_request_context(), acting(recipient.actor), speaking("id"):
            for notice in waiting:
                mail = notice_labels.mail_of(notice, recipient, app.extensions["settings"], at)
                parts = [part for part in (mail.walk() if mail else ()) if not part.is_multipart()]
                told += [str(mail["Subject"]) if mail else "", *(part.get_content() for part in parts)]
        db.session.rollback()
    return "\n".join(told)
