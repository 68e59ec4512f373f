"""Screen a filing workbook by every rule, from the shipped tables, with no database."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import override

from institutions.choices.filing_files import workbook_problem_message
from institutions.choices.findings import OUTCOME_TITLES, finding_json
from institutions.core.screening.engine import RowResult, is_blank, screen_row
from institutions.core.screening.form import subject_of
from institutions.core.screening.rows import BadWorkbook
from institutions.resources.filing_reader import FilingSheet, read_filing_rows
from institutions.selectors.shipped_tables import shipped_context, shipped_divisions

BAD_INPUT, UNEXPECTED = 2, 3


class _BadInput(Exception):
    """What was given cannot be used; the text says why in one line."""


class Command(BaseCommand):
    """按规则筛查备案工作簿。"""

    help = (
        "筛查备案工作簿（.xlsx 或 CSV），每行写一个 JSON 对象；不用数据库。"
        "不论查出什么都以 0 退出；输入有误以 2 退出。"
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Arguments of the contract; what is missing is said in Chinese by `handle`."""
        parser.add_argument("file", nargs="?", default="", metavar="FILE", help="备案工作簿")
        parser.add_argument("--division", default="", help="区划代码，六位")
        parser.add_argument("--on", default="", metavar="DATE", help="备案日期，例如 2026-02-20")
        parser.add_argument(
            "--edition",
            action="append",
            default=[],
            metavar="学科=版本",
            help="本区教材版本，例如 数学=人教版；可写多次，不写用出厂设置",
        )
        parser.add_argument(
            "--jsonl", default="", metavar="OUT", help="结果文件，每行一个 JSON 对象"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Screen, and leave with the contract's exit code."""
        with override("zh-hans"):
            code = self._run(options)
        if code:
            raise SystemExit(code)

    def _run(self, options: dict[str, Any]) -> int:
        try:
            counts = self._screen(options)
        except _BadInput as error:
            self.stderr.write(str(error))
            return BAD_INPUT
        except Exception as error:  # noqa: BLE001  contract: exit 3 and one line, no traceback
            self.stderr.write(f"出现意外错误：{type(error).__name__}：{error}")
            return UNEXPECTED
        parts = [f"{OUTCOME_TITLES[name]} {counts[name]}" for name in OUTCOME_TITLES]
        self.stdout.write(f"共筛查 {counts.total()} 行：" + "，".join(parts) + "。")
        return 0

    def _screen(self, options: dict[str, Any]) -> Counter[str]:
        for name, shown in (("file", "FILE"), ("division", "--division"), ("on", "--on")):
            if not options[name]:
                raise _BadInput(f"缺少参数 {shown}。用 --help 查看用法。")
        if not options["jsonl"]:
            raise _BadInput("缺少参数 --jsonl。用 --help 查看用法。")
        context = shipped_context(
            division=_division(options["division"]),
            filed_on=_day(options["on"]),
            editions=_editions(options["edition"]),
        )
        sheet = _read(options["file"])
        for warning in sheet.warnings:
            self.stderr.write(str(warning.message))
        results = (screen_row(row, context) for row in sheet.rows if not is_blank(row))
        return _write(options["jsonl"], results)


def _write(path: str, results: Any) -> Counter[str]:
    counts: Counter[str] = Counter()
    try:
        with Path(path).open("w", encoding="utf-8", newline="\n") as out:
            for result in results:
                counts[result.outcome] += 1
                out.write(json.dumps(_row_json(result), ensure_ascii=False) + "\n")
    except OSError as error:
        raise _BadInput(f"结果文件写不进去：{path}（{error.strerror}）。") from error
    return counts


def _row_json(result: RowResult) -> dict[str, Any]:
    return {
        "row": result.number,
        "outcome": result.outcome,
        "findings": [finding_json(finding) for finding in result.findings],
    }


def _read(path: str) -> FilingSheet:
    try:
        with Path(path).open("rb") as file:
            return read_filing_rows(file, file_name=Path(path).name)
    except BadWorkbook as error:
        raise _BadInput(workbook_problem_message(error.code, error.params)) from error
    except OSError as error:
        raise _BadInput(f"文件读不出来：{path}（{error.strerror}）。") from error


def _division(code: str) -> str:
    if code not in shipped_divisions():
        raise _BadInput(f"不认识的区划代码：{code}。")
    return code


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise _BadInput(f"--on 应当是年-月-日，例如 2026-02-20；现为：{text}。") from error


def _editions(pairs: list[str]) -> dict[str, str]:
    editions: dict[str, str] = {}
    for pair in pairs:
        name, found, edition = pair.partition("=")
        subject = subject_of(name)
        if not (found and subject and edition.strip()):
            raise _BadInput(f"--edition 应当写成“学科=版本”，例如 数学=人教版；现为：{pair}。")
        editions[subject] = edition.strip()
    return editions
