"""Where quotations stand in a text. Pure."""

_CLOSING = {"“": "”", "«": "»", '"': '"'}


def quotations(text: str) -> list[tuple[int, int]]:
    """Where quotations stand, the outer ones only: “meminta agar lebih “prestigious” lagi” is one."""
    spans, depth, start, closing = [], 0, 0, ""
    for at, sign in enumerate(text):
        if depth and sign == closing:
            depth -= 1
            if not depth:
                spans.append((start, at + 1))
        elif depth and _CLOSING.get(sign) == closing:
            depth += 1
        elif not depth and sign in _CLOSING:
            depth, start, closing = 1, at, _CLOSING[sign]
    if depth and text.rfind(closing) > start:  # one mark too many within: the quotation ends at the last
        spans.append((start, text.rfind(closing) + 1))
    return spans
