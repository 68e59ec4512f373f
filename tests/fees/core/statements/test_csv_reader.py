"""A bank's CSV: three ways of stating a direction, two encodings, and bad cells by their place."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fees.core.statements.csv_reader import read_csv
from fees.core.statements.mapping import Amounts, Layout, layout_refusals, read_layout
from fees.core.statements.shapes import BadStatement, Direction, FileLimits, numbered

TWO = Layout(
    date="交易日期", amounts=Amounts.TWO_COLUMNS, incoming="收入", outgoing="支出",
    reference="流水号", counterparty="对方户名", purpose="摘要", balance="余额",
)  # fmt: skip
HEADER = "交易日期,流水号,对方户名,摘要,收入,支出,余额"


def two(*rows: str, encoding: str = "utf-8") -> bytes:
    return "\r\n".join([HEADER, *rows]).encode(encoding)


def problem(data: bytes, layout: Layout = TWO, **limits: int) -> tuple[str, dict[str, object]]:
    with pytest.raises(BadStatement) as raised:
        read_csv(data, layout, FileLimits(**limits))
    return raised.value.code, raised.value.params


def test_two_columns_with_running_balances():
    found = read_csv(
        two(
            '2026-11-02,A1,李远,学费 HT-1,"3,200.00",,"3,200.00"',
            "2026-11-03,A2,城东农商银行,手续费,,5.5,3194.50",
        ),
        TWO,
    )
    assert [
        (one.value_on, one.direction, one.amount_fen, one.reference) for one in found.lines
    ] == [
        (date(2026, 11, 2), Direction.IN, 3200_00, "A1"),
        (date(2026, 11, 3), Direction.OUT, 5_50, "A2"),
    ]
    assert (found.opening_fen, found.closing_fen) == (0, 3194_50)


def test_a_file_with_the_latest_first_is_turned_round():
    found = read_csv(
        two("2026-11-03,A2,银行,手续费,,5.50,3194.50", "2026-11-02,A1,李远,学费,3200,,3200"), TWO
    )
    assert [one.reference for one in found.lines] == ["A1", "A2"]
    assert (found.opening_fen, found.closing_fen) == (0, 3194_50)


def test_balances_that_do_not_follow_from_the_movements_are_refused():
    code, params = problem(two("2026-11-02,A1,x,x,100,,100", "2026-11-03,A2,x,x,50,,151"))
    assert (code, params) == ("balance", {"computed": "150.00", "value": "151.00"})


def test_one_signed_column_in_gb18030():
    layout = Layout(
        date="日期", amounts=Amounts.SIGNED, amount="金额", date_format="%Y%m%d",
        encoding="gb18030", header_row=3,
    )  # fmt: skip
    text = "账户明细\n导出时间\n日期,金额\n20261102,12.30\n20261103,-1.00\n合计,\n"
    with pytest.raises(BadStatement):
        read_csv(text.encode(), layout)
    found = read_csv(text.replace("合计,\n", ",\n").encode("gb18030"), layout)
    assert [one.signed_fen for one in found.lines] == [12_30, -1_00]


def test_a_column_that_says_which_way():
    layout = Layout(date="日期", amounts=Amounts.FLAGGED, amount="金额", flag="借贷")
    text = "日期,金额,借贷\n2026-11-02,10,贷\n2026-11-02,4,借\n"
    assert [one.signed_fen for one in read_csv(text.encode(), layout).lines] == [10_00, -4_00]
    assert problem(text.replace("借\n", "转\n").encode(), layout) == (
        "direction", {"line": 3, "column": "借贷", "value": "转"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            "2026-13-02,A,x,x,1,,",
            ("date", {"line": 2, "column": "交易日期", "value": "2026-13-02"}),
        ),
        ("2026-11-02,A,x,x,1.001,,", ("amount", {"line": 2, "column": "收入", "value": "1.001"})),
        ("2026-11-02,A,x,x,一百,,", ("amount", {"line": 2, "column": "收入", "value": "一百"})),
        ("2026-11-02,A,x,x,1,2,", ("two_amounts", {"line": 2, "column": "收入/支出"})),
        ("2026-11-02,A,x,x,,,", ("two_amounts", {"line": 2, "column": "收入/支出"})),
        ('2026-11-02,"A,x,x,1,,', ("quote", {"line": 2})),
    ],
)
def test_a_bad_cell_is_named_by_line_and_column(row, expected):
    assert problem(two(row)) == expected


def test_what_is_no_such_file():
    assert problem(b"") == ("empty", {})
    assert problem(HEADER.encode()) == ("empty", {})
    assert problem("日期,收入\n".encode()) == (
        "header_missing", {"line": 1, "column": "交易日期"},
    )  # fmt: skip
    assert problem(two("2026-11-02,A,学费,x,1,,", encoding="gb18030")) == (
        "encoding", {"line": 1, "encoding": "UTF-8"},
    )  # fmt: skip


def test_limits_of_size_and_lines_hold_exactly():
    row = "2026-11-02,A,x,x,1,,"
    assert len(read_csv(two(row, row), TWO, FileLimits(lines=2)).lines) == 2
    assert problem(two(row, row, row), lines=2) == ("too_many_lines", {"limit": 2})
    size = len(two(row))
    assert len(read_csv(two(row), TWO, FileLimits(file_bytes=size)).lines) == 1
    assert problem(two(row), file_bytes=size - 1)[0] == "too_large"


def test_equal_movements_of_one_file_have_their_own_ordinals():
    row = "2026-11-02,,李远,学费,100,,"
    lines = read_csv(two(row, row, "2026-11-02,,王平,学费,100,,"), TWO).lines
    assert [ordinal for _line, ordinal in numbered(lines)] == [1, 2, 1]


def test_a_layout_says_what_it_lacks():
    assert layout_refusals(TWO) == ()
    assert read_layout(TWO.as_json()) == TWO
    lacking = Layout(
        date="", amounts=Amounts.FLAGGED, amount="金额", date_format="%H", header_row=0
    )
    assert [one.params["statement_field"] for one in layout_refusals(lacking)] == [
        "date", "flag", "date_format", "header_row",
    ]  # fmt: skip


@given(data=st.binary(max_size=400), encoding=st.sampled_from(["utf-8-sig", "gb18030"]))
def test_any_bytes_are_read_or_refused(data, encoding):
    layout = Layout(date="日", amounts=Amounts.SIGNED, amount="额", encoding=encoding)
    with suppress(BadStatement):
        assert read_csv(data, layout).lines


@given(st.lists(st.integers(-(10**11), 10**11).filter(bool), min_size=1, max_size=30))
def test_amounts_come_back_exactly(amounts):
    rows = [f"2026-11-02,{n},{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"
            for n, fen in enumerate(amounts)]  # fmt: skip
    layout = Layout(date="d", amounts=Amounts.SIGNED, amount="a", reference="r")
    found = read_csv("\n".join(["d,r,a", *rows]).encode(), layout)
    assert [one.signed_fen for one in found.lines] == amounts
