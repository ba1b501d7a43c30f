"""The examples in templates/styleguide/examples: a file for each file of templates/components, of the same name.

Such a file begins with what it imports. A comment on a line of its own begins an example and says which state it shows;
the lines below it are the call. The page shows both, so what it shows is what the call makes.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from flask import current_app
from markupsafe import Markup

from tracker.core.settings import ROOT
from tracker.core.wording import registered

COMPONENTS, EXAMPLES = ROOT / "templates" / "components", ROOT / "templates" / "styleguide" / "examples"
#: The day of the examples.
TODAY = date(2026, 11, 25)
_STATE = re.compile(r"^\{# (.+?) #\}\n", re.MULTILINE)
_ABOUT = re.compile(r"\{#(.+?)#\}", re.DOTALL)
#: Attributes that name elements, in which the second copy of an example differs from the first.
_NAMING = re.compile(r' (id|for|list|aria-labelledby|aria-describedby|aria-controls)="([^"]+)"| href="#([^"]+)"')
#: Names of regions; two regions of a page may not have the same.
_REGION = re.compile(r'(<(?:nav|aside|section|form)\b[^>]*? aria-label=")')


@dataclass(frozen=True, kw_only=True)
class Example:
    state: str
    call: str
    light: Markup
    dark: Markup


@dataclass(frozen=True, kw_only=True)
class Component:
    """A file of components: its name, what its first comment says, and its examples."""

    name: str
    about: str
    examples: list[Example]


def components(**forms: Any) -> list[Component]:
    files = sorted(file.relative_to(COMPONENTS) for file in COMPONENTS.rglob("*.html") if not file.name.startswith("_"))
    return [_component(file, forms) for file in files]


def _component(file: Path, forms: Mapping[str, Any]) -> Component:
    about = _ABOUT.search((COMPONENTS / file).read_text())
    return Component(
        name=file.with_suffix("").as_posix(),
        about=" ".join(about[1].split()) if about else "",
        examples=list(_examples(EXAMPLES / file, forms)),
    )


def _examples(file: Path, forms: Mapping[str, Any]) -> Iterator[Example]:
    if not file.exists():
        return
    head, *parts = _STATE.split(file.read_text())
    for state, call in zip(parts[::2], parts[1::2], strict=True):
        template = current_app.jinja_env.from_string(head + call)
        shown = template.render(
            today=TODAY, day=date, moment=datetime(2026, 11, 25, 7, 30, tzinfo=UTC), thing=SimpleNamespace,
            codes={kind.__name__: kind for kind in registered()}, **forms,
        )  # fmt: skip
        yield Example(state=state, call=call.strip(), light=Markup(shown), dark=Markup(_renamed(shown)))  # noqa: S704


def _renamed(html: str) -> str:
    def with_other_names(match: re.Match[str]) -> str:
        if match[3]:
            return f' href="#dark-{match[3]}"'
        return f' {match[1]}="{" ".join(f"dark-{name}" for name in match[2].split())}"'

    return _REGION.sub(r"\1Dark: ", _NAMING.sub(with_other_names, html))
