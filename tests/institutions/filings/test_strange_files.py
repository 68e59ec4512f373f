"""Every strange file of issue 4 has an answer of its own, and its good part is kept."""

from __future__ import annotations

import resource
import zipfile
from io import BytesIO, StringIO
from typing import Any

import pytest
import xlsxwriter

from institutions.core.screening.rows import HEADERS, BadWorkbook
from institutions.resources.filing_problem import FileLimits
from institutions.resources.filing_reader import FilingSheet, read_filing_rows
from institutions.resources.filing_workbooks import filing_template
from tests.institutions.filings.workbooks import (
    FIXTURES,
    compound_file,
    good_row,
    rewritten,
    workbook,
)

SHEET_PART = "xl/worksheets/sheet1.xml"


def read(data: bytes, name: str = "班级.xlsx") -> FilingSheet:
    return read_filing_rows(BytesIO(data), file_name=name)


def problem(data: bytes, name: str = "班级.xlsx", limits: FileLimits | None = None) -> BadWorkbook:
    with pytest.raises(BadWorkbook) as caught:
        read_filing_rows(BytesIO(data), file_name=name, limits=limits or FileLimits())
    return caught.value


def said(sheet: FilingSheet) -> list[str]:
    return [note.message for note in sheet.warnings]


def csv_text(separator: str, *rows: list[Any]) -> str:
    lines = (separator.join(f'"{cell}"' for cell in row) for row in ([*HEADERS], *rows))
    return "\r\n".join(lines)


@pytest.mark.parametrize(
    "name", ["libreoffice_password.xlsx", "excel_password.xlsx", "excel97_password.xls"]
)
def test_a_password_is_told_whoever_set_it(name: str):
    error = problem((FIXTURES / name).read_bytes(), name)
    assert error.code == "password-protected"
    assert str(error) == (
        f"文件“{name}”设有打开密码，系统读不了。请先用密码打开，在 Excel 的"
        "“文件—信息—保护工作簿”（WPS 的“文件—文档加密”）里清除密码，保存为 .xlsx 后再上传。"
    )


def test_a_wps_table_of_the_old_kind_is_called_by_its_name():
    data = (FIXTURES / "excel97.xls").read_bytes()
    assert problem(data, "春季班.et").params["kind"] == ".et"
    assert problem(data, "春季班.xls").params["kind"] == ".xls"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF 文件"),
        (b"\xff\xd8\xff\xe0JFIF", "图片"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"Rar!\x1a\x07\x00", "压缩包"),
        (b"\xef\xbb\xbf  <html><table>", "网页（不少系统导出的 .xls 其实是网页）"),
        (compound_file("Root Entry", "WordDocument"), "Word 文档"),
    ],
)
def test_a_file_that_only_has_the_name_of_a_table_is_called_what_it_is(data: bytes, kind: str):
    assert str(problem(data)) == (
        f"文件“班级.xlsx”其实是“{kind}”，只是名字像表格，里面没有可读的单元格。"
        "请用模板填写，保存为 .xlsx 后再上传。"
    )


def test_a_csv_whose_first_column_begins_like_a_picture_is_a_csv():
    text = "BM" + csv_text(",", good_row())
    assert problem(text.encode()).code == "headers-differ"


def test_a_file_beyond_the_limit_is_told_the_limit_and_its_name():
    error = problem(b"x" * 11, limits=FileLimits(file_bytes=10))
    assert str(error).startswith("文件“班级.xlsx”超过 0 MB 的上限。")


def test_the_workbook_that_libreoffice_made_strange_is_read_whole_and_everything_said():
    sheet = read((FIXTURES / "libreoffice_strange.xlsx").read_bytes())
    assert [row.number for row in sheet.rows] == [2, 3]
    assert {row.cells["班级名称"] for row in sheet.rows} == {"小学四年级数学培训班"}
    assert said(sheet) == [
        "第 3 行在 Excel 里是隐藏的（共 1 行），也一并读取了。",
        "T列“资格证书号”在 Excel 里是隐藏的（共 1 列），也一并读取了，请核对。",
        "B2:B3 是合并单元格（共 1 处），已把第一格的内容填到合并的每一行，请逐行核对。",
        "X2 是公式（共 1 格），读取的是文件里存的计算结果，请核对。",
    ]


def test_the_csv_that_libreoffice_wrote_with_semicolons_is_read():
    sheet = read((FIXTURES / "libreoffice_semicolon.csv").read_bytes(), "班级.csv")
    assert [row.number for row in sheet.rows] == [2, 3]
    assert sheet.rows[0].cells["收费总额"] == "720"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_is_read_in_either_encoding_with_any_separator(encoding: str, separator: str):
    data = csv_text(separator, good_row(), good_row(班级名称="乙班")).encode(encoding)
    assert [row.cells["班级名称"] for row in read(data, "班级.csv").rows] == [
        "小学四年级数学培训班",
        "乙班",
    ]


def test_numbers_that_were_cut_are_named_with_their_cells():
    rows = [good_row(机构许可证号=440106199001011234), good_row(资格证书号="2.01452E+16")]
    assert said(read(workbook(rows))) == [
        (
            "A2、T3 的号码被表格软件改成了 4.4E+17 这样的科学计数（共 2 格），后几位已经丢失，"
            "无法还原。请把该列设为“文本”格式，重新填写完整号码后再上传。"
        )
    ]


def test_a_formula_without_a_result_is_told_from_one_with_it():
    def compute(book):
        book.active["X2"] = "=24*30"

    sheet = read(workbook([good_row(), good_row()], change=compute))
    assert sheet.rows[0].cells["收费总额"] == ""
    assert [note.code for note in sheet.warnings] == ["formulas-empty"]
    assert said(sheet)[0].startswith("X2 是公式（共 1 格），但文件里没有存下计算结果")


def test_a_cell_that_shows_an_error_is_named():
    data = rewritten(
        workbook([good_row()]),
        SHEET_PART,
        lambda xml: xml.replace(
            b'<c r="X2" t="n"><v>720</v></c>', b'<c r="X2" t="e"><v>#REF!</v></c>'
        ),
    )
    sheet = read(data)
    assert [note.code for note in sheet.warnings] == ["error-cells"]
    assert sheet.warnings[0].params["places"] == ("X2",)


def test_headers_below_a_title_are_found_and_rows_keep_their_numbers():
    sheet = read(workbook([[], HEADERS, good_row()], headers=["双流区校外培训班备案表"]))
    assert [row.number for row in sheet.rows] == [4]
    assert said(sheet) == ["列名在第 3 行，不在第 1 行：上面的各行没有当作班级，行号仍按原表计。"]


def test_headers_deeper_than_the_tenth_row_are_not_looked_for():
    error = problem(workbook([*[["说明"]] * 9, HEADERS, good_row()], headers=["备案表"]))
    assert (error.code, error.params["row"]) == ("wrong-template", 1)


def test_an_old_template_is_told_every_column_that_differs():
    headers = [one for one in HEADERS if one not in ("证书学科或专业", "收费日期")] + ["备注"]
    error = problem(workbook([good_row()[:25]], headers=headers))
    assert error.code == "headers-differ"
    assert str(error) == (
        "文件“班级.xlsx”的“备案”表第 1 行与模板不一致：缺少第 21 列“证书学科或专业”；"
        "第 25 列应为“收费日期”，现为“备注”。请按模板改回列名和顺序后再上传。"
    )


def test_columns_out_of_order_are_named_beside_those_that_are_missing():
    headers = [one for one in HEADERS if one != "班额"]
    headers.insert(0, headers.pop(3))
    headers[10], headers[11] = headers[11], headers[10]
    error = problem(workbook([good_row()[:25]], headers=headers))
    assert [(one.kind, one.column, one.found) for one in error.params["differences"]] == [
        ("misplaced", 1, "培训类别"),
        ("misplaced", 12, "上课星期"),
        ("missing", 23, ""),
    ]
    assert "第 12 列“上课星期”顺序不对，应紧跟在“结课日期”之后" in str(error)


def test_other_sheets_with_content_are_named_and_the_templates_own_are_not():
    def add(book):
        book.create_sheet("二班").append(["还有一个班"])
        book.create_sheet("空表")

    assert said(read(workbook([good_row()], change=add))) == [
        (
            "系统只读“备案”表，工作表二班里也有内容，没有读取。如果那里也有班级，"
            "请移到“备案”表后再上传一次。"
        )
    ]
    filled = rewritten(filing_template(), "none", lambda part: part)
    assert problem(filled).code == "no-rows"


def test_a_hidden_sheet_and_hidden_columns_are_read_and_said():
    def hide(book):
        book.create_sheet("封面")
        book["备案"].sheet_state = "hidden"
        book["备案"].column_dimensions["H"].hidden = True
        book.active = 1

    sheet = read(workbook([good_row()], change=hide))
    assert [note.code for note in sheet.warnings] == ["hidden-sheet", "hidden-columns"]
    assert sheet.warnings[1].params["places"] == ("H列“授课地点”",)


def test_a_workbook_with_macros_is_read_and_the_macros_are_not_run():
    data = rewritten(workbook([good_row()]), "docProps/app.xml", lambda part: part)
    with_macros = with_part(data, "xl/vbaProject.bin", compound_file("Root Entry", "VBA"))
    sheet = read(with_macros, "班级.xlsm")
    assert (len(sheet.rows), [note.code for note in sheet.warnings]) == (1, ["macros"])


def with_part(data: bytes, name: str, body: bytes) -> bytes:
    """The archive with one more part."""
    out = BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, body)
    return out.getvalue()


def test_full_width_digits_and_blanks_at_the_ends_are_kept_for_the_screening_to_read():
    row = good_row(
        班级名称="　小学四年级数学班 ", 每课时分钟="４０", 开班日期="２０２６－０５－１２"
    )
    cells = read(workbook([row])).rows[0].cells
    assert cells["班级名称"] == "小学四年级数学班"
    assert (cells["每课时分钟"], cells["开班日期"]) == ("４０", "２０２６－０５－１２")


def test_a_workbook_made_by_xlsxwriter_reads_like_the_others():
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("备案")
        sheet.write_row(0, 0, HEADERS)
        sheet.write_row(1, 0, good_row())
    assert read(out.getvalue()).rows == read(workbook([good_row()])).rows


def test_a_hundred_thousand_styled_empty_rows_cost_little_memory():
    cells = b"".join(b'<c r="%c%%d" s="1"/>' % (65 + column) for column in range(26))
    empty = b"".join(
        b'<row r="%d">' % number + cells.replace(b"%d", b"%d" % number) + b"</row>"
        for number in range(3, 100_003)
    )
    data = rewritten(
        workbook([good_row()]),
        SHEET_PART,
        lambda xml: xml.replace(b"</sheetData>", empty + b"</sheetData>"),
    )
    before_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert [row.number for row in read(data).rows] == [2]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kb < 200 * 1024


def test_a_csv_may_end_without_a_line_end_and_hold_blank_lines():
    text = StringIO(csv_text(",", good_row()) + "\r\n\r\n,,,\r\n").getvalue()
    assert [row.number for row in read(text.encode(), "班级.csv").rows] == [2]
