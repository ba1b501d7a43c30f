"""The door: `flask --app app …` and gunicorn's `app:app` both come in here."""

from tracker import create_app

app = create_app()
