from tests.policies import A, D, R, S, allowed
from tracker.imports import policy
from tracker.imports.rules.kinds import ImportKind

REGISTERS = {ImportKind.UNITS, ImportKind.POSTS, ImportKind.PERSONS, ImportKind.HOLDINGS}
TARGETS = {ImportKind.DOCUMENTS, ImportKind.INDICATORS, ImportKind.VALUES}


def test_whoever_may_make_a_row_by_hand_may_import_it() -> None:
    for kind in ImportKind:
        may = allowed(lambda actor, kind=kind: policy.may_import(actor, kind))
        if kind in REGISTERS:
            assert may == {S, A}
        elif kind is ImportKind.ACCOUNTS:
            assert may == {A}
        elif kind is ImportKind.REPORTS:
            assert may == {S, R}
        else:
            assert may == ({S, D} if kind in TARGETS else {S})
