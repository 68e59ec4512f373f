"""The fictional rechecks: licences corrected, classes looked at again; and a trial of a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from institutions.core.reference_tables.columns import Kind
from institutions.models import Filing, FilingRecheck, Institution, TableVersion
from institutions.selectors.rechecks_screening import version_label
from institutions.selectors.trials import last_term, term_choices
from institutions.services.exchange_taking import held_draft
from institutions.services.filings_review import approve_filing
from institutions.services.licences import correct_licence
from institutions.services.notice_reading import read_notice
from institutions.services.rechecks import (
    answer_recheck,
    notify_institution_of,
    take_approval_back,
)
from institutions.services.reference_rows import open_draft, set_row
from institutions.services.rescreening import RESCREENING_JOB
from institutions.services.trials import TrialDraft, ask_trial
from regulator.accounts.core.roles import Role
from regulator.calendars.core.settings import EDITION_CODES
from regulator.jobs.models import Job
from regulator.jobs.services import run_here
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused
from regulator.pages.services.seed_people import Staff
from regulator.pages.services.seed_register import moment

_SHOWN_FIRST = 4
_SUBJECT = "subject"
_NOTICE_TEXT = (
    "你机构的许可证经更正，载明的学科里没有这个班的学科。请核实并答复；认为不属实的，附许可证副本。"
)
_ANSWER = "已核对：副本第二页载明了这个学科，登记时漏录。附页照片随后补交，请查看原件。"
_REASONS = "许可证没有载明该学科，机构答复中没有提出相反的证据。"


def seed_rechecks(*, staff: Staff, managers: Mapping[int, Actor], today: date) -> tuple[int, int]:
    """Licences corrected at some institutions; how many rechecks that opened, and trials made."""
    corrected_on = today - timedelta(days=4)
    shown = staff.actor(Role.INSTITUTION_MANAGER, "").institution
    _approve_one(shown, staff, today, moment(corrected_on, hour=1))
    for filing in _one_class_each(today, first=str(shown)):
        _correct(filing, staff, moment(corrected_on))
    _rescreen()
    opened = list(
        FilingRecheck.objects.select_related("filing__institution")
        .filter(cause_kind="licence")
        .order_by("opened_at", "pk")
    )
    _work(opened, staff, managers, moment(corrected_on, hour=6))
    return len(opened), _try(staff, today)


def _approve_one(shown: str, staff: Staff, today: date, at: datetime) -> None:
    """The shown institution has at least one class that runs: the first that may be approved."""
    own = Filing.objects.filter(institution__public_id=shown, category=_SUBJECT, ends_on__gt=today)
    if own.filter(state="approved").exists():
        return
    waiting = own.filter(state="submitted", breach_count=0, undecided_count=0)
    for filing in waiting.filter(submitted_at__lt=at).order_by("pk"):
        reviewer = staff.actor(Role.FILING_REVIEWER, filing.department_id)
        try:
            approve_filing(filing=filing, actor=reviewer, at=at)
        except Refused:
            continue
        return


def _one_class_each(today: date, *, first: str) -> list[Filing]:
    """A running approved subject class of a few institutions, the shown one's before others."""
    running = Filing.objects.filter(
        state="approved",
        category=_SUBJECT,
        ends_on__gt=today,
        institution__licences__state="in_force",
    ).select_related("institution")
    found: dict[int, Filing] = {}
    for filing in running.order_by("decided_at", "pk"):
        found.setdefault(filing.institution_id, filing)
    chosen = sorted(found.values(), key=lambda one: str(one.institution.public_id) != first)
    return chosen[:_SHOWN_FIRST]


def _correct(filing: Filing, staff: Staff, at: datetime) -> None:
    """The paper copy names the subjects: all but the one of this class."""
    licence = filing.institution.licences.filter(state="in_force").first()
    if licence is None:
        return
    subjects = tuple(one for one in EDITION_CODES if one != filing.activity)
    officer = staff.actor(Role.LICENSING_OFFICER, _department(filing.institution))
    correct_licence(
        licence=licence,
        draft=replace(held_draft(licence), subjects=subjects),
        reason="核对许可证副本，补录载明的学科",
        actor=officer,
        at=at,
    )


def _department(institution: Institution) -> str:
    return institution.competent_department_id or "education"


def _rescreen() -> None:
    for job in Job.objects.filter(kind=RESCREENING_JOB, state="queued").order_by("pk"):
        run_here(job)


def _work(
    opened: list[FilingRecheck], staff: Staff, managers: Mapping[int, Actor], at: datetime
) -> None:
    """The first is answered, the second told, the third decided; the others wait."""
    told = [_tell(one, staff, managers, at) for one in opened[:3]]
    for recheck in told[:1] + told[2:3]:
        manager = managers[recheck.filing.institution_id]
        answer_recheck(recheck=recheck, words=_ANSWER, actor=manager, at=at + timedelta(days=1))
    for recheck in told[2:3]:
        reviewer = staff.actor(Role.FILING_REVIEWER, recheck.department_id)
        take_approval_back(
            recheck=recheck, reasons=_REASONS, actor=reviewer, at=at + timedelta(days=2)
        )


def _tell(
    recheck: FilingRecheck, staff: Staff, managers: Mapping[int, Actor], at: datetime
) -> FilingRecheck:
    reviewer = staff.actor(Role.FILING_REVIEWER, recheck.department_id)
    told = notify_institution_of(recheck=recheck, text=_NOTICE_TEXT, actor=reviewer, at=at)
    if told.notice is not None:
        manager = managers[recheck.filing.institution_id]
        read_notice(notice=told.notice, actor=manager, at=at + timedelta(days=1))
    return told


def _try(staff: Staff, today: date) -> int:
    """A draft that adds what last term's classes taught to the negative list, and its trial."""
    term = last_term(term_choices(staff.division, today), today)
    if term is None:
        return 0
    editor, at = staff.actor(Role.FILING_REVIEWER), moment(today, hour=1)
    draft = _draft(staff, term.starts_from, term.starts_before, editor, at)
    trial = ask_trial(
        division=staff.division,
        draft=TrialDraft(
            label=version_label(draft),
            period_label=term.label,
            starts_from=term.starts_from,
            starts_before=term.starts_before,
            table_key=str(draft.public_id),
        ),
        actor=editor,
        at=at,
    )
    if trial.job is not None:
        run_here(trial.job)
    return 1


def _draft(
    staff: Staff, starts_from: date, starts_before: date, editor: Actor, at: datetime
) -> TableVersion:
    draft = open_draft(division=staff.division, kind=Kind.NEGATIVE.value, actor=editor, at=at)
    filings = Filing.objects.filter(
        state="approved",
        activity="数学",
        starts_on__gte=starts_from,
        starts_on__lt=starts_before,
    )
    for number, filing in enumerate(filings.order_by("pk")[:2], start=1):
        topic = filing.cells["培训内容"].split("、")[0].rstrip("。")[:40]
        cells = {
            "id": f"DEMO-{number}",
            "subject": "数学",
            "grade_from": "1",
            "grade_to": "9",
            "theme": "演示",
            "topic": topic,
            "key_terms": topic,
            "basis": "list_text",
            "confidence": "high",
            "source": "演示数据：虚构的区教育局通知",
            "speaks_of": "topic",
        }
        set_row(version=draft, key="", texts=cells, actor=editor, at=at)
    return draft
