"""How files come in: which views take them, how large they may be, and the field that they are chosen in."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from flask import Flask, Response, current_app, request
from flask_wtf.file import FileField
from wtforms.validators import StopValidation

LARGEST_FILE = 25 * 1024 * 1024
#: The door for views that take files: wider than a file may be, so that one too large comes back with a sentence.
WIDEST_DOOR = 64 * 1024 * 1024
CHUNK = 1024 * 1024

View = TypeVar("View", bound=Callable[..., Any])


def takes_files(view: View) -> View:
    """Let this view receive files; all others keep the narrow door. Parts go to the disk, not into memory."""
    view.takes_files = True  # type: ignore[attr-defined]  # read below, before anything reads the request
    return view


def set_up(app: Flask) -> None:
    """Open the wide door for views that take files; before CSRF, which reads the whole form."""
    app.before_request(_open_door)
    app.after_request(_take_the_rest)


def _open_door() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "takes_files", False):
        request.max_content_length = WIDEST_DOOR


def _take_the_rest(response: Response) -> Response:
    """Read what was refused unread: closing over it would cut the answer off, and nginx would tell of a bad gateway."""
    size, door = request.content_length or 0, request.max_content_length or 0
    if response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE and size > door:
        left = min(size, WIDEST_DOOR)
        while left > 0 and (piece := request.environ["wsgi.input"].read(min(left, CHUNK))):
            left -= len(piece)
    return response


class ChosenFile:
    """A file must have been chosen; the message asks for it."""

    field_flags = {"required": True}  # noqa: RUF012  # the name and shape are WTForms'

    def __init__(self, message: object) -> None:
        """Take the whole sentence to show."""
        self.message = message

    def __call__(self, form: Any, field: Any) -> None:
        """Complain where nothing was chosen."""
        if not field.data:
            raise StopValidation(str(self.message))


class Upload(FileField):
    """A file to choose. Data: Werkzeug's FileStorage, or None."""

    def __init__(
        self, label: object = None, *, needed: object = None, also: tuple[Any, ...] = (), **given: Any
    ) -> None:
        """Make it required by giving the sentence that asks for it; `also` judges what was chosen."""
        super().__init__(label, [*([ChosenFile(needed)] if needed else []), *also], **given)
