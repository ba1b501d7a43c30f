"""Whatever is typed, both databases give the same rows in the same order, and neither ever errs."""

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import pairwise

import pytest
from flask import Flask

from tests.databases import Databases, close, settings_for
from tests.depth import one_in
from tracker import create_app
from tracker.core import clock
from tracker.core.actor import Actor, Classification, acting
from tracker.search import queries
from tracker.search.rules import SearchFilter

READER = Actor(account_id=None, name="Pembaca", clearance=Classification.ORDINARY)
WORDS = [
    "usulan", "diusulkan", "mengusulkan", "pelanggaran", "melanggar", "forum", "nasional", "menteri",
    "penanganan", "dugaan", "HAM", "kabupaten", "kota", "peduli", "penghilangan", "paksa", "konvensi",
    "ratifikasi", "pengaduan", "yankomas", "rapat", "notulen", "risalah", "notula", "target", "kinerja",
    "anggaran", "pelatihan", "kementerian", "lembaga", "wilayah", "kanwil", "Papua", "anak", "perempuan",
    "disabilitas", "laporan", "indikator", "capaian", "rencana", "aksi", "proposal", "meeting", "human", "rights",
    "violations", "national", "minister", "draft", "performance", "targets", "complaint", "training", "follow",
    "report", "Razilu", "RR.", "Risma", "Indriyani", "sekretaris", "direktur", "jenderal", "unit", "bagian",
    "instrumen", "HAM", "kerja", "sama", "evaluasi", "diseminasi",
]  # fmt: skip
PHRASES = [
    "anak-anak", "undang-undang", "Pasal 28G ayat (1)", "No. 12/2026", "kelompok kerja nasional",
    "hak asasi manusia", "“forum nasional”", '"forum nasional"', "'forum nasional'", "forum AND nasional",
    "forum OR nasional", "NOT forum", "forum NEAR nasional", "NEAR(forum nasional, 5)", "forum*", "*", "^forum",
    "stems:forum", "stems : forum", "-forum", "forum -nasional", "(forum", "forum)", "((((", "forum & nasional",
    "forum | nasional", "!forum", "forum <-> nasional", "forum:*", "'", '"', "''", '""', "\\", "\\'", "%", "_",
    "_open", "_2020", "; DROP TABLE search_entry", "--", "/*", "{forum}", "forum + nasional", "😀",
    "forum 😀 nasional", "\x00", "forum\x00nasional", "\ud800", "forum \udfff", "\ufffe", "n\u0303", "é",
    "İstanbul", "ß", "ﬁ", "日本語", "мир", "\u200b", "\u202eforum", "x" * 10_000, "forum " * 2_000,
    "a b c d e f g h i j k l m n", "U-2020-001", "u-2020", "R-2020-001 forum", "TL-2026", "2020", "1", "0",
    "28G", "yang", "the", "dan atau", "", " ", "\t\n", "ratifikasi konvensi", "penghilangan orang secara paksa",
    "kabupaten/kota peduli HAM", "KKPHAM", "pokja nasional", "forun nasinal", "pelangaran", "ussulan",
    "tindak lanjut", "menindaklanjuti", "tanggung jawab", "pertanggungjawaban", "salah guna", "tata usaha",
    "terlambat rapim", "usulan 2025 ditolak", "usulan 2026 disetujui forum", "overdue action", "2020", "rapat 2026",
    "menunggu verifikasi", "usulan -forum", '"rapat pimpinan" -2026', '-"forum nasional"', '"yang dan"', '"forum',
    "target kinerja 2021", "ditunda", "tindak lanjut selesai rakor", "open actions 2026", "‑forum nasional −ham",
    "national forum", "human rights", "enforced disappearance", "forum nasional razilu",
]  # fmt: skip
QUESTIONS = [
    *PHRASES, *WORDS, *(f"{one} {other}" for one, other in pairwise(WORDS)),
    *(word[:4] for word in WORDS),
]  # fmt: skip


@pytest.fixture(scope="module")
def apps(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Flask]]:
    with ExitStack() as stack:
        urls = [stack.enter_context(databases.copy(kind, "demo")) for kind in ("sqlite", "postgresql")]
        made = [create_app(settings_for(url, tmp_path_factory.mktemp("parity"))) for url in urls]
        yield made
        for app in made:
            close(app)


def answers(app: Flask, questions: list[str]) -> dict[str, object]:
    given: dict[str, object] = {}
    with app.app_context(), acting(READER):
        for question in questions:
            found = queries.search(SearchFilter(q=question), clock.today())
            rows = [(hit.kind.value, hit.row.id) for hit in found.hits]
            alike = [proposal.id for proposal in queries.proposed_before(question)]
            given[question] = (rows, found.count, found.is_loose, found.did_you_mean, alike, queries.by_code(question))
    return given


@pytest.mark.timeout(300)
@one_in(40)
def test_both_databases_answer_alike(apps: list[Flask], step: int) -> None:
    assert len(set(QUESTIONS)) >= 200

    one, other = (answers(app, QUESTIONS[::step]) for app in apps)

    assert {question: (one[question], other[question]) for question in one if one[question] != other[question]} == {}
    assert sum(bool(given[0]) for given in one.values()) * step > 100
