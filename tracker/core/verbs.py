"""What a reader may do with a record or a matter: one main verb, two beside it, the rest in a menu or the row."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import url_for
from flask_babel.speaklater import LazyString

from tracker.core.wording import gettext

BESIDE = 2


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A field of the form of a verb that is settled in its row."""

    name: str
    words: LazyString | str
    is_day: bool = False
    is_needed: bool = True
    value: str = ""


@dataclass(frozen=True, kw_only=True)
class Verb:
    """A link to a page, or a form of a button, which in a row may ask at most two things."""

    label: str
    href: str
    #: Whether it may be the main verb.
    leads: bool = False
    #: Whether it is always in the menu.
    is_rare: bool = False
    #: Whether pressing it changes something at once, without a page of its own.
    is_post: bool = False
    asks: Sequence[Asked] = ()
    #: Sent without being asked.
    sends: Mapping[str, object] = field(default_factory=dict)

    @property
    def returns(self) -> bool:
        """Whether its page comes back to where it was opened."""
        return "#" not in self.href


@dataclass(frozen=True, kw_only=True)
class Waits:
    """What of a proposal or an action waits for this reader."""

    review_stop: tuple[str, int] | None
    #: Ids of rows that the reader may answer.
    hand_over_id: int | None
    escalation_id: int | None
    may_confirm_correction: bool


def verbs_of_waiting(kind: str, row_id: int, waits: Waits, between: Iterable[Verb] = ()) -> Iterator[Verb]:
    """Decide, then the verbs `between` of this kind of record, then answer."""
    subject: dict[str, Any] = {"kind": kind, "row_id": row_id}
    if waits.review_stop:
        week, item_id = waits.review_stop
        href = url_for("reviews.stop", week=week, item_id=item_id)
        yield Verb(label=gettext("Decide in the review %(week)s", week=week), href=href, leads=True)
    if waits.may_confirm_correction:
        yield Verb(label=gettext("Confirm the decision"), href=url_for("corrections.confirming", **subject), leads=True)
    yield from between
    if waits.escalation_id:
        href = url_for("escalations.answering_escalation", escalation_id=waits.escalation_id, **subject)
        yield Verb(label=gettext("Answer the escalation"), href=href, leads=True)
    if waits.hand_over_id:
        href = url_for("status.answering_hand_over", hand_over_id=waits.hand_over_id, **subject)
        yield Verb(label=gettext("Answer the hand-over"), href=href, leads=True)


@dataclass(frozen=True)
class Verbs:
    main: Verb | None
    beside: Sequence[Verb]
    rest: Sequence[Verb]

    def __bool__(self) -> bool:
        return bool(self.main or self.beside or self.rest)


def arranged(verbs: Iterable[Verb]) -> Verbs:
    """Arrange verbs that come with the likeliest first."""
    verbs = list(verbs)
    main = next((verb for verb in verbs if verb.leads), None)
    others = [verb for verb in verbs if verb is not main]
    beside = [verb for verb in others if not verb.is_rare][:BESIDE]
    return Verbs(main, beside, [verb for verb in others if verb not in beside])
