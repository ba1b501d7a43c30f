"""Status sentence of a proposal."""

from collections.abc import Callable, Mapping

from babel.lists import format_list

from tracker.core.wording import LOCALES, either, gettext, label, language, ngettext, short_day
from tracker.proposals.labels import realised_words
from tracker.proposals.rules import Attribution, ProposalStatus
from tracker.status.labels.clauses import briefly, explained, waiting
from tracker.status.rules import EffectOnTarget, Proposer, Standing

S = ProposalStatus


def clauses_of(standing: Standing) -> list[str]:
    return [
        _proposed(standing),
        _discussed(standing.times_discussed),
        _BY_STATUS[standing.status](standing),
        *(_effect(effect) for effect in standing.effects),
        waiting(standing.responsibility) if standing.is_open else "",
    ]


def _proposed(standing: Standing) -> str:
    names = format_list([_named(proposer) for proposer in standing.proposers], locale=LOCALES[language()])
    values = {"who": names, "day": short_day(standing.raised_on)}
    if not names:
        if standing.is_from_meeting:
            return gettext("Proposed at the meeting of %(day)s (proponent not recorded)", **values)
        return gettext("Proposed on %(day)s outside the recorded meetings (proponent not recorded)", **values)
    if standing.is_from_meeting:
        return gettext("Proposed by %(who)s at the meeting of %(day)s", **values)
    return gettext("Proposed by %(who)s on %(day)s outside the recorded meetings", **values)


def _named(proposer: Proposer) -> str:
    name = either(proposer.name_id, proposer.name_en)
    if proposer.attribution is Attribution.DISPUTED:
        return gettext("%(name)s (disputes the attribution)", name=name)
    if proposer.attribution is Attribution.UNCONFIRMED:
        return gettext("%(name)s (not confirmed)", name=name)
    return name


def _discussed(times: int) -> str:
    if not times:
        return gettext("not discussed yet")
    return ngettext("discussed once", "discussed %(num)d times", times)


def _deferred(standing: Standing) -> str:
    until = short_day(standing.revisit_on) if standing.revisit_on else gettext("not yet set")
    return explained(gettext("deferred until %(day)s", day=until), standing.reason)


def _approved(standing: Standing) -> str:
    day = short_day(standing.status_since)
    if standing.authority:
        return gettext("approved by %(who)s on %(day)s", who=briefly(standing.authority), day=day)
    return gettext("approved on %(day)s", day=day)


def _rejected(standing: Standing) -> str:
    day = short_day(standing.status_since)
    if standing.authority:
        clause = gettext("rejected by %(who)s on %(day)s", who=briefly(standing.authority), day=day)
    else:
        clause = gettext("rejected on %(day)s", day=day)
    return explained(clause, standing.reason)


def _in_follow_up(standing: Standing) -> str:
    if not standing.actions:
        return gettext("in follow-up, with no follow-up action yet")
    return ngettext(
        "in follow-up: %(done)d of %(num)d action finished",
        "in follow-up: %(done)d of %(num)d actions finished",
        standing.actions,
        done=standing.finished_actions,
    )


def _effect(recorded: EffectOnTarget) -> str:
    values = {"target": either(recorded.target_id, recorded.target_en), "expected": recorded.expected,
            "realised": realised_words(recorded.effect, recorded.value, recorded.period)}  # fmt: skip
    if recorded.expected:
        return gettext("effect on %(target)s: expected %(expected)s, realised %(realised)s", **values)
    return gettext("effect on %(target)s: %(realised)s", **values)


def _not_actionable(standing: Standing) -> str:
    clause = gettext("found not possible to follow up on %(day)s", day=short_day(standing.status_since))
    why = [label(standing.reason_code).lower()] if standing.reason_code else []
    return explained(clause, "; ".join([*why, *([standing.reason] if standing.reason else [])]))


_BY_STATUS: Mapping[ProposalStatus, Callable[[Standing], str]] = {
    S.SUBMITTED: lambda _: gettext("not decided yet"),
    S.UNDER_DISCUSSION: lambda _: gettext("not decided yet"),
    S.DEFERRED: _deferred,
    S.APPROVED: _approved,
    S.IN_FOLLOW_UP: _in_follow_up,
    S.REALISED: lambda standing: gettext("realised on %(day)s", day=short_day(standing.status_since)),
    S.REJECTED: _rejected,
    S.MERGED: lambda standing: gettext(
        "merged into %(code)s on %(day)s",
        code=standing.survivor_code or gettext("not yet set"),
        day=short_day(standing.status_since),
    ),
    S.WITHDRAWN: lambda standing: explained(
        gettext("withdrawn on %(day)s", day=short_day(standing.status_since)), standing.reason
    ),
    S.NOT_ACTIONABLE: _not_actionable,
}
