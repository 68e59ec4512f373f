"""Take institutions into the register from an XLSX or CSV list."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from institutions.choices.row_reasons import row_reason
from institutions.core.register.refusals import ImportScope
from institutions.resources.register_problem import UnreadableRegister
from institutions.resources.register_reader import (
    RegisterSheet,
    judged_sheet,
    read_register,
    storable_register,
)
from institutions.resources.register_workbooks import refused_workbook
from institutions.selectors.register_import import import_of_job
from institutions.selectors.register_places import division_place
from institutions.services.register_import import preview_rows, start_import
from regulator.accounts.selectors.people import division_by_code
from regulator.adapters.storage import store_bytes
from regulator.jobs.choices.texts import failure_text
from regulator.jobs.core.states import JobState
from regulator.jobs.services import finish_here
from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import InvariantError

DONE, REFUSED, BAD_INPUT, UNEXPECTED = 0, 1, 2, 3


class BadInput(Exception):
    """The command cannot begin; its text is the one line that is printed."""


class Command(BaseCommand):
    help = (
        "从 XLSX 或 CSV 名册导入机构：合格的行进入登记册，不合格的行连同原因退回。"
        "退出码：0 全部导入；1 有行退回；2 输入有误；3 意外错误。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="名册文件（.xlsx 或 .csv）")
        parser.add_argument("--division", required=True, help="导入到哪个区划（六位代码）")
        parser.add_argument("--anywhere", action="store_true", help="写明其他地方的行也照原样收下")
        parser.add_argument("--dry-run", action="store_true", help="只说会怎样，不写入")
        parser.add_argument("--errors", type=Path, help="把退回的行写到这个 .xlsx 文件")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            code = self._run(options)
        except (BadInput, UnreadableRegister) as problem:
            self.stderr.write(str(problem))
            sys.exit(BAD_INPUT)
        except Exception as error:  # noqa: BLE001  the contract's exit code 3
            self.stderr.write(f"意外错误：{type(error).__name__}：{error}")
            sys.exit(UNEXPECTED)
        sys.exit(code)

    def _run(self, options: dict[str, Any]) -> int:
        path, division = options["file"], options["division"]
        if division_by_code(division) is None:
            raise BadInput(f"没有代码为 {division} 的区划，请核对 --division。")
        data = _read_file(path)
        sheet = read_register(data, file_name=path.name)
        places = "anywhere" if options["anywhere"] else "own_division"
        if sheet.columns.dropped_count:
            self.stdout.write(f"已丢弃 {sheet.columns.dropped_count} 列身份证件号码。")
        if options["dry_run"]:
            counts, reasons = self._preview(sheet, division, places)
        else:
            counts, reasons = self._import(data, path.name, division, places)
        self._report(sheet, reasons, options["errors"])
        added, changed, refused = counts
        self.stdout.write(f"{added} added, {changed} changed, {refused} refused")
        return REFUSED if refused else DONE

    def _preview(
        self, sheet: RegisterSheet, division: str, places: str
    ) -> tuple[tuple[int, int, int], dict[int, str]]:
        rows = judged_sheet(sheet, ImportScope(division_place(division), places))
        report = preview_rows(division=division, rows=rows)
        self.stdout.write("只是预演，没有写入任何内容。")
        reasons = {number: row_reason(found) for number, found in report.refused.items()}
        return (report.added, report.changed, len(reasons)), reasons

    def _import(
        self, data: bytes, file_name: str, division: str, places: str
    ) -> tuple[tuple[int, int, int], dict[int, str]]:
        _, job = start_import(
            division=division,
            file_name=file_name,
            file_sha256=store_bytes(storable_register(data, file_name=file_name)),
            places=places,
            actor=SYSTEM,
            at=timezone.now(),
        )
        job = finish_here(job)
        asked = import_of_job(job.public_id)
        if job.state != JobState.DONE.value or asked is None:
            raise InvariantError(failure_text(job.failure) or f"导入没有完成（{job.state}）。")
        reasons = {int(error.key): error.message for error in job.errors.all()}
        return (asked.added_count, asked.changed_count, asked.refused_count), reasons

    def _report(self, sheet: RegisterSheet, reasons: dict[int, str], out: Path | None) -> None:
        refused = [row for row in sheet.rows if row.number in reasons]
        for row in refused:
            name = row.cells.get("institution_name", "")
            self.stdout.write(
                f"第 {row.number} 行 {name}：{reasons[row.number]}".replace("\n", " ")
            )
        if out is not None and refused:
            rows = [(row.number, row.texts, reasons[row.number]) for row in refused]
            out.write_bytes(refused_workbook(sheet.columns.headers, rows))
            self.stdout.write(f"退回的 {len(rows)} 行已写入 {out}。")


def _read_file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"打不开文件 {path}：{error.strerror}。") from error
