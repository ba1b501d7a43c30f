"""Return typed input to the user if the form could not be accepted because the session had ended or changed.

The input is only carried in the pages, so that nothing of an unknown user is stored, and never across sites. It is
stored only when the user submits the returned form.
"""

from http import HTTPStatus
from urllib.parse import urlsplit

from flask import g, request
from werkzeug.exceptions import RequestEntityTooLarge

from tracker.core.settings import current_settings
from tracker.core.wording import gettext

#: Form field: show the form again without storing it. The value lists the files that were selected.
SHOW_AGAIN = "show_again"
#: Form field: with `SHOW_AGAIN`, if the form was kept on the device because it could not be sent.
UNSENT = "unsent"
#: Never returned. A test compares them with the forms.
SECRET_FIELDS = frozenset({"password", "current", "new", "sealed_seed"})
_NOT_TYPED = frozenset({"csrf_token", "once", SHOW_AGAIN, UNSENT}) | SECRET_FIELDS


def fields() -> list[tuple[str, str]]:
    return [(name, value) for name, value in request.form.items(multi=True) if name not in _NOT_TYPED]


def file_names() -> str:
    chosen = [file.filename for file in request.files.values() if file.filename]
    return ", ".join(chosen) or request.form.get(SHOW_AGAIN, "")


def is_from_this_site() -> bool:
    """Whether a page of this site sent the form. If the browser does not tell, it does not count as one."""
    fetched = request.headers.get("Sec-Fetch-Site")
    if fetched is not None:
        return fetched == "same-origin"
    sender = request.headers.get("Origin") or request.headers.get("Referer") or ""
    hosts = {request.host, urlsplit(current_settings().site_url).netloc}
    return urlsplit(sender).netloc in hosts


def other_host() -> str | None:
    """The host that the browser sent this form to, if a proxy passed on another one.

    Over HTTPS no token is valid then, because Flask-WTF compares the two.
    """
    sender = urlsplit(request.headers.get("Origin") or request.headers.get("Referer") or "").netloc
    is_changed = request.is_secure and sender and sender != request.host
    return sender if is_changed and is_from_this_site() else None


def words() -> list[str]:
    """Values that look like text, for the page that reports that they could not be stored."""
    try:
        values = [value for _, value in fields()] if request.method == "POST" and is_from_this_site() else []
    except RequestEntityTooLarge:
        return []
    return [value for value in values if " " in value.strip()]


def give_back(why: object) -> None:
    names = file_names()
    files = [gettext("Choose these files again: %(names)s.", names=names)] if names else []
    g.given_back = " ".join([str(why), *files])


def is_given_back() -> bool:
    return "given_back" in g


def sentence() -> str:
    g.is_form_shown = True
    return str(g.given_back)


def is_form_shown(status: int) -> bool:
    return status >= HTTPStatus.BAD_REQUEST and g.get("is_form_shown", False)
