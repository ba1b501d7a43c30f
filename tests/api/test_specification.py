"""What is served keeps to the specification, and the specification in the repository is the served one."""

import os
import warnings
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings

from tests.api.programs import API, token_of
from tests.api.specification import FILE, made
from tests.visitor import PASSWORDS, SECRETARIAT
from tracker.api import signin
from tracker.api.operations import OPERATIONS
from tracker.core.rate_limit import Quota

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import schemathesis
    from schemathesis import checks

#: A body that the schema allows may still be refused by a rule, and a change without If-Match always is.
NOT_ASKED = ["positive_data_acceptance", "missing_required_header", "unsupported_method"]


@pytest.mark.one_database
def test_the_specification_in_the_repository_is_the_served_one(app: Flask) -> None:
    assert made(app) == FILE.read_text(), "make specification"
    assert app.test_client().get(f"{API}/openapi.json").text == FILE.read_text()


@pytest.mark.one_database
def test_every_operation_has_a_summary_and_every_writing_one_with_a_body_an_example(app: Flask) -> None:
    assert all(str(one.summary) for one in OPERATIONS.values())
    assert [one.name for one in OPERATIONS.values() if one.takes and not one.example] == []


def _sweep(app: Flask, username: str, examples: int) -> list[str]:
    """Requests made from the specification, good and bad ones; the refusals of schemathesis."""
    token = token_of(app, username, reads_secret=True)
    schema: Any = schemathesis.openapi.from_wsgi(f"{API}/openapi.json", app)
    failures = []
    asked = [
        check for check in checks.CHECKS.get_by_names(checks.CHECKS.get_all_names()) if check.__name__ not in NOT_ASKED
    ]
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(max_examples=examples, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
                  suppress_health_check=list(HealthCheck))  # fmt: skip
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=asked)

        try:
            ask()
        except BaseException as failure:  # a group of failures; all operations are asked
            failures.append(f"{operation.label}: {failure!r:.600}")
    return failures


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sweep asks more often than the quotas allow, also without a token."""
    monkeypatch.setattr(signin, "REQUESTS", Quota("api", 100_000, 5))
    monkeypatch.setattr(signin, "UNKNOWN", Quota("api-unknown", 100_000, 5))


@pytest.mark.one_database
@pytest.mark.usefixtures("unlimited")
def test_answers_keep_to_the_specification(app: Flask) -> None:
    assert _sweep(app, SECRETARIAT, 1) == []


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.usefixtures("unlimited")
@pytest.mark.parametrize("username", sorted(PASSWORDS))
def test_answers_keep_to_the_specification_for_each_role(app: Flask, username: str) -> None:
    assert _sweep(app, username, int(os.environ.get("EXAMPLES", "15"))) == []
