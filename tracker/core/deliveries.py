"""A request to a server of somebody else, and what became of it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus


@dataclass(frozen=True, kw_only=True)
class Post:
    address: str
    body: bytes
    headers: Mapping[str, str]


class Fault(StrEnum):
    #: Its address is not allowed, or its name leads to such an address.
    REFUSED = "refused"
    NO_CONNECTION = "no_connection"
    CERTIFICATE = "certificate"
    NO_ANSWER = "no_answer"
    #: It was encrypted with another SECRET_KEY.
    NO_SECRET = "no_secret"  # noqa: S105  # the name of a fault


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The status of the response, or why there is none."""

    status: int | None = None
    fault: Fault | None = None

    @property
    def is_good(self) -> bool:
        return self.status is not None and HTTPStatus(200) <= self.status < HTTPStatus(300)

    @property
    def is_final(self) -> bool:
        """The receiver wants nothing more from this address."""
        return self.status == HTTPStatus.GONE
