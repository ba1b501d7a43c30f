"""Clauses that several sentences share: who has to act, and why."""

from tracker.core import clock
from tracker.core.wording import either, say, say_many
from tracker.status.rules import Holder, HolderKind, Turn


def holder_name(holder: Holder | None) -> str:
    """The holder's full name, or that it is not yet set."""
    if holder is None:
        return say("not yet set")
    return say("the reviewer") if holder.kind is HolderKind.VERIFIER else either(holder.name_id, holder.name_en)


def briefly(holder: Holder) -> str:
    """The short name, where a sentence wants one."""
    return holder.short or holder_name(holder)


def explained(clause: str, reason: str | None) -> str:
    """A clause with its reason, if one was given."""
    if not reason:
        return clause
    return say("%(clause)s (reason: %(reason)s)", clause=clause, reason=reason.strip().rstrip("."))


def waiting(turn: Turn | None) -> str:
    """For whom it waits, and how long already."""
    if turn is None or turn.holder is None:
        return say("who has to act is not yet set")
    who, days = briefly(turn.holder), turn.days(clock.today())
    if days is None:
        return say("waiting for %(who)s, since when is not yet set", who=who)
    if not days:
        return say("waiting for %(who)s since today", who=who)
    return say_many("waiting for %(who)s for %(num)d day", "waiting for %(who)s for %(num)d days", days, who=who)


def finished(done: int, count: int) -> str:
    """How many follow-up actions are finished, of how many."""
    if not count:
        return say("follow-up not yet set")
    return say_many("%(done)d of %(num)d action finished", "%(done)d of %(num)d actions finished", count, done=done)
