"""`make run` prints the URL and how to sign in, serves, and stops on a signal."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

from tracker.core.settings import ROOT


def test_make_run_prints_url_and_accounts_and_stops_cleanly(tmp_path: Path) -> None:
    start_and_stop(tmp_path, signal.SIGINT, before=["Loading the demo data …"])
    start_and_stop(tmp_path, signal.SIGTERM, before=[])


def start_and_stop(folder: Path, sign: signal.Signals, *, before: list[str]) -> None:
    command = [sys.executable, "-m", "flask", "--app", "app", "serve"]
    environment = {**os.environ, "TRACKER_INSTANCE": str(folder), "LC_ALL": "C.UTF-8"}
    server = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )

    lines = [server.stdout.readline().rstrip("\n") for _ in range(len(before) + 12)]
    address = lines[len(before)]
    with urllib.request.urlopen(f"{address}sign-in") as answer:
        status = answer.status
    server.send_signal(sign)
    _, said = server.communicate(timeout=20)

    assert lines[: len(before)] == before
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
    assert lines[len(before) + 1] == f"example data: {folder}/tracker.sqlite"
    accounts = lines[-10:-1]
    assert [re.fullmatch(r"sign in: ([a-z_]+) (\S+) (\S+)", line) is not None for line in accounts] == [True] * 9
    assert "flask --app app init" in lines[-1]
    assert {line.split()[2] for line in accounts} == {
        "secretariat", "adviser", "reviewer", "decision_maker", "pic", "admin", "reader",
    }  # fmt: skip
    assert status == 200
    assert server.returncode == 0
    assert [json.loads(line)["event"] for line in said.splitlines()] == ["request"]  # nothing before it was asked
