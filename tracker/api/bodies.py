"""The body of a request fills the form of the page, so that each rule has one sentence (ADR 107).

A member has the name of the field. `null` empties it; in a change, members left out keep what is stored.
"""

import base64
import io
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, time
from decimal import Decimal
from http import HTTPStatus
from typing import Any, TypeVar

from flask import request
from werkzeug.datastructures import FileStorage, MultiDict
from wtforms import BooleanField, Field, FieldList, FormField, HiddenField
from wtforms.fields import SelectMultipleField

from tracker.api.problems import OtherMedia, Refused
from tracker.core.errors import NotPossible, Problem
from tracker.core.fields import Clock, Code, Combobox, Comboboxes, Day, Lines, Number, Pick, Year
from tracker.core.forms import PageForm
from tracker.core.texts import storable
from tracker.core.uploads import Upload
from tracker.core.wording import gettext, language

#: The keys of hints that the program has been told, so that they are stored all the same.
NOTICED = "noticed"
Form = TypeVar("Form", bound=PageForm)
Errors = list[dict[str, str]]


def sent() -> dict[str, Any]:
    """The JSON object of the request; nothing sent is an empty one."""
    if not request.get_data():
        return {}
    if request.mimetype != "application/json":
        raise OtherMedia(gettext("Send JSON, with the header “Content-Type: application/json”."))
    try:
        body = json.loads(request.get_data(), parse_float=Decimal, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise Problem(gettext("The body is not JSON.")) from error
    if not isinstance(body, dict):
        raise Refused(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            gettext("Send a JSON object."),
            [_error("", gettext("Send a JSON object."))],
        )
    return body


def _refuse_constant(word: str) -> None:
    raise ValueError(word)  # NaN and Infinity are no JSON (RFC 8259, 6)


def filled(form_class: type[Form], stored: Form | None = None) -> Form:
    """The form as the page would get it from a browser."""
    values: MultiDict[str, Any] = MultiDict([("once", "")])
    errors: Errors = []
    blank = form_class(formdata=None, meta={"csrf": False})
    body = sent()
    if stored is not None:
        values.update(_values_of(stored, without=body.keys()))
        values["version"] = str(stored.version.data)
    _read(blank, body, "", "", values, errors)
    if errors:
        raise _refused(errors)
    return form_class(formdata=values, meta={"csrf": False})


@contextmanager
def refusing(form: PageForm) -> Iterator[None]:
    """Answer what the form or a command refuses with the sentences at their members."""
    taken = members(form)
    if left_out := [name for name in sent() if name not in taken]:
        raise _refused([_error(f"/{name}", gettext("This step takes no such member.")) for name in left_out])
    try:
        yield
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        errors = [_error(f"/{name.replace('-', '/')}" if name else "", words) for name, words in form.problems()]
        errors += [_error("/noticed", hint.sentence) | {"hint": hint.key} for hint in form.hints]
        if not any(error["pointer"] for error in errors):
            raise Refused(status, " ".join(error["message"] for error in errors), []) from refusal
        raise _refused(errors, status) from refusal


def _refused(errors: Errors, status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY) -> Refused:
    return Refused(status, gettext("Nothing was saved. See what is said about each member."), errors)


def _error(pointer: str, message: str) -> dict[str, str]:
    return {"pointer": pointer, "message": message}


def members(form: Any) -> dict[str, Field]:
    """The fields that a program fills in, by their names."""
    return {
        field.short_name: field for field in form if not isinstance(field, HiddenField) or field.short_name == NOTICED
    }


def _read(form: Any, body: Mapping[str, Any], prefix: str, above: str, values: Any, errors: Errors) -> None:
    fields = members(form)
    for name, value in body.items():
        pointer = f"{above}/{storable(name).replace('~', '~0').replace('/', '~1')}"
        if name not in fields:
            errors.append(_error(pointer, gettext("There is no member of this name.")))
        elif isinstance(fields[name], FieldList):
            _read_rows(fields[name], value, f"{prefix}{name}", pointer, values, errors)
        else:
            try:
                values.setlist(f"{prefix}{name}", as_typed(fields[name], value))
            except TypeError:
                errors.append(_error(pointer, gettext("The specification gives this member another type.")))


def _read_rows(field: Any, value: Any, prefix: str, pointer: str, values: Any, errors: Errors) -> None:
    rows = value if isinstance(value, list) else None
    if rows is None or not all(isinstance(row, dict) for row in rows):
        errors.append(_error(pointer, gettext("The specification gives this member another type.")))
    elif len(rows) > (field.max_entries or len(rows)):
        errors.append(_error(pointer, gettext("At most %(most)d entries.", most=field.max_entries)))
    else:
        for number, row in enumerate(rows):
            _read(row_form(field), row, f"{prefix}-{number}-", f"{pointer}/{number}", values, errors)


def row_form(field: Any) -> Any:
    """An empty row of this list."""
    entry = field.entries[0] if field.entries else field.append_entry()
    return entry.form if isinstance(entry, FormField) else entry


def as_typed(field: Field, value: Any) -> list[Any]:
    """What a browser would send for this value. Raises TypeError if it is of another type."""
    if value is None:
        return [] if isinstance(field, _SENT_AS_NOTHING) else [""]
    return next(read(value) for kinds, read in _READERS if isinstance(field, kinds))


#: Fields that browsers leave out where nothing is chosen.
_SENT_AS_NOTHING = (BooleanField, SelectMultipleField, Comboboxes)
#: By the first kind that a field is of.
_READERS: tuple[tuple[Any, Callable[[Any], list[Any]]], ...] = (
    (Upload, lambda value: [_file(value)]),
    (HiddenField, lambda value: [" ".join(_of(str, key) for key in _of(list, value))]),
    (BooleanField, lambda value: ["y"] if _of(bool, value) else []),
    (Lines, lambda value: ["\n".join(storable(_of(str, line)) for line in _of(list, value))]),
    (Comboboxes, lambda value: [str(_whole(number)) for number in _of(list, value)]),
    (SelectMultipleField, lambda value: [str(_of(str, code)) for code in _of(list, value)]),
    ((Combobox, Pick, Year), lambda value: [str(_whole(value))]),
    (Number, lambda value: [_number(value)]),
    (Field, lambda value: [storable(_of(str, value))]),
)


def _of(kind: type[Any], value: Any) -> Any:
    if type(value) is not kind:
        raise TypeError
    return value


def _file(value: Any) -> FileStorage:
    if _of(dict, value).keys() != {"name", "content"}:
        raise TypeError
    try:
        content = base64.b64decode(_of(str, value["content"]), validate=True)
    except ValueError as error:
        raise TypeError from error
    return FileStorage(io.BytesIO(content), storable(_of(str, value["name"])))


def _whole(value: Any) -> int:
    if type(value) is int:
        return value
    if isinstance(value, Decimal) and value == value.to_integral_value() and abs(value) < 1e18:
        return int(value)
    raise TypeError


def _number(value: Any) -> str:
    """In the notation of the language, as it would be typed; exact decimals may be sent as text."""
    exact = Decimal(value) if type(value) is int else value
    if isinstance(exact, str):
        try:
            exact = Decimal(exact)
        except ArithmeticError as error:
            raise TypeError from error
    if not isinstance(exact, Decimal) or not exact.is_finite():
        raise TypeError
    if exact.adjusted() > 40 or exact.as_tuple().exponent < -40:  # type: ignore[operator]  # it is finite
        return "9" * 40  # refused by the field as too large
    written = format(exact, "f")
    return written.replace(".", ",") if language() == "id" else written


def _values_of(form: PageForm, *, without: Any) -> Iterator[tuple[str, str]]:
    """What the page would send for the stored form."""
    for name, field in members(form).items():
        if name not in without and not isinstance(field, FieldList | HiddenField):
            for value in as_typed(field, _stored(field)):
                yield name, value


def _stored(field: Field) -> Any:
    data = field.data
    if isinstance(field, Lines):
        return field.entries()
    if isinstance(field, Code):
        return data.value if data else None
    if isinstance(field, Day | Clock):
        return data.isoformat() if isinstance(data, date | time) else None
    if isinstance(field, Year):
        return int(data) if data is not None else None
    return data
