"""The labelled sample: every TIME-* and FILING-FORM code, and none beyond what is allowed."""

from __future__ import annotations

from pathlib import Path

from institutions.core.screening.catalogue import RULES
from institutions.core.screening.engine import RowResult, screen_row
from institutions.core.screening.rows import HEADERS, RawRow
from tests.institutions.core.screening.contexts import ROOT, csv_rows, screening_context

FIXTURES: Path = ROOT / "tests" / "fixtures"
CERTAIN = ("TIME-", "FILING-FORM")


def _results() -> dict[int, RowResult]:
    rows = csv_rows(FIXTURES / "filings_sample.csv")
    context = screening_context()
    return {
        number: screen_row(RawRow(number, row), context) for number, row in enumerate(rows, start=2)
    }


def _labels() -> dict[int, dict[str, str]]:
    return {int(row["row"]): row for row in csv_rows(FIXTURES / "filings_sample_labels.csv")}


def _codes(text: str) -> set[str]:
    return {code for code in text.split("|") if code}


def _breaches(result: RowResult) -> set[str]:
    return {finding.rule for finding in result.findings if finding.outcome == "breach"}


def test_the_sample_has_the_contracts_headers() -> None:
    assert tuple(csv_rows(FIXTURES / "filings_sample.csv")[0]) == HEADERS


def test_every_time_and_form_code_is_found_and_none_beyond() -> None:
    labels = _labels()
    for number, result in _results().items():
        must, may = _codes(labels[number]["must"]), _codes(labels[number]["may"])
        found = {code for code in _breaches(result) if code.startswith(CERTAIN)}
        wanted = {code for code in must if code.startswith(CERTAIN)}
        assert wanted <= found <= wanted | may, number


def test_no_rule_of_the_catalogue_finds_what_no_officer_would() -> None:
    labels = _labels()
    for number, result in _results().items():
        allowed = _codes(labels[number]["must"]) | _codes(labels[number]["may"])
        assert _breaches(result) <= allowed, number


def test_every_code_that_an_officer_finds_is_found() -> None:
    labels, codes = _labels(), {rule.code for rule in RULES}
    missed = {
        (number, code)
        for number, result in _results().items()
        for code in (_codes(labels[number]["must"]) & codes) - _breaches(result)
    }
    assert missed == set()


def test_every_row_has_the_officers_outcome() -> None:
    labels = _labels()
    assert {number: result.outcome for number, result in _results().items()} == {
        number: label["outcome"] for number, label in labels.items()
    }
