"""Tables of a sheet. Unknown values are empty cells, to be filled in by hand."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tracker.actions.rules import ActionStatus
from tracker.core.wording import either, gettext, label, short_day
from tracker.meetings.rules import AttendanceRole, AttendanceStatus
from tracker.minutes.documents.labels.parts import unit_of
from tracker.proposals.rules import ProposalStatus

Content = Mapping[str, Any]
_NO_BREAK = "\N{NO-BREAK SPACE}"


def _table(
    title: str, head: Sequence[str], widths: Sequence[int], rows: list[list[str]], **options: bool | int
) -> dict[str, Any]:
    """`widths` are relative; 0 is as wide as the widest cell."""
    return {"title": title, "head": list(head), "widths": list(widths), "rows": rows, "signature_column": -1,
            "is_attachment": False, "is_wide": False, "is_last_before_signatures": False, **options}  # fmt: skip


def proposals(content: Content) -> dict[str, Any]:
    rows = [
        [row["code"], either(row["title_id"], row["title_en"]),
         "\n".join(by["name"] or by["post"] or "" for by in row["proponents"]), label(ProposalStatus(row["status"]))]
        for row in content["proposals"]
    ]  # fmt: skip
    head = [gettext("Code"), gettext("Proposal"), gettext("Proponent"), gettext("Status")]
    return _table(gettext("Proposals"), head, [0, 6, 3, 2], rows, is_last_before_signatures=True)


def actions(content: Content) -> dict[str, Any]:
    rows = [
        [row["code"], either(row["text_id"], row["text_en"]), unit_of(row), row["pic"] or "",
         short_day(date.fromisoformat(row["due_on"])).replace(" ", _NO_BREAK) if row["due_on"] else "",
         label(ActionStatus(row["status"]))]
        for row in content["actions"]
    ]  # fmt: skip
    head = [gettext("Code"), gettext("Follow-up"), gettext("Unit in charge"), "PIC", gettext("Due"), gettext("Status")]
    return _table(
        gettext("Attachment: follow-up matrix"), head, [0, 8, 5, 4, 0, 4], rows, is_attachment=True, is_wide=True
    )


def attendance(content: Content) -> dict[str, Any]:
    rows = [
        [str(row["number"]), row["person"] or "", row["post"] or "", label(AttendanceRole(row["role"])),
         label(AttendanceStatus(row["status"]))]
        for row in content["attendance"]
    ]  # fmt: skip
    head = [gettext("No."), gettext("Name"), gettext("Post"), gettext("Role"), gettext("Attendance")]
    return _table(gettext("Attachment: attendance list"), head, [0, 4, 5, 3, 3], rows, is_attachment=True)


def to_sign(content: Content) -> dict[str, Any]:
    rows = [
        [str(row["number"]), "\n".join(part for part in (row["person"], row["nip"] and f"NIP {row['nip']}") if part),
         row["post"] or "", label(AttendanceRole(row["role"])), ""]
        for row in content["attendance"]
    ]  # fmt: skip
    head = [gettext("No."), gettext("Name"), gettext("Post"), gettext("Role"), gettext("Signature")]
    return _table("", head, [0, 4, 5, 3, 4], rows, signature_column=4, is_last_before_signatures=True)
