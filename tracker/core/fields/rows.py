"""A list of rows of a form, each with the number of its row in its name."""

import re
from collections.abc import Iterator
from typing import Any

from wtforms import FieldList

#: A number that a page writes; what Python takes for one has other digits, or thousands of them.
_NUMBER = re.compile(r"[0-9]{1,4}")


class Rows(FieldList):
    """Ignores names whose row number no page writes."""

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        for name in formdata:
            number = name.removeprefix(f"{prefix}-").partition("-")[0] if name.startswith(f"{prefix}-") else ""
            if _NUMBER.fullmatch(number):
                yield int(number)
