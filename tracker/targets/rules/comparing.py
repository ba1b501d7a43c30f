"""Differences between two editions. Pure."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar


class Change(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(frozen=True)
class Difference(Generic[K, V]):
    key: K
    change: Change
    before: V | None
    after: V | None


def differences(before: Mapping[K, V], after: Mapping[K, V]) -> Sequence[Difference[K, V]]:
    """Differences between versions, in the order of the older one, then additions."""
    changes = []
    for key in [*before, *(key for key in after if key not in before)]:
        old, new = before.get(key), after.get(key)
        if key not in after:
            changes.append(Difference(key, Change.REMOVED, old, None))
        elif key not in before:
            changes.append(Difference(key, Change.ADDED, None, new))
        elif old != new:
            changes.append(Difference(key, Change.CHANGED, old, new))
    return changes
