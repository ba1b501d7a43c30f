"""What a version of minutes says."""

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
from tracker.minutes.queries.content import not_named
from tracker.proposals.models import Proposal

_MEETING = Meeting.__table__.c
IsAbove = Callable[[Mapping[str, Any]], bool]


def frozen(version: MinutesVersion) -> dict[str, Any]:
    """What a version says, from its stored bytes; what is above its meeting by now is only counted, as in content_of.

    Whoever raises a line, or declassifies the meeting alone, does not reach into the frozen text.
    """
    content: dict[str, Any] = json.loads(version.content or "{}")
    level = db.session.scalars(select(_MEETING.classification).where(_MEETING.id == version.meeting_id)).one()
    for part, is_above in (
        ("statements", _lines_above(level, version.meeting_id)),
        ("proposals", _codes_above(level, Proposal, content["proposals"])),
        ("actions", _codes_above(level, ActionItem, content["actions"])),
    ):
        told = [one for one in content[part] if not is_above(one)]
        content["hidden"] = content.get("hidden", 0) + len(content[part]) - len(told)
        content[part] = told
    _leave_out_name(level, version.meeting_id, content["meeting"])
    _leave_out_origins(level, content["statements"])
    _leave_out_proposals(level, content)
    _leave_out_agenda(level, content)
    return content


def _leave_out_name(level: Classification, meeting_id: int, told: dict[str, Any]) -> None:
    """A name that was taken over from another meeting is told where that is no more secret, to those who see it."""
    if "named_after_id" in told:
        source = told["named_after_id"]
    else:  # versions frozen before that was stored
        source = db.session.scalar(select(_MEETING.named_after_id).where(_MEETING.id == meeting_id))
    if source is None:
        return
    seen = db.session.scalar(select(Meeting.classification).where(Meeting.id == source))
    if seen is None or seen.rank > level.rank:
        told.update(not_named())


def _leave_out_origins(level: Classification, told: Sequence[dict[str, Any]]) -> None:
    """Relayed words stand in the minutes; from which meeting, only where that and its name are no more secret."""
    numbers = [said["origin_id"] for said in told if said.get("origin_id")]
    above = {one for one, secret in meetings.levels_of_names(numbers).items() if secret.rank > level.rank}
    for said in told:
        if said.get("origin_id") in above:
            said["origin"] = None


def _leave_out_agenda(level: Classification, content: dict[str, Any]) -> None:
    """An item that was carried over is told only where the meeting it comes from is no more secret."""
    numbers = {number for item in content["agenda"] for number in _sources(item)}
    above = _above(level, select(_MEETING.id, _MEETING.classification).where(_MEETING.id.in_(numbers)))
    told = [item for item in content["agenda"] if above.isdisjoint(_sources(item))]
    content["hidden"] += len(content["agenda"]) - len(told)
    content["agenda"] = told


def _sources(item: Mapping[str, Any]) -> Sequence[int]:
    """The meetings from which the words of an agenda item come; older versions have one at most."""
    return item.get("source_ids") or [number for number in [item.get("source_id")] if number]


def _leave_out_proposals(level: Classification, content: dict[str, Any]) -> None:
    """Lines and actions name the proposals they are about, where those are no more secret than the meeting."""
    named = [one for said in content["statements"] for one in said.get("proposals", ())]
    serving = [action for action in content["actions"] if action.get("proposal")]
    is_above = _codes_above(level, Proposal, [*named, *({"code": action["proposal"]} for action in serving)])
    for said in content["statements"]:
        said["proposals"] = [one for one in said.get("proposals", ()) if not is_above(one)]
    for action in serving:
        if is_above({"code": action["proposal"]}):
            action["proposal"] = None


def _above(level: Classification, question: Select[Any]) -> set[Any]:
    """The first column of the rows whose second, their classification, is above this level."""
    return {row[0] for row in db.session.execute(question) if row[1].rank > level.rank}


def _codes_above(
    level: Classification, table: type[Proposal | ActionItem], told: Sequence[Mapping[str, Any]]
) -> IsAbove:
    columns = table.__table__.c  # bare, so that hidden ones are found, too
    codes = [one["code"] for one in told]
    above = _above(level, select(columns.code, columns.classification).where(columns.code.in_(codes)))
    return lambda one: one["code"] in above


def _lines_above(level: Classification, meeting_id: int) -> IsAbove:
    """By their number; in versions that were frozen without it, by their words."""
    lines, levels = Statement.__table__.c, meetings.level_of_lines(meeting_id)
    rows = db.session.execute(select(lines.id, lines.classification, lines.quote, lines.gist_id).where(
        lines.meeting_id == meeting_id)).all()  # fmt: skip
    above = [row for row in rows if levels[row.id].rank > level.rank]
    numbers, words = {row.id for row in above}, {(row.quote, row.gist_id) for row in above}
    return lambda one: one["id"] in numbers if "id" in one else (one["quote"], one["gist_id"]) in words
