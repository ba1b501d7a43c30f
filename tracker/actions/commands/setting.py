"""Change the length of “due soon”."""

from datetime import datetime

from tracker.actions.models import ActionSetting
from tracker.audit.commands import record
from tracker.core.actor import Actor
from tracker.core.db import db


def set_due_soon(setting: ActionSetting, working_days: int, *, by: Actor, at: datetime) -> None:
    before, setting.due_soon_working_days = setting.due_soon_working_days, working_days
    db.session.add(setting)
    db.session.flush()
    record(setting, "due_soon_changed", by=by, at=at, before=before, after=working_days)
