"""The pages of lists of contracts: template, other systems' columns, results, what goes back."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from fees.core.contract_rows import HEADERS
from fees.models import Contract, ContractUpload
from fees.resources.contract_reader import contract_template
from fees.services.contract_uploads import KEPT_DAYS, erase_due_uploads
from fees.tasks import contract_uploads as tasks
from institutions.models import ColumnMapping
from regulator.jobs.services import run_here, run_waiting_jobs
from tests.audited import unaudited
from tests.fees.conftest import AT
from tests.fees.contracts.conftest import NAMES, row, sheet_of, uploaded

THEIRS = {
    "合同号": "HT-1",
    "班级名称": "五年级数学",
    "签约日期": "2026-09-01",
    "学生姓名": "周小满",
    "家长": "周平安",
    "家长手机": "13912345678",
    "授权日期": "2026-08-30",
    "课时数": "40",
    "合同金额(元)": "3200",
    "支付方式": "微信",
    "经办人": "赵老师",
}


@pytest.fixture
def manager(client, login_as, active, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    login_as(client, "institution_manager", institution=active.institution.public_id)
    return client


def page(name: str, *args) -> str:
    return reverse(f"fees:{name}", args=args)


def sent(manager, data: bytes, name: str = "合同.xlsx"):
    return manager.post(page("contract_upload_form"), {"file": SimpleUploadedFile(name, data)})


def test_the_template_offers_the_classes_and_the_words(filing):
    book = load_workbook(BytesIO(contract_template([filing])))
    assert book.sheetnames == ["合同", "班级", "填表说明", "meta"]
    assert tuple(cell.value for cell in book["合同"][1]) == HEADERS
    assert [cell.value for cell in book["班级"][2]][:2] == [filing.number, "五年级数学"]
    lists = {
        str(one.sqref): one.formula1
        for one in book["合同"].data_validations.dataValidation
        if one.type == "list"
    }
    assert lists["B2:B5001"] == "'班级'!$A$2:$A$2"
    assert lists["N2:N5001"] == '"按课时,按周期,先学后付"'
    assert book["合同"].column_dimensions["F"].number_format == "@"
    assert [cell.value for cell in book["meta"][1]] == ["template_version", 1]


def test_a_filled_template_is_entered_and_shown_masked(manager, filing):
    sent(manager, sheet_of([row(filing, "HT-1"), row(filing, "HT-2", 总价="9999")]))
    upload = ContractUpload.objects.get()
    run_waiting_jobs()
    shown = manager.get(page("contract_upload", upload.public_id)).text
    assert "价格 9,999.00 元高于备案单价，最多 3,200.00 元。" in shown
    entered = manager.get(page("contract_upload", upload.public_id) + "?part=in").text
    assert page("own_contract", Contract.objects.get().public_id) in entered
    listed = manager.get(page("contract_upload_form")).text
    assert [name for name in NAMES if name in shown + entered + listed] == []


def test_the_same_file_leads_to_the_earlier_result(manager, filing):
    data = sheet_of([row(filing, "HT-1")])
    first, again = sent(manager, data), sent(manager, data)
    assert first["Location"] == again["Location"]
    assert "这份文件以前上传过，没有重复登记。" in manager.get(again["Location"]).text
    assert ContractUpload.objects.count() == 1


def test_another_systems_columns_are_named_once_and_recognised(manager, filing):
    columns = sent(manager, sheet_of([THEIRS], headers=THEIRS))["Location"]
    upload = ContractUpload.objects.get()
    assert columns == page("contract_upload_columns", upload.public_id)
    asked = manager.get(columns)
    assert [name for name in (*NAMES, "赵老师") if name in asked.text] == []
    form = asked.context["form"]
    data = {name: form[name].initial or "" for name in form.fields}
    data |= {
        "name": "平台合同",
        "source_name": "监管平台",
        "fixed_0": "2026-1",
        "fixed_2": "按课时",
    }
    manager.post(columns, data)
    run_waiting_jobs()
    made = Contract.objects.get()
    assert (made.number, made.means, made.consent_version) == ("HT-1", "mobile", "2026-1")
    sent(manager, sheet_of([THEIRS | {"合同号": "HT-2", "学生姓名": "吴明"}], headers=THEIRS))
    run_waiting_jobs()
    assert Contract.objects.count() == 2
    assert ColumnMapping.objects.get().target == "contract"


def test_a_mapping_without_a_needed_column_says_which(manager, filing):
    columns = sent(manager, sheet_of([THEIRS], headers=THEIRS))["Location"]
    form = manager.get(columns).context["form"]
    data = {name: form[name].initial or "" for name in form.fields}
    answer = manager.post(columns, data | {"name": "a", "source_name": "b", "column_0": ""})
    assert answer.status_code == 422
    assert "没有哪一列对应“合同编号”" in answer.text


def test_rows_go_back_with_reasons_in_the_columns_they_came_in(manager, filing):
    headers = [*reversed(HEADERS)]
    data = sheet_of([row(filing, "HT-2", 总价="x"), row(filing, "HT-1")], headers=headers)
    sent(manager, data)
    run_waiting_jobs()
    upload = ContractUpload.objects.get()
    answer = manager.get(page("contract_upload_returned", upload.public_id))
    sheet = load_workbook(BytesIO(answer.content)).active
    rows = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert rows[0] == [*headers, "原因"]
    assert rows[1][headers.index("合同编号")] == "HT-2"
    assert rows[1][-1] == "“总价”应是金额，单位元，最多两位小数。"
    assert len(rows) == 2
    fixed = sheet_of([row(filing, "HT-2")], headers=headers)
    sent(manager, fixed)
    run_waiting_jobs()
    assert Contract.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("x.pdf", b"%PDF-1.4 x", "PDF"),
        ("x.csv", "合同编号,总价\n".encode(), "没有内容行"),
        ("x.csv", ("合同编号,总价\n" + "x" * 501 + ",1\n").encode(), "超过 500 个字"),
        ("x.csv", ("合同编号,总价\n" + "x,1\n" * 5001).encode(), "5000"),
        ("x.csv", b"a," * (3 * 1024 * 1024), "5 MB"),
    ],
)
def test_what_is_no_list_is_told_at_once_and_not_kept(manager, filing, name, data, said):
    answer = sent(manager, data, name=name)
    assert answer.status_code == 422
    assert said in answer.text
    assert ContractUpload.objects.count() == 0


def test_an_old_template_is_told_by_its_version(manager, filing):
    book = load_workbook(BytesIO(contract_template([filing])))
    book["meta"]["B1"] = 7
    book["合同"].append(list(row(filing, "HT-1").values()))
    out = BytesIO()
    book.save(out)
    assert "模板是第 7 版，现在用的是第 1 版。" in sent(manager, out.getvalue()).text


def test_without_an_account_under_supervision_nothing_is_handed_in(manager, active, filing):
    with unaudited():
        type(active).objects.update(state="agreed", active_on=None)
    assert manager.get(page("contract_upload_form"))["Location"] == page("portal_account")


def test_an_interrupted_list_ends_as_one_read_at_once(active, filing, monkeypatch):
    """The worker dies at the end of every other chunk, before it commits."""
    monkeypatch.setattr(tasks, "CHUNK_ROWS", 2)
    upload = uploaded(active, sheet_of([row(filing, f"HT-{n}") for n in range(7)]))
    real, calls = tasks.import_rows, []

    def dies(**given):
        real(**given)
        calls.append(given)
        if len(calls) % 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(tasks, "import_rows", dies)
    for round_ in range(8):
        later = AT + timedelta(hours=round_)
        monkeypatch.setattr("django.utils.timezone.now", lambda at=later: at)
        try:
            run_here(upload.job)
        except KeyboardInterrupt:
            continue
    upload.refresh_from_db()
    assert (upload.state, upload.job.state, upload.job.cursor) == ("done", "done", 7)
    assert [one.outcome for one in upload.rows.all()] == ["added"] * 7
    assert Contract.objects.count() == 7
    assert len(calls) > 4


def test_a_list_whose_columns_were_never_named_is_erased_and_says_so(manager, filing):
    columns = sent(manager, sheet_of([THEIRS], headers=THEIRS))["Location"]
    assert erase_due_uploads(at=AT + timedelta(days=KEPT_DAYS)) == 1
    upload = ContractUpload.objects.get()
    shown = page("contract_upload", upload.public_id)
    assert manager.get(columns)["Location"] == shown
    assert "原表已按期删除" in manager.get(shown).text
    sent(manager, sheet_of([THEIRS], headers=THEIRS))
    assert ContractUpload.objects.count() == 2
