"""Security headers of every response, written out here because importing them from the app would prove nothing."""

import pytest
from flask import Flask

EVERYWHERE = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; object-src 'none'; worker-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.mark.parametrize("kind", ["sqlite"])
@pytest.mark.parametrize("path", ["/sign-in", "/meetings", "/nothing", "/static/theme.css", "/healthz"])
def test_every_response_has_the_security_headers(app: Flask, path: str) -> None:
    headers = app.test_client().get(path, buffered=True, base_url="https://tracker.example").headers

    assert {name: headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert ("no-store" in headers["Cache-Control"]) == (not path.startswith("/static"))


@pytest.mark.parametrize("kind", ["sqlite"])
def test_the_session_cookie_is_httponly_and_samesite(app: Flask) -> None:
    cookie = app.test_client().get("/sign-in").headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
