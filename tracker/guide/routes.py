"""The page of the guide and its pictures, and the tour of the first sign-in."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from flask import (
    Blueprint,
    Response,
    has_request_context,
    redirect,
    render_template,
    request,
    send_from_directory,
    url_for,
)
from flask.typing import ResponseReturnValue

from tracker.accounts import commands as accounts
from tracker.accounts import queries, signin
from tracker.core import clock
from tracker.core.pages import me
from tracker.core.settings import ROOT
from tracker.core.transactions import transactional
from tracker.core.wording import language
from tracker.guide import formats, labels

bp = Blueprint("guide", __name__, url_prefix="/help")
blueprints = (bp,)

GUIDE = ROOT / "docs" / "guide"
PICTURES = GUIDE / "pictures"


@bp.app_context_processor
def _context() -> dict[str, Any]:
    endpoint = request.endpoint if has_request_context() else None
    is_shown_around = endpoint == "home.index" and signin.awaits_tour()
    return {"help_topic": labels.topic_of(endpoint), "tour": labels.tour_of(me().roles) if is_shown_around else ()}


@lru_cache
def _chapters(code: str, _root: str) -> Sequence[formats.Chapter]:
    """`_root`: the path the app is mounted at, which is part of the addresses of pictures."""

    def picture_of(name: str) -> formats.Picture | None:
        file = PICTURES / f"{name}.{code}.webp"
        if not file.exists():
            return None
        return formats.Picture(url_for(".picture", name=file.name), *formats.size_of(file.read_bytes()))

    return formats.chapters(GUIDE / code, picture_of)


@bp.get("")
def show() -> ResponseReturnValue:
    return render_template("guide/show.html", chapters=_chapters(language(), request.script_root))


@bp.get("/pictures/<name>")
def picture(name: str) -> Response:
    return send_from_directory(PICTURES, name)


@bp.post("/tour")
@transactional
def end_tour() -> ResponseReturnValue:
    """Finished or skipped: it is never shown again."""
    accounts.end_tour(queries.account(me().account_id or 0, to_change=True), at=clock.now())
    return redirect(url_for("home.index"), 303)
