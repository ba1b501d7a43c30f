"""Files to download: the template of a kind, the wrong rows of a run, its source."""

from io import BytesIO

from flask import (
    Response,
    send_file,
)

from tracker.core.errors import NotFound
from tracker.core.media_types import XLSX, clean_name
from tracker.core.pages import ensure
from tracker.core.wording import gettext, label
from tracker.imports import commands, queries
from tracker.imports.labels import runs as labels
from tracker.imports.routes.blueprint import bp
from tracker.imports.routes.new_runs import kinds_to_import
from tracker.imports.routes.run import made_again, run_of
from tracker.imports.rules.kinds import RunState


@bp.get("/<row:run_id>/wrong.xlsx")
def wrong(run_id: int) -> Response:
    """The wrong rows with what is wrong about them, to be corrected and imported again."""
    run = run_of(run_id)
    ensure(run.run_state is RunState.PREPARED)
    return _file(commands.wrong_rows(made_again(run)), gettext("wrong rows"))


@bp.get("/template/<kind>.xlsx")
def template(kind: str) -> Response:
    found = next((one for one in kinds_to_import() if one.value == kind), None)
    if found is None:
        raise NotFound
    return _file(commands.template_of(found), label(found))


def _file(content: bytes, name: str) -> Response:
    return send_file(BytesIO(content), XLSX, as_attachment=True, download_name=f"{clean_name(name)}.xlsx")


@bp.get("/<row:run_id>/source")
def source(run_id: int) -> Response:
    """As a download: a browser must never render an uploaded file within this site."""
    run = run_of(run_id)
    name = f"{labels.name_of(run)}.txt" if run.is_pasted else run.name
    return send_file(
        BytesIO(queries.content_of(run)), "application/octet-stream", as_attachment=True, download_name=name
    )
