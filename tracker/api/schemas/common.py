"""What all answers share."""

import datetime as dt
from typing import Annotated, Any, Generic, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema


class Shown(BaseModel):
    """Filled from the attributes of a row. Everything is there in every answer; what is unknown is null."""

    model_config = ConfigDict(from_attributes=True, extra="forbid", frozen=True)

    @classmethod
    def of(cls, row: Any, **more: Any) -> Self:
        """The attributes of the row with the names of the fields; `more` has those that the row has not."""
        return cls.model_validate({name: getattr(row, name) for name in cls.model_fields if name not in more} | more)


#: An hour on the clock of a place. JSON Schema's `time` would need a zone (RFC 3339, 5.6).
Hour = Annotated[dt.time, WithJsonSchema({"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]:[0-5][0-9]"})]
Item = TypeVar("Item", bound=Shown)


class Listing(Shown, Generic[Item]):
    """One page of a list. The header Link has the addresses of the next and the previous page."""

    items: list[Item]
    count: int = Field(description="How many rows there are on all pages; at most 2000 are counted.")
    is_counted_out: bool = Field(description="Whether there are no more rows than counted.")


class PersonRef(Shown):
    id: int
    full_name: str


class UnitRef(Shown):
    id: int
    name_id: str
    name_en: str | None
    short: str | None


class PostRef(Shown):
    id: int
    title_id: str
    title_en: str | None


class MeetingRef(Shown):
    id: int
    code: str
    name_id: str
    name_en: str | None


class ProposalRef(Shown):
    id: int
    code: str
    title_id: str
    title_en: str | None


class ActionRef(Shown):
    id: int
    code: str
    text_id: str
    text_en: str | None


class TargetRef(Shown):
    id: int
    name_id: str
    name_en: str | None
