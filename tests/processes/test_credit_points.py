"""Credit tiers through every room: points, notice, objection, effect, two persons by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from inspections.models import CreditEvent, TierProposal
from inspections.services.credit_events import ComplaintEntry, record_complaint, revoke_complaint
from inspections.services.credit_tiers import (
    approve_by_hand,
    object_to_tier,
    reject_objection,
    settle_tier,
    uphold_objection,
)
from institutions.models import Institution, Notice
from regulator.kernel.actors import SYSTEM, Actor
from regulator.kernel.outcomes import Refused
from regulator.processes.credit_points import propose_other_tier, run_credit_tiers
from tests.district import DIVISION, MakeActor
from tests.inspections.town import coordinator, institutions, second

__all__ = ["coordinator", "institutions", "second"]
NIGHT = datetime(2026, 3, 2, 19, 10, tzinfo=UTC)  # 3 March in Shanghai


@pytest.fixture
def school(institutions: list[Institution]) -> Institution:
    return institutions[0]


@pytest.fixture
def manager(make_actor: MakeActor, school: Institution) -> Actor:
    return make_actor("institution_manager", institution=school.public_id)


@pytest.fixture
def clerk(make_actor: MakeActor) -> Actor:
    return make_actor("complaints_clerk")


def complain(school: Institution, clerk: Actor, reference: str) -> CreditEvent:
    entry = ComplaintEntry(reference, date(2026, 2, 2), "没有按时退费", "答复.pdf", b"%PDF")
    return record_complaint(institution=school, entry=entry, actor=clerk, at=NIGHT)


@pytest.fixture
def proposal(school: Institution, clerk: Actor) -> TierProposal:
    complain(school, clerk, "TS-1")
    complain(school, clerk, "TS-2")
    run_credit_tiers(division=DIVISION, actor=SYSTEM, at=NIGHT)
    return TierProposal.objects.get()


def codes(error: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in error.value.refusals]


def test_points_propose_a_tier_and_the_institution_is_told(
    proposal: TierProposal, school: Institution
) -> None:
    assert (proposal.tier_before, proposal.tier, proposal.total) == ("A", "B", 40)
    assert proposal.state == "notified"
    # Ten working days from 4 March, none of them a holiday.
    assert proposal.object_until == date(2026, 3, 17)
    assert [one["reference"] for one in proposal.points] == ["TS-1", "TS-2"]
    assert proposal.points[0]["expires_on"] == "2027-02-02"
    assert Notice.objects.filter(institution=school, kind="tier_proposed").count() == 1
    school.refresh_from_db()
    assert school.credit_tier == "A"


def test_nobody_is_proposed_of_whom_nothing_is_known(institutions: list[Institution]) -> None:
    run = run_credit_tiers(division=DIVISION, actor=SYSTEM, at=NIGHT)
    assert (run.proposed, run.undetermined) == (0, len(institutions))
    assert TierProposal.objects.count() == 0


def test_a_second_night_changes_nothing(proposal: TierProposal) -> None:
    run = run_credit_tiers(division=DIVISION, actor=SYSTEM, at=NIGHT + timedelta(days=1))
    assert (run.proposed, run.in_effect) == (0, 0)
    assert TierProposal.objects.get().state == "notified"


def test_it_takes_effect_the_day_after_the_objection_period(
    proposal: TierProposal, school: Institution
) -> None:
    last_day = datetime(2026, 3, 17, 1, 0, tzinfo=UTC)
    with pytest.raises(Refused) as refused:
        settle_tier(proposal=proposal, actor=SYSTEM, at=last_day)
    assert codes(refused) == ["tier.objection_open"]
    run = run_credit_tiers(division=DIVISION, actor=SYSTEM, at=last_day + timedelta(days=1))
    assert run.in_effect == 1
    school.refresh_from_db()
    assert school.credit_tier == "B"


def test_an_objection_holds_it_until_a_person_has_answered(
    proposal: TierProposal, school: Institution, manager: Actor, coordinator: Actor
) -> None:
    object_to_tier(proposal=proposal, text="已经退费", actor=manager, at=NIGHT)
    late = NIGHT + timedelta(days=30)
    assert run_credit_tiers(division=DIVISION, actor=SYSTEM, at=late).in_effect == 0
    reject_objection(proposal=proposal, answer="逾期两个月", actor=coordinator, at=late)
    with pytest.raises(Refused) as again:
        object_to_tier(proposal=proposal, text="还是不服", actor=manager, at=late)
    assert codes(again) == ["tier.objected_already", "tier.objection_late"]
    assert run_credit_tiers(division=DIVISION, actor=SYSTEM, at=late).in_effect == 1
    school.refresh_from_db()
    assert school.credit_tier == "B"


def test_an_upheld_objection_leaves_the_tier_as_it_was(
    proposal: TierProposal, school: Institution, manager: Actor, coordinator: Actor
) -> None:
    object_to_tier(proposal=proposal, text="不是本机构", actor=manager, at=NIGHT)
    done = uphold_objection(proposal=proposal, answer="属实", actor=coordinator, at=NIGHT)
    assert (done.state, done.answered_by) == ("withdrawn", "统筹甲")
    school.refresh_from_db()
    assert school.credit_tier == "A"


def test_another_institution_does_not_object(
    proposal: TierProposal, institutions: list[Institution], make_actor: MakeActor
) -> None:
    other = make_actor("institution_manager", institution=institutions[1].public_id)
    with pytest.raises(Refused) as refused:
        object_to_tier(proposal=proposal, text="不服", actor=other, at=NIGHT)
    assert codes(refused) == ["policy.other_institution"]
    assert TierProposal.objects.get().objection == ""


def test_a_complaint_counts_once_and_a_revoked_one_not_at_all(
    proposal: TierProposal, school: Institution, clerk: Actor
) -> None:
    with pytest.raises(Refused) as refused:
        complain(school, clerk, " TS-1 ")
    assert codes(refused) == ["credit.reference_taken"]
    event = CreditEvent.objects.get(reference="TS-1")
    revoke_complaint(event=event, reason="录错机构", actor=clerk, at=NIGHT)
    # Twenty points are tier A, which it has: the open proposal of B is withdrawn.
    run = run_credit_tiers(division=DIVISION, actor=SYSTEM, at=NIGHT)
    assert run.proposed == 0
    assert TierProposal.objects.get().state == "withdrawn"
    assert complain(school, clerk, "TS-1").pk != event.pk


def test_by_hand_needs_a_reason_and_a_second_person(
    school: Institution, coordinator: Actor, second: Actor
) -> None:
    with pytest.raises(Refused) as silent:
        propose_other_tier(institution=school, tier="D", reason=" ", actor=coordinator, at=NIGHT)
    assert codes(silent) == ["tier.reason_missing"]
    made = propose_other_tier(
        institution=school, tier="D", reason="暴力抗拒检查", actor=coordinator, at=NIGHT
    )
    assert (made.state, made.notified_at) == ("drafted", None)
    with pytest.raises(Refused) as alone:
        approve_by_hand(proposal=made, actor=coordinator, at=NIGHT)
    assert codes(alone) == ["policy.same_person"]
    assert approve_by_hand(proposal=made, actor=second, at=NIGHT).state == "notified"
    # The night does not replace what a person proposed.
    assert run_credit_tiers(division=DIVISION, actor=SYSTEM, at=NIGHT).proposed == 0
    assert TierProposal.objects.get().tier == "D"
