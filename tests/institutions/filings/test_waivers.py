"""A waiver: proposed, approved by a second person, published, ended by the night."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from institutions.core.filing_states import Verdict
from institutions.models import Filing, FilingWaiver, Notice
from institutions.selectors.waivers import expired_waivers, published_waivers, waivers_to_approve
from institutions.services.filings_review import approve_filing, decide_finding
from institutions.services.filings_submission import submit_rows
from institutions.services.waivers import (
    WaiverDraft,
    approve_waiver,
    end_waivers,
    propose_waiver,
    refuse_waiver,
    revoke_waiver,
)
from regulator.audit.models import Event
from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import Refused
from tests.institutions.filings.conftest import AT, LATE_ROW, UNNAMED_ROW

RULE = "FILING-NAME"
DAY = timedelta(days=1)
REASON = "通知已经发给家长，下一期改正。"


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.refusals]


@pytest.fixture
def breached(upload, manager, reviewer) -> Filing:
    """A filing whose name an officer decided to be a breach."""
    made = upload(UNNAMED_ROW)
    filing = submit_rows(upload=made, row_ids=None, actor=manager, at=AT).filings[0]
    decide_finding(
        filing=filing, rule=RULE, verdict=Verdict.BREACH, reason="看不出。", actor=reviewer, at=AT
    )
    return filing


@pytest.fixture
def leader(make_actor):
    return make_actor("district_leader")


def draft(**changes: object) -> WaiverDraft:
    plain: dict[str, object] = {
        "rule": RULE,
        "reason": REASON,
        "documents": "会议纪要",
        "until_on": (AT + 60 * DAY).date(),
    }
    return WaiverDraft(**{**plain, **changes})  # type: ignore[arg-type]


def test_a_waived_breach_no_longer_stands_and_is_published(breached, reviewer, leader):
    waiver = propose_waiver(filing=breached, draft=draft(), actor=reviewer, at=AT)
    with pytest.raises(Refused) as early:
        approve_filing(filing=breached, actor=reviewer, at=AT)
    assert codes(early) == ["filing.breach_decided"]
    assert [one.pk for one in waivers_to_approve(leader)] == [waiver.pk]
    assert list(waivers_to_approve(reviewer)) == []
    approve_waiver(waiver=waiver, actor=leader, at=AT)
    assert approve_filing(filing=breached, actor=reviewer, at=AT).state == "approved"
    page = Client().get(reverse("filings:public_class", args=[breached.public_id]))
    assert page.status_code == 200
    kept = published_waivers(breached, AT.date())
    assert [(one.reason, one.decided_by, one.department_id) for one in kept] == [
        (REASON, leader.name, "education")
    ]


def test_whoever_proposed_does_not_approve_and_nothing_changes(breached, reviewer):
    waiver = propose_waiver(filing=breached, draft=draft(), actor=reviewer, at=AT)
    events = Event.objects.count()
    with pytest.raises(Refused) as refused:
        approve_waiver(waiver=waiver, actor=reviewer, at=AT)
    waiver.refresh_from_db()
    assert (codes(refused), waiver.state) == (["policy.same_person"], "proposed")
    assert Event.objects.count() == events


def test_another_reviewer_of_the_department_may_be_the_second(breached, reviewer, make_actor):
    waiver = propose_waiver(filing=breached, draft=draft(), actor=reviewer, at=AT)
    with pytest.raises(Refused) as other:
        approve_waiver(
            waiver=waiver, actor=make_actor("filing_reviewer", department="sport"), at=AT
        )
    assert codes(other) == ["policy.other_department"]
    second = make_actor("filing_reviewer")
    assert approve_waiver(waiver=waiver, actor=second, at=AT).decided_by == second.name


def test_what_national_law_forbids_is_not_waived(upload, manager, reviewer):
    made = upload(LATE_ROW)
    ids = list(made.rows.values_list("pk", flat=True))
    done = submit_rows(upload=made, row_ids=ids, statement="说明", actor=manager, at=AT)
    with pytest.raises(Refused) as refused:
        propose_waiver(
            filing=done.filings[0], draft=draft(rule="TIME-OFFLINE-END"), actor=reviewer, at=AT
        )
    assert codes(refused) == ["waiver.not_waivable"]
    assert refused.value.refusals[0].basis.document_number == "教基厅函〔2021〕11号"
    assert FilingWaiver.objects.count() == 0


def test_the_second_person_may_refuse_with_a_reason(breached, reviewer, leader):
    waiver = propose_waiver(filing=breached, draft=draft(), actor=reviewer, at=AT)
    with pytest.raises(Refused) as silent:
        refuse_waiver(waiver=waiver, reason=" ", actor=leader, at=AT)
    assert codes(silent) == ["waiver.reason_missing"]
    refused = refuse_waiver(waiver=waiver, reason="请先改班名。", actor=leader, at=AT)
    assert (refused.state, refused.decision_reason) == ("refused", "请先改班名。")


@pytest.mark.parametrize("way", ["over", "revoked"])
def test_when_a_waiver_ends_the_breach_stands_again(breached, reviewer, leader, way):
    waiver = propose_waiver(filing=breached, draft=draft(), actor=reviewer, at=AT)
    approve_waiver(waiver=waiver, actor=leader, at=AT)
    approve_filing(filing=breached, actor=reviewer, at=AT)
    assert end_waivers(actor=SYSTEM, at=AT + 60 * DAY) == 0
    if way == "over":
        assert end_waivers(actor=SYSTEM, at=AT + 61 * DAY) == 1
        assert end_waivers(actor=SYSTEM, at=AT + 61 * DAY) == 0
    else:
        revoke_waiver(waiver=waiver, reason="已经改正。", actor=leader, at=AT + DAY)
    waiver.refresh_from_db()
    assert waiver.state == {"over": "expired", "revoked": "revoked"}[way]
    assert published_waivers(breached, (AT + DAY).date()) == []
    assert [one.pk for one in expired_waivers("510116")] == [waiver.pk]
    assert Notice.objects.filter(kind="waiver_ended").count() == 2


def test_the_desk_hears_once_a_week_what_ends_soon(breached, reviewer, leader):
    waiver = propose_waiver(filing=breached, draft=draft(), actor=reviewer, at=AT)
    approve_waiver(waiver=waiver, actor=leader, at=AT)
    for day in (45, 46, 50):
        end_waivers(actor=SYSTEM, at=AT + day * DAY)
    told = Notice.objects.filter(kind="waivers_ending")
    assert [one.params["count"] for one in told.order_by("pk")] == [1, 1]
