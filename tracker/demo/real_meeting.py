"""The meeting of 21 October 2020 exactly as in its press release; nothing is added."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tracker.core.actor import Actor
from tracker.demo.organisation import POSTS_AS_WRITTEN
from tracker.demo.setting import Setting
from tracker.meetings import commands as meetings
from tracker.meetings.models import Meeting
from tracker.meetings.rules import AttendanceRole, AttendanceStatus, Bearing, MeetingMode, SourceType, StatementKind
from tracker.people.commands import PersonDraft, add_person
from tracker.people.models import Person
from tracker.proposals import commands as proposals
from tracker.proposals.models import Proposal
from tracker.proposals.rules import Attribution, Effect, RelationKind
from tracker.targets import commands as targets
from tracker.targets.models import Target
from tracker.targets.rules import DocumentKind, ObjectiveLevel, TargetState

SOURCE = Path(__file__).with_name("meeting-2020-10-21.json")
#: Notes on targets that do not come from the source.
_NOTES = {
    "T2": (
        "Kriteria KKPHAM menilai kabupaten/kota; kriteria itu bukan indikator kinerja Ditjen HAM sendiri.",
        "KKPHAM criteria assess regencies and cities; they are not Ditjen HAM's own indicators.",
    )
}
#: Explanations of links by proposal and target; all are inferred by the reader, so all links are suggestions.
_EXPLANATIONS = {
    ("U2", "T2"): (
        "Mengubah kriteria penilaian KKPHAM; jumlah daerah yang memenuhi dapat berubah, sehingga nilai target mungkin perlu disesuaikan (disimpulkan).",
        "Changes the KKPHAM assessment criteria; fewer or more districts may qualify, so the target value may have to move too (inferred).",
    )
}
_OBJECTIVES = {"T1": ("YANKOMAS", ObjectiveLevel.TARGET_AREA), "T2": ("KERJA_SAMA", ObjectiveLevel.TARGET_AREA)}


def load(setting: Setting, *, by: Actor, at: datetime) -> Meeting:
    source = json.loads(SOURCE.read_text())
    people = {row["code"]: _person(row, by=by, at=at) for row in source["persons"]}
    goals = _targets(source["targets"], setting, by=by, at=at)
    meeting = _meeting(source, people, setting, by=by, at=at)
    speakers: dict[int | None, Any] = {row.person_id: row for row in meeting.attendance if row.person_id}
    raised = {row["code"]: _proposal(row, meeting, people, goals, by=by, at=at) for row in source["proposals"]}
    for row in in_spoken_order(source):
        if row["code"] in raised:
            _raising_statement(row, meeting, people, speakers, raised, by=by, at=at)
        else:
            _statement(row, meeting, people, speakers, raised, goals, source["proposals"], by=by, at=at)
    proposals.relate(raised["U4"], raised["U5"], RelationKind.ALTERNATIVE_TO, None, by=by, at=at)
    return meeting


def in_spoken_order(source: dict[str, Any]) -> list[dict[str, Any]]:
    """Statements and proposals in the order of the source; a proposal is itself a statement."""
    return sorted([*source["statements"], *source["proposals"]], key=lambda row: row["spoken_as"])


def _person(row: dict[str, Any], *, by: Actor, at: datetime) -> Person:
    draft = PersonDraft(
        name=row["name"], aliases=row["aliases"], is_provisional=row["is_provisional"], note=row.get("note")
    )
    return add_person(draft, by=by, at=at)


def _meeting(
    source: dict[str, Any], people: dict[str, Person], setting: Setting, *, by: Actor, at: datetime
) -> Meeting:
    row = source["meeting"]
    draft = meetings.MeetingDraft(
        name_id=row["name"]["id"],
        name_en=row["name"]["en"],
        date=date.fromisoformat(row["date"]),
        weekday_as_written=row["weekday_as_written"],
        date_as_written=row["date_as_written"],
        date_note=row["year_basis"]["id"],
        date_note_en=row["year_basis"]["en"],
        time_as_written=row["time_as_written"],
        venue=row["venue"]["name"],
        venue_detail=row["venue"]["detail"],
        city=row["venue"]["city"],
        mode=MeetingMode(row["mode"]),
        organiser_unit_id=setting.units[row["organiser_unit"]["value"]].id,
        organiser_is_inferred=row["organiser_unit"]["basis"] == "inferred",
        source_type=SourceType(row["source"]["type"]),
        source_publisher=row["source"]["publisher"],
        source_author=row["source"]["posted_by"],
        source_url=row["source"]["url"],
        attendance_is_complete=row["attendance_list_complete"],
    )
    attendance = []
    for present in source["attendance"]:
        written = present["post_as_written"]
        post = setting.posts.get(POSTS_AS_WRITTEN.get(written, written))
        attendance.append(
            meetings.AttendanceDraft(
                person_id=people[present["person"]].id if present["person"] else None,
                position_id=post.id if post else None,
                post_as_written=written,
                role=AttendanceRole(present["role"]),
                status=AttendanceStatus(present["status"]),
            )
        )
    return meetings.log_meeting(draft, attendance, [], by=by, at=at)


def _targets(rows: list[dict[str, Any]], setting: Setting, *, by: Actor, at: datetime) -> dict[str, Target]:
    by_code: dict[str, Target] = {}
    for row in rows:
        names = {"name_id": row["name"]["id"], "name_en": row["name"]["en"]}
        draft: targets.AnyDraft
        if row["kind"] == "document":
            draft = targets.DocumentDraft(
                **names, document_kind=DocumentKind.PERFORMANCE_TARGET, year_from=2021, year_to=2021,
                owner_unit_id=setting.units["DITJEN_HAM"].id,
            )  # fmt: skip
            by_code[row["code"]] = targets.add_target(draft, by=by, at=at)
        elif row["kind"] == "objective":
            draft = targets.ObjectiveDraft(**names, level=ObjectiveLevel.STRATEGIC)
            by_code[row["code"]] = targets.add_target(draft, by=by, at=at, state=TargetState(row["state"]))
        elif row["kind"] == "target_area":
            owner, level = _OBJECTIVES[row["code"]]
            note_id, note_en = _NOTES.get(row["code"], (None, None))
            draft = targets.ObjectiveDraft(
                **names, level=level, document_id=by_code["T0"].id, owner_unit_id=setting.units[owner].id,
                note_id=note_id, note_en=note_en,
            )  # fmt: skip
            by_code[row["code"]] = targets.add_target(draft, by=by, at=at)
        else:
            draft = targets.IndicatorDraft(**names, document_id=by_code["T0"].id)
            by_code[row["code"]] = targets.add_target(draft, by=by, at=at)
    return by_code


def _proposal(
    row: dict[str, Any],
    meeting: Meeting,
    people: dict[str, Person],
    goals: dict[str, Target],
    *,
    by: Actor,
    at: datetime,
) -> Proposal:
    draft = proposals.ProposalDraft(
        title_id=row["title"]["id"],
        title_en=row["title"]["en"],
        gist_id=row["title"]["id"],
        gist_en=row["title"]["en"],
        raised_on=meeting.date,
        raised_in_id=meeting.id,
    )
    proposal = proposals.propose(draft, by=by, at=at)
    posts = {present.person_id: present for present in meeting.attendance}
    for entry in row["proponents"]:
        present = posts[people[entry["person"]].id]
        proponent = proposals.ProponentDraft(
            person_id=present.person_id,
            position_id=present.position_id,
            post_as_written=present.post_as_written,
            attribution=Attribution(entry["attribution"]),
        )
        proposals.add_proponent(proposal, proponent, by=by, at=at)
    for link in row["links"]:
        why_id, why_en = _EXPLANATIONS.get((row["code"], link["target"]), (None, None))
        effect = proposals.LinkDraft(
            target_id=goals[link["target"]].id, effect=Effect(link["effect"]), explanation_id=why_id, explanation_en=why_en
        )  # fmt: skip
        proposals.link_target(proposal, effect, by=by, at=at)
    return proposal


def _raising_statement(
    row: dict[str, Any], meeting: Meeting, people: dict[str, Person], speakers: dict[int | None, Any],
    raised: dict[str, Proposal], *, by: Actor, at: datetime,
) -> None:  # fmt: skip
    sure = [proponent for proponent in row["proponents"] if proponent["attribution"] == "quoted"]
    draft = meetings.StatementDraft(
        kind=StatementKind.PROPOSAL,
        quote=row.get("quote"),
        gist_id=row.get("text_as_written"),
        gist_en=row.get("in_english"),
        speaker_id=speakers[people[sure[0]["person"]].id].id if sure else None,
    )
    bearings = meetings.StatementLinks(proposals=[(raised[row["code"]], Bearing.RAISES)])
    meetings.add_statement(meeting, draft, bearings, by=by, at=at)


def _statement(
    row: dict[str, Any], meeting: Meeting, people: dict[str, Person], speakers: dict[int | None, Any],
    raised: dict[str, Proposal], goals: dict[str, Target], proposed: list[dict[str, Any]], *, by: Actor, at: datetime,
) -> None:  # fmt: skip
    about = row.get("about")
    motivates = [
        (raised[other["code"]], Bearing.MOTIVATES) for other in proposed if row["code"] in other.get("motivated_by", [])
    ]
    discusses = [(raised[about], Bearing.DISCUSSES)] if about in raised else []
    draft = meetings.StatementDraft(
        kind=StatementKind(row["kind"]),
        quote=row.get("quote"),
        gist_id=row.get("paraphrase_as_written"),
        gist_en=row.get("in_english"),
        speaker_id=speakers[people[row["speaker"]].id].id if row["speaker"] else None,
        speaker_note=row.get("speaker_note"),
        on_behalf_of=row.get("on_behalf_of"),
        origin_note=row.get("origin_note"),
        has_sic=row.get("has_sic", False),
        recorder_note=row.get("recorder_note"),
    )
    bearings = meetings.StatementLinks(
        proposals=[*motivates, *discusses], targets=[goals[about]] if about in goals else []
    )
    meetings.add_statement(meeting, draft, bearings, by=by, at=at)
