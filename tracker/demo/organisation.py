"""Organisation of the demo: units and posts of 2020 (Permenkumham 29/2015), and invented people."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class DemoUnit:
    key: str
    name_id: str
    name_en: str
    short: str
    echelon: str
    parent: str | None = None
    posts: tuple[tuple[str, str, str], ...] = field(default=())


UNITS = (
    DemoUnit("MENTERI", "Kementerian Hukum dan Hak Asasi Manusia", "Ministry of Law and Human Rights", "Kemenkumham", "",
             posts=(
                 ("Staf Ahli Menteri Hukum dan HAM Bidang Ekonomi", "Expert Staff to the Minister for Economic Affairs", "Staf Ahli Bidang Ekonomi"),
                 ("Staf Ahli Menteri Hukum dan HAM Bidang Sosial", "Expert Staff to the Minister for Social Affairs", "Staf Ahli Bidang Sosial"),
                 ("Staf Khusus Menteri Bidang Hubungan Luar Negeri", "Special Staff to the Minister for Foreign Relations", "Staf Khusus Bidang Hubungan Luar Negeri"),
             )),
    DemoUnit("DITJEN_HAM", "Direktorat Jenderal Hak Asasi Manusia", "Directorate General of Human Rights", "Ditjen HAM", "I", "MENTERI",
             (("Direktur Jenderal HAM", "Director General of Human Rights", "Dirjen HAM"),)),
    DemoUnit("SETDITJEN", "Sekretariat Direktorat Jenderal HAM", "Secretariat of the Directorate General", "Setditjen HAM", "II", "DITJEN_HAM",
             (("Sekretaris Direktorat Jenderal HAM", "Secretary of the Directorate General of Human Rights", "Sesditjen HAM"),
              ("Kabag PPL", "Head of Division PPL", "Kabag PPL"))),
    DemoUnit("YANKOMAS", "Direktorat Pelayanan Komunikasi Masyarakat", "Directorate of Public Communication Services", "Yankomas", "II", "DITJEN_HAM",
             (("Direktur Pelayanan Komunikasi Masyarakat", "Director of Public Communication Services", "Dir. Yankomas"),)),
    DemoUnit("KERJA_SAMA", "Direktorat Kerja Sama HAM", "Directorate of Human Rights Cooperation", "Dit. Kerja Sama HAM", "II", "DITJEN_HAM",
             (("Direktur Kerja Sama HAM", "Director of Human Rights Cooperation", "Dir. Kerja Sama"),)),
    DemoUnit("KDN_1", "Subdirektorat Kerja Sama Dalam Negeri Wilayah I", "Subdirectorate of Domestic Cooperation, Region I", "Subdit KDN Wilayah I", "III", "KERJA_SAMA",
             (("Kepala Subdirektorat Kerja Sama Dalam Negeri Wilayah I", "Head of the Subdirectorate of Domestic Cooperation, Region I", "Kasubdit KDN Wilayah I"),)),
    DemoUnit("KDN_2", "Subdirektorat Kerja Sama Dalam Negeri Wilayah II", "Subdirectorate of Domestic Cooperation, Region II", "Subdit KDN Wilayah II", "III", "KERJA_SAMA",
             (("Kepala Subdirektorat Kerja Sama Dalam Negeri Wilayah II", "Head of the Subdirectorate of Domestic Cooperation, Region II", "Kasubdit KDN Wilayah II"),)),
    DemoUnit("DISEMINASI", "Direktorat Diseminasi dan Penguatan HAM", "Directorate of Human Rights Dissemination and Strengthening", "Dit. Diseminasi", "II", "DITJEN_HAM",
             (("Direktur Diseminasi dan Penguatan HAM", "Director of Human Rights Dissemination and Strengthening", "Dir. Diseminasi"),)),
    DemoUnit("INSTRUMEN", "Direktorat Instrumen HAM", "Directorate of Human Rights Instruments", "Dit. Instrumen HAM", "II", "DITJEN_HAM",
             (("Direktur Instrumen HAM", "Director of Human Rights Instruments", "Dir. Instrumen"),)),
    DemoUnit("KELOMPOK_RENTAN", "Subdirektorat Instrumen Hak Kelompok Rentan", "Subdirectorate of Instruments on the Rights of Vulnerable Groups", "Subdit Kelompok Rentan", "III", "INSTRUMEN",
             (("Kepala Subdirektorat Instrumen Hak Kelompok Rentan", "Head of the Subdirectorate of Instruments on the Rights of Vulnerable Groups", "Kasubdit Instrumen HAM Kelompok Rentan"),)),
    DemoUnit("INFORMASI", "Direktorat Informasi HAM", "Directorate of Human Rights Information", "Dit. Informasi HAM", "II", "DITJEN_HAM",
             (("Direktur Informasi HAM", "Director of Human Rights Information", "Dir. Informasi"),)),
)  # fmt: skip

#: Posts as named in the press release, with the short title of the post.
POSTS_AS_WRITTEN = {"Sekretaris Direktorat Jenderal HAM": "Sesditjen HAM", "Direktur Kerja Sama HAM": "Dir. Kerja Sama"}

#: Invented people, with the short title of the post each holds.
FICTIONAL = (
    ("Sekar Wulandari", "Sesditjen HAM"),
    ("Bagus Prasetyo", "Kabag PPL"),
    ("Ratna Dewanti", "Dir. Yankomas"),
    ("Yohanes Tarigan", "Dir. Kerja Sama"),
    ("Nurhayati", "Kasubdit KDN Wilayah I"),
    ("Made Suardana", "Kasubdit KDN Wilayah II"),
    ("Farida Lestari", "Dir. Diseminasi"),
    ("Andreas Wanggai", "Dir. Instrumen"),
    ("Suharti", "Kasubdit Instrumen HAM Kelompok Rentan"),
    ("Dimas Anggoro", "Dir. Informasi"),
    ("Teuku Rahman", "Dirjen HAM"),
    ("Laksmi Paramita", "Staf Ahli Bidang Sosial"),
)
