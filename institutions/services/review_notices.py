"""A review's term stands still by a served notice, and runs again with another.

Source: 行政许可法 art. 45, whose idea the bureau follows for filings: what hearing, appraisal and
expert review take is not counted, and the party is told in writing. The term stands still from the
day the notice was served, not from the day somebody wrote it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import translation

from institutions.core.appraisal_states import MOVES
from institutions.core.journeys.bases import NOT_COUNTED
from institutions.core.papers.kinds import PaperKind
from institutions.models import Appraisal, Filing, Paper
from institutions.selectors.appraisals import OPEN
from institutions.selectors.filings_screening import local_day
from institutions.services.filings_submission import filing_subject
from institutions.services.notice_papers import tell_of_paper
from institutions.services.papers import issue_paper
from institutions.services.review_clocks import (
    hold_review_clocks,
    resume_review_clock,
    review_deadline,
    stop_review_clock,
)
from regulator.kernel.actors import SYSTEM, Actor

PANEL, CITY = "panel", "city"
# While an appraisal is in one of these states the notice for it holds the term.
_STANDS_FOR = {"opened": PANEL, "voting": PANEL, "escalated": CITY}


def issue_stop_notice(appraisal: Appraisal, *, actor: Actor, at: datetime) -> Paper:
    """The numbered notice that the term will stand still: why, by which article, until when.

    Inside the command that sends the case to the panel or to the city, before its first event.
    """
    stop_for = _STANDS_FOR[appraisal.state]
    with translation.override("zh-hans"):
        facts = _common(appraisal) | {
            "stop_for": stop_for,
            "ground": _panel_ground(appraisal) if stop_for == PANEL else _city_ground(appraisal),
            "basis": [
                f"依照{MOVES['adopt'].basis.cite()}，这一项需要鉴别认定",
                f"参照{NOT_COUNTED.cite()}，鉴别认定所需时间不计算在期限内",
            ],
        }
        if stop_for == PANEL:
            facts["expected_until"] = appraisal.deadline.due_on.isoformat()
    return _issued(appraisal, PaperKind.REVIEW_STOP_NOTICE, facts, actor=actor, at=at)


def hold_review_of(paper: Paper) -> None:
    """Before a paper is locked to be served: lock the review whose term it may stop."""
    appraisal = _appraisal_of(paper)
    if appraisal is not None:
        Filing.objects.select_for_update().get(pk=appraisal.filing_id)
        hold_review_clocks(appraisal.division_id)


def stop_review_by(paper: Paper) -> date | None:
    """A stop notice was served: the term stands still from that day, if it still has a reason to.

    The day; None for every other paper, and where the appraisal was over before it arrived.
    """
    appraisal = _appraisal_of(paper)
    if appraisal is None or paper.served_on is None:
        return None
    if _STANDS_FOR.get(appraisal.state) != paper.facts["stop_for"]:
        return None
    deadline = stop_review_clock(appraisal.filing, on=paper.served_on)
    return None if deadline is None else paper.served_on


def resume_review(appraisal: Appraisal, *, ground: str, at: datetime) -> Paper | None:
    """The reason is gone: the term runs again, and the institution is told in writing.

    Nobody decides this, so it goes out in the name of the system. Nothing is issued where the term
    never stood still, or still does for another finding. Inside a command, before its first event.
    """
    deadline = review_deadline(appraisal.filing)
    if deadline is None or not deadline.is_stopped or _held_by_another(appraisal):
        return None
    on = max(local_day(at), deadline.starts_on)
    resumed = resume_review_clock(appraisal.filing, on=on)
    if resumed is None or resumed.is_stopped:
        return None
    facts = _common(appraisal) | {
        "ground": ground,
        "stopped_on": resumed.stops[-1][0],
        "resumed_on": resumed.stops[-1][1],
        "decide_by": resumed.due_on.isoformat(),
    }
    return _issued(appraisal, PaperKind.REVIEW_RESUME_NOTICE, facts, actor=SYSTEM, at=at)


def _issued(
    appraisal: Appraisal, kind: PaperKind, facts: dict[str, Any], *, actor: Actor, at: datetime
) -> Paper:
    paper = issue_paper(
        institution=appraisal.filing.institution,
        kind=kind,
        facts=facts,
        matter=appraisal.public_id,
        issued_on=local_day(at),
        actor=actor,
        at=at,
        department=appraisal.department_id,
    )
    tell_of_paper(paper=paper, about=filing_subject(appraisal.filing), actor=actor, at=at)
    return paper


def _common(appraisal: Appraisal) -> dict[str, Any]:
    return {"filing": appraisal.filing.number, "class_name": appraisal.filing.class_name}


def _panel_ground(appraisal: Appraisal) -> str:
    asked = appraisal.question.strip()
    return (
        f"其中“{appraisal.rule_title}”一项系统无法判定，需要由专家组鉴别（{appraisal.number}）。"
        f"专家组要回答的问题是：{asked}"
    )


def _city_ground(appraisal: Appraisal) -> str:
    return (
        f"你单位对专家组就“{appraisal.rule_title}”一项的结论（{appraisal.number}）提出异议，"
        f"本机关已经提请市级教育部门认定（{appraisal.escalation_document}）。"
    )


def _appraisal_of(paper: Paper) -> Appraisal | None:
    if paper.kind != PaperKind.REVIEW_STOP_NOTICE.value or paper.matter is None:
        return None
    return Appraisal.objects.select_related("filing").get(public_id=paper.matter)


def _held_by_another(appraisal: Appraisal) -> bool:
    """Whether another finding of the same filing is still with a panel or the city, by notice."""
    others = appraisal.filing.appraisals.filter(state__in=OPEN).exclude(pk=appraisal.pk)
    return any(_is_held(one) for one in others)


def _is_held(appraisal: Appraisal) -> bool:
    served = Paper.objects.filter(
        matter=appraisal.public_id,
        kind=PaperKind.REVIEW_STOP_NOTICE.value,
        served_on__isnull=False,
    )
    stands_for = _STANDS_FOR.get(appraisal.state)
    return any(notice.facts["stop_for"] == stands_for for notice in served)
