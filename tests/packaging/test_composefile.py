"""The reading of docker-compose.yml, and what must stand in it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.packaging.composefile import (
    COMPOSE_FILE,
    ROOT,
    ComposeFile,
    UnsetVariable,
    interpolated,
)

SECRETS = {
    "POSTGRES_PASSWORD": "p",
    "SECRET_KEY": "s",
    "FIELD_KEYS": "k:1",
    "ALLOWED_HOSTS": "edu.example.cn",
    "DIVISION": "000000",
}


def read(folder: Path) -> ComposeFile:
    return ComposeFile(COMPOSE_FILE.read_text(encoding="utf-8"), variables=SECRETS, folder=folder)


def test_variables_are_filled_in_as_compose_does() -> None:
    assert interpolated("${A}-${B:-b}-$$C", {"A": "a"}) == "a-b-$C"
    assert interpolated("${A:-b}", {"A": ""}) == "b"


@pytest.mark.parametrize("name", sorted(SECRETS))
def test_it_refuses_to_start_without_a_secret(name: str, tmp_path: Path) -> None:
    variables = {key: value for key, value in SECRETS.items() if key != name}
    with pytest.raises(UnsetVariable, match=name):
        ComposeFile(COMPOSE_FILE.read_text("utf-8"), variables=variables, folder=tmp_path)


def test_hosts_become_local_and_volumes_become_folders(tmp_path: Path) -> None:
    web = read(tmp_path).service("web")
    assert web.environment["DATABASE_URL"] == "postgres://regulator:p@127.0.0.1:5432/regulator"
    assert web.environment["BROKER_URL"] == "redis://127.0.0.1:6379/0"
    assert web.environment["DATA_DIR"] == str(tmp_path / "data")


def test_the_five_services_have_a_health_check_and_restart(tmp_path: Path) -> None:
    services = read(tmp_path).services
    assert set(services) == {"web", "worker", "beat", "postgres", "redis"}
    assert all(each["healthcheck"]["test"] for each in services.values())
    assert all(each["restart"] == "unless-stopped" for each in services.values())


def test_the_product_runs_as_no_root_on_a_read_only_file_system(tmp_path: Path) -> None:
    services = read(tmp_path).services
    for name in ("web", "worker", "beat"):
        assert services[name]["user"] == "10001:10001"
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]


# Without a key the SMS channel is off, which is no fault.
MAY_BE_EMPTY = {"SMS_KEY"}


def test_no_secret_stands_in_the_file() -> None:
    text = COMPOSE_FILE.read_text(encoding="utf-8")
    for service in yaml.safe_load(text)["services"].values():
        for name, value in service["environment"].items() if "environment" in service else ():
            if name.endswith(("PASSWORD", "KEY", "KEYS")):
                assert value.startswith("${")
                assert ":?" in value or name in MAY_BE_EMPTY


def test_the_image_runs_as_a_user_without_rights() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    instructions = [line.split()[0] for line in lines if line and line[0].isupper()]
    assert "USER regulator" in lines
    assert instructions.index("USER") > max(
        place for place, name in enumerate(instructions) if name == "RUN"
    )
    assert any("--require-hashes" in line for line in lines)
