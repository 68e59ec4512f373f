"""Every state of a visit, a finding and a case stands in an event; the night finds any other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from inspections.models import EnforcementCase, Finding, Visit
from inspections.services.cases import escalate_rectification
from inspections.services.findings import (
    accept_finding,
    decline_finding,
    refer_finding,
    withdraw_finding,
)
from inspections.services.rectification_proofs import (
    ProofFile,
    close_rectification,
    submit_proof,
)
from inspections.services.rectifications import withdraw_rectification
from regulator.kernel.ids import new_public_id
from regulator.pages.selectors.invariants import STATED, state_violations
from tests.audited import unaudited
from tests.inspections.after import After
from tests.inspections.services.test_findings import PNG, confirmed, issued, served, served_at
from tests.inspections.services.test_findings import after as after

DAY = date(2026, 3, 13)
TABLES = {one.thing: one for one in STATED}


def wrong() -> list[tuple[str, str]]:
    """What the night says of visits, findings, orders and cases."""
    things = ("visit", "finding", "rectification", "case")
    return [(one.thing, one.kind) for thing in things for one in state_violations(TABLES[thing])]


def referred(after: After) -> str:
    actors = after.officers
    finding = confirmed(after)
    for answer in (decline_finding, accept_finding):
        finding = refer_finding(
            finding=finding,
            department="market_regulation",
            reason="食品",
            actor=actors["education"],
            at=after.at,
        )
        assert wrong() == []
        more: Any = {"reason": "不是"} if answer is decline_finding else {}
        finding = answer(finding=finding, actor=actors["market_regulation"], at=after.at, **more)
        assert wrong() == []
    withdraw_finding(
        finding=finding, reason="看错了", actor=actors["market_regulation"], at=after.at
    )
    return "withdrawn"


def released(after: After) -> str:
    order = issued(after)
    assert wrong() == []
    withdraw_rectification(
        order=order, reason="写错了机构", actor=after.officers["education"], at=after.at
    )
    return "open"


def settled(after: After) -> str:
    order = served(after, DAY)
    submit_proof(
        order=order,
        text="已改",
        files=[ProofFile("a.png", PNG)],
        actor=after.manager,
        at=served_at(DAY),
    )
    close_rectification(
        order=order, words="照片可见", actor=after.officers["education"], at=served_at(DAY)
    )
    return "settled"


def escalated(after: After) -> str:
    escalate_rectification(
        order=served(after, DAY),
        ground="责令改正逾期没有改正",
        evidence="复查笔录",
        actor=after.officers["education"],
        at=served_at(date(2026, 3, 21)),
    )
    return "case"


@pytest.mark.parametrize("course", [referred, released, settled, escalated])
def test_whatever_becomes_of_a_finding_an_event_tells_it(
    after: After, course: Callable[[After], str]
) -> None:
    state = course(after)
    assert Finding.objects.get().state == state
    assert Visit.objects.get(pk=after.visit.pk).state == "ended"
    assert wrong() == []
    with unaudited():
        Finding.objects.update(state="ordered")
    assert wrong() == [("finding", "state_differs")]


def test_a_visit_set_back_past_its_service_is_found(after: After) -> None:
    assert wrong() == []
    with unaudited():
        Visit.objects.filter(pk=after.visit.pk).update(state="approved")
    assert wrong() == [("visit", "state_differs")]


def test_a_case_no_event_tells_of_is_found_and_the_one_that_is_gone(after: After) -> None:
    escalated(after)
    with unaudited():
        EnforcementCase.objects.update(public_id=new_public_id())
    assert wrong() == [("case", "state_untold"), ("case", "row_gone")]
