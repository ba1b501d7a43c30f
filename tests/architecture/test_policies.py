"""Each policy is tested with every role, in the tests of its feature."""

import ast

from tracker.core.settings import ROOT


def test_every_policy_is_tested_with_all_roles() -> None:
    missing = []
    for file in sorted((ROOT / "tracker").rglob("policy.py")):
        feature = file.parent.relative_to(ROOT / "tracker")
        grids = ROOT / "tests" / feature / "test_policy.py"
        tried = grids.read_text() if grids.exists() else ""
        functions = [node.name for node in ast.parse(file.read_text()).body if isinstance(node, ast.FunctionDef)]
        missing += [f"{feature}.{name}" for name in functions if name[0] != "_" and f"policy.{name}" not in tried]

    assert missing == []
