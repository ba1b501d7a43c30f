"""File storage by SHA-256, behind an interface that an object store can implement."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from flask import Flask, current_app

from tracker.core import ownership

CHUNK = 1024 * 1024
#: How long a file that was read may wait to be confirmed. No sign-in lasts as long.
WAITS = timedelta(days=7)


class Store(Protocol):
    """Content-addressed storage (SHA-256 in hex). Stored content never changes."""

    def put(self, stream: BinaryIO) -> str:
        """Store the rest of the stream and return its hash."""

    def open(self, digest: str) -> BinaryIO | None:
        """Open the content with this hash; None if it is missing."""


class FolderStore:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, stream: BinaryIO) -> str:
        """Write to a temporary file, sync it, then rename it: a file with its final name is complete."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self.folder, prefix="incoming-", delete=False) as temporary:
            written = Path(temporary.name)
            try:
                digest = hashlib.sha256()
                for chunk in _chunks(stream):
                    digest.update(chunk)
                    temporary.write(chunk)
                temporary.flush()
                os.fsync(temporary.fileno())
                self._name(written, digest.hexdigest())
            finally:
                written.unlink(missing_ok=True)
        return digest.hexdigest()

    def open(self, digest: str) -> BinaryIO | None:
        with suppress(FileNotFoundError):
            return cast(BinaryIO, self._place(digest).open("rb"))
        return None

    def _name(self, written: Path, digest: str) -> None:
        place = self._place(digest)
        place.parent.mkdir(parents=True, exist_ok=True)
        written.replace(place)
        for made in (self.folder, place.parent.parent, place.parent, place):  # from above: each has its folder's owner
            ownership.give_to_owner(made)
        folder = os.open(place.parent, os.O_RDONLY)
        os.fsync(folder)  # without this, a power failure can lose the name of the file
        os.close(folder)

    def _place(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest[2:4] / digest


class WaitingStore(FolderStore):
    """Files that were read but not confirmed yet. No row names them; they are dropped after a while."""

    def drop_old(self, at: datetime) -> int:
        """Drop what has waited longer than `WAITS`; returns how many there were."""
        dropped = 0
        for file in self.folder.rglob("*"):
            with suppress(FileNotFoundError):  # another process drops them, too
                if file.is_file() and at.timestamp() - file.stat().st_mtime > WAITS.total_seconds():
                    file.unlink()
                    dropped += 1
        return dropped


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK):
        yield chunk


def sha256_of(stream: BinaryIO) -> str:
    digest = hashlib.sha256()
    for chunk in _chunks(stream):
        digest.update(chunk)
    return digest.hexdigest()


def store() -> Store:
    return cast(Store, current_app.extensions["store"])


def waiting() -> WaitingStore:
    return cast(WaitingStore, current_app.extensions["waiting"])


def set_up(app: Flask) -> None:
    app.extensions["store"] = FolderStore(app.extensions["settings"].attachments)
    app.extensions["waiting"] = WaitingStore(app.extensions["settings"].waiting)
