"""Two processes that submit forms at the same moment, each with its own session."""

import subprocess
import sys
from pathlib import Path

from flask import Flask

from tests.visitor import REVIEWER
from tracker.core.settings import ROOT

#: Prepares, waits for a line on stdin, sends a form, prints the status.
SENDER = """
import json, sys
from pathlib import Path
from tests import pinned
from tests.databases import settings_for
from tests.visitor import Visitor
from tracker import create_app
pinned.follow()
url, folder, path, values = sys.argv[1], Path(sys.argv[2]), sys.argv[3], json.loads(sys.argv[4])
browser = Visitor(create_app(settings_for(url, folder))).as_(sys.argv[5])
values["csrf_token"] = [browser.token()]
print("ready", flush=True)
sys.stdin.readline()
print(browser.client.post(path, data=values).status_code, flush=True)
"""


def both(app: Flask, folder: Path, sent: list[tuple[str, str]], *, by: str = REVIEWER) -> list[str]:
    """The status of both responses."""
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    senders = [
        subprocess.Popen([sys.executable, "-c", SENDER, url, str(folder), path, values, by], cwd=ROOT, text=True,
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for path, values in sent
    ]  # fmt: skip
    for sender in senders:
        assert sender.stdout.readline().strip() == "ready"
    for sender in senders:
        sender.stdin.write("go\n")
        sender.stdin.flush()
    return sorted(sender.communicate(timeout=60)[0].strip() for sender in senders)
