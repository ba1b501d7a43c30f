"""The discussion by agenda item: statements with their proposals and actions."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tracker.core.enumerations import without_marks
from tracker.core.wording import either, gettext, label, long_day
from tracker.meetings.rules import Bearing, StatementKind
from tracker.minutes.rules import Line, Section, sections_of

Content = Mapping[str, Any]


def sections(content: Content) -> list[dict[str, Any]]:
    """Sections by agenda item; statements are numbered through the whole document."""
    titles = without_marks([item["text"] for item in content["agenda"]])
    result, count = [], 0
    for section in sections_of(content):
        rows = _naming_once([_row(line, count + place) for place, line in enumerate(section.lines, 1)])
        count += len(rows)
        result.append({"title": _title(section, titles), "rows": rows, "actions": _actions(section.actions)})
    return result


def _naming_once(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Where all was said by the same person, as in a weekly review, the name stands once."""
    if len({(row["who"], row["post"]) for row in rows}) != 1:
        return rows
    return [rows[0], *(row | {"who": "", "post": "", "lead": row["kind"]} for row in rows[1:])]


def _title(section: Section, titles: Sequence[str]) -> str:
    if section.number is None:
        return gettext("Discussion") if section.lines else gettext("Other follow-up of this meeting")
    return f"{section.number}. {titles[section.number - 1]}"


def _row(line: Line, number: int) -> dict[str, Any]:
    """A statement. `lead` combines speaker and kind, for templates of the office that use it."""
    statement = line.statement
    kind = StatementKind(statement["kind"])
    who = statement["speaker"] or statement["speaker_post"] or statement["speaker_note"] or ""
    post = statement["speaker_post"] if statement["speaker"] and statement["speaker_post"] else ""
    speaker = ", ".join(part for part in (who, post) if part)
    notes = [
        gettext("on behalf of %(who)s", who=statement["on_behalf_of"]) if statement["on_behalf_of"] else "",
        statement["origin"] or "",
        "[sic]" if statement["has_sic"] else "",
        statement["recorder_note"] or "",
    ]
    return {
        "number": number,
        "lead": f"{speaker} ({label(kind)})" if speaker else label(kind),
        "who": who,
        "post": post,
        "kind": label(kind),
        "is_decision": kind is StatementKind.DECISION,
        "quote": statement["quote"] or "",
        "text": either(statement["gist_id"], statement["gist_en"]),
        "note": "; ".join(note for note in notes if note),
        "proposals": [_proposal(proposal) for proposal in statement.get("proposals", ())],
        "actions": _actions(line.actions),
    }


def _proposal(proposal: Content) -> str:
    """«U-2020-001 Title», preceded by the bearing unless the proposal was raised here."""
    text = f"{proposal['code']} {either(proposal['title_id'], proposal['title_en'])}"
    bearing = Bearing(proposal["bearing"])
    return text if bearing is Bearing.RAISES else f"{label(bearing)} {text}"


def _actions(rows: Sequence[Content]) -> list[dict[str, str]]:
    return [
        {
            "code": row["code"],
            "text": either(row["text_id"], row["text_en"]),
            "who": "; ".join(part for part in (unit_of(row), row["pic"] or "") if part),
            "due": gettext("due %(day)s", day=long_day(date.fromisoformat(row["due_on"]))) if row["due_on"] else "",
        }
        for row in rows
    ]


def unit_of(action: Content) -> str:
    """The responsible unit of an action, or the post if only that was named."""
    return either(action["unit_id"], action["unit_en"]) or either(action.get("post_id"), action.get("post_en"))
