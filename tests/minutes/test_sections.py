"""Content of minutes is grouped by agenda item in every schema."""

from typing import Any

from tracker.minutes.rules import sections_of


def statement(number: int, text: str, **attributes: Any) -> dict[str, Any]:
    return {"number": number, "id": 100 + number, "speaker": None, "speaker_post": None, "speaker_note": None,
            "quote": None, "gist_id": text, "agenda_item": None, "proposals": [], "actions": [],
            **attributes}  # fmt: skip


def action(code: str, **attributes: Any) -> dict[str, Any]:
    return {"code": code, "text_id": "Kerjakan", "agenda_item": None, "statement": None} | attributes


def content(*lines: dict[str, Any], agenda: tuple[str, ...] = (), actions: tuple[Any, ...] = ()) -> dict[str, Any]:
    meeting = {"name_id": "Rapat", "date": "2026-03-04", "venue": None, "opening": None, "closing": None}
    return {
        "schema": 2, "meeting": meeting, "attendance": [], "proposals": [], "statements": list(lines),
        "agenda": [{"number": number, "text": text} for number, text in enumerate(agenda, 1)],
        "actions": list(actions), "hidden": 0,
    }  # fmt: skip


def outline(sections: list[Any]) -> list[tuple[str | None, list[tuple[str, list[str]]], list[str]]]:
    return [
        (
            section.text,
            [(line.statement["gist_id"], [row["code"] for row in line.actions]) for line in section.lines],
            [row["code"] for row in section.actions],
        )
        for section in sections
    ]


def test_lines_and_actions_are_grouped_under_their_agenda_items() -> None:
    lines = [
        statement(1, "pembukaan"),
        statement(2, "putus", agenda_item=2, actions=["TL-1", "TL-9"]),
        statement(3, "anggaran", agenda_item=1),
    ]
    actions = (action("TL-1", statement=2), action("TL-2", agenda_item=1), action("TL-3"), action("TL-4", statement=7))
    minutes = content(*lines, agenda=("Anggaran", "Lain-lain"), actions=actions)

    assert outline(sections_of(minutes)) == [
        (None, [("pembukaan", [])], []),
        ("Anggaran", [("anggaran", [])], ["TL-2"]),
        ("Lain-lain", [("putus", ["TL-1"])], []),
        (None, [], ["TL-3"]),
    ]


def test_empty_items_are_kept_and_lines_of_missing_items_come_first() -> None:
    minutes = content(statement(1, "a", agenda_item=7), agenda=("Anggaran",))

    assert outline(sections_of(minutes)) == [(None, [("a", [])], []), ("Anggaran", [], [])]


def test_content_of_schema_1_is_one_section() -> None:
    old = content(statement(1, "a"), statement(2, "b"), agenda=("Anggaran",), actions=(action("TL-1"),)) | {"schema": 1}
    for line in old["statements"]:
        del line["agenda_item"], line["actions"], line["proposals"]

    assert outline(sections_of(old)) == [(None, [("a", []), ("b", [])], [])]
