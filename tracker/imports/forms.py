"""Forms of runs: files or cells; the columns chosen and the answers."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, HiddenField, ValidationError

from tracker.core.fields import Code, Quote
from tracker.core.forms import PageForm
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.imports.commands import NEW
from tracker.imports.rules.kinds import ImportKind

LONGEST_PASTED = 2_000_000
MOST_FILES = 24


class NewRunForm(PageForm):
    kind = Code(ImportKind, _l("What is in it"))
    file = MultipleFileField(_l("Spreadsheets"))
    cells = Quote(_l("Or the cells, copied from a spreadsheet"), longest=LONGEST_PASTED)
    is_history = BooleanField(_l("Record as history: with the dates of that time, without mails"))

    def offer(self, kinds: Sequence[ImportKind]) -> "NewRunForm":
        self.kind.offer_only(kinds)
        return self

    def validate_file(self, field: MultipleFileField) -> None:
        if len(field.data or ()) > MOST_FILES:
            raise ValidationError(gettext("Choose at most %(max)d files.", max=MOST_FILES))
        if bool(field.data) == bool(self.cells.data):
            raise ValidationError(gettext("Choose a file, or paste cells.") if not field.data else
                                  gettext("Choose a file or paste cells, not both."))  # fmt: skip


class MatchForm(PageForm):
    """Its other fields are made of the plan: a column or question has its place in the plan in its name."""

    is_history = BooleanField(_l("Record as history: with the dates of that time, without mails"))

    def columns(self, plan: Mapping[str, Any], fields: Sequence[str]) -> dict[str, str]:
        """By heading: the field chosen, "" for none. What was not sent stays as it is."""
        chosen = {}
        for place, column in enumerate(plan["columns"]):
            sent = request.form.get(f"column-{place}")
            if sent is not None and sent in {"", *fields} and sent != (column["field"] or ""):
                chosen[column["key"]] = sent
        return chosen

    def answers(self, plan: Mapping[str, Any]) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        for place, question in enumerate(plan["questions"]):
            sent = request.form.get(f"answer-{place}", "")
            ids = {str(number): number for number, _ in question["candidates"]}
            if sent in ids:
                answers[question["key"]] = ids[sent]
            elif sent == NEW and question["may_be_new"]:
                answers[question["key"]] = NEW
        return answers


class StoreForm(PageForm):
    #: Of the plan that was shown.
    mark = HiddenField()
