"""Each policy is tried with every role, beside its feature."""

import ast

from tracker.core.settings import ROOT


def test_every_policy_has_its_grid() -> None:
    missing = []
    for file in sorted((ROOT / "tracker").rglob("policy.py")):
        feature = file.parent.relative_to(ROOT / "tracker")
        grids = ROOT / "tests" / feature / "test_policy.py"
        tried = grids.read_text() if grids.exists() else ""
        functions = [node.name for node in ast.parse(file.read_text()).body if isinstance(node, ast.FunctionDef)]
        missing += [f"{feature}.{name}" for name in functions if name[0] != "_" and f"policy.{name}" not in tried]

    assert missing == []
