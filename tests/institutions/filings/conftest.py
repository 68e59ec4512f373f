"""An institution that files, its manager, its reviewers, and uploads that went through the job."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from institutions.models import FilingUpload, Institution
from institutions.services.filings_upload import upload_filings
from institutions.services.licences import grant_licence
from institutions.services.premises import add_premises
from institutions.services.register import (
    InstitutionDraft,
    LicenceDraft,
    register_institution,
)
from institutions.services.standards import StandardDraft, enter_standard
from regulator.calendars.services.shipped import load_shipped_calendars
from regulator.jobs.services import run_here
from regulator.kernel.actors import SYSTEM, Actor
from tests.institutions.filings.workbooks import good_row, workbook

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
LICENCE_NUMBER = "151011680000703"
ADDRESS = "成都市双流区东升街道长江路1号"

SUBJECT_ROW = {
    "班级名称": "小学四年级数学培训班",
    "开班日期": "2026-05-12",
    "结课日期": "2026-06-18",
    "上课星期": "周二、周四",
    "上课时间": "18:30-20:00",
}
CHINESE_CLASSICS_ROW = {
    "机构许可证号": "151011670000823",
    "班级名称": "国学小讲堂",
    "培训类别": "非学科类",
    "学科或项目": "国学",
    "上课星期": "周六",
    "上课时间": "09:00-10:30",
    "培训内容": "听先贤故事、学行礼。",
    "进度安排": "第1至3次故事",
    "培训材料": "讲义",
    "证书学科或专业": "国学讲师",
}
LATE_ROW = SUBJECT_ROW | {"班级名称": "小学四年级数学晚班", "上课时间": "19:30-21:00"}
UNNAMED_ROW = SUBJECT_ROW | {"班级名称": "春季提高班"}
UNREADABLE_ROW = SUBJECT_ROW | {"班级名称": "小学四年级数学周末班", "结课日期": ""}


@pytest.fixture
def calendar(district: Any) -> None:
    """The shipped calendar of the district, and the standard that it entered."""
    load_shipped_calendars(actor=SYSTEM, at=AT, divisions=[district.division])
    area = StandardDraft("pupil_area_m2_min", "3", "双流区设置标准", date(2024, 1, 1))
    enter_standard(division=district.division, draft=area, reason="公布", actor=SYSTEM, at=AT)


@pytest.fixture
def institution(calendar: None) -> Institution:
    """A subject institution under education, with a licence."""
    return registered("大树教育培训中心", LICENCE_NUMBER)


def registered(name: str, number: str, *, department: str = "education") -> Institution:
    """An institution with a place and a licence in force, through the register's services.

    One of education teaches subjects, one of another department arts.
    """
    is_subject = department == "education"
    kind = (
        {"category": "subject"}
        if is_subject
        else {"category": "non_subject", "activity": "culture_arts"}
    )
    institution = register_institution(
        division="510116",
        draft=InstitutionDraft(name=name, **kind),
        competent_department=department,
        on=date(2024, 1, 1),
        actor=SYSTEM,
        at=AT,
    )
    add_premises(
        institution=institution,
        address=ADDRESS,
        floor_area_m2=Decimal(600),
        on=date(2024, 1, 1),
        actor=SYSTEM,
        at=AT,
    )
    draft = LicenceDraft(
        number=number,
        name=name,
        **kind,
        address=ADDRESS,
        stages=("primary", "junior", "senior"),
        ways=("offline", "online_live", "online_recorded"),
        valid_from=date(2024, 1, 1),
        valid_until=date(2028, 12, 31),
    )
    grant_licence(institution=institution, draft=draft, actor=SYSTEM, at=AT)
    return institution


@pytest.fixture
def manager(institution: Institution, make_actor: Callable[..., Actor]) -> Actor:
    """The manager of the institution."""
    return make_actor("institution_manager", institution=institution.public_id)


@pytest.fixture
def reviewer(make_actor: Callable[..., Actor]) -> Actor:
    """A filing reviewer of the education department."""
    return make_actor("filing_reviewer")


Upload = Callable[..., FilingUpload]


def _teacher(row: int) -> dict[str, str]:
    if row == 0:
        return {}
    return {
        "授课教师": f"{'甲乙丙丁戊己庚辛'[row % 8]}老师",
        "资格证书号": f"2014516417933{row:04d}",
    }


@pytest.fixture
def upload(institution: Institution, manager: Actor) -> Upload:
    """`upload(row, …)` hands in those rows (changed cells by header) and runs the screening.

    Every other row has a teacher of its own, so that nobody teaches twice at one hour.
    """

    def hand_in(*rows: dict[str, Any], data: bytes = b"", at: datetime = AT) -> FilingUpload:
        made = upload_filings(
            institution=institution,
            file_name="春季班.xlsx",
            data=data or workbook([good_row(**_teacher(rows.index(row)) | row) for row in rows]),
            actor=manager,
            at=at,
        )
        run_here(made.job)
        made.refresh_from_db()
        return made

    return hand_in
