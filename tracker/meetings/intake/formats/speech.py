"""How Indonesian and English reports attribute statements. Pure.

«“…,” tutur Razilu», «kata Razilu, “…”», «…, sambung Razilu, …», «Lingga mengakui bahwa …», «“…,” jelasnya», «Hal itu
disampaikan oleh Budi», «“…,” said Sari», «according to Sari».
"""

import re

from tracker.meetings.live.formats.speech import sentence_ends

#: Roots that stand before the name: «tutur Razilu».
_SAID = (
    "said|says|added|adds|admitted|argued|asked|complained|concluded|continued|explained|insisted|joked|noted|objected|"
    "observed|promised|recalled|remarked|replied|stated|stressed|suggested|urged|warned|wondered"
)
ROOTS = (
    "ajak|beber|bilang|cetus|dalih|elak|harap|imbau|imbuh|janji|jawab|jelas|kata|keluh|kilah|kisah|lanjut|lapor|papar|"
    "pesan|pinta|puji|pungkas|sahut|saran|sambung|sebut|sergah|seru|simpul|sindir|singgung|tambah|tandas|tanya|tantang|"
    "tegas|tekan|terang|timpal|tukas|tulis|tutur|ucap|ujar|umum|"
    f"ungkap|urai|usul|{_SAID}"
)
#: Verbs that say so only directly after a quotation: «“…,” tutup Melkianus».
_ONLY_AFTER_QUOTE = "tutup|buka"
#: Forms that stand after the name: «Lingga mengakui».
ACTIVE = (
    "berargumen|berharap|berkata|berkomentar|berpandangan|berpendapat|berpesan|berterima kasih|bertanya|berujar|"
    "bersyukur|melaporkan|memaparkan|membacakan|membeberkan|membenarkan|memberi masukan|memberikan (?:arahan|masukan|"
    "penjelasan|tanggapan|apresiasi)|memerintahkan|meminta|memohon|mempersilakan|mempertanyakan|memperingatkan|memuji|"
    "memutuskan|menambahkan|menanggapi|menanyakan|menandaskan|mencatat|mencontohkan|mendorong|mendukung|menegaskan|"
    "menekankan|menerangkan|mengajak|mengakui|mengapresiasi|mengarahkan|mengatakan|mengemukakan|mengharapkan|"
    "mengimbau|mengingatkan|menginginkan|menginstruksikan|mengklaim|mengklarifikasi|mengkritik|mengonfirmasi|"
    "menguraikan|mengulas|mengumumkan|mengungkapkan|mengusulkan|menilai|menjabarkan|menjawab|menjelaskan|menolak|"
    "berjanji|berkeyakinan|keberatan|khawatir|memandang|memilih|memperkirakan|menduga|mengeluh|mengeluhkan|menganggap|"
    "menjanjikan|merasa|mewanti-wanti|meyakini|ragu|yakin|"
    "menggarisbawahi|menugaskan|menuturkan|menyambut|menyampaikan|menyarankan|menyatakan|menyebut|menyebutkan|"
    "menyepakati|menyetujui|menyimpulkan|menyinggung|menyoroti|menyayangkan|melanjutkan|membuka rapat|menutup rapat|"
    "(?:has |have |also |then ){0,2}(?:said|says|stated|states|added|adds|noted|notes|explained|explains|reported|"
    "reports|stressed|stresses|emphasi[sz]ed|emphasi[sz]es|asked|asks|requested|requests|proposed|proposes|suggested|"
    "suggests|recommended|recommends|urged|urges|hoped|hopes|reminded|reminds|instructed|instructs|announced|announces|"
    "confirmed|confirms|concluded|concludes|acknowledged|acknowledges|highlighted|highlights|underlined|underlines|"
    "welcomed|welcomes|thanked|thanks|replied|replies|responded|responds|pointed out|points out|called for|calls for|"
    "admitted|admits|believed|believes|cautioned|cautions|complained|complains|doubted|doubts|feels|felt|insisted|"
    "insists|(?:would )?prefer|objected|objects|observed|observes|offered|offers|prefers|preferred|promised|promises|"
    "thinks|thought|volunteered|wondered|wonders|worried|worries|"
    "agreed|agrees|warned|warns|outlined|outlines|presented|presents|clarified|clarifies|decided|decides)"
)
#: «disampaikan oleh Budi», «demikian ditegaskan Budi», «was proposed by Budi».
PASSIVE = (
    "di(?:sampaikan|tegaskan|tekankan|ungkapkan|jelaskan|paparkan|katakan|kemukakan|usulkan|sarankan|nyatakan|tuturkan|"
    "utarakan|laporkan|uraikan|terangkan|sebutkan|soroti|ingatkan|imbau|minta|pertanyakan|tanyakan|garisbawahi|lontarkan|"
    "sinyalir|amini|benarkan|akui|tambahkan|lanjutkan|ajukan|bacakan|simpulkan)"
)
_PASSIVE_EN = (
    "(?:said|stated|noted|explained|reported|stressed|emphasi[sz]ed|requested|proposed|suggested|recommended|raised|"
    "highlighted|presented|pointed out|confirmed|announced)"
)
_HONORIFIC = r"(?:(?:pak|bapak|ibu|bu|saudara|saudari|sdr\.?|sdri\.?|yth\.?|mr\.?|mrs\.?|ms\.?|the)\s{1,3}){0,3}"
#: Words that do not tell what somebody is: «asked trainer Lina», but not «said on Monday».
_NO_NOUN = (
    "that|in|on|at|of|to|when|after|before|during|as|bahwa|di|ke|dari|pada|dalam|kepada|saat|ketika|usai|setelah|sebelum|"
    "untuk|dengan|yang|seraya|sambil|mengutip|this|last"
)
#: «jelasnya»: the person named last.
SAID_BY_THE_SAME = re.compile(
    rf"^[\s,.]*(?:(?:{ROOTS}|{_ONLY_AFTER_QUOTE}|demikian\s)nya\b|(?:he|she)\s(?:{ROOTS})\b|(?:{ROOTS})\s(?:dia|ia|beliau)\b)",
    re.IGNORECASE,
)
#: «tutur Razilu»: the name starts at the end of the match. «Razilu said» has the name first.
SAID_BY = re.compile(
    rf"^[\s,.]*(?i:(?:demikian\s)?(?:(?:{ROOTS}|{_ONLY_AFTER_QUOTE})(?:kan)?|{PASSIVE}(?:\s{{1,3}}oleh)?))[\s,]+(?i:{_HONORIFIC})"
    rf"(?:(?!(?:{_NO_NOUN})\b)[a-z-]+\s{{1,3}}){{0,3}}(?=[A-Z])"
)
SAID_AFTER_NAME = re.compile(
    r"^[\s,.]*(?:(?:mr|mrs|ms|the)\.?\s)?(?P<name>[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,5})\s(?:" + _SAID + r")\b"
)
#: «…, sambung Razilu, …» within a sentence, but not «tindak lanjut».
SAID_BETWEEN = re.compile(
    rf"(?:^|[,;–-]\s{{0,3}}|\s)(?:(?i:(?<!tindak )(?<!kata )(?:{ROOTS}|menurut|according to))"
    rf"|(?i:{PASSIVE})(?:\s{{1,3}}oleh)?|(?i:{_PASSIVE_EN})\s{{1,3}}by)\s{{1,3}}(?i:{_HONORIFIC})(?=[A-Z])"
)
#: «Lingga mengakui bahwa»: the name precedes.
SAYS = re.compile(rf"\b(?:{ACTIVE})\b", re.IGNORECASE)
#: Someone named before: «pihaknya berharap», «ia menambahkan».
THE_SAME = re.compile(
    r"\b(?:pihaknya|ia|dia|beliau|he|she)\b[\s,]*(?:juga\s+|pun\s+|turut\s+|also\s+|then\s+|further\s+)?$",
    re.IGNORECASE,
)
#: «Menurutnya, rotasi mencegah kejenuhan.»
ACCORDING_TO_THE_SAME = re.compile(
    r"^\W*(?:menurut(?:nya|\s(?:dia|beliau))|baginya|katanya|according to (?:him|her)|in (?:his|her) view)\b",
    re.IGNORECASE,
)
_WITHIN = r"dan|bin|binti|al|di|van|de|of|and|for"
#: Capitalised words, joined by small words that occur in posts and names: «Menteri Hukum dan HAM».
NAME = re.compile(rf"[A-Z][\w.'’/-]*(?:(?:\s{{1,3}}(?:{_WITHIN})){{0,2}}\s{{1,3}}(?:[A-Z][\w.'’/-]*|[IVX]+\b))*")


def sentence_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Sentences of a stretch of text, without the white space around them. Quotations are not cut."""
    stretch = text[start:end]
    spans, reached = [], 0
    for at in [*sentence_ends(stretch), len(stretch)]:
        span = stripped(text, start + reached, start + at)
        if span[0] < span[1]:
            spans.append(span)
        reached = at
    return spans


def stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def paragraphs(text: str) -> list[str]:
    return [line.strip() for line in re.split(r"[\r\n\u2028\u2029]+", text) if line.strip()]
