"""Minutes, proposals and what became of them. The factory reads in the order in which an app is built."""

from types import ModuleType

from flask import Flask
from flask_migrate import Migrate
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from tracker.access import labels as access_labels
from tracker.access import routes as access_pages
from tracker.accounts import cli as accounts_cli
from tracker.accounts import labels as account_labels
from tracker.accounts import routes as account_pages
from tracker.accounts import signin
from tracker.actions import labels as action_labels
from tracker.actions import routes as action_pages
from tracker.answers import labels as answer_labels
from tracker.answers import routes as answer_pages
from tracker.attachments import cli as attachment_cli
from tracker.attachments import labels as attachment_labels
from tracker.attachments import routes as attachment_pages
from tracker.core import (
    addresses,
    anchors,
    db,
    labels,
    logs,
    ownership,
    pages,
    paging,
    replica,
    storage,
    templates,
    uploads,
    visibility,
    wording,
)
from tracker.core.request import CodeInAddress, RowNumber, TrackerRequest
from tracker.core.settings import ROOT, Settings
from tracker.demo import cli as demo_cli
from tracker.demo import mark as demo_mark
from tracker.documents import cli as documents_cli
from tracker.documents import labels as document_labels
from tracker.documents import routes as document_pages
from tracker.exchange import routes as exchange_pages
from tracker.follows import routes as follow_pages
from tracker.history import chain, readings
from tracker.history import cli as history_cli
from tracker.history import labels as history_labels
from tracker.history import routes as history_pages
from tracker.holidays import labels as holiday_labels
from tracker.holidays import routes as holiday_pages
from tracker.home import routes as home_pages
from tracker.inbox import labels as inbox_labels
from tracker.inbox import routes as inbox_pages
from tracker.live import routes as live_pages
from tracker.meeting_templates import labels as meeting_template_labels
from tracker.meeting_templates import routes as meeting_template_pages
from tracker.meetings import labels as meeting_labels
from tracker.meetings import routes as meeting_pages
from tracker.minutes import labels as minutes_labels
from tracker.minutes import routes as minutes_pages
from tracker.notices import cli as notices_cli
from tracker.notices import commands as notices
from tracker.notices import labels as notice_labels
from tracker.notices import routes as notice_pages
from tracker.operations import cli as operations_cli
from tracker.operations import routes as operations_pages
from tracker.paste import labels as paste_labels
from tracker.paste import routes as paste_pages
from tracker.people import labels as people_labels
from tracker.people import routes as people_pages
from tracker.periods import labels as period_labels
from tracker.periods import routes as period_pages
from tracker.previews import routes as preview_pages
from tracker.privacy import cli as privacy_cli
from tracker.proposals import labels as proposal_labels
from tracker.proposals import routes as proposal_pages
from tracker.reviews import labels as review_labels
from tracker.reviews import routes as review_pages
from tracker.search import cli as search_cli
from tracker.search import commands as search
from tracker.search import labels as search_labels
from tracker.search import routes as search_pages
from tracker.secrecy import labels as secrecy_labels
from tracker.secrecy import routes as secrecy_pages
from tracker.series import labels as series_labels
from tracker.series import routes as series_pages
from tracker.steering import labels as steering_labels
from tracker.steering import routes as steering_pages
from tracker.targets import labels as target_labels
from tracker.targets import routes as target_pages
from tracker.views import routes as view_pages

PAGES: tuple[ModuleType, ...] = (
    home_pages,
    inbox_pages,
    history_pages,
    account_pages,
    access_pages,
    preview_pages,
    people_pages,
    period_pages,
    target_pages,
    proposal_pages,
    action_pages,
    steering_pages,
    meeting_pages,
    meeting_template_pages,
    attachment_pages,
    secrecy_pages,
    answer_pages,
    follow_pages,
    live_pages,
    paste_pages,
    series_pages,
    minutes_pages,
    review_pages,
    document_pages,
    operations_pages,
    holiday_pages,
    search_pages,
    notice_pages,
    exchange_pages,
    view_pages,
)
LABELS: tuple[ModuleType, ...] = (
    labels,
    history_labels,
    account_labels,
    access_labels,
    people_labels,
    period_labels,
    target_labels,
    proposal_labels,
    action_labels,
    steering_labels,
    inbox_labels,
    meeting_labels,
    meeting_template_labels,
    attachment_labels,
    secrecy_labels,
    answer_labels,
    document_labels,
    minutes_labels,
    paste_labels,
    series_labels,
    review_labels,
    holiday_labels,
    search_labels,
    notice_labels,
)
COMMANDS: tuple[ModuleType, ...] = (
    accounts_cli,
    demo_cli,
    history_cli,
    attachment_cli,
    documents_cli,
    operations_cli,
    privacy_cli,
    search_cli,
    notices_cli,
)


def create_app(settings: Settings | None = None) -> Flask:
    """Build the app from its settings; without any, from the environment."""
    settings = settings or Settings.from_environment()
    app = Flask(__name__, template_folder=str(ROOT / "templates"), instance_path=str(settings.instance))
    configure(app, settings)
    set_up_ground_floor(app)
    for module in LABELS:
        wording.register(module.WORDS, module.TONES)
        for subject, sentences in getattr(module, "EVENTS", {}).items():
            wording.register_events(subject, sentences)
    for module in PAGES:
        for blueprint in module.blueprints:
            app.register_blueprint(blueprint)
    for module in COMMANDS:
        module.register(app)
    demo_mark.set_up(app)
    return app


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
        SQLALCHEMY_ENGINE_OPTIONS=db.engine_options(settings.database_url),
        SESSION_COOKIE_NAME="tracker",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SEND_FILE_MAX_AGE_DEFAULT=3600,
    )


def set_up_ground_floor(app: Flask) -> None:
    """Database, history, visibility, languages, logs and the pages for problems, each closed by default."""
    db.set_up(app)
    replica.set_up(app)
    Migrate(app, db.db, directory=str(ROOT / "tracker" / "migrations"))
    logs.set_up(app)
    wording.set_up(app)
    uploads.set_up(app)
    addresses.set_up(app)
    pages.set_up(app)
    paging.set_up(app)
    storage.set_up(app)
    ownership.set_up(app)
    anchors.set_up(app)
    visibility.guard(db.db.session)
    readings.guard(db.db.session)
    with app.app_context():
        chain.keep_audit(db.db.session, db.db.engine)
    search.keep_index(db.db.session)
    notices.keep_outbox(db.db.session)
    signin.set_up(app)
