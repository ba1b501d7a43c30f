"""Things people do with the Word template and the letterhead. Nothing here commits."""

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
    """What the office puts at the head of its documents. Without a new `emblem` the present one stays."""

    organiser_unit_id: int | None
    address: str | None
    emblem: bytes | None = None
    emblem_name: str | None = None
    without_emblem: bool = False


def change_letterhead(draft: LetterheadDraft, *, by: Actor, at: datetime) -> LetterheadSetting:
    """Put a letterhead in force."""
    before = people.letterhead_setting()
    mark, name = (before.emblem_mark, before.emblem_name) if before and not draft.without_emblem else (None, None)
    if draft.emblem:
        mark, name = storage.store().put(BytesIO(draft.emblem)), draft.emblem_name
    setting = LetterheadSetting(
        organiser_unit_id=draft.organiser_unit_id, address=draft.address, emblem_mark=mark, emblem_name=name,
        by_name=by.name, at=at,
    )  # fmt: skip
    db.session.add(setting)
    db.session.flush()  # the event needs the new row's number
    record(setting, "letterhead_changed", by=by, at=at, evidence=mark)
    return setting


def replace_template(stream: BinaryIO, name: str, *, by: Actor, at: datetime) -> WordTemplate:
    """Put a template of the office in force; it was tried before."""
    stream.seek(0)
    mark = storage.store().put(stream)
    return _put_in_force(WordTemplate(mark=mark, name=name, by_name=by.name, at=at), by=by, at=at)


def restore_template(*, by: Actor, at: datetime) -> WordTemplate:
    """Go back to the built-in template."""
    return _put_in_force(WordTemplate(by_name=by.name, at=at), by=by, at=at)


def _put_in_force(template: WordTemplate, *, by: Actor, at: datetime) -> WordTemplate:
    db.session.add(template)
    db.session.flush()  # the event needs the new row's number
    verb = "template_replaced" if template.mark else "template_restored"
    record(template, verb, by=by, at=at, evidence=template.mark)
    return template
