"""The guides name files that exist, and functions that are defined in them."""

import re
from pathlib import Path

import pytest

from tracker.core.settings import ROOT

FOLDERS = ("tracker", "templates", "tests", "docs", "deploy", "bench")
FILES = [file for folder in FOLDERS for file in (ROOT / folder).rglob("*") if file.is_file()]
FILE = re.compile(r"`([\w./-]+/[\w.-]+\.(?:py|js|html|md|typ))`")
#: `name` in `file`, or `file` (`name`)
FUNCTION = re.compile(r"`(?P<name>\w+)` in\s`(?P<file>[\w./-]+)`|`(?P<in_file>[\w./-]+)`\s\(`(?P<of_name>\w+)`\)")


def files_named(path: str) -> list[Path]:
    """Files whose path ends like this, or that are in a folder of this name."""
    endings = (f"/{path}", f"/{path}.py")
    return [file for file in FILES if str(file).endswith(endings) or f"/{path}/" in str(file)]


def defines(file: Path, name: str) -> bool:
    return (
        file.suffix == ".py" and re.search(rf"^\s*(def|class) {name}\b|^{name}\b", file.read_text(), re.M) is not None
    )


@pytest.mark.parametrize("guide", ["README.md", "CONTRIBUTING.md", "docs/architecture.md"])
def test_files_and_functions_named_in_a_guide_exist(guide: str) -> None:
    text = (ROOT / guide).read_text()
    functions = [
        (match["file"] or match["in_file"], match["name"] or match["of_name"]) for match in FUNCTION.finditer(text)
    ]

    assert [path for path in FILE.findall(text) if not files_named(path)] == []
    assert [pair for pair in functions if not any(defines(file, pair[1]) for file in files_named(pair[0]))] == []
