"""Gives files that a command creates as root to the owner of the installation's folder."""

import os
import pwd
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import structlog
from flask import Flask, has_request_context
from sqlalchemy import make_url

from tracker.core.settings import Settings

ROOT = 0


def give_to_owner(place: Path, owner: os.stat_result | None = None) -> None:
    """Give a file or folder that root has just created to the owner of its folder, or to `owner`.

    Changes the opened file, and only if it has no other name: the owner of the folder could have placed a link to a
    file of root there.
    """
    if os.geteuid() != ROOT:
        return
    target = owner or place.parent.stat()
    try:
        file = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return  # deleted meanwhile, or a link
    try:
        now = os.fstat(file)
        is_single = stat.S_ISDIR(now.st_mode) or (stat.S_ISREG(now.st_mode) and now.st_nlink == 1)
        if now.st_uid == ROOT != target.st_uid and is_single:
            os.fchown(file, target.st_uid, target.st_gid)
    finally:
        os.close(file)


def _places(settings: Settings) -> Iterator[Path]:
    for folder, inner, names in os.walk(settings.instance):
        inner[:] = [name for name in inner if name != "lost+found"]  # belongs to root on every file system
        yield Path(folder)
        yield from (Path(folder, name) for name in names)
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        database = Path(url.database)
        yield from database.parent.glob(f"{database.name}*")


def foreign_paths(settings: Settings) -> list[tuple[Path, str]]:
    owner, foreign = settings.instance.stat().st_uid, {}
    for place in _places(settings):
        with suppress(FileNotFoundError):
            if (uid := place.lstat().st_uid) != owner:
                foreign[place] = _name(uid)
    return list(foreign.items())


def _name(uid: int) -> str:
    with suppress(KeyError):
        return pwd.getpwuid(uid).pw_name
    return str(uid)


def set_up(app: Flask) -> None:
    """After each command that root runs, give its files to the owner of the installation."""
    settings: Settings = app.extensions["settings"]

    @app.teardown_appcontext
    def give_all_to_owner(_: BaseException | None) -> None:
        owner = settings.instance.stat() if settings.instance.exists() else None
        if os.geteuid() != ROOT or owner is None or owner.st_uid == ROOT or has_request_context():
            return
        for place in _places(settings):
            try:
                give_to_owner(place, owner)
            except OSError as fault:
                structlog.get_logger("tracker").error("not_handed_over", place=str(place), fault=str(fault))
