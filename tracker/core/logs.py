"""One log line per request: who, what, status and cost. Never what was typed."""

import logging
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from flask import Flask, Response, g, request
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tracker.core import metrics
from tracker.core.actor import current


@event.listens_for(Engine, "before_cursor_execute")
def _count(*_: Any) -> None:
    if g:
        g.statements = g.get("statements", 0) + 1


def _begin() -> None:
    g.request_id = uuid.uuid4().hex[:12]
    g.started = time.perf_counter()


def _end(response: Response) -> Response:
    actor, seconds, statements = current(), time.perf_counter() - g.started, g.get("statements", 0)
    metrics.observe(request.endpoint, request.method, response.status_code, seconds=seconds, statements=statements)
    structlog.get_logger("tracker.request").info(
        "request",
        id=g.request_id,
        method=request.method,
        endpoint=request.endpoint,
        account=actor.real.account_id if actor else None,
        status=response.status_code,
        ms=round(seconds * 1000, 1),
        statements=statements,
    )
    response.headers["X-Request-ID"] = g.request_id
    return response


def set_up(app: Flask) -> None:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING if app.testing else logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)  # of a damaged file it would log words
    app.before_request(_begin)
    app.after_request(_end)


@contextmanager
def warnings_only() -> Iterator[None]:
    usual = structlog.get_config()["wrapper_class"]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    try:
        yield
    finally:
        structlog.configure(wrapper_class=usual)
