"""Things people do with the Word template. Nothing here commits."""

from datetime import datetime
from typing import BinaryIO

from tracker.core import storage
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.documents.models import WordTemplate
from tracker.history.commands import record


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
