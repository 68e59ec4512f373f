"""Staff as a table: who goes in, who comes back, and what is never given out."""

from __future__ import annotations

from datetime import date

import pytest

from institutions.models import Institution, StaffMember
from institutions.resources.exchange_files import KINDS, table_file
from institutions.resources.exchange_staff import staff_table
from institutions.services.staff import record_staff_member
from institutions.services.staff_records import CertificateDraft, StaffDraft
from regulator.kernel.actors import SYSTEM
from tests.district import AT, District
from tests.institutions.exchange.made import counts, csv_bytes, read_in, taken_in
from tests.institutions.exchange.test_premises_table import previewed, reasons
from tests.institutions.register.test_pages import make_school

CERTIFICATE = "20215101161000123"


@pytest.fixture
def school(district: District) -> Institution:
    return make_school("明德教育培训学校", "教民151011670000018号")


@pytest.fixture
def teacher(school: Institution) -> StaffMember:
    draft = StaffDraft(
        name="李明",
        kind="teaching",
        employment="part_time",
        subjects=("数学", "物理"),
        teaching_history="=2019 年起\n在本机构任教",
        consent_signed_on=date(2026, 1, 5),
        certificates=[
            CertificateDraft("teacher", number=CERTIFICATE, subject="数学", issuer="双流区教育局")
        ],
    )
    return record_staff_member(institution=school, draft=draft, actor=SYSTEM, at=AT)


def row(school: Institution, **values: str) -> dict[str, str]:
    named = {"机构名称": school.name, "姓名": "王红", "人员类别": "教学人员"}
    return named | {"用工方式": "专职", "任教学科或项目": "语文", "岗位": ""} | values


@pytest.mark.parametrize("kind", KINDS)
def test_staff_given_out_and_taken_in_again_changes_nothing(
    teacher: StaffMember, kind: str
) -> None:
    before = list(StaffMember.objects.values())
    papers = list(teacher.certificates.values())
    data = table_file([staff_table(Institution.objects.all())], kind)
    assert CERTIFICATE.encode() not in data
    assert counts(taken_in(data, "staff", file_name=f"s.{kind}")) == (0, 0, 1, 0, 0)
    assert list(StaffMember.objects.values()) == before
    assert list(teacher.certificates.values()) == papers


def test_a_new_person_is_entered_as_a_candidate_with_the_certificate(school: Institution) -> None:
    paper = {"证书种类": "教师资格证", "证书编号": CERTIFICATE, "证书学科或专业": "语文"}
    assert counts(taken_in(csv_bytes([row(school, **paper)]), "staff")) == (1, 0, 0, 0, 0)
    member = StaffMember.objects.get()
    assert (member.name, member.kind, member.employment) == ("王红", "teaching", "full_time")
    assert (member.starts_on, member.person_index) == (None, "")
    assert member.certificates.get().last_four == CERTIFICATE[-4:]


def test_a_person_is_found_by_name_or_number_and_only_what_is_stated_changes(
    school: Institution, teacher: StaffMember
) -> None:
    by_name = {"机构名称": school.name, "姓名": "李明", "用工方式": "专职", "岗位": "教研组长"}
    assert counts(taken_in(csv_bytes([by_name]), "staff")) == (0, 1, 0, 0, 0)
    by_id = {"人员编号": str(teacher.public_id), "任教课程": "初中数学"}
    assert counts(taken_in(csv_bytes([by_id]), "staff")) == (0, 1, 0, 0, 0)
    teacher.refresh_from_db()
    assert (teacher.employment, teacher.post, teacher.courses, teacher.subjects) == (
        "full_time", "教研组长", "初中数学", ["数学", "物理"],
    )  # fmt: skip
    assert teacher.teaching_history == "=2019 年起\n在本机构任教"


REFUSED_ROWS = {
    "serving teacher": ({"身份情况": "在职教师"}, "在职"),
    "abroad": ({"身份情况": "外籍（境外）"}, "境外"),
    "assistant": ({"岗位": "助教"}, "助教"),
    "kind": ({"人员类别": "厨师"}, "不在可选的范围内"),
    "no kind": ({"人员类别": ""}, "没有填“人员类别”"),
    "no name": ({"姓名": ""}, "没有填“姓名”"),
    "date": ({"劳动合同签订日期": "签了"}, "不是日期"),
    "unknown person": ({"人员编号": "00000000-0000-7000-8000-000000000000"}, "没有编号为"),
    "certificate": ({"证书编号": CERTIFICATE}, "没有填“证书种类”"),
}


@pytest.mark.parametrize("case", REFUSED_ROWS)
def test_whoever_may_not_be_entered_comes_back_with_the_reason(
    school: Institution, case: str
) -> None:
    wrong, words = REFUSED_ROWS[case]
    good = dict.fromkeys(wrong, "") | row(school)
    written = taken_in(csv_bytes([good | wrong, good | {"姓名": "赵青"}]), "staff")
    assert counts(written) == (1, 0, 0, 0, 1)
    assert words in reasons(written)["2"]
    assert StaffMember.objects.get().name == "赵青"


def test_two_people_of_one_name_need_their_number(
    school: Institution, teacher: StaffMember
) -> None:
    record_staff_member(
        institution=school, draft=StaffDraft(name="李明", kind="other"), actor=SYSTEM, at=AT
    )
    written = taken_in(csv_bytes([row(school, 姓名="李明", 岗位="前台")]), "staff")
    assert "有 2 人同名" in reasons(written)["2"]
    other = make_school("求真培训学校")
    wrong = {"人员编号": str(teacher.public_id), "机构名称": other.name, "岗位": "甲"}
    assert "请核对编号和机构名称" in reasons(taken_in(csv_bytes([wrong]), "staff"))["2"]


def test_a_dry_run_shows_the_rows_and_writes_nothing(
    school: Institution, teacher: StaffMember
) -> None:
    data = csv_bytes([row(school), row(school, 姓名="李明", 用工方式="专职", 任教学科或项目="")])
    before = list(StaffMember.objects.values())
    assert previewed(read_in(data, "staff")) == [(2, "added"), (3, "changed")]
    assert list(StaffMember.objects.values()) == before
