"""A list with many contracts, good and bad, for the job that is killed."""

from __future__ import annotations

from datetime import UTC, datetime

from fees.core.contract_rows import HEADERS
from fees.core.contract_tables import ContractTable
from fees.models import ContractUpload
from fees.services.contract_uploads import upload_contracts
from institutions.models import Filing
from regulator.kernel.actors import SYSTEM
from tests.fees.ground import active_account, approved_class, licensed
from tests.killing.harness import lose_messages
from tests.killing.ledger import DAY

AT = datetime(2026, 11, 1, 1, tzinfo=UTC)


def phone_of(number: int) -> str:
    """The telephone of the guardian in a row of the sheet."""
    return f"139{number:08d}"


def rows_of(count: int, filing: Filing) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """So many contracts: every fifth is too dear, every seventh lacks its consent."""
    rows = []
    for number in range(2, count + 2):
        cells = {
            "合同编号": f"HT-{number}",
            "班级备案号": filing.number,
            "签订日期": "2026-09-01",
            "学员姓名": f"周小满{number}",
            "监护人姓名": "周平安",
            "监护人手机": phone_of(number),
            "同意书版本": "" if number % 7 == 0 else "2026-1",
            "同意日期": "2026-08-30",
            "购买课时": "40",
            "总价": "9999" if number % 5 == 0 else "3200",
            "收费方式": "按课时",
            "缴费方式": "扫码支付",
        }
        rows.append((number, tuple(cells.get(header, "") for header in HEADERS)))
    return tuple(rows)


def list_of(count: int) -> ContractUpload:
    """The list of an institution with a licence and an account, its job not yet begun."""
    escrow = active_account(on=DAY)
    licensed(escrow.institution, at=AT)
    filing = approved_class(escrow.institution)
    lose_messages()
    upload, _is_new = upload_contracts(
        escrow=escrow,
        file_name="合同.xlsx",
        file_sha256="0" * 64,
        table=ContractTable(HEADERS, rows_of(count, filing), is_ours=True),
        mapping=None,
        actor=SYSTEM,
        at=AT,
    )
    return upload
