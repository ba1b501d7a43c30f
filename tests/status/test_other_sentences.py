"""Status sentences of meetings and indicators in both languages, for every status and missing fact."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from tests.databases import settings_for
from tests.status.test_sentence import speaking
from tests.visitor import DECISION_MAKER, READER, REVIEWER, SECRETARIAT, Visitor
from tracker import create_app
from tracker.meetings.rules import MeetingStatus
from tracker.minutes.rules import MinutesState
from tracker.status.labels import status_sentence
from tracker.status.rules import IndicatorStanding, Measured, MeetingStanding
from tracker.targets.rules import Lacking, TargetState

pytestmark = pytest.mark.one_database

M, T = MeetingStatus, TargetState


@pytest.fixture(scope="module")
def app_of_words(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(settings_for("sqlite://", tmp_path_factory.mktemp("words")))


def meeting(**given: object) -> MeetingStanding:
    told = {"held_on": date(2020, 10, 21), "status": M.HELD, "chair": "Razilu", "minutes": MinutesState.DRAFT}
    return MeetingStanding(**{**told, **given})


def value(**given: object) -> Measured:
    return Measured(**{"period": "B09 2026", **{name: Decimal(str(number)) for name, number in given.items()}})


CASES = [
    (
        meeting(proposals=5, undecided=5),
        ("Diadakan pada 21 Okt 2020, dipimpin Razilu; 5 usulan, 5 belum diputuskan; belum ada keputusan; "
        "belum ada tindak lanjut; notula: draf"),
        ("Held on 21 Oct 2020, chaired by Razilu; 5 proposals, 5 not decided yet; no decision yet; "
        "no follow-up yet; minutes: draft"),
    ),
    (
        meeting(status=M.CLOSED, chair=None, proposals=1, decisions=2, actions=3, finished=1, late=2,
                minutes=MinutesState.APPROVED),
        ("Diadakan pada 21 Okt 2020 (pimpinan rapat belum dicatat); 1 usulan, semuanya sudah diputuskan; "
        "2 keputusan; 1 dari 3 tindak lanjut selesai (2 terlambat); notula: disahkan"),
        ("Held on 21 Oct 2020 (chair not recorded); 1 proposal, decided; "
        "2 decisions; 1 of 3 actions finished (2 overdue); minutes: approved and frozen"),
    ),
    (
        meeting(decisions=1, actions=1),
        ("Diadakan pada 21 Okt 2020, dipimpin Razilu; belum ada usulan; 1 keputusan; "
        "0 dari 1 tindak lanjut selesai; notula: draf"),
        ("Held on 21 Oct 2020, chaired by Razilu; no proposal yet; "
        "1 decision; 0 of 1 action finished; minutes: draft"),
    ),
    (meeting(status=M.SCHEDULED), "Dijadwalkan pada 21 Okt 2020", "Scheduled for 21 Oct 2020"),
    (
        meeting(status=M.POSTPONED), "Ditunda, semula direncanakan pada 21 Okt 2020",
        "Postponed, planned before for 21 Oct 2020",
    ),
    (
        meeting(status=M.CANCELLED), "Dibatalkan, semula direncanakan pada 21 Okt 2020",
        "Cancelled, planned before for 21 Oct 2020",
    ),
    (
        IndicatorStanding(state=T.CANDIDATE, lacking=[Lacking.UNIT, Lacking.FORMULA, Lacking.VALUE], proposals=1),
        ("Kandidat indikator; nilai belum ditetapkan; belum bisa diukur: satuan, formula belum ada; "
        "1 usulan terkait, 0 terwujud; belum ada tindak lanjut"),
        ("Candidate indicator; value not yet set; cannot be measured yet: no unit of measure, formula; "
        "1 proposal affects it, 0 realised; no follow-up yet"),
    ),
    (
        IndicatorStanding(
            state=T.ACTIVE, unit="persen", latest=value(target=1234.5, actual=41.5, achievement=96.51, deviation=-1.5),
            proposals=3, realised=1, actions=2, finished=1,
        ),
        ("Indikator berlaku; realisasi 41,5 dari target 1.234,5 persen pada B09 2026; "
        "capaian 96,51%, target belum tercapai, 1,5 poin persen di bawah target; "
        "3 usulan terkait, 1 terwujud; 1 dari 2 tindak lanjut selesai"),
        ("Indicator in force; 41.5 of 1,234.5 percent in B09 2026; achievement 96.51%, target missed, "
        "1.5 percentage points below target; "
        "3 proposals affect it, 1 realised; 1 of 2 actions finished"),
    ),
    (
        IndicatorStanding(state=T.ACTIVE, latest=replace(
            value(target=40, upper=48, actual=44, achievement=100, deviation=0), is_range=True, is_reached=True,
        )),
        ("Indikator berlaku; realisasi 44 dari target 40–48 pada B09 2026; capaian 100%, target tercapai, "
        "dalam rentang target; "
        "belum ada usulan terkait; belum ada tindak lanjut"),
        ("Indicator in force; 44 of 40–48 in B09 2026; achievement 100%, target reached, within the target range; "
        "no proposals affect it yet; no follow-up yet"),
    ),
    (
        IndicatorStanding(state=T.ACTIVE, unit="hari", latest=value(target=5, actual=6.2, deviation=1.2)),
        ("Indikator berlaku; realisasi 6,2 dari target 5 hari pada B09 2026; target belum tercapai, 1,2 hari di atas "
        "target; belum ada usulan terkait; belum ada tindak lanjut"),
        ("Indicator in force; 6.2 of 5 days in B09 2026; target missed, 1.2 days above target; "
        "no proposals affect it yet; no follow-up yet"),
    ),
    (
        IndicatorStanding(state=T.DRAFT, unit="hari", latest=value(target=5)),
        ("Draf indikator; target 5 hari pada B09 2026, belum diukur; belum ada usulan terkait; "
        "belum ada tindak lanjut"),
        ("Draft indicator; target 5 days in B09 2026, not yet measured; "
        "no proposals affect it yet; no follow-up yet"),
    ),
    (
        IndicatorStanding(state=T.RETIRED, unit="hari", latest=value(actual=6)),
        ("Indikator tidak dipakai lagi; realisasi 6 hari pada B09 2026, nilai target belum ditetapkan; "
        "belum ada usulan terkait; belum ada tindak lanjut"),
        ("Indicator no longer in use; 6 days in B09 2026, target value not yet set; no proposals affect it yet; "
        "no follow-up yet"),
    ),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(CASES)))
def test_the_sentence_in_both_languages(app_of_words: Flask, number: int) -> None:
    standing, indonesian, english = CASES[number]
    for language, wanted in (("id", indonesian), ("en", english)):
        with speaking(app_of_words, language):
            assert status_sentence(standing) == wanted


def test_every_status_has_its_sentence() -> None:
    told = [standing for standing, *_ in CASES]

    assert {one.status for one in told if isinstance(one, MeetingStanding)} == set(M)
    assert {one.state for one in told if isinstance(one, IndicatorStanding)} == {
        T.CANDIDATE, T.DRAFT, T.ACTIVE, T.RETIRED,
    }  # fmt: skip


def test_pages_of_meetings_and_indicators_show_the_sentence(visit: Visitor) -> None:
    reader = visit.as_(READER)

    assert reader.get("/meetings/1").text_of("#status-sentence") == (
        "Diadakan pada 21 Okt 2020, dipimpin Razilu; 5 usulan, 5 belum diputuskan; belum ada keputusan; "
        "belum ada tindak lanjut; notula: draf"
    )
    said = reader.get("/targets/5").text_of("#status-sentence")
    assert said.startswith("Kandidat indikator; nilai belum ditetapkan; belum bisa diukur")
    assert said.endswith("1 usulan terkait, 0 terwujud; belum ada tindak lanjut")


def test_the_button_of_the_first_gap_opens_the_form_that_fills_it(visit: Visitor) -> None:
    secretariat = visit.as_(SECRETARIAT)
    found = {}

    for path in ("/meetings/1", "/proposals/1", "/targets/5", "/targets/9"):
        page = secretariat.get(path)
        assert len(page.soup.select(".chain li")) == 5
        found[path] = [str(gap["href"]) for gap in page.soup.select(".chain .is-gap a")]

    assert found == {
        "/meetings/1": ["/meetings/1/minutes"],
        "/proposals/1": ["/proposals/1/move/approved"],
        "/targets/5": ["/proposals/5/move/approved"],
        "/targets/9": ["/proposals/new"],
    }
    assert [secretariat.get(address).status for addresses in found.values() for address in addresses] == [200] * 4


@pytest.mark.parametrize("username", [REVIEWER, DECISION_MAKER])
def test_gaps_offer_only_forms_that_the_viewer_may_use(visit: Visitor, username: str) -> None:
    browser = visit.as_(username)

    for path in ("/meetings/1", "/proposals/1", "/actions/1", "/actions/2", "/targets/5"):
        for gap in browser.get(path).soup.select(".chain .is-gap a"):
            assert browser.get(str(gap["href"])).status == 200
