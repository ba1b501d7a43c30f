"""Describes a list for download: filter, query and columns. One description serves every format."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import request
from flask_babel.speaklater import LazyString
from sqlalchemy import ScalarSelect, Select, literal, select
from wtforms.fields.core import UnboundField

from tracker.core.actor import Actor
from tracker.core.choices import Source
from tracker.core.forms import FilterForm
from tracker.core.wording import gettext
from tracker.lists.formats import Value

#: Related data of a batch of rows, loaded once for all of them.
Related = Any


@dataclass(frozen=True)
class Column:
    """`value` gets a row and the related data; None means not known yet. `width` is in characters. Phones show the
    title, and under it the brief ones.
    """

    heading: LazyString
    value: Callable[[Any, Related], Value]
    width: int = 20
    is_brief: bool = False
    is_title: bool = False


@dataclass(frozen=True)
class Tab:
    """A filter that everybody has as a tab above the list. `query` is its query string; empty is the whole list."""

    label: LazyString
    query: str
    rows: Callable[[], Select[Any]]


@dataclass(frozen=True, kw_only=True)
class Listing:
    #: The name in the address: /actions, /actions.csv.
    name: str
    title: LazyString
    columns: Sequence[Column]
    #: The query for a filter form, in the order of the page, with the options that the columns need.
    query: Callable[[Any], Select[Any]]
    form: type[FilterForm] = FilterForm
    #: Where each filter field that searches a row searches.
    sources: Mapping[str, Source] = field(default_factory=dict)
    #: The choices of each other filter field that selects a row.
    choices: Mapping[str, Callable[[], list[tuple[int, str]]]] = field(default_factory=dict)
    #: The database columns to select; if empty, whole rows are loaded.
    reads: Sequence[Any] = ()
    related: Callable[[Sequence[Any]], Related] = lambda _: None
    #: Statement for the number of rows hidden from the reader regardless of the filter, if the list states it.
    hidden: Callable[[], ScalarSelect[int]] = lambda: select(literal(0)).scalar_subquery()
    #: Who may download it. Rows are limited to what the reader sees in any case.
    may: Callable[[Actor], bool] = lambda _: True
    #: The filter of its page, as a query string, if neither the address nor the reader's default view sets one.
    opens_with: str = ""
    #: Built-in filters, shown with their counts.
    tabs: Sequence[Tab] = ()
    #: Whether the first column, “No.”, numbers the rows.
    is_numbered: bool = False

    def filter(self) -> FilterForm:
        """The filter form of the address. Not validated yet. Only fields with a value get their choices."""
        form = self.form()
        for name, source in self.sources.items():
            form[name].offer(source, gettext("Any"))
        for name, choices in self.choices.items():
            form[name].offer(choices() if request.args.get(name) else (), gettext("Any"))
        return form

    @property
    def has_filter(self) -> bool:
        """Whether its form has fields; the form of some lists only orders them."""
        return any(isinstance(given, UnboundField) for given in vars(self.form).values())
