"""The account that `make test` gives at its end."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.packaging.scripts import load_script

run_tests = load_script("run_tests")

REPORT = (
    '<testsuites><testsuite name="pytest" tests="{tests}" failures="{failures}" errors="{errors}" '
    'skipped="{skipped}"></testsuite></testsuites>'
)
SERVERS = ("TEST_DATABASE_URL", "TEST_BROKER_URL")


def counted(folder: Path, *, status: int, **numbers: int) -> tuple[int, int, int]:
    report = folder / "report.xml"
    if numbers:
        report.write_text(REPORT.format(**numbers), "utf-8")
    outcome = run_tests.counted(report, phase="pure", status=status, seconds=1.0)
    return outcome.passed, outcome.failed, outcome.skipped


def test_it_counts_what_passed_failed_and_was_skipped(tmp_path: Path) -> None:
    numbers = {"tests": 10, "failures": 2, "errors": 1, "skipped": 3}
    assert counted(tmp_path, status=1, **numbers) == (4, 3, 3)


def test_it_names_what_failed(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    cases = '<testcase classname="a" name="b"><failure/></testcase><testcase name="c"/>'
    report.write_text(
        f'<testsuites><testsuite tests="2" failures="1">{cases}</testsuite></testsuites>'
    )
    assert run_tests.counted(report, phase="", status=1, seconds=1.0).failures == ("a::b",)


def test_a_run_that_broke_without_a_report_is_a_failure(tmp_path: Path) -> None:
    assert counted(tmp_path, status=3) == (0, 1, 0)


def test_a_run_that_was_interrupted_is_a_failure(tmp_path: Path) -> None:
    numbers = {"tests": 4, "failures": 0, "errors": 0, "skipped": 0}
    assert counted(tmp_path, status=2, **numbers) == (4, 1, 0)


def test_a_selection_without_tests_is_none(tmp_path: Path) -> None:
    assert counted(tmp_path, status=5) == (0, 0, 0)


@pytest.fixture
def outcomes() -> list[object]:
    make = run_tests.Outcome
    return [make("pure", 5, 0, 0, 1.0), make("browser, on SQLite", 2, 0, 1, 1.0)]


def test_it_says_what_did_not_run_and_ends_with_the_sum(
    outcomes: list[object], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in (*SERVERS, "REQUIRE_ALL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(run_tests, "chromium_path", lambda: "/usr/bin/chromium")
    assert run_tests.say(outcomes) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "Not run: PostgreSQL: TEST_DATABASE_URL names none" in lines
    assert lines[-1] == "7 passed, 0 failed, 1 skipped"


def test_where_all_is_required_a_missing_server_fails(
    outcomes: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUIRE_ALL", "1")
    monkeypatch.setattr(run_tests, "chromium_path", lambda: "/usr/bin/chromium")
    monkeypatch.delenv("TEST_BROKER_URL", raising=False)
    assert run_tests.say(outcomes) == 1
    for name in SERVERS:
        monkeypatch.setenv(name, "somewhere")
    assert run_tests.say(outcomes) == 0


def test_where_all_is_required_a_missing_browser_fails(
    outcomes: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUIRE_ALL", "1")
    for name in SERVERS:
        monkeypatch.setenv(name, "somewhere")
    monkeypatch.setattr(run_tests, "chromium_path", lambda: None)
    assert run_tests.say(outcomes) == 1


def test_named_servers_add_their_phases_and_the_browser_runs_on_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in SERVERS:
        monkeypatch.delenv(name, raising=False)
    assert len(run_tests.phases()) == 4
    for name in SERVERS:
        monkeypatch.setenv(name, "somewhere")
    phases = run_tests.phases()
    assert len(phases) == 7
    assert phases[-1].name == "browser, on PostgreSQL and Redis"
    assert set(phases[-1].environment) == set(SERVERS)
