"""What is said in a meeting besides its matter, and who takes on a task, in Indonesian and English. Pure."""

import re

_GREETINGS = (
    "selamat (?:pagi|siang|sore|malam)|pagi|siang|sore|malam|halo|hai|hello|hi|good (?:morning|afternoon)|morning|"
    r"afternoon|bye|goodbye|see you|sampai jumpa|(?:wa)?assalamu.?alaikum|(?:wa)?alaikum.?salam|wassala\w*"
)
_ANSWERS = (
    "ya|iya|oke|ok|okay|baik|baiklah|siap|betul|benar|nah|setuju|sepakat ya|cukup|yes|yeah|yep|no|right|alright|"
    "sure thing|sure|great|good|lovely|perfect|agreed|noted|will do|exactly|hmm+|e+h?|um+|uh+|no worries|no problem|"
    "that['’]s (?:it|all)|that is all|terima kasih|makasih|sama-sama|thanks?|thank you|mohon maaf|maaf|sorry"
)
_NAMING = (
    "pak|bu|bapak|ibu|mas|mbak|kak|semua|semuanya|rekan-rekan|everyone|everybody|all|sangat|banyak|kembali|you|so much|"
    "very|much"
)
_STEERING = (
    "silakan|silahkan|mangga|monggo|(?:please )?go ahead|laporannya|kita mulai(?: saja)?(?: rapatnya)?(?: agak telat)?|"
    "(?:shall|should|can) we (?:get going|start|begin|move on)|let['’]s (?:get going|start|begin|move on|do it|go)|"
    "then|thanks for joining|any objections|ada keberatan|tidak ada|(?:apakah )?(?:suara saya )?terdengar|"
    "can (?:you|everyone|everybody) (?:hear|see) me|media (?:tidak disertakan|omitted)|"
    "(?:gambar|stiker) tidak disertakan"
)
_FILLER = re.compile(rf"\W*(?:(?:{_GREETINGS}|{_ANSWERS}|{_NAMING}|{_STEERING})\b[\W_]*)+", re.IGNORECASE)
#: «Silakan, Bu Nining»: hands over to somebody.
_HANDS_OVER = re.compile(
    r"(?i:silakan|silahkan|please go ahead|over to)[\s,]+(?:(?i:pak|bu|bapak|ibu|mas|mbak|mr|ms|mrs)\.?\s+)?"
    r"[A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*)?(?:,?\s+laporannya)?[\W_]*"
)
_JOINED = r"\W*(?:(?:ok|oke|okay|baik|siap|ya|yes|sure|nanti|then|and|so|dan|jadi)\W+)*"
#: «Saya kirim besok», «I'll look for it by 13 November»: the speaker is to do it.
_OWN = re.compile(
    rf"{_JOINED}(?:I['’]ll|I will|I can|(?:akan|biar|nanti) saya|saya (?:akan|yang|siapkan|kirim(?:kan)?|susun|"
    r"buat(?:kan)?|urus|cek|hubungi|lengkapi|selesaikan))\b",
    re.IGNORECASE,
)
#: «Saya cetak ralatnya paling lambat Rabu»
_OWN_WITH_DEADLINE = re.compile(
    rf"{_JOINED}saya\s+(?!minta|mohon|harap|ingin|usul|saran|tugas)[a-z]{{4,}}\b.*"
    r"\b(?:paling (?:lambat|telat)|selambatnya)\b",
    re.IGNORECASE | re.DOTALL,
)
_OF_OTHERS = re.compile(r"\b(?:will|shall|akan|can you|could you|would you|bisakah|bisa)\b", re.IGNORECASE)
#: «Aditya, pastikan …», «Peter, please send …».
_ADDRESSED = re.compile(
    r"[A-Z][\w'’.-]*(?:\s[A-Z][\w'’.-]*){0,3},\s+(?:please|tolong|mohon|can you|could you|[a-z]+kan|kirim|susun|"
    r"cek|buat)\b"
)


def is_filler(words: str) -> bool:
    """Greetings, answers of a word, and what only steers the meeting."""
    return (_FILLER.fullmatch(words) or _HANDS_OVER.fullmatch(words)) is not None


def is_own(words: str) -> bool:
    """Whether the speaker takes it on."""
    return (_OWN.match(words) or _OWN_WITH_DEADLINE.match(words)) is not None


def is_for_others(words: str) -> bool:
    """Whether somebody else may be going to do it, or is asked to."""
    return _OF_OTHERS.search(words) is not None


def is_meant_for_one(words: str) -> bool:
    """Whether it is said to one person, by name."""
    return _ADDRESSED.match(words) is not None
