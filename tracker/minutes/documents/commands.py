"""Change the Word template and the letterhead. Callers commit."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import BinaryIO

from tracker.audit.commands import record
from tracker.core import storage
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.minutes.documents.models import WordTemplate
from tracker.people import queries as people
from tracker.people.models import LetterheadSetting


@dataclass(frozen=True, kw_only=True)
class LetterheadDraft:
    """The letterhead of documents. If `emblem` is None, the present emblem stays."""

    organiser_unit_id: int | None
    address: str | None
    emblem: bytes | None = None
    emblem_name: str | None = None
    without_emblem: bool = False


def change_letterhead(draft: LetterheadDraft, *, by: Actor, at: datetime) -> LetterheadSetting:
    before = people.letterhead_setting()
    mark, name = (before.emblem_mark, before.emblem_name) if before and not draft.without_emblem else (None, None)
    if draft.emblem:
        mark, name = storage.store().put(BytesIO(draft.emblem)), draft.emblem_name
    setting = LetterheadSetting(
        organiser_unit_id=draft.organiser_unit_id, address=draft.address, emblem_mark=mark, emblem_name=name,
        by_name=by.name, at=at,
    )  # fmt: skip
    db.session.add(setting)
    db.session.flush()  # the event needs the id of the new row
    record(setting, "letterhead_changed", by=by, at=at, evidence=mark)
    return setting


def replace_template(stream: BinaryIO, name: str, *, by: Actor, at: datetime) -> WordTemplate:
    """Activate a template; the form has already checked it."""
    stream.seek(0)
    mark = storage.store().put(stream)
    return _activate(WordTemplate(mark=mark, name=name, by_name=by.name, at=at), by=by, at=at)


def restore_template(*, by: Actor, at: datetime) -> WordTemplate:
    return _activate(WordTemplate(by_name=by.name, at=at), by=by, at=at)


def _activate(template: WordTemplate, *, by: Actor, at: datetime) -> WordTemplate:
    db.session.add(template)
    db.session.flush()  # the event needs the id of the new row
    verb = "template_replaced" if template.mark else "template_restored"
    record(template, verb, by=by, at=at, evidence=template.mark)
    return template
