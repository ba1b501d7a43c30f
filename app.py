"""The door: `flask --app app …` and gunicorn's `app:app` both come in here."""

import sys

from tracker import create_app
from tracker.core.settings import IncompleteSettings
from tracker.core.terminal import choose_language, translated
from tracker.core.tools import describe_tools

choose_language()
describe_tools()
try:
    app = create_app()
except IncompleteSettings as refused:
    sys.exit(translated(refused))
