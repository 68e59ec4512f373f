"""Draw by DR1 from files, with no database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from inspections.core.draw.bundles import Ceremony, draw_lots
from inspections.core.draw.reading import write_json
from inspections.core.draw.seeds import read_key
from inspections.management.answers import (
    DONE,
    AnswerCommand,
    BadInput,
    read_bytes,
    read_json_file,
    write_text,
)


class Command(AnswerCommand):
    """按 DR1 抽取。"""

    help = "按 DR1 由文件抽取，不用数据库；同样的输入得到同样的字节。名单有误退出码 2。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Arguments of the contract."""
        parser.add_argument("frame", metavar="FRAME.json", help="抽查框")
        parser.add_argument("--recusals", required=True, help="回避名单：[[检查人员, 对象], …]")
        parser.add_argument("--randomness", required=True, help="公开随机数的读数，原样使用")
        parser.add_argument("--key-file", required=True, help="密钥：64 位十六进制，或 32 个字节")
        parser.add_argument("--committed-at", default="", help="公布承诺的时间（ISO 8601，带时区）")
        parser.add_argument("--drawn-at", default="", help="抽取时间")
        parser.add_argument("--revealed-at", default="", help="揭晓时间")
        parser.add_argument(
            "--witness",
            action="extend",
            nargs="+",
            default=[],
            metavar="NAME",
            help="见证人，可写几个名字",
        )
        parser.add_argument("--out", required=True, metavar="BUNDLE.json", help="结果文件")

    def answer(self, **options: Any) -> int:
        """Write the bundle."""
        frame = read_json_file(options["frame"], what="抽查框")
        recusals = read_json_file(options["recusals"], what="回避名单")
        key = read_key(read_bytes(options["key_file"], what="密钥文件"))
        if key is None:
            raise BadInput("密钥文件里应当是 64 位十六进制数字，或者正好 32 个字节。")
        ceremony = Ceremony(
            committed_at=options["committed_at"],
            drawn_at=options["drawn_at"],
            revealed_at=options["revealed_at"],
            witnesses=options["witness"],
        )
        readings = [options["randomness"]]
        bundle = draw_lots(frame, recusals, key=key, readings=readings, ceremony=ceremony)
        write_text(options["out"], write_json(bundle), what="结果文件")
        self.stdout.write(f"承诺值 {bundle['commitment']}")
        self.stdout.write(f"种子 {bundle['seed']}")
        self.stdout.write(f"抽中 {len(bundle['assignments'])} 家，{len(bundle['teams'])} 组。")
        if bundle["unassigned"]:
            names = "、".join(bundle["unassigned"])
            self.stdout.write(f"因回避没有可去的组，须另行抽取：{names}。")
        self.stdout.write(f"摘要 {bundle['digest']}")
        return DONE
