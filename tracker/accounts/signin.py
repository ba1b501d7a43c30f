"""Closed by default: every page asks who is there, unless it is marked public. Sign-ins live on the server."""

from collections.abc import Callable
from contextlib import suppress
from contextvars import Token
from datetime import timedelta
from http import HTTPStatus
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g, jsonify, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from tracker.accounts import commands, policy, proving, queries, rules
from tracker.accounts.models import Account, Preview, SignIn
from tracker.core import actor, clock, pages, typed, wording
from tracker.core.db import SAFE_METHODS, db
from tracker.core.errors import NotFound, NotPossible, Problem
from tracker.core.request import is_quiet
from tracker.core.settings import Settings
from tracker.core.wording import lazy as _l

View = TypeVar("View", bound=Callable[..., Any])
TOUCH_EVERY = timedelta(minutes=1)
#: All that may be sent from within a preview; it is done as oneself.
OPEN_IN_PREVIEW = frozenset({"previews.end", "accounts.sign_out"})

SIGNED_OUT = _l("Your session has ended.")

login_manager = LoginManager()
#: How long password and code count as given, for what changes how one gets in.
PROOF_LASTS = timedelta(minutes=10)


class SignedIn(UserMixin):
    """One living sign-in; Flask-Login keeps only its token in the browser."""

    def __init__(self, living: queries.Living, token: str) -> None:
        """Hold whoever it is beside the sign-in they came from."""
        self.sign_in_id = living.sign_in_id
        self.had_preview = living.preview_id is not None
        self.token = token
        own = queries.actor_of(living)
        preview = _preview_of(living, own)
        self.own = own
        self.actor = actor.seen_through(queries.as_actor(preview.reader), own) if preview else own
        self.preview_until = preview.until if preview else None

    def get_id(self) -> str:
        """The token, not the account: ending the sign-in ends the session."""
        return self.token


def _preview_of(living: queries.Living, own: actor.Actor) -> Preview | None:
    """The preview this browser shows, while its time lasts, the reader may sign in and one may preview at all."""
    if living.preview_id is None:
        return None
    found = queries.preview(living.preview_id)
    lasts = found.ended_at is None and clock.now() < found.until
    return found if lasts and found.reader.is_active and policy.may_preview(own) else None


def public(view: View) -> View:
    """Mark a page as open to strangers."""
    view.is_public = True  # type: ignore[attr-defined]  # read by the guard below
    return view


def sealed(view: View) -> View:
    """Mark a page whose sealed address is all the right one needs: a mail program sends no cookie and no token."""
    view.is_sealed = True  # type: ignore[attr-defined]  # read by the guard below
    return public(view)


def proved(view: View) -> View:
    """Mark a page that asks for password and code again, where they were not given just now."""
    view.needs_proof = True  # type: ignore[attr-defined]  # read by the guard below
    return view


def settings() -> Settings:
    """The settings this app was made with."""
    return cast(Settings, current_app.extensions["settings"])


def is_signed_in() -> bool:
    """Whether somebody is signed in at all."""
    return bool(current_user.is_authenticated)


def own_sign_in_id() -> int:
    """The number of the sign-in this request came with."""
    return int(current_user.sign_in_id)


def own_sign_in() -> SignIn:
    """The sign-in this request came with."""
    return queries.own_sign_in(own_sign_in_id(), current_user.own.account_id)


def begin(account: Account) -> None:
    """Sign in: a new sign-in on the server, a clean session in the browser."""
    token = commands.sign_in(account, address=request.remote_addr, browser=request.user_agent.string, at=clock.now())
    db.session.flush()  # the sign-in is read back by its token
    language = account.language or wording.language()
    session.clear()
    found = queries.sign_in_by(token)
    if found:
        login_user(SignedIn(found, token))
    proving.remember_browser(account)
    wording.remember_language(language)


def leave() -> None:
    """Sign out here; the language stays."""
    language = wording.language()
    logout_user()
    session.clear()
    wording.remember_language(language)


def _load(token: str) -> SignedIn | None:
    found = queries.sign_in_by(token)
    if found is None:
        return None
    now, limits = clock.now(), settings()
    is_alive = rules.is_alive(
        found.started_at, found.last_seen_at, now, idle=limits.idle_sign_in, longest=limits.longest_sign_in
    )
    if not is_alive:
        return None
    if now - found.last_seen_at > TOUCH_EVERY:
        _touch(found.sign_in_id)
    return SignedIn(found, token)


def _touch(sign_in_id: int) -> None:
    """Remember that the sign-in was used. A reading request writes this, and only this, on its own connection."""
    seen = update(SignIn).where(SignIn.id == sign_in_id).values(last_seen_at=clock.now())
    if request.method in SAFE_METHODS:
        with suppress(DBAPIError), db.engine.begin() as connection:  # a page is shown where nothing can be written
            connection.execute(seen)
    else:
        db.session.execute(seen)


def _enter() -> None:
    """Let the rest of the request act as whoever is signed in."""
    if not current_user.is_authenticated:
        g.acting = actor.enter(None)
        return
    is_own_act = request.endpoint in OPEN_IN_PREVIEW
    g.acting = actor.enter(current_user.own if is_own_act else current_user.actor)
    g.preview_until = current_user.preview_until


def _exit(_: BaseException | None) -> None:
    token: Token[Any] | None = g.pop("acting", None)
    if token is not None:
        actor.leave(token)


def _guard() -> ResponseReturnValue | None:
    view = current_app.view_functions.get(str(request.endpoint))
    if getattr(view, "is_sealed", False):
        return None
    has_token = pages.has_token()
    if not has_token and not typed.is_from_here():
        raise Problem(pages.OTHER_SITE)
    is_open = getattr(view, "is_public", False) or request.endpoint in {"static", None}
    if not current_user.is_authenticated and not is_open:
        return _ask_to_sign_in()
    if not has_token and is_quiet():
        return jsonify(problems=[str(pages.OTHER_SESSION)]), HTTPStatus.FORBIDDEN
    if not has_token:
        g.csrf_valid = True  # for the form to be shown; it is not stored
        typed.give_back(pages.OTHER_SESSION)
    if current_user.is_authenticated:
        _keep_to_preview()
        if getattr(view, "needs_proof", False) and clock.now() - own_sign_in().proved_at > PROOF_LASTS:
            return _ask_for_proof()
    return None


def _ask_for_proof() -> ResponseReturnValue:
    if request.method in SAFE_METHODS:
        return redirect(url_for("accounts.prove", next=request.full_path.rstrip("?")))
    return current_app.extensions["prove_again"](), HTTPStatus.FORBIDDEN


def _ask_to_sign_in() -> ResponseReturnValue:
    if is_quiet():
        return jsonify(problems=[str(SIGNED_OUT)]), HTTPStatus.UNAUTHORIZED
    if request.method in SAFE_METHODS:
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
    # The sign-in ended while somebody was typing: ask again, and carry what was typed through.
    sign_in_again = current_app.extensions["sign_in_again"]
    return sign_in_again(), HTTPStatus.UNAUTHORIZED


def _keep_to_preview() -> None:
    """Nothing is stored in a preview, whatever the page; and what is the reader's alone stays theirs."""
    is_reading = request.method in SAFE_METHODS
    if current_user.preview_until is None:
        if current_user.had_preview and not is_reading:
            commands.end_preview(own_sign_in(), at=clock.now())  # one past its time: its end is written down now
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
        "may_preview": bool(me and policy.may_preview(me)),
        "preview_until": until.astimezone(clock.JAKARTA).time() if until else None,
    }


def set_up(app: Flask) -> None:
    """Close the app."""
    login_manager.init_app(app)
    proving.set_up(app)
    login_manager.user_loader(_load)
    app.before_request(_enter)
    app.before_request(_guard)
    app.teardown_request(_exit)
    app.context_processor(_context)
