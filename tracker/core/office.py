"""What the office sets in the product (ADR 92).

Each process remembers it. The query that recognises a sign-in also reads the number of the newest row, so no page runs
a statement for it, and nobody who is signed in sees what is no longer in force.
"""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from enum import StrEnum

from flask import current_app, g, has_request_context
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from tracker.core import wording
from tracker.core.clock import Zone
from tracker.core.db import Model, codes, db
from tracker.core.settings import current_settings

#: The key in `app.extensions` of what was read last.
KEPT = "office"


class Languages(StrEnum):
    """Those that the pages offer, the office's own first."""

    INDONESIAN_FIRST = "id en"
    ENGLISH_FIRST = "en id"
    INDONESIAN = "id"
    ENGLISH = "en"


class Weekday(StrEnum):
    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class OfficeSetting(Model):
    """Append-only: the newest row is in force. Where a column is null, the environment decides."""

    __tablename__ = "office_setting"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    timezone: Mapped[Zone] = mapped_column(codes(Zone, "timezone"))
    languages: Mapped[Languages] = mapped_column(codes(Languages, "languages"))
    mail_from: Mapped[str | None]
    review_day: Mapped[Weekday | None] = mapped_column(codes(Weekday, "review_day"))
    by_name: Mapped[str]
    at: Mapped[datetime]


#: Of the newest row.
NEWEST = select(OfficeSetting.id).order_by(OfficeSetting.id.desc()).limit(1).correlate(None)


@dataclass(frozen=True, kw_only=True)
class Office:
    """What is in force. `number` is that of its row, None while nothing was set."""

    number: int | None
    name: str | None
    timezone: Zone
    languages: Languages
    mail_from: str
    #: Monday is 0.
    review_weekday: int

    @property
    def sender(self) -> str:
        """The mail address of the office, with its name."""
        return str(Address(self.name, addr_spec=self.mail_from)) if self.name else self.mail_from


def setting() -> OfficeSetting | None:
    return db.session.scalar(select(OfficeSetting).order_by(OfficeSetting.id.desc()).limit(1))


def office() -> Office:
    if not has_request_context():
        return _read()
    if "office" not in g:
        g.office = _read()
    return g.office  # type: ignore[no-any-return]  # set here and by `recall`


def recall(newest: int | None) -> None:
    """Remember the office for this request; read it again only if another row is in force by now."""
    kept = current_app.extensions.get(KEPT)
    g.office = kept if kept is not None and kept.number == newest else _read()


def known_name() -> str | None:
    """The name for the frame of a page. Runs no statement, so that a page about a failing database can show it."""
    known = g.get("office") or current_app.extensions.get(KEPT)
    return known.name if known else None


def renew() -> None:
    """After a change. Other processes notice it at their next request of somebody who is signed in."""
    g.office = _read()


def _read() -> Office:
    row, settings = setting(), current_settings()
    weekday = list(Weekday).index(row.review_day) if row and row.review_day else settings.review_weekday
    read = Office(
        number=row.id if row else None, name=row.name if row else None,
        timezone=row.timezone if row else Zone.WIB,
        languages=row.languages if row else Languages.INDONESIAN_FIRST,
        mail_from=(row.mail_from if row else None) or settings.mail_from, review_weekday=weekday,
    )  # fmt: skip
    current_app.extensions[KEPT] = read
    current_app.extensions[wording.OFFERED] = tuple(read.languages.split())
    return read
