"""The pages of the portal, of the reviewer's desk, and of the public, walked without a browser."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from institutions.core.screening.rows import HEADERS
from institutions.models import Filing, FilingUpload
from institutions.resources.filing_reader import read_filing_rows
from institutions.services.filings_review import approve_filing, return_filing
from institutions.services.filings_submission import submit_rows
from regulator.audit.models import Event
from regulator.jobs.models import Job
from regulator.jobs.services import run_waiting_jobs
from tests.institutions.filings.conftest import (
    AT,
    LATE_ROW,
    SUBJECT_ROW,
    UNNAMED_ROW,
    UNREADABLE_ROW,
    registered,
)
from tests.institutions.filings.workbooks import FIXTURES, good_row, workbook


@pytest.fixture
def portal(client: Client, login_as, institution, monkeypatch) -> Client:
    """A client signed in as the institution's manager, on the day of filing."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    login_as(client, "institution_manager", institution=institution.public_id)
    return client


@pytest.fixture
def desk(login_as, monkeypatch) -> Client:
    """A client signed in as a reviewer of education, on the day of filing: lessons come later."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    client = Client()
    login_as(client, "filing_reviewer")
    return client


@pytest.fixture
def filed(upload, manager):
    def file(*rows):
        made = upload(*rows)
        ids = list(made.rows.values_list("pk", flat=True))
        done = submit_rows(upload=made, row_ids=ids, statement="说明", actor=manager, at=AT)
        return list(done.filings)

    return file


def text_of(response) -> str:
    return response.content.decode()


def as_form(cells: dict[str, str]) -> dict[str, str]:
    return {f"cell{n}": cells[header] for n, header in enumerate(HEADERS)}


def as_file(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_an_upload_is_kept_shows_progress_and_then_its_rows(portal):
    rows = [good_row(**SUBJECT_ROW), good_row(**LATE_ROW)]
    response = portal.post(
        reverse("filings:upload_form"), {"file": as_file("春季班.xlsx", workbook(rows))}
    )
    made = FilingUpload.objects.get()
    page = reverse("filings:upload", args=[made.public_id])
    assert (response.status_code, response["Location"]) == (302, page)
    waiting = text_of(portal.get(page))
    assert "正在核对备案表" in waiting
    assert 'http-equiv="refresh"' in waiting
    live = portal.get(reverse("filings:upload_progress", args=[made.public_id]))
    assert "HX-Refresh" not in live.headers
    assert run_waiting_jobs() == 1
    live = portal.get(reverse("filings:upload_progress", args=[made.public_id]))
    assert live.headers["HX-Refresh"] == "true"
    results = text_of(portal.get(page))
    assert "还有 1 个班要改正" in results
    assert "21:00下课，晚于20:30" in results


def test_a_file_that_cannot_be_read_is_told_so_at_once_and_not_kept(portal):
    data = (FIXTURES / "excel97.xls").read_bytes()
    response = portal.post(reverse("filings:upload_form"), {"file": as_file("旧表.xls", data)})
    assert response.status_code == 422
    assert "文件“旧表.xls”是 .xls 格式" in text_of(response)
    assert FilingUpload.objects.count() == 0


def test_a_row_is_corrected_on_its_page_and_the_next_one_follows(portal, upload):
    made = upload(LATE_ROW, UNREADABLE_ROW)
    page = reverse("filings:row", args=[made.public_id, 2])
    shown = text_of(portal.get(page))
    assert "21:00下课，晚于20:30" in shown
    cells = made.rows.get(row_number=2).cells
    data = as_form(cells)
    checked = portal.post(
        reverse("filings:row_check", args=[made.public_id, 2]), data | {"cell11": "18:30-20:00"}
    )
    assert "没有发现问题，保存后可以提交" in text_of(checked)
    assert made.rows.get(row_number=2).outcome == "flagged"
    saved = portal.post(page, data | {"cell11": "18:30-20:00"})
    following = reverse("filings:row", args=[made.public_id, 3])
    assert (saved.status_code, saved["Location"]) == (302, following)
    row = made.rows.get(row_number=2)
    assert (row.outcome, row.cells["上课时间"]) == ("clear", "18:30-20:00")
    assert row.cells["资格证书号"] == "2014*********8409"


def test_what_only_a_reviewer_can_judge_is_no_error_at_the_cell(portal, upload):
    made = upload(UNNAMED_ROW)
    page = portal.get(reverse("filings:row", args=[made.public_id, 2]))
    form = page.context["form"]
    assert form.failing == []
    assert [field.label for field in form.doubtful] == ['<span lang="zh">班级名称</span>']
    assert "不影响提交，由审核人员判断。" in text_of(page)
    assert 'class="wrong"' not in text_of(page)


@pytest.mark.parametrize(("way", "optional"), [("线下", []), ("线上录播", [10, 11, 12, 13])])
def test_the_timetable_may_stay_empty_only_where_lessons_are_recorded(
    portal, upload, way, optional
):
    made = upload(SUBJECT_ROW | {"培训方式": way})
    page = portal.get(reverse("filings:row", args=[made.public_id, 2]))
    fields = page.context["form"].fields
    empty = [n for n in (10, 11, 12, 13) if not fields[f"cell{n}"].required]
    assert empty == optional
    assert "每周哪几天上课。线上录播可不填。" in text_of(page)


def test_a_screening_that_failed_says_why_and_offers_to_go_on(portal, upload):
    made = upload(SUBJECT_ROW)
    FilingUpload.objects.filter(pk=made.pk).update(state="waiting")
    Job.objects.filter(pk=made.job.pk).update(state="failed", failure={"text": "磁盘已满。"})
    shown = text_of(portal.get(reverse("filings:upload", args=[made.public_id])))
    assert "备案表没有核对完" in shown
    assert "磁盘已满。" in shown
    assert f'action="{reverse("jobs:retry", args=[made.job.public_id])}"' in shown
    assert 'http-equiv="refresh"' not in shown


def test_a_breach_is_handed_in_with_a_statement_from_the_rows_page(portal, upload):
    made = upload(LATE_ROW)
    address = reverse("filings:row_submit", args=[made.public_id, 2])
    empty = portal.post(address, {"statement": ""})
    assert (empty.status_code, Filing.objects.count()) == (422, 0)
    done = portal.post(address, {"statement": "当日调课。"})
    filing = Filing.objects.get()
    assert done["Location"] == reverse("filings:own", args=[filing.public_id])
    assert (filing.state, filing.statement) == ("submitted", "当日调课。")


def test_the_ready_rows_are_handed_in_with_one_button(portal, upload):
    made = upload(SUBJECT_ROW, LATE_ROW, UNNAMED_ROW)
    response = portal.post(reverse("filings:submit_ready", args=[made.public_id]), follow=True)
    assert "已提交 2 个班" in text_of(response)
    assert Filing.objects.count() == 2


def test_the_rows_to_correct_come_back_as_a_workbook_that_can_be_uploaded_again(portal, upload):
    made = upload(SUBJECT_ROW, LATE_ROW, UNREADABLE_ROW)
    response = portal.get(reverse("filings:returned_file", args=[made.public_id]))
    sheet = read_filing_rows(BytesIO(response.content), file_name="退回.xlsx")
    assert [row.cells["班级名称"] for row in sheet.rows] == [
        LATE_ROW["班级名称"],
        UNREADABLE_ROW["班级名称"],
    ]
    assert sheet.rows[0].cells["资格证书号"] == "20145164179330001"
    event = Event.objects.get(kind="filing.rows_exported")
    assert (event.row_count, event.new) == (2, {"rows": [3, 4]})


def test_a_returned_filing_is_corrected_and_handed_in_again(portal, filed, reviewer):
    filing = filed(LATE_ROW)[0]
    return_filing(filing=filing, reasons="请提前下课。", actor=reviewer, at=AT)
    own = text_of(portal.get(reverse("filings:own", args=[filing.public_id])))
    assert "请提前下课。" in own
    page = reverse("filings:correct", args=[filing.public_id])
    data = as_form(filing.cells)
    refused = portal.post(page, data | {"cell9": ""})
    assert refused.status_code == 422
    assert "还有必填的格没有填好" in text_of(refused)
    assert Filing.objects.get().state == "returned"
    again = portal.post(page, data | {"cell11": "18:30-20:00"})
    assert again.status_code == 302
    filing.refresh_from_db()
    assert (filing.state, filing.version) == ("submitted", 2)


def test_withdrawing_asks_once_more_and_an_approved_class_needs_a_reason(portal, filed, reviewer):
    filing = approve_filing(filing=filed(SUBJECT_ROW)[0], actor=reviewer, at=AT)
    page = reverse("filings:withdraw", args=[filing.public_id])
    assert "确认撤回" in text_of(portal.get(page))
    assert portal.post(page, {"reason": ""}).status_code == 422
    assert portal.post(page, {"reason": "没有招满"}).status_code == 302
    filing.refresh_from_db()
    assert filing.state == "withdrawn"


def test_another_institutions_pages_are_not_there(client, login_as, upload, filed):
    made = upload(LATE_ROW)
    filing = filed(SUBJECT_ROW)[0]
    other = registered("小树教育培训中心", "151011680000711")
    login_as(client, "institution_manager", institution=other.public_id)
    for name, args in (
        ("upload", [made.public_id]),
        ("upload_progress", [made.public_id]),
        ("returned_file", [made.public_id]),
        ("row", [made.public_id, 2]),
        ("own", [filing.public_id]),
        ("correct", [filing.public_id]),
        ("withdraw", [filing.public_id]),
    ):
        assert client.get(reverse(f"filings:{name}", args=args)).status_code == 404
    assert client.post(reverse("filings:submit_ready", args=[made.public_id])).status_code == 404
    assert Filing.objects.count() == 1


def test_the_reviewer_sees_what_was_found_marked_in_the_text(desk, filed):
    filing = filed(LATE_ROW)[0]
    shown = text_of(desk.get(reverse("filings:review", args=[filing.public_id])))
    assert '<mark class="mark mark--breach">19:30-21:00</mark>' in shown
    assert "20145164179338409" not in shown
    assert "说明" in shown


def test_an_approval_is_refused_with_every_reason_and_given_when_none_is_left(desk, filed):
    filing = filed(UNNAMED_ROW)[0]
    address = reverse("filings:approve", args=[filing.public_id])
    waiting = text_of(desk.get(reverse("filings:review", args=[filing.public_id])))
    assert '<a href="#finding-FILING-NAME">还有 1 项待判断</a>' in waiting
    assert "button--primary" not in waiting
    refused = desk.post(address)
    assert refused.status_code == 422
    assert "“班名未写明年级或学科”一项系统判断不了，还没有人作出决定" in text_of(refused)
    desk.post(
        reverse("filings:decide", args=[filing.public_id]),
        {"rule": "FILING-NAME", "verdict": "cleared", "reason": "家长清楚。"},
    )
    decided = text_of(desk.get(reverse("filings:review", args=[filing.public_id])))
    assert "项待判断" not in decided
    assert "button--primary" in decided
    assert desk.post(address).status_code == 302
    filing.refresh_from_db()
    assert filing.state == "approved"


def test_a_return_without_reasons_is_refused_and_what_was_typed_stays(desk, filed):
    filing = filed(LATE_ROW)[0]
    address = reverse("filings:return", args=[filing.public_id])
    assert desk.post(address, {"reasons": ""}).status_code == 422
    filing.refresh_from_db()
    assert filing.state == "submitted"
    assert desk.post(address, {"reasons": "请提前下课。"})["Location"] == reverse("filings:queue")


def test_bulk_approval_takes_only_what_was_chosen(desk, filed):
    filings = filed(SUBJECT_ROW, SUBJECT_ROW | {"班额": "20"}, UNNAMED_ROW)
    chosen = [str(filings[0].public_id), str(filings[2].public_id), "no uuid"]
    response = desk.post(reverse("filings:bulk_approve"), {"selected": chosen}, follow=True)
    assert "通过 1 个班，现已公示；每个班单独留痕。" in text_of(response)
    assert "没有通过 1 个班" in text_of(response)
    assert "不能成批通过" in text_of(response)
    states = Filing.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["approved", "submitted", "submitted"]


def test_another_departments_reviewer_reads_but_does_not_decide(client, login_as, filed):
    filing = filed(SUBJECT_ROW)[0]
    login_as(client, "filing_reviewer", department="sport")
    shown = client.get(reverse("filings:review", args=[filing.public_id]))
    assert shown.status_code == 200
    assert reverse("filings:approve", args=[filing.public_id]) not in text_of(shown)
    refused = client.post(reverse("filings:approve", args=[filing.public_id]))
    assert refused.status_code == 422
    filing.refresh_from_db()
    assert filing.state == "submitted"


def test_another_divisions_reviewer_finds_nothing(client, login_as, filed):
    filing = filed(SUBJECT_ROW)[0]
    login_as(client, "filing_reviewer", division="510107")
    assert client.get(reverse("filings:review", args=[filing.public_id])).status_code == 404
    assert "没有等您审核的备案" in text_of(client.get(reverse("filings:queue")))


def test_only_an_approved_class_is_public_and_without_papers_or_findings(client, filed, reviewer):
    filing = filed(SUBJECT_ROW)[0]
    address = reverse("filings:public_class", args=[filing.public_id])
    assert client.get(address).status_code == 404
    approve_filing(filing=filing, actor=reviewer, at=AT)
    shown = text_of(client.get(address))
    assert "小学四年级数学培训班" in shown
    assert "720.00 元（24 课时）" in shown
    for hidden in ("2014****", "龙老师", "151011680000703"):
        assert hidden not in shown


def test_a_list_exports_as_filtered(desk, filed):
    filed(SUBJECT_ROW, LATE_ROW)
    response = desk.get(reverse("filings:list"), {"words": "晚班", "export": "xlsx"})
    sheet = load_workbook(BytesIO(response.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[1] for row in rows] == ["班级", "小学四年级数学晚班"]
    assert (rows[1][10], rows[1][6].date().isoformat()) == (720, "2026-05-12")


# Session, user, desk, stand-ins, unread notices and the saved session take eight of them.
LISTS = (
    ("desk", "filings:queue", 14),
    ("desk", "filings:list", 10),
    ("portal", "filings:portal", 17),
    ("portal", "pages:portal", 23),
)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("entrance", "name", "queries"), LISTS)
def test_a_list_takes_the_same_queries_at_one_and_at_three_rows(
    portal, desk, filed, django_assert_num_queries, entrance, name, queries, count
):
    filed(*[SUBJECT_ROW | {"班额": str(10 + n)} for n in range(count)])
    client = {"portal": portal, "desk": desk}[entrance]
    client.get(reverse(name))
    with django_assert_num_queries(queries):
        assert client.get(reverse(name)).status_code == 200


def test_a_class_that_is_over_is_marked_on_the_providers_page(client, filed, reviewer):
    running, over = filed(SUBJECT_ROW, SUBJECT_ROW | {"班级名称": "小学四年级数学冬班"})
    for filing in (running, over):
        approve_filing(filing=filing, actor=reviewer, at=AT)
    Filing.objects.filter(pk=running.pk).update(starts_on="2099-03-01", ends_on="2099-04-01")
    Filing.objects.filter(pk=over.pk).update(starts_on="2025-03-01", ends_on="2025-04-01")
    page = client.get(reverse("pages:provider", args=[running.institution.public_id]))
    assert text_of(page).count("已结束") == 1
    assert 'href="#classes"' in text_of(page)
