"""A list of rows of a form, each with the number of its row in its name."""

import re
from collections.abc import Iterator
from typing import Any

from wtforms import FieldList

#: Row numbers as pages write them. `str.isdecimal` would accept other digits, and thousands of them.
_NUMBER = re.compile(r"[0-9]{1,4}")


class Rows(FieldList):
    """Ignores names whose row number no page writes."""

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        for name in formdata:
            number = name.removeprefix(f"{prefix}-").partition("-")[0] if name.startswith(f"{prefix}-") else ""
            if _NUMBER.fullmatch(number):
                yield int(number)
