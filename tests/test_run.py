"""`make run` prints the URL and how to sign in, serves, and stops on a signal."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tracker.core.settings import ROOT


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_make_run_prints_url_and_accounts_and_stops_cleanly(tmp_path: Path, sign: signal.Signals) -> None:
    command = [sys.executable, "-m", "flask", "--app", "app", "serve"]
    environment = {**os.environ, "TRACKER_INSTANCE": str(tmp_path)}
    server = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )

    lines = [server.stdout.readline().rstrip("\n") for _ in range(11)]
    address = lines[1]
    with urllib.request.urlopen(f"{address}sign-in") as answer:
        status = answer.status
    server.send_signal(sign)
    _, said = server.communicate(timeout=20)

    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
    assert [re.fullmatch(r"sign in: ([a-z_]+) (\S+) (\S+)", line) is not None for line in lines[2:]] == [True] * 9
    assert {line.split()[2] for line in lines[2:]} == {
        "secretariat", "adviser", "reviewer", "decision_maker", "pic", "admin", "reader",
    }  # fmt: skip
    assert status == 200
    assert server.returncode == 0
    assert [json.loads(line)["event"] for line in said.splitlines()] == ["request"]  # nothing before it was asked
