"""A program that asks with a token."""

from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tracker.accounts import commands, queries
from tracker.accounts.commands import TokenDraft
from tracker.accounts.rules import ApiFeature, TokenLasts
from tracker.core import clock
from tracker.core.actor import SYSTEM, acting
from tracker.core.transactions import commit
from tracker.core.visibility import unrestricted

API = "/api/v1"
EVERYTHING = tuple(ApiFeature)


class Program:
    """Sends requests with one token, and no cookies."""

    def __init__(self, app: Flask, token: str | None, language: str | None = None) -> None:
        self._client = app.test_client(use_cookies=False)
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}
        if language:
            self.headers["Accept-Language"] = language

    def ask(self, method: str, path: str, **given: Any) -> TestResponse:
        headers = self.headers | given.pop("headers", {})
        address = path if path.startswith(API) else API + path
        return self._client.open(address, method=method, headers=headers, **given)

    def get(self, path: str, **given: Any) -> TestResponse:
        return self.ask("GET", path, **given)

    def post(self, path: str, body: Any, **given: Any) -> TestResponse:
        return self.ask("POST", path, json=body, **given)

    def patch(self, path: str, body: Any, *, seen: TestResponse | None = None) -> TestResponse:
        headers = {"If-Match": seen.headers["ETag"]} if seen else {}
        return self.ask("PATCH", path, json=body, headers=headers)


def token_of(
    app: Flask, username: str, *, features: tuple[ApiFeature, ...] = EVERYTHING, may_write: bool = True,
    reads_secret: bool = False,
) -> str:  # fmt: skip
    with app.app_context(), unrestricted(), acting(SYSTEM):
        account = queries.account_named(username)
        taken = len(queries.api_tokens(account.id, clock.now()))
        draft = TokenDraft(
            name=f"program {taken + 1}", features=list(features), may_write=may_write, reads_secret=reads_secret,
            lasts=TokenLasts.MONTH,
        )  # fmt: skip
        token = commands.make_api_token(account, draft, by=SYSTEM, at=clock.now())
        commit()
    return token


def program(app: Flask, username: str, **given: Any) -> Program:
    return Program(app, token_of(app, username, **given))
