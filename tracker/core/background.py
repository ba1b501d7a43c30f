"""Work that the worker does beside sending mails, registered by the features that it belongs to."""

from collections.abc import Callable, Sequence
from typing import cast

from flask import Flask, current_app

Job = Callable[[], None]
_JOBS = "background_jobs"


def add_job(app: Flask, job: Job) -> None:
    app.extensions.setdefault(_JOBS, []).append(job)


def jobs() -> Sequence[Job]:
    return cast(Sequence[Job], current_app.extensions.get(_JOBS, ()))
