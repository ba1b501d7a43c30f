"""How Indonesian reports attribute statements. Pure.

«“…,” tutur Razilu», «kata Razilu, “…”», «…, sambung Razilu, …», «Lingga mengakui bahwa …», «“…,” jelasnya».
"""

import re

_SAYING = (
    "beber|cetus|imbuh|jelas|kata|lanjut|papar|pungkas|sambung|sebut|tambah|tandas|tegas|terang|tukas|tutur|ucap|"
    "ujar|ungkap|urai"
)
_ACTIVE = (
    "berharap|berpendapat|berpesan|memaparkan|memerintahkan|meminta|memutuskan|menambahkan|menanyakan|menegaskan|"
    "menekankan|menerangkan|mengajak|mengakui|mengapresiasi|mengatakan|mengimbau|menginginkan|mengingatkan|"
    "menginstruksikan|mengungkapkan|mengusulkan|menilai|menjelaskan|menugaskan|menuturkan|menyampaikan|menyarankan|"
    "menyatakan|menyebut|menyebutkan|menyepakati|menyoroti|melanjutkan|mendorong"
)
_HONORIFIC = r"(?:(?:pak|bapak|ibu|bu|saudara|saudari|sdr\.?|sdri\.?|yth\.?)\s+)*"
#: «jelasnya»: the person named last.
SAID_BY_THE_SAME = re.compile(rf"^[\s,.]*(?:{_SAYING})nya\b", re.IGNORECASE)
#: «tutur Razilu»: the name starts at the end of the match.
SAID_BY = re.compile(rf"^[\s,.]*(?i:(?:{_SAYING})(?:kan)?)[\s,]+(?i:{_HONORIFIC})(?=[A-Z])")
#: «…, sambung Razilu, …» within a sentence, but not «tindak lanjut».
SAID_BETWEEN = re.compile(
    rf"(?:^|[,;–-]\s*|\s)(?i:(?<!tindak )(?<!kata )(?:{_SAYING}|menurut))\s+(?i:{_HONORIFIC})(?=[A-Z])"
)
#: «Lingga mengakui bahwa»: the name precedes.
SAYS = re.compile(rf"\b(?:{_ACTIVE})\b", re.IGNORECASE)
#: Someone named before: «pihaknya berharap», «ia menambahkan».
THE_SAME = re.compile(r"\b(?:pihaknya|ia|dia|beliau)\b[\s,]*(?:juga\s+|pun\s+)?$", re.IGNORECASE)
#: Capitalised words, joined by small words that occur in posts and names: «Menteri Hukum dan HAM».
NAME = re.compile(r"[A-Z][\w.'’/-]*(?:(?:\s+(?:dan|bin|binti|al|di|van|de))?\s+(?:[A-Z][\w.'’/-]*|[IVX]+))*")
_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\b[A-Z]\.)(?<!\b[A-Z][a-z]\.)(?<!\bDrs\.)(?<!\bNo\.)\s+(?=[A-Z“«\"(\d])")
_BULLET = re.compile(r"^\s*(?:[-–•*·]|\d{1,3}[.)]|[a-z][.)])\s+")


def sentences(text: str) -> list[str]:
    """Split into sentences; only white space is lost."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]


def first_sentence(text: str) -> str:
    """Text up to the end of the first sentence, including leading white space."""
    end = _SENTENCE_END.search(text, len(text) - len(text.lstrip()))
    return text[: end.start()] if end else text


def paragraphs(text: str) -> list[str]:
    return [line.strip() for line in re.split(r"[\r\n\u2028\u2029]+", text) if line.strip()]


def without_bullet(line: str) -> str:
    return _BULLET.sub("", line).strip()
