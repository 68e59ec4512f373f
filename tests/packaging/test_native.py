"""Native packages: what is missing is installed where it may be, else the exact command is said."""

from __future__ import annotations

import pytest

from tests.packaging.scripts import load_script

native = load_script("native")

NEEDED = native.Package("libneeded0", "run", "file:/nowhere/libneeded")
OPTIONAL = native.Package("chromium", "browser", "program:no-such-browser")


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What was asked of apt-get; nothing is really installed, and it is refused."""
    asked: list[list[str]] = []
    monkeypatch.setattr(native, "is_installed", lambda package: False)
    monkeypatch.setattr(native, "privilege", lambda: None)
    monkeypatch.setattr(native, "install", lambda names, before: asked.append(names))
    monkeypatch.setattr(native.shutil, "which", lambda name: f"/usr/bin/{name}")
    return asked


def test_the_list_is_read_without_its_comments() -> None:
    assert native.packages("# a\n\nlibneeded0  run  file:/nowhere/libneeded\n") == [NEEDED]


@pytest.mark.parametrize(
    ("needs", "met"),
    [
        ("module:venv", True),
        ("module:no_such_module", False),
        ("program:sh", True),
        ("program:no-such-program", False),
        ("file:/etc/hostname", True),
        ("file:/nowhere", False),
        ("library:c", True),
        ("library:no-such-library", False),
    ],
)
def test_a_need_is_met_by_what_is_there(needs: str, met: bool) -> None:
    assert native.is_met(needs) is met


def test_without_rights_it_stops_with_the_exact_command(
    installed: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert native.provide([NEEDED]) == 2
    command = "sudo apt-get update && sudo apt-get install -y libneeded0"
    assert f"\n    {command}\n" in capsys.readouterr().err
    assert installed == []


def test_with_rights_a_failed_installation_stops_with_the_command(
    installed: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(native, "privilege", list)
    assert native.provide([NEEDED]) == 2
    assert installed == [["libneeded0"]]
    assert "apt-get install -y libneeded0" in capsys.readouterr().err


def test_a_missing_browser_is_said_and_stops_nothing(
    installed: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert native.provide([OPTIONAL]) == 0
    assert "browser tests will be skipped" in capsys.readouterr().out


def test_nothing_is_asked_when_all_is_there(
    installed: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(native, "is_installed", lambda package: True)
    assert native.provide([NEEDED, OPTIONAL]) == 0
    assert capsys.readouterr().out == ""
    assert installed == []
