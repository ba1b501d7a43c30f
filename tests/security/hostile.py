"""Texts that would run or load something if a page did not escape them, and a detector for that."""

from collections.abc import Sequence
from urllib.parse import urlsplit

import html5lib
from sqlalchemy import JSON, Enum, Table, Text, text
from sqlalchemy.orm import Session

from tracker.core.db import Model

#: Part of every text, including the names of attributes and elements it would create.
MARK = "xssuji"
CORPUS = [
    f"<script>{MARK}()</script>", f"</script><script>{MARK}()</script>", f"<img src=x onerror={MARK}()>",
    f"\"><img src=x onerror={MARK}()>", f"'><img src=x onerror={MARK}()>", f"\" autofocus onfocus={MARK}() {MARK}=\"",
    f"' autofocus onfocus={MARK}() {MARK}='", f"` onmouseover={MARK}() {MARK}=`", f"<svg/onload={MARK}()>",
    f"<svg><script>{MARK}()</script></svg>", f"</textarea><script>{MARK}()</script>",
    f"</title><script>{MARK}()</script>", f"</option></select><script>{MARK}()</script>",
    f"</style><script>{MARK}()</script>", f"--><script>{MARK}()</script><!--", f"]]><script>{MARK}()</script>",
    f"javascript:{MARK}()", f"JaVaScRiPt:{MARK}()", f"data:text/html,<script>{MARK}()</script>",
    f"<a href=\"javascript:{MARK}()\">{MARK}</a>", f"<iframe srcdoc=\"<script>{MARK}()</script>\"></iframe>",
    f"<object data=\"javascript:{MARK}()\"></object>", f"<embed src=\"javascript:{MARK}()\">",
    f"<form action=\"javascript:{MARK}()\"><button>{MARK}</button></form>",
    f"<base href=\"https://{MARK}.example/\">", f"<meta http-equiv=refresh content=\"0;url=javascript:{MARK}()\">",
    f"<link rel=stylesheet href=\"//{MARK}.example/x.css\">", f"<style>@import '//{MARK}.example/x';</style>",
    f"<details open ontoggle={MARK}()>", f"<video><source onerror={MARK}()></video>", f"<marquee onstart={MARK}()>",
    f"<math><mtext></form><form><mglyph><style></math><img src onerror={MARK}()>",
    f"<input autofocus onfocus={MARK}()>", f"{{{{ {MARK}() }}}}", f"{{% print({MARK}) %}}", f"${{{MARK}()}}",
    f"#{{{MARK}()}}", f"%3Cscript%3E{MARK}()%3C/script%3E", f"&lt;script&gt;{MARK}()&lt;/script&gt;",
    f"&#60;script&#62;{MARK}()&#60;/script&#62;", f"\\u003cscript\\u003e{MARK}()",
    f"<scr<script>ipt>{MARK}()</scr</script>ipt>", f"<div style=\"background:url(javascript:{MARK}())\">",
    f"<button hx-get=\"//{MARK}.example\" hx-trigger=load>", f"=HYPERLINK(\"//{MARK}.example\")",
    f"\u202e<script>{MARK}()",
]  # fmt: skip
#: Text columns with codes, digests or keys, which nobody types.
_NOT_TYPED = frozenset({
    "code", "username", "password_hash", "token_hash", "sealed_seed", "code_hash", "mark", "media_type", "language",
    "timezone", "folded", "content", "content_hash", "list_name", "query", "subject", "week", "source_url",
    "browser", "verb", "from_state", "to_state", "word", "stem", "stems", "words", "period", "realised_period",
    "email", "address", "key", "path", "led_to", "place", "mentions",
})  # fmt: skip
#: Internal tables, and those that the database refuses to change.
_LEFT = frozenset({"audit_entry", "audit_head", "search_entry", "search_word", "proposal_meaning", "spent_key",
                   "sign_in", "throttle_count", "code_series", "holiday"})  # fmt: skip


def plant(session: Session, texts: Sequence[str] = CORPUS) -> int:
    """Store the texts in turn in every column that people type into; returns the number of fields. SQLite only."""
    turn = 0
    session.execute(text("BEGIN"))  # one write to the disk instead of thousands
    guards = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name NOT LIKE 'search_%'"
    for name in session.execute(text(guards)).scalars().all():  # what is frozen is shown, too
        session.execute(text(f'DROP TRIGGER "{name}"'))
    for table in Model.metadata.sorted_tables:
        for column in typed_columns(table):
            keys = [*table.primary_key.columns]
            for row in session.execute(table.select().where(column.is_not(None))).mappings().all():
                if isinstance(row[column.name], dict):  # codes that the labels read
                    continue
                words = texts[turn % len(texts)]
                here = [key == row[key.name] for key in keys]
                value = [words] if isinstance(row[column.name], list) else words
                session.execute(table.update().where(*here).values({column.name: value}))
                turn += 1
    session.execute(text("COMMIT"))
    return turn


def typed_columns(table: Table) -> list:
    """Columns with texts that somebody typed."""
    if table.name in _LEFT:
        return []
    return [
        column for column in table.columns
        if isinstance(column.type, Text | JSON) and not isinstance(column.type, Enum)
        and column.name not in _NOT_TYPED and not column.unique and not column.primary_key and not column.foreign_keys
    ]  # fmt: skip


def faults(html: str) -> list[str]:
    """What would run, load or link elsewhere in this page, as parsed by a browser (html5lib)."""
    root = html5lib.parse(html, namespaceHTMLElements=False)
    found = []
    for element in root.iter():
        is_of_guide = element.get("src", "").startswith("/help/pictures/") and MARK not in element.get("src", "")
        is_own_picture = element.tag == "img" and (element.get("class") == "qr" or is_of_guide)
        if not isinstance(element.tag, str) or is_own_picture:
            continue
        attributes = {str(name).lower(): value for name, value in element.attrib.items()}
        if MARK in element.tag or any(MARK in name or name.startswith(("on", "hx-", "srcdoc")) for name in attributes):
            found.append(f"{element.tag} {attributes}")
        is_refresh = element.tag == "meta" and "http-equiv" in attributes
        if (
            is_refresh
            or element.tag in _NEVER
            or (element.tag == "script" and not attributes.get("src", "").startswith("/static/"))
        ):
            found.append(f"{element.tag} {attributes}")
        if any(_leads_away(attributes[name]) for name in ("href", "src", "action", "formaction") if name in attributes):
            found.append(f"{element.tag} {attributes}")
    return found


_NEVER = {"iframe", "object", "embed", "base", "style", "math", "marquee", "video", "audio", "img", "frame", "applet"}


def _leads_away(address: str) -> bool:
    """Whether a URL leads neither to this site nor to a source of the demo."""
    parts = urlsplit(address.strip())
    return parts.scheme.lower() not in {"", "http", "https", "mailto"} or MARK in parts.netloc
