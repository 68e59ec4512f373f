"""manage.py reconcile_ledger: every invariant of the ledger, recomputed from the postings."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import override

from fees.choices.ledger import difference_text
from fees.selectors.reconciling import differences, posting_count

DIFFERENT, UNEXPECTED = 1, 3


class Command(BaseCommand):
    """Exit 0 when everything agrees, 1 with one line a difference, 3 for an unexpected error."""

    help = "由分录重算账本的每一个余额、月发生额和消课，与保存的逐一核对；有差异以 1 退出。"

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Compare, and leave with the contract's exit code."""
        with override("zh-hans"):
            code = self._run()
        if code:
            raise SystemExit(code)

    def _run(self) -> int:
        try:
            found = [difference_text(one) for one in differences()]
            postings = posting_count()
        except Exception as error:  # noqa: BLE001  contract: exit 3 and one line, no traceback
            self.stderr.write(f"出现意外错误：{type(error).__name__}：{error}")
            return UNEXPECTED
        for line in found:
            self.stdout.write(line)
        self.stdout.write(f"核对 {postings} 条分录，{len(found)} 处差异。")
        return DIFFERENT if found else 0
