"""The specification (OpenAPI 3.1), made from the operations: answers from their schemas, bodies from the forms."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app
from pydantic.json_schema import models_json_schema
from wtforms import BooleanField, Field, FieldList, HiddenField, SelectField
from wtforms.fields import SelectMultipleField

from tracker.accounts.rules import ApiFeature
from tracker.api.bodies import NOTICED, members, row_form
from tracker.api.operations import OPERATIONS, PARAMETER, Operation, filters_of, orders_of
from tracker.api.schemas import Listing, Shown
from tracker.core.clock import FIRST_YEAR, LAST_YEAR
from tracker.core.fields import LARGEST_ID, Asked, Clock, Code, Combobox, Comboboxes, Day, Lines, Number, Pick, Year
from tracker.core.request import API
from tracker.core.uploads import Upload
from tracker.core.version import VERSION
from tracker.core.wording import gettext, label, speaking

Schema = dict[str, Any]
REFERENCE = "#/components/schemas/{model}"
PROBLEM: Schema = {
    "type": "object",
    "description": "RFC 9457",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "const": "about:blank"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence in the language asked for."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["message"],
                "properties": {
                    "pointer": {"type": "string", "description": "The member of the body (RFC 6901)."},
                    "parameter": {"type": "string"},
                    "message": {"type": "string"},
                    "hint": {"type": "string", "description": "Send it in `noticed` to store it all the same."},
                },
            },
        },
    },
}
OF_PROBLEMS: Schema = {"application/problem+json": {"schema": {"$ref": REFERENCE.format(model="Problem")}}}
#: What each refusal means, and which operations have it.
REFUSALS = {
    400: "The request could not be understood.",
    401: "There is no token, or it has ended or expired.",
    403: "The token was not made for this.",
    404: "There is no such row, or it is not open to the account.",
    409: "The rules do not allow it in the present state.",
    412: "Someone else saved it in the meantime.",
    413: "The request is larger than 8 MB.",
    415: "The body is not JSON.",
    422: "Something is refused; see errors.",
    428: "The header If-Match is missing.",
    429: "Too many requests.",
}
OF_WRITING, OF_GUARDED = frozenset({409, 413, 415}), frozenset({412, 428})
INTRODUCTION = (
    "What the pages of the register show, and the usual writing. A token acts as its account, never with more than the "
    "account may; what is secret is left out unless the token was made for it. What is absent and what is not open to "
    "the account look the same (404). Unknown values are null."
)


def specification() -> Schema:
    """In English, as programs are."""
    with speaking("en"):
        paths: dict[str, Any] = {}
        for one in OPERATIONS.values():
            paths.setdefault(written_path(one), {})[one.method.lower()] = _operation(one)
        return {
            "openapi": "3.1.0",
            "info": {"title": "Tracker", "version": VERSION, "description": INTRODUCTION},
            "servers": [{"url": API}],
            "security": [{"token": []}],
            "tags": [{"name": feature.value, "description": label(feature)} for feature in ApiFeature],
            "paths": dict(sorted(paths.items())),
            "components": {
                "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
                "responses": {
                    str(code): {"description": words, "content": OF_PROBLEMS} for code, words in REFUSALS.items()
                },
                "schemas": dict(sorted({"Problem": PROBLEM, **_answers(), **_bodies()}.items())),
            },
        }


def as_text() -> str:
    """Made once, since it is the same for everybody."""
    made: str | None = current_app.extensions.get("specification")
    if made is None:
        made = json.dumps(specification(), ensure_ascii=False, indent=2) + "\n"
        current_app.extensions["specification"] = made
    return made


def written_path(one: Operation) -> str:
    return PARAMETER.sub(r"{\2}", one.path)


def _models() -> list[type[Shown]]:
    shown: list[type[Shown]] = []
    for one in filter(shows_a_row, OPERATIONS.values()):
        model = Listing[one.answers] if one.is_list else one.answers  # type: ignore[name-defined]  # a generic made here
        shown += [model] if model not in shown else []
    return shown


def shows_a_row(one: Operation) -> bool:
    return one.shown_by is not None or not one.writes


def _answers() -> dict[str, Schema]:
    keyed = [(model, "serialization") for model in _models()]
    _, made = models_json_schema(keyed, ref_template=REFERENCE)  # type: ignore[arg-type]  # it takes any sequence
    return dict(made["$defs"])


def _bodies() -> dict[str, Schema]:
    return {body_name(one): body_of(one) for one in OPERATIONS.values() if one.takes}


def body_name(one: Operation) -> str:
    return f"{one.name.title().replace('_', '')}Body"


def body_of(one: Operation) -> Schema:
    """A change may leave out what stays; everything else needs what the page needs."""
    form: Any = one.takes(formdata=None, meta={"csrf": False}) if one.takes else []
    made = _object(form, is_partial=one.method == "PATCH")
    return made | ({"examples": [dict(one.example)]} if one.example else {})


def _object(form: Any, *, is_partial: bool) -> Schema:
    fields = members(form)
    needed = [name for name, field in fields.items() if field.flags.required] if not is_partial else []
    schema: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _member(field) for name, field in fields.items()},
    }
    return schema | ({"required": needed} if needed else {})


def _member(field: Any) -> Schema:
    words = {"description": gettext("The hints (errors, hint) that are known") if field.short_name == NOTICED
             else str(field.label.text)}  # fmt: skip
    if isinstance(field, FieldList):
        rows: Schema = {"type": "array", "items": _object(row_form(field), is_partial=False)}
        return words | rows | ({"maxItems": field.max_entries} if field.max_entries else {})
    schema = kind_of(field)
    if not field.flags.required and not isinstance(field, BooleanField):
        schema = _or_null(schema)
    return words | schema


def _or_null(schema: Schema) -> Schema:
    nullable = schema | {"type": [schema["type"], "null"]}
    return nullable | ({"enum": [*schema["enum"], None]} if "enum" in schema else {})


def kind_of(field: Any) -> Schema:
    """The JSON type of a field of a form."""
    return next(describe(field) for kinds, describe in _KINDS if isinstance(field, kinds))


def _one_of(codes: Iterable[str]) -> Schema:
    return {"type": "string", "enum": [code for code in codes if code]}


def _text(field: Any) -> Schema:
    longest = field.flags.maxlength
    return {"type": "string"} | ({"maxLength": longest} if longest else {})


def _number_of_row() -> Schema:
    return {"type": "integer", "minimum": 1, "maximum": LARGEST_ID}


_FILE: Schema = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "content"],
    "properties": {
        "name": {"type": "string"},
        "content": {
            "type": "string",
            "contentEncoding": "base64",
            "description": (
                "The bytes, in base64 (RFC 4648). A request has at most 8 MB, so a file may have about 6 MB."
            ),
        },
    },
}
_TEXTS: Schema = {"type": "array", "items": {"type": "string"}}
_CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"
#: By the first kind that a field is of.
_KINDS: tuple[tuple[Any, Callable[[Any], Schema]], ...] = (
    ((HiddenField, Lines, SelectMultipleField), lambda _: _TEXTS),
    (BooleanField, lambda _: {"type": "boolean"}),
    (Upload, lambda _: _FILE),
    (Asked, lambda _: {"type": "string"}),
    (Comboboxes, lambda _: {"type": "array", "items": _number_of_row()}),
    ((Combobox, Pick), lambda _: _number_of_row()),
    (Code, lambda field: _one_of(member.value for member in field.members)),
    (SelectField, lambda field: _one_of(str(choice[0]) for choice in field.iter_choices())),
    (Year, lambda _: {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}),
    (Number, lambda _: {"type": "number"}),
    (Day, lambda _: {"type": "string", "format": "date"}),
    (Clock, lambda _: {"type": "string", "pattern": _CLOCK}),
    (Field, _text),
)


#: Parts of an address, by their converter.
_PARTS: dict[str, Callable[[], Schema]] = {
    "row": _number_of_row, "string": lambda: {"type": "string", "pattern": "^[0-9]{4}-W[0-9]{2}$"},
}  # fmt: skip


def parameters_of(one: Operation) -> Iterator[Schema]:
    for name, kind in one.parameters.items():
        codes = kind.removeprefix("any(").removesuffix(")").split(", ")
        schema = _PARTS[kind]() if kind in _PARTS else {"type": "string", "enum": codes}
        yield {"name": name, "in": "path", "required": True, "schema": schema}
    for name, field in filters_of(one).items():
        yield {"name": name, "in": "query", "description": str(field.label.text), "schema": kind_of(field)}
    if orders := orders_of(one):
        yield {"name": "order", "in": "query", "schema": {"type": "string", "enum": orders}}
    if one.is_paged:
        yield {
            "name": "page",
            "in": "query",
            "schema": {"type": "string"},
            "description": gettext("From the header Link."),
        }
    if one.method == "POST":
        words = gettext("The same key and content are stored once.")
        schema = {"type": "string", "pattern": "^[!-~]{1,255}$"}
        yield {"name": "Idempotency-Key", "in": "header", "description": words, "schema": schema}
    if one.is_guarded:
        words = gettext("The ETag of the state that is changed.")
        yield {"name": "If-Match", "in": "header", "description": words, "schema": {"type": "string"}}


def _operation(one: Operation) -> Schema:
    made: Schema = {
        "operationId": one.name,
        "summary": str(one.summary),
        "tags": [one.feature.value],
        "parameters": list(parameters_of(one)),
        "responses": _responses(one),
    }
    if one.takes:
        schema = {"$ref": REFERENCE.format(model=body_name(one))}
        made["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return made


def _responses(one: Operation) -> Schema:
    name = f"Listing_{one.answers.__name__}_" if one.is_list else one.answers.__name__
    content: Schema = {"application/json": {"schema": {"$ref": REFERENCE.format(model=name)}}}
    if one.is_file:
        content = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
    headers = {"ETag": {"schema": {"type": "string"}}}
    made: Schema = {}
    if shows_a_row(one):
        made[str(one.status.value)] = {"description": "As it is now.", "content": content, "headers": headers}
    if one.writes:
        made["204"] = {"description": "Stored, and not shown to the account."}
    else:
        made["304"] = {"description": "As the ETag in If-None-Match says."}
    left_out = (frozenset() if one.writes else OF_WRITING) | (frozenset() if one.is_guarded else OF_GUARDED)
    return made | {str(code): {"$ref": f"#/components/responses/{code}"} for code in REFUSALS if code not in left_out}


@dataclass(frozen=True)
class Documented:
    """An operation as the page for people shows it."""

    method: str
    path: str
    name: str
    summary: str
    parameters: list[Schema]
    members: Mapping[str, Schema]
    needed: list[str]
    example: str
    answer: list[str]


def documented() -> list[tuple[str, list[Documented]]]:
    """The operations by feature, in the language of the reader."""
    groups: dict[ApiFeature, list[Documented]] = {}
    for one in OPERATIONS.values():
        body = body_of(one) if one.takes else {}
        groups.setdefault(one.feature, []).append(
            Documented(
                method=one.method,
                path=API + written_path(one),
                name=one.name,
                summary=str(one.summary),
                parameters=list(parameters_of(one)),
                members=body.get("properties", {}),
                needed=body.get("required", []),
                example=json.dumps(dict(one.example), ensure_ascii=False, indent=2) if one.example else "",
                answer=list(one.answers.model_fields),
            )
        )
    return [(label(feature), groups[feature]) for feature in ApiFeature if feature in groups]
