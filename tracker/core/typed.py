"""What a person typed comes back to them where its form could not be taken: the sign-in had ended, or was another.

It travels in the pages themselves, so that a stranger's words are stored nowhere; never from one site to another; and
what comes back in a form is stored only when somebody sends that form.
"""

from http import HTTPStatus
from urllib.parse import urlsplit

from flask import current_app, g, request
from werkzeug.exceptions import RequestEntityTooLarge

from tracker.core.wording import say

#: Sent along, its form is shown again and nothing is stored; its value names the files that were chosen.
SHOW_AGAIN = "show_again"
#: Typed, and never given back. A test holds them against the forms.
SECRET_FIELDS = frozenset({"password", "current", "new", "sealed_seed"})
_NOT_TYPED = frozenset({"csrf_token", "once", SHOW_AGAIN}) | SECRET_FIELDS


def fields() -> list[tuple[str, str]]:
    """The fields of the form that was sent, but for keys and secrets."""
    return [(name, value) for name, value in request.form.items(multi=True) if name not in _NOT_TYPED]


def file_names() -> str:
    """The files that were chosen; a page cannot choose them again."""
    chosen = [file.filename for file in request.files.values() if file.filename]
    return ", ".join(chosen) or request.form.get(SHOW_AGAIN, "")


def is_from_here() -> bool:
    """Whether a page of this site sent the form. Where the browser does not say, it counts as another's."""
    fetched = request.headers.get("Sec-Fetch-Site")
    if fetched is not None:
        return fetched == "same-origin"
    sender = request.headers.get("Origin") or request.headers.get("Referer") or ""
    here = {request.host, urlsplit(current_app.extensions["settings"].site_url).netloc}
    return urlsplit(sender).netloc in here


def words() -> list[str]:
    """What reads like words, for the page that says that it could not be stored."""
    try:
        values = [value for _, value in fields()] if request.method == "POST" and is_from_here() else []
    except RequestEntityTooLarge:
        return []
    return [value for value in values if " " in value.strip()]


def give_back(why: object) -> None:
    """Answer with the form as it was filled in, and store nothing."""
    names = file_names()
    files = [say("Choose these files again: %(names)s.", names=names)] if names else []
    g.given_back = " ".join([str(why), *files])


def is_given_back() -> bool:
    """Whether this request only shows a form again."""
    return "given_back" in g


def sentence() -> str:
    """Why it is shown again; whoever asks has shown it."""
    g.is_form_shown = True
    return str(g.given_back)


def is_form_shown(status: int) -> bool:
    """Whether the answer is the form, filled in."""
    return status >= HTTPStatus.BAD_REQUEST and g.get("is_form_shown", False)
