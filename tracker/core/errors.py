"""What can go wrong by a person's doing. Anything else is a programming error and becomes a 500."""

from http import HTTPStatus


class Problem(Exception):
    """Something a person can understand and act on; `sentence` says it in their words."""

    status = HTTPStatus.BAD_REQUEST

    def __init__(self, sentence: object = "") -> None:
        """Keep the sentence (a lazy translation, as a rule) until the page is written."""
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        """The sentence in the reader's language."""
        return str(self.sentence)


class NotFound(Problem):
    """Absent, or not open to this person: the two must look the same."""

    status = HTTPStatus.NOT_FOUND


class NotUnderstood(Problem):
    """What was asked for cannot be read; the sentence says which part of it."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class NotPossible(Problem):
    """The rules of the domain forbid it in the present state. `field` names what to change, where a form has it."""

    status = HTTPStatus.CONFLICT

    def __init__(self, sentence: object = "", *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class Stale(Problem):
    """Someone else has saved meanwhile."""

    status = HTTPStatus.CONFLICT


class TooMany(Problem):
    """Tried more often than anybody needs to."""

    status = HTTPStatus.TOO_MANY_REQUESTS
