"""Marks tests by their folder, and skips those whose engine is not on this machine."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

TESTS = Path(__file__).resolve().parent
MARK_OF_FOLDER = {"browser": "browser", "killing": "killing", "compose": "compose"}
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")

# How long an example takes says something of the machine, not of the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def chromium_path() -> str | None:
    """The system's Chromium, or None where it cannot be had."""
    named = os.environ.get("CHROMIUM", "")
    return named or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def is_pure(path: Path) -> bool:
    """Whether a test file needs neither settings nor database: its folder says so."""
    folders = path.relative_to(TESTS).parts[:-1]
    rules = folders[:1] == ("repository",) and "with_django" not in folders
    return rules or "core" in folders or folders[:1] == ("kernel",)


def pure_folders() -> list[Path]:
    """The folders that a run of the pure tests alone is given."""
    found = {path.parent for path in TESTS.rglob("test_*.py") if is_pure(path)}
    return sorted(found)


def has_both_servers() -> bool:
    return bool(os.environ.get("TEST_DATABASE_URL")) and bool(os.environ.get("TEST_BROKER_URL"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    no_browser = pytest.mark.skip(reason="no Chromium on this machine")
    no_servers = pytest.mark.skip(reason="TEST_DATABASE_URL and TEST_BROKER_URL name no servers")
    for item in items:
        if is_pure(item.path):
            item.add_marker("pure")
        for folder in item.path.relative_to(TESTS).parts[:-1]:
            if folder in MARK_OF_FOLDER:
                item.add_marker(MARK_OF_FOLDER[folder])
        if item.get_closest_marker("browser"):
            # The first of them waits for a whole district to be seeded and served.
            item.add_marker(pytest.mark.timeout(900))
            if chromium_path() is None:
                item.add_marker(no_browser)
        if item.get_closest_marker("compose") and not has_both_servers():
            item.add_marker(no_servers)
