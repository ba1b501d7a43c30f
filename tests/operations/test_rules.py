import pytest

from tracker.operations.rules import FORMAT, Manifest, Refusal, is_safe_name, refusal


def manifest(**changes: object) -> Manifest:
    return Manifest(**{"format": FORMAT, "made_at": "2026-11-24T03:00:00+00:00", "engine": "sqlite", "revision": "b",
                       "audit_length": 0, "audit_hash": "", "members": {}, **changes})  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "is_empty", "why"),
    [({}, True, None), ({}, False, Refusal.NOT_EMPTY), ({"format": FORMAT + 1}, True, Refusal.FORMAT),
     ({"engine": "postgresql"}, True, Refusal.ENGINE), ({"revision": "c"}, True, Refusal.NEWER),
     ({"revision": None}, True, Refusal.NEWER)],
)  # fmt: skip
def test_a_backup_is_refused_if_it_does_not_match_the_installation(
    changes: dict[str, object], is_empty: bool, why: Refusal | None
) -> None:
    assert refusal(manifest(**changes), engine="sqlite", revisions={"a", "b"}, is_empty=is_empty) == why


@pytest.mark.parametrize(
    ("name", "is_safe"),
    [("database", True), ("files/ab/cdef", True), ("files", False), ("files/../x", False), ("/etc/passwd", False),
     ("files//x", False), ("../database", False), ("manifest.json", False), ("files/./x", False)],
)  # fmt: skip
def test_member_names_must_stay_within_the_target_folder(name: str, is_safe: bool) -> None:
    assert is_safe_name(name) == is_safe
