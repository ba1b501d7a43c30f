"""What the commands of Flask and Flask-Migrate do, in our words; `--help` lists them among ours."""

from collections.abc import Iterator
from inspect import cleandoc

import click
from flask.cli import routes_command, run_command, shell_command
from flask_migrate.cli import db

from tracker.core.terminal import told
from tracker.core.terminal import told as _l


def N_(sentence: str) -> str:  # noqa: N802  # the name by which gettext's tools find what is translated later
    return sentence


#: What Flask-Migrate says in its own `--help`, for `make words` to find. A test names what an upgrade of it adds.
OF_FLASK_MIGRATE = (
    N_('Migration script directory (default is "migrations")'),
    N_("Additional arguments consumed by custom env.py scripts"),
    N_("List available templates."),
    N_("Creates a new migration repository."),
    N_("Support multiple databases"),
    N_('Repository template to use (default is "flask")'),
    N_("Write empty __init__.py files to the environment and version locations"),
    N_("Create a new revision file."),
    N_("Revision message"),
    N_("Populate revision script with candidate migration operations, based on comparison of database to model"),
    N_("Don't emit SQL to database - dump to standard output instead"),
    N_("Specify head revision or <branchname>@head to base new revision on"),
    N_('Allow a non-head revision as the "head" to splice onto'),
    N_("Specify a branch label to apply to the new revision"),
    N_("Specify specific path from config for version file"),
    N_("Specify a hardcoded revision id instead of generating one"),
    N_("Autogenerate a new revision file (Alias for 'revision --autogenerate')"),
    N_("Edit a revision file"),
    N_("Merge two revisions together, creating a new revision file"),
    N_("Merge revision message"),
    N_("Upgrade to a later version"),
    N_('Arbitrary "tag" name - can be used by custom env.py scripts'),
    N_("Revert to a previous version"),
    N_("Show the revision denoted by the given symbol."),
    N_("List changeset scripts in chronological order."),
    N_("Specify a revision range; format is [start]:[end]"),
    N_("Use more verbose output"),
    N_("Indicate current version (Alembic 0.9.9 or greater is required)"),
    N_("Show current available heads in the script directory"),
    N_("Treat dependency versions as down revisions"),
    N_("Show current branch points"),
    N_("Display the current revision for each database."),
    N_("'stamp' the revision table with the given revision; don't run any migrations"),
    N_("Delete the version in the alembic_version table before stamping"),
    N_("Check if there are any new operations to migrate"),
)


def describe_tools() -> None:
    run_command.short_help = _l("Serve for a developer; an office uses gunicorn.")
    shell_command.short_help = _l("Open Python within the application.")
    routes_command.short_help = _l("List the addresses of all pages.")
    for command in _within(db):
        command.help = _translated(command.help)
        for option in command.params:
            if isinstance(option, click.Option):
                option.help = _translated(option.help)
    db.help = _l("Update the tables of the database.")


def _within(group: click.Group) -> Iterator[click.Command]:
    yield group
    yield from group.commands.values()


def _translated(words: str | None) -> str | None:
    return told(" ".join(cleandoc(words).split())) if words else words
