"""What is said in a meeting besides its matter, and who takes on a task, in Indonesian and English. Pure."""

import re

_GREETINGS = (
    "selamat (?:pagi|siang|sore|malam)|pagi|siang|sore|malam|halo|hai|hello|hi|good (?:morning|afternoon)|morning|"
    r"afternoon|bye|goodbye|see you|sampai jumpa|(?:wa)?assalamu.?alaikum|(?:wa)?alaikum.?salam|wassala\w*|"
    r"warahmatull?ahi|wabarakatuh|wr\.? ?wb|salam (?:sejahtera|sehat)(?: (?:bagi|untuk) kita semua)?|om swastiastu|"
    r"shalom|"
    r"good (?:evening|day)|hey|evening"
)
_ANSWERS = (
    "ya|iya|oke|ok|okay|baik|baiklah|siap|betul|benar|nah|setuju|sepakat ya|cukup|yes|yeah|yep|no|right|alright|"
    "nggih|inggih|bisa|boleh|jelas|laksanakan|sip|mantap|aman|clear|absolutely|certainly|of course|definitely|"
    "fine(?: (?:with|by) me)?|"
    "sounds good|understood|got it|copy that|makes sense|happy to|meeting adjourned|(?:we|"
    "i think we) have (?:a )?quorum|"
    "sure thing|sure|great|good|lovely|perfect|agreed|noted|will do|exactly|hmm+|e+h?|um+|uh+|no worries|no problem|"
    "that['’]s (?:it|all)|that is all|terima kasih|makasih|sama-sama|thanks?|thank you|mohon maaf|maaf|sorry"
)
_NAMING = (
    "pak|bu|bapak|ibu|mas|mbak|kak|semua|semuanya|rekan-rekan|everyone|everybody|all|sangat|banyak|kembali|you|so much|"
    "welcome|colleagues|friends|folks|team|hadirin|sekalian|teman-teman|kawan-kawan|saudara-saudara|"
    "ladies and gentlemen|very|much|at all|actually|then|chair|sir|madam|prof|dok"
)
_STEERING = (
    "(?:sudah |apa(?:kah)? |bisa |semua )*(?:dengar|terdengar|kedengaran)(?: suara saya)?|"
    r"(?:i think |so |ok(?:ay)? |well |right )?(?:let['’]s|we['’]ll|we can|i['’]d like to) (?:get started|"
    r"make a start|kick off|start now)|"
    "silakan|silahkan|mangga|monggo|(?:please )?go ahead|laporannya|kita mulai(?: saja)?(?: rapatnya)?(?: agak telat)?|"
    "(?:shall|should|can) we (?:get going|start|begin|move on)|let['’]s (?:get going|start|begin|move on|do it|go)|"
    r"let['’]s wait[^.!?]{0,30}|"
    "(?:can we |please )?come to order|please|all in favou?r|is there a seconder|any (?:other |more |"
    "further )?(?:questions|comments|objections|business|points|thoughts|remarks)|nothing (?:else )?from (?:me|"
    "my side|us)|any(?:thing)? else|next item|"
    "then|thanks for joining|any objections|ada keberatan|tidak ada|(?:apakah )?(?:suara saya )?terdengar|"
    "(?:i think )?(?:we(?:['’]re| are)|everyone is|everybody is) (?:all )?here(?: now)?|(?:(?:that|it) )?works for me|"
    "(?:sudah|semua(?:nya)? sudah) (?:lengkap|hadir|masuk|bergabung)(?: semua)?|i (?:was|am) (?:still )?on mute|"
    "(?:you(?:['’]re| are) )?on mute|"
    "can (?:you|everyone|everybody) (?:hear|see) me|media (?:tidak disertakan|omitted)|"
    "(?:gambar|stiker) tidak disertakan"
)
_FILLER = re.compile(rf"\W*(?:(?:{_GREETINGS}|{_ANSWERS}|{_NAMING}|{_STEERING})\b[\W_]*)+", re.IGNORECASE)
#: «Karena sudah pukul sembilan, kita mulai.»
_OPENING = re.compile(
    r"\W*(?:[^\W\d]+[, ]+){0,14}(?:kita|saya) (?:mulai|buka|tutup|akhiri)(?: (?:saja|ya|dengan|"
    r"doa|bersama|rapatnya|acaranya|sekarang|rapat|sidang|"
    r"pertemuan|acara|ini|hari|pagi|siang|sore|malam|kita|pada)){0,5}\W*",
    re.IGNORECASE,
)
#: «Yang kami hormati Bapak Kepala Dinas, …»
_HONOURED = re.compile(r"\W*yang (?:kami|saya) hormati\b.{0,200}", re.IGNORECASE | re.DOTALL)
#: «Silakan, Bu Nining»: hands over to somebody.
_HANDS_OVER = re.compile(
    r"(?i:silakan|silahkan|please go ahead|over to)[\s,]+(?:(?i:pak|bu|bapak|ibu|mas|mbak|mr|ms|mrs)\.?\s+)?"
    r"[A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*)?(?:,?\s+laporannya)?[\W_]*"
)
#: «Sorry, my camera is broken.»
_TECHNICAL = re.compile(
    r"\W*(?:[^\W\d]+[, ]+){0,4}(?:my|your|the) (?:camera|mic|microphone|connection|internet|audio|screen|line) (?:is|"
    r"was|dropped|keeps)\b.{0,40}|"
    r"\W*(?:[^\W\d]+[, ]+){0,4}(?:kamera|mikrofon|mik|koneksi|sinyal|suara|layar) (?:saya|bapak|ibu) .{0,40}|"
    r"\W*(?:[^\W\d]+[, ]+){0,2}saya rekam(?: ya)?\W*|"
    r"\W*(?:rapat|sidang|acara|pertemuan) (?:saya|kami|kita) (?:buka|tutup|lanjutkan|skors|akhiri|mulai)\W*",
    re.IGNORECASE,
)
_JOINED = r"\W*(?:(?:ok|oke|okay|baik|siap|ya|yes|sure|nanti|then|and|so|dan|jadi)\W+)*"
#: «Saya kirim besok», «I'll look for it by 13 November»: the speaker is to do it.
_OWN = re.compile(
    rf"{_JOINED}(?:I['’]ll|I will|I can|I(?:['’]m| am) going to|I shall|let me|(?:akan|biar|nanti) saya|saya (?:akan|"
    rf"yang|siapkan|kirim(?:kan)?|susun|"
    r"buat(?:kan)?|urus|cek|hubungi|lengkapi|selesaikan|bantu|bikin|coba|garap|kerjakan|bereskan|usahakan|handle))\b",
    re.IGNORECASE,
)
#: «Saya cetak ralatnya paling lambat Rabu»
_OWN_WITH_DEADLINE = re.compile(
    rf"{_JOINED}saya\s+(?!minta|mohon|harap|ingin|usul|saran|tugas)[a-z]{{4,}}\b.*"
    r"\b(?:paling (?:lambat|telat)|selambatnya)\b",
    re.IGNORECASE | re.DOTALL,
)
#: «Berita acaranya saya buatkan besok»: what is done stands first.
_OWN_WITH_OBJECT = re.compile(
    r"\W*(?:[\w-]+,? ){1,10}?(?:nanti )?(?:saya|kami) (?:yang |akan |bantu )?"
    r"(?!(?:usul|saran|tanya|sampai|kira|tambah|ingat|harap|putus|setuju)kan\b|sepakati\b)"
    r"(?!(?:sendiri|pribadi|jadi|lagi|tadi|kini|pergi|setuju)\b)"
    r"(?:[a-z]{3,}(?:kan|i|in)|kirim|susun|buat|bawa|cek|urus|hubungi|lengkapi|garap|kerjakan|tulis|cetak|ambil|antar|cari|siapin|kirimin|"
    r"proses|jadwalkan|rapikan|unggah|update|upload|share|revisi|rekap|input|transfer|konfirmasi|kabari|telepon|"
    r"pantau|ajukan)\b",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(r"\b(?:will|shall|akan|can you|could you|would you|bisakah|bisa)\b", re.IGNORECASE)
#: «Aditya, pastikan …», «Peter, please send …».
_ADDRESSED = re.compile(
    r"(?:[A-Z][\w'’.-]*(?:\s[A-Z][\w'’.-]*){0,3},|(?:Pak|Bu|Bapak|Ibu|Mas|Mbak|Bang|Kak)\s[A-Z][\w'’.-]*(?:\s[A-Z][\w'’.-]*)?,?)\s+"
    r"(?:please|tolong|mohon|can you|could you|would you|will you|kindly|I need you|I want you|I['’]d like you|"
    r"make sure|"
    r"minta|bisa|saya minta|kamu|anda|you|[a-z]{3,}kan|kirim|susun|cek|buat)\b"
)
#: «The signs will be up by 16 February, I'll see to that.»
_OWN_AT_LAST = re.compile(
    r"\b(?:I['’]ll|I will) (?:see to|do|take care of|handle|take) (?:that|it|this)\W*$", re.IGNORECASE
)


_NAMED = re.compile(r"\b(?:pak|bu|bapak|ibu|mas|mbak|bang|kak|mr|mrs|ms|dr)\.? \w+", re.IGNORECASE)
_SHORTEST_MATTER = 3


def is_mere_answer(words: str) -> bool:
    """«Bisa, Pak Lurah.» and whatever else is said in two words, if it names no number and asks nothing."""
    bare = _NAMED.sub("", words)
    return len(bare.split()) < _SHORTEST_MATTER and not any(char.isdecimal() or char == "?" for char in bare)


def is_filler(words: str) -> bool:
    """Greetings, answers of a word, and what only steers the meeting."""
    return any(way.fullmatch(words) for way in (_FILLER, _OPENING, _HONOURED, _HANDS_OVER, _TECHNICAL))


_AGREEMENT = re.compile(
    r"\W*(?:(?:ok|oke|okay|yes|yeah|ya|baik|right|alright|well)\W+)?(?:(?:that|it)(?: works| sounds good|"
    r" is fine|['’]s fine|"
    r"['’]s a good idea)(?: (?:for|by|to) (?:me|us))?|works for me|agreed|good (?:idea|plan)|deal|fine (?:by|with) me|"
    r"sounds good|setuju|sepakat|boleh(?: juga)?|saya setuju|ide bagus|cocok)(?:,? (?:pak|bu|mas|mbak)(?: \w+)?)?\W*",
    re.IGNORECASE,
)


def is_agreement(words: str) -> bool:
    """«That works for me.», «Setuju, Bu.»: what follows may settle it."""
    return _AGREEMENT.fullmatch(words) is not None


#: «maksimal dua hari kerja»: working days are no date, but bind all the same.
_LIMIT = re.compile(
    r"\b(?:maksimal|maks\.|paling (?:lama|lambat)|dalam(?: waktu)?|within|at most|no later than)\s(?:\w+\s){1,2}"
    r"(?:jam|hari|minggu|pekan|hours?|days?|weeks?)\b",
    re.IGNORECASE,
)


def has_limit(words: str) -> bool:
    return _LIMIT.search(words) is not None


def is_own(words: str) -> bool:
    """Whether the speaker takes it on."""
    return any(way.match(words) for way in (_OWN, _OWN_WITH_DEADLINE, _OWN_WITH_OBJECT)) or bool(
        _OWN_AT_LAST.search(words)
    )


def is_for_others(words: str) -> bool:
    """Whether somebody else may be going to do it, or is asked to."""
    return _OF_OTHERS.search(words) is not None


def is_meant_for_one(words: str) -> bool:
    """Whether it is said to one person, by name."""
    return _ADDRESSED.match(words) is not None
