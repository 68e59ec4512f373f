"""The fictional filings: uploaded, screened, handed in and reviewed by the real services."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from random import Random

from celery import current_app
from django.db.models import Q
from openpyxl import Workbook

from institutions.core.filing_states import Verdict
from institutions.core.screening.rows import HEADERS
from institutions.models import Filing, FilingUpload
from institutions.selectors.shipped_tables import shipped_tables
from institutions.services.filings_review import (
    approve_filing,
    approve_filings,
    decide_finding,
    return_filing,
)
from institutions.services.filings_submission import resubmit_filing, submit_rows
from institutions.services.filings_upload import upload_filings
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused
from regulator.pages.core.demo_filings import TERMS, DemoTerm, PlannedFiling, Topics
from regulator.pages.services.seed_people import DEPARTMENT_OF_CATEGORY, Staff
from regulator.pages.services.seed_register import Seeded, moment

_DISGUISE, _LATE = "CONTENT-DISGUISE", "TIME-OFFLINE-END"
_REVIEW_DAYS = 9
_STATEMENT = "本班时间和内容已按课表核对，请审核时一并说明。"
_RETURNED = "筛查结果成立：请按每条结果的提示修改后重新提交。"


def topics_of_terms() -> dict[str, Topics]:
    """For each term's label, unit titles by (subject, grade, term) of the textbooks then in use."""
    return {term.label: _topics(term) for term in TERMS}


def _topics(term: DemoTerm) -> Topics:
    school_year = int(term.label[:4]) - (1 if term.term == 2 else 0)
    titles: dict[tuple[str, int, int], list[str]] = defaultdict(list)
    for unit in shipped_tables().units:
        if unit.in_use(school_year) and unit.edition in ("人教版", "统编"):
            titles[unit.subject, unit.grade, unit.term].append(unit.title)
    return titles


def seed_filings(
    planned: Sequence[PlannedFiling],
    seeded: Mapping[int, Seeded],
    *,
    staff: Staff,
    managers: Mapping[int, Actor],
    today: date,
    random: Random,
) -> Iterator[str]:
    """File term after term, each institution its own workbook; yields a line per term.

    `seeded` is keyed by the plan's number, `managers` by the institution's id.
    """
    for term, of_term in groupby(planned, key=lambda filing: filing.term):
        filings = list(of_term)
        for number, rows in groupby(filings, key=lambda filing: filing.institution_number):
            _file(seeded[number], list(rows), managers[seeded[number].institution.pk], random)
        _review(staff, managers, today, random)
        yield f"{term}：{len(filings)} 个班"


def _file(seeded: Seeded, rows: Sequence[PlannedFiling], manager: Actor, random: Random) -> None:
    at = moment(max(row.filed_on for row in rows), hour=random.randint(1, 9))
    name, data = _workbook(rows, random)
    upload = upload_filings(
        institution=seeded.institution, file_name=name, data=data, actor=manager, at=at
    )
    if upload.job is not None:
        current_app.tasks[upload.job.kind](upload.job.pk)
    _hand_in(upload, manager, at, random)


def _workbook(rows: Sequence[PlannedFiling], random: Random) -> tuple[str, bytes]:
    """What the institution saved: mostly CSV from its own system, sometimes a workbook."""
    table: list[list[object]] = [list(HEADERS)]
    table += [[row.cells.get(header) for header in HEADERS] for row in rows]
    if random.random() < 0.2:
        book = Workbook()
        sheet = book.active
        if sheet is not None:
            sheet.title = "备案"
            for line in table:
                sheet.append(line)
        kept = io.BytesIO()
        book.save(kept)
        return f"{rows[0].term}备案.xlsx", kept.getvalue()
    text = io.StringIO()
    csv.writer(text).writerows(table)
    encoding = random.choice(("utf-8-sig", "utf-8", "gb18030"))
    return f"{rows[0].term}备案.csv", text.getvalue().encode(encoding)


def _hand_in(upload: FilingUpload, manager: Actor, at: datetime, random: Random) -> None:
    """Hand in what may be; some rows with a breach go in with a statement, others wait."""
    rows = list(upload.rows.all())
    ready = [row.pk for row in rows if row.outcome in ("clear", "appraise")]
    disputed = [row.pk for row in rows if row.outcome == "flagged" and random.random() < 0.5]
    if ready:
        submit_rows(upload=upload, row_ids=ready, actor=manager, at=at)
    if disputed:
        submit_rows(upload=upload, row_ids=disputed, statement=_STATEMENT, actor=manager, at=at)


def _review(staff: Staff, managers: Mapping[int, Actor], today: date, random: Random) -> None:
    """What was handed in long enough ago is reviewed, each by its own department."""
    until = moment(today - timedelta(days=_REVIEW_DAYS))
    waiting = Filing.objects.filter(state="submitted", submitted_at__lt=until)
    nothing = Q(breach_count=0, undetermined_count=0)
    for department in DEPARTMENT_OF_CATEGORY:
        reviewer = staff.actor("filing_reviewer", department)
        own = waiting.filter(department=department)
        _approve_days(own.filter(nothing), reviewer, staff.division)
        for filing in own.exclude(nothing).order_by("pk"):
            _review_one(filing, staff, reviewer, managers, random)


def _approve_days(filings: Iterable[Filing], reviewer: Actor, division: str) -> None:
    """Filings without a finding are approved together, day by day."""
    days: dict[date, list[Filing]] = defaultdict(list)
    for filing in filings:
        if filing.submitted_at is not None:
            days[filing.submitted_at.date()].append(filing)
    for day in sorted(days):
        approve_filings(
            filing_ids=[filing.pk for filing in days[day]],
            division=division,
            actor=reviewer,
            at=moment(day + timedelta(days=5)),
        )


def _review_one(
    filing: Filing,
    staff: Staff,
    reviewer: Actor,
    managers: Mapping[int, Actor],
    random: Random,
) -> None:
    """A filing with findings: undetermined ones are decided one by one, breaches sent back."""
    if filing.submitted_at is None:
        return
    at = filing.submitted_at + timedelta(days=random.randint(3, 8))
    if filing.breach_count:
        sent_back = return_filing(filing=filing, reasons=_RETURNED, actor=reviewer, at=at)
        if sent_back.rules_with("breach") == (_LATE,) and random.random() < 0.5:
            resubmit_filing(
                filing=sent_back,
                cells={"上课时间": "18:30-20:00"},
                actor=managers[filing.institution_id],
                at=at + timedelta(days=2),
            )
        return
    is_lenient = random.random() < 0.85
    for rule in filing.rules_with("undetermined"):
        decider = staff.actor("filing_reviewer") if rule == _DISGUISE else reviewer
        decide_finding(
            filing=filing,
            rule=rule,
            verdict=Verdict.CLEARED if is_lenient else Verdict.BREACH,
            reason="已核对材料和课程说明。" if is_lenient else "材料与所报项目不符。",
            actor=decider,
            at=at,
        )
    filing.refresh_from_db()
    if is_lenient and _is_approved(filing, reviewer, at):
        return
    return_filing(filing=filing, reasons=_RETURNED, actor=reviewer, at=at)


def _is_approved(filing: Filing, reviewer: Actor, at: datetime) -> bool:
    """Approved, unless the register says something now that it did not say before."""
    try:
        approve_filing(filing=filing, actor=reviewer, at=at)
    except Refused:
        return False
    return True
