"""A few papers of the fictional bureau: licences, and what the portal's institution was sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from institutions.core.papers.kinds import PaperKind
from institutions.models import Institution, Paper
from institutions.services.papers import PaperDraft, issue_papers
from institutions.services.papers_handing import confirm_receipt
from institutions.services.papers_licences import print_licence
from regulator.accounts.core.roles import Role
from regulator.jobs.models import Job
from regulator.jobs.services import run_here
from regulator.pages.services.seed_people import Staff
from regulator.pages.services.seed_register import Seeded, moment

_APPLICATION = "变更办学地址"


def seed_papers(seeded: Iterable[Seeded], *, staff: Staff, today: date) -> int:
    """Issue and render them; how many there are."""
    rows = list(seeded)
    manager = staff.actor(Role.INSTITUTION_MANAGER, "")
    shown = next(one for one in rows if str(one.institution.public_id) == manager.institution)
    papers = [*_licence_of(shown, staff, today), *_correspondence(shown.institution, staff, today)]
    other = _first(rows, state="in_force", category="non_subject")
    if other is not None:
        papers += _licence_of(other, staff, today)
    suspended = _first(rows, state="suspended", category="subject")
    if suspended is not None:
        papers += _suspension(suspended.institution, staff, today)
    for job in _rendering(papers):
        run_here(job)
    for paper in papers[:2]:
        confirm_receipt(paper=paper, actor=manager, at=moment(today - timedelta(days=150)))
    return len(papers)


def _first(rows: list[Seeded], *, state: str, category: str) -> Seeded | None:
    return next(
        (one for one in rows if (one.plan.state, one.plan.category) == (state, category)), None
    )


def _rendering(papers: list[Paper]) -> list[Job]:
    wanted = {str(paper.public_id) for paper in papers}
    jobs = Job.objects.filter(kind="institutions.render_papers").order_by("pk")
    return [job for job in jobs if wanted & set(job.params["papers"])]


def _licence_of(one: Seeded, staff: Staff, today: date) -> list[Paper]:
    licence = one.institution.licences.filter(state="in_force").first()
    if licence is None:
        return []
    day = min(today, max(one.plan.licence_starts_on, date(2026, 1, 5)))
    return print_licence(
        licence=licence,
        issued_on=day,
        actor=staff.actor("licensing_officer", one.plan.department),
        at=moment(day),
    )


def _correspondence(institution: Institution, staff: Staff, today: date) -> list[Paper]:
    """An application that lacked something, was completed, and is being examined."""
    asked, completed = today - timedelta(days=24), today - timedelta(days=12)
    gaps = [
        {"text": "新址的房屋租赁合同", "remedy": "补交租期覆盖许可有效期的合同"},
        {"text": "新址的消防验收材料", "remedy": "补交验收意见书或者备案凭证"},
    ]
    officer = staff.actor("licensing_officer", "education")
    application = {"application": _APPLICATION}
    first = PaperDraft(
        institution,
        PaperKind.GAP_LIST,
        application | {"received_on": asked.isoformat(), "gaps": gaps},
        asked + timedelta(days=3),
    )
    second = PaperDraft(
        institution,
        PaperKind.ACCEPTANCE,
        application
        | {
            "received_on": completed.isoformat(),
            "decide_by": (completed + timedelta(days=91)).isoformat(),
            "materials": ["变更申请书", "理事会决议", "新址的房屋租赁合同", "消防验收意见书"],
        },
        completed + timedelta(days=2),
    )
    return [
        paper
        for draft in (first, second)
        for paper in issue_papers(drafts=[draft], actor=officer, at=moment(draft.issued_on))
    ]


def _suspension(institution: Institution, staff: Staff, today: date) -> list[Paper]:
    day = today - timedelta(days=30)
    facts = {
        "reasons": [
            {
                "text": "年度检查发现预收费没有全部进入监管账户",
                "basis": "《校外培训机构预收费管理规定》和本区监管协议",
            }
        ],
        "measures": ["暂停招收新学员", "暂停收取培训费"],
        "starts_on": day.isoformat(),
    }
    draft = PaperDraft(institution, PaperKind.SUSPENSION_NOTICE, facts, day)
    officer = staff.actor("licensing_officer", "education")
    return issue_papers(drafts=[draft], actor=officer, at=moment(day))
