"""What the commands of Flask and Flask-Migrate do, in our words; `--help` lists them among ours."""

from flask.cli import routes_command, run_command, shell_command
from flask_migrate.cli import db

from tracker.core.terminal import told as _l


def describe_tools() -> None:
    run_command.short_help = _l("Serve for a developer; an office uses gunicorn.")
    shell_command.short_help = _l("Open Python within the application.")
    routes_command.short_help = _l("List the addresses of all pages.")
    db.help = _l("Update the tables of the database.")
