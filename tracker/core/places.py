"""Keys that keep rows in an order in which a row can be put between two others without touching them.

A key is eight decimal figures, and after them, where it was put between two neighbours, a fraction in base 62 that does
not end in its zero. Keys compare as text, byte by byte.
"""

from sqlalchemy import Text

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_WHOLE = 8

#: SQLite compares text byte by byte; PostgreSQL only where it is told to.
PlaceText = Text().with_variant(Text(collation="C"), "postgresql")


def nth(number: int) -> str:
    """The key of the n-th row of a fresh list, counted from 1."""
    return f"{number:0{_WHOLE}d}"


def between(before: str | None, after: str | None) -> str:
    """A key after one key and before the other; None stands for the beginning or the end of the list."""
    low = before or nth(0)
    if after is None:
        return nth(int(low[:_WHOLE]) + 1)
    if low >= after:
        raise ValueError(f"{low} does not come before {after}")
    whole = int(low[:_WHOLE])
    if int(after[:_WHOLE]) - whole > 1:
        return nth(whole + 1)
    upper = after[_WHOLE:] if int(after[:_WHOLE]) == whole else None
    # «00000005» itself is the end of the fractions that begin with 00000004.
    return low[:_WHOLE] + _middle(low[_WHOLE:], upper)


def _middle(low: str, high: str | None) -> str:
    """The shortest fraction between two; no upper end means one."""
    if high is not None:
        shared = 0
        while shared < len(high) and (low[shared : shared + 1] or DIGITS[0]) == high[shared]:
            shared += 1
        if shared:
            return high[:shared] + _middle(low[shared:], high[shared:])
    first = DIGITS.index(low[0]) if low else 0
    last = DIGITS.index(high[0]) if high else len(DIGITS)
    if last - first > 1:
        return DIGITS[(first + last) // 2]
    if high and len(high) > 1:
        return high[0]
    return DIGITS[first] + _middle(low[1:], None)
