"""A recheck from the notice to the decision: told, heard, decided by a named officer."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from institutions.models import Filing, FilingRecheck, Notice, Paper, PaperCounter
from institutions.selectors.filings import approved_filings, public_filing
from institutions.selectors.rechecks import (
    answer_term,
    delivery_day,
    own_rechecks,
    recheck_work,
    revocation_of,
)
from institutions.services.notice_reading import read_notice
from institutions.services.papers_handing import confirm_receipt
from institutions.services.rechecks import (
    AnswerFile,
    answer_recheck,
    keep_approval,
    notify_institution_of,
    record_service,
    take_approval_back,
)
from regulator.adapters.storage import read_stored
from regulator.audit.models import Event
from regulator.jobs.models import Job
from regulator.jobs.services import run_here
from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import Refused
from tests.institutions.rechecks.conftest import CHANGED_AT

NOTICED_AT = CHANGED_AT + timedelta(days=1)  # Tuesday, 19 May 2026
READ_AT = CHANGED_AT + timedelta(days=2)  # Wednesday
LAST_DAY = date(2026, 5, 27)  # five working days after it
AFTER = datetime(2026, 5, 28, 2, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\n"


def told(recheck: FilingRecheck, reviewer) -> FilingRecheck:
    return notify_institution_of(recheck=recheck, text="请答复。", actor=reviewer, at=NOTICED_AT)


def read(recheck: FilingRecheck, manager) -> FilingRecheck:
    read_notice(notice=recheck.notice, actor=manager, at=READ_AT)
    return FilingRecheck.objects.select_related("notice", "filing__institution").get(pk=recheck.pk)


def refused_codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.refusals]


def test_the_institution_is_told_by_the_officer_and_not_before(opened, reviewer, manager):
    assert own_rechecks(manager).count() == 0
    recheck = told(opened, reviewer)
    assert (recheck.state, recheck.noticed_by, recheck.notice_text) == (
        "noticed",
        reviewer.name,
        "请答复。",
    )
    notice = Notice.objects.get(kind="recheck_noticed")
    assert (notice.page, notice.params["workdays"]) == (f"/portal/rechecks/{opened.public_id}/", 5)
    assert own_rechecks(manager).get().pk == opened.pk
    event = Event.objects.get(kind="recheck.notify")
    assert (event.old, event.new["state"]) == ({"state": "open"}, "noticed")


def test_the_answer_s_clock_runs_from_the_day_the_notice_was_opened(opened, reviewer, manager):
    recheck = told(opened, reviewer)
    term = answer_term(recheck.division_id)
    assert (delivery_day(recheck), term.clock(recheck, date(2026, 5, 20))) == (None, None)
    recheck = read(recheck, manager)
    clock = term.clock(recheck, LAST_DAY)
    assert clock is not None
    assert (clock.delivered_on, clock.deadline.due_on) == (date(2026, 5, 20), LAST_DAY)
    assert clock.is_over is False
    later = term.clock(recheck, LAST_DAY + timedelta(days=1))
    assert later is not None
    assert later.is_over is True


@pytest.mark.parametrize(
    ("steps", "at", "expected"),
    [
        ("", AFTER, ["recheck.wrong_state", "recheck.not_noticed"]),
        ("told", AFTER, ["recheck.not_delivered"]),
        ("told read", READ_AT, ["recheck.answer_awaited"]),
        ("told read", datetime(2026, 5, 27, 15, 59, tzinfo=UTC), ["recheck.answer_awaited"]),
    ],
)
def test_before_notice_and_answer_nothing_is_taken_back(
    opened, reviewer, manager, steps, at, expected
):
    recheck = opened
    if "told" in steps:
        recheck = told(recheck, reviewer)
    if "read" in steps:
        recheck = read(recheck, manager)
    events = Event.objects.count()
    with pytest.raises(Refused) as refused:
        take_approval_back(recheck=recheck, reasons="超范围。", actor=reviewer, at=at)
    assert refused_codes(refused) == expected
    assert Event.objects.count() == events
    assert Filing.objects.get().state == "approved"
    assert FilingRecheck.objects.get().decided_at is None


def test_after_the_term_without_an_answer_the_approval_is_taken_back(opened, reviewer, manager):
    recheck = read(told(opened, reviewer), manager)
    done = take_approval_back(recheck=recheck, reasons=" 超范围。 ", actor=reviewer, at=AFTER)
    assert (done.state, done.reasons, done.decided_by) == (
        "closed_withdrawn",
        "超范围。",
        reviewer.name,
    )
    filing = Filing.objects.get()
    assert (filing.state, filing.decided_at) == ("revoked", AFTER)
    assert list(approved_filings(filing.institution)) == []
    assert public_filing(filing.public_id) == filing
    revocation = revocation_of(filing)
    assert revocation is not None
    assert (revocation.on, revocation.reasons) == (date(2026, 5, 28), "超范围。")
    event = Event.objects.get(kind="filing.revoked")
    assert (event.old, event.new) == ({"state": "approved"}, {"state": "revoked", "version": 1})
    assert Notice.objects.get(kind="filing_revoked").params["reason"] == "超范围。"


def test_the_decision_is_a_numbered_paper_that_the_institution_is_told_of(
    opened, reviewer, manager
):
    recheck = read(told(opened, reviewer), manager)
    take_approval_back(recheck=recheck, reasons="超范围。", actor=reviewer, at=AFTER)
    paper = Paper.objects.get()
    assert (paper.kind, paper.number_text, paper.matter, paper.issued_on) == (
        "filing_revocation",
        "双教备撤〔2026〕第1号",
        opened.public_id,
        date(2026, 5, 28),
    )
    assert paper.facts["statements"] == (
        "告知于2026年5月20日送达。你单位在规定的期限内没有陈述、申辩。"
    )
    assert (paper.facts["notified_on"], paper.facts["reasons"]) == ("2026-05-19", ["超范围。"])
    problem = paper.facts["problems"][0]
    assert problem["text"].startswith("超出许可范围：")
    assert "《中华人民共和国行政许可法》第八条、第六十九条" in paper.facts["basis"]
    run_here(Job.objects.get(kind="institutions.render_papers"))
    paper.refresh_from_db()
    pages = PdfReader(BytesIO(read_stored(paper.sha256))).pages
    words = re.sub(r"\s", "", "".join(page.extract_text() for page in pages))
    for said in ("撤销备案通过决定书", paper.number_text, problem["basis"], "申请行政复议"):
        assert said in words
    notice = Notice.objects.get(kind="paper_issued")
    assert (notice.recipient, notice.page) == ("institution", "/portal/papers/")
    received = confirm_receipt(paper=paper, actor=manager, at=AFTER)
    assert (received.served_on, received.served_how) == (date(2026, 5, 28), "electronic")


def test_a_revocation_that_is_refused_burns_no_number(opened, reviewer, manager):
    recheck = read(told(opened, reviewer), manager)
    with pytest.raises(Refused):
        take_approval_back(recheck=recheck, reasons="超范围。", actor=reviewer, at=READ_AT)
    assert (Paper.objects.count(), PaperCounter.objects.count()) == (0, 0)


def test_an_answer_with_a_file_lets_the_officer_decide_at_once(opened, reviewer, manager):
    recheck = read(told(opened, reviewer), manager)
    file = AnswerFile("副本.pdf", PDF)
    answered = answer_recheck(
        recheck=recheck, words="已载明。", file=file, actor=manager, at=READ_AT
    )
    assert (answered.state, answered.answer, answered.answer_file_name) == (
        "answered",
        "已载明。",
        "副本.pdf",
    )
    assert answered.answer_file_type == "application/pdf"
    assert Notice.objects.get(kind="recheck_answered").department_id == "education"
    kept = keep_approval(recheck=answered, reasons="答复属实。", actor=reviewer, at=READ_AT)
    assert (kept.state, Filing.objects.get().state) == ("closed_kept", "approved")
    assert Notice.objects.get(kind="filing_kept").recipient == "institution"


def test_what_is_kept_at_once_is_told_to_nobody(opened, reviewer):
    keep_approval(recheck=opened, reasons="学科已在副本载明。", actor=reviewer, at=CHANGED_AT)
    assert Notice.objects.filter(recipient="institution", kind="filing_kept").count() == 0


def test_service_by_another_way_starts_the_clock(opened, reviewer):
    recheck = told(opened, reviewer)
    served = record_service(
        recheck=recheck, on=date(2026, 5, 21), how="post", actor=reviewer, at=READ_AT + timedelta(1)
    )
    assert (served.state, delivery_day(served)) == ("noticed", date(2026, 5, 21))
    with pytest.raises(Refused) as refused:
        record_service(recheck=served, on=date(2026, 5, 21), how="post", actor=reviewer, at=AFTER)
    assert refused_codes(refused) == ["recheck.delivered_already"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "recheck.file_empty"),
        (b"MZ\x00", "recheck.file_unreadable"),
        (PDF + b"0" * (20 * 1024 * 1024), "recheck.file_too_large"),
    ],
)
def test_a_file_that_may_not_be_kept_is_said_and_nothing_is_answered(
    opened, reviewer, manager, data, code
):
    recheck = read(told(opened, reviewer), manager)
    with pytest.raises(Refused) as refused:
        answer_recheck(
            recheck=recheck,
            words="见附件。",
            file=AnswerFile("a.pdf", data),
            actor=manager,
            at=READ_AT,
        )
    assert refused_codes(refused) == [code]
    assert FilingRecheck.objects.get().state == "noticed"


def test_only_the_competent_department_and_only_a_person_decides(opened, make_actor, manager):
    sport = make_actor("filing_reviewer", department="sport")
    for actor in (sport, manager, make_actor("licensing_officer"), SYSTEM):
        with pytest.raises(Refused):
            keep_approval(recheck=opened, reasons="理由", actor=actor, at=CHANGED_AT)
        with pytest.raises(Refused):
            notify_institution_of(recheck=opened, text="请答复。", actor=actor, at=CHANGED_AT)
    assert FilingRecheck.objects.get().state == "open"


def test_another_institution_answers_nothing(opened, reviewer, make_actor):
    recheck = told(opened, reviewer)
    other = make_actor("institution_manager", institution="01890000-0000-7000-8000-000000000000")
    with pytest.raises(Refused):
        answer_recheck(recheck=recheck, words="答复", actor=other, at=READ_AT)
    assert FilingRecheck.objects.get().answer == ""


def test_the_desk_s_work_is_what_it_can_act_on(opened, reviewer, manager):
    def count(day):
        return recheck_work(reviewer, day).count

    assert count(CHANGED_AT.date()) == 1
    recheck = read(told(opened, reviewer), manager)
    assert (count(LAST_DAY), count(AFTER.date())) == (0, 1)
    answer_recheck(recheck=recheck, words="答复", actor=manager, at=READ_AT)
    assert count(READ_AT.date()) == 1
