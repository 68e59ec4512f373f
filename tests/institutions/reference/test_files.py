"""A reference table goes out as a file and comes in again; bad rows say where and why."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook

from institutions.core.reference_tables.columns import TABLES
from institutions.models import TableVersion
from institutions.resources.reference_files import read_reference, reference_export
from institutions.resources.register_problem import UnreadableRegister
from institutions.selectors.reference_rows import changes_of, shipped_rows, version_rows
from institutions.services.reference_import import FileLine, import_rows
from regulator.audit.models import Event
from regulator.kernel.outcomes import Refused
from tests.institutions.reference.conftest import AT, SHIPPED_ACTIVITIES, WEEK, drafted

pytestmark = pytest.mark.django_db


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def taken(version, lines, people, *, replace_all=False):
    return import_rows(
        version=version, lines=lines, replace_all=replace_all, actor=people.editor, at=AT
    )


@pytest.mark.parametrize("file_kind", ["xlsx", "csv", "csv-gb18030"])
@pytest.mark.parametrize("kind", ["negative", "aliases", "prices"])
def test_what_is_exported_and_imported_again_changes_nothing(people, kind, file_kind):
    spec = TABLES[kind]
    data = reference_export(spec, shipped_rows(kind).values(), file_kind).content
    lines = read_reference(data, file_name="表", spec=spec)
    assert len(lines) == len(shipped_rows(kind))
    draft = drafted(people, kind, [])
    events = Event.objects.count()
    result = taken(draft, lines, people, replace_all=True)
    assert (result.added, result.changed, result.removed, result.refused) == (0, 0, 0, ())
    assert changes_of(TableVersion.objects.get()) == ()
    assert Event.objects.count() == events


def test_good_rows_go_in_and_bad_ones_name_their_row_column_and_reason(people):
    data = workbook(
        ["教学周", "单元", "学科", "版本", "年级", "册次", "备注"],
        [4, "测量", "数学", "人教版", 3, "上册", "随便写"],
        [None, None, None, None, None, None, None],
        [40, "测量", "数学", "人教版", 3, "上册", ""],
        [5, "没有的单元", "数学", "人教版", 3, "上册", ""],
        [6, "测量", "数学", "人教版", 3, "1", ""],
        [6, "", "奥数", "人教版", 3, "上册", ""],
    )
    lines = read_reference(data, file_name="周表.xlsx", spec=TABLES["weeks"])
    draft = drafted(people, "weeks", [])
    result = taken(draft, lines, people)
    assert (result.added, result.changed, result.kept) == (1, 0, 0)
    assert [
        (one.line.number, problem.column, problem.code)
        for one in result.refused
        for problem in one.problems
    ] == [
        (4, "week", "no_whole_number"),
        (5, "unit", "unknown_unit"),
        (6, "subject", "twice"),
        (7, "subject", "not_allowed"),
        (7, "unit", "needed"),
    ]
    kept = version_rows(TableVersion.objects.get(), kind="weeks")
    assert list(kept) == ["数学|人教版||3|1|测量"]
    event = Event.objects.order_by("sequence").last()
    assert (event.kind, event.row_count, event.new["refused"]) == (
        "reference.rows_imported",
        1,
        4,
    )


def test_a_file_with_one_bad_row_replaces_nothing(people):
    draft = drafted(people, "weeks", [WEEK])
    lines = [FileLine(2, {**WEEK, "week": "9"}), FileLine(3, {**WEEK, "week": "0"})]
    with pytest.raises(Refused) as refused:
        taken(draft, lines, people, replace_all=True)
    assert [one.code for one in refused.value.refusals] == ["reference.replace_with_errors"]
    assert [one["week"] for one in version_rows(draft, kind="weeks").values()] == ["4"]
    result = taken(draft, lines[:1], people, replace_all=True)
    assert (result.changed, result.removed) == (1, 0)


def test_rows_that_a_whole_file_does_not_name_go(people):
    draft = drafted(people, "activities", [])
    lines = [FileLine(2, {"word": "国学", "treatment": "appraise", "note": "照旧"})]
    result = taken(draft, lines, people, replace_all=True)
    assert (result.added, result.changed, result.removed) == (0, 1, SHIPPED_ACTIVITIES - 1)
    assert TableVersion.objects.get().row_count == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (workbook(["甲", "乙"], [1, 2]), "没有这张表的列名"),
        (workbook(["学科", "版本"], ["数学", "人教版"]), "缺少这些列：年级、册次、单元、教学周"),
        (workbook(["学科", "版本", "年级", "册次", "单元", "教学周"]), "没有内容行"),
        (b"PK\x03\x04 broken", "周表.xlsx"),
    ],
)
def test_a_file_that_is_no_such_table_says_what_is_missing(data, said):
    with pytest.raises(UnreadableRegister) as refused:
        read_reference(data, file_name="周表.xlsx", spec=TABLES["weeks"])
    assert said in str(refused.value)


def test_a_table_of_too_many_rows_is_refused_as_a_whole():
    rows = "\n".join(f"词语{number},须鉴别" for number in range(5_001))
    data = f"项目用语,怎样处理\n{rows}".encode()
    with pytest.raises(UnreadableRegister) as refused:
        read_reference(data, file_name="项目.csv", spec=TABLES["activities"])
    assert "5000" in str(refused.value)
