"""Credit points from every room, and the tiers they propose.

Inspections knows findings and upheld complaints, institutions the annual check, fees the warnings
on prepaid fees. A warning counts once a person has acted on it: by itself it proves nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from fees.models import RiskWarning
from inspections.core.credit.points import (
    Assessment,
    CreditFact,
    PointKind,
    Thresholds,
    assess,
    months_later,
)
from inspections.models import TierProposal
from inspections.selectors.credit import due_proposals, open_institutions
from inspections.selectors.credit_facts import (
    Facts,
    complaint_facts,
    finding_facts,
    looked_at,
)
from inspections.services.credit_tiers import propose_by_hand, propose_tier, settle_tier
from institutions.core.journeys.bases import ANNUAL_CHECK
from institutions.models import Institution, Journey
from regulator.calendars.selectors.settings import division_settings
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused

_CHUNK = 200
_WARNING_BASIS = "成都市校外培训机构预收费监管细则：进入信用等级库"
_COUNTED_WARNINGS = ("orange", "red")


@dataclass(frozen=True)
class TierRun:
    """What a night's run did."""

    proposed: int
    in_effect: int
    undetermined: int


def assess_institutions(
    institutions: Collection[Institution], *, division: str, on: date
) -> dict[int, Assessment]:
    """The assessment of each institution on a day, by its key; a fixed number of queries."""
    settings = division_settings(division, on)
    months = settings.credit_window_months
    since = months_later(on, -months)
    checks, checked = annual_check_facts(institutions, since=since)
    sources: tuple[Facts, ...] = (
        finding_facts(institutions, since=since),
        complaint_facts(institutions, since=since),
        checks,
        warning_facts(institutions, since=since),
    )
    known = checked | looked_at(institutions, since=since)
    return {
        one.pk: assess(
            [fact for source in sources for fact in source.get(one.pk, ())],
            settings.credit_weights,
            Thresholds(*settings.credit_thresholds),
            on=on,
            months=months,
            is_known=one.pk in known,
        )
        for one in institutions
    }


def annual_check_facts(
    institutions: Collection[Institution], *, since: date
) -> tuple[Facts, set[int]]:
    """Failed annual checks by institution key, and who had any result since a day."""
    rows = Journey.objects.filter(
        institution__in=institutions,
        kind="annual_check",
        outcome__in=("done", "failed"),
        ended_on__gte=since,
    )
    found: Facts = {}
    checked: set[int] = set()
    for row in rows:
        if row.institution_id is None or row.ended_on is None:
            continue
        checked.add(row.institution_id)
        if row.outcome == "failed":
            fact = CreditFact(
                kind=PointKind.ANNUAL_CHECK,
                reference=row.number,
                happened_on=row.ended_on,
                weight_code="credit_annual_failed",
                basis=ANNUAL_CHECK.cite(),
                text=f"{row.details.get('check_year', '')}年度检查不合格",
            )
            found.setdefault(row.institution_id, []).append(fact)
    return found, checked


def warning_facts(institutions: Collection[Institution], *, since: date) -> Facts:
    """Serious warnings on which a person acted and that nobody called a false alarm."""
    rows = (
        RiskWarning.objects.filter(
            institution__in=institutions,
            tier__in=_COUNTED_WARNINGS,
            as_of__gte=since,
            answers__kind="action",
        )
        .exclude(answers__kind="false_alarm")
        .distinct()
    )
    found: Facts = {}
    for row in rows:
        fact = CreditFact(
            kind=PointKind.ESCROW_WARNING,
            reference=f"{row.as_of.isoformat()}",
            happened_on=row.as_of,
            weight_code="credit_escrow_warning",
            basis=_WARNING_BASIS,
            text=f"{row.get_tier_display()}预警",
        )
        found.setdefault(row.institution_id, []).append(fact)
    return found


def propose_other_tier(
    *, institution: Institution, tier: str, reason: str, actor: Actor, at: datetime
) -> TierProposal:
    """Propose another tier than the day's points give, with these points beside it.

    Raises Refused with every reason; a second person must let it out.
    """
    on, division = timezone.localdate(at), institution.division_id
    found = assess_institutions([institution], division=division, on=on)
    return propose_by_hand(
        institution=institution,
        tier=tier,
        reason=reason,
        assessment=found[institution.pk],
        actor=actor,
        at=at,
    )


def run_credit_tiers(*, division: str, actor: Actor, at: datetime) -> TierRun:
    """Let what is due take effect, then propose what the points of the day give.

    Safe to run twice: what is open or unchanged is passed over.
    """
    on = timezone.localdate(at)
    in_effect = sum(_settled(one, actor, at) for one in due_proposals(division, on=on))
    rows = list(
        Institution.objects.filter(division=division, place="")
        .exclude(status="closed")
        .order_by("pk")
    )
    proposed = undetermined = 0
    for start in range(0, len(rows), _CHUNK):
        chunk = rows[start : start + _CHUNK]
        found = assess_institutions(chunk, division=division, on=on)
        pending = open_institutions(chunk)
        proposed += sum(
            _propose(one, found, on=on, actor=actor, at=at)
            for one in chunk
            if one.pk in pending or found[one.pk].tier not in ("", one.credit_tier)
        )
        undetermined += sum(not found[one.pk].tier for one in chunk)
    return TierRun(proposed=proposed, in_effect=in_effect, undetermined=undetermined)


def _settled(proposal: TierProposal, actor: Actor, at: datetime) -> bool:
    """Whether it took effect; an objection that came meanwhile leaves it to a person."""
    try:
        settle_tier(proposal=proposal, actor=actor, at=at)
    except Refused:
        return False
    return True


def _propose(
    institution: Institution,
    found: Mapping[int, Assessment],
    *,
    on: date,
    actor: Actor,
    at: datetime,
) -> bool:
    assessment = found[institution.pk]
    made = propose_tier(institution=institution, assessment=assessment, on=on, actor=actor, at=at)
    return made is not None
