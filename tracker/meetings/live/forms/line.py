"""The line being typed, with chips that show how it was read. A choice on a chip overrides the reading."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from wtforms import BooleanField, SelectField, StringField, ValidationError

from tracker.core.choices import Source
from tracker.core.fields import LARGEST_ID, Combobox, Day, Line, Paragraph, Pick, Quote, Rows
from tracker.core.form_keys import KEY_SHAPE
from tracker.core.forms import PageForm
from tracker.core.request import row_number
from tracker.core.wording import gettext, label, weekday_and_day
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.live.commands import Earlier, Seen
from tracker.meetings.live.forms.chips import (
    ACTION,
    ChoiceChip,
    chip_id,
    choice_chip,
    due_words,
    kind_choices,
    lacking,
    outcome_choices,
    question_sentence,
    speakers_as_read,
    with_candidates,
)
from tracker.meetings.live.rules import (
    Choice,
    Details,
    Known,
    Meant,
    Register,
    Under,
    Understood,
)
from tracker.meetings.rules import StatementKind
from tracker.proposals.rules import Effect, ProposalStatus

NO_DUE_DATE = "none"
MOST_CHIPS = 40
LONGEST_ASKED = 2000
_EARLIER = re.compile(r"(continues|same):([0-9]{1,9})")
_CHOICE = re.compile(
    r"(?P<name>[^=\n]{1,120})=(?:text|(?P<register>attendance|person|position|unit|target):(?P<id>[0-9]{1,9}))"
)
_EFFECT = re.compile(r"(?P<id>[0-9]{1,9}):(?P<effect>[a-z_]{1,40})")
E = TypeVar("E", bound=Enum)


#: Kinds of line that each field applies to.
_STATEMENTS = frozenset(StatementKind)
_ONLY_OF: dict[str, frozenset[StatementKind | None]] = {
    "title": frozenset({StatementKind.PROPOSAL}),
    **dict.fromkeys(("due_on", "under", "is_of_meeting"), frozenset({None})),
    **dict.fromkeys(("target", "on_behalf_of", "origin_note", "narrator", "has_sic", "recorder_note"), _STATEMENTS),
}


@dataclass(frozen=True, kw_only=True)
class Offered:
    speakers: Sequence[tuple[int, str]] = ()
    agenda: Sequence[tuple[int, str]] = ()
    #: The line that an action follows from unless another is chosen; empty for the meeting as a whole.
    origin: str = ""
    #: The post that decides, as read.
    authority: str = ""
    targets: Source
    posts: Source
    #: The lines of this meeting that an action can follow from.
    lines: Source
    meeting_id: int


def _member(of: type[E], field: SelectField) -> E | None:
    """The chosen member of an enumeration; None if invalid, which the field reports itself."""
    return of(field.data) if field.data and not field.errors else None


def _shape_of_choice(_: Any, field: StringField) -> None:
    if field.data and not _CHOICE.fullmatch(field.data):
        raise ValidationError(gettext("Choose one of the records shown."))


def _shape_of_effect(_: Any, field: StringField) -> None:
    match = _EFFECT.fullmatch(field.data or "")
    if field.data and not (match and match["effect"] in {effect.value for effect in Effect}):
        raise ValidationError(gettext("Choose one of the effects shown."))


class LineForm(PageForm):
    line = Quote(_l("Next line"), needed=_l("Enter the line."))
    #: «continues:5» or «same:5», set by the suggestion next to the line.
    earlier = StringField()
    #: Keys of questions already asked about this line; the next Enter stores it.
    asked = StringField()
    #: Draft of another window that this line continues, with its step.
    adopts = StringField()
    adopts_step = StringField()
    #: Step of the draft with this line's own key.
    step = StringField()
    #: Id of the line after which this one is inserted.
    after = StringField()
    #: Id of the line the user saw above it, to which «@», «^» and «<» refer.
    above = StringField()
    kind = SelectField(_l("Kind"), default="", choices=lambda: kind_choices(gettext("as typed")))
    speaker = Pick(_l("Who"))
    #: «kkpham=target:7» says which record a name refers to; «kkpham=text» keeps it as text.
    choices = Rows(StringField(validators=[_shape_of_choice]), max_entries=MOST_CHIPS)
    target = Combobox(_l("Another target"))
    #: «7:supports» is the effect on a target.
    effects = Rows(StringField(validators=[_shape_of_effect]), max_entries=MOST_CHIPS)
    due = StringField(_l("Due"))
    due_on = Day(_l("Due on another day"))
    title = Line(_l("Title"))
    outcome = SelectField(_l("Decision"), default="", choices=lambda: outcome_choices(None))
    revisit_on = Day(_l("Deferred until"))
    authority = Combobox(_l("Decided by"))
    under = Combobox(_l("Follows from"))
    is_of_meeting = BooleanField(_l("from the meeting as a whole"))
    on_behalf_of = Line(_l("On behalf of"))
    agenda_item = Pick(_l("Agenda item"))
    origin_note = Line(_l("From another meeting: which one"))
    narrator = Line(_l("Narration by"))
    has_sic = BooleanField(_l("Written as in the source [sic]"))
    recorder_note = Paragraph(_l("Recorder's note"))
    seats_unknown = BooleanField(_l("Add the unknown name provisionally to the attendance list"))

    #: Questions asked at chips: (id of the chip, sentence).
    asking: Sequence[tuple[str, str]] = ()

    def validate_earlier(self, field: StringField) -> None:
        if field.data and not _EARLIER.fullmatch(field.data):
            raise ValidationError(gettext("Choose one of the earlier proposals shown."))

    def validate_due(self, field: StringField) -> None:
        if field.data and field.data != NO_DUE_DATE and _day(field.data) is None:
            raise ValidationError(gettext("Choose one of the days shown."))

    def validate_is_of_meeting(self, field: BooleanField) -> None:
        if field.data and self.under.data:
            raise ValidationError(gettext("An action follows from a line or from the meeting as a whole, not both."))

    def offer(self, offered: Offered, read: Understood | None) -> None:
        self.speaker.offer(offered.speakers, speakers_as_read(read) or gettext("nobody named"))
        self.target.offer(offered.targets, gettext("no other target"))
        self.agenda_item.offer(offered.agenda, gettext("no agenda item"))
        decision = read.decision if read else None
        self.under.offer(offered.lines, offered.origin or gettext("the meeting as a whole"), meeting=offered.meeting_id)
        self.authority.offer(offered.posts, offered.authority or gettext("not yet known who decides"))
        self.outcome.choices = outcome_choices(decision.outcome if decision else None)
        if read:
            self.kind.choices = kind_choices(label(read.kind) if read.kind else gettext("Follow-up"))

    def meant(self) -> Meant:
        is_action, chooses_origin = self.kind.data == ACTION, self.under.data or self.is_of_meeting.data
        return Meant(
            kind=None if is_action else _member(StatementKind, self.kind),
            is_action=is_action,
            speaker_id=self.speaker.data,
            target_id=self.target.data,
            choices=tuple(_choices(self.choices)),
            effects=tuple(effects_in(self.effects)),
            due_on=self.due_on.data or _day(self.due.data),
            has_no_due_date=self.due.data == NO_DUE_DATE and not self.due_on.data,
            title=self.title.data,
            outcome=_member(ProposalStatus, self.outcome),
            revisit_on=self.revisit_on.data,
            authority_id=self.authority.data,
            under=Under(statement_id=self.under.data) if chooses_origin else None,
            details=Details(
                on_behalf_of=self.on_behalf_of.data,
                agenda_item_id=self.agenda_item.data,
                origin_note=self.origin_note.data,
                narrator=self.narrator.data,
                has_sic=self.has_sic.data,
                recorder_note=self.recorder_note.data,
            ),
        )

    def chosen(self) -> Earlier:
        match = _EARLIER.fullmatch(self.earlier.data or "")
        return Earlier(**{f"{match[1]}_id": int(match[2])}) if match else Earlier()

    def drafts(self) -> list[Seen]:
        """Drafts to delete when the line is stored: its own, and the one it continued."""
        own = Seen(key=self.once.data or "", step=row_number(self.step.data) or 0)
        adopted = seen(self.adopts.data, self.adopts_step.data)
        return [own, *([adopted] if adopted else [])]

    def below(self) -> int | None:
        """Id of the line after which this one is inserted."""
        return row_number(self.after.data)

    def last_seen(self) -> int | None:
        """Id of the line above this one on the screen."""
        return row_number(self.above.data)

    def asks(self, read: Understood, meeting_day: date) -> bool:
        """Whether something must be asked first. Each question is asked once; the next Enter stores the line."""
        asked_keys = set((self.asked.data or "")[:LONGEST_ASKED].split())
        self.asked.data = " ".join(dict.fromkeys(question.key for question in read.questions))
        self.asked.raw_data = None
        new_questions = [question for question in read.questions if question.key not in asked_keys]
        self.asking = [(chip_id(question, read), question_sentence(question, read)) for question in new_questions]
        self.asking += [*lacking(read, meeting_day), *self._unfit(read)] if not new_questions else []
        return bool(self.asking)

    def _unfit(self, read: Understood) -> list[tuple[str, str]]:
        """Values given that do not apply to this kind of line and would be lost."""
        words = gettext("This does not apply to this kind of line. Leave it empty, or choose another kind.")
        unfit = [(name, words) for name, kinds in _ONLY_OF.items() if read.kind not in kinds and self[name].data]
        if self.narrator.data and read.kind and read.speakers:
            unfit.append(("narrator", gettext("A line is either spoken or narrated, not both.")))
        return unfit

    def summary(self, read: Understood) -> str:
        """The reading in a few words for screen readers: kind, people, targets, and pending questions."""
        kind = label(read.kind) if read.kind else gettext("Follow-up")
        targets = [mention.known.spellings[0] if mention.known else mention.name for mention in read.targets]
        asks = [gettext("there is a question")] if self.asking else []
        return "; ".join(filter(None, [kind, speakers_as_read(read), *targets, *asks]))

    def problems(self) -> list[tuple[str, str]]:
        return [*super().problems(), *self.asking]

    def choice_chips(self, read: Understood) -> list[ChoiceChip]:
        kept_as_text = {choice.name for choice in self.meant().choices if choice.register is None}
        return [choice_chip(sign, mention, kept_as_text) for sign, mention in with_candidates(read)]

    def due_options(self, read: Understood) -> list[tuple[str, str, bool]]:
        """Possible due dates: (value, label, whether selected)."""
        found_date, chosen = read.due.found if read.due else None, self.due.data or ""
        default_label = due_words(read) if found_date or read.due_on else gettext("no due date")
        others = [(day.isoformat(), weekday_and_day(day)) for day in (found_date.alternatives if found_date else ())]
        none = [(NO_DUE_DATE, gettext("no due date"))] if found_date or chosen == NO_DUE_DATE else []
        return [(value, words, value == chosen) for value, words in [("", default_label), *others, *none]]

    def effect_options(self, target: Known, chosen: Effect | None) -> list[tuple[str, str, bool]]:
        """Possible effects on a target: (value, label, whether selected)."""
        options = [(f"{target.id}:{effect}", label(effect), effect is chosen) for effect in Effect]
        return [("", gettext("effect not yet set"), chosen is None), *options]


def seen(key: str | None, step: str | None) -> Seen | None:
    number = row_number(step)
    return Seen(key=key or "", step=number) if KEY_SHAPE.fullmatch(key or "") and number is not None else None


def _choices(field: Rows) -> Iterator[Choice]:
    for entry in field.entries:
        match = _CHOICE.fullmatch(entry.data or "")
        if match and match["register"] and int(match["id"]) <= LARGEST_ID:
            yield Choice(name=match["name"], register=Register(match["register"]), id=int(match["id"]))
        elif match and not match["register"]:
            yield Choice(name=match["name"])


def effects_in(field: Rows) -> Iterator[tuple[int, Effect]]:
    """(target or link id, effect) from field values like «7:supports»."""
    for entry in field.entries:
        match = _EFFECT.fullmatch(entry.data or "")
        if match and match["effect"] in {effect.value for effect in Effect}:
            yield int(match["id"]), Effect(match["effect"])


def _day(written: Any) -> date | None:
    try:
        return date.fromisoformat(written)
    except (TypeError, ValueError):
        return None
