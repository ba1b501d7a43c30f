"""Kinds of statements by their wording. Pure."""

import re

from tracker.meetings.rules import StatementKind

K = StatementKind

#: Words of each kind; the first that counts wins.
_WORDS = (
    (K.DECISION, r"""
        memutuskan|diputuskan|menyepakati|disepakati|sepakat|bersepakat|menetapkan|ditetapkan|disetujui|menyetujui|
        (?:agreed|decided|resolved) (?:to|that|on)|
        (?:is|are|was|were) (?:hereby )?(?:approved|adopted|decided|agreed)|approved|we approve|keputusannya|
        decision is|we will go with|we (?:agree|decide)(?!\s+with\b)|
        (?:kita|kami|saya) (?:putuskan|sepakati|tetapkan|setujui)|setuju (?:untuk|dengan usul\w*)
    """),
    (K.DIRECTIVE, r"""
        meminta|diminta|minta|instruksi|menginstruksikan|diinstruksikan|menugaskan|ditugaskan|menugasi|ditugasi|
        memerintahkan|diperintahkan|mengarahkan|tolong|wajib|harap segera|agar segera|harus segera|
        mohon (?:segera )?(?:siapkan|disiapkan|kirim|dikirim|lengkapi|dilengkapi|(?:di)?tindak ?lanjuti|susun|
        disusun|pastikan|dipastikan)|
        (?:requested|asked|instructed|directed|urged) (?!(?:whether|if|about|how|what|why|when|by)\b)\w+|please|
        instructs|requests (?:that|the|all)|asks (?:the|all)|must be submitted|need you to|pastikan|
        (?:mendorong|mengingatkan|mewanti-wanti)(?: [\w.-]+){0,6}? agar
    """),
    (K.HOPE, r"""
        berharap|harapan(?:nya|ku|kami)?|diharapkan|mengharapkan|semoga|mudah-mudahan|hopes?|hoped|hopefully|expects|
        looks? forward|looking forward
    """),
    (K.EXHORTATION, """
        mengajak|mari|ayo|mengimbau|diimbau|imbauan|let us|let['’]s|encourages?|encouraged|calls? on|called on|
        invites? (?:all|everyone)
    """),
    (K.PROPOSAL, """
        perlu|perlunya|usul|usulan(?:nya| saya| kami)?|usulkan|mengusulkan|diusulkan|sebaiknya|menyarankan|disarankan|
        saran saya|saran kami|sarankan|alangkah baiknya|bagaimana kalau|merekomendasikan|direkomendasikan|proposes?|
        proposed|proposing|suggests?|suggested|recommends?|recommended|should|we could|could we|what if|how about|
        why (?:not|don['’]t we)|(?:kami|saya) mohon (?:agar|supaya|kiranya|dibantu|bantuan)|
        (?:my|our) (?:proposal|suggestion)|bagaimana jika|gimana kalau|
        it would be (?:good|better|useful)|i['’]d like to propose
    """),
    (K.DIRECTIVE, "jangan(?! sampai)"),
    (K.RESPONSE, "menjawab|menanggapi|replied|responded|in response|menyanggah|mengklarifikasi"),
)  # fmt: skip
_LINE_END = re.compile(r"\n\s*")
_CUES = tuple(
    (kind, re.compile(rf"(?<![\w-])(?:{_LINE_END.sub('', words)})(?![\w-])", re.IGNORECASE)) for kind, words in _WORDS
)
#: What takes the meaning from a cue that follows: «tidak perlu», «yang diharapkan», «telah disetujui».
_TAKEN_BACK = re.compile(
    r"(?:\b(?:telah|sudah|has been|had been|have been|already)\s+|"
    r"\b(?:tidak|tak|tdk|bukan|belum|tanpa|jangan|yang(?:\s+(?:kami|kita|saya|mereka|telah|sudah|pernah|akan))?|"
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
    r"\s+(?:diketahui|waktu\b|atau tidak|tidaknya|dicatat bahwa|tersebut\b|itu\b (?:sudah|telah)|"
    r"yang (?:telah|sudah|lalu))",
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
_QUESTION = re.compile(r"\?[\s”\"'»]*$")
_ASKED_TO = re.compile(
    r"\b(?:bagaimana (?:kalau|jika)|gimana kalau|what if|how about|why not|why don['’]t we|could we|tolong|please|"
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
    if is_taken_back or _NO_CUE_AFTER.match(words, found.end()):
        return False
    return not (_MAY_BE_NOUN.fullmatch(found[0].strip()) and _NOUN_BEFORE.search(before))
