"""What the chips of a line being typed say: how it was read, what may be chosen instead, and what is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wtforms.fields.choices import SelectChoice

from tracker.core.wording import gettext, label, short_day, weekday, weekday_and_day
from tracker.meetings.live.commands.deciding import LACKING
from tracker.meetings.live.formats import Doubt
from tracker.meetings.live.rules import (
    OUTCOMES,
    Known,
    Mention,
    Question,
    Topic,
    Understood,
    is_narration,
)
from tracker.meetings.rules import StatementKind
from tracker.proposals.rules import Needs, ProposalStatus

#: Form value of a follow-up action among the kinds.
ACTION = "action"


@dataclass(frozen=True)
class ChoiceChip:
    name: str
    sign: str
    #: (value, label, whether selected).
    options: Sequence[tuple[str, str, bool]]
    is_open: bool


def kind_choices(nothing: str) -> list[SelectChoice]:
    kinds = [SelectChoice(kind.value, label(kind)) for kind in StatementKind]
    return [SelectChoice("", nothing), *kinds, SelectChoice(ACTION, gettext("Follow-up"))]


def outcome_words(outcome: ProposalStatus) -> str:
    only_discussed = outcome is ProposalStatus.UNDER_DISCUSSION
    return gettext("only discussed, not decided") if only_discussed else label(outcome)


def chip_id(question: Question, read: Understood) -> str:
    if question.topic in {Topic.DUE_DATE, Topic.OUTCOME}:
        return "due" if question.topic is Topic.DUE_DATE else "outcome"
    names = [mention.name for _, mention in with_candidates(read)]
    return f"choices-{names.index(question.about)}"


def with_candidates(read: Understood) -> list[tuple[str, Mention]]:
    """(sign, mention) of each name with several candidates, settled or not."""
    people = [("@", mention) for mention in read.people if mention.candidates]
    targets = [("#", mention) for mention in read.targets if mention.candidates and not mention.is_within]
    return list({mention.name: (sign, mention) for sign, mention in (*people, *targets)}.values())


def question_sentence(question: Question, read: Understood) -> str:
    if question.topic is Topic.OUTCOME:
        return gettext("What does this decide about %(codes)s? Choose, or press Enter again to save what is shown.",
                       codes=question.about.replace(" ", ", "))  # fmt: skip
    if question.topic is Topic.DUE_DATE:
        return _doubt(read)
    mention = next(mention for _, mention in with_candidates(read) if mention.name == question.about)
    if len(mention.candidates) == 1:
        return gettext("Does %(name)s mean %(known)s? Choose, or press Enter again to leave the name in the text.",
                       name=question.about, known=_described(mention.candidates[0]))  # fmt: skip
    return gettext(
        "%(name)s matches more than one entry. Choose one, or press Enter again to leave it in the text.",
        name=question.about,
    )


def _doubt(read: Understood) -> str:
    found_date = read.due.found if read.due else None
    if found_date is None:
        return ""
    day = weekday_and_day(found_date.day)
    if found_date.doubt is Doubt.PAST:
        return gettext("%(day)s is before the meeting. Choose another day, or press Enter again to save it.", day=day)
    if found_date.doubt is Doubt.WEEKDAY:
        return gettext("%(day)s is a %(weekday)s. Choose another day, or press Enter again to save it.",
                       day=short_day(found_date.day), weekday=weekday(found_date.day))  # fmt: skip
    return gettext("%(day)s: a year from now? Choose another day, or press Enter again to save it.", day=day)


def due_words(read: Understood) -> str:
    found_date = read.due.found if read.due else None
    if read.due_on is None:
        return gettext("no due date")
    if found_date is None or found_date.day != read.due_on or not found_date.doubt:
        return weekday_and_day(read.due_on)
    if found_date.doubt is Doubt.PAST:
        return gettext("%(day)s, before the meeting?", day=weekday_and_day(found_date.day))
    if found_date.doubt is Doubt.WEEKDAY:
        return gettext("%(day)s, another weekday?", day=weekday_and_day(found_date.day))
    return gettext("%(day)s, a year from now?", day=weekday_and_day(found_date.day))


def lacking(read: Understood, meeting_day: date) -> list[tuple[str, str]]:
    decision = read.decision
    if decision is None:
        return []
    if decision.outcome is ProposalStatus.APPROVED and decision.authority_id is None:
        return [_lacks(Needs.AUTHORITY)]
    if decision.outcome is ProposalStatus.DEFERRED and not (decision.revisit_on and decision.revisit_on > meeting_day):
        return [_lacks(Needs.REVISIT_ON)]
    return []


def _lacks(need: Needs) -> tuple[str, str]:
    sentence, field = LACKING[need]
    return field, str(sentence)


def outcome_choices(read: ProposalStatus | None) -> list[SelectChoice]:
    outcomes = [SelectChoice(outcome.value, outcome_words(outcome)) for outcome in OUTCOMES]
    return [SelectChoice("", outcome_words(read) if read else gettext("as the wording says")), *outcomes]


def speakers_as_read(read: Understood | None) -> str:
    return ", ".join(_read_as(mention) for mention in read.speakers) if read else ""


def _read_as(mention: Mention) -> str:
    if mention.known or is_narration(mention.name):
        return mention.known.spellings[0] if mention.known else mention.name
    return gettext("%(name)s, not known", name=mention.name)


def _described(known: Known) -> str:
    name = known.spellings[0]
    described = f"{name} – {known.detail}" if known.detail and known.detail != name else name
    return described if known.is_in_force else gettext("%(target)s (no longer in force)", target=described)


def choice_chip(sign: str, mention: Mention, kept_as_text: set[str]) -> ChoiceChip:
    name, key = mention.name, mention.name.casefold()
    options = [
        (f"{key}={known.register}:{known.id}", _described(known), known == mention.known)
        for known in mention.candidates
    ]
    is_left = key in kept_as_text
    nothing = ("", gettext("%(name)s: which one?", name=name), not is_left and mention.known is None)
    return ChoiceChip(
        name, sign, [nothing, *options, (f"{key}=text", gettext("only a word in the text"), is_left)],
        is_open=mention.known is None and not is_left,
    )  # fmt: skip
