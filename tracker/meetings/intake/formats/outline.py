"""How lines of written minutes look: bullets, labels, rules, signatures, in Indonesian and English. Pure."""

import re

#: Nouns by their form: «Permasalahan», «Pembahasan», «Implementation».
_NOUN = re.compile(
    r"(?:pe[mnr]|peng|penye|ke|per|pe)\w{3,}an|\w{4,}(?:tion|sion|ness|ship|isasi|itas|nya)", re.IGNORECASE
)

_SIGNS = r"•·▪▫■□◦‣⁃○●►▶➢➤❖✦→⇒◆◇★☆✓✔☐☑☒✅❌🗹①-⑳\ue000-\uf8ff"
BULLET = re.compile(
    rf"\s*(?:(?:[{_SIGNS}]\ufe0f?\s*|[=-]>\s*|>>\s+|[-–—*+o]\s+|-(?=[A-Za-z])|\[[ xXvV✓✔-]\]\s*|"
    r"\(?\d{1,3}(?:\.\d{1,3}){0,3}[.):]\s+|"
    r"\(\d{1,3}\)\s*|\d{1,2}(?:\.\d{1,2}){1,3}\s+(?=[A-Z])|\(?(?:[a-z]|[ivxl]{1,5}|[IVXL]{2,5})[.)]\s+|"
    r"[A-Z]{1,3}[-.]?\d{1,3}[:)]\s+|\d{1,3}[.)](?=[^\d\s]))){1,3}"
)
MARKDOWN_HEADING = re.compile(r"\s*#{1,6}\s+")
#: «A. Pembukaan», «I. Pendahuluan» before a heading; before other words it may be an initial.
LETTER = re.compile(r"[A-Z][.)]\s+")
#: Pictures before headings: «📌 Keputusan».
PICTURE = re.compile(r"[\s\u2190-\u21ff\u2300-\u23ff\u2460-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]*")
RULE = re.compile(r"[\s\-–—_=*·.•~#+|:─-╿▀-▟]*")
EMPHASIS = re.compile(r"(\*\*\*|\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1(:?)$")
#: A label: few words before a colon. The words may be in bold.
LABEL = re.compile(r"(?P<label>[^\s:：|\t“\"(][^:：|\t“\"\n]{0,78}?)\**\s*(?:\t\s*)?[:：]\**(?!//)(?!\d\d)\s*")
#: Another label within a line: «Owner: Sari. Action: …».
INNER_LABEL = re.compile(r"[.;,|]\s+(?P<label>[^\W\d_][\w ]{0,20}?)\s?:\s+(?=\S)")
#: «Sari – susun naskah», «Sari - setuju».
DASHED = re.compile(r"(?P<label>[^\W\d_][^:\t|“\"–—>→\n\d]{0,78}?)\s+(?:[–—-]|-?->|→|=>)\s+(?=\S)")
#: «Agenda 1: …», «Agenda item 2 - …», «Topik II. …» above what was said of it.
NUMBERED_TOPIC = re.compile(
    r"(?:agenda(?: item)?|item|topi[ck]|mata acara|pokok bahasan|sesi|session)\s*(?:no\.?\s*)?(?:\d{1,2}|[IVX]{1,4})\s*"
    r"(?:[:.–—-]\s*|$)",
    re.IGNORECASE,
)
#: «Chapter 2 (Access to justice)»
CHAPTER = re.compile(
    r"(?:chapter|bab|section|part|klaster|cluster|komponen|isu|issue|workstream|agenda|item|topi[ck]|sesi|session)\s+"
    r"(?:\d{1,2}|[IVX]{1,4})\b(?!\s*[:：])",
    re.IGNORECASE,
)
#: «034/26 Apologies»
NUMBER_OF_MINUTE = re.compile(r"\d{1,4}/\d{2,4}[.:]?\s+(?=[A-Z])")
#: «TODO Sari: kirim undangan», «AI Joan Pell – …»: whose action it is.
LABEL_OF_ACTION = re.compile(
    r"(?:to-?do|action|ai|tugas)\s+(?:for\s+|untuk\s+)?(?P<pic>\S.*)|(?P<self>me|myself|saya|aku)", re.IGNORECASE
)
#: «Surat Undangan : 005/211», «Sifat Rapat\t: Terbuka»: a line of a form.
FORM = re.compile(r"(?P<label>[^\s:：|][^:：|\n]{0,58}?)\s+[:：]\s+(?=\S)")
#: «Rapat menyepakati beberapa hal berikut:», «The meeting agreed as follows:».
INTRODUCTION = re.compile(
    r"\b(?:(?P<actions>ditindaklanjuti|tindak lanjut|action points|follow[- ]up)|menyepakati|memutuskan|menyimpulkan|"
    r"bersepakat|disepakati|diputuskan|disimpulkan|agreed|decided|resolved|concluded)\b",
    re.IGNORECASE,
)
#: «Rapat dibuka pukul 10.05», «The meeting was adjourned»: circumstances.
COURSE = re.compile(
    r"(?:rapat|pertemuan|acara|kegiatan|sidang|musyawarah|(?:the )?(?:meeting|call|session|teleconference))\s+(?:"
    r"(?:(?:ini )?(?:saya|kami) (?:nyatakan )?(?:buka|tutup|mulai|skors|lanjutkan))|(?:ini )?(?:di(?:buka|tutup|mulai|"
    r"akhiri)|"
    r"selesai|usai|berakhir)|(?:was )?(?:opened|closed|adjourned|began|started|ended|called to order))\b",
    re.IGNORECASE,
)
#: «The Third Meeting was held in Vientiane», «Rapat dihadiri oleh …», «The Meeting expressed its gratitude».
HELD = re.compile(
    r"apologies (?:were|was|had been|have been) (?:received|accepted|noted|given)\b|there being no (?:further|"
    r"other) business\b|"
    r"(?:pada|on) [^.;]{3,120}? (?:telah |sudah )?di(?:laksanakan|selenggarakan|adakan|gelar)(?:kan)? "
    r"(?:[\w-]+ ){0,2}?(?:rapat|sidang|pertemuan|musyawarah)\b|"
    r"(?:the )?(?:[\w-]+ ){0,3}?(?:rapat|sidang|pertemuan|musyawarah|meeting|session)(?: (?:of|koordinasi|"
    r"ini) ?[^.,]{0,60})?,? "
    r"(?:(?:di(?:hadiri|pimpin|laksanakan|selenggarakan|gelar|ikuti|adakan)|berlangsung|bertempat|"
    r"mengucapkan terima kasih)|"
    r"(?:was|were) (?:held|attended|chaired|convened|co-chaired|conducted)|took place|convened|"
    r"(?:expressed|recorded|conveyed) (?:its |their )?(?:sincere |deep )?(?:appreciation|gratitude|thanks)|thanked)\b",
    re.IGNORECASE,
)
#: «NIP. 197204152001121003»
SERVICE_NUMBER = re.compile(r"\W*NI[PK]\b[.:\s]*[\d ]{6,}\W*", re.IGNORECASE)
#: «For further information please contact …»
CONTACT = re.compile(
    r"\W*(?:for (?:further|more|additional) (?:information|details|enquiries|inquiries)|(?:media|press) (?:contact|"
    r"enquiries)|"
    r"untuk informasi lebih lanjut|informasi lebih lanjut)\b.{0,300}",
    re.IGNORECASE | re.DOTALL,
)
#: «Hi all, here are my notes», «Yth. Bapak/Ibu»; «None.» below a heading.
GREETING = re.compile(
    r"(?:hi|hello|dear|halo|hai|yth|dengan hormat|assalamu\W?alaikum|berikut (?:ini )?(?:adalah |"
    r"kami sampaikan )?(?:ringkasan|catatan|"
    r"hasil|notul\w*|poin)|please find|below are|here (?:are|is))\b.{0,300}|"
    r"(?:terima kasih|thank you|thanks|salam)(?: banyak| very much)?\W*",
    re.IGNORECASE | re.DOTALL,
)
NOTHING = re.compile(
    r"\W*(?:there (?:was|were) (?:none|no [\w ]{1,30})|no (?:other|further|new) (?:business|matters?|items?|"
    r"issues?)(?: (?:was|were) \w+)?|"
    r"none \w{1,20}|tidak ada (?:hal|usulan|masukan)(?:[- ]hal)? lain(?:nya)?|none|nil|nihil|n/a|tidak ada|"
    r"nothing(?: to report)?|no other business)?\W*",
    re.IGNORECASE,
)
#: «Demikian notula ini dibuat untuk dipergunakan sebagaimana mestinya.»
CLOSING = re.compile(r"demikian(?:lah)?\s.{0,80}\b(?:dibuat|disusun|disampaikan)\b", re.IGNORECASE | re.DOTALL)
#: «Jakarta, 11 November 2026» above the signatures.
PLACE_AND_DAY = re.compile(r"[A-Z][\w. ]{1,40},\s+(?:tanggal\s+)?\d{1,2}\s+[^\W\d_]{3,12}\s+\d{4}")
#: «Mengetahui,                    Notulis,»
SIGNATURE = re.compile(r"(?P<label>[^\W\d_][^,\n]{2,40}),(?:[ \t]{2,}\S.*)?$")
#: Before a name that opens what was said: «Tanggapan Biro Hukum (Agus Salim):».
BEFORE_SPEAKER = re.compile(
    r"(?P<what>tanggapan|jawaban|respons|masukan|usulan|usul|saran|arahan|penjelasan|paparan|laporan|catatan|harapan|"
    r"permintaan|pertanyaan|response|comments?|remarks?|report)\s+(?:dari\s+|oleh\s+|from\s+|by\s+|of\s+)?(?=[A-Z])",
    re.IGNORECASE,
)
#: «Greg's written comment: …»
OF_SPEAKER = re.compile(
    r"(?P<name>[A-Z][\w .'’-]{1,60}?)['’]s (?:written )?(?:comments?|remarks?|views?|response|questions?|input|note|"
    r"update)",
    re.IGNORECASE,
)
#: Before what came of it: «=> pakai e-katalog», but «=> No decision yet».
ARROW = re.compile(r"\s*(?:=>|==>|⇒)\s*")
UNDECIDED = re.compile(r"(?:no|not|none|belum|tidak|nanti|later|tunda)\b", re.IGNORECASE)
#: «Training (Mei-Ling Chua)»
COURTESY = re.compile(r"(?:pak|bu|bapak|ibu|bpk|mas|mbak|sdri?)\b\.?\s+(?=[A-Z])", re.IGNORECASE)
#: «Pak Rudi jawab: …»: the verb behind the name.
SAYING = re.compile(
    r"\s(?P<verb>jawab|menjawab|tanya|bertanya|usul|saran|minta|bilang|kata|lapor|tambah|menambahkan)$", re.IGNORECASE
)
IN_BRACKETS = re.compile(r"\((?P<name>[^()]{2,60})\)$")
#: «[09.15]», «09:15», «(10.20 WIB)» before what was said.
CLOCK = re.compile(
    r"[\[(]?(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4},?\s+)?(?P<hour>\d{1,2})[.:](?P<minute>\d\d)(?:[.:](?P<second>\d\d))?"
    r"(?:\s?(?:WIB|WITA|WIT|AM|PM|am|pm))?[\])]?(?:\s*[-–—|]\s*|\s+)"
)


def is_common_noun(word: str) -> bool:
    return _NOUN.fullmatch(word) is not None
