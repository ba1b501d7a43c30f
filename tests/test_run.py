"""`make run` prints the URL and how to sign in, serves, and stops on a signal."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import requests

from tests.elements import parsed
from tracker.core.settings import ROOT
from tracker.demo.cli import FIRST_PORT

EXAMPLE_DATA = {"en": "example data", "id": "data contoh"}


def test_make_run_prints_url_and_accounts_and_stops_cleanly(tmp_path: Path) -> None:
    with socket.socket() as other:
        with suppress(OSError):
            other.bind(("127.0.0.1", FIRST_PORT))  # as if another program had the usual port
        start_and_stop(tmp_path, signal.SIGINT, "en", before=["Loading the demo data …"])
    start_and_stop(tmp_path, signal.SIGTERM, "id", before=[])


def start_and_stop(folder: Path, sign: signal.Signals, language: str, *, before: list[str]) -> None:
    """Whatever the language, programs read the address and how to sign in."""
    command = [sys.executable, "-m", "flask", "--app", "app", "serve"]
    environment = {**os.environ, "TRACKER_INSTANCE": str(folder), "LC_ALL": "C.UTF-8", "LANGUAGE": language}
    server = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )

    lines = [server.stdout.readline().rstrip("\n") for _ in range(len(before) + 12)]
    address, accounts = lines[len(before)], lines[-10:-1]
    signed_in = [sign_in(address, line) for line in (accounts[0], accounts[-1])]
    links = set(re.findall(r"http://127[^/\s]*/", page_of_secretariat(address, accounts[0], "meetings/40/invitations")))
    server.send_signal(sign)
    _, said = server.communicate(timeout=20)

    assert lines[: len(before)] == before
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
    assert lines[len(before) + 1] == f"{EXAMPLE_DATA[language]}: {folder}/tracker.sqlite"
    assert [re.fullmatch(r"sign in: ([a-z_]+) (\S+) (\S+)", line) is not None for line in accounts] == [True] * 9
    assert "flask --app app init" in lines[-1]
    assert {line.split()[2] for line in accounts} == {
        "secretariat", "adviser", "reviewer", "decision_maker", "pic", "admin", "reader",
    }  # fmt: skip
    assert signed_in == [address, address]
    assert links == {address}
    assert server.returncode == 0
    assert {json.loads(line)["event"] for line in said.splitlines()} == {"request"}  # nothing before it was asked


def sign_in(address: str, line: str) -> str:
    """The page that the account of a printed line comes to."""
    with requests.Session() as browser:
        return signed_in_with(browser, address, line).url


def page_of_secretariat(address: str, line: str, path: str) -> str:
    with requests.Session() as browser:
        signed_in_with(browser, address, line)
        return browser.get(f"{address}{path}", timeout=30).text


def signed_in_with(browser: requests.Session, address: str, line: str) -> requests.Response:
    _, _, _, username, password = line.split()
    token = parsed(browser.get(f"{address}sign-in").text).select_one("[name=csrf_token]")["value"]
    given = {"csrf_token": token, "username": username, "password": password}
    return browser.post(f"{address}sign-in", data=given, timeout=30)
