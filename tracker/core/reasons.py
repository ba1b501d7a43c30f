"""A step that has to be explained."""

from flask_babel.speaklater import LazyString

from tracker.core.errors import NotPossible
from tracker.core.wording import lazy_gettext as _l

GIVE_A_REASON = _l("Give a reason.")


def ensure_reason(reason: str | None, sentence: LazyString = GIVE_A_REASON, *, field: str = "reason") -> None:
    if not reason:
        raise NotPossible(sentence, field=field)
