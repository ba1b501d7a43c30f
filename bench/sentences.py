"""Indonesian sentences like those in minutes, from a few templates and many words; the same for the same seed."""

from random import Random

#: A word in almost every text, and one in about every 7,000th.
COMMON, RARE, RARE_EVERY = "pelaksanaan", "kumbang", 7001

TOPICS = (
    "pelayanan komunikasi masyarakat", "penanganan pengaduan pelanggaran HAM", "kabupaten dan kota peduli HAM",
    "rencana aksi nasional HAM", "pelayanan publik berbasis HAM", "penguatan kapasitas aparatur", "bisnis dan HAM",
    "pemajuan hak penyandang disabilitas", "perlindungan hak anak", "kesetaraan gender",
    "harmonisasi rancangan peraturan",
    "diseminasi nilai-nilai HAM", "pos pelayanan pengaduan", "pengelolaan arsip dinamis", "penyerapan anggaran",
    "penyusunan perjanjian kinerja", "indeks kepuasan masyarakat", "reformasi birokrasi", "zona integritas",
    "kerja sama dengan perguruan tinggi", "pengadaan barang dan jasa", "sistem informasi kinerja",
    "pelatihan jarak jauh",
    "pemutakhiran data pegawai", "tindak lanjut temuan pemeriksaan", "kunjungan ke lembaga pemasyarakatan",
    "laporan berkala kepada komite PBB", "pendampingan pemerintah daerah", "kampanye media sosial", "evaluasi jabatan",
    "penataan ruang kerja", "pengukuran indeks pembangunan hukum", "penyuluhan di sekolah", "peta jalan digitalisasi",
    "standar operasional prosedur", "pengawasan internal", "layanan konsultasi daring", "perpustakaan hukum",
)  # fmt: skip
PLACES = (
    "Jakarta", "Bandung", "Semarang", "Yogyakarta", "Surabaya", "Denpasar", "Mataram", "Kupang", "Makassar", "Manado",
    "Ambon", "Jayapura", "Banjarmasin", "Pontianak", "Medan", "Padang", "Pekanbaru", "Palembang", "Bengkulu", "Serang",
)  # fmt: skip
VERBS = (
    "menyiapkan", "menyusun", "menyampaikan", "menindaklanjuti", "memperbaiki", "mengusulkan", "mempercepat",
    "melaporkan",
    "mengoordinasikan", "memutakhirkan", "menetapkan", "membahas", "meninjau", "menghimpun", "memverifikasi",
    "mendorong",
)  # fmt: skip
OBJECTS = (
    "bahan paparan", "rancangan keputusan", "daftar isian", "laporan bulanan", "pedoman teknis", "jadwal kegiatan",
    "usulan indikator", "kerangka acuan", "nota dinas", "naskah kerja sama", "data capaian", "matriks tindak lanjut",
    "hasil survei", "rencana anggaran", "modul pelatihan", "surat edaran", "peta risiko", "laporan keuangan",
)  # fmt: skip
REASONS = (
    "agar target tahun berjalan tercapai", "karena capaian triwulan lalu di bawah rencana", "sesuai arahan pimpinan",
    "sebelum masa sidang dimulai", "dengan memperhatikan ketersediaan anggaran", "bersama unit kerja terkait",
    "supaya masyarakat lebih mudah dilayani", "berdasarkan hasil pemantauan di daerah", "tanpa menunggu akhir semester",
    "dengan melibatkan kantor wilayah", "sebagaimana disepakati pada rapat sebelumnya", "paling lambat akhir bulan",
)  # fmt: skip
TEMPLATES = (
    "{verb} {thing} untuk {common} {topic} di {place} {reason}",
    "{common} {topic} perlu {verb} {thing} {reason}",
    "Peserta dari {place} {verb} {thing} tentang {topic}; {common} dimulai {reason}",
    "{topic} menjadi perhatian utama, sehingga {common} {thing} di {place} dipercepat {reason}",
    "Disepakati bahwa {thing} mengenai {topic} {verb} ulang {common} kegiatan {reason}",
    "Kendala {common} {topic} di {place} adalah belum lengkapnya {thing}",
)
GIVEN = ("Adi", "Bagus", "Citra", "Dewi", "Eka", "Fajar", "Gita", "Hadi", "Indra", "Joko", "Kartika", "Lestari", "Made",
         "Nur", "Oki", "Putri", "Rahmat", "Sari", "Tri", "Utami", "Wahyu", "Yanti", "Zainal", "Ni Luh")  # fmt: skip
FAMILY = ("Pratama", "Wibowo", "Siregar", "Nasution", "Hutapea", "Rumengan", "Latuconsina", "Mandagi", "Santoso",
          "Hidayat",
          "Simanjuntak", "Wenda", "Ginting", "Suryadi", "Kusuma", "Rahayu", "Tanjung", "Maulana",
          "Saragih")  # fmt: skip


class Writer:
    """Generates sentences."""

    def __init__(self, random: Random) -> None:
        """The same random state gives the same sentences."""
        self._random = random
        self._written = 0

    def sentence(self) -> str:
        """A sentence, occasionally with the rare word."""
        self._written += 1
        pick = self._random.choice
        words = {"verb": VERBS, "thing": OBJECTS, "topic": TOPICS, "place": PLACES, "reason": REASONS}
        sentence = pick(TEMPLATES).format(common=COMMON, **{name: pick(some) for name, some in words.items()})
        rare = f", termasuk budi daya {RARE}" if self._written % RARE_EVERY == 0 else ""
        return f"{sentence[0].upper()}{sentence[1:]}{rare}."

    def title(self) -> str:
        pick = self._random.choice
        return f"{pick(VERBS).capitalize()} {pick(OBJECTS)} {pick(TOPICS)}"

    def name(self) -> str:
        pick = self._random.choice
        return f"{pick(GIVEN)} {pick(GIVEN)} {pick(FAMILY)}"
