"""The fictional register, entered through the register's own services."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from institutions.choices.register import ACTIVITY_LABELS, STAGE_LABELS, WAY_LABELS
from institutions.models import Institution
from institutions.services.changes import change_operating_status
from institutions.services.identities import (
    InstitutionDraft,
    register_institution,
    verify_institution,
)
from institutions.services.licence_history import enter_past_decision
from institutions.services.licences import LicenceDraft, grant_licence
from institutions.services.premises import add_premises
from regulator.pages.core.demo_institutions import PlannedInstitution
from regulator.pages.services.seed_people import Staff

_AUTHORITIES = {
    "education": "成都市双流区教育局",
    "culture_tourism": "成都市双流区文化体育和旅游局",
    "sport": "成都市双流区文化体育和旅游局",
    "science": "成都市双流区科学技术局",
}
_DECISION = "双教决〔2026〕{number}号"


@dataclass(frozen=True)
class Seeded:
    """A planned institution and what the services made of it."""

    plan: PlannedInstitution
    institution: Institution


def moment(day: date, *, hour: int = 2) -> datetime:
    """A moment of a business day (hour in UTC; 2 is 10 in Shanghai)."""
    return datetime.combine(day, time(hour), tzinfo=UTC)


def seed_register(
    plans: Iterable[PlannedInstitution], *, staff: Staff, today: date
) -> Iterator[Seeded]:
    """Enter each institution with its papers, then bring its licence into its state."""
    for plan in plans:
        yield Seeded(plan, _seed_one(plan, staff, today))


def _seed_one(plan: PlannedInstitution, staff: Staff, today: date) -> Institution:
    # Who enters the register sits at the desk of the department that is competent.
    officer = staff.actor("licensing_officer", plan.department)
    entered = moment(plan.licence_starts_on)
    institution = register_institution(
        division=staff.division,
        draft=_draft(plan),
        competent_department=plan.department,
        on=plan.founded_on,
        actor=officer,
        at=entered,
    )
    if plan.state == "unverified":
        return institution
    for place in plan.premises:
        add_premises(
            institution=institution,
            address=place.address,
            area=place.area,
            floor_area_m2=Decimal(place.floor_area_m2),
            on=plan.licence_starts_on,
            actor=officer,
            at=entered,
        )
    licence = grant_licence(
        institution=institution, draft=_licence(plan), actor=officer, at=entered
    )
    verify_institution(institution=institution, actor=officer, at=entered + timedelta(hours=1))
    for move, day, reason in _moves(plan, today):
        enter_past_decision(
            licence=licence,
            move=move,
            reason=reason,
            decision_number=_DECISION.format(number=plan.number) if reason else "",
            actor=officer,
            at=moment(day),
        )
    if plan.state in ("cancelled", "revoked"):
        change_operating_status(
            institution=institution,
            status="closed",
            on=today - timedelta(days=20),
            reason="许可证已失效，不再办学。",
            actor=officer,
            at=moment(today - timedelta(days=20)),
        )
    institution.refresh_from_db()
    return institution


def _draft(plan: PlannedInstitution) -> InstitutionDraft:
    is_known = plan.state != "unverified"
    return InstitutionDraft(
        name=plan.name,
        category=plan.category,
        activity=plan.activity,
        legal_form=plan.legal_form,
        credit_code=plan.credit_code if is_known else "",
        registered_address=plan.premises[0].address if is_known else "",
        principal=plan.principal,
        legal_representative=plan.principal if is_known else "",
        credit_tier=plan.credit_tier,
    )


def _licence(plan: PlannedInstitution) -> LicenceDraft:
    return LicenceDraft(
        document_type="school_licence" if plan.licence_number else "approval_letter",
        number=plan.licence_number,
        name=plan.name,
        address=plan.premises[0].address,
        principal=plan.principal,
        sponsors=plan.principal,
        school_type="培训学校",
        content=_content(plan),
        competent_department_printed=_AUTHORITIES[plan.department],
        category=plan.category,
        activity=plan.activity,
        stages=plan.stages,
        ways=plan.ways,
        issuing_authority=_AUTHORITIES[plan.department],
        issuing_department=plan.department,
        issued_on=plan.licence_starts_on,
        valid_from=plan.licence_starts_on,
        valid_until=plan.licence_ends_before - timedelta(days=1),
    )


def _content(plan: PlannedInstitution) -> str:
    """What the licence says may be taught, put together from its scope."""
    stages = "、".join(str(STAGE_LABELS[code]) for code in plan.stages)
    ways = "、".join(str(WAY_LABELS[code]) for code in plan.ways)
    kind = str(ACTIVITY_LABELS[plan.activity]) if plan.activity else "学科"
    return f"{stages}{kind}类培训（{ways}）"


def _moves(plan: PlannedInstitution, today: date) -> list[tuple[str, date, str]]:
    """What happened to the licence since: (move, day, reason)."""
    lately = today - timedelta(days=30 + plan.number % 60)
    return {
        "suspended": [("suspend", lately, "年度检查发现预收费未进监管账户，限期整改。")],
        "expired": [("expire", plan.licence_ends_before, "")],
        "cancelled": [("cancel", lately, "举办者申请终止办学，学员已妥善安置。")],
        "revoked": [("revoke", lately, "以非学科名义开展学科类培训，情节严重。")],
    }.get(plan.state, [])
