"""The script of the live minutes, tried by Node's own runner: what it does without a browser."""

import shutil
import subprocess

from tracker.core.settings import ROOT


def test_the_modules_do_what_their_tests_say() -> None:
    node = shutil.which("node")
    assert node, "Node is missing: apt-get install nodejs"
    files = sorted(str(file) for file in (ROOT / "tests" / "script").glob("*.test.js"))

    ran = subprocess.run([node, "--test", *files], cwd=ROOT, capture_output=True, text=True)

    assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-4000:]
    assert len(files) >= 5


def test_every_module_can_be_read() -> None:
    node = shutil.which("node")
    assert node, "Node is missing: apt-get install nodejs"

    for file in sorted((ROOT / "tracker" / "static" / "minutes").glob("*.js")):
        ran = subprocess.run([node, "--check", str(file)], capture_output=True, text=True)
        assert ran.returncode == 0, (file.name, ran.stderr)
