"""The story of the year: a forum for handling alleged violations, from its proposal to its evaluation."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tracker.actions.rules import ActionStatus
from tracker.meetings.rules import MeetingType, StatementKind
from tracker.proposals.rules import Effect, ProposalStatus

_FILE = Path(__file__).with_name("story.json")
S, A = ProposalStatus, ActionStatus

#: Names of meeting types in Indonesian and English.
TYPES = {
    MeetingType.LEADERSHIP: ("Rapat pimpinan", "Leadership meeting"),
    MeetingType.COORDINATION: ("Rapat koordinasi", "Coordination meeting"),
    MeetingType.MONITORING: ("Rapat pemantauan", "Monitoring meeting"),
    MeetingType.FOCUS_GROUP: ("Diskusi kelompok terpumpun", "Focus group discussion"),
}


@dataclass(frozen=True, kw_only=True)
class Words:
    id: str
    en: str


@dataclass(frozen=True, kw_only=True)
class Idea(Words):
    kind: str
    so_that_id: str
    so_that_en: str
    #: Its course: a key of `PATHS`.
    path: str
    #: Title of the idea it is merged into, if any.
    into: str | None = None

    @property
    def gist(self) -> Words:
        return Words(id=f"{self.id}, agar {self.so_that_id}.", en=f"{self.en}, so that {self.so_that_en}.")

    @property
    def said(self) -> Words:
        of = self.within
        return Words(
            id=f"Mengusulkan {of.id}, agar {self.so_that_id}.", en=f"Proposes: {of.en}, so that {self.so_that_en}."
        )

    @property
    def within(self) -> Words:
        """The title as used within a sentence."""
        return Words(id=self.id[0].lower() + self.id[1:], en=self.en[0].lower() + self.en[1:])


@dataclass(frozen=True, kw_only=True)
class Gathering(Words):
    type: MeetingType
    ideas: Sequence[Idea]
    is_restricted: bool = False

    @property
    def name(self) -> Words:
        called_id, called_en = TYPES[self.type]
        return Words(id=f"{called_id}: {self.id}", en=f"{called_en}: {self.en}")


@dataclass(frozen=True, kw_only=True)
class Remark(Words):
    kind: StatementKind


def _read() -> Any:
    return json.loads(_FILE.read_text())


@cache
def gatherings() -> Sequence[Gathering]:
    return [
        Gathering(
            id=row["id"], en=row["en"], type=MeetingType(row["type"]), is_restricted=row.get("is_restricted", False),
            ideas=[Idea(**idea) for idea in row["proposals"]],
        )
        for row in _read()["meetings"]
    ]  # fmt: skip


@cache
def remarks() -> Sequence[Remark]:
    return [Remark(kind=StatementKind(row["kind"]), id=row["id"], en=row["en"]) for row in _read()["words"]]


@cache
def tasks() -> dict[str, Sequence[Words]]:
    return {kind: [Words(**row) for row in rows] for kind, rows in _read()["tasks"].items()}


#: Steps of a proposal after submission.
PATHS: dict[str, tuple[ProposalStatus, ...]] = {
    "submitted": (), "discussed": (S.UNDER_DISCUSSION,), "deferred": (S.DEFERRED,), "rejected": (S.REJECTED,),
    "approved": (S.UNDER_DISCUSSION, S.APPROVED), "acted_on": (S.UNDER_DISCUSSION, S.IN_FOLLOW_UP),
    "carried_out": (S.APPROVED, S.IN_FOLLOW_UP), "realised": (S.APPROVED, S.IN_FOLLOW_UP, S.REALISED),
    "overtaken": (S.APPROVED, S.NOT_ACTIONABLE), "withdrawn": (S.UNDER_DISCUSSION, S.WITHDRAWN),
    "merged": (S.UNDER_DISCUSSION, S.MERGED),
}  # fmt: skip
#: Evidence for finished actions, by kind of proposal.
EVIDENCE = {
    "team": "Notula pertemuan dan daftar hadir", "rule": "Naskah yang sudah diparaf", "budget": "Rincian biaya yang disetujui",
    "service": "Berita acara pembukaan layanan", "training": "Daftar hadir dan laporan pelatihan",
    "data": "Berkas data dan berita acara pengujian",
}  # fmt: skip
#: Reasons for steps.
REASONS = {
    S.UNDER_DISCUSSION: ("Rumusannya perlu diperjelas bersama unit terkait", "Peserta meminta perhitungan biaya dan tenaga",
                         "Peserta meminta contoh penerapan sebelum diputuskan"),
    S.APPROVED: ("Sesuai dengan arah kerja forum bersama", "Manfaatnya jelas dan biayanya tersedia"),
    S.REJECTED: ("Sudah diatur dalam ketentuan yang berlaku", "Biayanya tidak sebanding dengan manfaat bagi pelapor"),
    S.DEFERRED: ("Menunggu kepastian pagu anggaran", "Menunggu hasil kajian kebutuhan tenaga"),
    S.IN_FOLLOW_UP: ("Unit penanggung jawab mulai melaksanakan",),
    S.REALISED: ("Seluruh tindak lanjut selesai dan hasilnya dipakai",),
    S.NOT_ACTIONABLE: ("Peraturan baru sudah mengatur hal yang sama",),
    S.MERGED: ("Pokoknya sama dengan usulan yang lebih dahulu dibahas",),
    S.WITHDRAWN: ("Pengusul menarik usulannya setelah mendengar masukan peserta",),
}  # fmt: skip
#: Wording of decisions in the minutes: Indonesian, English.
DECIDED = {
    S.APPROVED: ("Usulan “{}” disetujui.", "The proposal “{}” is approved."),
    S.REJECTED: ("Usulan “{}” tidak disetujui.", "The proposal “{}” is rejected."),
    S.DEFERRED: ("Usulan “{}” ditunda.", "The proposal “{}” is deferred."),
}
#: What happens to open actions when a proposal ends this way, and why.
LEFT = {
    S.NOT_ACTIONABLE: (A.NOT_ACTIONABLE, None),
    S.WITHDRAWN: (A.CANCELLED, "Usulannya ditarik"),
    S.MERGED: (A.CANCELLED, "Dilanjutkan dalam usulan yang menampungnya"),
}
BEGUN = ("Rancangan pertama sudah dibahas di unit", "Bahan dari tiga kantor wilayah sudah diterima",
         "Pertemuan persiapan sudah dilaksanakan", "Surat kepada instansi terkait sudah dikirim")  # fmt: skip
OBSTACLES = ("Jadwal instansi lain belum pasti", "Petugas yang menangani sedang bertugas di wilayah",
             "Data dari dua provinsi belum lengkap", None)  # fmt: skip
FINISHED = ("Pekerjaan selesai dan hasilnya sudah disampaikan", "Selesai sesuai dengan rencana")
LATER = (
    "Data dari kantor wilayah belum lengkap",
    "Menunggu jawaban instansi terkait",
    "Bersamaan dengan audit internal",
)
GIVEN_UP = "Sudah tercakup dalam pekerjaan unit lain"
#: Indexes of the indicators that proposals of a kind touch.
TOUCHES = {"team": (0,), "rule": (0, 1), "service": (3, 7, 0), "training": (4,), "data": (0, 5), "budget": (2, 6)}
#: Why a proposal touches a target, by effect.
WHY = {
    Effect.SUPPORTS: Words(id="Waktu tunggu antarinstansi menjadi lebih singkat.", en="Agencies wait less for each other."),
    Effect.ADDS_TARGET: Words(id="Hasilnya belum diukur oleh indikator yang ada.", en="No present indicator measures its result."),
    Effect.CHANGES_INDICATOR: Words(id="Cara menghitung pengaduan yang selesai ikut berubah.",
                                    en="The way of counting settled complaints changes with it."),
    Effect.CHANGES_VALUE: Words(id="Angka target perlu dinaikkan bila usulan ini dilaksanakan.",
                                en="The target has to be raised once this is carried out."),
    Effect.IMPROVES_MEASURABILITY: Words(id="Data tersedia setiap bulan, tidak lagi setahun sekali.",
                                         en="Data become available every month instead of once a year."),
    Effect.HINDERS: Words(id="Penelaahan membutuhkan waktu lebih lama pada masa peralihan.",
                          en="Assessments take longer during the transition."),
}  # fmt: skip
#: Realised effect, by whether it hinders the target.
REALISED_EFFECTS = {False: "Pengaduan lebih cepat dijawab sejak usulan ini dijalankan",
                    True: "Penelaahan lebih lambat selama masa peralihan"}  # fmt: skip
