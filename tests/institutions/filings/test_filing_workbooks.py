"""What institutions download: the template, and their own bad rows with the reasons beside them."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from institutions.choices.filing_columns import COLUMNS
from institutions.core.screening.rows import HEADERS
from institutions.resources.filing_problem import UnreadableFiling
from institutions.resources.filing_reader import read_filing_rows
from institutions.resources.filing_workbooks import ReturnedRow, filing_template, returned_workbook
from tests.institutions.filings.workbooks import FIXTURES


def test_the_template_has_the_headers_in_the_contracts_order_and_a_hidden_version():
    book = load_workbook(BytesIO(filing_template()))
    assert book.sheetnames == ["备案", "填表说明", "meta"]
    assert tuple(cell.value for cell in book["备案"][1]) == HEADERS
    assert book["备案"].freeze_panes == "C2"
    assert book["meta"].sheet_state == "hidden"
    assert [cell.value for cell in book["meta"][1]] == ["template_version", 1]


def test_the_columns_guide_every_header_in_order():
    assert tuple(column.header for column in COLUMNS) == HEADERS


def test_numbers_that_are_names_are_text_cells_and_dates_are_dates():
    sheet = load_workbook(BytesIO(filing_template()))["备案"]
    formats = {sheet[f"{cell.column_letter}1"].value: cell.column_letter for cell in sheet[1]}
    column_format = {
        header: sheet.column_dimensions[letter].number_format
        for header, letter in formats.items()
        if letter in sheet.column_dimensions
    }
    assert column_format["机构许可证号"] == "@"
    assert column_format["资格证书号"] == "@"
    assert column_format["开班日期"] == "yyyy-mm-dd"


def test_closed_columns_offer_their_words_and_refuse_others():
    sheet = load_workbook(BytesIO(filing_template()))["备案"]
    lists = {
        str(one.sqref): (one.formula1, one.showErrorMessage)
        for one in sheet.data_validations.dataValidation
        if one.type == "list"
    }
    assert lists == {
        "D2:D10001": ('"学科类,非学科类"', True),
        "E2:E10001": ('"语文,数学,外语,物理,化学,生物,历史,地理,道德与法治"', False),
        "F2:F10001": (
            '"学龄前,一年级,二年级,三年级,四年级,五年级,六年级,七年级,八年级,九年级,高一,高二,高三"',
            False,
        ),
        "G2:G10001": ('"线下,线上直播,线上录播"', True),
        "V2:V10001": ('"专职,兼职,在职中小学教师,外籍(境内),外籍(境外)"', True),
        "Z2:Z10001": ('"按课时,按周期"', True),
    }


def test_the_blank_template_reads_as_a_workbook_without_rows():
    with pytest.raises(UnreadableFiling) as caught:
        read_filing_rows(BytesIO(filing_template()), file_name="模板.xlsx")
    assert caught.value.code == "no-rows"


def test_the_same_template_has_the_same_bytes():
    assert filing_template() == filing_template()


def test_a_returned_workbook_reads_back_cell_for_cell_in_the_given_order():
    with (FIXTURES / "sample_utf8_bom.csv").open("rb") as file:
        rows = read_filing_rows(file, file_name="样例.csv").rows
    returned = [
        ReturnedRow(
            {header: str(text) for header, text in row.cells.items()},
            ("上课时间超过 20:30。", "请提前下课。"),
            frozenset({"上课时间"}),
        )
        for row in rows
    ]
    data = returned_workbook(returned)
    again = read_filing_rows(BytesIO(data), file_name="退回.xlsx")
    assert [dict(row.cells) for row in again.rows] == [row.cells for row in returned]
    assert again.template_version == 1
    sheet = load_workbook(BytesIO(data))["备案"]
    assert sheet["AA1"].value == "原因"
    assert sheet["AA2"].value == "上课时间超过 20:30。\n请提前下课。"
    assert sheet["L2"].fill.fgColor.rgb == "FFFBEAE6"
    assert sheet["K2"].fill.fill_type is None


def test_a_text_that_looks_like_a_formula_or_a_link_stays_a_text():
    cells = dict.fromkeys(HEADERS, "") | {"班级名称": "=1+1", "培训内容": "http://a.example/"}
    data = returned_workbook([ReturnedRow(cells, ())])
    sheet = load_workbook(BytesIO(data))["备案"]
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=1+1", "s")
    assert sheet["P2"].hyperlink is None
