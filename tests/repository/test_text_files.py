"""What no committed text may hold: a registry's address, unfinished business, the shared folder."""

from __future__ import annotations

import re
from pathlib import Path

from tests.repository import sources

REGISTRY = re.compile(r"https?://[^ ]*(simple|registry|mirror)|^--(extra-)?index-url|^--find-links")
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")
SILENCED = re.compile(r"pytest\.mark\.(x" r"fail|sk" r"ip\b(?!\(reason=))|unittest\.skip")
SHARED = re.compile(r"(?<![\w.-])(\.\./|/work/)shared/")
BINARY = {".png", ".jpg", ".ico", ".pdf", ".xlsx", ".woff2", ".mo", ".gz", ".zip"}


def texts() -> list[Path]:
    return [path for path in sources.all_files() if path.suffix not in BINARY]


def lines_with(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    return [
        sources.at(path, number, line.strip()[:80])
        for path in paths
        for number, line in enumerate(sources.text_of(path).splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_package_registry_is_named() -> None:
    this = Path(__file__).resolve()
    assert lines_with(REGISTRY, [path for path in texts() if path != this]) == []


def test_nothing_unfinished_is_left_in_the_code() -> None:
    code = [path for path in texts() if path.suffix in {".py", ".js", ".css", ".html", ".sh"}]
    assert lines_with(UNFINISHED, code) == []


def test_no_test_is_silenced() -> None:
    marking = sources.ROOT / "tests" / "marking.py"
    tests = [path for path in sources.python_files() if "tests" in path.parts and path != marking]
    assert lines_with(SILENCED, tests) == []


def test_the_product_reads_nothing_outside_itself() -> None:
    assert lines_with(SHARED, [path for path in texts() if sources.is_product(path)]) == []
