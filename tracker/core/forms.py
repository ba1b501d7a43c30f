"""Base of all forms: CSRF, form keys against double submission, error messages, and concurrent edits."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, ClassVar

from flask import request
from flask_babel import get_domain
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import FieldList, FileField, Form, FormField, HiddenField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.form import BaseForm

from tracker.core import typed
from tracker.core.errors import NotAccepted, NotPossible, NotUnderstood
from tracker.core.fields import Code, as_shown
from tracker.core.form_keys import new_key
from tracker.core.sorting import Order
from tracker.core.wording import gettext, lazy_gettext

#: WTForms' messages for a choice that was not offered start with one of these.
_NO_CHOICE = ("Not a valid choice", "Invalid Choice", "Invalid choice(s)", "'%(value)s' ")


class _Translations:
    """WTForms has no Indonesian catalogue; its messages are in ours."""

    def gettext(self, string: str) -> str:
        return gettext("Choose from the list.") if string.startswith(_NO_CHOICE) else gettext(string)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        if singular.startswith(_NO_CHOICE):
            return gettext("Choose from the list.")
        # Not Flask-Babel's own, which fills in placeholders; WTForms does that itself.
        return str(get_domain().get_translations().ungettext(singular, plural, n))


class _Bound:
    def get_translations(self, form: Any) -> _Translations:
        return _Translations()

    def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
        field = unbound_field.bind(form=form, **options)
        field.theirs = None
        return field


class _ValidatesEmptyFields(Form):
    """A form whose `validate_<field>` methods also run for empty fields.

    WTForms skips them for optional empty fields, so a rule like «one of these two is required» would never be
    checked.
    """

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = bool(BaseForm.validate(self, extra_validators))
        passed = [self._passes(name, field) for name, field in self._fields.items()]
        return is_good and all(passed)

    def _passes(self, name: str, field: Any) -> bool:
        own_check = getattr(type(self), f"validate_{name}", None)
        if own_check is None or (field.errors and not isinstance(field, FieldList)):
            return True  # report one error at a time
        try:
            own_check(self, field)
        except ValidationError as error:
            field.errors = [*field.errors, str(error)]
        return not field.errors


class PartForm(_ValidatesEmptyFields):
    class Meta(_Bound, Form.Meta):
        """Use our translations."""


class PageForm(_ValidatesEmptyFields, FlaskForm):
    """The form of a page. Subclasses add a typed method that returns a draft for the command."""

    once = HiddenField(default=new_key)
    #: The version of the row that the user edited; empty for a new row.
    version = HiddenField()

    #: By the field that a refusal names but this form does not have: the field that shows it instead.
    shown_at: ClassVar[Mapping[str, str]] = MappingProxyType({})

    #: Shown above the form; they need not be corrected.
    hints: Sequence["Hint"] = ()

    class Meta(_Bound, FlaskForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Leaves uploaded files out of fields that take text."""
            is_given = formdata is None or isinstance(formdata, MultiDict)
            if is_given or not form.is_submitted() or not (request.files or request.is_json):
                return super().wrap_formdata(form, formdata)
            files = [(name, file) for name, file in request.files.items(multi=True)
                     if isinstance(form._fields.get(name), FileField)]  # fmt: skip
            return CombinedMultiDict([MultiDict(files), request.form])

    def problems(self) -> list[tuple[str, str]]:
        return [*_problems_of(self), *(("", str(sentence)) for sentence in self.form_errors)]

    def check(self, stored: "PageForm | None" = None) -> None:
        """Raise `NotAccepted` unless the form can be stored: 422 on errors, 409 with both texts if saved meanwhile."""
        status = self.validation_status(stored)
        if status is not HTTPStatus.OK:
            raise NotAccepted(status)

    def validation_status(self, stored: "PageForm | None" = None) -> HTTPStatus:
        """The status of `check`, for the few views that store something even if the form is refused."""
        is_valid = self.validate_on_submit()
        if typed.is_given_back():
            self.form_errors.append(typed.sentence())
            return HTTPStatus.CONFLICT
        if not is_valid:
            return HTTPStatus.UNPROCESSABLE_ENTITY
        is_stale = stored is not None and str(stored.version.data) != (self.version.data or "")
        if stored is not None and is_stale and self._show_stored_values(stored):
            return HTTPStatus.CONFLICT
        return HTTPStatus.OK

    def show_refusal(self, refusal: NotPossible) -> HTTPStatus:
        """Show the sentence at the field it names, or above the form; the status of the answer.

        Nothing of the request is stored after that. Commands refuse before they change anything, so the page may show
        the rows that the view has loaded.
        """
        if isinstance(refusal, NotAccepted):
            return refusal.status
        name = self.shown_at.get(refusal.field or "", refusal.field or "")
        field = self._fields.get(name) or self._fields.get(f"{name}_id")
        if field is None or isinstance(field, HiddenField):
            self.form_errors.append(str(refusal))
            return HTTPStatus.CONFLICT
        field.errors = [*field.errors, str(refusal)]
        return HTTPStatus.UNPROCESSABLE_ENTITY

    def _show_stored_values(self, stored: "PageForm") -> bool:
        """Show the stored value next to each field that differs. Saving again then overwrites it."""
        mine = {name: field for name, field in self._fields.items() if not isinstance(field, HiddenField | FileField)}
        for name, field in mine.items():
            theirs = as_shown(stored._fields[name])
            if theirs != as_shown(field):
                field.theirs = theirs or gettext("(empty)")
        self.version.data = stored.version.data
        self.version.raw_data = None
        is_different = any(field.theirs is not None for field in mine.values())
        if is_different:
            self.form_errors.append(
                gettext(
                    "Someone else saved this in the meantime. Both texts are shown; keep the right one and save again."
                )
            )
        return is_different


@dataclass(frozen=True)
class Hint:
    """A warning that does not prevent saving: it exists already, the day is a holiday."""

    #: Identifies the hint in the form; contains no spaces.
    key: str
    sentence: str
    href: str | None = None


class HintedForm(PageForm):
    """A form that shows hints once; submitting it again confirms them."""

    #: Keys of the hints that were shown.
    noticed = HiddenField()
    save_again = lazy_gettext("Nothing is saved yet. Save again if this is intended.")

    def check_with_hints(self, hints: Callable[[], Sequence[Hint]], stored: "PageForm | None" = None) -> None:
        """Like `check`, but also 422 for hints not shown yet. They are only determined if the form is valid."""
        self.check(stored)
        pending, confirmed = hints(), (self.noticed.data or "").split()
        if all(hint.key in confirmed for hint in pending):
            return
        self.hints = pending
        self.noticed.data, self.noticed.raw_data = " ".join(hint.key for hint in pending), None
        raise NotAccepted(HTTPStatus.UNPROCESSABLE_ENTITY)


class FilterForm(FlaskForm):
    """The filter of a list: a GET form, so the URL can be saved."""

    #: The orders that the headings of the list offer.
    orders: ClassVar[Collection[str]] = ()

    class Meta(_Bound, FlaskForm.Meta):
        csrf = False

    def __init__(self, **given: Any) -> None:
        super().__init__(formdata=request.args, **given)
        for field in self:
            if isinstance(field, Code):
                field.choices = [SelectChoice("", gettext("Any")), *field.choices[1:]]

    def validation_status(self) -> HTTPStatus:
        """422 if a filter is invalid; the page then runs no query."""
        return HTTPStatus.OK if self.validate() else HTTPStatus.UNPROCESSABLE_ENTITY

    def ensure_understood(self) -> None:
        """For downloads, which have no page that could show the problems."""
        if self.validation_status() is not HTTPStatus.OK:
            problems = "; ".join(f"{field.label.text}: {problem}" for field in self for problem in field.errors)
            raise NotUnderstood(gettext("This filter cannot be used. %(problems)s", problems=problems))

    @property
    def order(self) -> Order | None:
        return Order.named(request.args.get("order", ""), self.orders)

    @property
    def has_unknown_order(self) -> bool:
        return bool(request.args.get("order")) and self.order is None

    def problems(self) -> list[tuple[str, str]]:
        return list(_problems_of(self))

    def is_active(self) -> bool:
        return bool(self.errors) or self.in_use([field.name for field in self]) > 0

    def in_use(self, names: Sequence[str]) -> int:
        """How many of these fields have a value."""
        return sum(self[name].data not in (None, "", False, []) for name in names)


def _problems_of(form: Any) -> Iterator[tuple[str, str]]:
    for field in form:
        if isinstance(field, FieldList):
            yield from list(_problems_in(field)) or _problems_of_list(field)
        elif isinstance(field, FormField):
            yield from _problems_of(field.form)
        else:
            yield from _own_problems(field)


def _problems_in(field: FieldList) -> Iterator[tuple[str, str]]:
    for entry in field.entries:
        yield from _problems_of(entry.form) if isinstance(entry, FormField) else _own_problems(entry)


def _problems_of_list(field: FieldList) -> Iterator[tuple[str, str]]:
    """Errors of the list as a whole, shown at the first field of its first row."""
    first = next((part for entry in field.entries for part in _shown(entry)), field)
    yield from ((first.id, str(sentence)) for sentence in field.errors if isinstance(sentence, str))


def _shown(entry: Any) -> list[Any]:
    parts = entry.form if isinstance(entry, FormField) else [entry]
    return [part for part in parts if not isinstance(part, HiddenField)]


def _own_problems(field: Any) -> Iterator[tuple[str, str]]:
    yield from ((field.id, str(sentence)) for sentence in field.errors)
