"""Which single roles a policy allows."""

from collections.abc import Callable

from tracker.core.actor import Actor, Role

ALL = set(Role)
S, C, V, P, R, D, A, T = (
    Role.SECRETARIAT, Role.CHAIR, Role.ADVISER, Role.PIC, Role.REVIEWER, Role.DECISION_MAKER, Role.ADMIN, Role.AUDITOR,
)  # fmt: skip


def somebody(
    *roles: Role, person: int | None = None, account: int | None = 1, units: frozenset[int] = frozenset()
) -> Actor:
    """An actor with exactly these roles and attributes."""
    return Actor(account_id=account, name="x", person_id=person, roles=frozenset(roles), unit_ids=units)


def allowed(may: Callable[[Actor], bool], **facts: int | frozenset[int] | None) -> set[Role]:
    """The roles that are each sufficient. Asserts that all other roles together are not."""
    sufficient = {role for role in Role if may(somebody(role, **facts))}
    assert sufficient == ALL or not may(somebody(*(ALL - sufficient), **facts))
    return sufficient
