"""Fields that search the rows they offer. They show words and send ids; words typed without script are looked up.

`name` has the id, `name-typed` what is typed, `name-which` the answer where that fits several rows. A browser with
script sends the id of what was chosen and leaves the words out.
"""

from collections.abc import Callable, Collection
from typing import Any

from flask import g
from wtforms import Field
from wtforms.utils import unset_value
from wtforms.validators import StopValidation

from tracker.core.choices import SHOWN, Choice, Source
from tracker.core.fields.checks import Needed, has_visible_character
from tracker.core.request import row_number
from tracker.core.wording import gettext

LONGEST_QUOTED = 60


class _Lookup:
    """What the fields of one page have chosen from a source: looked up together, in one statement."""

    def __init__(self, source: Source, narrowed: dict[str, int]) -> None:
        self.source, self.narrowed = source, narrowed
        self._fields: list[_Searching] = []
        self._known: dict[int, Choice | None] = {}

    def serve(self, field: "_Searching") -> None:
        if field not in self._fields:
            self._fields.append(field)

    def choice(self, number: int) -> Choice | None:
        if number not in self._known:
            asked = {number}.union(*(field.held() for field in self._fields)) - self._known.keys()
            self._known |= dict.fromkeys(asked) | self.source.named(asked, **self.narrowed)
        return self._known[number]

    def meant(self, typed: str) -> list[Choice]:
        found = self.source.meant(typed, **self.narrowed)
        self._known |= {choice.id: choice for choice in found}
        return found


def _lookup_of(source: Source, narrowed: dict[str, int]) -> _Lookup:
    lookups = g.setdefault("lookups", {})
    key = (source, *sorted(narrowed.items()))
    return lookups.setdefault(key, _Lookup(source, narrowed))  # type: ignore[no-any-return]  # `g` has no types


class _Searching(Field):
    """What both kinds share: where the choices come from, and what was typed."""

    data: Any
    errors: Any
    #: Shown while nothing is chosen.
    nothing = ""
    #: Rows that the typed words fit, of which one must be chosen.
    matches: list[Choice]
    #: Narrows what a form accepts further than what is searched.
    may_hold: Callable[[int], bool] = staticmethod(lambda _: True)

    def __init__(self, label: object = None, *, needed: object = None, **given: Any) -> None:
        super().__init__(label, [Needed(needed)] if needed else [], **given)
        self.matches = []
        self.typed: str | None = None
        self._which: list[int | None] = []
        self._problem: str | None = None
        self._kept: dict[int, Choice] = {}
        self._lookup: _Lookup | None = None

    @property
    def source(self) -> Source | None:
        return self._lookup.source if self._lookup else None

    @property
    def narrowed(self) -> dict[str, int]:
        return self._lookup.narrowed if self._lookup else {}

    @property
    def typed_name(self) -> str:
        return f"{self.name}-typed"

    @property
    def which_name(self) -> str:
        return f"{self.name}-which"

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        super().process(formdata, data, extra_filters)
        if formdata is not None:
            self.typed = next(iter(formdata.getlist(self.typed_name)), None)
            self._which = [row_number(number) for number in formdata.getlist(self.which_name)]

    def offer(self, source: Source, nothing: object | None = None, **narrowed: int) -> None:
        """Set where the choices come from, and the words for «nothing chosen»."""
        is_first, self.nothing = self._lookup is None, str(nothing or gettext("Not chosen"))
        self._lookup = _lookup_of(source, narrowed)
        self._lookup.serve(self)
        if is_first and self.typed is not None:
            self._read(self.typed)

    def held(self) -> Collection[int]:
        raise NotImplementedError

    def _read(self, typed: str) -> None:
        raise NotImplementedError

    def _choice(self, number: int | None) -> Choice | None:
        if number is None or self._lookup is None:
            return None
        found = self._kept.get(number) or self._lookup.choice(number)
        return found if found and self.may_hold(found.id) else None

    def _look_up(self, typed: str) -> list[Choice]:
        """The rows meant by the typed words: one, those picked of several, or none and a problem."""
        quoted = typed.strip() if len(typed.strip()) <= LONGEST_QUOTED else f"{typed.strip()[:LONGEST_QUOTED]}…"
        found = [choice for choice in (self._lookup.meant(typed) if self._lookup else []) if self.may_hold(choice.id)]
        picked = [choice for choice in found if choice.id in self._which]
        if picked or len(found) == 1:
            return picked or found
        if len(found) > SHOWN:
            self._problem = gettext("More than %(most)d entries match “%(typed)s”. Type more of the name.",
                                most=SHOWN, typed=quoted)  # fmt: skip
        elif found:
            self._problem = gettext("“%(typed)s” matches several entries. Choose one of them.", typed=quoted)
        else:
            self._problem = gettext("Nothing is called “%(typed)s”. Type a part of the name, or the code.",
                                typed=quoted)  # fmt: skip
        self.matches += found[:SHOWN]
        return []


class Combobox(_Searching):
    """One row."""

    _sent: int | None = None

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            return
        self.data = row_number(valuelist[0]) or None
        self._sent = self.data
        if self.data is None and valuelist[0] not in ("", "None"):
            raise ValueError(gettext("Choose from the list."))

    def held(self) -> Collection[int]:
        return () if self.data is None else (self.data,)

    def keep(self, stored: int | None, words: object) -> None:
        """Accept the stored row although the user may not see it, so that editing another field does not drop it."""
        if stored is not None and self._choice(stored) is None:
            self._kept[stored] = Choice(stored, str(words))
            if self.typed is not None:
                self._read(self.typed)

    @property
    def choice(self) -> Choice | None:
        return self._choice(self.data)

    @property
    def chosen(self) -> list[Choice]:
        return [self.choice] if self.choice else []

    @property
    def words(self) -> str | None:
        return self.choice.name if self.choice else None

    @property
    def shown(self) -> str:
        """What the field shows: words that mean nothing yet as they were typed, else those of the chosen row."""
        if self._problem:
            return self.typed or ""
        return self.choice.words if self.choice else ""

    def _read(self, typed: str) -> None:
        self._problem, self.matches, self.data = None, [], self._sent
        if not has_visible_character(typed):
            self.data = None
        elif not (self.choice and typed.strip() in (self.choice.words, self.choice.name)):
            self.data = next((choice.id for choice in self._look_up(typed)), None)
        self.raw_data = ["" if self.data is None else str(self.data)]

    def pre_validate(self, form: Any) -> None:
        if self._problem:
            raise StopValidation(self._problem)
        if self.data is None or self.process_errors:
            return
        choice = self.choice
        if choice is None:
            raise StopValidation(gettext("Choose from the list."))
        self.data = choice.id  # of the row that stands for it, if it was merged since


class Comboboxes(_Searching):
    """Several rows: those chosen, each with a box to untick, and the words for more. Semicolons separate words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        numbers = [row_number(number) or 0 for number in valuelist if number]
        self.data = [number for number in numbers if number]
        if len(self.data) < len(numbers):
            raise ValueError(gettext("Choose from the list."))

    def process_data(self, value: Any) -> None:
        self.data = list(value or ())

    def held(self) -> Collection[int]:
        return self.data or ()

    @property
    def chosen(self) -> list[Choice]:
        return [choice for choice in map(self._choice, self.data or ()) if choice]

    @property
    def shown(self) -> str:
        return (self.typed or "") if self._problem else ""

    def _read(self, typed: str) -> None:
        for words in filter(has_visible_character, typed.split(";")):
            self.data += [choice.id for choice in self._look_up(words) if choice.id not in self.data]

    def pre_validate(self, form: Any) -> None:
        if self._problem:
            raise StopValidation(self._problem)
        if len(self.chosen) < len(self.data or ()):
            raise StopValidation(gettext("Choose from the list."))
        self.data = list(dict.fromkeys(choice.id for choice in self.chosen))
