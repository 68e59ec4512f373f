"""An upload with many classes, good and bad, for the jobs that are killed."""

from __future__ import annotations

from datetime import date

from institutions.models import FilingUpload
from institutions.services.filings_upload import upload_filings
from institutions.services.register import (
    InstitutionDraft,
    LicenceDraft,
    record_licence,
    register_institution,
)
from regulator.calendars.services.shipped import load_shipped_calendars
from regulator.kernel.actors import SYSTEM
from tests.district import AT, DIVISION
from tests.institutions.filings.workbooks import good_row, workbook
from tests.killing.harness import lose_messages

NUMBER = "151011680000703"
NAME = "大树教育培训中心"


def certificate_of(number: int) -> str:
    """The certificate number of the class in a row of the sheet."""
    return f"2014516417{number:07d}"


def classes(count: int) -> bytes:
    """A workbook of so many classes: every fifth is too late, every eleventh lacks its last day."""
    rows = []
    for number in range(2, count + 2):
        changed = {"班级名称": f"小学四年级数学{number}班", "资格证书号": certificate_of(number)}
        if number % 5 == 0:
            changed["上课时间"] = "19:30-21:00"
        if number % 11 == 0:
            changed["结课日期"] = ""
        rows.append(good_row(**changed))
    return workbook(rows)


def upload_of(data: bytes) -> FilingUpload:
    """The upload of these bytes by an institution with a licence, its job not yet begun."""
    load_shipped_calendars(actor=SYSTEM, at=AT, divisions=[DIVISION])
    institution = register_institution(
        division=DIVISION,
        draft=InstitutionDraft(name=NAME, category="subject"),
        competent_department="education",
        on=date(2024, 1, 1),
        actor=SYSTEM,
        at=AT,
    )
    draft = LicenceDraft(
        number=NUMBER,
        name=NAME,
        category="subject",
        address="成都市双流区东升街道长江路1号",
        valid_from=date(2024, 1, 1),
        valid_until=date(2028, 12, 31),
    )
    record_licence(institution=institution, draft=draft, actor=SYSTEM, at=AT)
    lose_messages()
    return upload_filings(
        institution=institution, file_name="春季班.xlsx", data=data, actor=SYSTEM, at=AT
    )
