"""Follow a row, or stop following it. Both may be repeated."""

from tracker.accounts.rules import ApiFeature
from tracker.api.operations import View
from tracker.api.routes.blueprint import operation
from tracker.api.schemas import Shown
from tracker.core import clock
from tracker.core.pages import me
from tracker.core.wording import lazy_gettext as _l
from tracker.status.follows import commands, queries


def _set(kind: str, subject_id: int, *, followed: bool) -> None:
    subject = queries.subject(kind, subject_id)
    row = queries.follow_row(me(), subject)
    if bool(row and row.followed_at) is not followed:
        commands.toggle(subject, by=me(), at=clock.now())


def _views(kind: str) -> tuple[View, View]:
    def follow(subject_id: int) -> None:
        _set(kind, subject_id, followed=True)

    def unfollow(subject_id: int) -> None:
        _set(kind, subject_id, followed=False)

    follow.__name__, unfollow.__name__ = f"follow_{kind}", f"unfollow_{kind}"
    return follow, unfollow


for _kind in queries.SUBJECTS:
    _follow, _unfollow = _views(_kind)
    _path = f"/{_kind}/<row:subject_id>/follow"
    operation("PUT", _path, summary=_l("Follow it"), feature=ApiFeature(_kind), answers=Shown)(_follow)
    operation("DELETE", _path, summary=_l("Stop following it"), feature=ApiFeature(_kind), answers=Shown)(_unfollow)
