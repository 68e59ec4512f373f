"""Approved classes are screened again after a change; the machine opens and does nothing else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from institutions.models import Filing, FilingRecheck, Notice
from institutions.services.rechecks_opening import open_rechecks
from institutions.services.reference_moves import MoveDetails, approve_version, propose_version
from institutions.services.rescreening import RESCREENING_JOB, rescreen_after_licence
from regulator.audit.models import Event
from regulator.jobs.models import Job
from regulator.jobs.services import run_here
from regulator.kernel.actors import SYSTEM
from tests.institutions.filings.conftest import AT, SUBJECT_ROW
from tests.institutions.rechecks.conftest import CHANGED_AT, rescreened


def test_a_changed_licence_opens_a_task_and_moves_nothing(approved, correct):
    filing = approved()[0]
    correct()
    recheck = rescreened()[0]
    assert (recheck.state, recheck.rules, recheck.cause_kind) == (
        "open",
        ["LICENCE-SCOPE"],
        "licence",
    )
    assert recheck.cause_label == "许可证 151011680000703：更正"
    assert (recheck.department_id, recheck.version, recheck.old_findings) == ("education", 1, [])
    assert [one["rule"] for one in recheck.new_findings] == ["LICENCE-SCOPE"]
    filing.refresh_from_db()
    assert (filing.state, filing.findings) == ("approved", [])
    assert Notice.objects.filter(recipient="institution", kind="recheck_noticed").count() == 0
    told = Notice.objects.get(kind="recheck_opened")
    assert (told.role, told.department_id, told.params["count"]) == (
        "filing_reviewer",
        "education",
        1,
    )
    event = Event.objects.get(kind="recheck.opened")
    assert (event.new["rules"], event.new["state"]) == (["LICENCE-SCOPE"], "open")


def test_the_same_cause_opens_nothing_twice(approved, correct, institution):
    approved()
    correct()
    first = rescreened()
    job = Job.objects.get(kind=RESCREENING_JOB)
    again = rescreen_after_licence(
        institution=institution,
        cause_key=job.params["cause"],
        label="许可证更正",
        params={},
        actor=SYSTEM,
        at=CHANGED_AT,
    )
    assert again is not None
    assert rescreened() == first
    copies = [FilingRecheck(**{**_columns(one), "pk": None}) for one in first]
    assert open_rechecks(rechecks=copies, actor=SYSTEM, at=CHANGED_AT) == []
    assert Event.objects.filter(kind="recheck.opened").count() == 1


def _columns(recheck: FilingRecheck) -> dict[str, object]:
    names = (
        "division_id", "department_id", "filing", "version", "cause_kind", "cause_key",
        "cause_label", "old_digest", "old_findings", "new_findings", "rules", "opened_at",
    )  # fmt: skip
    return {name: getattr(recheck, name) for name in names}


def test_another_cause_opens_nothing_that_lies_before_an_officer_already(approved, correct):
    approved()
    correct()
    correct(("语文", "英语"), at=CHANGED_AT + timedelta(days=1))
    assert len(rescreened()) == 1
    assert Job.objects.filter(kind=RESCREENING_JOB, state="done").count() == 2


def test_classes_that_ended_and_classes_not_approved_are_left_alone(approved, correct, institution):
    approved()
    correct(at=CHANGED_AT + timedelta(days=60))
    assert Job.objects.filter(kind=RESCREENING_JOB).count() == 0
    Filing.objects.update(state="withdrawn")
    correct(("英语",), at=CHANGED_AT)
    assert Job.objects.filter(kind=RESCREENING_JOB).count() == 0


def test_a_filing_that_left_its_approval_while_the_job_ran_is_passed_over(opened):
    columns = _columns(opened) | {"cause_key": "licence:other"}
    Filing.objects.filter(pk=opened.filing_id).update(state="withdrawn")
    made = open_rechecks(rechecks=[FilingRecheck(**columns)], actor=SYSTEM, at=CHANGED_AT)
    assert (made, FilingRecheck.objects.count()) == ([], 1)


def test_an_approved_table_is_asked_of_the_classes_that_it_binds(
    approved, negative_draft, make_actor
):
    filing = approved(SUBJECT_ROW | {"开班日期": "2026-05-12"})[0]
    editor, second = make_actor("filing_reviewer"), make_actor("filing_reviewer")
    details = MoveDetails(on=date(2026, 5, 12), basis="区教育局通知", reason="清单更新")
    propose_version(version=negative_draft, details=details, actor=editor, at=AT)
    approve_version(version=negative_draft, actor=second, at=AT)
    recheck = rescreened()[0]
    assert (recheck.filing_id, recheck.cause_kind, recheck.rules) == (
        filing.pk,
        "table",
        ["CONTENT-SYLLABUS"],
    )
    assert recheck.cause_label == "负面清单表第 1 版"
    assert recheck.cause_key == f"table:{negative_draft.public_id}:approved"


def test_a_table_that_binds_later_classes_opens_nothing(approved, negative_draft, make_actor):
    approved()
    editor, second = make_actor("filing_reviewer"), make_actor("filing_reviewer")
    details = MoveDetails(on=date(2026, 5, 13), basis="区教育局通知", reason="清单更新")
    propose_version(version=negative_draft, details=details, actor=editor, at=AT)
    approve_version(version=negative_draft, actor=second, at=AT)
    assert rescreened() == []


def test_a_job_that_dies_between_two_chunks_goes_on_and_opens_each_once(
    approved, correct, monkeypatch
):
    rows = [
        SUBJECT_ROW | {"班次": f"2026春{n}期", "上课星期": day}
        for n, day in enumerate(("周一", "周二", "周三"), start=1)
    ]
    assert len(approved(*rows)) == 3
    monkeypatch.setattr("institutions.tasks.rechecks.CHUNK_FILINGS", 1)
    calls = []

    def dying(**given):
        calls.append(given)
        if len(calls) == 2:
            raise ConnectionError("killed")
        return open_rechecks(**given)

    monkeypatch.setattr("institutions.tasks.rechecks.open_rechecks", dying)
    correct()
    job = Job.objects.get(kind=RESCREENING_JOB)
    run_here(job)
    assert (job.state, job.cursor, FilingRecheck.objects.count()) == ("queued", 1, 1)
    run_here(job)
    assert (job.state, job.cursor, FilingRecheck.objects.count()) == ("done", 3, 3)
    assert FilingRecheck.objects.values("filing").distinct().count() == 3
    assert Notice.objects.get(kind="recheck_opened").params["count"] == 3


@pytest.mark.parametrize("rows", [1, 3])
def test_a_re_screening_asks_the_database_no_more_for_more_classes(
    approved, correct, django_assert_num_queries, rows
):
    wanted = [
        SUBJECT_ROW | {"班次": f"2026春{n}期", "上课星期": day}
        for n, day in enumerate(("周一", "周二", "周三")[:rows], start=1)
    ]
    approved(*wanted)
    correct()
    job = Job.objects.get(kind=RESCREENING_JOB)
    with django_assert_num_queries(48):
        run_here(job)
    assert FilingRecheck.objects.count() == rows
