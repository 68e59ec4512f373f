"""Results typed by item code and uploaded as a workbook."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from inspections.models import ReturnedFile, VisitAnswer
from inspections.resources.result_workbook import read_results, result_template
from inspections.selectors.visits import standing_of
from inspections.services.returns import Upload
from inspections.services.returns_typed import TypedAnswer, type_answer
from inspections.services.returns_workbook import WorkbookProblem, receive_workbook
from regulator.adapters.storage import read_stored
from regulator.jobs.models import Job
from regulator.jobs.services import run_here
from regulator.kernel.outcomes import Refused
from tests.inspections.outing import ARRIVED_AT, Outing

Cells = list[list[Any]]


def refused(call: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as caught:
        call()
    return [reason.code for reason in caught.value.refusals]


def typed(outing: Outing, code: str, answer: str, **more: str) -> VisitAnswer | None:
    return type_answer(
        visit=outing.visit,
        typed=TypedAnswer(code, answer, **more),
        actor=outing.town.coordinator,
        at=ARRIVED_AT,
    )


def test_an_answer_is_typed_by_code_and_typing_again_corrects_it(outing: Outing) -> None:
    outing.arrive()
    first = typed(outing, "a1", "1", measured_value="3.2")
    assert first is not None
    assert (first.item.code, first.answer, first.source) == ("A01", "meets", "typed")
    assert typed(outing, "A01", "符合", measured_value="3.2") is None
    second = typed(outing, "A01", "2", remark="过期")
    assert second is not None
    assert second.corrects == first.client_id
    assert standing_of(outing.visit)[first.item_id] == second
    assert VisitAnswer.objects.count() == 2


def test_a_wrong_code_or_answer_is_refused_with_the_reason_and_nothing_is_kept(
    outing: Outing,
) -> None:
    outing.arrive()
    assert refused(lambda: typed(outing, "A99", "1")) == ["typed.item_unknown"]
    assert refused(lambda: typed(outing, "A01", "是不是")) == ["typed.answer_unknown"]
    assert refused(lambda: typed(outing, "", "")) == [
        "typed.item_unknown",
        "typed.answer_unknown",
    ]
    assert not VisitAnswer.objects.exists()


def test_nothing_is_typed_before_the_team_was_there(outing: Outing) -> None:
    assert "visit.wrong_state" in refused(lambda: typed(outing, "A01", "1"))
    assert not VisitAnswer.objects.exists()


def template_rows(outing: Outing) -> tuple[Any, Cells]:
    book = openpyxl.load_workbook(io.BytesIO(result_template([outing.visit])))
    return book, [[cell.value for cell in row] for row in book.active.iter_rows()]


def filled(outing: Outing, change: Callable[[Any], None]) -> bytes:
    book, _rows = template_rows(outing)
    change(book.active)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def hand_in(outing: Outing, data: bytes) -> Job:
    job = receive_workbook(
        division=outing.town.division,
        upload=Upload("结果.xlsx", data, outing.draw.number),
        rows=read_results(data, file_name="结果.xlsx"),
        actor=outing.town.coordinator,
        at=ARRIVED_AT,
    )
    return run_here(Job.objects.get(pk=job.pk))


def test_the_template_lists_every_item_of_every_visit(outing: Outing) -> None:
    outing.arrive()
    _book, rows = template_rows(outing)
    assert rows[0] == ["场所编号", "机构", "事项编号", "检查事项", "结果", "实测值", "说明"]
    assert [row[2] for row in rows[1:]] == [item.code for item in outing.items()]
    assert {row[0] for row in rows[1:]} == {outing.visit.register_id}


def test_good_rows_are_kept_and_bad_ones_come_back_with_the_reason_beside(
    outing: Outing,
) -> None:
    outing.arrive()
    codes = [item.code for item in outing.items()]

    def fill(sheet: Any) -> None:
        sheet.cell(2, 5).value = "符合"
        sheet.cell(3, 5, "不符合")
        sheet.cell(3, 7, "没有公示")
        sheet.cell(4, 5, "也许")
        sheet.append([outing.visit.register_id, "", "A99", "", "符合", "", ""])
        sheet.append(["P999999", "", "A01", "", "符合", "", ""])
        sheet.append([outing.visit.register_id, "", codes[0], "", "不符合", "", ""])

    job = hand_in(outing, filled(outing, fill))
    last = len(codes) + 1
    assert job.result == {"rows": 6, "returned": 4}
    kept = {row.item.code: row.answer for row in VisitAnswer.objects.all()}
    assert kept == {codes[0]: "meets", codes[1]: "fails"}
    file = job.files.get()
    back = openpyxl.load_workbook(io.BytesIO(read_stored(file.sha256))).active
    rows = [[cell.value for cell in row] for row in back.iter_rows(min_row=2)]
    assert [row[8] for row in rows] == [4, last + 1, last + 2, last + 3]
    assert "也许" in rows[0][7]
    assert "A99" in rows[1][7]
    assert "P999999" in rows[2][7]
    assert "第 2 行" in rows[3][7]


def test_the_same_workbook_is_taken_once_and_read_again_it_changes_nothing(
    outing: Outing,
) -> None:
    outing.arrive()
    data = filled(outing, lambda sheet: sheet.cell(2, 5, "符合"))
    job = hand_in(outing, data)
    assert refused(lambda: hand_in(outing, data)) == ["returns.same_file"]
    before = list(VisitAnswer.objects.values())
    Job.objects.filter(pk=job.pk).update(state="queued", cursor=0, done_count=0)
    run_here(Job.objects.get(pk=job.pk))
    assert list(VisitAnswer.objects.values()) == before
    assert ReturnedFile.objects.get().state == "done"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("场所编号,事项编号\nP1,A01\n".encode(), "workbook.headers"),
        ("场所编号,事项编号,结果\nP1,A01,\n".encode(), "workbook.nothing"),
        (b"%PDF-1.7", "workbook.unreadable"),
    ],
)
def test_a_file_that_is_no_workbook_of_results_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(WorkbookProblem) as caught:
        read_results(data, file_name="x")
    assert caught.value.refusal.code == code
