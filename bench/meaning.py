"""How often “possibly related” and “proposed before?” are right: `make meaning`, where the extra is installed."""

import csv
import hashlib
import itertools
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from flask_migrate import upgrade

from bench import proposed_before
from tracker import create_app
from tracker.core import clock
from tracker.core.actor import SYSTEM, acting
from tracker.core.db import db
from tracker.core.embedding import current_embedding
from tracker.core.settings import Settings
from tracker.core.transactions import commit
from tracker.proposals.commands import ProposalDraft, propose
from tracker.proposals.models import Proposal
from tracker.search import commands, queries

PAIRS = Path(__file__).parents[1] / "tests" / "search" / "meaning.csv"
FIRST_DAY = date(2020, 1, 6)
#: Bars: recall of the first three among so many proposals, and precision of the first tier.
BARS = {100: 0.90, 2000: 0.75}
PRECISION = 0.85
DEEDS = (
    "Pengadaan", "Evaluasi", "Penyusunan pedoman", "Pelatihan petugas", "Penambahan anggaran", "Penyempurnaan sistem",
    "Survei kepuasan atas", "Sosialisasi", "Penataan", "Percepatan", "Pengawasan", "Pembentukan tim",
)  # fmt: skip
MATTERS = (
    "layanan paspor", "pendaftaran merek", "kepailitan", "kurator", "notaris", "visa kunjungan",
    "perpustakaan keliling", "lomba pidato", "seragam upacara", "buku tamu", "papan nama", "pendingin udara",
    "lift barang", "pos satpam", "jaringan telepon", "mesin fotokopi", "perjalanan dinas", "rapat koordinasi daerah",
    "majalah dinding", "senam pagi", "koperasi", "dana pensiun", "rumah dinas", "ruang tamu pimpinan", "tata naskah",
    "penomoran surat", "legalisasi dokumen", "pengundangan peraturan", "harmonisasi rancangan", "kunjungan kerja",
    "pameran tahunan", "hari jadi kementerian", "peta jabatan", "analisis beban kerja", "uji kompetensi",
    "sasaran kinerja", "zona integritas", "survei harga", "gudang logistik", "taman baca", "ambulans",
    "lapangan tenis", "aula", "pengeras suara", "rekaman sidang", "siaran radio", "buletin hukum",
    "kerja sama ASEAN", "ekstradisi", "kewarganegaraan ganda",
)  # fmt: skip
PLACES = (
    "di kantor pusat", "di kantor wilayah", "di Jawa Barat", "di Sulawesi Selatan", "di Kalimantan Timur", "di Maluku",
    "tahun anggaran 2027", "bersama pemerintah daerah",
)  # fmt: skip
REASONS = (
    "{matter} {place} belum memadai dan sering dikeluhkan.",
    "Selama ini {matter} {place} berjalan tanpa arahan yang jelas.",
    "Pihak terkait {place} meminta kepastian mengenai {matter}.",
    "Dengan demikian {matter} {place} menjadi lebih tertib.",
)


@dataclass(frozen=True)
class Pair:
    title: str
    gist: str
    spoken: str
    english: str

    @property
    def is_held_out(self) -> bool:
        """Whether it belongs to the part that nothing is tuned to."""
        return digest(self.title)[0] % 2 == 1


def digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def pairs() -> list[Pair]:
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return [Pair(**row) for row in csv.DictReader(file)]


def other_proposals(count: int) -> list[tuple[str, str]]:
    """Title and summary of proposals about other matters, put together from parts."""
    parts = sorted(itertools.product(DEEDS, MATTERS, PLACES), key=lambda part: digest(" ".join(part)))
    return [
        (f"{deed} {matter} {place}", REASONS[at % len(REASONS)].format(matter=matter, place=place))
        for at, (deed, matter, place) in enumerate(parts[:count])
    ]


@contextmanager
def empty_register() -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/set.sqlite"
        app = create_app(Settings(database_url=url, secret_key="k" * 40, instance=Path(folder)))  # a throwaway key
        with app.app_context(), acting(SYSTEM):
            upgrade()
            yield
            db.session.remove()
            db.engine.dispose()


def store(proposals: Sequence[tuple[str, str]]) -> None:
    for number, (title, gist) in enumerate(proposals):
        propose(ProposalDraft(title_id=title, gist_id=gist, source_note="Set uji",
                              raised_on=FIRST_DAY + timedelta(days=number)), by=SYSTEM, at=clock.now())  # fmt: skip
    commit()
    embedding = current_embedding()
    if embedding is None:
        raise SystemExit("Install requirements-meaning.txt, for example: make meaning")
    while commands.renew_meanings(embedding):
        commit()


def is_found(title: str, found: Sequence[Proposal]) -> bool:
    return title in [proposal.title_id for proposal in found]


def measure(asked: Sequence[Pair], size: int) -> list[str]:
    """Print the recall of the second tier for each kind of question; returns the failures."""
    failures, found_of_all = [], 0
    for kind in ("spoken", "english"):
        missed = [pair for pair in asked if not is_found(pair.title, queries.related(getattr(pair, kind)))]
        found_of_all += len(asked) - len(missed)
        sys.stdout.write(f"  {kind}: {1 - len(missed) / len(asked):.2f}\n")
        failures += [f"{size}, not found: {getattr(pair, kind)}\n    expected: {pair.title}" for pair in missed]
    recall = found_of_all / (2 * len(asked))
    sys.stdout.write(f"  both: {recall:.2f} (bar {BARS[size]:.2f}, {'met' if recall >= BARS[size] else 'missed'})\n")
    return failures


def first_tier(asked: Sequence[Pair]) -> tuple[int, int]:
    """Number of proposals shown, and of those that are right, for the questions of this set."""
    shown = right = 0
    for pair in asked:
        for question in (pair.spoken, pair.english):
            found = queries.proposed_before(question)
            shown += len(found)
            right += is_found(pair.title, found)
    return shown, right


def main() -> None:
    """`--held-out` asks the part that nothing is tuned to; otherwise the other part."""
    is_held_out = "--held-out" in sys.argv
    everything = pairs()
    asked = [pair for pair in everything if pair.is_held_out is is_held_out]
    with empty_register():
        results = list(proposed_before.run_queries())
        precision, recall = proposed_before.figures(results)
    sys.stdout.write(f"first tier, its own set: precision {precision:.2f} (bar {PRECISION:.2f}), recall {recall:.2f}\n")
    failures = []
    with empty_register():
        for size in BARS:
            old = len(everything) if size > len(everything) else 0
            proposals = [(pair.title, pair.gist) for pair in everything] if not old else other_proposals(size - old)
            store(proposals)
            sys.stdout.write(f"second tier, first three among {size}, {2 * len(asked)} questions:\n")
            start = time.process_time()
            failures += measure(asked, size)
            each = (time.process_time() - start) / len(asked) / 2
            shown, right = first_tier(asked)
            sys.stdout.write(f"  {each * 1000:.0f} ms of processor a question\n")
            sys.stdout.write(f"  first tier, asked the same: {right} of {shown} shown are right\n")
    sys.stdout.write("".join(f"{failure}\n" for failure in failures))


if __name__ == "__main__":
    main()
