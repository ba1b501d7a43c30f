"""The manifest and the service worker, the page without a connection, and whether a form may be kept on the device."""

from typing import Any

from flask import Blueprint, Response, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts import signin
from tracker.audit import readings
from tracker.core import program_files
from tracker.core.wording import gettext, language
from tracker.offline import labels

bp = Blueprint("offline", __name__)
blueprints = (bp,)

#: `--paper` of the style, in light and dark.
GROUND, GROUND_IN_THE_DARK = "#faf8f4", "#13151b"
ICON_SIZES = (192, 512)


@bp.app_context_processor
def _context() -> dict[str, Any]:
    return {
        "may_keep_typed": not readings.holds_classified(),
        "grounds": {"light": GROUND, "dark": GROUND_IN_THE_DARK},
    }


@bp.get("/manifest.webmanifest")
@signin.public
def manifest() -> Response:
    vector = {"src": url_for("static", filename="icon.svg"), "type": "image/svg+xml", "sizes": "any"}
    icons = [
        {
            "src": url_for("static", filename=f"icons/{size}.png"),
            "type": "image/png",
            "sizes": f"{size}x{size}",
            "purpose": purpose,
        }
        for size in ICON_SIZES
        for purpose in ("any", "maskable")
    ]
    response = jsonify(
        id="/",
        name=gettext("Minutes and Proposals Tracker"),
        short_name=gettext("Minutes"),
        description=gettext("The outcome of what was said: meeting, proposal, decision, follow-up, target."),
        lang=language(),
        start_url=url_for("home.index"),
        scope=url_for("home.index"),
        display="standalone",
        background_color=GROUND,
        theme_color=GROUND,
        icons=[vector, *icons],
    )
    response.mimetype = "application/manifest+json"
    return response


@bp.get("/sw.js")
@signin.public
def worker() -> Response:
    """At the root, because a service worker serves only what is below its own address."""
    return program_files.revalidated("sw.js", "text/javascript")


@bp.get("/offline")
@signin.public
def away() -> ResponseReturnValue:
    """Kept by every browser, so it contains nothing of anybody."""
    return render_template("offline/away.html", said=labels.in_each_language())
