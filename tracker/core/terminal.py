"""How commands speak: in the language of the terminal, and each refusal as a sentence instead of a traceback."""

import gettext as catalogues
import os
from collections.abc import Callable, Mapping, MutableMapping
from errno import EPIPE
from functools import wraps
from typing import IO, Any, ParamSpec, TypeVar

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy.exc import DatabaseError, IntegrityError

from tracker.core import wording
from tracker.core.errors import Problem
from tracker.core.settings import ROOT
from tracker.core.wording import gettext

TRANSLATIONS = str(ROOT / "tracker" / "translations")
#: The catalogue of the words of click (usage, refused options), beside that of our own sentences.
OF_CLICK = "click"

P = ParamSpec("P")
R = TypeVar("R")


class Refused(click.ClickException):
    """Ends the command with exit code 1 and this sentence."""

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(self.message, file=file, err=True)


def language(environment: Mapping[str, str] = os.environ) -> str:
    """English if the environment asks for it, otherwise Indonesian."""
    names = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    asked = next((said for name in names if (said := environment.get(name))), "")
    return "en" if asked.startswith("en") else "id"


def choose_language(environment: MutableMapping[str, str] = os.environ) -> None:
    """Give click the language of the commands. It asks the standard library, which reads the environment."""
    catalogues.bindtextdomain(OF_CLICK, TRANSLATIONS)
    catalogues.textdomain(OF_CLICK)
    environment["LANGUAGE"] = language(environment)


def told(sentence: str) -> str:
    """Translate what `--help` says, when the command is defined."""
    catalogue = catalogues.translation("messages", TRANSLATIONS, [language()], fallback=True)
    return catalogue.gettext(sentence)


def plainly(command: Callable[P, R]) -> Callable[P, R]:
    """Run a command within the app, in the language of the terminal."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with wording.speaking(language()):
            try:
                return command(*args, **kwargs)
            except Problem as problem:
                raise Refused(str(problem)) from problem
            except IntegrityError:  # a rule of ours that no form and no command has asked about
                raise
            except DatabaseError as error:
                why = next(iter(str(error.orig).splitlines()), "")
                raise Refused(gettext("The database does not do what is asked: %(why)s.", why=why)) from error
            except UnicodeError as error:
                raise Refused(gettext("What was given is not text in UTF-8.")) from error
            except OSError as error:
                if error.errno == EPIPE:  # whoever reads the output has stopped; click knows what to do
                    raise
                raise Refused(": ".join(str(part) for part in (error.filename, error.strerror) if part)) from error

    run.speaks_plainly = True  # type: ignore[attr-defined]  # read by the test that walks the commands
    return with_appcontext(run)


def translated(sentence: object) -> str:
    """What is said before there is an app."""
    app = Flask("tracker")
    wording.set_up(app)
    with app.app_context(), wording.speaking(language()):
        return str(sentence)
