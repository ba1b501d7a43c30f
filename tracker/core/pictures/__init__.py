"""Where the marks of our pictures stand; the macros in templates/components/pictures only draw them.

Across, everything is in percent of the picture's width; down, in pixels. So a picture fills its column while its
letters keep their size. A value that is None is unknown: it leaves a gap and is never drawn as 0.
"""

import sys

from flask import Flask

from tracker.core.pictures.flows import Group, flow
from tracker.core.pictures.over_time import Mark, Period, line
from tracker.core.pictures.promises import promise
from tracker.core.pictures.rows import bullet, chain_dots, late_share, pair, spark, stacked
from tracker.core.pictures.weeks import Bar, bars, lines

__all__ = [
    "Bar", "Group", "Mark", "Period", "bars", "bullet", "chain_dots", "flow", "late_share", "line", "lines", "pair",
    "promise", "set_up", "spark", "stacked",
]  # fmt: skip


def set_up(app: Flask) -> None:
    """The macros ask `pictures` themselves, so a page passes plain values."""
    app.jinja_env.globals["pictures"] = sys.modules[__name__]
