"""Servers that tests read from, and what is configured for them."""

from collections.abc import Iterator

import boto3
import pytest

from plotgate.data import table
from tests.data.servers import AWS, PASSWORD, PostgreSQL, postgresql_binaries


@pytest.fixture(autouse=True)
def asked_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A source that did not answer is asked again by the next request."""
    monkeypatch.setattr(table, "PAUSE", 0)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgreSQL]:
    server = PostgreSQL(postgresql_binaries())
    yield server
    server.remove()


@pytest.fixture
def postgresql(postgresql_server: PostgreSQL, monkeypatch: pytest.MonkeyPatch) -> PostgreSQL:
    """A running server without tables, whose owner's password libpq knows."""
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    postgresql_server.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'plotgate'"
    )
    postgresql_server.execute(
        "drop schema public cascade; create schema public; grant usage on schema public to public"
    )
    return postgresql_server


@pytest.fixture(scope="session")
def aws_server() -> Iterator[AWS]:
    server = AWS()
    yield server
    server.stop()


@pytest.fixture
def aws(aws_server: AWS, monkeypatch: pytest.MonkeyPatch) -> AWS:
    """AWS with an empty bucket `data`, where boto3 finds it."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", aws_server.url)
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    boto3.setup_default_session()
    bucket = boto3.resource("s3").Bucket("data")
    bucket.create()
    bucket.objects.delete()
    return aws_server
