"""A step that has to be explained."""

from tracker.core.errors import NotPossible
from tracker.core.wording import lazy as _l

GIVE_A_REASON = _l("Give a reason.")


def ensure_reason(reason: str | None, *, field: str = "reason") -> None:
    if not reason:
        raise NotPossible(GIVE_A_REASON, field=field)
