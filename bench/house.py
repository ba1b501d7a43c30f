"""What the tree is made of, at two commits side by side: `make house before=4996062`.

An arrow is a pair of packages directly below `tracker`, the first of which imports the second. It points up where the
second stands on the same floor or a higher one in the contract «Features stand on floors» of that commit.
"""

import ast
import io
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tracker.core.settings import ROOT

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
LONGEST_TEMPLATE_LINE = 120


def figures_of(tree: Path) -> dict[str, str]:
    """Each figure by what it counts."""
    sources = {file: ast.parse(file.read_text()) for file in sorted((tree / "tracker").rglob("*.py"))}
    packages = {part for file in sources if (part := _package(tree, file))}
    arrows = {
        (source, target)
        for file, module in sources.items()
        if (source := _package(tree, file))
        for target in _imported(module) & packages - {source}
    }
    floors = _floors(tree)
    definitions = [node for module in sources.values() for node in ast.walk(module) if isinstance(node, DEFINITIONS)]
    documented = sum(ast.get_docstring(node) is not None for node in definitions)
    lines = [line for file in sources for line in file.read_text().splitlines()]
    templates = [line for file in (tree / "templates").rglob("*.html") for line in file.read_text().splitlines()]
    tests = [line for file in (tree / "tests").rglob("*.py") for line in file.read_text().splitlines()]
    return {
        "packages below tracker/": str(len(packages)),
        "floors": str(len(set(floors.values()))),
        "arrows between packages": str(len(arrows)),
        "arrows up": str(
            sum(floors[source] <= floors[target] for source, target in arrows if {source, target} <= floors.keys())
        ),
        "Python files": str(len(sources)),
        "lines of Python": f"{len(lines):,}",
        "functions and classes": f"{len(definitions):,}",
        "with a docstring": f"{documented / len(definitions):.0%}",
        "lines of the factory": str(len((tree / "tracker/__init__.py").read_text().splitlines())),
        "migrations": str(len(list((tree / "tracker/migrations/versions").glob("*.py")))),
        "lines of templates": f"{len(templates):,}",
        f"of these over {LONGEST_TEMPLATE_LINE} columns": f"{sum(map(_is_too_long, templates)):,}",
        "lines of tests": f"{len(tests):,}",
    }


def _is_too_long(line: str) -> bool:
    return len(line) > LONGEST_TEMPLATE_LINE


def _package(tree: Path, file: Path) -> str | None:
    """The package directly below `tracker` that a file belongs to."""
    _, name, *inside = file.relative_to(tree).parts
    return name if inside and (tree / "tracker" / name / "__init__.py").exists() else None


def _imported(module: ast.Module) -> set[str]:
    """Packages directly below `tracker` that a module imports."""
    return {match[1] for name in _names(module) if (match := re.match(r"tracker\.(\w+)", name))}


def _names(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _floors(tree: Path) -> dict[str, int]:
    """How high each package stands; the lowest floor is 0."""
    contracts = tomllib.loads((tree / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return {
        name.removeprefix("tracker."): height
        for height, layer in enumerate(reversed(layers))
        for name in re.findall(r"[\w.]+", layer)
    }


def main(commits: list[str]) -> None:
    """Print the figures of these commits and of the working tree."""
    with tempfile.TemporaryDirectory() as folder:
        trees = [_checked_out(commit, Path(folder) / commit) for commit in commits]
        columns = [figures_of(tree) for tree in [*trees, ROOT]]
    sys.stdout.write(
        f"{'':34}" + "".join(f"{name:>12}" for name in [*(commit[:10] for commit in commits), "now"]) + "\n"
    )
    for name in columns[-1]:
        sys.stdout.write(f"{name:34}" + "".join(f"{column[name]:>12}" for column in columns) + "\n")


def _checked_out(commit: str, folder: Path) -> Path:
    packed = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    return folder


if __name__ == "__main__":
    main(sys.argv[1:])
