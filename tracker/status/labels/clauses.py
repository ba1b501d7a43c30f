"""Clauses shared by several sentences: who has to act, and why."""

from tracker.core import clock
from tracker.core.wording import either, gettext, ngettext
from tracker.status.rules import Holder, HolderKind, Responsibility


def holder_name(holder: Holder | None) -> str:
    if holder is None:
        return gettext("not yet set")
    return gettext("the reviewer") if holder.kind is HolderKind.VERIFIER else either(holder.name_id, holder.name_en)


def briefly(holder: Holder) -> str:
    return holder.short or holder_name(holder)


def explained(clause: str, reason: str | None) -> str:
    if not reason:
        return clause
    return gettext("%(clause)s (reason: %(reason)s)", clause=clause, reason=reason.strip().rstrip("."))


def waiting(responsibility: Responsibility | None) -> str:
    if responsibility is None or responsibility.holder is None:
        return gettext("not clear who acts next")
    name, days = briefly(responsibility.holder), responsibility.days(clock.today())
    if days is None:
        return gettext("waiting for %(who)s (start date not recorded)", who=name)
    if not days:
        return gettext("waiting for %(who)s since today", who=name)
    return ngettext("waiting for %(who)s for %(num)d day", "waiting for %(who)s for %(num)d days", days, who=name)


def finished(done: int, count: int) -> str:
    if not count:
        return gettext("no follow-up yet")
    return ngettext("%(done)d of %(num)d action finished", "%(done)d of %(num)d actions finished", count, done=done)
