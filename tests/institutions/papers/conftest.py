"""A school, the officers who issue papers to it, and a paper of any kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from institutions.models import Institution, Paper
from institutions.services.papers import issue_paper
from institutions.services.register import InstitutionDraft, register_institution
from regulator.kernel.actors import Actor
from tests.district import DIVISION, MakeActor
from tests.institutions.papers.facts import FACTS

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ON = date(2026, 3, 2)
Issue = Callable[..., Paper]
# Papers that a licensing officer does not issue, and who does.
ISSUERS = {
    "refund_decision": "fee_supervisor",
    "claim_list": "fee_supervisor",
    "filing_revocation": "filing_reviewer",
    "review_stop_notice": "filing_reviewer",
    "review_resume_notice": "filing_reviewer",
}


@pytest.fixture
def officer(make_actor: MakeActor) -> Actor:
    return make_actor("licensing_officer")


@pytest.fixture
def school(officer: Actor) -> Institution:
    return register_institution(
        division=DIVISION,
        draft=InstitutionDraft(name="双流区明德教育培训学校", category="subject"),
        competent_department="education",
        on=date(2024, 1, 8),
        actor=officer,
        at=AT,
    )


@pytest.fixture
def manager(make_actor: MakeActor, school: Institution) -> Actor:
    return make_actor("institution_manager", institution=school.public_id)


@pytest.fixture
def issue(school: Institution, officer: Actor, make_actor: MakeActor) -> Issue:
    """`issue("refusal", reasons=…)` → the paper; facts not given are complete ones."""

    def issued(kind: str, *, actor: Actor | None = None, on: date = ON, **facts: Any) -> Paper:
        role = ISSUERS.get(kind)
        actor = actor or (make_actor(role) if role else officer)
        return issue_paper(
            institution=school,
            kind=kind,
            facts=FACTS[kind] | facts,
            issued_on=on,
            actor=actor,
            at=AT,
        )

    return issued
