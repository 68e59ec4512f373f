"""The paper of a closure: what nobody could pay, contract by contract."""

from __future__ import annotations

from datetime import datetime

from fees.models import ClosurePlan, ClosureShare
from fees.services.records import day_of
from institutions.core.papers.kinds import PaperKind
from institutions.models import Paper
from institutions.services.papers import issue_paper
from regulator.kernel.actors import Actor
from regulator.kernel.money import format_yuan


def issue_claim_list(plan: ClosurePlan, *, actor: Actor, at: datetime) -> Paper:
    """The list of claims as a numbered paper, by contract number, without any person's name."""
    shares = plan.shares.select_related("contract").order_by("position")
    return issue_paper(
        institution=plan.escrow.institution,
        kind=PaperKind.CLAIM_LIST,
        facts={
            "ground": plan.reason,
            "claims": [{"text": _claim_words(one)} for one in shares if one.claim_fen],
            "amount": f"{format_yuan(plan.claim_fen)} 元",
        },
        issued_on=day_of(at),
        actor=actor,
        at=at,
    )


def _claim_words(share: ClosureShare) -> str:
    return (
        f"合同 {share.contract.number}：应退 {format_yuan(share.owed_fen)} 元，"
        f"已退 {format_yuan(share.share_fen)} 元，尚欠 {format_yuan(share.claim_fen)} 元"
    )
