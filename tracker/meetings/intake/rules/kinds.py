"""Kinds of statements by their wording. Pure."""

import re

from tracker.meetings.rules import StatementKind

K = StatementKind

#: Words of each kind; the first that counts wins.
_WORDS = (
    (K.DECISION, r"""
        (?:menghasilkan|mencapai|membuahkan|melahirkan|diperoleh|tercapai)(?: \w+){0,2} (?:kesepakatan|keputusan|
        mufakat)|
        reached (?:an? |full |broad ){0,2}(?:agreement|consensus|decision)|
        (?:minutes|notes|record) (?:of [^.,;]{3,60} )?(?:was|were) (?:confirmed|accepted|signed)|
        memutuskan|diputuskan|menyepakati|disepakati|sepakat|bersepakat|menetapkan|ditetapkan|disetujui|menyetujui|
        (?:agreed|decided|resolved) (?:to|that|on)|
        (?:is|are|was|were) (?:hereby )?(?:approved|adopted|decided|agreed)|approved|we approve|keputusannya|
        decision is|we will go with|we (?:agree|decide)(?!\s+with\b)|
        (?:kita|kami|saya) (?:putuskan|sepakati|tetapkan|setujui)|setuju (?:untuk|dengan usul\w*|di\w{3,})|
        (?:motion )?(?:is )?carried(?=[.!]|$| unanimously)|
        (?<!\w )setuju,(?= (?!(?:tapi|tetapi|namun|cuma|hanya|asal|saya|kami|pak|bu|bapak|ibu|mas|mbak|itu|kalau)\b)\w)|
        voted (?:unanimously )?(?:to|for|that)|go for it|(?:right|ok|okay|fine|good|alright)\W{1,2}(?:then|
        so) we(?= (?!need|have|are|could|should|can|must|might|may|will need)\w)|(?:berarti|jadi) (?:fix|deal)|fix ya|
        deal ya|
        (?:it['’]s|that['’]s|it is|that is) (?:settled|agreed|decided)|we (?:go|are going|['’]ll go|shall go) (?:with|
        for)|itu(?:lah)? keputusan(?:nya| kita| rapat)|
        kalau begitu,? kita(?= (?!perlu|lanjut|mulai|tunggu|tutup|bahas)\w)|
        (?:they|the \w+|members|participants|delegates|parties)(?: also| further| then)? (?:adopted|endorsed|approved)
    """),
    (K.DIRECTIVE, r"""
        (?<!.)(?:agar|supaya)(?! tidak\b)|
        meminta|diminta|minta|instruksi|menginstruksikan|diinstruksikan|menugaskan|ditugaskan|menugasi|ditugasi|
        memerintahkan|diperintahkan|mengarahkan|tolong|wajib|harap segera|agar segera|harus segera|
        mohon (?:segera )?(?:siapkan|disiapkan|kirim|dikirim|lengkapi|dilengkapi|(?:di)?tindak ?lanjuti|susun|
        disusun|pastikan|dipastikan)|
        (?<!\bwe )(?<!\bi )(?:requested|asked|instructed|directed|urged) (?!(?:whether|if|about|how|what|why|when|
        by)\b)\w+|please|
        (?:nobody|no one) (?:should|must|may|is to)|dilarang|ke depan(?:nya)?,? (?:[\w-]+ ){1,8}harus|instructs|
        requests (?:that|the|all)|asks (?:the|all)|must be submitted|need you to|pastikan|
        (?:mendorong|mengingatkan|mewanti-wanti)(?: [\w.-]+){0,6}? agar|mendesak|mulai (?:\w+,? ){1,4}(?:semua|setiap|
        tidak ada lagi|tidak boleh)|(?:starting|as of|from) \w+(?: \w+)?, (?:every|all|no|nobody|everyone)|
        mendorong (?:setiap|semua|seluruh|para)|
        (?:setiap|semua|seluruh|siapa(?: ?pun)?|(?<!.)\w+) yang (?:[\w-]+ ){1,4}(?:harus|wajib)|
        must (?:[\w'’-]+ ){0,8}from now on|harus (?:[\w-]+ ){0,8}mulai (?:sekarang|hari ini|besok)
    """),
    (K.HOPE, r"""
        expressed (?:the|its|his|her|their) hope|
        berharap|(?:saya|kami|kita) harap|
        harapan(?:nya|ku|kami)?|diharapkan|mengharapkan|semoga|mudah-mudahan|hopes?|hoped|hoping|hopefully|expects|
        fingers crossed|(?:i|we) (?:want|wish|would love) to see|looks? forward|looking forward
    """),
    (K.EXHORTATION, """
        mengajak|mari|ayo|mengimbau|diimbau|imbauan|let us|let['’]s|encourages?|encouraged|calls? on|called on|
        invites? (?:all|everyone)
    """),
    (K.PROPOSAL, r"""
        perlu|perlunya|usul|usulan(?:nya| saya| kami|(?=:| agar| supaya| untuk))|usulkan|mengusulkan|diusulkan|
        sebaiknya|menyarankan|disarankan|
        saran saya|saran kami|sarankan|alangkah baiknya|puts? forward|member(?:i|ikan) (?:masukan|saran|usul\w*)|
        wondered (?:whether|if) (?:[\w'’-]+ ){1,6}(?:could|should|might)|
        it (?:would|might) (?:make sense|help)|(?<!\w )coba(?= (?!pak|bu|mas|mbak|jelaskan|lihat|tolong)\w)|
        bagaimana kalau|merekomendasikan|direkomendasikan|proposes?|
        proposed|proposing|suggests?|suggested|recommends?|recommended|should|we could|could we|what if|how about|
        why (?:not|don['’]t we)|(?:perhaps|maybe|possibly),? (?:we|you|it)|(?:i|we) move (?:that|to)|
        we might(?= (?!be\b|have\b|not\b|get\b|need\b)\w)|mohon(?! (?:maaf|izin|ijin|perhatian|bersabar|waktu|
        ditunggu)\b)|
        (?:my|our) (?:proposal|suggestion)|bagaimana jika|gimana kalau|gimana jika|what about|
        it (?:would|might) be (?:good|better|useful|easier|wise|best)|i['’]d like to propose|(?:may|might) i suggest|
        lebih baik (?:kalau|jika|bila|kita|kami|pakai|langsung|me\w+|di\w+)|ada baiknya|mungkin (?:bisa|kita bisa)|
        (?:kami|saya) (?:menawarkan|tawarkan)
    """),
    (K.DIRECTIVE, "jangan(?! sampai)"),
    (K.RESPONSE, """
        menjawab|menanggapi|replied|responded|in (?:response|reply|answer)|responding to|answering|answered|
        merespons?|menyanggah|mengklarifikasi|menimpali|ditanggapi|dijawab|clarified|sependapat|
        (?:kurang|krg|tidak|tdk|tak|belum|nggak|gak|ga) (?:setuju|sepakat)|
        menyatakan (?:siap|bersedia|sanggup|kesiapan|kesanggupan|kesediaan)(?:nya)?
    """),
)  # fmt: skip
_LINE_END = re.compile(r"\n\s*")
_CUES = tuple(
    (kind, re.compile(rf"(?<![\w-])(?:{_LINE_END.sub('', words)})(?![\w-])", re.IGNORECASE)) for kind, words in _WORDS
)
#: What takes the meaning from a cue that follows: «tidak perlu», «yang diharapkan», «telah disetujui».
_TAKEN_BACK = re.compile(
    r"(?:\b(?:telah|sudah|has been|had been|have been|already)\s+|"
    r"\b(?:tidak|tak|tdk|bukan|belum|tanpa|jangan|(?:bila|jika|kalau|apabila)(?! begitu)|yang(?:\s+(?:kami|kita|saya|"
    r"mereka|telah|sudah|pernah|akan))?|"
    r"not|no|never|yet to be|without|n['’]t|than (?:we|i|they|he|she|it))"
    r"(?:\s+(?:lagi|juga|akan|pernah|be|been|yet|selalu|terlalu|begitu|merasa|perlu|harus|bisa|dapat|sempat))?\s*)$",
    re.IGNORECASE,
)
_DONE = re.compile(r"\b(?:telah|sudah)\s+$", re.IGNORECASE)
#: «Rapat telah menyepakati» decides; «telah disetujui» tells of an earlier decision.
_STILL_DECIDES = re.compile(r"me\w+|bersepakat", re.IGNORECASE)
_NEAR = 40
#: «perlu diketahui», «perlu atau tidak»: no proposal.
_NO_CUE_AFTER = re.compile(
    r"\s+(?:diketahui|waktu\b|atau tidak|tidaknya|dicatat bahwa|tersebut\b|itu\b|ini\b|(?:diterima|ditolak|"
    r"ditampung)\b|"
    r"yang (?:telah|sudah|lalu)|(?:penjelasan|klarifikasi|keterangan|informasi|pendapat|konfirmasi|maaf|izin)\b|"
    r"for (?:clarification|an? explanation|information|details|an update)\b)",
    re.IGNORECASE,
)
#: «sesuai usulan», «the proposed budget»: nouns.
_NOUN_BEFORE = re.compile(
    r"\b(?:sesuai|atas|dari|terhadap|berdasarkan|hasil|dokumen|the|a|of|sejumlah|beberapa|surat|nota|seperti)\s+$",
    re.IGNORECASE,
)
_MAY_BE_NOUN = re.compile(
    r"usul\w*|harapan\w*|instruksi|saran \w+|imbauan|hopes?|proposed|suggested|recommended|agreed \w+|sepakat",
    re.IGNORECASE,
)
#: «lend sets until the budget is approved», «setelah anggarannya disetujui», «22 percent have answered».
_IN_A_CLAUSE = re.compile(
    r"\b(?:until|till|once|when|before|after|unless|sampai|hingga|setelah|sesudah|sebelum|begitu|sejak|menunggu)\s"
    r"[^,.;:]{0,40}$",
    re.IGNORECASE,
)
#: «penyedia baru ditetapkan akhir April», «akan diputuskan kemudian»: tells of something else.
_AT_ANOTHER_TIME = re.compile(r"\b(?:baru(?: saja)?|akan|bakal|nanti|masih|pernah)\s+$", re.IGNORECASE)
_PASSIVE = re.compile(r"(?:is|are|was|were)\b.*|(?:disetujui|disepakati|ditetapkan|diputuskan)", re.IGNORECASE)
_ANSWERED_ALREADY = re.compile(r"\b(?:have|has|had|yang)\s+$", re.IGNORECASE)
_WITHIN_SENTENCE = re.compile(r"\w[ ]$")
_QUESTION = re.compile(r"\?[\s”\"'»]*$")
_ASKED_TO = re.compile(
    r"\b(?:bagaimana (?:kalau|jika)|gimana kalau|what (?:if|about)|how about|why not|why don['’]t we|could we|"
    r"perhaps we|maybe we|we could|tolong|please|"
    r"bisakah|can you|could you)\b",
    re.IGNORECASE,
)


def kind_of(words: str) -> StatementKind | None:
    if _QUESTION.search(words) and not _ASKED_TO.search(words):
        return None
    for kind, cue in _CUES:
        if any(_counts(words, found) for found in cue.finditer(words)):
            return kind
    return None


def _counts(words: str, found: re.Match[str]) -> bool:
    before = words[max(0, found.start() - _NEAR) : found.start()]
    is_taken_back = _TAKEN_BACK.search(before) and not (_STILL_DECIDES.match(found[0]) and _DONE.search(before))
    if _PASSIVE.fullmatch(found[0]) and (_IN_A_CLAUSE.search(before) or _AT_ANOTHER_TIME.search(before)):
        return False
    if found[0].casefold() == "answered" and _ANSWERED_ALREADY.search(before):
        return False
    if is_taken_back or _NO_CUE_AFTER.match(words, found.end()):
        return False
    if found[0][0].isupper() and not found[0].split()[0].isupper() and _WITHIN_SENTENCE.search(before):
        return False  # «Fraksi Harapan»
    return not (_MAY_BE_NOUN.fullmatch(found[0].strip()) and _NOUN_BEFORE.search(before))
