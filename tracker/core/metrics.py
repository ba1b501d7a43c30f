"""Request metrics for Prometheus across all worker processes. Names and numbers, never contents.

Several processes share the folder in PROMETHEUS_MULTIPROC_DIR, which is emptied at each start.
"""

import os

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess

REQUESTS = Counter("tracker_requests", "Answers given", ["endpoint", "method", "status"])
DURATION = Histogram(
    "tracker_request_seconds", "Time from a request to its answer", ["endpoint"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)  # fmt: skip
STATEMENTS = Histogram(
    "tracker_request_statements", "SQL statements of a request", ["endpoint"], buckets=(1, 3, 6, 9, 15, 30, 100)
)


def observe(endpoint: str | None, method: str, status: int, *, seconds: float, statements: int) -> None:
    """Count a response. Unknown URLs share one series, so that clients cannot create series at will."""
    name = endpoint or "none"
    REQUESTS.labels(name, method, str(status)).inc()
    DURATION.labels(name).observe(seconds)
    STATEMENTS.labels(name).observe(statements)


def exposition() -> bytes:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest()
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # published without types
    return generate_latest(registry)
