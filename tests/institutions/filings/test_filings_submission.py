"""Rows become filings, returned filings become new versions, filings are taken back."""

from __future__ import annotations

import pytest

from institutions.models import Filing, FilingVersion
from institutions.selectors.filings import approved_filings, row_counts
from institutions.services.filings_review import approve_filing, return_filing
from institutions.services.filings_submission import (
    resubmit_filing,
    submit_rows,
    withdraw_filing,
)
from regulator.audit.models import Event
from regulator.kernel.outcomes import Refused
from tests.institutions.filings.conftest import (
    AT,
    LATE_ROW,
    SUBJECT_ROW,
    UNNAMED_ROW,
    UNREADABLE_ROW,
    registered,
)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.refusals]


def test_the_good_rows_go_on_and_the_others_stay(upload, manager):
    made = upload(SUBJECT_ROW, LATE_ROW, UNNAMED_ROW, UNREADABLE_ROW)
    done = submit_rows(upload=made, row_ids=None, actor=manager, at=AT)
    assert [one.number for one in done.filings] == ["BA510116-2026-00001", "BA510116-2026-00002"]
    assert done.refused == ()
    filing = Filing.objects.get(number="BA510116-2026-00001")
    assert (filing.state, filing.version, filing.department_id) == ("submitted", 1, "education")
    assert (filing.class_name, filing.category, filing.activity, filing.grades) == (
        "小学四年级数学培训班",
        "subject",
        "数学",
        [4],
    )
    assert (filing.fee_fen, filing.lesson_count, filing.class_size) == (72000, 24, 15)
    assert (filing.starts_on.isoformat(), filing.ends_on.isoformat()) == (
        "2026-05-12",
        "2026-06-18",
    )
    unnamed = Filing.objects.get(number="BA510116-2026-00002")
    assert (unnamed.breach_count, unnamed.undetermined_count, unnamed.undecided_count) == (0, 1, 1)
    counts = row_counts(made)
    assert (counts.total, counts.filed, counts.ready, counts.to_correct) == (4, 2, 0, 2)


def test_each_filing_has_an_event_of_its_own(upload, manager):
    made = upload(SUBJECT_ROW, UNNAMED_ROW)
    submit_rows(upload=made, row_ids=None, actor=manager, at=AT)
    events = Event.objects.filter(kind="filing.submitted").order_by("sequence")
    assert [event.subject_label for event in events] == [
        "BA510116-2026-00001",
        "BA510116-2026-00002",
    ]
    assert events[0].old == {"state": "draft"}
    assert events[0].new["state"] == "submitted"
    assert events[0].actor_user == manager.user_id


def test_a_row_with_a_breach_is_handed_in_only_with_a_statement(upload, manager):
    made = upload(LATE_ROW)
    row = made.rows.get()
    refused = submit_rows(upload=made, row_ids=[row.pk], actor=manager, at=AT)
    assert [one.code for one in refused.refused[0].refusals] == ["filing.statement_missing"]
    assert Filing.objects.count() == 0
    done = submit_rows(
        upload=made, row_ids=[row.pk], statement="当日调课，已与家长约定。", actor=manager, at=AT
    )
    filing = done.filings[0]
    assert (filing.breach_count, filing.statement) == (1, "当日调课，已与家长约定。")


def test_a_row_that_cannot_be_read_or_of_another_licence_is_not_handed_in(upload, manager):
    made = upload(UNREADABLE_ROW, SUBJECT_ROW | {"机构许可证号": "151011680000704"})
    ids = list(made.rows.values_list("pk", flat=True))
    done = submit_rows(upload=made, row_ids=ids, statement="说明", actor=manager, at=AT)
    assert [[one.code for one in row.refusals] for row in done.refused] == [
        ["filing.form_incomplete"],
        ["filing.other_licence"],
    ]
    assert (done.filings, Filing.objects.count()) == ((), 0)


def test_the_same_class_is_filed_once_in_one_upload_and_in_the_next(upload, manager):
    first = upload(SUBJECT_ROW, SUBJECT_ROW)
    done = submit_rows(upload=first, row_ids=None, actor=manager, at=AT)
    assert (len(done.filings), len(done.refused)) == (1, 1)
    second = upload(SUBJECT_ROW)
    again = submit_rows(upload=second, row_ids=None, actor=manager, at=AT)
    assert [one.refusals[0].params["filing"] for one in again.refused] == ["BA510116-2026-00001"]
    assert Filing.objects.count() == 1


def test_submitting_twice_doubles_nothing(upload, manager):
    made = upload(SUBJECT_ROW)
    submit_rows(upload=made, row_ids=None, actor=manager, at=AT)
    with pytest.raises(Refused) as refused:
        submit_rows(upload=made, row_ids=None, actor=manager, at=AT)
    assert codes(refused) == ["filing.nothing_selected"]
    assert Filing.objects.count() == 1


def test_another_institutions_manager_cannot_submit_or_withdraw(upload, manager, make_actor):
    other = registered("小树教育培训中心", "151011680000711")
    stranger = make_actor("institution_manager", institution=other.public_id)
    made = upload(SUBJECT_ROW, UNNAMED_ROW)
    first = made.rows.first()
    filing = submit_rows(upload=made, row_ids=[first.pk], actor=manager, at=AT).filings[0]
    events = Event.objects.count()
    with pytest.raises(Refused) as refused:
        submit_rows(upload=made, row_ids=None, actor=stranger, at=AT)
    assert codes(refused) == ["policy.other_institution"]
    with pytest.raises(Refused) as refused:
        withdraw_filing(filing=filing, reason="不办了", actor=stranger, at=AT)
    assert codes(refused) == ["policy.other_institution"]
    filing.refresh_from_db()
    assert (filing.state, Filing.objects.count(), Event.objects.count()) == (
        "submitted",
        1,
        events,
    )


def test_a_returned_filing_comes_back_as_its_next_version(upload, manager, reviewer):
    made = upload(LATE_ROW)
    ids = list(made.rows.values_list("pk", flat=True))
    filing = submit_rows(upload=made, row_ids=ids, statement="说明", actor=manager, at=AT).filings[
        0
    ]
    return_filing(filing=filing, reasons="请提前下课。", actor=reviewer, at=AT)
    again = resubmit_filing(filing=filing, cells={"上课时间": "18:30-20:00"}, actor=manager, at=AT)
    assert (again.state, again.version, again.outcome, again.number) == (
        "submitted",
        2,
        "clear",
        filing.number,
    )
    old = FilingVersion.objects.get()
    assert (old.version, old.outcome, old.cells["上课时间"], old.statement) == (
        1,
        "flagged",
        "19:30-21:00",
        "说明",
    )


def test_a_filing_under_review_cannot_be_changed_by_the_institution(upload, manager):
    made = upload(SUBJECT_ROW)
    filing = submit_rows(upload=made, row_ids=None, actor=manager, at=AT).filings[0]
    with pytest.raises(Refused) as refused:
        resubmit_filing(filing=filing, cells={"班额": "20"}, actor=manager, at=AT)
    assert codes(refused) == ["filing.wrong_state"]
    filing.refresh_from_db()
    assert (filing.version, filing.cells["班额"]) == (1, "15")


def test_an_approved_class_is_public_until_it_is_withdrawn_with_a_reason(
    upload, manager, reviewer, institution
):
    made = upload(SUBJECT_ROW)
    filing = submit_rows(upload=made, row_ids=None, actor=manager, at=AT).filings[0]
    assert list(approved_filings(institution)) == []
    approve_filing(filing=filing, actor=reviewer, at=AT)
    assert [one.number for one in approved_filings(institution)] == [filing.number]
    with pytest.raises(Refused) as refused:
        withdraw_filing(filing=filing, reason=" ", actor=manager, at=AT)
    assert codes(refused) == ["filing.withdrawal_reason_missing"]
    assert approved_filings(institution).count() == 1
    withdraw_filing(filing=filing, reason="没有招满", actor=manager, at=AT)
    assert list(approved_filings(institution)) == []
