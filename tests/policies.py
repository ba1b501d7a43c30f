"""Which roles a policy lets do something: each tried by itself."""

from collections.abc import Callable

from tracker.core.actor import Actor, Role

ALL = set(Role)
S, C, V, P, R, D, A, T = (
    Role.SECRETARIAT, Role.CHAIR, Role.ADVISER, Role.PIC, Role.REVIEWER, Role.DECISION_MAKER, Role.ADMIN, Role.AUDITOR,
)  # fmt: skip


def somebody(
    *roles: Role, person: int | None = None, account: int | None = 1, units: frozenset[int] = frozenset()
) -> Actor:
    """Somebody with these roles and no more than is said."""
    return Actor(account_id=account, name="x", person_id=person, roles=frozenset(roles), unit_ids=units)


def allowed(may: Callable[[Actor], bool], **facts: int | frozenset[int] | None) -> set[Role]:
    """The roles of which one is enough; all others together are not."""
    found = {role for role in Role if may(somebody(role, **facts))}
    assert found == ALL or not may(somebody(*(ALL - found), **facts))
    return found
