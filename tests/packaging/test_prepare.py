"""`prepare` does what is missing, and nothing a second time."""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from django.core.management import call_command as really_call
from django.db import connection
from pytest_django.fixtures import Settings

from regulator.pages.management.commands import prepare


@pytest.fixture
def called(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> list[tuple[str, ...]]:
    """What `prepare` would call; nothing is run, and its folders are this test's own."""
    calls: list[tuple[str, ...]] = []

    def note(name: str, *arguments: str, **_options: Any) -> None:
        calls.append((name, *arguments))
        if name == "collectstatic":
            Path(settings.STATIC_ROOT).mkdir(exist_ok=True)

    settings.DATA_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    monkeypatch.setattr(prepare, "call_command", note)
    monkeypatch.setattr(prepare, "seed_apart", lambda count: note("seed_demo", str(count)))
    monkeypatch.setattr(prepare.os, "umask", lambda mask: mask)
    monkeypatch.setattr(prepare.connections, "close_all", lambda: None)
    return calls


@pytest.mark.django_db
def test_a_migrated_empty_database_is_seeded_once_static_files_are_collected_once(
    called: list[tuple[str, ...]],
) -> None:
    really_call("prepare")
    assert called == [("collectstatic",), ("seed_demo", "420")]
    called.clear()
    really_call("prepare")
    assert called == [("seed_demo", "420")]


@pytest.mark.django_db
def test_the_demonstration_is_as_large_as_asked(called: list[tuple[str, ...]]) -> None:
    really_call("prepare", "--institutions=40")
    assert called[-1] == ("seed_demo", "40")


@pytest.mark.django_db
def test_production_is_never_seeded(called: list[tuple[str, ...]], settings: Settings) -> None:
    settings.DEMONSTRATION = False
    really_call("prepare")
    assert called == [("collectstatic",)]


@pytest.mark.django_db
def test_the_programs_named_are_started_at_the_end(called: list[tuple[str, ...]]) -> None:
    really_call("prepare", "--then", "web", "worker", "beat")
    assert called[-1] == ("supervise", "web", "worker", "beat")


@pytest.mark.django_db
def test_a_seeding_that_another_process_holds_is_left_alone(
    called: list[tuple[str, ...]], tmp_path: Path
) -> None:
    with (tmp_path / prepare.SEEDING_MARK).open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(CommandError, match="另一个进程正在生成演示数据"):
            really_call("prepare")
    assert "seed_demo" not in [name for name, *_ in called]


@pytest.mark.django_db
def test_a_broken_off_seeding_gives_up_its_database(
    called: list[tuple[str, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "sqlite":
        return
    database = tmp_path / "half.sqlite3"
    for suffix in ("", "-wal", "-shm"):
        Path(f"{database}{suffix}").write_bytes(b"half")
    (tmp_path / prepare.SEEDING_MARK).touch()
    monkeypatch.setitem(connection.settings_dict, "NAME", str(database))
    really_call("prepare")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["static"]
    assert ("seed_demo", "420") in called
