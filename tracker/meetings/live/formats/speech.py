"""Filler phrases at the start of a speech, and ends of clauses. Pure."""

import re

from tracker.people.formats import AFTER_RANKS, TITLES, is_mark, key

#: Removed repeatedly from the start of the text. A blank matches white space or a comma, names in capitals refer to
#: the patterns below, and `!` requires a comma or colon after the phrase.
_OPENINGS = r"""
(?:kalau|kalo|jika|bila|apabila)(?: I)? (?:boleh|bisa|dapat|diizinkan|diperkenankan|berkenan|mungkin)(?: I)?(?: saja| juga)?(?: hanya)?(?: ikut)?(?: SUGGEST)?(?: sedikit| satu(?: hal)?| lagi)?(?: SIR)?
(?:mohon )?i[zj]in(?:kan)?(?: SIR)?(?: I)?(?: (?:untuk )?SUGGEST)?(?: SIR)?
I (?:kira|pikir|rasa|duga|lihat|pandang|percaya|yakin)(?:nya)?(?: bahwa)?
I (?:ingin|mau|hendak|akan|juga|hanya|cuma) (?:juga |hanya )?(?:SUGGEST|melihat|lihat|menegaskan|menekankan|mengatakan|bilang)(?: THAT)?
I (?:me(?:ngusulkan|nyarankan|mohon|minta|ngharapkan|mandang)|usul(?:kan)?|saran(?:kan)?|mohon|minta|sarankan)(?: THAT)?
(?:menurut|sepengetahuan|setahu|seingat) (?:hemat |pendapat |pandangan )?I(?: pribadi)?
(?:hemat|usul(?:an)?|saran|pendapat|masukan|harapan|permintaan) I(?: (?:adalah|ialah|yaitu|itu))?(?: THAT)?
(?:usul(?:an)?|saran|masukan)(?:nya)?(?: (?:adalah|ialah|yaitu))? THAT
(?:paling tidak|setidaknya|setidak-tidaknya)(?=\s*,|\s+I\b)
mungkin(?: (?:ada baiknya|lebih baik|sebaiknya|bisa|dapat|perlu|kita|juga|ke depan(?:nya)?|nanti)){0,4}
(?:ada|alangkah) baiknya(?: (?:jika|kalau|bila|apabila|kita))?|sebaiknya(?: juga)?
barangkali(?: (?:juga|perlu|bisa)){0,2}|kiranya(?: perlu)?|rasanya|sepertinya|tampaknya|kayaknya
(?:atau|dan|juga|tapi|tetapi|namun|begini|nah|oh|eh|terima kasih|karena itu|oleh karena itu)(?: SIR)?
(?:terus|kemudian|lalu|selanjutnya|berikutnya|selain itu|di samping itu|jadi|ya|iya|oke|baik|baiklah|sekali lagi)(?: SIR)?!
(?:yang )?(?:pertama|kedua|ketiga|keempat|terakhir)!
(?:disinggung|diusulkan|disarankan|disampaikan|diharapkan)(?: (?:agar|supaya|bahwa))?
agar|supaya|bahwa|that
if i (?:may|might|could)(?: just)?(?: (?:add|suggest|propose|say)(?: (?:that|something))?)?
(?:i|we) (?:(?:really|would|do|also|just) ){0,2}(?:think|believe|feel|suppose|guess|suggest|propose|recommend|ask|hope)(?: that)?
(?:i|we)(?:['’]d| would) (?:also |just )?(?:like|want|love) (?:to (?:suggest|propose|add|see|ask|say|stress)(?: (?:that|for))?)?
(?:we|you|they|it|there) (?:should|could|might|ought to|need to|must|may want to)(?: (?:perhaps|maybe|also))?
let(?:['’]s| us)(?: also)?
(?:in|to) my (?:humble )?(?:opinion|view|mind)|as i see it|as far as i know|from my side
my (?:suggestion|proposal|idea|point|view) (?:is|would be)(?: (?:that|to))?
it (?:would|might|may) be (?:good|better|best|useful|helpful|nice|wise|worth)(?: (?:to|if we|that we))?
(?:maybe|perhaps|possibly)(?: (?:we|you)(?: (?:should|could|can|might|need to))?)?(?: also)?
also|and|or|but|so|okay|ok|thank you|thanks
(?:at least|well|yes|then|next|finally|first(?:ly)?|second(?:ly)?|third(?:ly)?|one more thing|in addition|besides)!
"""  # noqa: E501
_PATTERNS = {
    " ": r"[\s,]{1,3}",
    "!": r"(?=\s*[,:])",
    "SIR": "(?:pak|bu|bapak|ibu|pimpinan|ketua)",
    "THAT": r"(?:agar(?:\s+supaya)?|supaya|bahwa|untuk)",
    "SUGGEST": r"(?:(?:me)?(?:nambah(?:kan)?|ngusul(?:kan)?|nyampaikan|nyarankan|minta|mberi(?:kan)?|ngingatkan)|"
    r"tambah(?:kan)?|usul(?:kan)?|sampaikan|saran(?:kan)?|minta|beri(?:kan)?|ingatkan|tanya|bertanya)"
    r"(?:\s+(?:masukan|saran|usul|pendapat))?",
    "I": "(?:saya|kami|kita|aku)",
}
_NAMES = re.compile(r" |!|\b(?:SIR|THAT|SUGGEST|I)\b")


def _pattern(line: str) -> str:
    return "(?:" + _NAMES.sub(lambda name: _PATTERNS[name[0]], line) + ")"


OPENING = re.compile(
    rf"[\s,:;–—-]*(?:{'|'.join(map(_pattern, _OPENINGS.strip().splitlines()))})(?:\s*[,:;–—-]+\s*|\s+|$)", re.IGNORECASE
)
#: Start of a clause, before which a title can end.
CLAUSE = re.compile(
    r"[,;:–—]\s|\s[(\[–—-]|\s(?=(?:agar|supaya|karena|sebab|sehingga|guna|demi|sebagaimana|dimana|di mana|sedangkan|"
    r"sementara|meskipun|walaupun|kecuali|apabila|jika|kalau|bila|ketika|saat|sebelum|setelah|sesudah|sambil|seraya|"
    r"maka|namun|tetapi|tapi|because|so that|in order to|which|while|whereas|although|though|unless|when|before|after|"
    r"if|but|since)\b)",
    re.IGNORECASE,
)
#: Second choice if there is no clause.
PHRASE = re.compile(
    r"\s(?=(?:yang|untuk|dengan|dan|serta|atau|sebagai|seperti|termasuk|melalui|terhadap|mengenai|terkait|ke dalam|"
    r"that|to|with|and|or|such as|including|through|by|for|about)\b)",
    re.IGNORECASE,
)
#: A title must not end with these words.
DANGLING = re.compile(
    r"\s+(?:yang|untuk|dengan|dan|serta|atau|sebagai|seperti|di|ke|dari|dalam|pada|oleh|para|the|a|an|of|to|and|or|with|"
    r"for|in|on|by|at|from|that)$",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(.“\"])(?:[^\W\d_]|(?-i:[A-Z][a-z]?)|dr|drs|dra|prof|ir|hj|kh|no|nomor|tgl|hlm|hal|jl|jln|sdr|sdri|bpk|yth|tn|ny|"
    r"dkk|dll|dsb|dst|tsb|ttd|an|ub|up|cq|plt|plh|pj|ps|kab|kec|kel|prov|wil|subdit|dit|ditjen|kemen|mr|mrs|ms|st|vs|etc|"
    r"e\.g|i\.e|inc|art|vol|ed|eds|fig|dept|gov|gen|col|rr|tgk|ust|pdt|jend|letjen|mayjen|brigjen|kombes|kol|letkol|"
    r"kapt|hum|kom|sos|psi|pd|ketum|kasubdit|kasubbag|kasubag|kabag|bag|subbag|ttg|rev|sen|rep|approx|messrs|pol|purn|capt|cmdr|lt|maj|sgt|hon|cllrs?|supt|insp|mgr|adm|amb)\.$",
    re.IGNORECASE,
)


#: «section C.» ends a sentence, «oleh A. Rahman» does not.
_LETTERED = frozenset({
    "section", "part", "group", "grup", "kelompok", "tipe", "type", "vitamin", "hepatitis", "opsi", "option", "plan",
    "rencana", "kelas", "class", "gedung", "blok", "block", "lampiran", "annex", "pilihan", "room", "ruang", "komisi",
    "poin",
})  # fmt: skip
_LONGEST_LETTERED = 14


#: «Dr (c).», «Ph.D. (Cand.).»
_MARKED_TITLE = re.compile(r"(?P<title>[A-Z][\w.]*)\s?(?P<mark>\([\w.]{1,10}\))\.$")
_LONGEST_TITLE_ABBREVIATED = 6
#: Titles that are also words at the end of sentences.
_ALSO_WORDS = frozenset({"may", "haji", "ad", "al", "mar", "bdn", "mayor", "kapten", "pastor", "raden", "laut"})


def is_abbreviated(text: str, dot: int) -> bool:
    """Whether the dot here belongs to an abbreviation, an initial or a title: «Kol. Inf. Agus», «Dr (c). Andi»."""
    near = text[max(0, dot - 16) : dot + 1]
    if _ABBREVIATION.search(near[-13:]):
        return True
    marked = _MARKED_TITLE.search(near)
    if marked:
        return key(marked["title"]) in TITLES and is_mark(marked["mark"])
    word = near[:-1].split()[-1:]
    letters = key(word[0]) if word and word[0][:1].isupper() else ""
    is_short = 0 < len(letters) <= _LONGEST_TITLE_ABBREVIATED and letters not in _ALSO_WORDS
    return is_short and letters in TITLES | AFTER_RANKS


def _is_lettered(text: str, dot: int) -> bool:
    """Whether the dot follows «section C»."""
    words = text[max(0, dot - _LONGEST_LETTERED) : dot].casefold().split(" ")
    return len(words) > 1 and len(words[-1]) == 1 and words[-2] in _LETTERED


def sentence_ends(text: str) -> list[int]:
    """Ends of sentences, after the punctuation; the dot of an abbreviation or initial is none."""
    return [
        match.start() + 1
        for match in re.finditer(r"[.!?](?=\s+[^\sa-z])", text)
        if text[match.start()] != "." or not is_abbreviated(text, match.start()) or _is_lettered(text, match.start())
    ]
