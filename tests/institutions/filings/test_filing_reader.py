"""Every file gets its rows, or one clear answer of its own."""

from __future__ import annotations

import datetime as dt
import zipfile
from io import BytesIO

import pytest

from institutions.core.screening.rows import HEADERS, BadWorkbook
from institutions.resources.filing_problem import FileLimits
from institutions.resources.filing_reader import FilingSheet, read_filing_rows
from tests.institutions.filings.workbooks import (
    FIXTURES,
    compound_file,
    good_row,
    lying_about_sizes,
    rewritten,
    sheet_cells,
    sparse_sheet,
    workbook,
)

SHEET_PART = "xl/worksheets/sheet1.xml"


def read(data: bytes, name: str = "班级.xlsx", limits: FileLimits | None = None) -> FilingSheet:
    return read_filing_rows(BytesIO(data), file_name=name, limits=limits or FileLimits())


def problem(data: bytes, limits: FileLimits | None = None) -> BadWorkbook:
    with pytest.raises(BadWorkbook) as caught:
        read(data, limits=limits)
    return caught.value


def places(sheet: FilingSheet, code: str) -> list[object]:
    notes = [note for note in sheet.warnings if note.code == code]
    return [place for note in notes for place in note.params["places"]]


def test_a_row_keeps_the_sheets_own_number_and_blank_rows_are_left_out():
    sheet = read(workbook([good_row(), [], [" ", None, "　"], good_row(班级名称="乙班")]))
    assert [row.number for row in sheet.rows] == [2, 5]
    assert sheet.rows[0].cells["班级名称"] == "小学四年级数学培训班"
    assert sheet.rows[1].cells["班级名称"] == "乙班"
    assert tuple(sheet.rows[0].cells) == HEADERS
    assert (sheet.template_version, sheet.warnings) == (None, ())


def test_numbers_and_dates_become_the_text_that_a_person_sees():
    row = good_row(
        机构许可证号=151011680000703,
        开班日期=dt.date(2026, 5, 12),
        结课日期=dt.datetime(2026, 6, 18),
        上课时间=dt.time(18, 30),
        每课时分钟=40.0,
        收费总额=864.5,
        资格证书号=True,
    )
    cells = read(workbook([row])).rows[0].cells
    assert cells["机构许可证号"] == "151011680000703"
    assert cells["开班日期"] == "2026-05-12"
    assert cells["结课日期"] == "2026-06-18"
    assert cells["上课时间"] == "18:30"
    assert cells["每课时分钟"] == "40"
    assert cells["收费总额"] == "864.5"
    assert cells["资格证书号"] == "是"


def test_a_licence_number_that_excel_has_cut_short_is_shown_in_scientific_notation():
    cells = read(workbook([good_row(机构许可证号=440106199001011234)])).rows[0].cells
    assert cells["机构许可证号"] == "4.40106E+17"


def test_a_date_stored_as_a_day_number_is_turned_into_a_date_and_said():
    sheet = read(workbook([good_row(开班日期=46154, 收费日期="46151")]))
    assert sheet.rows[0].cells["开班日期"] == "2026-05-12"
    assert sheet.rows[0].cells["收费日期"] == "2026-05-09"
    assert places(sheet, "serial-dates") == ["I2", "Y2"]


def test_a_formula_gives_its_stored_value_and_a_warning_with_its_place():
    data = rewritten(
        workbook([good_row()]),
        SHEET_PART,
        lambda xml: xml.replace(
            b'<c r="X2" t="n"><v>720</v></c>', b'<c r="X2"><f>24*30</f><v>720</v></c>'
        ),
    )
    sheet = read(data)
    assert sheet.rows[0].cells["收费总额"] == "720"
    assert places(sheet, "formula-cells") == ["X2"]


def test_hidden_rows_are_read_and_named():
    def hide(book):
        book.active.row_dimensions[3].hidden = True

    sheet = read(workbook([good_row(), good_row(), good_row()], change=hide))
    assert [row.number for row in sheet.rows] == [2, 3, 4]
    assert places(sheet, "hidden-rows") == [3]
    assert sheet.warnings[0].message == "第 3 行在 Excel 里是隐藏的（共 1 行），也一并读取了。"


def test_a_hundred_thousand_empty_rows_at_the_end_are_nothing():
    empty = b"".join(
        b'<row r="%d"><c r="A%d" s="1"/><c r="B%d"></c></row>' % (n, n, n)
        for n in range(3, 100_003)
    )
    data = rewritten(
        workbook([good_row()]),
        SHEET_PART,
        lambda xml: xml.replace(b"</sheetData>", empty + b"</sheetData>"),
    )
    assert [row.number for row in read(data).rows] == [2]


@pytest.mark.parametrize("placed", [True, False])
def test_a_wps_like_sheet_without_dimensions_is_read(placed: bool):
    cells = sheet_cells(1, HEADERS, placed=placed) + sheet_cells(2, good_row(), placed=placed)
    assert [row.number for row in read(sparse_sheet(cells)).rows] == [2]


def test_the_workbook_that_libreoffice_wrote_reads_like_its_csv_but_for_the_lost_digits():
    from_csv = read((FIXTURES / "sample_utf8_bom.csv").read_bytes(), "样例.csv")
    from_xlsx = read((FIXTURES / "libreoffice.xlsx").read_bytes())
    assert len(from_csv.rows) == 40
    assert [row.number for row in from_xlsx.rows] == [row.number for row in from_csv.rows]
    differing = {
        header
        for one, other in zip(from_csv.rows, from_xlsx.rows, strict=True)
        for header in HEADERS
        if one.cells[header] != other.cells[header]
    }
    assert differing == {"资格证书号"}


def test_gb18030_and_utf8_with_or_without_bom_give_the_same_rows():
    with_bom = (FIXTURES / "sample_utf8_bom.csv").read_bytes()
    gb = (FIXTURES / "sample_gb18030.csv").read_bytes()
    expected = read(with_bom).rows
    assert read(with_bom.removeprefix(b"\xef\xbb\xbf")).rows == expected
    assert read(gb).rows == expected


def test_a_csv_record_over_several_lines_counts_as_one_row():
    lines = [",".join(HEADERS), "", ",".join(map(str, good_row(进度安排='"第1次\r\n第2次"')))]
    sheet = read("\r\n".join(lines).encode())
    assert [row.number for row in sheet.rows] == [3]
    assert sheet.rows[0].cells["进度安排"] == "第1次\n第2次"


def test_a_csv_field_that_guards_its_digits_loses_only_the_guard():
    row = good_row(机构许可证号='"=""0151"""', 资格证书号="'2020")
    cells = read(f"{','.join(HEADERS)}\n{','.join(map(str, row))}".encode()).rows[0].cells
    assert (cells["机构许可证号"], cells["资格证书号"]) == ("0151", "2020")


def test_the_reason_column_of_a_returned_workbook_is_accepted():
    sheet = read(workbook([[*good_row(), "时间太晚"]], headers=[*HEADERS, "原因"]))
    assert tuple(sheet.rows[0].cells) == HEADERS


def test_headers_are_compared_without_blanks_stars_and_width():
    headers = [f" {header}＊\n" for header in HEADERS]
    assert len(read(workbook([good_row()], headers=headers)).rows) == 1


def test_missing_renamed_and_extra_headers_are_each_named():
    headers = list(HEADERS)
    headers[2] = "期次"
    headers.remove("收费方式")
    error = problem(workbook([good_row()], headers=[*headers, "收费方法", "备注"]))
    assert error.code == "headers-differ"
    assert str(error) == (
        "文件“班级.xlsx”的“备案”表第 1 行与模板不一致：第 3 列应为“班次”，现为“期次”；"
        "第 26 列应为“收费方式”，现为“收费方法”；第 27 列“备注”是多出来的。"
        "请按模板改回列名和顺序后再上传。"
    )


def test_headers_in_another_order_are_named():
    headers = list(HEADERS)
    headers[0], headers[1] = headers[1], headers[0]
    error = problem(workbook([good_row()], headers=headers))
    assert [(one.kind, one.column) for one in error.params["differences"]] == [
        ("moved", 1),
        ("moved", 2),
    ]


def test_a_header_twice_is_named():
    error = problem(workbook([good_row()], headers=[*HEADERS, "班级名称"]))
    assert [(one.kind, one.column) for one in error.params["differences"]] == [("extra", 27)]


def test_a_missing_last_header_is_named():
    error = problem(workbook([good_row()[:-1]], headers=HEADERS[:-1]))
    assert [(one.kind, one.column) for one in error.params["differences"]] == [("missing", 26)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"),
        (b" \n", "file-empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "other-kind"),
        (b"%PDF-1.7\n\x00\x01", "other-kind"),
        (b"PK\x03\x04rubbish", "broken"),
        (compound_file("Root Entry", "EncryptedPackage"), "password-protected"),
        (compound_file("Root Entry", "Workbook"), "old-format"),
        (compound_file("Root Entry", "WordDocument"), "other-kind"),
        (compound_file("Root Entry", "Contents"), "not-a-workbook"),
        ("机构,班级".encode("utf-16"), "wrong-encoding"),
        (b"\xff\xff\xfe,\xff", "wrong-encoding"),
        ("名称,电话\n甲,1".encode(), "wrong-template"),
        (b"\n\n1,2", "wrong-template"),
        (b",,\n,,\n", "header-row-empty"),
    ],
)
def test_what_is_no_filing_workbook_is_told_so(data: bytes, code: str):
    assert problem(data).code == code


@pytest.mark.parametrize(("name", "kind"), [("excel97.xls", ".xls"), ("libreoffice.ods", ".ods")])
def test_other_spreadsheet_formats_are_named(name: str, kind: str):
    error = problem((FIXTURES / name).read_bytes())
    assert (error.code, error.params["kind"]) == ("old-format", kind)


def test_a_word_document_is_no_workbook():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    error = problem(out.getvalue())
    assert (error.code, error.params["kind"]) == ("other-kind", "word")


def test_a_workbook_without_the_sheet_names_the_sheets_it_has():
    error = problem(workbook([good_row()], sheet_name="Sheet1"))
    assert (error.code, error.params["sheets"]) == ("sheet-missing", ("Sheet1",))


@pytest.mark.parametrize("found", ["0", "2", None])
def test_another_template_version_is_refused(found: str | None):
    def mark(book):
        book.create_sheet("meta").append(["template_version", found])

    error = problem(workbook([good_row()], change=mark))
    assert (error.code, error.params["found"]) == ("template-version", found or "—")


def test_the_current_template_version_is_reported():
    def mark(book):
        book.create_sheet("meta").append(["template_version", 1])

    assert read(workbook([good_row()], change=mark)).template_version == 1


def test_a_merge_within_a_column_is_filled_down_and_said():
    def merge(book):
        book.active.merge_cells("A2:A3")
        book.active.merge_cells("H2:I2")

    sheet = read(workbook([good_row(), good_row(班级名称="乙班")], change=merge))
    assert [row.cells["机构许可证号"] for row in sheet.rows] == ["151011680000703"] * 2
    assert [row.cells["开班日期"] for row in sheet.rows] == ["", "2026-05-12"]
    assert places(sheet, "merged-filled") == ["A2:A3"]
    assert places(sheet, "merged-left") == ["H2:I2"]


def test_a_merge_that_reaches_into_blank_rows_makes_no_rows_of_them():
    sheet = read(workbook([good_row()], change=lambda book: book.active.merge_cells("A2:A900")))
    assert [row.number for row in sheet.rows] == [2]


def test_a_merged_title_above_the_headers_is_a_title():
    data = workbook(
        [HEADERS, good_row()],
        headers=["双流区校外培训班备案表"],
        change=lambda book: book.active.merge_cells("A1:Z1"),
    )
    sheet = read(data)
    assert [row.number for row in sheet.rows] == [3]
    assert [note.code for note in sheet.warnings] == ["header-row"]


def test_merged_headers_are_refused_with_their_ranges():
    error = problem(workbook([good_row()], change=lambda book: book.active.merge_cells("A1:A2")))
    assert (error.code, error.params["ranges"]) == ("merged-cells", ("A1:A2",))


def test_a_sheet_with_headers_alone_has_no_rows():
    assert problem(workbook([])).code == "no-rows"
    assert problem(",".join(HEADERS).encode()).code == "no-rows"


def test_the_last_row_within_the_limit_is_read_and_the_next_is_refused():
    limits = FileLimits(rows=3)
    assert len(read(workbook([good_row()] * 3), limits=limits).rows) == 3
    error = problem(workbook([good_row()] * 4), limits)
    assert (error.code, error.params["limit"], error.params["row"]) == ("too-many-rows", 3, 5)


def test_a_file_of_exactly_the_limit_is_read_and_one_byte_more_is_refused():
    data = workbook([good_row()])
    assert len(read(data, limits=FileLimits(file_bytes=len(data))).rows) == 1
    assert problem(data, FileLimits(file_bytes=len(data) - 1)).code == "file-too-large"


def test_a_cell_of_exactly_the_limit_is_read_and_one_character_more_is_refused():
    limits = FileLimits(cell_characters=20)
    short = [text if len(str(text)) < 20 else "短" for text in good_row()]
    assert len(read(workbook([short]), limits=limits).rows) == 1
    error = problem(workbook([[*short[:15], "长" * 21, *short[16:]]]), limits)
    assert (error.code, error.params["row"], error.params["header"]) == (
        "cell-too-long",
        2,
        "培训内容",
    )


def test_an_open_quote_in_a_csv_is_named_with_its_row():
    text = f'{",".join(HEADERS)}\n{",".join(map(str, good_row()))}\n"没有收尾,甲\n乙'
    error = problem(text.encode())
    assert (error.code, error.params["row"]) == ("open-quote", 3)


def test_a_zip_bomb_is_refused_by_its_declared_size():
    bomb = rewritten(workbook([good_row()]), "xl/styles.xml", lambda xml: b" " * 5_000_000)
    error = problem(bomb, FileLimits(unpacked_bytes=4 << 20))
    assert (error.code, error.params["limit_mb"]) == ("zip-bomb", 4)


def test_a_zip_bomb_that_lies_about_its_size_is_refused_by_its_actual_size():
    bomb = rewritten(workbook([good_row()]), "xl/styles.xml", lambda xml: b" " * 5_000_000)
    lying = lying_about_sizes(bomb, member="xl/styles.xml", claimed_bytes=100)
    assert problem(lying, FileLimits(unpacked_bytes=4 << 20)).code == "zip-bomb"


@pytest.mark.parametrize("cell", ["XFD2", "BA2", "A100000"])
def test_content_far_from_the_table_is_refused_before_it_takes_memory(cell: str):
    far = f'<row r="100000"><c r="{cell}" t="inlineStr"><is><t>x</t></is></c></row>'
    cells = sheet_cells(1, HEADERS, placed=True) + sheet_cells(2, good_row(), placed=True) + far
    error = problem(sparse_sheet(cells))
    assert (error.code, error.params["cell"]) == ("stray-cells", cell)


def test_an_unplaced_cell_in_a_far_row_is_refused_too():
    far = '<row r="1048576"><c s="1"/><c><v>1</v></c></row>'
    error = problem(sparse_sheet(sheet_cells(1, HEADERS, placed=True) + far))
    assert (error.code, error.params["cell"]) == ("stray-cells", "A1048576")
