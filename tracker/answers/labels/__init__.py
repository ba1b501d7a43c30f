"""The words of answers: the status sentence in the reader's language, put together clause by clause."""

from collections.abc import Callable, Mapping

from babel.lists import format_list

from tracker.actions.rules import ActionStatus
from tracker.answers.rules import ActionStanding, Holder, HolderKind, Proposer, Standing, Turn
from tracker.core import clock
from tracker.core.wording import LOCALES, Tones, Words, either, label, language, say, say_many, short_day
from tracker.core.wording import lazy as _l
from tracker.proposals.rules import Attribution, ProposalStatus

S, A = ProposalStatus, ActionStatus
WORDS: Words = {
    HolderKind: {
        HolderKind.PERSON: _l("Person"),
        HolderKind.POST: _l("Post"),
        HolderKind.UNIT: _l("Unit"),
        HolderKind.OUTSIDE: _l("Outside body"),
        HolderKind.VERIFIER: _l("Verifier"),
    },
}
TONES: Tones = {}
EVENTS = {
    "proposal": {
        "handed_over": _l("Handed over to whoever has to act now"),
        "split": _l("Split into parts"),
        "split_off": _l("Split off from another proposal"),
    },
    "action_item": {"handed_over": _l("Handed over to whoever has to act now")},
    "statement": {"origin_attached": _l("The meeting these words come from was attached")},
    "answer_setting": {"thresholds_changed": _l("Thresholds of unanswered proposals changed")},
}


def holder_name(holder: Holder | None) -> str:
    """The holder's full name, or that it is not yet set."""
    if holder is None:
        return say("not yet set")
    return say("the reviewer") if holder.kind is HolderKind.VERIFIER else either(holder.name_id, holder.name_en)


def _briefly(holder: Holder) -> str:
    return holder.short or holder_name(holder)


def status_sentence(standing: Standing | ActionStanding) -> str:
    """How a proposal or an action stands, in one sentence that can be copied."""
    clauses = _of_action(standing) if isinstance(standing, ActionStanding) else _of_proposal(standing)
    return "; ".join(clause for clause in clauses if clause)


def _of_proposal(standing: Standing) -> list[str]:
    return [
        _proposed(standing),
        _discussed(standing.times_discussed),
        _PROPOSAL_CLAUSES[standing.status](standing),
        _waiting(standing.turn) if standing.is_open else "",
    ]


def _proposed(standing: Standing) -> str:
    who = format_list([_named(one) for one in standing.proposers], locale=LOCALES[language()])
    given = {"who": who, "day": short_day(standing.raised_on)}
    if not who:
        if standing.is_from_meeting:
            return say("Proposed at the meeting of %(day)s, by whom is not yet set", **given)
        return say("Proposed on %(day)s outside the recorded meetings, by whom is not yet set", **given)
    if standing.is_from_meeting:
        return say("Proposed by %(who)s at the meeting of %(day)s", **given)
    return say("Proposed by %(who)s on %(day)s outside the recorded meetings", **given)


def _named(one: Proposer) -> str:
    name = either(one.name_id, one.name_en)
    if one.attribution is Attribution.DISPUTED:
        return say("%(name)s (disputes the attribution)", name=name)
    if one.attribution is Attribution.UNCONFIRMED:
        return say("%(name)s (not confirmed)", name=name)
    return name


def _discussed(times: int) -> str:
    if not times:
        return say("not discussed yet")
    return say_many("discussed once", "discussed %(num)d times", times)


def _explained(clause: str, reason: str | None) -> str:
    if not reason:
        return clause
    return say("%(clause)s (reason: %(reason)s)", clause=clause, reason=reason.strip().rstrip("."))


def _deferred(standing: Standing) -> str:
    until = short_day(standing.revisit_on) if standing.revisit_on else say("not yet set")
    return _explained(say("deferred until %(day)s", day=until), standing.reason)


def _approved(standing: Standing) -> str:
    day = short_day(standing.status_since)
    if standing.authority:
        return say("approved by %(who)s on %(day)s", who=_briefly(standing.authority), day=day)
    return say("approved on %(day)s", day=day)


def _rejected(standing: Standing) -> str:
    day = short_day(standing.status_since)
    if standing.authority:
        clause = say("rejected by %(who)s on %(day)s", who=_briefly(standing.authority), day=day)
    else:
        clause = say("rejected on %(day)s", day=day)
    return _explained(clause, standing.reason)


def _in_follow_up(standing: Standing) -> str:
    if not standing.actions:
        return say("in follow-up, with no follow-up action yet")
    return say_many(
        "in follow-up: %(done)d of %(num)d action finished",
        "in follow-up: %(done)d of %(num)d actions finished",
        standing.actions,
        done=standing.finished_actions,
    )


def _not_actionable(standing: Standing) -> str:
    clause = say("found not possible to follow up on %(day)s", day=short_day(standing.status_since))
    why = [label(standing.reason_code).lower()] if standing.reason_code else []
    return _explained(clause, "; ".join([*why, *([standing.reason] if standing.reason else [])]))


_PROPOSAL_CLAUSES: Mapping[ProposalStatus, Callable[[Standing], str]] = {
    S.SUBMITTED: lambda _: say("not decided yet"),
    S.UNDER_DISCUSSION: lambda _: say("not decided yet"),
    S.DEFERRED: _deferred,
    S.APPROVED: _approved,
    S.IN_FOLLOW_UP: _in_follow_up,
    S.REALISED: lambda one: say("realised on %(day)s", day=short_day(one.status_since)),
    S.REJECTED: _rejected,
    S.MERGED: lambda one: say(
        "merged into %(code)s on %(day)s", code=one.survivor_code or say("not yet set"), day=short_day(one.status_since)
    ),
    S.WITHDRAWN: lambda one: _explained(say("withdrawn on %(day)s", day=short_day(one.status_since)), one.reason),
    S.NOT_ACTIONABLE: _not_actionable,
}


def _waiting(turn: Turn | None) -> str:
    if turn is None or turn.holder is None:
        return say("who has to act is not yet set")
    who, days = _briefly(turn.holder), turn.days(clock.today())
    if days is None:
        return say("waiting for %(who)s, since when is not yet set", who=who)
    if not days:
        return say("waiting for %(who)s since today", who=who)
    return say_many("waiting for %(who)s for %(num)d day", "waiting for %(who)s for %(num)d days", days, who=who)


def _of_action(standing: ActionStanding) -> list[str]:
    return [
        _assigned(standing),
        _due(standing),
        _ACTION_CLAUSES[standing.status](standing),
        _waiting(standing.turn) if standing.is_open else "",
    ]


def _assigned(standing: ActionStanding) -> str:
    given = {"day": short_day(standing.assigned_on), "who": holder_name(standing.assignee)}
    if standing.assignee is None:
        return say("Agreed on %(day)s, in whose charge is not yet set", **given)
    return say("Assigned to %(who)s on %(day)s", **given)


def _due(standing: ActionStanding) -> str:
    if standing.due_on is None:
        return say("due date not yet set")
    clause = say("due on %(day)s", day=short_day(standing.due_on))
    if standing.times_moved:
        moved = say_many("moved once", "moved %(num)d times", standing.times_moved)
        clause = say("%(clause)s (%(moved)s)", clause=clause, moved=moved)
    late = (clock.today() - standing.due_on).days
    if standing.is_open and late > 0:
        return clause + ", " + say_many("%(num)d day late", "%(num)d days late", late)
    return clause


def _in_progress(standing: ActionStanding) -> str:
    if standing.percent is None:
        return say("in progress")
    return say("in progress, %(percent)d%% complete", percent=standing.percent)


_ACTION_CLAUSES: Mapping[ActionStatus, Callable[[ActionStanding], str]] = {
    A.NOT_STARTED: lambda _: say("not started"),
    A.IN_PROGRESS: _in_progress,
    A.AWAITING_VERIFICATION: lambda _: say("reported as finished, not verified yet"),
    A.COMPLETED: lambda one: say("finished and verified on %(day)s", day=short_day(one.status_since)),
    A.NOT_ACTIONABLE: lambda one: _explained(
        say("found not possible to follow up on %(day)s", day=short_day(one.status_since)), one.reason
    ),
    A.CANCELLED: lambda one: _explained(say("cancelled on %(day)s", day=short_day(one.status_since)), one.reason),
}
