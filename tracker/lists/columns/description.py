"""What a list is when it leaves the screen: filter, question, columns. One description feeds every format."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel.speaklater import LazyString
from sqlalchemy import Select

from tracker.core.actor import Actor
from tracker.core.forms import FilterForm
from tracker.core.wording import say
from tracker.lists.formats import Value

#: What a batch of rows needs besides itself, looked up once for all of them.
Beside = Any


@dataclass(frozen=True)
class Column:
    """One column: its heading, the value of a row (None where it is not known yet), and how many characters wide."""

    heading: LazyString
    value: Callable[[Any, Beside], Value]
    width: int = 20


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A list of rows of one kind, as its page shows them."""

    #: As in the address: /actions, /actions.csv.
    name: str
    title: LazyString
    columns: Sequence[Column]
    #: The rows of a filter, in the order of the page, loaded as far as the columns look.
    question: Callable[[Any], Select[Any]]
    form: type[FilterForm] = FilterForm
    #: For each field of the filter that picks a row: where its choices come from.
    choices: Mapping[str, Callable[[], list[tuple[int, str]]]] = field(default_factory=dict)
    #: The columns of the row itself that are looked at; without any, rows are read whole.
    reads: Sequence[Any] = ()
    beside: Callable[[Sequence[Any]], Beside] = lambda _: None
    #: How many rows are hidden from the reader, whatever the filter, where the list would otherwise seem whole.
    hidden: Callable[[], int] = lambda: 0
    #: Who may take it along; what stands in it is narrowed to its reader anyway.
    may: Callable[[Actor], bool] = lambda _: True
    #: The filter of its page, as a query string, where neither the address nor the reader's own view has one.
    opens_with: str = ""
    #: Whether the rows are counted in a first column, «No.».
    is_numbered: bool = False

    def filter(self) -> FilterForm:
        """The filter in the address, with everything that may be chosen in it; whoever asks it judges it first."""
        form = self.form()
        for name, choices in self.choices.items():
            form[name].offer(choices(), say("Any"))
        return form

    @property
    def has_filter(self) -> bool:
        """Whether there is anything to keep as a view."""
        return self.form is not FilterForm
