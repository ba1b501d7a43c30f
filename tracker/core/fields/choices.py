"""Fields to choose with: a row by its number, several of them, a code of an enumeration."""

from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from typing import Any, cast

from markupsafe import Markup, escape
from wtforms import RadioField, SelectField
from wtforms.fields import SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import Select, html_params

from tracker.core.actor import Classification
from tracker.core.choices import Choices
from tracker.core.fields.checks import Needed
from tracker.core.request import LARGEST_ID
from tracker.core.wording import label, say


def _id(value: Any) -> int:
    """A row's number; what no database column holds is none."""
    number = int(value)
    if not 0 < number <= LARGEST_ID:
        raise ValueError("out of range")
    return number


def _id_or_none(value: Any) -> int | None:
    return _id(value) if value not in (None, "", "None") else None


class LongSelect(Select):
    """A select box whose options are written at once: some hundred names cost a millisecond, not twenty."""

    @classmethod
    def render_option(cls, choice: Any, **given: Any) -> Markup:
        """One option; one with attributes of its own takes the library's way."""
        if given or choice.render_kw or isinstance(choice.value, bool):
            return cast(Markup, super().render_option(choice, **given))
        return _option(str(choice.value), str(choice.label or choice.value), choice.selected)


@lru_cache(maxsize=4096)
def _option(value: str, label: str, selected: bool) -> Markup:
    """Every list offers the same states; long lists of names go by `_written`."""
    mark = " selected" if selected else ""
    return Markup(f'<option{mark} value="{escape(value)}">{escape(label)}</option>')  # noqa: S704  # both are escaped


class OfferedSelect(LongSelect):
    """The select box of a `Pick`: its options stay written while they are the same."""

    def __call__(self, field: Any, **given: Any) -> Markup:
        """The box, with what is chosen marked."""
        if field.offered is None:
            return cast(Markup, super().__call__(field, **given))
        options = _written(*field.offered)
        chosen = f'<option value="{"" if field.data is None else field.data}">'
        marked = options.replace(chosen, chosen.replace("<option", "<option selected"), 1)
        flags = {name: getattr(field.flags, name) for name in self.validation_attrs if name in field.flags}
        attributes = html_params(name=field.name, **{"id": field.id, **flags, **given})
        return Markup(f"<select {attributes}>{marked}</select>")  # noqa: S704  # names are escaped in `_written`


@lru_cache(maxsize=64)
def _written(nothing: str, choices: tuple[tuple[int, str], ...]) -> str:
    """The options of a list, none of them chosen."""
    options = (f'<option value="{number}">{escape(words)}</option>' for number, words in choices)
    return f'<option value="">{escape(nothing)}</option>{"".join(options)}'


class Pick(SelectField):
    """One thing out of a list, by its number; None where nothing is chosen. Choices come from `offer`."""

    widget = OfferedSelect()
    #: The words for «nothing chosen», and each number with its words.
    offered: tuple[str, tuple[tuple[int, str], ...]] | None = None
    data: Any

    def __init__(self, label: object = None, *, needed: object = None, **given: Any) -> None:
        """Make it required by giving the sentence that asks for it."""
        super().__init__(label, [Needed(needed)] if needed else [], coerce=_id_or_none, choices=[], **given)

    def offer(self, choices: Iterable[tuple[int, str]], nothing: object | None = None) -> None:
        """Set the list: (number, words); the first, empty choice says «nothing chosen».

        A row that was merged into another, chosen on a page or in a saved filter before, is that other one.
        """
        if isinstance(choices, Choices) and self.data in choices.formerly:
            self.data = choices.formerly[self.data]
        self.offered = str(nothing or say("Not chosen")), tuple(choices)
        self.choices = self._as_choices

    @property
    def words(self) -> str | None:
        """The words of what is chosen."""
        return next((words for number, words in (self.offered or ("", ()))[1] if number == self.data), None)

    def keep(self, stored: int | None, words: object) -> None:
        """What is stored may stay, unnamed, where the reader may not see it: no edit of something else drops it."""
        if stored is not None and self.offered and not self._is_offered(stored):
            nothing, choices = self.offered
            self.offered = nothing, (*choices, (stored, str(words)))

    def _as_choices(self) -> list[SelectChoice]:
        nothing, choices = self.offered or ("", ())
        return [SelectChoice("", nothing), *(SelectChoice(value, words) for value, words in choices)]

    def pre_validate(self, form: Any) -> None:
        """What was offered may be chosen; for anything else the library has its sentence."""
        if self.process_errors or self.offered is None or not self._is_offered(self.data):
            super().pre_validate(form)

    def _is_offered(self, number: int | None) -> bool:
        return number is None or any(number == known for known, _ in (self.offered or ("", ()))[1])


class Asked(RadioField):
    """A question that is put only where something is unclear; until then it has no choices, and nothing is shown."""

    data: Any
    errors: Any

    def __init__(self, label: object = None, **given: Any) -> None:
        """Start without choices; `ask` sets them. What comes back is checked by whoever asked."""
        super().__init__(label, choices=[], validate_choice=False, **given)

    def ask(self, choices: Iterable[tuple[str, str]], problem: object = None) -> None:
        """Put the question: (value, words) of each answer, and why it is asked; the only answer is proposed."""
        offered = [SelectChoice(value, words) for value, words in choices]
        self.choices = offered
        if self.data not in {choice.value for choice in offered}:
            self.data = None
        if problem:
            self.errors = [*self.errors, str(problem)]

    def propose(self, value: str) -> None:
        """Choose an answer beforehand, where nobody has chosen."""
        self.data = self.data or value


class PickSeveral(SelectMultipleField):
    """Several things out of a list, by number."""

    widget = LongSelect(multiple=True)

    def __init__(self, label: object = None, **given: Any) -> None:
        """Start with an empty list; `offer` fills it."""
        super().__init__(label, coerce=_id, choices=[], **given)

    def offer(self, choices: Iterable[tuple[int, str]]) -> None:
        """Set the list: (number, words)."""
        self.choices = [SelectChoice(value, words) for value, words in choices]


class Code(SelectField):
    """One code of an enumeration. Without `needed` nothing may be chosen, and the data is None."""

    widget = LongSelect()

    def __init__(
        self,
        kind: type[StrEnum],
        label: object = None,
        *,
        needed: object = None,
        only: Iterable[StrEnum] = (),
        **given: Any,
    ) -> None:
        """Offer the members of `kind`, or just those in `only`."""
        self.kind = kind
        self.members = list(only) or list(kind)
        super().__init__(
            label, [Needed(needed)] if needed else [], coerce=self._code_or_none, choices=self._offered, **given
        )

    def offer_also(self, stored: StrEnum | None) -> None:
        """Let what is stored stay, although it is not offered otherwise."""
        if stored is not None and stored not in self.members:
            self.members.append(stored)
            self.choices = self._offered()

    def _code_or_none(self, value: Any) -> StrEnum | None:
        return self.kind(value) if value not in (None, "") else None

    def _offered(self) -> list[SelectChoice]:
        return [SelectChoice("", say("Not chosen")), *(SelectChoice(m.value, label(m)) for m in self.members)]


class Level(Code):
    """How much more secret a thing is than what it belongs to; nothing chosen is as secret as that."""

    def __init__(self, label: object = None, **given: Any) -> None:
        """Offer every level until `offer` says what is possible."""
        super().__init__(Classification, label, **given)

    def offer(self, belongs_to: Classification, cleared_up_to: Classification) -> None:
        """Set the list: what is above the one and within the clearance of whoever chooses."""
        levels = belongs_to.above(cleared_up_to)
        self.choices = [SelectChoice("", say("as what it belongs to")), *(
            SelectChoice(level.value, label(level)) for level in levels)]  # fmt: skip

    @property
    def is_open(self) -> bool:
        """Whether there is anything to choose."""
        return len(self.choices) > 1
