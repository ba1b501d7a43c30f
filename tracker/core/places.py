"""Sort keys that allow inserting a row between two others without changing those.

A key is eight decimal digits and, if it was inserted between two others, a fraction in base 62 that does not end in
zero. Keys are compared as text, byte by byte.
"""

from sqlalchemy import Text

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_WHOLE = 8

#: SQLite compares text byte by byte; PostgreSQL only with this collation.
PlaceText = Text().with_variant(Text(collation="C"), "postgresql")


def nth(number: int) -> str:
    """The key of the n-th row of a new list, counted from 1."""
    return f"{number:0{_WHOLE}d}"


def between(before: str | None, after: str | None) -> str:
    """A key between two others; None is the beginning or the end of the list."""
    low = before or nth(0)
    if after is None:
        return nth(int(low[:_WHOLE]) + 1)
    if low >= after:
        raise ValueError(f"{low} does not come before {after}")
    whole = int(low[:_WHOLE])
    if int(after[:_WHOLE]) - whole > 1:
        return nth(whole + 1)
    upper = after[_WHOLE:] if int(after[:_WHOLE]) == whole else None
    # «00000005» itself is the upper bound of the fractions of 00000004.
    return low[:_WHOLE] + _middle(low[_WHOLE:], upper)


def _middle(low: str, high: str | None) -> str:
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
