from flask import Flask
from sqlalchemy.orm import Session

from tests.databases import Databases, Kind, close, settings_for
from tests.visitor import READER, Visitor
from tracker import create_app


def test_a_process_is_alive_and_ready(app: Flask) -> None:
    client = app.test_client()

    assert [(client.get(path).status_code, client.get(path).text) for path in ("/healthz", "/readyz")] == [
        (200, "ok\n"), (200, "ok\n"),
    ]  # fmt: skip


def test_another_schema_revision_is_not_ready_but_alive(app: Flask, session: Session) -> None:
    session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = 'another'")
    client = app.test_client()

    assert (client.get("/readyz").status_code, client.get("/readyz").text) == (503, "schema\n")
    assert client.get("/healthz").status_code == 200


def test_an_unreachable_database_is_not_ready(databases: Databases, kind: Kind, tmp_path) -> None:
    away = {"sqlite": f"sqlite:///{tmp_path}/no/such/folder.sqlite", "postgresql": "postgresql://tracker@127.0.0.1:1/x"}
    app = create_app(settings_for(away[kind], tmp_path))

    response = app.test_client().get("/readyz")

    assert (response.status_code, response.text) == (503, "database\n")
    close(app)


def test_requests_are_counted_by_endpoint_without_their_parameters(visit: Visitor) -> None:
    reader = visit.as_(READER)
    reader.client.get("/proposals?q=rahasia-sekali")
    reader.client.get("/no-such-page-at-all")

    metrics = reader.client.get("/metrics").text

    assert 'tracker_requests_total{endpoint="proposals.index",method="GET",status="200"}' in metrics
    assert 'tracker_requests_total{endpoint="none",method="GET",status="404"}' in metrics
    assert 'tracker_request_statements_sum{endpoint="proposals.index"}' in metrics
    assert "rahasia-sekali" not in metrics
    assert "no-such-page" not in metrics


def test_metrics_are_available_only_locally_and_without_a_proxy(app: Flask) -> None:
    client = app.test_client()

    through_proxy = client.get("/metrics", headers={"X-Forwarded-For": "10.0.0.9"})
    from_elsewhere = client.get("/metrics", environ_base={"REMOTE_ADDR": "10.0.0.9"})

    assert (through_proxy.status_code, from_elsewhere.status_code) == (404, 404)
