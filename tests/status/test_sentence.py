"""The status sentence in both languages, for every status and missing fact."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from flask import Flask, session

from tests.databases import settings_for
from tracker import create_app
from tracker.actions.rules import ActionStatus
from tracker.core import clock
from tracker.core.wording import remember_language, short_day
from tracker.proposals.rules import Attribution, NotActionableReason, ProposalStatus
from tracker.status.labels import status_sentence
from tracker.status.rules import ActionStanding, Holder, HolderKind, Proposer, Responsibility, Standing

S, A = ProposalStatus, ActionStatus
DAY, LATER = date(2020, 10, 21), date(2020, 11, 3)
TWO_DAYS_AGO = clock.today() - timedelta(days=2)
RAZILU, USIHEN = Proposer(name_id="Razilu"), Proposer(name_id="Min Usihen", attribution=Attribution.UNCONFIRMED)
SESDITJEN = Holder(HolderKind.POST, "Sekretaris Direktorat Jenderal HAM", "Secretary of the DG", "Sesditjen HAM", 1)
PANRB = Holder(HolderKind.OUTSIDE, "Kementerian PANRB")
RATNA = Holder(HolderKind.PERSON, "Ratna Dewanti, S.H.", short="Ratna Dewanti")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(settings_for("sqlite://", tmp_path_factory.mktemp("words")))


@contextmanager
def speaking(app: Flask, language: str) -> Iterator[None]:
    with app.test_request_context():
        session.clear()
        remember_language(language)
        yield


def since(days: int, holder: Holder | None = SESDITJEN) -> Responsibility:
    return Responsibility(holder, clock.today() - timedelta(days=days), None)


def proposal(**given: object) -> Standing:
    told = {"proposers": [RAZILU], "raised_on": DAY, "status": S.SUBMITTED, "status_since": LATER}
    return Standing(**{**told, **given})


def action(**given: object) -> ActionStanding:
    told = {"assigned_on": DAY, "assignee": RATNA, "status": A.NOT_STARTED, "status_since": DAY}
    return ActionStanding(**{**told, **given})


BY_ID, BY_EN = "Diusulkan Razilu pada rapat 21 Okt 2020; ", "Proposed by Razilu at the meeting of 21 Oct 2020; "
CASES = [
    (
        proposal(times_discussed=3, responsibility=since(41)),
        BY_ID + "dibahas 3 kali; belum diputuskan; menunggu Sesditjen HAM 41 hari",
        BY_EN + "discussed 3 times; not decided yet; waiting for Sesditjen HAM for 41 days",
    ),
    (
        proposal(status=S.UNDER_DISCUSSION, times_discussed=1),
        BY_ID + "dibahas 1 kali; belum diputuskan; belum jelas menunggu siapa",
        BY_EN + "discussed once; not decided yet; not clear who acts next",
    ),
    (
        proposal(proposers=[RAZILU, USIHEN], responsibility=since(1, PANRB)),
        ("Diusulkan Razilu dan Min Usihen (belum dikonfirmasi) pada rapat 21 Okt 2020; belum dibahas; "
        "belum diputuskan; menunggu Kementerian PANRB 1 hari"),
        ("Proposed by Razilu and Min Usihen (not confirmed) at the meeting of 21 Oct 2020; not discussed yet; "
        "not decided yet; waiting for Kementerian PANRB for 1 day"),
    ),
    (
        proposal(
            proposers=[Proposer(name_id="Razilu", attribution=Attribution.DISPUTED)], is_from_meeting=False,
            responsibility=since(0),
        ),
        ("Diusulkan Razilu (menyanggah atribusi) pada 21 Okt 2020 di luar rapat yang tercatat; belum dibahas; "
        "belum diputuskan; menunggu Sesditjen HAM sejak hari ini"),
        ("Proposed by Razilu (disputes the attribution) on 21 Oct 2020 outside the recorded meetings; "
        "not discussed yet; not decided yet; waiting for Sesditjen HAM since today"),
    ),
    (
        proposal(proposers=[], responsibility=Responsibility(PANRB, None, None)),
        ("Diusulkan pada rapat 21 Okt 2020 (pengusul belum dicatat); belum dibahas; belum diputuskan; "
        "menunggu Kementerian PANRB (sejak kapan belum dicatat)"),
        ("Proposed at the meeting of 21 Oct 2020 (proponent not recorded); not discussed yet; not decided yet; "
        "waiting for Kementerian PANRB (start date not recorded)"),
    ),
    (
        proposal(status=S.DEFERRED, reason="Menunggu anggaran.", revisit_on=date(2020, 12, 3), responsibility=since(2)),
        BY_ID + "belum dibahas; ditunda sampai 3 Des 2020 (alasan: Menunggu anggaran); menunggu Sesditjen HAM 2 hari",
        BY_EN + "not discussed yet; deferred until 3 Dec 2020 (reason: Menunggu anggaran); "
        "waiting for Sesditjen HAM for 2 days",
    ),
    (
        proposal(status=S.APPROVED, authority=SESDITJEN),
        BY_ID + "belum dibahas; disetujui Sesditjen HAM pada 3 Nov 2020; belum jelas menunggu siapa",
        BY_EN + "not discussed yet; approved by Sesditjen HAM on 3 Nov 2020; not clear who acts next",
    ),
    (
        proposal(status=S.IN_FOLLOW_UP, actions=3, finished_actions=1, responsibility=since(2, RATNA)),
        BY_ID + "belum dibahas; sedang ditindaklanjuti: 1 dari 3 tindak lanjut selesai; menunggu Ratna Dewanti 2 hari",
        BY_EN + "not discussed yet; in follow-up: 1 of 3 actions finished; waiting for Ratna Dewanti for 2 days",
    ),
    (
        proposal(status=S.REALISED),
        BY_ID + "belum dibahas; terwujud pada 3 Nov 2020",
        BY_EN + "not discussed yet; realised on 3 Nov 2020",
    ),
    (
        proposal(status=S.REJECTED, authority=SESDITJEN, reason="Tidak ada dasar hukum"),
        BY_ID + "belum dibahas; ditolak Sesditjen HAM pada 3 Nov 2020 (alasan: Tidak ada dasar hukum)",
        BY_EN + "not discussed yet; rejected by Sesditjen HAM on 3 Nov 2020 (reason: Tidak ada dasar hukum)",
    ),
    (
        proposal(status=S.MERGED, survivor_code="U-2021-004"),
        BY_ID + "belum dibahas; digabung ke U-2021-004 pada 3 Nov 2020",
        BY_EN + "not discussed yet; merged into U-2021-004 on 3 Nov 2020",
    ),
    (
        proposal(status=S.WITHDRAWN, reason="Sudah tercakup"),
        BY_ID + "belum dibahas; ditarik pada 3 Nov 2020 (alasan: Sudah tercakup)",
        BY_EN + "not discussed yet; withdrawn on 3 Nov 2020 (reason: Sudah tercakup)",
    ),
    (
        proposal(status=S.NOT_ACTIONABLE, reason_code=NotActionableReason.CHANGE_OF_REGULATION),
        BY_ID + "belum dibahas; dinyatakan tidak dapat ditindaklanjuti pada 3 Nov 2020 (alasan: perubahan peraturan)",
        BY_EN + "not discussed yet; found not possible to follow up on 3 Nov 2020 (reason: change of regulation)",
    ),
    (
        action(responsibility=since(5, RATNA)),
        ("Ditugaskan kepada Ratna Dewanti, S.H. pada 21 Okt 2020; tenggat belum ditetapkan; belum dimulai; "
        "menunggu Ratna Dewanti 5 hari"),
        ("Assigned to Ratna Dewanti, S.H. on 21 Oct 2020; due date not yet set; not started; "
        "waiting for Ratna Dewanti for 5 days"),
    ),
    (
        action(assignee=None, due_on=TWO_DAYS_AGO, times_moved=2, status=A.IN_PROGRESS, percent=40),
        ("Disepakati pada 21 Okt 2020 (penanggung jawab belum ada); tenggat {late} (diundur 2 kali), "
        "terlambat 2 hari; sedang berjalan, 40% selesai; belum jelas menunggu siapa"),
        ("Agreed on 21 Oct 2020 (no owner yet); due on {late} (moved 2 times), 2 days late; "
        "in progress, 40% complete; not clear who acts next"),
    ),
    (
        action(status=A.AWAITING_VERIFICATION, due_on=LATER, responsibility=since(3, Holder(HolderKind.VERIFIER))),
        None,
        None,
    ),
    (
        action(status=A.COMPLETED, status_since=LATER, due_on=LATER),
        ("Ditugaskan kepada Ratna Dewanti, S.H. pada 21 Okt 2020; tenggat 3 Nov 2020; "
        "selesai dan terverifikasi pada 3 Nov 2020"),
        "Assigned to Ratna Dewanti, S.H. on 21 Oct 2020; due on 3 Nov 2020; finished and verified on 3 Nov 2020",
    ),
    (
        action(status=A.CANCELLED, status_since=LATER, due_on=LATER, reason="Digabung."),
        ("Ditugaskan kepada Ratna Dewanti, S.H. pada 21 Okt 2020; tenggat 3 Nov 2020; "
        "dibatalkan pada 3 Nov 2020 (alasan: Digabung)"),
        "Assigned to Ratna Dewanti, S.H. on 21 Oct 2020; due on 3 Nov 2020; cancelled on 3 Nov 2020 (reason: Digabung)",
    ),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(CASES)))
def test_the_sentence_in_both_languages(app: Flask, number: int) -> None:
    standing, indonesian, english = CASES[number]
    for language, wanted in (("id", indonesian), ("en", english)):
        with speaking(app, language):
            said = status_sentence(standing)
            late = short_day(TWO_DAYS_AGO)
        if wanted is None:
            ends = {"id": "menunggu penelaah 3 hari", "en": "waiting for the reviewer for 3 days"}
            assert said.endswith(ends[language])
        else:
            assert said == wanted.format(late=late)


def test_every_status_has_its_clause(app: Flask) -> None:
    told = {one.status for one, *_ in CASES}

    assert set(S) | set(A) == told | {A.NOT_ACTIONABLE}
    with speaking(app, "en"):
        assert "found not possible" in status_sentence(action(status=A.NOT_ACTIONABLE))
