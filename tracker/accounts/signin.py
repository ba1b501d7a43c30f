"""Every page requires a sign-in unless it is marked public. Sign-ins are stored on the server."""

from collections.abc import Callable
from contextlib import suppress
from contextvars import Token
from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, TypeVar

from flask import Flask, current_app, g, jsonify, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import InstrumentedAttribute

from tracker.accounts import commands, policy, proving, queries, rules
from tracker.accounts.models import Account, ApiToken, Preview, SignIn
from tracker.core import actor, clock, office, pages, typed, wording
from tracker.core.db import SAFE_METHODS, db
from tracker.core.errors import NotFound, NotPossible, Problem
from tracker.core.request import is_of_program, is_quiet
from tracker.core.restarts import is_refused
from tracker.core.settings import current_settings
from tracker.core.wording import lazy_gettext as _l
from tracker.people.queries import recall_zones

View = TypeVar("View", bound=Callable[..., Any])
TOUCH_EVERY = timedelta(minutes=1)
#: The only POST requests accepted in a preview; they run as the real account.
OPEN_IN_PREVIEW = frozenset({"view_as.end", "accounts.sign_out"})

SIGNED_OUT = _l("Your session has ended.")

login_manager = LoginManager()
#: What a token shows unless it was made for more.
MOST_LENT = actor.Classification.RESTRICTED
#: How long a proof of password and code lasts for pages marked `requires_proof`.
PROOF_LASTS = timedelta(minutes=10)


class SignedIn(UserMixin):
    """The user object of Flask-Login; only the token is in the browser."""

    def __init__(self, sign_in: queries.ActiveSignIn, token: str) -> None:
        self.sign_in_id = sign_in.sign_in_id
        self.had_preview = sign_in.preview_id is not None
        self.awaits_tour = sign_in.toured_at is None
        self.token = token
        own = queries.actor_of(sign_in)
        preview = _preview_of(sign_in, own)
        self.own = own
        self.actor = actor.seen_through(queries.as_actor(preview.reader), own) if preview else own
        self.preview_until = preview.until if preview else None

    def get_id(self) -> str:
        """The token, not the account id, so that ending the sign-in ends the session."""
        return self.token


def _preview_of(sign_in: queries.ActiveSignIn, own: actor.Actor) -> Preview | None:
    """The preview this browser shows: not expired, reader still active, and the account still allowed to preview."""
    if sign_in.preview_id is None:
        return None
    preview = queries.preview(sign_in.preview_id)
    is_running = preview.ended_at is None and clock.now() < preview.until
    return preview if is_running and preview.reader.is_active and policy.may_preview(own) else None


def public(view: View) -> View:
    view.is_public = True  # type: ignore[attr-defined]  # read by _check_access
    return view


def sealed(view: View) -> View:
    """Mark a page whose address carries a signed token: a mail program sends no cookie and no CSRF token."""
    view.is_sealed = True  # type: ignore[attr-defined]  # read by _check_access
    return public(view)


def requires_proof(view: View) -> View:
    """Mark a page that asks for password and code again if the last proof is older than PROOF_LASTS."""
    view.needs_proof = True  # type: ignore[attr-defined]  # read by _check_access
    return view


def is_signed_in() -> bool:
    return bool(current_user.is_authenticated)


def awaits_tour() -> bool:
    return is_signed_in() and current_user.awaits_tour and current_user.preview_until is None


def own_sign_in_id() -> int:
    return int(current_user.sign_in_id)


def own_sign_in() -> SignIn:
    return queries.own_sign_in(own_sign_in_id(), current_user.own.account_id)


def begin(account: Account) -> None:
    token = commands.sign_in(account, address=request.remote_addr, browser=request.user_agent.string, at=clock.now())
    db.session.flush()  # the sign-in is read back by its token
    language = account.language or wording.language()
    session.clear()
    sign_in = queries.active_sign_in(token)
    if sign_in:
        login_user(SignedIn(sign_in, token))
    proving.remember_browser(account)
    wording.remember_language(language)


def act_for(account: Account) -> None:
    """For the rest of the request, read as the owner of its address, whoever is signed in in that browser."""
    act_as(queries.as_actor(account))


def act_with(token: ApiToken) -> None:
    """For the rest of the request, act as the owner of the token, with what of their rights it lends."""
    own = queries.as_actor(token.account)
    lent = own.clearance if token.reads_secret else min(own.clearance, MOST_LENT, key=lambda level: level.rank)
    act_as(replace(own, clearance=lent, via=token.name))


def act_as(reader: actor.Actor) -> None:
    """For the rest of the request, act as whoever its address was given to."""
    if "zone" not in g:
        g.zone = clock.enter_zone(office.office().timezone)
    actor.enter(reader)


def note_use(used_at: InstrumentedAttribute[Any], row_id: int, *, last: datetime | None, known_as: str | None) -> None:
    """Store when the address or token of this row was used, and by which program.

    In a connection of its own: the request stores nothing else. It is answered even if nothing can be written.
    """
    now, program = clock.now(), request.user_agent.string[:200] or None
    if last and known_as == program and now - last < TOUCH_EVERY:
        return
    model = used_at.class_
    used = update(model).where(model.id == row_id).values({used_at.key: now, "program": program})
    with suppress(DBAPIError), db.engine.execution_options(is_writing=True).begin() as connection:
        connection.execute(used)


def leave() -> None:
    """Sign out in this browser, keeping the language."""
    language = wording.language()
    logout_user()
    session.clear()
    wording.remember_language(language)


def _load(token: str) -> SignedIn | None:
    sign_in = queries.active_sign_in(token)
    if sign_in is None:
        return None
    now, limits = clock.now(), current_settings()
    is_alive = rules.is_alive(
        sign_in.started_at, sign_in.last_seen_at, now, idle=limits.idle_sign_in, longest=limits.longest_sign_in
    )
    if not is_alive:
        return None
    office.recall(sign_in.office_setting_id)
    recall_zones(are_set=sign_in.are_zones_set)
    if "zone" not in g:
        g.zone = clock.enter_zone(office.office().timezone)
    if now - sign_in.last_seen_at > TOUCH_EVERY:
        _touch(sign_in.sign_in_id)
    return SignedIn(sign_in, token)


def _touch(sign_in_id: int) -> None:
    """Store that the sign-in was used. GET requests write nothing else, so they use a connection of their own."""
    seen = update(SignIn).where(SignIn.id == sign_in_id).values(last_seen_at=clock.now())
    if request.method in SAFE_METHODS:
        with suppress(DBAPIError), db.engine.begin() as connection:  # show the page even if the database is read-only
            connection.execute(seen)
    else:
        try:
            db.session.execute(seen)
        except OperationalError as error:
            db.session.rollback()  # another request of this browser stores the same
            if not is_refused(error):
                raise


#: The same for everybody: a page asks for a dozen of them, so they look nobody up.
FILES_OF_THE_PROGRAM = "static"


def _set_actor() -> None:
    if request.endpoint == FILES_OF_THE_PROGRAM or is_of_program() or not current_user.is_authenticated:
        g.acting = actor.enter(None)
        return
    is_own_act = request.endpoint in OPEN_IN_PREVIEW
    g.acting = actor.enter(current_user.own if is_own_act else current_user.actor)
    g.preview_until = current_user.preview_until


def _reset_actor(_: BaseException | None) -> None:
    token: Token[Any] | None = g.pop("acting", None)
    if token is not None:
        actor.leave(token)
    zone: Token[Any] | None = g.pop("zone", None)
    if zone is not None:
        clock.leave_zone(zone)


def _check_access() -> ResponseReturnValue | None:
    view = current_app.view_functions.get(str(request.endpoint))
    if getattr(view, "is_sealed", False) or request.endpoint == FILES_OF_THE_PROGRAM or is_of_program():
        return None  # `tracker.api.signin` asks programs for their token
    has_token = pages.has_token()
    if not has_token:
        _ensure_from_here()
    is_open = getattr(view, "is_public", False) or request.endpoint is None
    if not current_user.is_authenticated and not is_open:
        return _ask_to_sign_in()
    if not has_token and is_quiet():
        return jsonify(problems=[str(pages.OTHER_SESSION)]), HTTPStatus.FORBIDDEN
    if not has_token:
        g.csrf_valid = True  # so that the form can be shown again; nothing is stored
        typed.give_back(pages.OTHER_SESSION)
    if current_user.is_authenticated:
        _restrict_preview()
        if getattr(view, "needs_proof", False) and clock.now() - own_sign_in().proved_at > PROOF_LASTS:
            return _ask_for_proof()
    return None


def _ensure_from_here() -> None:
    if not typed.is_from_this_site():
        raise Problem(pages.OTHER_SITE)
    if host := typed.other_host():
        raise Problem(pages.other_host(host))


def _ask_for_proof() -> ResponseReturnValue:
    if request.method in SAFE_METHODS:
        return redirect(url_for("accounts.prove", next=request.full_path.rstrip("?")))
    return current_app.extensions["prove_again"](), HTTPStatus.FORBIDDEN


def _ask_to_sign_in() -> ResponseReturnValue:
    if is_quiet():
        return jsonify(problems=[str(SIGNED_OUT)]), HTTPStatus.UNAUTHORIZED
    if request.method in SAFE_METHODS:
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
    # The sign-in ended while somebody was typing: ask again, and carry the input along.
    sign_in_again = current_app.extensions["sign_in_again"]
    return sign_in_again(), HTTPStatus.UNAUTHORIZED


def _restrict_preview() -> None:
    """Refuse changes in a preview on every page, and hide the reader's own account pages."""
    is_reading = request.method in SAFE_METHODS
    if current_user.preview_until is None:
        if current_user.had_preview and not is_reading:
            commands.end_preview(own_sign_in(), at=clock.now())  # expired: record its end now
        return
    if not is_reading and request.endpoint not in OPEN_IN_PREVIEW:
        raise NotPossible(_l("You see this as another reader, so nothing is saved. End the preview first."))
    if f"{request.path}/".startswith("/account/"):
        raise NotFound


def _context() -> dict[str, Any]:
    me = actor.current()
    until = g.get("preview_until")
    return {
        "me": me,
        "office_name": office.known_name(),
        "may_preview": bool(me and policy.may_preview(me)),
        "preview_until": clock.local(until).time() if until else None,
        "office_zone": clock.office_zone(),
    }


def set_up(app: Flask) -> None:
    login_manager.init_app(app)
    proving.set_up(app)
    login_manager.user_loader(_load)
    app.before_request(_set_actor)
    app.before_request(_check_access)
    app.teardown_request(_reset_actor)
    app.context_processor(_context)
