"""Read a line typed in the live minutes, including the short forms of `shorthand`. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tracker.meetings.live.formats import quotations
from tracker.meetings.live.formats.signs import words_in
from tracker.meetings.live.rules.line import understand, which_is_meant, with_effect
from tracker.meetings.live.rules.mentions import Directory, Occurrence, mentions_in
from tracker.meetings.live.rules.reading import (
    NOTHING_ABOVE,
    NOTHING_CHOSEN,
    Above,
    Details,
    Known,
    Meant,
    Mention,
    Question,
    Reference,
    Register,
    Understood,
)
from tracker.meetings.live.rules.shorthand import Shorthand, shorthand_of
from tracker.meetings.rules import StatementKind

_SIC = re.compile(r"[\[(]sic!?[\])]", re.IGNORECASE)
_MAY_LOOK_UP = re.compile(r"[\^<]|@[^\w]")


def looks_up(line: str) -> bool:
    """Whether a line may refer to those above it."""
    return _MAY_LOOK_UP.search(line) is not None


def understand_typed(
    line: str,
    *,
    said_on: date,
    people: Sequence[Known],
    targets: Sequence[Known],
    above: Above = NOTHING_ABOVE,
    meant: Meant = NOTHING_CHOSEN,
    references: Sequence[Reference] = (),
) -> Understood:
    """Like `understand`, with short forms. Choices on the chips override them."""
    directory = Directory(people)
    short = shorthand_of(line, directory, meant)
    if short and _lacks(short, above):
        short = None
    if short is None:
        understood = understand(
            line, said_on=said_on, people=directory, targets=targets, meant=meant, references=references
        )
        return _with_sic(understood)
    occurrences = _mentions_in_title(short, targets, meant)
    title = _title_without_signs(short.title, occurrences) if short.title else None
    named = [*references, *_about(short, above, references)]
    combined = replace(meant, title=meant.title or title, details=_details(short, meant))
    if short.repeats_speaker and above.speaker:
        combined = _with_speaker(combined, above.speaker)
    understood = understand(
        short.line, said_on=said_on, people=directory, targets=targets, meant=combined, references=named,
        marked=(short.mark, 0),
    )  # fmt: skip
    return _with_sic(_with_origin(_with_title(understood, occurrences, meant), short, above))


def _lacks(short: Shorthand, above: Above) -> bool:
    """Whether it refers to something above that does not exist; its signs then stay in the text."""
    origin = above.line if short.kind is StatementKind.PROPOSAL else above.proposals
    lacks_origin = short.has_origin and (short.kind is None or not origin)
    return lacks_origin or (short.repeats_speaker and not above.speaker) or short.about > len(above.proposals)


def _mentions_in_title(short: Shorthand, targets: Sequence[Known], meant: Meant) -> list[Occurrence]:
    title = short.title or ""
    occurrences = mentions_in(title, quotations(title), (), targets, meant.choices, is_title=True)
    return [occurrence for occurrence in occurrences if not occurrence.is_person]


def _title_without_signs(title: str, occurrences: Sequence[Occurrence]) -> str:
    """The title with the words of its targets, but without incomplete names: «Forum +penang»."""
    for occurrence in reversed(occurrences):
        if occurrence.mention.known is None:
            continue
        end = occurrence.end if _is_begun(occurrence.mention) else occurrence.start + len(occurrence.sign)
        title = title[: occurrence.start] + title[end:]
    return " ".join(title.split())


def _is_begun(mention: Mention) -> bool:
    """Whether the name has a word that the record does not have."""
    spelled = {
        word.text for written in (mention.known.spellings if mention.known else ()) for word in words_in(written)
    }
    return any(word.text not in spelled for word in words_in(mention.name))


def _about(short: Shorthand, above: Above, references: Sequence[Reference]) -> list[Reference]:
    known = {(reference.kind, reference.id) for reference in references}
    return [
        reference
        for reference in above.proposals[short.about - 1 : short.about]
        if short.about and (reference.kind, reference.id) not in known
    ]


def _details(short: Shorthand, meant: Meant) -> Details:
    details = meant.details
    return replace(
        details,
        on_behalf_of=details.on_behalf_of or short.on_behalf_of,
        origin_note=details.origin_note or short.origin_note,
        recorder_note=details.recorder_note or short.recorder_note,
    )


def _with_speaker(meant: Meant, speaker: Mention) -> Meant:
    if meant.speaker_id or meant.details.narrator:
        return meant
    if speaker.known and speaker.known.register is Register.ATTENDANCE:
        return replace(meant, speaker_id=speaker.known.id)
    return replace(meant, details=replace(meant.details, narrator=speaker.name))


def _with_title(understood: Understood, occurrences: Sequence[Occurrence], meant: Meant) -> Understood:
    if understood.kind is not StatementKind.PROPOSAL or not occurrences:
        return understood
    titled = [with_effect(occurrence, meant) for occurrence in occurrences]
    known = {mention.known for mention in titled if mention.known}
    others = [mention for mention in understood.targets if mention.known not in known]
    questions: list[Question] = list(which_is_meant(occurrences, meant))
    return replace(
        understood, targets=(*titled, *others), questions=tuple(dict.fromkeys([*questions, *understood.questions]))
    )


def _with_origin(understood: Understood, short: Shorthand, above: Above) -> Understood:
    if not short.has_origin or understood.kind is None:
        return understood
    if understood.kind is StatementKind.PROPOSAL:
        return replace(understood, led_by=above.line)
    nearest = above.proposals[max(short.about, 1) - 1]
    others = [
        reference for reference in understood.references if (reference.kind, reference.id) != (nearest.kind, nearest.id)
    ]
    return replace(understood, references=(*others, nearest), led_to=(nearest.id,))


def _with_sic(understood: Understood) -> Understood:
    note = understood.details.recorder_note or ""
    if understood.kind is None or not (_SIC.search(understood.words) or _SIC.search(note)):
        return understood
    return replace(understood, details=replace(understood.details, has_sic=True))
