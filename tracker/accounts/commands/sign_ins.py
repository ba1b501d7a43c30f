"""Sign-ins, and previews of other accounts. Callers commit."""

import secrets
from datetime import datetime

from sqlalchemy import update

from tracker.accounts import queries, rules
from tracker.accounts.models import (
    Account,
    ApiToken,
    CalendarAddress,
    Preview,
    SignIn,
)
from tracker.audit.commands import record
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy_gettext as _l


def sign_in(account: Account, *, address: str | None, browser: str | None, at: datetime) -> str:
    """Start a sign-in and return its token, which is stored only in the browser."""
    token = secrets.token_urlsafe(32)
    account.invited_at = None
    db.session.add(
        SignIn(
            account_id=account.id,
            token_hash=queries.token_hash(token),
            started_at=at,
            last_seen_at=at,
            proved_at=at,
            address=address,
            browser=(browser or "")[:200] or None,
        )
    )
    return token


def end_sign_in(sign_in: SignIn, *, at: datetime) -> None:
    end_preview(sign_in, at=at)
    sign_in.ended_at = at


def end_sign_ins(account: Account, *, at: datetime) -> None:
    """End every way in that is open: signed-in browsers, addresses of calendars, and tokens of programs."""
    for preview in queries.open_previews(account.id):
        _end(preview, at=at)
    for way_in in (SignIn, CalendarAddress, ApiToken):
        db.session.execute(update(way_in).filter_by(account_id=account.id, ended_at=None).values(ended_at=at))


def end_sign_ins_of(account: Account, *, by: Actor, at: datetime) -> None:
    """Sign somebody out everywhere, for example because a device was lost."""
    end_sign_ins(account, at=at)
    record(account, "sign_ins_ended", by=by, at=at)


def begin_preview(sign_in: SignIn, reader: Account, *, by: Actor, at: datetime) -> Preview:
    if not reader.is_active or reader.id == sign_in.account_id:
        raise NotPossible(_l("Choose another account that can sign in."), field="reader")
    preview = Preview(account_id=sign_in.account_id, reader_id=reader.id, begun_at=at, until=at + rules.LONGEST_PREVIEW)
    db.session.add(preview)
    db.session.flush()  # the sign-in needs its id
    sign_in.preview_id = preview.id
    record(reader, "preview_begun", by=by, at=at)
    return preview


def end_preview(sign_in: SignIn, *, at: datetime) -> None:
    """End the preview of this sign-in. An expired one counts as ended when it expired."""
    if sign_in.preview_id is None:
        return
    preview, sign_in.preview_id = queries.preview(sign_in.preview_id), None
    if preview.ended_at is None:
        _end(preview, at=at)


def _end(preview: Preview, *, at: datetime) -> None:
    preview.ended_at = min(at, preview.until)
    by = Actor(account_id=preview.account_id, name=preview.account.display_name)
    record(preview.reader, "preview_ended", by=by, at=preview.ended_at)
