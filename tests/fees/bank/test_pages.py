"""Pages of attendance, release runs, statements and differences, as people use them."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from fees.models import (
    AttendanceSheet,
    AttendanceUpload,
    BankDifference,
    BankStatement,
    Lesson,
    LineMatch,
    ReceiptReport,
    ReleaseRun,
    StatementLine,
    StatementMapping,
)
from fees.resources.attendance_reader import attendance_template
from regulator.jobs.services import run_waiting_jobs
from tests.fees.bank.conftest import FEE, INVOICE, PAYMENT, csv_of


@pytest.fixture
def supervisor_client(client, login_as):
    login_as(client, "fee_supervisor")
    return client


@pytest.fixture
def manager_client(client, login_as, institution):
    login_as(client, "institution_manager", institution=institution.public_id)
    return client


def open_page(client, name, *args, **query):
    answer = client.get(reverse(f"fees:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def send(client, page, /, *args, **data):
    return client.post(reverse(f"fees:{page}", args=args), data)


def test_a_class_is_recorded_and_the_sheet_shows_who_was_there(paid, filing, manager_client):
    assert "五年级数学" in open_page(manager_client, "attendance")
    page = open_page(manager_client, "attendance_class", filing.public_id)
    assert "第 1 课，共 40 课" in page
    answer = send(
        manager_client, "attendance_class", filing.public_id,
        taught_on="2026-09-12", session="1", mark_0="present",
    )  # fmt: skip
    sheet = AttendanceSheet.objects.get()
    assert answer.headers["Location"] == reverse("fees:attendance_sheet", args=[sheet.public_id])
    assert "待家长确认" in open_page(manager_client, "attendance_sheet", sheet.public_id)
    assert Lesson.objects.get().number == 1


def test_who_did_not_pay_is_shown_with_the_reason_and_may_be_tried_again(
    contract, filing, manager_client
):
    send(
        manager_client, "attendance_class", filing.public_id,
        taught_on="2026-09-12", session="1", mark_0="present",
    )  # fmt: skip
    sheet = AttendanceSheet.objects.get()
    page = open_page(manager_client, "attendance_sheet", sheet.public_id)
    assert "再次消课" in page
    assert "还差 80.00 元" in page
    send(manager_client, "attendance_again", sheet.public_id)
    assert Lesson.objects.count() == 0


def test_a_day_outside_the_class_is_refused_with_its_days(paid, filing, manager_client):
    answer = send(
        manager_client, "attendance_class", filing.public_id,
        taught_on="2026-09-09", session="1", mark_0="present",
    )  # fmt: skip
    assert (
        "这个班的上课日期是 2026-09-10 至 2026-12-09，不含 2026-09-09。" in answer.content.decode()
    )
    assert AttendanceSheet.objects.count() == 0


def test_a_list_is_uploaded_and_its_bad_rows_come_back(
    paid, filing, manager_client, tmp_path, settings
):
    settings.DATA_DIR = tmp_path
    rows = [
        [filing.number, "2026-09-12", "1", "HT-1", "出勤"],
        [filing.number, "2026-09-19", "1", "HT-1", "迟到"],
        ["BA-X", "9月12日", "0", "HT-1", "出勤"],
    ]
    file = SimpleUploadedFile("考勤.xlsx", attendance_template(rows))
    send(manager_client, "attendance_upload", file=file)
    run_waiting_jobs()
    upload = AttendanceUpload.objects.get()
    page = open_page(manager_client, "attendance_uploaded", upload.public_id)
    assert upload.state == "done"
    assert "出勤情况“迟到”看不懂" in page
    assert "本机构没有备案号“BA-X”的班级。" in page
    assert "下载退回的行" in page
    assert list(Lesson.objects.values_list("number", "taught_on")) == [(1, date(2026, 9, 12))]


def test_a_file_that_is_no_list_says_what_is_missing(
    institution, manager_client, tmp_path, settings
):
    settings.DATA_DIR = tmp_path
    send(manager_client, "attendance_upload", file=SimpleUploadedFile("x.csv", b"a,b\n1,2\n"))
    run_waiting_jobs()
    upload = AttendanceUpload.objects.get()
    assert (upload.state, upload.problem) == (
        "unreadable",
        "没有找到表头，应有：班级备案号、上课日期、当天第几次、合同编号、出勤情况。",
    )


def test_the_template_lists_the_pupils_of_running_classes(paid, manager_client):
    answer = manager_client.get(reverse("fees:attendance_template"))
    assert answer.status_code == 200
    assert answer.content[:2] == b"PK"


def test_a_supervisor_asks_for_a_run_and_reads_what_stays(paid, filing, active, supervisor_client):
    open_page(supervisor_client, "release_new")
    answer = send(supervisor_client, "release_new", escrow="", on="2026-11-01", taught_on="")
    run_waiting_jobs()
    run = ReleaseRun.objects.get()
    assert answer.headers["Location"] == reverse("fees:release", args=[run.public_id])
    assert run.state == "done"
    assert "没有到期的课" in open_page(supervisor_client, "release", run.public_id)
    assert "全区" in open_page(supervisor_client, "releases")


def test_a_statement_is_uploaded_read_and_its_lines_are_booked(
    paid, active, mapping, supervisor_client, tmp_path, settings
):
    settings.DATA_DIR = tmp_path
    file = SimpleUploadedFile("九月.csv", csv_of(PAYMENT, FEE))
    send(
        supervisor_client, "statement_upload",
        escrow=str(active.public_id), mapping=str(mapping.public_id), file=file,
    )  # fmt: skip
    run_waiting_jobs()
    statement = BankStatement.objects.get()
    page = open_page(supervisor_client, "statement", statement.public_id)
    assert "家长缴费" in page
    assert "李远" not in page
    line = StatementLine.objects.get(reference="B2")
    assert "记账并勾对" in open_page(supervisor_client, "bank_line", line.public_id)
    send(supervisor_client, "bank_line", line.public_id, rule="bank_fee", contract="", reference="")
    assert LineMatch.objects.filter(line=line, how="booked").count() == 1
    assert "九月.csv" in open_page(supervisor_client, "statements")


def test_a_proposal_is_accepted_on_the_line(paid, active, read, supervisor_client):
    read("2026-09-02,B7,李远,学费,3200.00,,")
    line = StatementLine.objects.get()
    page = open_page(supervisor_client, "bank_line", line.public_id)
    assert "可能是这些分录" in page
    key = page.split('name="posting" value="')[1].split('"')[0]
    send(supervisor_client, "bank_match", line.public_id, posting=key)
    assert LineMatch.objects.get().how == "amount"


def test_a_difference_is_explained_on_its_page(paid, active, read, supervisor_client):
    read(PAYMENT)
    assert "机构没有申报" in open_page(supervisor_client, "differences")
    difference = BankDifference.objects.get(code="report_missing")
    assert "请机构补报" in open_page(supervisor_client, "difference", difference.public_id)
    send(supervisor_client, "difference", difference.public_id, reason="节假日后补报")
    page = open_page(supervisor_client, "difference", difference.public_id)
    assert "节假日后补报" in page
    assert "没有这样的差异" in open_page(supervisor_client, "differences")
    assert "机构没有申报" in open_page(supervisor_client, "differences", state="resolved")


def test_an_institution_reports_and_sees_its_own_differences(paid, active, read, manager_client):
    read(PAYMENT)
    page = open_page(manager_client, "receipts")
    assert "机构没有申报" in page
    send(
        manager_client, "receipts",
        escrow=str(active.public_id), day="2026-09-01", receipt_count="1", amount="3,200.00",
    )  # fmt: skip
    assert ReceiptReport.objects.get().amount_fen == 3200_00
    assert "没有待处理的差异" in open_page(manager_client, "receipts")


def test_a_mapping_without_its_columns_is_refused_by_their_names(supervisor_client):
    data = {
        "name": "城东", "amounts": "signed", "date_format": "%Y-%m-%d", "encoding": "utf-8-sig",
        "header_row": "1", "incoming_word": "贷",
    }  # fmt: skip
    page = send(supervisor_client, "statement_mapping", **data).content.decode()
    assert "栏目对应缺少“日期”。" in page
    assert "栏目对应缺少“金额”。" in page
    assert StatementMapping.objects.count() == 0
    send(supervisor_client, "statement_mapping", **data, date="日期", amount="金额")
    assert StatementMapping.objects.get().version == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_differences_asks_the_same_whatever_its_length(
    active, read, supervisor_client, django_assert_num_queries, rows
):
    read(*(f"2026-09-0{n},C{n}000,王平,学费,{n}00,," for n in range(1, rows + 1)))
    open_page(supervisor_client, "differences")
    with django_assert_num_queries(11):
        open_page(supervisor_client, "differences")


def test_the_invoice_stands_in_the_statement(paid, read, supervisor_client):
    statement = read(PAYMENT)
    assert INVOICE in open_page(supervisor_client, "statement", statement.public_id)
