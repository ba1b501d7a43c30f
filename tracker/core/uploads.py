"""File uploads: views that accept files, size limits, and the form field."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from flask import Flask, Response, current_app, request
from flask_wtf.file import FileField
from wtforms.validators import StopValidation

LARGEST_FILE = 25 * 1024 * 1024
#: Request limit of views that accept files. Above LARGEST_FILE, so that a larger file is reported in the form.
LARGEST_REQUEST = 64 * 1024 * 1024
CHUNK = 1024 * 1024

View = TypeVar("View", bound=Callable[..., Any])


def takes_files(view: View) -> View:
    """Let this view accept files; others have a lower request limit. Uploads are buffered on disk, not in memory."""
    view.takes_files = True  # type: ignore[attr-defined]  # read below, before anything reads the request
    return view


def set_up(app: Flask) -> None:
    """Must run before the CSRF check, which reads the whole form."""
    app.before_request(_raise_limit)
    app.after_request(_drain_request)


def _raise_limit() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "takes_files", False):
        request.max_content_length = LARGEST_REQUEST


def _drain_request(response: Response) -> Response:
    """Read the rest of a refused request: closing the connection earlier makes nginx report a bad gateway."""
    size, limit = request.content_length or 0, request.max_content_length or 0
    if response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE and size > limit:
        left = min(size, LARGEST_REQUEST)
        while left > 0 and (piece := request.environ["wsgi.input"].read(min(left, CHUNK))):
            left -= len(piece)
    return response


class ChosenFile:
    field_flags = {"required": True}  # noqa: RUF012  # the name and shape are WTForms'

    def __init__(self, message: object) -> None:
        self.message = message

    def __call__(self, form: Any, field: Any) -> None:
        if not field.data:
            raise StopValidation(str(self.message))


class Upload(FileField):
    def __init__(
        self, label: object = None, *, needed: object = None, also: tuple[Any, ...] = (), **kwargs: Any
    ) -> None:
        """`also`: more validators."""
        super().__init__(label, [*([ChosenFile(needed)] if needed else []), *also], **kwargs)
