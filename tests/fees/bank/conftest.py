"""Statements of the custody account as its bank exports them, and their reading in this process."""

from __future__ import annotations

import pytest

from fees.core.statements.mapping import Amounts, Layout
from fees.models import BankStatement
from fees.services.statements import save_mapping, upload_statement
from regulator.jobs.services import run_here
from regulator.kernel.actors import SYSTEM
from tests.fees.conftest import AT
from tests.fees.ledger.conftest import (  # noqa: F401  fixtures
    contract,
    filing,
    paid,
)

LAYOUT = Layout(
    date="交易日期",
    amounts=Amounts.TWO_COLUMNS,
    incoming="收入",
    outgoing="支出",
    reference="流水号",
    counterparty="对方户名",
    purpose="摘要",
    balance="余额",
)
INVOICE = "24512000000012345678"
FEE = "2026-09-03,B2,城东农商银行,手续费,,5.50,"
PAYMENT = f"2026-09-01,B1,李远,学费 {INVOICE},3200.00,,"


def csv_of(*rows: str) -> bytes:
    return "\n".join(["交易日期,流水号,对方户名,摘要,收入,支出,余额", *rows]).encode()


@pytest.fixture
def mapping(district):
    return save_mapping(division="510116", name="城东农商银行", layout=LAYOUT, actor=SYSTEM, at=AT)


@pytest.fixture
def read(active, mapping, tmp_path, settings):
    """`read(*rows)`: a statement of these rows, uploaded and read."""
    settings.DATA_DIR = tmp_path

    def reading(*rows: str, data: bytes = b"", name: str = "九月.csv") -> BankStatement:
        statement = upload_statement(
            escrow=active, file_name=name, data=data or csv_of(*rows), mapping=mapping,
            actor=SYSTEM, at=AT,
        )  # fmt: skip
        assert run_here(statement.job).state == "done"
        statement.refresh_from_db()
        return statement

    return reading
