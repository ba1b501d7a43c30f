"""Where files are kept: by the SHA-256 of their bytes, behind one small interface that any object store can fill."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from flask import Flask, current_app

from tracker.core import ownership

CHUNK = 1024 * 1024


class Store(Protocol):
    """Bytes by their SHA-256 (hex). What was put in once stays as it is."""

    def put(self, stream: BinaryIO) -> str:
        """Keep what the stream holds from here on; answer its mark."""

    def open(self, mark: str) -> BinaryIO | None:
        """The bytes with this mark, or None where they are gone."""


class FolderStore:
    """A store in a folder: «ab/cd/abcd…»."""

    def __init__(self, folder: Path) -> None:
        """The folder is made when the first file comes."""
        self.folder = folder

    def put(self, stream: BinaryIO) -> str:
        """Write beside, on the disk to the last byte, then rename: a file with its name is whole."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self.folder, prefix="incoming-", delete=False) as beside:
            written = Path(beside.name)
            try:
                digest = hashlib.sha256()
                for chunk in _chunks(stream):
                    digest.update(chunk)
                    beside.write(chunk)
                beside.flush()
                os.fsync(beside.fileno())
                self._name(written, digest.hexdigest())
            finally:
                written.unlink(missing_ok=True)
        return digest.hexdigest()

    def open(self, mark: str) -> BinaryIO | None:
        """The file of this mark."""
        with suppress(FileNotFoundError):
            return cast(BinaryIO, self._place(mark).open("rb"))
        return None

    def _name(self, written: Path, mark: str) -> None:
        place = self._place(mark)
        place.parent.mkdir(parents=True, exist_ok=True)
        written.replace(place)
        for made in (self.folder, place.parent.parent, place.parent, place):  # from above: each has its folder's owner
            ownership.hand_over(made)
        folder = os.open(place.parent, os.O_RDONLY)
        os.fsync(folder)  # a name, too, is lost in a power cut unless its folder was written
        os.close(folder)

    def _place(self, mark: str) -> Path:
        return self.folder / mark[:2] / mark[2:4] / mark


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK):
        yield chunk


def mark_of(stream: BinaryIO) -> str:
    """SHA-256 (hex) of what the stream holds from here on."""
    digest = hashlib.sha256()
    for chunk in _chunks(stream):
        digest.update(chunk)
    return digest.hexdigest()


def store() -> Store:
    """The store of this installation."""
    return cast(Store, current_app.extensions["store"])


def set_up(app: Flask) -> None:
    """Keep files beside the database of the own machine."""
    app.extensions["store"] = FolderStore(app.extensions["settings"].attachments)
