"""Change the settings of the office. Callers commit."""

from dataclasses import dataclass
from datetime import datetime

from tracker.audit.commands import record
from tracker.core import office
from tracker.core.actor import Actor
from tracker.core.clock import Zone
from tracker.core.db import db
from tracker.core.office import Languages, OfficeSetting, Weekday


@dataclass(frozen=True, kw_only=True)
class OfficeDraft:
    name: str | None
    timezone: Zone
    languages: Languages
    mail_from: str | None
    review_day: Weekday | None


def change_office(draft: OfficeDraft, *, by: Actor, at: datetime) -> OfficeSetting:
    row = OfficeSetting(
        name=draft.name, timezone=draft.timezone, languages=draft.languages, mail_from=draft.mail_from,
        review_day=draft.review_day, by_name=by.name, at=at,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()  # the event needs the id of the new row
    record(row, "office_changed", by=by, at=at)
    office.renew()
    return row
