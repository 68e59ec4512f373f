"""manage.py check_invariants: the nightly check, now, in plain words."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from regulator.pages.choices.nightly import violation_line
from regulator.pages.services.nightly import check_invariants, keep_report


class Command(BaseCommand):
    """Exit 0 when everything holds, 1 with one line a finding on standard output."""

    help = "核对状态与留痕、有效期、留痕链和保护触发器；每个问题输出一行，并保存结果。"

    def handle(self, *args: Any, **options: Any) -> None:
        report = check_invariants(at=timezone.now())
        keep_report(report)
        for violation in report.violations:
            self.stdout.write(violation_line(violation))
        total = sum(report.counts.values())
        self.stderr.write(f"共核对 {total} 条记录，发现 {len(report.violations)} 个问题。")
        if report.violations:
            sys.exit(1)
