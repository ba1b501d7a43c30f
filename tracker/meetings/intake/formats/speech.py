"""How Indonesian and English reports attribute statements. Pure.

«“…,” tutur Razilu», «kata Razilu, “…”», «…, sambung Razilu, …», «Lingga mengakui bahwa …», «“…,” jelasnya», «Hal itu
disampaikan oleh Budi», «“…,” said Sari», «according to Sari».
"""

import re

from tracker.meetings.live.formats.speech import sentence_ends

#: Roots that stand before the name: «tutur Razilu».
_SAID = (
    "said|says|added|adds|admitted|argued|asked|complained|concluded|continued|explained|insisted|joked|noted|objected|"
    "observed|promised|recalled|remarked|replied|stated|stressed|suggested|urged|warned|wondered|told|declared|commented|"
    "cautioned|acknowledged|affirmed|announced|claimed|confirmed|countered|emphasi[sz]ed|hoped|pleaded|pledged|quipped|"
    "reiterated|reminded|responded|revealed|shared|demanded|exclaimed|answered|wished|mused|cried|pointed out|"
    "summed up|underlined|underscored|vowed|wrote|highlighted|reflected"
)
ROOTS = (
    "ajak|beber|bilang|cetus|dalih|elak|harap|imbau|imbuh|janji|jawab|jelas|kata|keluh|kilah|kisah|lanjut|lapor|papar|"
    "pesan|pinta|puji|pungkas|sahut|saran|sambung|sebut|sergah|seru|simpul|sindir|singgung|tambah|tandas|tanya|tantang|"
    "canda|celetuk|curhat|desak|gumam|kelakar|kenang|kritik|seloroh|sesal|"
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
    "berbagi|bercerita|berkomitmen|bersedia|melapor|melarang|membandingkan|membantah|memastikan|membalas|memberitahukan|"
    "mempersoalkan|mempresentasikan|memprotes|menampik|menawarkan|menceritakan|mencermati|mendesak|menegur|mengabarkan|"
    "mengajukan|mengamini|mengecam|mengharap|menghendaki|menghimbau|menginformasikan|mengisahkan|mengizinkan|"
    "mengkhawatirkan|mengoreksi|mengucapkan|menimpali|menjanjikan|menuntut|menyajikan|menyanggah|menyanggupi|menyangsikan|"
    "menyela|menyerukan|menyesalkan|menyikapi|menyuarakan|meluruskan|meragukan|merangkum|merekomendasikan|merinci|"
    "beralasan|berdalih|mengkritisi|menyentil|mempertegas|mengilustrasikan|mengelaborasi|memberi catatan|"
    "memberikan catatan|"
    "(?:me|ber)[a-z]{4,20} bahwa|[a-z]{3,20}ed that|"
    "minta|tanya|setuju|lapor|sampaikan|ingatkan|"
    "mewajibkan|usul|bilang|sependapat|menitipkan|membolehkan|"
    "menyepakati|menyetujui|menyimpulkan|menyinggung|menyoroti|menyayangkan|melanjutkan|membuka rapat|menutup rapat|"
    "(?:has |have |also |then ){0,2}(?:said|says|stated|states|added|adds|noted|notes|explained|explains|reported|"
    "reports|stressed|stresses|emphasi[sz]ed|emphasi[sz]es|asked|asks|requested|requests|proposed|proposes|suggested|"
    "suggests|recommended|recommends|urged|urges|hoped|hopes|reminded|reminds|instructed|instructs|announced|announces|"
    "confirmed|confirms|concluded|concludes|acknowledged|acknowledges|highlighted|highlights|underlined|underlines|"
    "welcomed|welcomes|thanked|thanks|replied|replies|responded|responds|pointed out|points out|called for|calls for|"
    "admitted|admits|believed|believes|cautioned|cautions|complained|complains|doubted|doubts|feels|felt|insisted|"
    "insists|(?:would )?prefer|objected|objects|observed|observes|offered|offers|prefers|preferred|promised|promises|"
    "thinks|thought|volunteered|wondered|wonders|worried|worries|"
    "affirmed|affirms|advised|advises|apologi[sz]ed|apologi[sz]es|appreciated|appreciates|argued|argues|assured|assures|"
    "briefed|briefs|challenged|challenges|claimed|claims|commended|commends|commented|comments|concurred|concurs|"
    "declared|declares|declined|declines|demanded|demands|denied|denies|described|describes|disagreed|disagrees|"
    "elaborated|elaborates|endorsed|endorses|enquired|enquires|inquired|inquires|expressed|expresses|favou?red|favou?rs|"
    "flagged|flags|informed|informs|introduced|introduces|lamented|laments|mentioned|mentions|opposed|opposes|"
    "pledged|pledges|praised|praises|queried|queries|questioned|questions|raised|raises|reassured|recalled|recalls|"
    "regretted|regrets|reiterated|reiterates|remarked|remarks|revealed|reveals|seconded|seconds|shared|shares|"
    "sought clarification|summari[sz]ed|summari[sz]es|supported|supports|told|tells|underscored|underscores|undertook|"
    "undertakes|asserted|asserts|conceded|concedes|critici[sz]ed|critici[sz]es|contended|contends|maintained|maintains|"
    "put forward|puts forward|set out|sets out|spoke|speaks|made the point|wished to|wishes to|wanted to|wants to|"
    "walked|"
    "moved that|moves that|moved to|would like|would welcome|would support|is concerned|was concerned|favou?red|"
    "(?:is|are|was|were) of the (?:view|opinion)|(?:takes|held|holds) the view|"
    "updated|voiced|voices|took the view|drew attention|called on|calls on|called upon|encouraged|encourages|"
    "agreed|agrees|warned|warns|outlined|outlines|presented|presents|clarified|clarifies|decided|decides)"
)
#: «disampaikan oleh Budi», «demikian ditegaskan Budi», «was proposed by Budi».
PASSIVE = (
    "di(?:sampaikan|tegaskan|tekankan|ungkapkan|jelaskan|paparkan|katakan|kemukakan|usulkan|sarankan|nyatakan|tuturkan|"
    "utarakan|laporkan|uraikan|terangkan|tanggapi|jawab|sebutkan|soroti|ingatkan|imbau|minta|pertanyakan|tanyakan|garisbawahi|lontarkan|"
    "sinyalir|amini|benarkan|akui|tambahkan|lanjutkan|ajukan|bacakan|simpulkan)"
)
_PASSIVE_EN = (
    "(?:said|stated|noted|explained|reported|stressed|emphasi[sz]ed|requested|proposed|suggested|recommended|raised|"
    "highlighted|presented|pointed out|confirmed|announced)"
)
_HONORIFIC = (
    r"(?:(?:mbok|mama|mbak|mas|kak|bang|pak|bapak|ibu|bu|saudara|saudari|sdr\.?|sdri\.?|yth\.?|"
    r"mr\.?|mrs\.?|ms\.?|the)\s{1,3}){0,3}"
)
#: Words that do not tell what somebody is: «asked trainer Lina», but not «said on Monday».
_NO_NOUN = (
    "that|in|on|at|of|to|when|after|before|during|as|bahwa|di|ke|dari|pada|dalam|kepada|saat|ketika|usai|setelah|sebelum|"
    "untuk|dengan|yang|seraya|sambil|mengutip|this|last"
)
#: «jelasnya»: the person named last.
SAID_BY_THE_SAME = re.compile(
    rf"^[\s,.]*(?:(?:{ROOTS}|{_ONLY_AFTER_QUOTE}|demikian\s)nya\b|(?:he|she|the\s[a-z]{{4,20}})\s(?:{ROOTS})\b|(?:{ROOTS})\s(?:dia|ia|beliau)\b)",
    re.IGNORECASE,
)
#: «Kerugiannya, lanjut dia, ditaksir Rp86 miliar»: within a sentence.
SAID_BETWEEN_BY_THE_SAME = re.compile(
    rf"[,–-]\s(?:(?:{ROOTS})nya|(?:{ROOTS})\s(?:dia|ia|beliau)|(?:he|she)\s(?:{ROOTS}))\s?[,–.]", re.IGNORECASE
)
#: «tutur Razilu»: the name starts at the end of the match. «Razilu said» has the name first.
SAID_BY = re.compile(
    rf"^[\s,.]*(?i:(?:demikian\s)?(?:(?:{ROOTS}|{_ONLY_AFTER_QUOTE})(?:kan)?|{PASSIVE}(?:\s{{1,3}}oleh)?))[\s,]+(?i:{_HONORIFIC})"
    rf"(?:(?!(?:{_NO_NOUN})\b)[a-z-]+\s{{1,3}}){{0,3}}(?=[A-Z])"
)
#: «the group's Chair, Ms. Ilse Vandenberg, told a press conference»: whoever is named before the verb.
SAID_AFTER_CLAUSE = re.compile(
    r"^[\s,.]*(?P<clause>[^.!?“”\"\n]{1,60}(?:\.[^.!?“”\"\n]{1,60}){0,3}?)\s(?:" + _SAID + r")\b"
)
SAID_AFTER_NAME = re.compile(
    r"^[\s,.]*(?:(?:mr|mrs|ms|the)\.?\s)?(?P<name>[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,5})\s(?:" + _SAID + r")\b"
)
#: «…, sambung Razilu, …» within a sentence, but not «tindak lanjut».
SAID_BETWEEN = re.compile(
    rf"(?:^|[,;–-]\s{{0,3}}|\s)(?:(?i:(?<!tindak )(?<!kata )(?:{ROOTS}|menurut|according to))"
    rf"|(?i:{PASSIVE})(?:\s{{1,3}}oleh)?(?:\s{{1,3}}(?!(?:{_NO_NOUN})\b)[a-z-]+,?){{0,4}}|(?i:{_PASSIVE_EN})\s{{1,3}}by)\s{{1,3}}(?i:{_HONORIFIC})(?=[A-Z])"
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
#: «Dr (c). Andi», «Brigjen TNI (Purn.) Rahmat», «Letkol Laut (P) Bayu»
_MARK = r"(?:\s?\((?:c|[Cc]and|h\.?c|H\.?C|[Ee]m|[Pp]urn|P|K|E|T)\.?\)\.?(?=\s[A-Z]))?"
NAME = re.compile(
    rf"[A-Z][\w.'’/-]*{_MARK}(?:(?:\s{{1,3}}(?:{_WITHIN})){{0,2}}\s{{1,3}}(?:[A-Z][\w.'’/-]*|[IVX]+\b){_MARK})*"
)


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
