"""The command `screen_filings`: the contract's lines and exit codes, with no database."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from institutions.choices.findings import (
    FORM_PROBLEMS,
    LIMIT_TITLES,
    OUTCOME_TITLES,
    RULE_TEXTS,
    finding_json,
    finding_message,
    finding_remedy,
)
from institutions.core.register_rules.catalogue import REGISTER_RULES
from institutions.core.screening.catalogue import RULES
from institutions.core.screening.engine import Finding, screen_row
from institutions.core.screening.limits import LimitKey
from institutions.core.screening.rows import RawRow
from institutions.core.screening.rules.example_rows import (
    EXAMPLE_DIVISION,
    EXAMPLE_FILED_ON,
    SUBJECT_ROW,
)
from institutions.selectors.shipped_tables import shipped_context

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
SAMPLE = FIXTURES / "filings_sample.csv"


def _run(*arguments: object) -> tuple[int, str, str]:
    out, errors = StringIO(), StringIO()
    code = 0
    try:
        call_command("screen_filings", *map(str, arguments), stdout=out, stderr=errors)
    except SystemExit as stop:
        code = int(stop.code or 0)
    return code, out.getvalue(), errors.getvalue()


def _plain(*, to: Path, file: Path = SAMPLE) -> tuple[object, ...]:
    return (file, "--division", "510116", "--on", "2026-02-01", "--jsonl", to)


def test_each_row_of_the_sample_is_one_json_object(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    code, said, errors = _run(*_plain(to=out))
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert (code, errors) == (0, "")
    assert said.startswith("共筛查 40 行：")
    assert [row["row"] for row in rows] == list(range(2, 42))
    assert {row["outcome"] for row in rows} <= set(OUTCOME_TITLES)
    keys = {"rule", "outcome", "field", "evidence", "basis", "message"}
    assert all(set(finding) == keys for row in rows for finding in row["findings"])


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    _run(*_plain(to=first))
    _run(*_plain(to=second))
    assert first.read_bytes() == second.read_bytes()


def test_an_edition_of_the_district_can_be_named(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    code, _, _ = _run(*_plain(to=out), "--edition", "数学=苏教版", "--edition", "英语=人教版")
    text = out.read_text(encoding="utf-8")
    assert code == 0
    assert "缺少苏教版数学教材目录" in text


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ((), "缺少参数 FILE。用 --help 查看用法。"),
        (
            (SAMPLE, "--on", "2026-02-01", "--jsonl", "x"),
            "缺少参数 --division。用 --help 查看用法。",
        ),
        (
            (SAMPLE, "--division", "999999", "--on", "2026-02-01", "--jsonl", "x"),
            "不认识的区划代码：999999。",
        ),
        (
            (SAMPLE, "--division", "510116", "--on", "2月1日", "--jsonl", "x"),
            "--on 应当是年-月-日，例如 2026-02-20；现为：2月1日。",
        ),
        (
            (*_plain(to=Path("x")), "--edition", "数学"),
            "--edition 应当写成“学科=版本”，例如 数学=人教版；现为：数学。",
        ),
        (_plain(to=Path("x"), file=Path("none.xlsx")), "文件读不出来：none.xlsx（"),
        (_plain(to=Path("/nowhere/x")), "结果文件写不进去：/nowhere/x（"),
    ],
)
def test_bad_input_is_said_in_one_line_and_exits_2(
    arguments: tuple[object, ...], line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, said, errors = _run(*arguments)
    assert (code, said) == (2, "")
    assert errors.startswith(line)
    assert errors.count("\n") == 1


def test_a_file_that_is_no_workbook_is_said_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"PK\x03\x04 broken")
    code, _, errors = _run(*_plain(to=tmp_path / "out", file=file))
    assert code == 2
    assert errors.count("\n") == 1


def test_blank_rows_are_skipped_and_numbers_kept(tmp_path: Path) -> None:
    lines = SAMPLE.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    file = tmp_path / "gaps.csv"
    file.write_text("".join([lines[0], lines[1], "," * 25 + "\n", lines[2]]), encoding="gb18030")
    out = tmp_path / "out.jsonl"
    code, _, _ = _run(*_plain(to=out, file=file))
    rows = [json.loads(line)["row"] for line in out.read_text(encoding="utf-8").splitlines()]
    assert (code, rows) == (0, [2, 4])


def test_an_unexpected_error_exits_3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr("institutions.management.commands.screen_filings.screen_row", fail)
    code, _, errors = _run(*_plain(to=tmp_path / "out"))
    assert (code, errors) == (3, "出现意外错误：RuntimeError：no\n")


def test_every_rule_has_its_words() -> None:
    rules = (*RULES, *REGISTER_RULES)
    assert set(RULE_TEXTS) == {rule.code for rule in rules}
    for rule in rules:
        assert str(RULE_TEXTS[rule.code].title) == rule.title


def test_every_finding_of_the_examples_says_what_how_and_what_to_do() -> None:
    context = shipped_context(division=EXAMPLE_DIVISION, filed_on=EXAMPLE_FILED_ON)
    for rule in RULES:
        for example in (*rule.complying, *rule.breaching):
            for finding in screen_row(RawRow(2, example.cells), context).findings:
                message, remedy = finding_message(finding), finding_remedy(finding)
                assert message
                assert remedy
                assert "%(" not in message + remedy
                assert finding_json(finding)["message"] == message
                assert finding.basis.startswith("《")


def test_an_undetermined_day_asks_nobody_to_move_a_class() -> None:
    missing = {"missing": "2027年节假日安排"}
    finding = Finding("TIME-HOLIDAY", "undetermined", "上课星期", "周六", (), "《x》", missing)
    assert finding_remedy(finding) == (
        "现在由审核人员认定。2027年节假日安排由教育部门录入，录入以后再核对时由系统判断。"
    )


def test_a_cell_that_is_missing_is_asked_for() -> None:
    missing = {"missing": "课间休息分钟"}
    finding = Finding(
        "TIME-ONLINE-LENGTH", "undetermined", "课间休息分钟", "", (), "《x》", missing
    )
    assert finding_remedy(finding) == "补填“课间休息分钟”，再核对时由系统判断。"


def test_every_form_problem_has_its_words() -> None:
    assert set(FORM_PROBLEMS) == {
        "empty",
        "unreadable",
        "too_small",
        "ends_before_start",
        "no_session",
        "scientific",
        "no_school_subject",
    }


def test_every_limit_has_its_words() -> None:
    assert set(LIMIT_TITLES) == {key.value for key in LimitKey}


def test_a_missing_certificate_number_is_said_as_such() -> None:
    context = shipped_context(division=EXAMPLE_DIVISION, filed_on=EXAMPLE_FILED_ON)
    result = screen_row(RawRow(2, {**SUBJECT_ROW, "资格证书号": ""}), context)
    assert [finding_message(one) for one in result.findings] == ["没有填写资格证书号。"]
