"""Paper that comes back as photos and scans: taken as it is, and filed page by page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from inspections.choices.returns import SCAN_TITLE
from inspections.core.paper.filing import choosing_refusals, filing_refusals
from inspections.core.paper.page_codes import (
    PageCode,
    ShortCode,
    read_page_code,
    read_short_code,
)
from inspections.models import Checklist, ReturnedFile, ReturnedPage, Visit
from inspections.selectors.returns import (
    checklist_of_code,
    knows_source,
    page_facts,
    visit_of_checklist,
)
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services.access import require
from regulator.adapters.scans import ScanPage, UnusableScan, scan_kind
from regulator.adapters.storage import store_bytes
from regulator.audit.services import Subject, append_event
from regulator.jobs.models import Job
from regulator.jobs.services import enqueue
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import sha256_hex
from regulator.kernel.outcomes import Refusal, Refused

SCAN_TASK = "inspections.read_scan"
_LONGEST_NAME = 200


@dataclass(frozen=True)
class Upload:
    """A file as it was handed in; `expected` is the draw or order it is said to belong to."""

    name: str
    data: bytes
    expected: str = ""


def file_subject(file: ReturnedFile) -> Subject:
    """A returned file as an audit event names it."""
    return Subject("returned_file", str(file.public_id))


def receive_scan(*, division: str, upload: Upload, actor: Actor, at: datetime) -> Job:
    """Keep a photo or a scanned PDF unaltered, and have its pages read.

    Raises Refused with every reason: too large, no scan, the same bytes again, a number that is
    no draw or order.
    """
    require(actor, Action.VISIT_KEEP, Target(division=division))
    reasons: list[Refusal] = []
    media_type = ""
    try:
        media_type = scan_kind(upload.data)
    except UnusableScan as problem:
        reasons.append(Refusal(f"scan.{problem.code}", problem.params))
    reasons.extend(upload_refusals(division, upload, actor))
    if reasons:
        raise Refused(reasons)
    sha256 = store_bytes(upload.data)
    with transaction.atomic():
        file = keep_file(
            division=division, kind="scan", upload=upload, media_type=media_type, sha256=sha256,
            actor=actor, at=at,
        )  # fmt: skip
        return _start(file, upload, actor, at)


def upload_refusals(division: str, upload: Upload, actor: Actor) -> list[Refusal]:
    """What speaks against taking a file, whatever is in it."""
    found = []
    same = ReturnedFile.objects.filter(division=division, sha256=sha256_hex(upload.data)).first()
    if same is not None:
        uploaded_at = f"{timezone.localtime(same.uploaded_at):%Y-%m-%d %H:%M}"
        params = {"name": same.name, "uploaded_at": uploaded_at}
        found.append(Refusal("returns.same_file", params))
    if upload.expected and not knows_source(actor, upload.expected):
        found.append(Refusal("returns.source_unknown", {"source": upload.expected}))
    return found


def keep_file(
    *,
    division: str,
    kind: str,
    upload: Upload,
    media_type: str,
    sha256: str,
    actor: Actor,
    at: datetime,
) -> ReturnedFile:
    """The row of a file whose bytes are stored. Call it in a transaction."""
    file = ReturnedFile.objects.create(
        division_id=division,
        kind=kind,
        name=upload.name[-_LONGEST_NAME:],
        media_type=media_type,
        sha256=sha256,
        size_bytes=len(upload.data),
        uploaded_at=at,
        uploaded_by_user=actor.user_id,
        uploaded_by=actor.name,
    )
    append_event(
        division=division,
        actor=actor,
        kind="returns.file_received",
        subject=file_subject(file),
        new={"kind": kind, "sha256": sha256, "size": file.size_bytes},
        occurred_at=at,
    )
    return file


def _start(file: ReturnedFile, upload: Upload, actor: Actor, at: datetime) -> Job:
    job = enqueue(
        kind=SCAN_TASK,
        division=file.division_id,
        params={"file": str(file.public_id), "expected": upload.expected},
        actor=actor,
        at=at,
        title=SCAN_TITLE,
        page=f"/desk/returns/files/{file.public_id}/",
    )
    file.job = job.public_id
    file.save(update_fields=["job"])
    return job


def keep_page(
    *, file: ReturnedFile, page: ScanPage, picture: str, expected: str, actor: Actor, at: datetime
) -> ReturnedPage:
    """File one page of a scan by its code, or keep it with the reason. Call it in a job's chunk.

    A page without a readable code, or with two, waits in the tray. A page that is filed already
    is not filed twice. Doing it again changes nothing.
    """
    known = file.pages.filter(position=page.position).first()
    if known is not None:
        return known
    codes = [code for code in map(read_page_code, page.codes) if code is not None]
    row = ReturnedPage(
        file=file,
        position=page.position,
        picture_sha256=picture,
        read_text=(page.codes[0] if page.codes else "")[:120],
        state="tray",
    )
    if len(codes) == 1:
        _judge(row, codes[0], expected)
    else:
        row.reason = _tray_reason(page, codes)
    if row.state == "filed":
        _sign(row, actor, at)
    row.save(force_insert=True)
    _record(row, actor, at)
    return row


def _tray_reason(page: ScanPage, codes: list[PageCode]) -> str:
    if codes:
        return "page.two_codes"
    if page.codes:
        return "page.foreign_code"
    return "page.unreadable" if page.jpeg else "page.undrawable"


def _judge(row: ReturnedPage, code: PageCode | ShortCode, expected: str) -> None:
    """Set a page's state by what its code names."""
    checklist = _locked_checklist(code)
    division = row.file.division_id
    reasons = filing_refusals(page_facts(code, checklist, division=division, expected=expected))
    if reasons:
        row.state, row.reason = "refused", reasons[0].code
        row.reason_params = {"all": [_plain(reason) for reason in reasons]}
        return
    if checklist is None:
        return
    row.checklist, row.page_number = checklist, code.page
    row.visit = visit_of_checklist(checklist)
    filed = checklist.returned_pages.filter(state="filed", page_number=code.page)
    row.state = "same" if filed.exists() else "filed"


def _locked_checklist(code: PageCode | ShortCode) -> Checklist | None:
    """The paper, locked: two scans of one page are filed one after the other."""
    found = checklist_of_code(code)
    if found is not None:
        Checklist.objects.select_for_update().get(pk=found.pk)
    return found


def _plain(reason: Refusal) -> dict[str, Any]:
    return {"code": reason.code, "params": dict(reason.params)}


def _sign(row: ReturnedPage, actor: Actor, at: datetime) -> None:
    row.filed_at = at
    row.filed_by_user = actor.user_id
    row.filed_by = actor.name


def _record(row: ReturnedPage, actor: Actor, at: datetime) -> None:
    new: dict[str, Any] = {"page": row.position, "state": row.state}
    if row.reason:
        new["reason"] = row.reason
    if row.visit is not None:
        new["visit"] = str(row.visit.public_id)
    append_event(
        division=row.file.division_id,
        actor=actor,
        kind="returns.page_filed" if row.state == "filed" else "returns.pages_read",
        subject=file_subject(row.file),
        new=new,
        occurred_at=at,
    )


def file_page(*, page: ReturnedPage, typed: str, actor: Actor, at: datetime) -> ReturnedPage:
    """File a page from the tray by the code that a person reads on it and types.

    Raises Refused with every reason; then the page stays in the tray.
    """
    require(actor, Action.VISIT_KEEP, Target(division=page.file.division_id))
    code = read_short_code(typed) or read_page_code("".join(typed.split()).upper())
    if code is None:
        raise Refused(Refusal("page.code_wrong", {"typed": typed.strip()[:60] or "—"}))
    with transaction.atomic():
        row = ReturnedPage.objects.select_for_update().get(pk=page.pk)
        if row.state != "tray":
            raise Refused(Refusal("page.not_in_tray"))
        _judge(row, code, "")
        if row.state == "refused":
            raise Refused([Refusal(one["code"], one["params"]) for one in row.reason_params["all"]])
        row.is_typed, row.reason = True, ""
        if row.state == "filed":
            _sign(row, actor, at)
        row.save()
        _record(row, actor, at)
    return row


def file_page_to_visit(
    *, page: ReturnedPage, visit: Visit, actor: Actor, at: datetime
) -> ReturnedPage:
    """File a page without a code to the visit that a person chose, looking at the picture.

    Raises Refused with every reason; then the page stays in the tray.
    """
    require(actor, Action.VISIT_KEEP, Target(division=page.file.division_id))
    with transaction.atomic():
        row = ReturnedPage.objects.select_for_update().get(pk=page.pk)
        reasons = choosing_refusals(
            is_in_tray=row.state == "tray",
            is_own_division=visit.division_id == page.file.division_id,
            is_replaced=bool(visit.assignment and visit.assignment.replaced),
        )
        if reasons:
            raise Refused(reasons)
        row.visit, row.state, row.is_typed, row.reason = visit, "filed", True, ""
        _sign(row, actor, at)
        row.save()
        _record(row, actor, at)
    return row


def end_scan(
    *, file: ReturnedFile, page_count: int, problem: UnusableScan | None, actor: Actor, at: datetime
) -> ReturnedFile:
    """Note that every page of a file was dealt with, or why none can be. Call it in a chunk."""
    row = ReturnedFile.objects.select_for_update().get(pk=file.pk)
    row.page_count = page_count
    row.state = "done" if problem is None else "unusable"
    if problem is not None:
        row.problem, row.problem_params = f"scan.{problem.code}", dict(problem.params)
    row.save(update_fields=["page_count", "state", "problem", "problem_params"])
    append_event(
        division=row.division_id,
        actor=actor,
        kind="returns.pages_read" if problem is None else "returns.file_unusable",
        subject=file_subject(row),
        new={"pages": page_count, "problem": row.problem},
        occurred_at=at,
    )
    return row


def file_by_public_id(public_id: str | UUID) -> ReturnedFile:
    """A file for work that was asked for by somebody who may."""
    return ReturnedFile.objects.get(public_id=public_id)
