"""The shown institution's own work: drafts, a change in review, a saved mapping, its material."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from institutions.core.exchange.filings import guess_headers
from institutions.core.material_states import BANNED_CONTENT
from institutions.core.screening.rows import HEADERS
from institutions.models import Filing, Institution, TrainingMaterial
from institutions.services.filings_drafts import (
    begin_draft,
    copy_filing,
    discard_draft,
    draft_change,
    save_draft,
)
from institutions.services.filings_handing_in import submit_draft
from institutions.services.filings_mappings import FilingMappingDraft, save_filing_mapping
from institutions.services.filings_review import approve_filing
from institutions.services.material_reviews import (
    ReviewDraft,
    file_material,
    record_desk_review,
    record_internal_review,
)
from institutions.services.materials import (
    AuthorDraft,
    MaterialDraft,
    add_author,
    add_file,
    enter_material,
)
from regulator.accounts.core.roles import Role
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused
from regulator.pages.services.seed_people import Staff
from regulator.pages.services.seed_register import moment

_PAGE = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""
_BEGUN = {
    "班级名称": "小学三年级数学培训班",
    "培训类别": "学科类",
    "学科或项目": "数学",
    "招生对象": "三年级",
    "培训方式": "线下",
    "培训内容": "两位数乘两位数；课后在微信群打卡。",
}
_PLATFORM_HEADERS = (
    *("课程名称", "期次", "课程类型", "学科", "适用年级", "授课方式", "上课地址"),
    *("开课日期", "结课日期", "上课日", "上课时段", "课时时长(分钟)", "课间休息", "课时数"),
    *("课程内容", "教学进度", "教材", "任课教师", "教师资格证编号", "证书学科", "专兼职"),
    *("招生人数", "总费用(元)", "开始收费日期", "收费类型"),
)
_AUTHOR = AuthorDraft("唐老师", 8, "teacher", "20155101234500017")


def seed_portal(*, staff: Staff, today: date) -> int:
    """What the shown institution is in the middle of; how many materials it has entered."""
    manager = staff.actor(Role.INSTITUTION_MANAGER, "")
    institution = Institution.objects.get(public_id=manager.institution)
    at = moment(today - timedelta(days=3))
    reviewer = staff.actor(Role.FILING_REVIEWER)
    _draft(institution, manager, at)
    _change(institution, manager, reviewer, at)
    _mapping(institution, reviewer, at)
    _materials(institution, manager, reviewer, at)
    return TrainingMaterial.objects.filter(institution=institution).count()


def _draft(institution: Institution, manager: Actor, at: datetime) -> None:
    """One half written and in breach, one copied from last term, one put away."""
    blank = dict.fromkeys(HEADERS, "")
    begin_draft(institution=institution, cells=blank | _BEGUN, actor=manager, at=at)
    earlier = institution.filings.filter(state="approved").order_by("starts_on").last()
    if earlier is not None:
        copy_filing(filing=earlier, actor=manager, at=at)
    gone = begin_draft(
        institution=institution,
        cells=blank | {"班级名称": "小学二年级语文培训班"},
        actor=manager,
        at=at,
    )
    discard_draft(draft=gone, actor=manager, at=at)


def _change(institution: Institution, manager: Actor, reviewer: Actor, at: datetime) -> None:
    """A change of one running class is with the bureau; one is approved first if none is."""
    running = institution.filings.filter(amends__isnull=True, ends_on__gt=at.date())
    approved = list(running.filter(state="approved", rechecks__isnull=True).order_by("-pk"))
    waiting = list(running.filter(state="submitted", breach_count=0).order_by("pk"))
    for filing in (*approved, *waiting):
        try:
            if filing.state == "submitted":
                filing = approve_filing(filing=filing, actor=reviewer, at=at)
            _changed(filing, manager, at)
        except Refused:
            continue
        return


def _changed(approved: Filing, manager: Actor, at: datetime) -> None:
    draft = draft_change(filing=approved, actor=manager, at=at)
    size = max(int(approved.class_size) - 2, 1)
    saved = save_draft(
        draft=draft,
        cells={"班额": str(size), "授课教师": "唐老师"},
        change_reason="原任课教师离职，由唐老师接任；换到小教室，班额相应减少。",
        statement="请对照新旧内容审核。",
        actor=manager,
        at=at,
    )
    submit_draft(draft=saved, actor=manager, at=at)


def _mapping(institution: Institution, reviewer: Actor, at: datetime) -> None:
    """The bureau has mapped the platform's export for everybody."""
    pairs = list(zip(_PLATFORM_HEADERS, guess_headers(_PLATFORM_HEADERS), strict=True))
    save_filing_mapping(
        division=institution.division_id,
        institution=None,
        draft=FilingMappingDraft("平台班级导出（演示）", "演示用的培训监管平台", pairs, {}),
        actor=reviewer,
        at=at,
    )


def _materials(institution: Institution, manager: Actor, reviewer: Actor, at: datetime) -> None:
    """One filed after both reviews, one that awaits the outside one, one sent back, one begun."""
    titles = ("自编学习单", "小学语文阅读讲义", "口算练习册", "课堂任务单")
    made = [_entered(institution, title, manager, at) for title in titles]
    filed, waiting, returned, _begun = made
    for material in (filed, waiting, returned):
        _passed_inside(material, manager, at)
    record_desk_review(material=filed, draft=_review(), actor=reviewer, at=at + timedelta(hours=1))
    file_material(material=filed, actor=manager, at=at + timedelta(hours=2))
    record_desk_review(
        material=returned,
        draft=_review(findings=("advertising",), remarks="封底印有报名热线和二维码，请删去。"),
        actor=reviewer,
        at=at + timedelta(hours=1),
    )


def _entered(
    institution: Institution, title: str, manager: Actor, at: datetime
) -> TrainingMaterial:
    draft = MaterialDraft(
        title=title,
        kind="self_written",
        category="subject",
        subject="数学",
        audience="小学",
        description="按本学期教学进度编写，课堂上使用，不带回家。",
    )
    material = enter_material(institution=institution, draft=draft, actor=manager, at=at)
    add_file(material=material, file_name=f"{title}.pdf", data=_PAGE, actor=manager, at=at)
    add_author(material=material, draft=_AUTHOR, actor=manager, at=at)
    return material


def _passed_inside(material: TrainingMaterial, manager: Actor, at: datetime) -> None:
    record_internal_review(material=material, draft=_review(at=at), actor=manager, at=at)


def _review(
    *, at: datetime | None = None, findings: tuple[str, ...] = (), remarks: str = ""
) -> ReviewDraft:
    return ReviewDraft(
        reviewer="教研主任 温老师" if at else "",
        reviewed_on=at.date() if at else None,
        answered=BANNED_CONTENT,
        findings=findings,
        remarks=remarks,
    )
