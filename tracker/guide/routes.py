"""The page of the guide and its pictures."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from flask import Blueprint, Response, has_request_context, render_template, request, send_from_directory, url_for
from flask.typing import ResponseReturnValue

from tracker.core.settings import ROOT
from tracker.core.wording import language
from tracker.guide import formats, labels

bp = Blueprint("guide", __name__, url_prefix="/help")
blueprints = (bp,)

GUIDE = ROOT / "docs" / "guide"
PICTURES = GUIDE / "pictures"


@bp.app_context_processor
def _context() -> dict[str, Any]:
    return {"help_topic": labels.topic_of(request.endpoint if has_request_context() else None)}


@lru_cache
def _chapters(code: str, _root: str) -> Sequence[formats.Chapter]:
    """`_root`: the path the app is mounted at, which is part of the addresses of pictures."""

    def address_of(name: str) -> str | None:
        file = f"{name}.{code}.webp"
        return url_for(".picture", name=file) if (PICTURES / file).exists() else None

    return formats.chapters(GUIDE / code, address_of)


@bp.get("")
def show() -> ResponseReturnValue:
    return render_template("guide/show.html", chapters=_chapters(language(), request.script_root))


@bp.get("/pictures/<name>")
def picture(name: str) -> Response:
    return send_from_directory(PICTURES, name)
