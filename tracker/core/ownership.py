"""Whose the files of an installation are: those that a command makes as root go to the owner of its folder."""

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


def hand_over(place: Path, owner: os.stat_result | None = None) -> None:
    """Give what root has just made to the owner of the folder it lies in, or to `owner`.

    Through the opened file, and only where it has no other name: whoever owns the folder could lay a link to a file of
    root's there.
    """
    if os.geteuid() != ROOT:
        return
    wanted = owner or place.parent.stat()
    try:
        file = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return  # gone meanwhile, or a link
    try:
        now = os.fstat(file)
        is_single = stat.S_ISDIR(now.st_mode) or (stat.S_ISREG(now.st_mode) and now.st_nlink == 1)
        if now.st_uid == ROOT != wanted.st_uid and is_single:
            os.fchown(file, wanted.st_uid, wanted.st_gid)
    finally:
        os.close(file)


def _places(settings: Settings) -> Iterator[Path]:
    """The installation's folder and all in it, and the database of SQLite with the files beside it."""
    for folder, inner, names in os.walk(settings.instance):
        inner[:] = [name for name in inner if name != "lost+found"]  # root's, wherever a disk begins
        yield Path(folder)
        yield from (Path(folder, name) for name in names)
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        database = Path(url.database)
        yield from database.parent.glob(f"{database.name}*")


def strangers(settings: Settings) -> list[tuple[Path, str]]:
    """What the owner of the installation's folder does not own, with the name of who does."""
    owner, found = settings.instance.stat().st_uid, {}
    for place in _places(settings):
        with suppress(FileNotFoundError):
            if (uid := place.lstat().st_uid) != owner:
                found[place] = _name(uid)
    return list(found.items())


def _name(uid: int) -> str:
    with suppress(KeyError):
        return pwd.getpwuid(uid).pw_name
    return str(uid)


def set_up(app: Flask) -> None:
    """Hand over after each command that root runs for an installation of somebody else's."""
    settings: Settings = app.extensions["settings"]

    @app.teardown_appcontext
    def leave_it_to_its_owner(_: BaseException | None) -> None:
        owner = settings.instance.stat() if settings.instance.exists() else None
        if os.geteuid() != ROOT or owner is None or owner.st_uid == ROOT or has_request_context():
            return
        for place in _places(settings):
            try:
                hand_over(place, owner)
            except OSError as fault:
                structlog.get_logger("tracker").error("not_handed_over", place=str(place), fault=str(fault))
