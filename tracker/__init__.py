"""The application factory, in the order in which an app is built."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

from flask import Flask
from flask_migrate import Migrate
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from tracker.accounts import gains, signin
from tracker.audit import chain, readings
from tracker.core import (
    addresses,
    anchors,
    choices,
    db,
    embedding,
    logs,
    ownership,
    pages,
    paging,
    pictures,
    polls,
    program_files,
    replica,
    sorting,
    storage,
    tallies,
    templates,
    uploads,
    visibility,
    wording,
)
from tracker.core.request import CodeInAddress, RowNumber, TrackerRequest
from tracker.core.restarts import RestartingFlask
from tracker.core.settings import ROOT, Settings
from tracker.demo import mark as demo_mark
from tracker.notifications import commands as notifications
from tracker.search import commands as search
from tracker.webhooks import commands as webhooks


def create_app(settings: Settings | None = None) -> Flask:
    """Build the app from its settings; without any, from the environment."""
    settings = settings or Settings.from_environment()
    app = RestartingFlask(__name__, template_folder=str(ROOT / "templates"), instance_path=str(settings.instance))
    configure(app, settings)
    set_up_infrastructure(app)
    program_files.set_up(app, pages.HEADERS | (pages.ONLY_HTTPS if settings.secure_cookies else {}))
    register_features(app)
    demo_mark.set_up(app)
    return app


def register_features(app: Flask) -> None:
    """Register the words, events, choices, pages and commands that features bring."""
    for labels in of_each_feature("labels"):
        wording.register(*(getattr(labels, kind, {}) for kind in ("WORDS", "TONES", "STEPS", "SHAPES")))
        for subject, sentences in getattr(labels, "EVENTS", {}).items():
            wording.register_events(subject, sentences)
    for queries in of_each_feature("queries"):
        choices.register(*getattr(queries, "SOURCES", ()))
    for routes in of_each_feature("routes"):
        for blueprint in routes.blueprints:
            app.register_blueprint(blueprint)
    for cli in of_each_feature("cli"):
        cli.register(app)


def of_each_feature(kind: str) -> Iterator[ModuleType]:
    """Import the module of this name from each package of `tracker` that has one, and from the packages within."""
    here = Path(__file__).parent
    files = {
        file
        for depth in ("*", "*/*")
        for name in (f"{kind}.py", f"{kind}/__init__.py")
        for file in here.glob(f"{depth}/{name}")
    }
    for file in sorted(files):
        parts = file.relative_to(here.parent).with_suffix("").parts
        yield import_module(".".join(part for part in parts if part != "__init__"))


def configure(app: Flask, settings: Settings) -> None:
    """Hand the settings to Flask and its extensions."""
    app.request_class = TrackerRequest
    app.url_map.converters.update(row=RowNumber, code=CodeInAddress)
    templates.set_up(app)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["settings"] = settings
    app.testing = settings.is_testing
    if settings.proxies:
        proxied = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)
        app.wsgi_app = proxied  # type: ignore[method-assign]  # Flask's own way to wrap itself
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_BINDS=db.read_only_engines(settings.database_read_url),
        SQLALCHEMY_ENGINE_OPTIONS=db.engine_options(settings.database_url, has_pooler=settings.has_pooler),
        SESSION_COOKIE_NAME="tracker",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SEND_FILE_MAX_AGE_DEFAULT=3600,
    )


def set_up_infrastructure(app: Flask) -> None:
    """Set up what every feature builds on, and what watches every change of the session."""
    db.set_up(app)
    replica.set_up(app)
    polls.set_up(app)
    Migrate(app, db.db, directory=str(ROOT / "tracker" / "migrations"))
    logs.set_up(app)
    wording.set_up(app)
    uploads.set_up(app)
    embedding.set_up(app)
    addresses.set_up(app)
    pages.set_up(app)
    paging.set_up(app)
    sorting.set_up(app)
    pictures.set_up(app)
    storage.set_up(app)
    ownership.set_up(app)
    anchors.set_up(app)
    visibility.guard(db.db.session)
    readings.guard(db.db.session)
    with app.app_context():
        chain.audit_session(db.db.session, db.db.engine)
    tallies.keep(db.db.session)
    gains.guard(db.db.session)
    search.keep_index(db.db.session)
    notifications.fill_outbox(db.db.session)
    webhooks.fill_outbox(db.db.session)
    signin.set_up(app)
