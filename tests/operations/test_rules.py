import pytest

from tracker.operations.rules import FORMAT, Manifest, Refusal, is_safe_name, refusal


def manifest(**told: object) -> Manifest:
    return Manifest(**{"format": FORMAT, "made_at": "2026-11-24T03:00:00+00:00", "engine": "sqlite", "revision": "b",
                       "audit_length": 0, "audit_hash": "", "members": {}, **told})  # fmt: skip


@pytest.mark.parametrize(
    ("told", "is_empty", "why"),
    [({}, True, None), ({}, False, Refusal.NOT_EMPTY), ({"format": FORMAT + 1}, True, Refusal.FORMAT),
     ({"engine": "postgresql"}, True, Refusal.ENGINE), ({"revision": "c"}, True, Refusal.NEWER),
     ({"revision": None}, True, Refusal.NEWER)],
)  # fmt: skip
def test_a_backup_is_restored_only_where_it_fits(told: dict[str, object], is_empty: bool, why: Refusal | None) -> None:
    assert refusal(manifest(**told), engine="sqlite", revisions={"a", "b"}, is_empty=is_empty) == why


@pytest.mark.parametrize(
    ("name", "is_safe"),
    [("database", True), ("files/ab/cdef", True), ("files", False), ("files/../x", False), ("/etc/passwd", False),
     ("files//x", False), ("../database", False), ("manifest.json", False), ("files/./x", False)],
)  # fmt: skip
def test_a_member_stays_within_its_place(name: str, is_safe: bool) -> None:
    assert is_safe_name(name) == is_safe
