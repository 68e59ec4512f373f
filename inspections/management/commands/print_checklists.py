"""Print the checklists of a draw: `print_checklists --draw NUMBER --out DIR`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from inspections.management.answers import DONE, UNEXPECTED, AnswerCommand, BadInput
from inspections.models import Draw
from inspections.selectors.checklists import latest_checklists
from inspections.selectors.draws import draw_by_number
from inspections.services.checklists import issue_checklists
from regulator.adapters.sealed_storage import read_sealed
from regulator.jobs.services import finish_here
from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_message


class Command(AnswerCommand):
    """打印检查清单。"""

    help = "把一次抽查的检查清单写成 PDF：每个场所一份，每组一份合订本；再印得到同样的字节。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Arguments of the contract."""
        parser.add_argument("--draw", required=True, metavar="NUMBER", help="抽查编号")
        parser.add_argument("--out", required=True, metavar="DIR", help="写到哪个文件夹")

    def answer(self, **options: Any) -> int:
        """Write every PDF."""
        draw = draw_by_number(options["draw"])
        if draw is None:
            raise BadInput(f"没有编号为 {options['draw']} 的抽查。")
        folder = _folder(options["out"])
        if not _issue(draw):
            self.stderr.write("有的清单没有印成：请在后台任务里看原因，处理后再印。")
            return UNEXPECTED
        rows = latest_checklists(draw)
        for row in rows:
            (folder / row.file_name).write_bytes(read_sealed(row.sha256))
        pages = sum(row.page_count for row in rows if row.kind == "premises")
        papers = sum(row.kind == "premises" for row in rows)
        self.stdout.write(f"{papers} 份清单，{len(rows) - papers} 份合订本，共 {pages} 页。")
        return DONE


def _folder(path: str) -> Path:
    folder = Path(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"文件夹建不了：{path}（{error.strerror}）。") from error
    return folder


def _issue(draw: Draw) -> bool:
    try:
        job = issue_checklists(source=draw, actor=SYSTEM, at=timezone.now())
    except Refused as refused:
        raise BadInput(*(refusal_message(one) for one in refused.refusals)) from refused
    if job is not None:
        finish_here(job)
    return all(row.sha256 for row in latest_checklists(draw))
