"""The content of a version of minutes, without what has been classified above its meeting."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, select

from tracker.actions.models import ActionItem
from tracker.core.actor import Classification
from tracker.core.db import db
from tracker.meetings import queries as meetings
from tracker.meetings.models import Meeting, Statement
from tracker.minutes.models import MinutesVersion
from tracker.minutes.queries.content import neutral_names
from tracker.proposals.models import Proposal

_MEETING = Meeting.__table__.c
IsAbove = Callable[[Mapping[str, Any]], bool]


def frozen(version: MinutesVersion) -> dict[str, Any]:
    """The stored content of a version; rows that are now more secret than the meeting are only counted.

    Needed because raising a row, or declassifying only the meeting, does not change the frozen text.
    """
    content: dict[str, Any] = json.loads(version.content or "{}")
    level = db.session.scalars(select(_MEETING.classification).where(_MEETING.id == version.meeting_id)).one()
    for part, is_above in (
        ("statements", _lines_above(level, version.meeting_id)),
        ("proposals", _codes_above(level, Proposal, content["proposals"])),
        ("actions", _codes_above(level, ActionItem, content["actions"])),
    ):
        shown = [row for row in content[part] if not is_above(row)]
        content["hidden"] = content.get("hidden", 0) + len(content[part]) - len(shown)
        content[part] = shown
    _hide_name(level, version.meeting_id, content["meeting"])
    _hide_origins(level, content["statements"])
    _hide_proposals(level, content)
    _hide_agenda(level, content)
    return content


def _hide_name(level: Classification, meeting_id: int, meeting: dict[str, Any]) -> None:
    """Replace a copied name unless its source is visible to the viewer and no more secret than the meeting."""
    if "named_after_id" in meeting:
        source = meeting["named_after_id"]
    else:  # versions frozen before this was stored
        source = db.session.scalar(select(_MEETING.named_after_id).where(_MEETING.id == meeting_id))
    if source is None:
        return
    source_level = db.session.scalar(select(Meeting.classification).where(Meeting.id == source))
    if source_level is None or source_level.rank > level.rank:
        meeting.update(neutral_names())


def _hide_origins(level: Classification, statements: Sequence[dict[str, Any]]) -> None:
    """Remove the origin of relayed statements if that meeting or its name is more secret."""
    ids = [statement["origin_id"] for statement in statements if statement.get("origin_id")]
    names = meetings.classification_of_names(ids)
    above = {meeting_id for meeting_id, of_name in names.items() if of_name.rank > level.rank}
    for statement in statements:
        if statement.get("origin_id") in above:
            statement["origin"] = None


def _hide_agenda(level: Classification, content: dict[str, Any]) -> None:
    """Remove items whose text comes from a more secret meeting."""
    ids = {meeting_id for item in content["agenda"] for meeting_id in _sources(item)}
    above = _above(level, select(_MEETING.id, _MEETING.classification).where(_MEETING.id.in_(ids)))
    shown = [item for item in content["agenda"] if above.isdisjoint(_sources(item))]
    content["hidden"] += len(content["agenda"]) - len(shown)
    content["agenda"] = shown


def _sources(item: Mapping[str, Any]) -> Sequence[int]:
    """Ids of the meetings an agenda item's text comes from; older versions stored only one."""
    return item.get("source_ids") or [meeting_id for meeting_id in [item.get("source_id")] if meeting_id]


def _hide_proposals(level: Classification, content: dict[str, Any]) -> None:
    mentioned = [link for statement in content["statements"] for link in statement.get("proposals", ())]
    serving = [action for action in content["actions"] if action.get("proposal")]
    is_above = _codes_above(level, Proposal, [*mentioned, *({"code": action["proposal"]} for action in serving)])
    for statement in content["statements"]:
        statement["proposals"] = [link for link in statement.get("proposals", ()) if not is_above(link)]
    for action in serving:
        if is_above({"code": action["proposal"]}):
            action["proposal"] = None


def _above(level: Classification, query: Select[Any]) -> set[Any]:
    """The first column of rows whose second column, their classification, is above this level."""
    return {row[0] for row in db.session.execute(query) if row[1].rank > level.rank}


def _codes_above(
    level: Classification, model: type[Proposal | ActionItem], rows: Sequence[Mapping[str, Any]]
) -> IsAbove:
    columns = model.__table__.c  # the table itself, to include rows that the viewer may not see
    codes = [row["code"] for row in rows]
    above = _above(level, select(columns.code, columns.classification).where(columns.code.in_(codes)))
    return lambda row: row["code"] in above


def _lines_above(level: Classification, meeting_id: int) -> IsAbove:
    """Compares statement ids; in old versions, which have none, the text."""
    lines, levels = Statement.__table__.c, meetings.classification_of_lines(meeting_id)
    rows = db.session.execute(select(lines.id, lines.classification, lines.quote, lines.gist_id).where(
        lines.meeting_id == meeting_id)).all()  # fmt: skip
    above = [row for row in rows if levels[row.id].rank > level.rank]
    ids, texts = {row.id for row in above}, {(row.quote, row.gist_id) for row in above}
    return lambda row: row["id"] in ids if "id" in row else (row["quote"], row["gist_id"]) in texts
