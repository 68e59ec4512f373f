"""Results that come back as a workbook: good rows are recorded, bad ones come back with why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from inspections.choices.returns import WORKBOOK_TITLE
from inspections.core.visits.answers import AnswerDraft, AnswerSource
from inspections.models import ReturnedFile, Visit
from inspections.selectors.returns import answerable_visits, typed_lines
from inspections.services.returns import Upload, file_subject, keep_file, upload_refusals
from inspections.services.returns_typed import TypedAnswer, draft_of
from inspections.services.visit_answers import record_answers
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services.access import require
from regulator.adapters.storage import store_bytes
from regulator.audit.services import append_event
from regulator.jobs.models import Job
from regulator.jobs.services import enqueue
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused
from regulator.web.refusals import refusal_message

WORKBOOK_TASK = "inspections.read_result_workbook"
HEADERS = ("场所编号", "机构", "事项编号", "检查事项", "结果", "实测值", "说明")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class WorkbookProblem(Exception):
    """Why a workbook cannot be taken as a whole; a refusal's code and params."""

    def __init__(self, code: str, **params: int | str) -> None:
        super().__init__(code, params)
        self.refusal = Refusal(code, params)


@dataclass(frozen=True)
class ResultRow:
    """One filled-in row: its number in the sheet, and its cells in the order of `HEADERS`."""

    number: int
    register_id: str
    institution: str
    item_code: str
    item: str
    answer: str
    measured_value: str
    remark: str

    @property
    def cells(self) -> tuple[str, ...]:
        """As it came, for the way back."""
        return (
            *(self.register_id, self.institution, self.item_code, self.item),
            *(self.answer, self.measured_value, self.remark),
        )

    @property
    def typed(self) -> TypedAnswer:
        """Its answer, not yet understood."""
        return TypedAnswer(self.item_code, self.answer, self.measured_value, self.remark)


@dataclass(frozen=True)
class RowProblem:
    """A row that was not recorded, and why."""

    row: ResultRow
    message: str


def receive_workbook(
    *, division: str, upload: Upload, rows: Sequence[ResultRow], actor: Actor, at: datetime
) -> Job:
    """Keep a workbook that could be read, and have its rows recorded visit by visit.

    `upload.expected` is the draw or order whose visits they are. Raises Refused.
    """
    require(actor, Action.VISIT_KEEP, Target(division=division))
    reasons = upload_refusals(division, upload, actor)
    if not upload.expected:
        reasons.append(Refusal("returns.source_unknown", {"source": "—"}))
    if reasons:
        raise Refused(reasons)
    sha256 = store_bytes(upload.data)
    with transaction.atomic():
        file = keep_file(
            division=division, kind="workbook", upload=upload, media_type=XLSX, sha256=sha256,
            actor=actor, at=at,
        )  # fmt: skip
        job = enqueue(
            kind=WORKBOOK_TASK,
            division=division,
            params={"file": str(file.public_id), "expected": upload.expected},
            actor=actor,
            at=at,
            total=len(rows),
            title=WORKBOOK_TITLE,
            page=f"/desk/returns/files/{file.public_id}/",
        )
        file.job = job.public_id
        file.save(update_fields=["job"])
    return job


def record_rows(
    *,
    file: ReturnedFile,
    register_id: str,
    rows: Sequence[ResultRow],
    expected: str,
    actor: Actor,
    at: datetime,
) -> list[RowProblem]:
    """Record the rows of one premises; what could not be recorded comes back with why.

    Call it in a job's chunk. Doing it again changes nothing: each row has its own client id.
    """
    visits = answerable_visits(actor, number=expected)
    visit = visits.filter(register_id__iexact=register_id).first()
    if visit is None:
        reason = Refusal("typed.visit_unknown", {"typed": register_id or "—"})
        return [RowProblem(row, refusal_message(reason)) for row in rows]
    drafts, problems = _drafts(file, visit, rows, at)
    problems.extend(_record(visit, drafts, actor, at))
    return problems


def _drafts(
    file: ReturnedFile, visit: Visit, rows: Sequence[ResultRow], at: datetime
) -> tuple[list[tuple[ResultRow, AnswerDraft]], list[RowProblem]]:
    lines = typed_lines(visit)
    drafts: list[tuple[ResultRow, AnswerDraft]] = []
    problems: list[RowProblem] = []
    first_row: dict[int | None, int] = {}
    for row in rows:
        client_id = row_id(file.public_id, row.number)
        draft, reasons = draft_of(row.typed, lines, client_id=client_id, at=at)
        if draft is not None and draft.item in first_row:
            params = {"code": draft.item_code, "row": first_row[draft.item]}
            reasons = [Refusal("typed.twice", params)]
        if reasons:
            problems.append(RowProblem(row, _said(reasons)))
        elif draft is not None:
            first_row[draft.item] = row.number
            drafts.append((row, draft))
    return drafts, problems


def row_id(file: UUID, number: int) -> UUID:
    """The client id of a row: the same whenever the same file is read again."""
    return uuid5(file, str(number))


def _record(
    visit: Visit, drafts: Sequence[tuple[ResultRow, AnswerDraft]], actor: Actor, at: datetime
) -> Iterable[RowProblem]:
    """All at once; where that is refused, row by row, so that the good ones are kept."""
    source = AnswerSource.WORKBOOK.value
    if not drafts:
        return []
    try:
        answers = [draft for _row, draft in drafts]
        record_answers(visit=visit, answers=answers, source=source, actor=actor, at=at)
    except Refused as refused:
        if len(drafts) == 1:
            return [RowProblem(drafts[0][0], _said(refused.refusals))]
        return [problem for pair in drafts for problem in _record(visit, [pair], actor, at)]
    return []


def _said(reasons: Iterable[Refusal]) -> str:
    return "；".join(refusal_message(reason) for reason in reasons)


def end_workbook(
    *, file: ReturnedFile, rows: int, problems: int, actor: Actor, at: datetime
) -> ReturnedFile:
    """Note that every row was dealt with. Call it in the job's last transaction."""
    row = ReturnedFile.objects.select_for_update().get(pk=file.pk)
    row.state, row.page_count = "done", rows
    row.save(update_fields=["state", "page_count"])
    append_event(
        division=row.division_id,
        actor=actor,
        kind="returns.workbook_read",
        subject=file_subject(row),
        new={"rows": rows, "returned": problems},
        occurred_at=at,
    )
    return row
