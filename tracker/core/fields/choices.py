"""Select fields: one row, several rows, or a code of an enumeration."""

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
from tracker.core.request import row_number
from tracker.core.wording import gettext, label


def _id(value: Any) -> int:
    number = row_number(str(value))
    if not number:
        raise ValueError("no row has this number")
    return number


def _id_or_none(value: Any) -> int | None:
    return _id(value) if value not in (None, "", "None") else None


class LongSelect(Select):
    """A fast select box: some hundred options take a millisecond instead of twenty."""

    @classmethod
    def render_option(cls, choice: Any, **given: Any) -> Markup:
        if given or choice.render_kw or isinstance(choice.value, bool):
            return cast(Markup, super().render_option(choice, **given))
        return _option(str(choice.value), str(choice.label or choice.value), choice.selected)


@lru_cache(maxsize=4096)
def _option(value: str, label: str, selected: bool) -> Markup:
    """Cached, because every list offers the same states. Long lists of names use `_written`."""
    attribute = " selected" if selected else ""
    return Markup(f'<option{attribute} value="{escape(value)}">{escape(label)}</option>')  # noqa: S704  # both are escaped


class OfferedSelect(LongSelect):
    def __call__(self, field: Any, **given: Any) -> Markup:
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
    options = (f'<option value="{number}">{escape(words)}</option>' for number, words in choices)
    return f'<option value="">{escape(nothing)}</option>{"".join(options)}'


class Pick(SelectField):
    widget = OfferedSelect()
    #: The label for «nothing chosen», and (id, label) of each choice.
    offered: tuple[str, tuple[tuple[int, str], ...]] | None = None
    data: Any

    def __init__(self, label: object = None, *, needed: object = None, **given: Any) -> None:
        super().__init__(label, [Needed(needed)] if needed else [], coerce=_id_or_none, choices=[], **given)

    def offer(self, choices: Iterable[tuple[int, str]], nothing: object | None = None) -> None:
        """Set the choices (id, label) and the label for «nothing chosen».

        If the chosen row was merged into another since, the other one is chosen.
        """
        if isinstance(choices, Choices) and self.data in choices.formerly:
            self.data = choices.formerly[self.data]
        self.offered = str(nothing or gettext("Not chosen")), tuple(choices)
        self.choices = self._as_choices

    @property
    def words(self) -> str | None:
        return next((words for number, words in (self.offered or ("", ()))[1] if number == self.data), None)

    def keep(self, stored: int | None, words: object) -> None:
        """Offer the stored row although the user may not see it, so that editing another field does not drop it."""
        if stored is not None and self.offered and not self._is_offered(stored):
            nothing, choices = self.offered
            self.offered = nothing, (*choices, (stored, str(words)))

    def _as_choices(self) -> list[SelectChoice]:
        nothing, choices = self.offered or ("", ())
        return [SelectChoice("", nothing), *(SelectChoice(value, words) for value, words in choices)]

    def pre_validate(self, form: Any) -> None:
        if self.process_errors or self.offered is None or not self._is_offered(self.data):
            super().pre_validate(form)

    def _is_offered(self, number: int | None) -> bool:
        return number is None or any(number == known for known, _ in (self.offered or ("", ()))[1])


class Asked(RadioField):
    """A question that is only asked if something is ambiguous; until then it has no choices and is not shown."""

    data: Any
    errors: Any

    def __init__(self, label: object = None, **given: Any) -> None:
        super().__init__(label, choices=[], validate_choice=False, **given)

    def ask(self, choices: Iterable[tuple[str, str]], problem: object = None) -> None:
        offered = [SelectChoice(value, words) for value, words in choices]
        self.choices = offered
        if self.data not in {choice.value for choice in offered}:
            self.data = None
        if problem:
            self.errors = [*self.errors, str(problem)]

    def propose(self, value: str) -> None:
        self.data = self.data or value


class PickSeveral(SelectMultipleField):
    widget = LongSelect(multiple=True)

    def __init__(self, label: object = None, **given: Any) -> None:
        super().__init__(label, coerce=_id, choices=[], **given)

    def offer(self, choices: Iterable[tuple[int, str]]) -> None:
        self.choices = [SelectChoice(value, words) for value, words in choices]


class Code(SelectField):
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
        self.kind = kind
        self.members = list(only) or list(kind)
        super().__init__(
            label, [Needed(needed)] if needed else [], coerce=self._code_or_none, choices=self._offered, **given
        )

    def offer_also(self, stored: StrEnum | None) -> None:
        if stored is not None and stored not in self.members:
            self.members.append(stored)
            self.choices = self._offered()

    def offer_only(self, members: Iterable[StrEnum]) -> None:
        self.members = list(members)
        self.choices = self._offered()

    def _code_or_none(self, value: Any) -> StrEnum | None:
        return self.kind(value) if value not in (None, "") else None

    def _offered(self) -> list[SelectChoice]:
        return [SelectChoice("", gettext("Not chosen")), *(SelectChoice(m.value, label(m)) for m in self.members)]


class Level(Code):
    """Classification above that of the parent; if nothing is chosen, the same as the parent."""

    def __init__(self, label: object = None, **given: Any) -> None:
        super().__init__(Classification, label, **given)

    def offer(self, belongs_to: Classification, cleared_up_to: Classification) -> None:
        levels = belongs_to.above(cleared_up_to)
        self.choices = [SelectChoice("", gettext("same as its parent")), *(
            SelectChoice(level.value, label(level)) for level in levels)]  # fmt: skip

    @property
    def is_open(self) -> bool:
        return len(self.choices) > 1
