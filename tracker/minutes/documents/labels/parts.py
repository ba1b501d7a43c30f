"""The discussion of a sheet: by agenda item what was said, with what it raised and what follows from it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tracker.core.enumerations import without_marks
from tracker.core.wording import either, label, long_day, say
from tracker.meetings.rules import Bearing, StatementKind
from tracker.minutes.rules import Line, Section, sections_of

Content = Mapping[str, Any]


def sections(content: Content) -> list[dict[str, Any]]:
    """Each agenda item as a section; statements are counted through the whole document."""
    titles = without_marks([item["text"] for item in content["agenda"]])
    made, count = [], 0
    for section in sections_of(content):
        rows = [_row(line, count + place) for place, line in enumerate(section.lines, 1)]
        count += len(rows)
        made.append({"title": _title(section, titles), "rows": rows, "actions": _actions(section.actions)})
    return made


def _title(section: Section, titles: Sequence[str]) -> str:
    if section.number is None:
        return say("Discussion")
    return f"{section.number}. {titles[section.number - 1]}"


def _row(line: Line, number: int) -> dict[str, Any]:
    """One statement. `lead` is who and kind in one, as templates of the office may use it."""
    said = line.said
    kind = StatementKind(said["kind"])
    who = said["speaker"] or said["speaker_post"] or said["speaker_note"] or ""
    post = said["speaker_post"] if said["speaker"] and said["speaker_post"] else ""
    named = ", ".join(part for part in (who, post) if part)
    notes = [
        say("on behalf of %(who)s", who=said["on_behalf_of"]) if said["on_behalf_of"] else "",
        said["origin"] or "",
        "[sic]" if said["has_sic"] else "",
        said["recorder_note"] or "",
    ]
    return {
        "number": number,
        "lead": f"{named} ({label(kind)})" if named else label(kind),
        "who": who,
        "post": post,
        "kind": label(kind),
        "is_decision": kind is StatementKind.DECISION,
        "quote": said["quote"] or "",
        "text": either(said["gist_id"], said["gist_en"]),
        "note": "; ".join(note for note in notes if note),
        "proposals": [_proposal(one) for one in said.get("proposals", ())],
        "actions": _actions(line.actions),
    }


def _proposal(one: Content) -> str:
    """«U-2020-001 Title», and before it what the statement has to do with it, where it is not the one raised here."""
    named = f"{one['code']} {either(one['title_id'], one['title_en'])}"
    bearing = Bearing(one["bearing"])
    return named if bearing is Bearing.RAISES else f"{label(bearing)} {named}"


def _actions(rows: Sequence[Content]) -> list[dict[str, str]]:
    return [
        {
            "code": one["code"],
            "text": either(one["text_id"], one["text_en"]),
            "who": "; ".join(part for part in (unit_of(one), one["pic"] or "") if part),
            "due": say("due %(day)s", day=long_day(date.fromisoformat(one["due_on"]))) if one["due_on"] else "",
        }
        for one in rows
    ]


def unit_of(action: Content) -> str:
    """The unit that answers for an action, or the post where only that was named."""
    return either(action["unit_id"], action["unit_en"]) or either(action.get("post_id"), action.get("post_en"))
