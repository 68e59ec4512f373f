"""Lists of contracts as institutions make them: our template filled in, another system's export."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook

from fees.core.contract_rows import HEADERS
from fees.resources.contract_reader import read_contracts
from fees.services.contract_uploads import upload_contracts
from regulator.kernel.actors import SYSTEM
from regulator.kernel.canonical import sha256_hex
from tests.fees.conftest import AT
from tests.fees.ledger.conftest import contract, filing  # noqa: F401

CELLS = {
    "合同编号": "HT-100",
    "班级备案号": "",
    "签订日期": "2026-09-01",
    "学员姓名": "周小满",
    "监护人姓名": "周平安",
    "监护人手机": "13912345678",
    "同意书版本": "2026-1",
    "同意日期": "2026-08-30",
    "购买课时": "40",
    "赠课": "",
    "总价": "3200.00",
    "每课原价": "100",
    "赠课约定": "",
    "收费方式": "按课时",
    "缴费方式": "扫码支付",
    "无理由退款天数": "",
}
NAMES = ("周小满", "小满", "周平安", "13912345678")


def row(filing, number: str, **changed: str) -> dict[str, str]:  # noqa: F811
    """A good row; each number is another pupil's."""
    own = {"合同编号": number, "班级备案号": filing.number, "学员姓名": f"周小满{number}"}
    return CELLS | own | changed


def sheet_of(rows: list[dict[str, str]], *, headers=HEADERS, title: str = "合同") -> bytes:
    """A workbook with these rows as text cells."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    sheet.append(list(headers))
    for cells in rows:
        sheet.append([cells.get(header, "") for header in headers])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def uploaded(escrow, data: bytes, actor=SYSTEM, at=AT):
    """The list as it is kept, its job waiting."""
    table = read_contracts(data, file_name="合同.xlsx")
    upload, _is_new = upload_contracts(
        escrow=escrow,
        file_name="合同.xlsx",
        file_sha256=sha256_hex(data),
        table=table,
        mapping=None,
        actor=actor,
        at=at,
    )
    return upload


@pytest.fixture(autouse=True)
def files(tmp_path, settings):
    """Files of a test's own."""
    settings.DATA_DIR = tmp_path
    return tmp_path / "files"
