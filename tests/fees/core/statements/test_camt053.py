"""camt.053 in both versions; entity bombs, foreign files and wrong sums are refused by place."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fees.core.statements.camt053 import read_camt053
from fees.core.statements.shapes import BadStatement, Direction, FileLimits

BAL = (
    "<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
    '<Amt Ccy="CNY">{amount}</Amt><CdtDbtInd>{way}</CdtDbtInd></Bal>'
)
ENTRY_02 = """<Ntry><Amt Ccy="CNY">3200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>2026-11-02</Dt></BookgDt><ValDt><Dt>2026-11-02</Dt></ValDt>
<AcctSvcrRef>R-1</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>E-1</EndToEndId></Refs>
<RltdPties><Dbtr><Nm>李远</Nm></Dbtr></RltdPties><RmtInf><Ustrd>学费 HT-1</Ustrd></RmtInf>
</TxDtls></NtryDtls></Ntry>"""
ENTRY_08 = """<Ntry><Amt Ccy="CNY">5.50</Amt><CdtDbtInd>DBIT</CdtDbtInd>
<Sts><Cd>BOOK</Cd></Sts><BookgDt><DtTm>2026-11-03T08:00:00+08:00</DtTm></BookgDt>
<AcctSvcrRef>R-2</AcctSvcrRef><NtryDtls><TxDtls><RltdPties><Cdtr><Pty><Nm>城东农商银行</Nm></Pty>
</Cdtr></RltdPties></TxDtls></NtryDtls><AddtlNtryInf>手续费</AddtlNtryInf></Ntry>"""
BATCH = """<Ntry><Amt Ccy="CNY">{total}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>
<ValDt><Dt>2026-11-04</Dt></ValDt><AcctSvcrRef>B-1</AcctSvcrRef><NtryDtls>
<TxDtls><Refs><EndToEndId>P-1</EndToEndId></Refs><Amt Ccy="CNY">100.00</Amt></TxDtls>
<TxDtls><Refs><EndToEndId>P-2</EndToEndId></Refs><Amt Ccy="CNY">50.00</Amt></TxDtls>
</NtryDtls></Ntry>"""


def document(
    *entries: str, version: str = "02", opening="0.00", closing="", stmts: int = 1
) -> bytes:
    balances = BAL.format(code="OPBD", amount=opening, way="CRDT")
    if closing:
        balances += BAL.format(code="CLBD", amount=closing, way="CRDT")
    stmt = (
        "<Stmt><Acct><Id><Othr><Id>6222021234</Id></Othr></Id></Acct>"
        f"{balances}{''.join(entries)}</Stmt>"
    )
    return (
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}">'
        f"<BkToCstmrStmt>{stmt * stmts}</BkToCstmrStmt></Document>"
    ).encode()


def problem(data: bytes, **limits: int) -> tuple[str, dict[str, object]]:
    with pytest.raises(BadStatement) as raised:
        read_camt053(data, FileLimits(**limits))
    return raised.value.code, raised.value.params


def test_an_entry_of_each_version():
    first = read_camt053(document(ENTRY_02, closing="3200.00"))
    (line,) = first.lines
    assert (line.value_on, line.direction, line.amount_fen) == (
        date(2026, 11, 2), Direction.IN, 3200_00,
    )  # fmt: skip
    assert (line.reference, line.counterparty, line.purpose) == ("R-1", "李远", "学费 HT-1")
    assert (first.opening_fen, first.closing_fen, first.account) == (0, 3200_00, "6222021234")
    (other,) = read_camt053(document(ENTRY_08, version="08", opening="10.00", closing="4.50")).lines
    assert (other.value_on, other.signed_fen) == (date(2026, 11, 3), -5_50)
    assert (other.counterparty, other.purpose) == ("城东农商银行", "手续费")


def test_a_batch_becomes_one_movement_a_detail_and_must_add_up():
    lines = read_camt053(document(BATCH.format(total="150.00"), opening="150.00")).lines
    assert [(one.reference, one.signed_fen) for one in lines] == [
        ("P-1", -100_00), ("P-2", -50_00),
    ]  # fmt: skip
    assert problem(document(BATCH.format(total="151.00"))) == (
        "batch_sum", {"line": 1, "value": "150.00"},
    )  # fmt: skip


def test_what_is_only_announced_does_not_count():
    pending = ENTRY_02.replace("<Sts>BOOK</Sts>", "<Sts>PDNG</Sts>")
    assert read_camt053(document(pending, closing="0.00")).lines == ()


def test_a_closing_balance_one_fen_off_is_refused():
    assert problem(document(ENTRY_02, closing="3200.01")) == (
        "balance", {"computed": "3,200.00", "value": "3,200.01"},
    )  # fmt: skip


BOMB = (
    b'<?xml version="1.0"?>\n<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa">'
    b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>\n<Document>&b;</Document>'
)
XXE = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document>&x;</Document>'
REMOTE = b'<!DOCTYPE d SYSTEM "http://example.invalid/d.dtd"><Document/>'


@pytest.mark.parametrize(("data", "line"), [(BOMB, 2), (XXE, 1), (REMOTE, 1)])
def test_a_document_type_is_refused_before_anything_of_it_is_read(data, line):
    assert problem(data) == ("doctype", {"line": line})


def test_an_undeclared_entity_is_no_xml():
    assert problem(document(ENTRY_02).replace("学费".encode(), b"&x;"))[0] == "not_xml"


def test_other_files_are_refused_by_what_they_are():
    assert problem(b"") == ("empty", {})
    assert problem(b"a,b\n1,2\n") == ("not_xml", {"line": 1, "column": 1})
    assert problem(b"<Document>\n<a></b></Document>")[0] == "not_camt"
    assert problem(document(ENTRY_02, version="09"))[0] == "not_camt"
    assert problem(document(ENTRY_02)[:-9])[0] == "not_xml"
    assert problem(document(ENTRY_02, stmts=2)) == ("several", {"value": 2})
    assert problem(document(ENTRY_02, stmts=0)) == ("several", {"value": 0})


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('Ccy="CNY">3200.00', 'Ccy="USD">3200.00', ("currency", {"line": 1, "value": "USD"})),
        ("3200.00", "3200.001", ("amount", {"line": 1, "column": "Amt", "value": "3200.001"})),
        ("3200.00", "-1.00", ("amount", {"line": 1, "column": "Amt", "value": "-1.00"})),
        ("<CdtDbtInd>CRDT", "<CdtDbtInd>CRED",
         ("direction", {"line": 1, "column": "CdtDbtInd", "value": "CRED"})),
        ("<ValDt><Dt>2026-11-02", "<ValDt><Dt>2026-02-30",
         ("date", {"line": 2, "column": "Dt", "value": "2026-02-30"})),
        ('<Amt Ccy="CNY">3200.00</Amt>', "", ("tag_missing", {"line": 1, "column": "Amt"})),
    ],
)  # fmt: skip
def test_a_bad_element_is_named_by_line_and_tag(old, new, expected):
    assert problem(document(ENTRY_02.replace(old, new))) == expected


def test_limits_of_depth_and_lines_hold_exactly():
    assert len(read_camt053(document(ENTRY_02, ENTRY_02), FileLimits(lines=2)).lines) == 2
    assert problem(document(ENTRY_02, ENTRY_02, ENTRY_02), lines=2) == (
        "too_many_lines", {"limit": 2},
    )  # fmt: skip
    assert problem(document(ENTRY_02), depth=4)[0] == "too_deep"


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_and_never_crash(data):
    with pytest.raises(BadStatement):
        read_camt053(data)


@given(st.text(max_size=200), st.integers(0, 1400))
def test_a_damaged_file_is_read_or_refused(text, at):
    whole = document(ENTRY_02).decode()
    with suppress(BadStatement):
        damaged = (whole[:at] + text + whole[at:]).encode()
        assert all(line.amount_fen >= 0 for line in read_camt053(damaged).lines)
