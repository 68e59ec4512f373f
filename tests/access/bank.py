"""Who may open the pages of attendance, release runs, bank statements and differences."""

from __future__ import annotations

from typing import Any

from fees.models import (
    AttendanceSheet,
    AttendanceUpload,
    BankDifference,
    BankStatement,
    ReleaseRun,
    StatementLine,
)
from institutions.models import Filing
from tests.access.roles import OFFICES

SUPERVISOR = frozenset({"fee_supervisor"})
MANAGER = frozenset({"institution_manager"})
READERS = OFFICES - {"inspector"}

BANK_WHO: dict[str, frozenset[str]] = {
    "fees:releases": READERS,
    "fees:release_new": SUPERVISOR,
    "fees:release": READERS,
    "fees:differences": READERS,
    "fees:difference": READERS,
    "fees:statements": READERS,
    "fees:statement": READERS,
    "fees:statement_upload": SUPERVISOR,
    "fees:statement_mapping": SUPERVISOR,
    "fees:bank_line": SUPERVISOR,
    "fees:bank_match": SUPERVISOR,
    # the institution's own report of what it taught and took in
    "fees:attendance": MANAGER,
    "fees:attendance_class": MANAGER,
    "fees:attendance_sheet": MANAGER,
    "fees:attendance_again": MANAGER,
    "fees:attendance_upload": MANAGER,
    "fees:attendance_uploaded": MANAGER,
    "fees:attendance_template": MANAGER,
    "fees:receipts": MANAGER,
}


def bank_kwargs(objects: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The parts of the addresses; what a small district has none of is hidden from everybody."""
    found = {
        "fees:release": ReleaseRun,
        "fees:difference": BankDifference,
        "fees:statement": BankStatement,
        "fees:bank_line": StatementLine,
        "fees:bank_match": StatementLine,
        "fees:attendance_class": Filing,
        "fees:attendance_sheet": AttendanceSheet,
        "fees:attendance_again": AttendanceSheet,
        "fees:attendance_uploaded": AttendanceUpload,
    }
    named = {}
    for name, model in found.items():
        first = model._default_manager.first() or objects["account"]
        named[name] = {"public_id": first.public_id}
    return named
