"""What is still to do about one member of staff on a day, the gravest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from institutions.core.staff.bases import BARRED, CERTIFIED, CHECKING, CONTRACT
from institutions.core.staff.certificates import judge_certificate
from institutions.core.staff.checks import bars, latest_check, recheck_of
from institutions.core.staff.facts import CheckKind, Employment, StaffFacts
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Breach, Undetermined
from regulator.kernel.workdays import add_months


@dataclass(frozen=True)
class StaffGap:
    """Something to do; `due_on` is the day by which, where the rule names one."""

    code: str
    basis: LegalBasis | None = None
    due_on: date | None = None


def gaps_of(facts: StaffFacts, on: date, *, recheck_months: int) -> tuple[StaffGap, ...]:
    """Everything open about a person who works here or is to be hired; nothing of who has left."""
    if facts.ends_before is not None and facts.ends_before <= on:
        return ()
    found: list[StaffGap] = []
    if facts.excluded or bars(facts):
        found.append(StaffGap("must_leave", BARRED if facts.excluded else CHECKING))
    recheck = recheck_of(facts, on, months=recheck_months)
    if recheck is not None and recheck.is_overdue:
        found.append(StaffGap("recheck_overdue", CHECKING, recheck.due_on))
    if facts.starts_on is None:
        missing = [kind for kind in CheckKind if latest_check(facts.checks, kind) is None]
        found.extend(StaffGap(f"{kind.value}_missing", CHECKING) for kind in missing)
    found.extend(_certificate_gaps(facts, on))
    found.extend(_paper_gaps(facts, on))
    return tuple(found)


def _certificate_gaps(facts: StaffFacts, on: date) -> list[StaffGap]:
    outcome = judge_certificate(facts, on)
    if isinstance(outcome, Breach):
        return [StaffGap(f"certificate_{outcome.evidence}", CERTIFIED)]
    if isinstance(outcome, Undetermined):
        return [StaffGap(f"certificate_{outcome.missing}_unknown", CERTIFIED)]
    return []


def _paper_gaps(facts: StaffFacts, on: date) -> list[StaffGap]:
    found: list[StaffGap] = []
    due_on = None if facts.starts_on is None else add_months(facts.starts_on, 1)
    lacks_contract = facts.contract_signed_on is None and facts.employment == Employment.FULL_TIME
    if due_on is not None and lacks_contract and on > due_on:
        found.append(StaffGap("contract_missing", CONTRACT, due_on))
    if not facts.has_identity:
        found.append(StaffGap("identity_missing", CHECKING))
    return found
