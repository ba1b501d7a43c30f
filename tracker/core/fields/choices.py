"""Select fields: one row, several rows, or a code of an enumeration."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from wtforms import RadioField, SelectField
from wtforms.fields import SelectMultipleField
from wtforms.fields.choices import SelectChoice

from tracker.core.actor import Classification
from tracker.core.fields.checks import Needed
from tracker.core.request import row_number
from tracker.core.wording import gettext, label, lazy_gettext


def _id(value: Any) -> int:
    number = row_number(str(value))
    if not number:
        raise ValueError("no row has this number")
    return number


def _id_or_none(value: Any) -> int | None:
    return _id(value) if value not in (None, "", "None") else None


class Pick(SelectField):
    """One row of a short list. A list that grows with the record is a `Combobox`."""

    data: Any

    def __init__(self, label: object = None, *, needed: object = None, **given: Any) -> None:
        super().__init__(label, [Needed(needed)] if needed else [], coerce=_id_or_none, choices=[], **given)

    def offer(self, choices: Iterable[tuple[int, str]], nothing: object | None = None) -> None:
        """Set the choices (id, label) and the label for «nothing chosen»."""
        offered = [SelectChoice(value, words) for value, words in choices]
        self.choices = [SelectChoice("", str(nothing or gettext("Not chosen"))), *offered]


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
    def __init__(self, label: object = None, **given: Any) -> None:
        super().__init__(label, coerce=_id, choices=[], **given)

    def offer(self, choices: Iterable[tuple[int, str]]) -> None:
        self.choices = [SelectChoice(value, words) for value, words in choices]


class Stage(SelectField):
    """In a filter: rows that are open, finished, or both."""

    def __init__(self, **given: Any) -> None:
        super().__init__(lazy_gettext("Open or closed"), default="", choices=_stages, **given)


def _stages() -> list[SelectChoice]:
    return [
        SelectChoice("", gettext("Both")), SelectChoice("open", gettext("Open")),
        SelectChoice("closed", gettext("Finished")),
    ]  # fmt: skip


class Code(SelectField):
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
