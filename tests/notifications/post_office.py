"""A real mail server on loopback. Tests can hook into each step of a delivery and make it refuse."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from flask import Flask

from tests.postgres import free_port

Step = Callable[[str], str | None]


class PostOffice:
    """Collects mails. `at_step` is called with "rcpt", "data" and "taken", and may return another response."""

    def __init__(self) -> None:
        self.port = free_port()
        self.taken: list[EmailMessage] = []
        self.at_step: Step = lambda _: None

    @property
    def address(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def numbers(self) -> list[str]:
        return [mail["Message-ID"] for mail in self.taken]

    async def handle_RCPT(self, _: Any, __: Any, envelope: Any, address: str, ___: Any) -> str:  # noqa: N802  # aiosmtpd's name
        response = self.at_step("rcpt")
        if response:
            return response
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _: Any, __: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        response = self.at_step("data")
        if response:
            return response
        self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.at_step("taken") or "250 OK"


@contextmanager
def open_post_office() -> Iterator[PostOffice]:
    office = PostOffice()
    controller = Controller(office, hostname="127.0.0.1", port=office.port)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


def nobody_there() -> str:
    """The address of a port without a listener."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"smtp://127.0.0.1:{probe.getsockname()[1]}"


def send_all(app: Flask, smtp: str) -> int:
    """Run the worker in this process. Return its exit code."""
    mail_settings = {"smtp_url": smtp, "mail_from": "tracker@kemenham.go.id", "site_url": "https://t.go.id"}
    app.extensions["settings"] = replace(app.extensions["settings"], **mail_settings)
    return app.test_cli_runner().invoke(args=["worker", "--once"]).exit_code
