"""manage.py verify_audit: walk the chains and name every broken link."""

from __future__ import annotations

import re
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from regulator.audit.selectors.chain import divisions_with_events, head_of, verify_chain

_HEAD = re.compile(r"(\d+):([0-9a-f]{64})")


class Command(BaseCommand):
    """Exit 0 when every chain holds, 1 when a link is broken, 2 for a head that cannot be read."""

    help = "逐条核对留痕链；每个断点输出一行：区划 序号 原因。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--division", help="只核对这个区划（六位代码）")
        parser.add_argument("--head", help="此前导出的链头，形如 序号:哈希")

    def handle(self, *args: Any, **options: Any) -> None:
        division, outside = options["division"], None
        if options["head"]:
            match = _HEAD.fullmatch(options["head"])
            if match is None or not division:
                self.stderr.write("链头应写成 序号:64位十六进制哈希，并与 --division 一起给出。")
                sys.exit(2)
            outside = (int(match[1]), match[2])
        divisions = [division] if division else divisions_with_events()
        broken = [link for code in divisions for link in verify_chain(code, outside_head=outside)]
        for link in broken:
            self.stdout.write(f"{link.division} {link.sequence} {link.reason}")
        if broken:
            sys.exit(1)
        for code in divisions:
            head = head_of(code)
            sequence, digest = (head.sequence, head.hash) if head else (0, "-")
            self.stderr.write(f"{code} 链条完整，共 {sequence} 条，链头 {sequence}:{digest}")
