"""Refusals that only programs get (RFC 9457)."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from tracker.core.errors import Problem


class NoToken(Problem):
    status = HTTPStatus.UNAUTHORIZED


class NotLent(Problem):
    """The account may do it, but the token was not made for it."""

    status = HTTPStatus.FORBIDDEN


class OtherMedia(Problem):
    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE


class Changed(Problem):
    status = HTTPStatus.PRECONDITION_FAILED


class NoPrecondition(Problem):
    status = HTTPStatus.PRECONDITION_REQUIRED


class Refused(Problem):
    """With the sentence at each member of the body (a JSON pointer) or at each parameter."""

    def __init__(self, status: HTTPStatus, sentence: object, errors: Sequence[Mapping[str, str]]) -> None:
        super().__init__(sentence)
        self.status = status
        self.errors = errors
