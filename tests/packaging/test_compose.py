"""The services of docker-compose.yml, started by their own commands on PostgreSQL and Redis.

The production settings hold: nothing is seeded, the bureau is opened by `open_bureau`.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
import redis

from tests.packaging.composefile import (
    COMPOSE_FILE,
    ROOT,
    ComposeFile,
    NeverHealthy,
    Service,
    is_healthy,
    process_environment,
    running,
)

pytestmark = [pytest.mark.compose, pytest.mark.timeout(600)]

REDIS_DATABASE = "13"
PRODUCT = ("web", "worker", "beat")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def own_database() -> Iterator[dict[str, str]]:
    """An empty database on the test server, and the variables by which Compose would name it."""
    server = urlsplit(os.environ["TEST_DATABASE_URL"])
    name = f"compose_{uuid4().hex[:8]}"
    with psycopg.connect(os.environ["TEST_DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield {
                "POSTGRES_USER": server.username or "postgres",
                "POSTGRES_PASSWORD": server.password or "trusted",
                "POSTGRES_DB": name,
            }
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def variables() -> Iterator[dict[str, str]]:
    """A .env file for this machine: every secret made for this run alone."""
    broker = redis.Redis(host="127.0.0.1", port=6379, db=int(REDIS_DATABASE))
    broker.flushdb()
    with own_database() as database:
        yield database | {
            "REDIS_DATABASE": REDIS_DATABASE,
            "SECRET_KEY": uuid4().hex + uuid4().hex,
            "FIELD_KEYS": "k1:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
            "ALLOWED_HOSTS": "127.0.0.1",
            "HTTPS_ONLY": "false",
            "DIVISION": "510116",
            "PORT": str(free_port()),
        }
    broker.flushdb()
    broker.close()


def started(compose: ComposeFile, logs: Path, stack: ExitStack) -> dict[str, Service]:
    """Web, worker and beat, each healthy by its own check before the next is started."""
    services = {name: compose.service(name) for name in PRODUCT}
    for name, service in services.items():
        stack.enter_context(running(service, logs / f"{name}.log"))
    return services


def in_container(service: Service, *arguments: str, **variables: str) -> str:
    """What `docker compose exec` would run in a service: stdout, and a failure raises."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=process_environment(service) | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_servers_of_the_file_have_working_health_checks(
    variables: dict[str, str], tmp_path: Path
) -> None:
    compose = ComposeFile(COMPOSE_FILE.read_text("utf-8"), variables=variables, folder=tmp_path)
    programs = {"postgres": "pg_isready", "redis": "redis-cli"}
    tried = [name for name, program in programs.items() if shutil.which(program)]
    assert {name: is_healthy(compose.service(name)) for name in tried} == dict.fromkeys(tried, True)


def test_the_thread_runs_through_the_services_of_the_file(
    variables: dict[str, str], tmp_path: Path
) -> None:
    compose = ComposeFile(COMPOSE_FILE.read_text("utf-8"), variables=variables, folder=tmp_path)
    with ExitStack() as stack:
        services = started(compose, tmp_path, stack)
        walk = (
            "from tests.packaging.thread_in_production import walk_the_thread as walk; walk(); "
            "print('walked to the end')"
        )
        said = in_container(services["web"], "manage.py", "shell", "-c", walk)
        assert said.splitlines()[-1] == "walked to the end"


@pytest.mark.parametrize(
    ("sound", "broken"),
    [
        ("gunicorn regulator.wsgi:application", "gunicorn regulator.wsgy:application"),
        ('"regulator.celery", "worker"', '"regulator.selery", "worker"'),
        ('"supervise", "beat"', '"supervise", "beet"'),
        ("manage.py prepare", "manage.py prepair"),
        ('"packaging/healthy.py", "web"', '"packaging/healthy.py", "wep"'),
    ],
)
def test_a_broken_command_in_the_file_is_found(
    variables: dict[str, str], tmp_path: Path, sound: str, broken: str
) -> None:
    text = COMPOSE_FILE.read_text("utf-8")
    assert text.count(sound) == 1
    compose = ComposeFile(text.replace(sound, broken), variables=variables, folder=tmp_path)
    compose.be_impatient(seconds=20)
    with pytest.raises(NeverHealthy), ExitStack() as stack:
        started(compose, tmp_path, stack)
