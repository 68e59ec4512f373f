"""The review's term stands still by a served notice, and runs again with another."""

from __future__ import annotations

from datetime import date

import pytest

from institutions.core.filing_states import Verdict
from institutions.models import Appraisal, Filing, Notice, Paper
from institutions.services.appraisal_panels import draw_panel
from institutions.services.appraisals import (
    cancel_appraisal,
    dispute_result,
    escalate_appraisal,
)
from institutions.services.filings_review import return_filing
from institutions.services.papers_handing import confirm_receipt, serve_paper
from regulator.audit.models import Event
from regulator.calendars.models import Deadline
from regulator.kernel.outcomes import Refused
from tests.institutions.filings.conftest import AT
from tests.institutions.filings.experts import DAY, NAMES, QUESTION, Group, in_order, make_group

BREACH, CLEARED = Verdict.BREACH, Verdict.CLEARED


@pytest.fixture
def group(district, calendar, make_actor) -> Group:
    return make_group(make_actor)


def clock(group: Group) -> Deadline:
    return Filing.objects.get(pk=group.filing.pk).clock.deadline


def papers(kind: str) -> list[Paper]:
    return list(Paper.objects.filter(kind=kind).order_by("pk"))


def test_sending_it_issues_a_numbered_notice_with_reason_article_and_day(group):
    appraisal = group.seated()
    notice = papers("review_stop_notice")[0]
    assert (notice.number_text, notice.matter, notice.institution_id) == (
        "双教备中〔2026〕第1号",
        appraisal.public_id,
        group.filing.institution_id,
    )
    facts = notice.facts
    assert (facts["filing"], facts["expected_until"]) == (
        group.filing.number,
        appraisal.deadline.due_on.isoformat(),
    )
    assert QUESTION in facts["ground"]
    assert "《中华人民共和国行政许可法》第四十五条" in facts["basis"][1]
    assert "教监管厅函〔2021〕16号" in facts["basis"][0]
    told = Notice.objects.get(kind="paper_issued")
    assert told.params == {"paper_kind": "review_stop_notice", "number": notice.number_text}


def test_the_term_runs_on_until_the_notice_is_served_and_from_then_stands_still(group):
    assert clock(group).due_on == date(2026, 3, 30)
    appraisal = group.seated()
    assert (clock(group).is_stopped, appraisal.deadline.amount) == (False, 15)
    group.serve(appraisal, at=AT + DAY)
    assert clock(group).stops == [["2026-03-03", None]]
    event = Event.objects.get(kind="paper.received")
    assert event.new["review_stopped_on"] == "2026-03-03"
    group.vote(appraisal, BREACH, CLEARED, BREACH, at=AT + 7 * DAY)
    after = clock(group)
    assert (after.is_stopped, after.stops) == (False, [["2026-03-03", "2026-03-09"]])
    assert after.due_on == date(2026, 4, 3)  # four working days more


def test_the_reviewer_who_served_it_by_hand_enters_the_day(group, make_actor):
    group.open()
    notice = papers("review_stop_notice")[0]
    service = {"paper": notice, "on": date(2026, 3, 3), "how": "direct", "to": "李某"}
    for stranger in (make_actor("licensing_officer"), group.secretary):
        with pytest.raises(Refused):
            serve_paper(**service, actor=stranger, at=AT + 3 * DAY)
    assert clock(group).is_stopped is False
    serve_paper(**service, actor=group.reviewer, at=AT + 3 * DAY)
    assert clock(group).stops == [["2026-03-03", None]]


def test_when_it_runs_again_the_institution_reads_so_in_writing_without_a_name(group):
    appraisal = group.seated()
    group.serve(appraisal, at=AT + DAY)
    group.vote(appraisal, CLEARED, CLEARED, BREACH, at=AT + 7 * DAY)
    notice = papers("review_resume_notice")[0]
    assert (notice.number_text, notice.issued_by) == ("双教备续〔2026〕第1号", "系统")
    assert (
        notice.facts["stopped_on"],
        notice.facts["resumed_on"],
        notice.facts["decide_by"],
    ) == ("2026-03-03", "2026-03-09", "2026-04-03")
    assert [name for name in (*NAMES, "专家1") if name in str(notice.facts)] == []
    assert Notice.objects.filter(kind="paper_issued").count() == 2


def test_a_notice_never_served_stops_nothing_and_nothing_runs_again(group):
    appraisal = group.seated()
    group.vote(appraisal, CLEARED, CLEARED, BREACH, at=AT + 7 * DAY)
    assert (clock(group).stops, papers("review_resume_notice")) == ([], [])
    late = confirm_receipt(
        paper=papers("review_stop_notice")[0], actor=group.manager, at=AT + 8 * DAY
    )
    assert late.served_on == date(2026, 3, 10)
    assert clock(group).stops == []


def test_before_the_city_it_stands_still_by_a_notice_of_its_own(group):
    appraisal = group.vote(group.seated(), BREACH, BREACH, CLEARED)
    dispute_result(appraisal=appraisal, reason="不服。", actor=group.manager, at=AT)
    escalate_appraisal(
        appraisal=appraisal, document="双教函〔2026〕8号", actor=group.reviewer, at=AT + DAY
    )
    first, second = papers("review_stop_notice")
    assert "双教函〔2026〕8号" in second.facts["ground"]
    assert "expected_until" not in second.facts
    confirm_receipt(paper=first, actor=group.manager, at=AT + DAY)
    assert clock(group).is_stopped is False
    confirm_receipt(paper=second, actor=group.manager, at=AT + 2 * DAY)
    assert clock(group).stops == [["2026-03-04", None]]


def test_a_cancelled_appraisal_lets_it_run_again_in_writing(group):
    appraisal = group.open()
    group.serve(appraisal, at=AT + DAY)
    cancel_appraisal(
        appraisal=appraisal, reason="不必鉴别。", actor=group.reviewer, at=AT + 2 * DAY
    )
    assert clock(group).stops == [["2026-03-03", "2026-03-04"]]
    assert papers("review_resume_notice")[0].facts["ground"] == "鉴别已经撤销"


def test_another_finding_that_is_still_with_experts_holds_the_term(group):
    one = group.open()
    group.serve(one, at=AT + DAY)
    other = Appraisal.objects.get(pk=one.pk)
    other.pk, other.number, other.rule = None, f"{one.number}X", "CONTENT-PACE"
    other.public_id = Appraisal().public_id
    other.deadline = one.deadline
    other.save(force_insert=True)
    second = draw_panel(appraisal=other, count=3, actor=group.secretary, at=AT, lot=in_order)
    cancel_appraisal(appraisal=second, reason="不必。", actor=group.reviewer, at=AT + 2 * DAY)
    assert (clock(group).is_stopped, papers("review_resume_notice")) == (True, [])


def test_a_filing_that_leaves_the_review_gets_no_notice_that_it_runs_again(group, make_actor):
    appraisal = group.seated()
    group.serve(appraisal, at=AT)
    culture = make_actor("filing_reviewer", department="culture_tourism")
    return_filing(filing=group.filing, reasons="请先补材料。", actor=culture, at=AT + DAY)
    assert clock(group).closed_on == date(2026, 3, 3)
    assert papers("review_resume_notice") == []
