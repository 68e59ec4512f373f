"""Another system's list of classes: mapped once, recognised the next time."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from institutions.core.screening.rows import HEADERS
from institutions.models import ColumnMapping, FilingUpload
from institutions.selectors.filings_mappings import recognised_mapping
from institutions.services.filings_mappings import FilingMappingDraft, save_filing_mapping
from regulator.jobs.services import run_here
from regulator.kernel.outcomes import Refused
from tests.institutions.filings.conftest import AT, SUBJECT_ROW, registered
from tests.institutions.filings.workbooks import good_row, workbook

THEIRS = {
    "课程名称": "小学四年级数学培训班",
    "期次": "2026春2期",
    "课程类型": "学科",
    "学科": "数学",
    "适用年级": "四年级",
    "授课方式": "面授",
    "上课地址": "成都市双流区东升街道长江路1号",
    "开课日期": "2026-05-12",
    "结课日期": "2026-06-18",
    "上课日": "周二、周四",
    "上课时段": "18:30-20:00",
    "课时时长(分钟)": "40",
    "课间休息": "10",
    "课时数": "24",
    "课程内容": "三角形的特性、小数的加法和减法。",
    "教学进度": "第1—6次课三角形的特性；第7—12次课小数的加减",
    "教材": "人教版数学四年级下册教材",
    "任课教师": "龙老师",
    "教师资格证编号": "20145164179338409",
    "证书学科": "小学数学",
    "专兼职": "专职教师",
    "招生人数": "15",
    "总费用(元)": "720",
    "开始收费日期": "2026-05-09",
    "收费类型": "按周期收费",
    "身份证号": "510102201001011234",
}


def export(*rows: dict[str, str], title: str = "班级导出") -> bytes:
    """The platform's workbook: a title above its headers, an unknown sheet name."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Sheet1"
    sheet.append([title])
    sheet.append(list(THEIRS))
    for row in rows or (THEIRS,):
        sheet.append(list((THEIRS | row).values()))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def portal(client: Client, login_as, institution, monkeypatch) -> Client:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    login_as(client, "institution_manager", institution=institution.public_id)
    return client


def sent(portal: Client, data: bytes, name: str = "导出.xlsx"):
    file = SimpleUploadedFile(name, data)
    return portal.post(reverse("filings:upload_form"), {"file": file})


def chosen(page) -> dict[str, str]:
    """The form of the columns as it came, named."""
    form = page.context["form"]
    data = {name: form[name].initial or "" for name in form.fields}
    return data | {"name": "平台导出", "source_name": "监管平台"}


def test_unknown_headers_lead_to_the_mapping_and_the_same_are_recognised(portal, institution):
    assert sent(portal, export())["Location"] == reverse("filings:columns")
    assert FilingUpload.objects.count() == 0
    page = portal.get(reverse("filings:columns"))
    text = page.content.decode()
    assert ("510102201001011234" in text, "20145164179338409" in text) == (False, False)
    saved = portal.post(reverse("filings:columns"), chosen(page))
    upload = FilingUpload.objects.get()
    assert saved["Location"] == reverse("filings:upload", args=[upload.public_id])
    assert (upload.mapping.name, upload.mapping.institution) == ("平台导出", institution)
    run_here(upload.job)
    row = upload.rows.get()
    assert (row.row_number, row.outcome, row.cells["培训方式"]) == (3, "clear", "线下")
    again = sent(portal, export({"课程名称": "小学四年级数学二班"}))
    second = FilingUpload.objects.exclude(pk=upload.pk).get()
    assert again["Location"] == reverse("filings:upload", args=[second.public_id])
    assert second.mapping == upload.mapping
    assert ColumnMapping.objects.count() == 1


def test_our_own_template_needs_no_mapping(portal):
    sent(portal, workbook([good_row(**SUBJECT_ROW)]))
    assert FilingUpload.objects.get().mapping is None


def test_a_renamed_column_of_ours_is_told_and_may_be_mapped(portal):
    headers = list(HEADERS)
    headers[1] = "班名"
    answer = sent(portal, workbook([good_row(**SUBJECT_ROW)], headers=headers))
    text = answer.content.decode()
    assert (answer.status_code, "班名" in text) == (422, True)
    assert reverse("filings:columns") in text


def test_what_is_no_table_is_only_told(portal):
    answer = sent(portal, b"%PDF-1.4 not a table", name="a.pdf")
    assert answer.status_code == 422
    assert reverse("filings:columns") not in answer.content.decode()


def draft(**changed) -> FilingMappingDraft:
    pairs = [
        ("课程名称", "班级名称"),
        ("开课日期", "开班日期"),
        ("结课日期", "结课日期"),
        ("课程内容", "培训内容"),
    ]
    return FilingMappingDraft(
        **{"name": "平台", "source_name": "平台", "pairs": pairs, "fixed": {}, **changed}
    )


def test_a_mapping_gives_every_reason(institution, manager):
    with pytest.raises(Refused) as refused:
        save_filing_mapping(
            division="510116",
            institution=institution,
            draft=draft(name="", source_name="", pairs=[("a", "班额"), ("b", "班额")]),
            actor=manager,
            at=AT,
        )
    assert [one.code for one in refused.value.refusals] == [
        "exchange.mapping_nameless",
        "exchange.source_missing",
        *["exchange.mapping_without"] * 4,
        "exchange.mapping_twice",
    ]
    assert ColumnMapping.objects.count() == 0


def test_the_bureaus_mapping_serves_everybody_and_ones_own_goes_first(
    institution, manager, reviewer
):
    shared = save_filing_mapping(
        division="510116", institution=None, draft=draft(), actor=reviewer, at=AT
    )
    headers = ["课程名称", "开课日期", "结课日期", "课程内容"]
    assert recognised_mapping(institution, headers) == shared
    own = save_filing_mapping(
        division="510116", institution=institution, draft=draft(), actor=manager, at=AT
    )
    assert recognised_mapping(institution, headers) == own
    other = registered("小树教育培训中心", "151011680000711")
    assert recognised_mapping(other, headers) == shared
    assert recognised_mapping(institution, headers[:3]) is None


def test_a_changed_mapping_is_a_new_version_and_the_same_again_is_not(institution, manager):
    def save(**changed):
        return save_filing_mapping(
            division="510116",
            institution=institution,
            draft=draft(**changed),
            actor=manager,
            at=AT,
        )

    first = save()
    assert save() == first
    second = save(fixed={"培训方式": "线下"})
    assert (second.version, second.is_current) == (2, True)
    first.refresh_from_db()
    assert first.is_current is False


def test_nobody_saves_for_another_institution_or_for_the_bureau(institution, manager, make_actor):
    other = registered("小树教育培训中心", "151011680000711")
    stranger = make_actor("institution_manager", institution=other.public_id)
    for actor, owner in ((stranger, institution), (manager, None)):
        with pytest.raises(Refused):
            save_filing_mapping(
                division="510116", institution=owner, draft=draft(), actor=actor, at=AT
            )
    assert ColumnMapping.objects.count() == 0


def test_the_bureau_maps_a_sample(login_as, district):
    desk = Client()
    login_as(desk, "filing_reviewer")
    file = SimpleUploadedFile("样表.xlsx", export())
    asked = desk.post(reverse("filings:desk_mappings"), {"file": file})
    assert asked["Location"] == reverse("filings:desk_columns")
    page = desk.get(reverse("filings:desk_columns"))
    desk.post(reverse("filings:desk_columns"), chosen(page))
    assert ColumnMapping.objects.get().institution is None
    assert "平台导出" in desk.get(reverse("filings:desk_mappings")).content.decode()
