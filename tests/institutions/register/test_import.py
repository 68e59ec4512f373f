"""The published list as it comes: what goes in, what comes back, and that twice is once."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from django.core.management import call_command
from python_calamine import CalamineWorkbook

from institutions.models import Institution, Premises, RegisterImport, SearchGram
from regulator.audit.models import Event
from tests.district import District

FIXTURE = Path(__file__).resolve().parents[2] / "fixtures" / "register_rows.csv"


def run(*arguments: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("import_register", *arguments, stdout=out, stderr=err)
    return int(left.value.code or 0), out.getvalue(), err.getvalue()


def last_line(text: str) -> str:
    return text.strip().splitlines()[-1]


def state_of_the_register() -> list[tuple[object, ...]]:
    rows = Institution.objects.order_by("pk")
    return [
        (
            one.name, one.place, one.credit_code, one.category, one.legal_form,
            [gap.code for gap in one.gaps.all()],
            [(place.register_id, place.address) for place in one.premises.all()],
            [(paper.number_printed, paper.document_type) for paper in one.licences.all()],
            one.source_rows.count(),
            one.search_grams.count(),
        )
        for one in rows
    ]  # fmt: skip


def as_csv(path: Path, *rows: dict[str, str], encoding: str = "utf-8") -> Path:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(buffer.getvalue().encode(encoding))
    return path


def test_rows_of_all_over_the_country_go_in_anywhere_and_the_rest_comes_back(
    district: District, tmp_path: Path
) -> None:
    back = tmp_path / "back.xlsx"
    code, out, _ = run(str(FIXTURE), "--division", "510116", "--anywhere", "--errors", str(back))
    assert code == 1
    assert last_line(out) == "24 added, 0 changed, 17 refused"
    assert Institution.objects.filter(verification="unverified").count() == 24
    sheet = CalamineWorkbook.from_path(str(back)).get_sheet_by_index(0).to_python()
    original = list(csv.reader(FIXTURE.read_text(encoding="utf-8-sig").splitlines()))
    assert sheet[0] == [*original[0], "退回原因", "原行号"]
    assert [int(row[-1]) for row in sheet[1:]] == [
        6, 8, 9, 11, 18, 21, 22, 26, 28, 34, 35, 36, 37, 38, 40, 41, 42,
    ]  # fmt: skip
    for row in sheet[1:]:
        assert row[:-2] == [str(cell) for cell in original[int(row[-1]) - 1]]
        assert row[-2]


def test_a_second_import_changes_nothing(district: District) -> None:
    run(str(FIXTURE), "--division", "510116", "--anywhere")
    before = state_of_the_register()
    code, out, _ = run(str(FIXTURE), "--division", "510116", "--anywhere")
    assert (code, last_line(out)) == (1, "0 added, 0 changed, 17 refused")
    assert state_of_the_register() == before


def test_without_anywhere_rows_of_other_districts_come_back_with_that_reason(
    district: District,
) -> None:
    code, out, _ = run(str(FIXTURE), "--division", "510116")
    assert (code, last_line(out)) == (1, "0 added, 0 changed, 41 refused")
    assert "本行写的是“北京市丰台区”，不是双流区" in out
    assert not Institution.objects.exists()


def test_gaps_of_an_unverified_entry_are_listed(district: District) -> None:
    run(str(FIXTURE), "--division", "510116", "--anywhere")
    entry = Institution.objects.get(name="义县大榆树堡晨光教育培训中心")
    assert entry.place_printed == "锦州市义县"
    assert [gap.code for gap in entry.gaps.all()] == [
        "licence_missing",
        "licence_number_missing",
        "credit_code_missing",
        "address_truncated",
        "category_missing",
        "legal_form_missing",
        "status_to_confirm",
    ]


def test_a_dry_run_says_the_same_and_writes_nothing(district: District) -> None:
    events = Event.objects.count()
    code, out, _ = run(str(FIXTURE), "--division", "510116", "--anywhere", "--dry-run")
    assert (code, last_line(out)) == (1, "24 added, 0 changed, 17 refused")
    assert not Institution.objects.exists()
    assert not SearchGram.objects.exists()
    assert Event.objects.count() == events


def test_what_is_no_list_is_bad_input_in_one_line(district: District, tmp_path: Path) -> None:
    picture = tmp_path / "a.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    table = as_csv(tmp_path / "b.csv", {"甲": "1", "乙": "2"})
    for arguments in (
        (str(picture), "--division", "510116"),
        (str(table), "--division", "510116"),
        (str(tmp_path / "none.csv"), "--division", "510116"),
        (str(FIXTURE), "--division", "999999"),
    ):
        code, out, err = run(*arguments)
        assert (code, out) == (2, "")
        assert len(err.strip().splitlines()) == 1
    assert not RegisterImport.objects.exists()


OWN = {
    "机构名称": "双流区启明教育培训学校",
    "办学许可证号": "教民151011670000028号",
    "统一社会信用代码": "",
    "办学地址": "双流区东升街道顺城街",
    "市": "成都市",
    "区县": "双流区",
    "培训类别": "学科类",
    "法人性质": "非营利性",
    "有效期止": "2027-8-31",
    "身份证号": "510107199001010010",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_templates_headers_and_three_encodings_are_read(
    district: District, tmp_path: Path, encoding: str
) -> None:
    path = as_csv(tmp_path / "own.csv", OWN, encoding=encoding)
    code, out, _ = run(str(path), "--division", "510116")
    assert (code, last_line(out)) == (0, "1 added, 0 changed, 0 refused")
    assert "已丢弃 1 列身份证件号码。" in out
    entry = Institution.objects.get()
    licence = entry.licences.get()
    assert (licence.number_printed, licence.state) == ("教民151011670000028号", "pending")
    assert str(licence.last_valid_on) == "2027-08-31"
    assert "510107199001010010" not in str(list(entry.source_rows.values()))


def test_a_later_list_completes_what_an_earlier_one_left_out(
    district: District, tmp_path: Path
) -> None:
    run(str(as_csv(tmp_path / "one.csv", OWN)), "--division", "510116")
    later = {**OWN, "办学地址": "双流区东升街道顺城街 12 号", "统一社会信用代码": "办理中"}
    code, out, _ = run(str(as_csv(tmp_path / "two.csv", later)), "--division", "510116")
    assert (code, last_line(out)) == (0, "0 added, 1 changed, 0 refused")
    assert list(Premises.objects.values_list("register_id", "address")) == [
        ("P000001", "双流区东升街道顺城街 12 号")
    ]
    entry = Institution.objects.get()
    assert entry.credit_code_printed == "办理中"
    assert [gap.code for gap in entry.gaps.all()] == ["credit_code_printed"]


def test_two_rows_of_one_list_that_contradict_each_other_do_not_both_go_in(
    district: District, tmp_path: Path
) -> None:
    other = {**OWN, "机构名称": "双流区启明文化培训学校"}
    path = as_csv(tmp_path / "two.csv", OWN, other)
    code, out, _ = run(str(path), "--division", "510116")
    assert (code, last_line(out)) == (1, "1 added, 0 changed, 1 refused")
    assert "与本表第 2 行是同一家机构，但“机构名称”写得不同" in out
    code, out, _ = run(str(path), "--division", "510116")
    assert (code, last_line(out)) == (1, "0 added, 0 changed, 1 refused")


def test_two_campuses_are_two_premises_of_one_institution(
    district: District, tmp_path: Path
) -> None:
    campus = {**OWN, "办学地址": "双流区航空港街道机场路 5 号"}
    path = as_csv(tmp_path / "two.csv", OWN, campus)
    code, out, _ = run(str(path), "--division", "510116")
    assert (code, last_line(out)) == (0, "1 added, 1 changed, 0 refused")
    assert Premises.objects.count() == 2
    code, out, _ = run(str(path), "--division", "510116")
    assert (code, last_line(out)) == (0, "0 added, 0 changed, 0 refused")
