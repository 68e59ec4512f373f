"""Places as a table: what goes in, what comes back, and that a dry run writes nothing."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from institutions.models import Institution, Premises, TableImport
from institutions.resources.exchange_files import KINDS, table_file
from institutions.resources.exchange_reader import UnreadableTable, read_own
from institutions.resources.exchange_tables import premises_table
from institutions.resources.exchange_targets import preview_table, stored_table
from institutions.services.exchange import record_table_file, start_table_import
from institutions.services.exchange_rows import RowContext
from institutions.services.premises import close_premises
from institutions.services.register import add_premises
from regulator.adapters.storage import read_stored, store_bytes
from regulator.audit.models import Event
from regulator.jobs.models import Job, JobError
from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import Refused
from tests.district import AT, DIVISION, District, MakeActor
from tests.institutions.exchange.made import counts, csv_bytes, read_in, taken_in
from tests.institutions.register.test_pages import make_school

ID_NUMBER = "11010519491231002X"


@pytest.fixture
def school(district: District) -> Institution:
    return make_school("明德教育培训学校", "教民151011670000018号")


@pytest.fixture
def place(school: Institution) -> Premises:
    return school.premises.get()


def previewed(read: TableImport) -> list[tuple[int, str]]:
    results = preview_table(RowContext(read, SYSTEM, AT), stored_table(read))
    return [(one.number, one.outcome.value) for one in results]


def reasons(table_import: TableImport) -> dict[str, str]:
    job = Job.objects.get(public_id=table_import.job)
    return dict(JobError.objects.filter(job=job).values_list("key", "message"))


def test_new_changed_and_same_rows_are_told_apart_and_only_written_when_asked(
    school: Institution, place: Premises
) -> None:
    row = {"登记编号": place.register_id, "机构名称": school.name, "办学地址": place.address}
    data = csv_bytes(
        [
            row | {"建筑面积(平方米)": "320.50", "许可证上有这个地址": "是"},
            row | {"登记编号": "", "办学地址": "第二教学点路 2 号", "建筑面积(平方米)": "80"},
        ]
    )
    read = read_in(data, "premises")
    assert previewed(read) == [(2, "changed"), (3, "added")]
    assert Premises.objects.count() == 1
    start_table_import(table_import=read, actor=SYSTEM, at=AT)
    with pytest.raises(Refused, match="started_already"):
        start_table_import(table_import=read, actor=SYSTEM, at=AT)
    written = taken_in(data, "premises")
    place.refresh_from_db()
    new = Premises.objects.exclude(pk=place.pk).get()
    assert (place.floor_area_m2, place.is_licensed) == (Decimal("320.50"), True)
    assert (new.address, new.floor_area_m2, new.is_licensed) == (
        "第二教学点路 2 号",
        Decimal("80.00"),
        False,
    )
    assert counts(written) == (0, 0, 2, 0, 0)  # the first of the two imports had written both
    assert counts(TableImport.objects.get(pk=read.pk)) == (1, 1, 0, 0, 0)
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {"exchange.file_read", "exchange.asked", "exchange.rows_imported"} <= kinds
    event = Event.objects.get(kind="premises.corrected")
    assert "表.csv 第 2 行" in event.reason


@pytest.mark.parametrize("kind", KINDS)
def test_places_given_out_and_taken_in_again_change_nothing(
    school: Institution, place: Premises, kind: str
) -> None:
    second = add_premises(
        institution=school,
        address="=顺城街 2 号",
        area="510116001",
        floor_area_m2=Decimal("12.5"),
        on=date(2024, 5, 1),
        actor=SYSTEM,
        at=AT,
    )
    close_premises(premises=second, on=date(2025, 5, 1), reason="搬走", actor=SYSTEM, at=AT)
    before = list(Premises.objects.order_by("pk").values())
    data = table_file([premises_table(Institution.objects.all())], kind)
    assert counts(taken_in(data, "premises", file_name=f"p.{kind}")) == (0, 0, 2, 0, 0)
    assert list(Premises.objects.order_by("pk").values()) == before


REFUSED_ROWS = {
    "institution_unknown": ({"机构名称": "没有这家学校"}, "没有“没有这家学校”"),
    "unnamed": ({"机构名称": ""}, "没有写是哪家机构"),
    "address": ({"办学地址": ""}, "没有填“办学地址”"),
    "number": ({"建筑面积(平方米)": "很大"}, "“很大”不是大于 0 的数"),
    "zero": ({"建筑面积(平方米)": "0"}, "“0”不是大于 0 的数"),
    "yes_no": ({"许可证上有这个地址": "也许"}, "请填“是”或“否”"),
    "date": ({"启用日期": "去年"}, "“去年”不是日期"),
    "area": ({"镇街代码": "双流"}, "镇街代码“双流”不对"),
    "long": ({"办学地址": "路" * 301}, "有 301 个字，最多 300 个"),
    "register_id": ({"登记编号": "P999999"}, "没有登记编号为 P999999 的场所"),
    "closed_new": ({"停用日期": "2025-01-01"}, "已于 2025-01-01 停用"),
}


@pytest.mark.parametrize("case", REFUSED_ROWS)
def test_a_row_that_cannot_be_entered_comes_back_with_its_reason_and_the_others_go_in(
    school: Institution, case: str
) -> None:
    wrong, words = REFUSED_ROWS[case]
    good = {"机构名称": school.name, "办学地址": "好地方路 3 号"}
    columns = dict.fromkeys((*good, *wrong), "")
    data = csv_bytes([columns | good | wrong, columns | good | {"办学地址": "另一处路 4 号"}])
    written = taken_in(data, "premises")
    assert counts(written) == (1, 0, 0, 0, 1)
    found = reasons(written)
    assert list(found) == ["2"]
    assert words in found["2"]
    job = Job.objects.get(public_id=written.job)
    book = CalamineWorkbook.from_filelike(_file(job))
    returned = book.get_sheet_by_index(0).to_python()
    assert len(returned) == 2
    assert words in str(returned[1][-2])


def _file(job: Job) -> io.BytesIO:
    return io.BytesIO(read_stored(job.files.get().sha256))


def test_a_place_of_another_institution_and_fixed_columns_come_back(
    school: Institution, place: Premises
) -> None:
    other = make_school("求真培训学校")
    row = {"登记编号": place.register_id, "机构名称": other.name, "启用日期": ""}
    assert counts(taken_in(csv_bytes([row]), "premises")) == (0, 0, 0, 0, 1)
    late = row | {"机构名称": school.name, "启用日期": "2030-01-01"}
    written = taken_in(csv_bytes([late]), "premises")
    assert "这一项不能靠导入改动" in reasons(written)["2"]
    twice = [row | {"机构名称": school.name}] * 2
    written = taken_in(csv_bytes(twice), "premises")
    assert counts(written) == (0, 0, 1, 0, 1)
    assert reasons(written) == {"3": "与本表第 2 行说的是同一个。请只留一行。"}


def test_who_may_not_edit_the_register_reads_in_nothing(
    school: Institution, make_actor: MakeActor
) -> None:
    for role in ("filing_reviewer", "administrator", "inspector"):
        with pytest.raises(Refused):
            record_table_file(
                division=DIVISION, target="premises", mapping=None, source_on=None,
                file_name="a.csv", file_sha256="0" * 64, row_count=1,
                actor=make_actor(role), at=AT,
            )  # fmt: skip
    assert not TableImport.objects.exists()


def test_messy_files_are_answered_in_one_clear_sentence(district: District) -> None:
    for data, words in (
        (b"", "是空的"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "其实是“图片”"),
        (csv_bytes([{"甲": "1", "乙": "2"}]), "没有“办学地址”这一列"),
        (csv_bytes([{"机构名称": "", "办学地址": ""}]), "没有内容行"),
        (b"PK\x03\x04" + bytes(80), "损坏"),
    ):
        with pytest.raises(Exception, match=words):
            read_own(data, file_name="x.xlsx", target="premises")
    many = csv_bytes([{"机构名称": "甲", "办学地址": f"{n} 号"} for n in range(5001)])
    with pytest.raises(Exception, match="超过 5000 行"):
        read_own(many, file_name="x.csv", target="premises")
    assert issubclass(UnreadableTable, Exception)


def test_another_divisions_places_are_out_of_reach(school: Institution, place: Premises) -> None:
    with_id = csv_bytes([{"登记编号": place.register_id, "建筑面积(平方米)": "9"}])
    table = read_own(with_id, file_name="x.csv", target="premises")
    read = record_table_file(
        division="510107", target="premises", mapping=None, source_on=None, file_name="x.csv",
        file_sha256=store_bytes(table.raw.stored), row_count=1, actor=SYSTEM, at=AT,
    )  # fmt: skip
    assert previewed(read) == [(2, "refused")]
