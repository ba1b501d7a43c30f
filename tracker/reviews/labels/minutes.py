"""The minutes of a review: the statements that are written when it is closed."""

from collections.abc import Iterable, Sequence

from tracker.actions.models import ActionItem
from tracker.core.actor import Classification
from tracker.core.wording import either, gettext, ngettext, speaking
from tracker.meetings.commands import StatementDraft, StatementLinks
from tracker.meetings.rules import Bearing, StatementKind
from tracker.reviews.commands import MinutesLine
from tracker.reviews.labels.words import outcome_of
from tracker.reviews.models import ReviewItem
from tracker.reviews.rules import CHANGES_NOTHING, Act


def statements_of(items: Sequence[ReviewItem]) -> list[MinutesLine]:
    """As in the report: a statement for each decision that asks something of somebody, by unit, then one for all that
    are completed and one for all that continue.

    Items that are classified are left out, since the minutes are open to everybody.
    """
    open_to_all = [item for item in items if item.subject.classification is Classification.ORDINARY]
    summed_up = [item for item in open_to_all if item.act in _SUMMED_UP and not (item.note or item.reason)]
    single = [item for item in open_to_all if item not in summed_up]
    lines = [
        MinutesLine(item.decided_by_id, StatementDraft(
            kind=StatementKind.INFORMATION if item.act in CHANGES_NOTHING else StatementKind.DECISION,
            gist_id=_sentence(item, "id"), gist_en=_sentence(item, "en"),
        ), _named_in([item]))
        for item in sorted(single, key=_by_unit)
    ]  # fmt: skip
    completed = [item for item in summed_up if item.act is Act.DONE]
    going_on = [item for item in summed_up if item.act in CHANGES_NOTHING]
    return [*lines, *_summary(StatementKind.DECISION, completed), *_summary(StatementKind.INFORMATION, going_on)]


_SUMMED_UP = CHANGES_NOTHING | {Act.DONE}


def _by_unit(item: ReviewItem) -> tuple[bool, str, int]:
    unit = item.subject.responsible_unit
    name = either(unit.name_id, unit.name_en) or "" if unit else ""
    return not name, name.casefold(), item.turn or 0


def _named_in(items: Sequence[ReviewItem]) -> StatementLinks:
    """The actions and proposals that a statement is about and whose texts it repeats."""
    return StatementLinks(
        actions=[item.action for item in items if item.action],
        proposals=[(item.proposal, Bearing.DISCUSSES) for item in items if item.proposal],
        repeats=[item.subject for item in items],
    )


def _summary(kind: StatementKind, items: Sequence[ReviewItem]) -> Iterable[MinutesLine]:
    if items:
        gist_id, gist_en = (_summary_sentence(kind, items, language) for language in ("id", "en"))
        draft = StatementDraft(kind=kind, gist_id=gist_id, gist_en=gist_en)
        yield MinutesLine(items[0].decided_by_id, draft, _named_in(items))


def _summary_sentence(kind: StatementKind, items: Sequence[ReviewItem], language: str) -> str:
    with speaking(language):
        codes = ", ".join(sorted(item.subject.code for item in items))
        if kind is StatementKind.DECISION:
            return ngettext("%(num)d item done: %(codes)s", "%(num)d items done: %(codes)s", len(items), codes=codes)
        return ngettext(
            "%(num)d item continues: %(codes)s", "%(num)d items continue: %(codes)s", len(items), codes=codes
        )


def _sentence(item: ReviewItem, language: str) -> str:
    with speaking(language):
        subject = item.subject
        text = either(subject.text_id, subject.text_en) if isinstance(subject, ActionItem) else either(
            subject.title_id, subject.title_en)  # fmt: skip
        parts = [f"{subject.code} {text}: {outcome_of(item)}."]
        parts += [_in_charge(item)] if item.act not in _NAMES_WHO else []
        parts += [gettext("Reason: %(reason)s", reason=item.reason)] if item.reason else []
        parts += [gettext("Note: %(note)s", note=item.note)] if item.note else []
        return " ".join(part for part in parts if part)


#: Acts whose outcome already says who is in charge.
_NAMES_WHO = frozenset({Act.REASSIGNED})


def _in_charge(item: ReviewItem) -> str:
    unit, pic = item.subject.responsible_unit, item.action.pic if item.action else None
    unit_name = either(unit.name_id, unit.name_en) if unit else None
    who = ", ".join(name for name in (pic.full_name if pic else None, unit_name) if name)
    if not who:
        return ""
    return f"{gettext('PIC')}: {who}." if pic else f"{gettext('Responsible unit')}: {who}."
