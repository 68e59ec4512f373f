"""Tasks of the ledger: ids in, one service out."""

from fees.tasks.attendance import read_attendance_list
from fees.tasks.closures import pay_closure
from fees.tasks.contract_uploads import import_contracts
from fees.tasks.lesson_notices import notify_daily, notify_parents_of_lessons
from fees.tasks.month_statements import render_month_statement
from fees.tasks.refunds import watch_refunds
from fees.tasks.releases import release_daily, run_release
from fees.tasks.retention import erase_due
from fees.tasks.statements import read_statement
from fees.tasks.warnings import watch_all_institutions

__all__ = [
    "erase_due",
    "import_contracts",
    "notify_daily",
    "notify_parents_of_lessons",
    "pay_closure",
    "read_attendance_list",
    "read_statement",
    "release_daily",
    "render_month_statement",
    "run_release",
    "watch_all_institutions",
    "watch_refunds",
]
