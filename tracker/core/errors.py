"""Errors caused by user input. Anything else is a programming error and results in a 500."""

from collections.abc import Sequence
from http import HTTPStatus


class Problem(Exception):
    """An error that the user can understand and act on; `sentence` is shown to them."""

    status: HTTPStatus = HTTPStatus.BAD_REQUEST

    def __init__(self, sentence: object = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


class NotFound(Problem):
    """Absent, or not visible to this user: the two must look the same."""

    status = HTTPStatus.NOT_FOUND

    def __init__(self, sentence: object = "", *, ways_on: Sequence[tuple[str, str]] = ()) -> None:
        """`ways_on`: addresses and words of what the user may do instead of what stands at a fixed address."""
        super().__init__(sentence)
        self.ways_on = ways_on


class NotUnderstood(Problem):
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class NotPossible(Problem):
    """Not allowed by the rules in the present state. `field` is the form field to change, if there is one."""

    status = HTTPStatus.CONFLICT

    def __init__(self, sentence: object = "", *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class NotAccepted(NotPossible):
    """A form that is refused. Its sentences are already at its fields or above them, so it carries none."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__()
        self.status = status


class Stale(Problem):
    status = HTTPStatus.CONFLICT


class TooMany(Problem):
    status = HTTPStatus.TOO_MANY_REQUESTS
