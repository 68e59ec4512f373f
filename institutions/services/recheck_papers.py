"""The decision by which an approval is taken back, as a numbered paper that is served."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import translation

from institutions.core.papers.kinds import PaperKind
from institutions.core.papers.wording import chinese_day
from institutions.core.recheck_states import HEARING, TAKING_BACK, RecheckFacts
from institutions.models import FilingRecheck, Paper
from institutions.selectors.filings_screening import local_day
from institutions.selectors.rechecks_page import recheck_view
from institutions.services.filings_submission import filing_subject
from institutions.services.notice_papers import tell_of_paper
from institutions.services.papers import issue_paper
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import InvariantError


def issue_revocation(
    *, recheck: FilingRecheck, facts: RecheckFacts, actor: Actor, at: datetime
) -> Paper:
    """Number, frozen facts and a PDF of the decision; the institution is told of it.

    Inside the decision's own command, before its first event. Raises Refused.
    """
    filing = recheck.filing
    paper = issue_paper(
        institution=filing.institution,
        kind=PaperKind.FILING_REVOCATION,
        facts=revocation_facts(recheck, facts),
        matter=recheck.public_id,
        issued_on=local_day(at),
        actor=actor,
        at=at,
        department=recheck.department_id,
    )
    tell_of_paper(paper=paper, about=filing_subject(filing), actor=actor, at=at)
    return paper


def revocation_facts(recheck: FilingRecheck, facts: RecheckFacts) -> dict[str, Any]:
    """What the paper freezes: what was found anew, how the institution was heard, why."""
    if facts.noticed_on is None:
        raise InvariantError(f"{recheck}: 没有告知就不能撤销通过。")
    with translation.override("zh-hans"):
        problems = [
            {"text": f"{one.title}：{one.message}", "basis": one.basis}
            for one in recheck_view(recheck).new
        ]
    return {
        "filing": recheck.filing.number,
        "class_name": recheck.filing.class_name,
        "notified_on": facts.noticed_on.isoformat(),
        "problems": problems,
        "statements": _statements(recheck, facts),
        "reasons": [line.strip() for line in facts.words.splitlines() if line.strip()],
        "basis": [HEARING.cite(), TAKING_BACK.cite()],
    }


def _statements(recheck: FilingRecheck, facts: RecheckFacts) -> str:
    """When the notice arrived, and what the institution said to it."""
    served = facts.delivered_on
    said = f"告知于{chinese_day(served.isoformat())}送达。" if served else ""
    if recheck.answered_at is None:
        return f"{said}你单位在规定的期限内没有陈述、申辩。"
    day = chinese_day(local_day(recheck.answered_at).isoformat())
    file = f"（附件：{recheck.answer_file_name}）" if recheck.answer_file_name else ""
    return f"{said}你单位于{day}答复{file}：{recheck.answer}"
