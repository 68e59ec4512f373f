"""Verify a bundle: `verify_draw BUNDLE.json [--digest HEX]`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from inspections.choices.draw_texts import (
    difference_text,
    differences_count_text,
    not_stated_text,
)
from inspections.core.draw.shapes import HEX64
from inspections.core.draw.verification import Verification, verify_bundle
from inspections.management.answers import DONE, NO, AnswerCommand, BadInput, read_json_file

AGREEMENTS = {
    "whole": "全部重算一致。",
    "drawn": "尚未揭晓：已公布的承诺值、读数和时间一致，抽取结果揭晓后才能核对。",
    "committed": "尚未抽取：已公布的承诺值与抽查框一致。",
}


class Command(AnswerCommand):
    """核对一次抽取。"""

    help = "重算一个抽取结果文件，逐一指出不符的值；一致退出码 0，有不符 1，文件读不出 2。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Arguments of the contract."""
        parser.add_argument("bundle", metavar="BUNDLE.json", help="抽取结果文件")
        parser.add_argument("--digest", default="", metavar="HEX", help="另外得到的摘要，一并核对")

    def answer(self, **options: Any) -> int:
        """Say every difference, or that there is none."""
        outside = options["digest"].strip().lower()
        if outside and not HEX64.fullmatch(outside):
            raise BadInput("--digest 应当是 64 位十六进制的 SHA-256。")
        bundle = read_json_file(options["bundle"], what="抽取结果文件")
        if not isinstance(bundle, dict):
            raise BadInput("抽取结果文件应当是一个 JSON 对象。")
        found = verify_bundle(bundle, outside_digest=outside)
        for difference in found.differences:
            self.stdout.write(difference_text(difference))
        self._say_more(found)
        return DONE if found.agrees else NO

    def _say_more(self, found: Verification) -> None:
        if found.not_stated:
            self.stdout.write(not_stated_text(found.not_stated))
        if found.agrees:
            self.stdout.write(AGREEMENTS[found.stage])
            if found.digest:
                self.stdout.write(f"摘要 {found.digest}")
        else:
            self.stdout.write(differences_count_text(len(found.differences)))
