"""How Indonesian names are written: forms of address, titles, degrees and common abbreviations.

Sources: the degree registers of the higher-education ministry (PDDikti), TNI and Polri ranks, attendance lists. Keys
are lower case without dots, hyphens and spaces: «k.h.» and «KH» are «kh».
"""

import re
import unicodedata
from functools import lru_cache
from itertools import filterfalse


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: Forms of address. They are not part of the name.
COURTESIES = _set("""
    bapak bpk bp pak ibu bu sdr sdri sdra saudara saudari yth yang terhormat kepada tuan tn nyonya ny nona nn mr mrs ms
    miss almarhum almarhumah alm almh
""")
#: Forms of address that are also given names: «Mas Budi» is Budi, but «Mas Achmad Santosa» is a full name.
FAMILIAR = _set("habib mas mbak mba kak kakak bang abang kang uda uni om tante bli mbok gus ning cak")
#: Ranks of TNI and Polri.
RANKS = _set("""
    jend jenderal letjen letjend mayjen mayjend brigjen brigjend kolonel kol letkol mayor may kapten kapt lettu letda
    peltu pelda serma serka sertu serda kopka koptu kopda praka pratu prada
    komjen irjen kombes kombespol akbp kompol akp iptu ipda aiptu aipda bripka brigpol brigadir briptu bripda
    laksamana laksdya laksda laksma marsekal marsdya marsda marsma
""")
#: What may follow a rank: «Brigjen Pol.», «Kolonel Inf (Purn.)».
AFTER_RANKS = _set("""
    pol tni purn ret ad al au inf art arm arh kav czi cba caj chk cke ckm cpl cpm cpn cku mar t p e k s lek tek kes sus
    nav pom pnb kal adm laut marinir
""")
ALWAYS_AFTER_RANKS = _set("pol tni purn laut marinir inf kav arh czi cba caj chk cke ckm cpl cpm cku")
#: Titles before the name: academic, religious, noble, and ranks.
TITLES = RANKS | _set("""
    prof professor profesor dr drg drh drs dra ir ns apt ar
    h hj kh haji hajjah kyai kiai kiyai ust ustad ustadz ustaz ustadzah pdt pendeta pastor rp mgr ev
    rr raden roro rd rm ra rng rngt krt krat krmt krmh krh kph kpa kgph gph gbph gkr bray
    tgk teungku tgkh hi capt bdn cand
""")
#: Titles of several words: «Raden Ajeng Kartika», but Ajeng alone is a name.
TITLES_OF_WORDS = frozenset(
    (rank, *words.split())
    for rank, others in {
        "raden": ("ajeng", "ayu", "mas", "roro", "rara", "nganten", "ngabehi", "tumenggung"),
        "kanjeng": ("raden tumenggung", "raden ayu", "pangeran haryo", "mas tumenggung"),
        "gusti": ("kanjeng ratu", "raden ajeng", "raden mas"),
        "bendara": ("raden ayu", "raden mas"),
        "tuan": ("guru", "guru haji"),
    }.items()
    for words in others
)
#: In brackets behind a title or a degree: «Dr (c).», «Prof. (Em.)», «M.Si (Han)», «B.Eng (Hons)», «Sp.OG (K)».
MARKS = _set("c cand candidate kandidat hc em emeritus purn han hons hon adv k kons res")
#: Titles that are also names or initials: these count only with a dot, «H» and «RR» only in capitals.
TITLES_WITH_DOT = _set("ar ns apt ra rm rp rd may kol ev hi capt bdn cand")
TITLES_IN_CAPITALS = _set("h rr")

#: Degrees and certificates without dots. Dotted ones are recognised by their shape.
DEGREES = _set("""
    sh se st ss sp sip skm skh skg sap sab san sst stp shi sei spd spt spi sag ssi skom ssos spsi shum sked skep sfarm
    sgz ssn stt sak sm smn sik sikom shut sth sfil spdi sesy sthi sud sds sars sor stekn sstp shint sadm sbns ssy sek
    mh mm mt me ma mp ms msi mhum mkn mkom mpd map mab mip mikom mkm mph mba mpa mpp msc meng med mti mis mmt mse mak
    makt mpdi mag mhi mkes mkep mev mec mda mcl llm llb phd dea dess dba mpia mpm mmsi mars msm mth mdiv mfin macc mkp
    mfarm mps mft mbl mbit mhsm mtcp mcis mpsi msn mds msos mstat mhan mtr mcom mhp mur mpsdm mapp mppm mhrm mif mtp mes
    mesy mling msak mpar mlitt mphil bsc ba be bba bcom bacc beng bed bs jd md dsc edd psyd dvm dphil lc
    spog sppd spa spb sprad sppk spkj spot amd ama apt ners psikolog
    ak akt ca cpa cma cia cfe cfa cfra crmo crmp crma cgap cgre cgae cgcae qia qrmp qrma qgia cisa cism cissp ccsa chrp
    chrm chrmp csrs cpma cphr cla cil ctl cpcle bkp acpa aca acca fca fcpa pmp cdmp cpsak csep ermcp ermap cerg aaaij
    aaij fsai asai ipm ipu finasim fics fiha aifo aifm cwm cbv cli ceh chfi cmed cplc cra cfp qwp rfc aepp cpsp cgrcp
    grcp grca cctp
    acpe aseaneng bdn sj ofm ofmcap ocarm svd scj msf cicm cssr pr
""")
#: Degrees of two words: «ASEAN Eng.».
DEGREES_OF_TWO_WORDS = _set("aseaneng")
#: Degrees that are also names or words; they count only after a comma.
_UNSURE = _set("""
    ma me ms mp be ba bs ss sp spa spi md ca cia cla cil mars mis mes mur ama map sek sik aca fca asai san sds
    bdn sj ofm ofmcap ocarm svd scj msf cicm cssr pr
""")
_DOTTED = re.compile(
    r"[A-Za-z]{1,6}(?:\.[A-Za-z]{1,12}(?:-[A-Z]{1,6})?(?:\([A-Z]\)(?:-?[A-Z][A-Za-z]{1,5})?)?)+\.?(?:\([A-Z][a-z]{2,4}\))?"
)
#: «MSi», «SIKom», «SpOG»: a capital, then another capital before lower-case letters.
_MIXED = re.compile(r"(?:[SMDB]|Sp|Ph)(?:[A-Z][a-z]{0,5}){1,3}(?:\([A-Z]\))?")
_FIRST_PARTS = _set("""
    s m a b d e g l c q f sp ph ll llm ed psy th dr st sst amd psi pg ing lic dipl subsp mt ma mb se sh tr med
""")
_NO_DEGREES = _set("cv di dki ri ui pt an up")

#: Common abbreviations of given names.
SHORT_FORMS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("m", "md", "mhd", "muh", "muhd", "moh", "mohd", "much", "moch", "mhmd"), ("muhammad",)),
    **dict.fromkeys(("abd", "abdl", "ab"), ("abdul",)),
    **dict.fromkeys(("ach", "achm", "ahm"), ("ahmad",)),
    "st": ("siti",), "stt": ("siti",), "tb": ("tubagus",), "tgk": ("teungku",), "t": ("teuku",), "tk": ("teuku",),
    "ib": ("ida", "bagus"), "ia": ("ida", "ayu"), "ign": ("ignatius",), "fx": ("fransiskus", "xaverius"),
    "yoh": ("yohanes",), "gst": ("gusti",), "ngr": ("ngurah",), "kt": ("ketut",), "wy": ("wayan",), "nym": ("nyoman",),
    "pt": ("putu",), "gd": ("gede",), "gde": ("gede",), "cok": ("cokorda",), "dw": ("dewa",), "aa": ("anak", "agung"),
    "bgs": ("bagus",), "sy": ("syarif",),
}  # fmt: skip
#: Variant spellings of the same name.
SPELLINGS: dict[str, str] = {
    **dict.fromkeys(
        ("mohammad", "mohamad", "mohammed", "mohamed", "muhamad", "mochammad", "mochamad", "muchammad", "muchamad",
         "muhammed", "mahmad", "mukhammad"),
        "muhammad",
    ),
    **dict.fromkeys(("achmad", "akhmad", "ahmed", "ahmat", "achmat"), "ahmad"),
    **dict.fromkeys(("sitti", "sity"), "siti"),
    **dict.fromkeys(("abdoel", "abdel"), "abdul"),
    "tengku": "teungku", "jusuf": "yusuf", "jahja": "yahya", "jani": "yani", "johanes": "yohanes", "joesoef": "yusuf",
}  # fmt: skip
#: Spelling before 1972 and other variants that sound alike, each with its replacement. The order matters.
_SOUNDS = tuple(
    (re.compile(old), new)
    for old, new in (
        ("oe", "u"), ("dj", "j"), ("tj", "c"), ("nj", "ny"), ("sj", "sy"), ("ch", "kh"), ("(?<=[bfghklmprvz])j", "y"),
        ("dh", "d"), ("th", "t"), ("q", "k"), ("v", "f"), ("ph", "f"), ("z", "s"), ("x", "ks"), ("ie|iy|ij", "i"),
        ("y(?![aiueo])", "i"), ("khm", "hm"), ("kh", "h"), (r"abdul(?=\w)", "abdu"), (r"(\w)\1", r"\1"),
    )
)  # fmt: skip

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘‛ʼʻʾʿ`´′＇ʹˈ\u02bb\u2032"))
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202c"))
#: Letters that Unicode does not decompose into a base letter and an accent.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
_WORD = re.compile(r"[^\W_]+")
#: Longer texts are not cached.
LONGEST_KEPT = 60


def folded(text: str) -> str:
    """Normalise for comparison: no accents, case, apostrophes, hyphens or repeated spaces."""
    return _folded_before(text) if len(text) <= LONGEST_KEPT else _folded(text)


def _folded(text: str) -> str:
    plain = text.translate(_APOSTROPHES).casefold()
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain.translate(INVISIBLE)).casefold()
        plain = "".join(filterfalse(unicodedata.combining, apart)).translate(_LETTERS)
    return " ".join(_WORD.findall(plain))


_folded_before = lru_cache(maxsize=16384)(_folded)


def key(text: str) -> str:
    """Normalise a title or degree to the form used in the lists of this module."""
    return folded(text).replace(" ", "")


@lru_cache(maxsize=32768)
def respelled(word: str) -> str:
    """Phonetic form of a folded word: Soekarno becomes Sukarno, Rizky Riski, Mochamad Muhammad."""
    word = SPELLINGS.get(word, word)
    for old, new in _SOUNDS:
        word = old.sub(new, word)
    return word


def is_degree(text: str, *, after_comma: bool) -> bool:
    """Whether the text is a degree or certificate. Without a preceding comma only unambiguous ones count."""
    letters, is_mixed = key(text), _MIXED.fullmatch(text) is not None and not text.isupper()
    if is_mixed or (letters in DEGREES and (after_comma or letters not in _UNSURE)):
        return after_comma or is_mixed or "." in text or text.isupper()
    if not _DOTTED.fullmatch(text) or letters in _NO_DEGREES:
        return False
    first, *others = text.rstrip(".").casefold().split(".")
    return first in _FIRST_PARTS and (after_comma or len(others) > 1 or text.startswith("Sp."))


def is_mark(text: str) -> bool:
    return text.startswith("(") and text.rstrip(".,").endswith(")") and key(text) in MARKS
