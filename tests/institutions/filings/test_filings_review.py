"""A reviewer approves, returns, and decides what the system could not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from institutions.core.filing_states import Verdict
from institutions.models import Filing, FilingReview, FindingDecision
from institutions.selectors.filings_queue import (
    QueueFilter,
    clock_of,
    clock_table,
    neighbours,
    queue_counts,
    review_queue,
)
from institutions.services.filings_review import (
    approve_filing,
    approve_filings,
    decide_finding,
    return_filing,
)
from institutions.services.filings_submission import submit_rows
from institutions.services.filings_upload import upload_filings
from regulator.audit.models import Event
from regulator.jobs.services import run_here
from regulator.kernel.outcomes import Refused
from tests.institutions.filings.conftest import (
    AT,
    CHINESE_CLASSICS_ROW,
    LATE_ROW,
    SUBJECT_ROW,
    UNNAMED_ROW,
    registered,
)
from tests.institutions.filings.workbooks import good_row, workbook

TODAY = date(2026, 3, 3)


@pytest.fixture
def filed(upload, manager):
    """`filed(row, …)` → the filings of those rows, submitted with a statement."""

    def file(*rows, at=AT):
        made = upload(*rows, at=at)
        ids = list(made.rows.values_list("pk", flat=True))
        done = submit_rows(upload=made, row_ids=ids, statement="说明", actor=manager, at=at)
        return list(done.filings)

    return file


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.refusals]


def test_a_filing_in_which_nothing_was_found_is_approved(filed, reviewer):
    filing = approve_filing(filing=filed(SUBJECT_ROW)[0], actor=reviewer, at=AT)
    assert (filing.state, filing.decided_at) == ("approved", AT)
    review = FilingReview.objects.get()
    assert (review.verdict, review.reviewed_by_user, review.department_id) == (
        "approved",
        reviewer.user_id,
        "education",
    )
    event = Event.objects.get(kind="filing.approved")
    assert (event.old, event.new) == ({"state": "submitted"}, {"state": "approved", "version": 1})


def test_every_reason_against_an_approval_is_given(filed, reviewer):
    row = LATE_ROW | {"班级名称": "春季晚班"}
    filing = filed(row)[0]
    events = Event.objects.count()
    with pytest.raises(Refused) as refused:
        approve_filing(filing=filing, actor=reviewer, at=AT)
    assert [(one.code, one.params["rule"]) for one in refused.value.refusals] == [
        ("filing.breach_stands", "TIME-OFFLINE-END"),
        ("filing.undecided", "FILING-NAME"),
    ]
    filing.refresh_from_db()
    assert (filing.state, FilingReview.objects.count(), Event.objects.count()) == (
        "submitted",
        0,
        events,
    )


def test_an_undetermined_finding_is_decided_by_a_named_officer_before_approval(filed, reviewer):
    filing = filed(UNNAMED_ROW)[0]
    decide_finding(
        filing=filing,
        rule="FILING-NAME",
        verdict=Verdict.CLEARED,
        reason="班名沿用多年，家长清楚。",
        actor=reviewer,
        at=AT,
    )
    filing.refresh_from_db()
    assert filing.undecided_count == 0
    decision = FindingDecision.objects.get()
    assert (decision.decided_by_user, decision.decided_by) == (reviewer.user_id, reviewer.name)
    assert approve_filing(filing=filing, actor=reviewer, at=AT).state == "approved"


def test_a_finding_decided_as_a_breach_stands_against_approval(filed, reviewer):
    filing = filed(UNNAMED_ROW)[0]
    decide_finding(
        filing=filing,
        rule="FILING-NAME",
        verdict=Verdict.BREACH,
        reason="看不出年级。",
        actor=reviewer,
        at=AT,
    )
    with pytest.raises(Refused) as refused:
        approve_filing(filing=filing, actor=reviewer, at=AT)
    assert codes(refused) == ["filing.breach_decided"]


def test_a_later_decision_replaces_an_earlier_one_and_both_are_kept(filed, reviewer):
    filing = filed(UNNAMED_ROW)[0]
    for verdict in (Verdict.BREACH, Verdict.CLEARED):
        decide_finding(
            filing=filing,
            rule="FILING-NAME",
            verdict=verdict,
            reason="再看了一遍。",
            actor=reviewer,
            at=AT,
        )
    assert approve_filing(filing=filing, actor=reviewer, at=AT).state == "approved"
    assert FindingDecision.objects.count() == 2


@pytest.mark.parametrize(
    ("rule", "reason", "expected"),
    [
        ("FILING-NAME", "  ", ["filing.decision_reason_missing"]),
        ("TIME-HOLIDAY", "理由", ["filing.nothing_to_decide"]),
    ],
)
def test_what_cannot_be_decided_is_refused_and_nothing_is_kept(
    filed, reviewer, rule, reason, expected
):
    filing = filed(UNNAMED_ROW)[0]
    with pytest.raises(Refused) as refused:
        decide_finding(
            filing=filing, rule=rule, verdict=Verdict.CLEARED, reason=reason, actor=reviewer, at=AT
        )
    assert codes(refused) == expected
    assert FindingDecision.objects.count() == 0


def test_a_filing_is_returned_only_with_reasons(filed, reviewer):
    filing = filed(LATE_ROW)[0]
    with pytest.raises(Refused) as refused:
        return_filing(filing=filing, reasons=" \n", actor=reviewer, at=AT)
    assert codes(refused) == ["filing.reason_missing"]
    returned = return_filing(filing=filing, reasons="请提前下课。", actor=reviewer, at=AT)
    assert (returned.state, FilingReview.objects.get().reasons) == ("returned", "请提前下课。")


@pytest.mark.parametrize(
    ("role", "desk", "code"),
    [
        ("filing_reviewer", {"division": "510107"}, "policy.other_division"),
        ("filing_reviewer", {"department": "sport"}, "policy.other_department"),
        ("licensing_officer", {}, "policy.not_granted"),
        ("district_leader", {}, "policy.not_granted"),
    ],
)
def test_nobody_else_approves_returns_or_decides(filed, make_actor, role, desk, code):
    filing = filed(UNNAMED_ROW)[0]
    stranger = make_actor(role, **desk)
    events = Event.objects.count()
    with pytest.raises(Refused) as approving:
        approve_filing(filing=filing, actor=stranger, at=AT)
    with pytest.raises(Refused) as returning:
        return_filing(filing=filing, reasons="理由", actor=stranger, at=AT)
    with pytest.raises(Refused) as deciding:
        decide_finding(
            filing=filing,
            rule="FILING-NAME",
            verdict=Verdict.CLEARED,
            reason="理由",
            actor=stranger,
            at=AT,
        )
    assert (codes(approving), codes(returning), codes(deciding)) == ([code], [code], [code])
    filing.refresh_from_db()
    assert (filing.state, filing.undecided_count) == ("submitted", 1)
    assert Event.objects.count() == events


def test_many_filings_without_a_finding_are_approved_together_and_the_others_come_back(
    filed, reviewer
):
    filings = filed(SUBJECT_ROW, SUBJECT_ROW | {"班额": "20"}, UNNAMED_ROW)
    done = approve_filings(
        filing_ids=[one.pk for one in filings], division="510116", actor=reviewer, at=AT
    )
    assert [one.number for one in done.approved] == [filings[0].number, filings[1].number]
    assert [one.refusals[0].code for one in done.refused] == ["filing.has_findings"]
    assert Event.objects.filter(kind="filing.approved").count() == 2
    assert list(Filing.objects.order_by("pk").values_list("state", flat=True)) == [
        "approved",
        "approved",
        "submitted",
    ]


def test_bulk_approval_leaves_another_departments_filings_alone(filed, make_actor):
    filing = filed(SUBJECT_ROW)[0]
    sport = make_actor("filing_reviewer", department="sport")
    done = approve_filings(filing_ids=[filing.pk], division="510116", actor=sport, at=AT)
    assert done.approved == ()
    assert [one.code for one in done.refused[0].refusals] == ["policy.other_department"]
    filing.refresh_from_db()
    assert filing.state == "submitted"


@pytest.fixture
def appraised(district, calendar, make_actor):
    """A filing of a culture department's institution that may be subject training in disguise."""
    culture = registered("雅集艺术培训中心", "151011670000823", department="culture_tourism")
    manager = make_actor("institution_manager", institution=culture.public_id)
    made = upload_filings(
        institution=culture,
        file_name="国学.xlsx",
        data=workbook([good_row(**CHINESE_CLASSICS_ROW)]),
        actor=manager,
        at=AT,
    )
    run_here(made.job)
    return submit_rows(upload=made, row_ids=None, actor=manager, at=AT).filings[0]


def test_education_decides_whether_another_departments_class_is_subject_training(
    appraised, make_actor, reviewer
):
    culture = make_actor("filing_reviewer", department="culture_tourism")
    assert (appraised.outcome, appraised.department_id) == ("appraise", "culture_tourism")
    asked = {
        "filing": appraised,
        "rule": "CONTENT-DISGUISE",
        "verdict": Verdict.CLEARED,
        "reason": "内容是礼仪和故事，不讲语文知识。",
        "at": AT,
    }
    with pytest.raises(Refused) as refused:
        decide_finding(**asked, actor=culture)
    assert codes(refused) == ["policy.other_department"]
    assert [one.number for one in review_queue(reviewer, QueueFilter(), TODAY)] == [
        appraised.number
    ]
    decide_finding(**asked, actor=reviewer)
    assert list(review_queue(reviewer, QueueFilter(), TODAY)) == []
    with pytest.raises(Refused) as refused:
        approve_filing(filing=appraised, actor=reviewer, at=AT)
    assert codes(refused) == ["policy.other_department"]
    assert approve_filing(filing=appraised, actor=culture, at=AT).state == "approved"


def test_the_queue_shows_the_longest_wait_first_by_part(filed, reviewer):
    late = filed(LATE_ROW, at=AT)[0]
    clean = filed(SUBJECT_ROW | {"上课星期": "周一、周三"}, at=AT - timedelta(days=1))[0]
    unnamed = filed(UNNAMED_ROW, at=AT + timedelta(days=1))[0]
    numbers = {late.number: "late", clean.number: "clean", unnamed.number: "unnamed"}

    def queued(**asked):
        found = review_queue(reviewer, QueueFilter(**asked), TODAY)
        return [numbers[one.number] for one in found]

    assert queued() == ["clean", "late", "unnamed"]
    assert queued(sort="-due") == ["unnamed", "late", "clean"]
    assert queued(part="nothing") == ["clean"]
    assert queued(part="breach") == ["late"]
    assert queued(part="undecided") == ["unnamed"]
    assert queued(words="晚班") == ["late"]
    assert queued(category="non_subject") == []
    assert queued(rule="TIME-OFFLINE-END") == ["late"]
    assert queued(department="sport") == []
    assert queued(delivery="live") == []
    assert queued(grade="4") == ["clean", "late", "unnamed"]
    assert queued(grade="1") == []
    assert queued(starts="soon") == []
    near = neighbours(reviewer, late, TODAY)
    assert (near.before, near.after) == (clean, unnamed)
    assert (
        neighbours(reviewer, clean, TODAY).before,
        neighbours(reviewer, unnamed, TODAY).after,
    ) == (
        None,
        clean,
    )


def test_what_is_due_today_and_what_is_overdue_stands_apart(filed, reviewer):
    first = filed(SUBJECT_ROW, at=AT)[0]
    second = filed(LATE_ROW, at=AT + timedelta(days=1))[0]
    due = first.clock.deadline.due_on

    def queued(part, on):
        return [one.number for one in review_queue(reviewer, QueueFilter(part=part), on)]

    assert queued("today", due) == [first.number]
    assert queued("overdue", due) == []
    assert queued("overdue", second.clock.deadline.due_on) == [first.number]
    counts = queue_counts(reviewer, due + timedelta(days=30))
    assert (counts["all"], counts["overdue"], counts["today"], counts["experts"]) == (2, 2, 0, 0)


def test_the_review_clock_counts_working_days(filed, reviewer):
    filed(SUBJECT_ROW)
    waiting = review_queue(reviewer, QueueFilter(), TODAY).get()
    clock = clock_of(waiting, date(2026, 3, 4), clock_table("510116"))
    assert clock is not None
    assert (clock.waited_days, clock.left_workdays) == (2, 18)
    assert (clock.deadline.due_on, clock.deadline.provisional) == (date(2026, 3, 30), False)
