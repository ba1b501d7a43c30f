"""Runs the tests of the scripts with Node."""

import shutil
import subprocess

from tracker.core.settings import ROOT


def test_the_script_tests_pass() -> None:
    node = shutil.which("node")
    assert node, "Node is missing: apt-get install nodejs"
    files = sorted(str(file) for file in (ROOT / "tests" / "script").glob("*.test.js"))

    result = subprocess.run([node, "--test", *files], cwd=ROOT, capture_output=True, text=True)

    assert result.returncode == 0, result.stdout[-4000:] + result.stderr[-4000:]
    assert len(files) >= 5


def test_every_module_parses() -> None:
    node = shutil.which("node")
    assert node, "Node is missing: apt-get install nodejs"

    for file in sorted((ROOT / "tracker" / "static" / "minutes").glob("*.js")):
        result = subprocess.run([node, "--check", str(file)], capture_output=True, text=True)
        assert result.returncode == 0, (file.name, result.stderr)
