"""Answers to the items of a visit's checklist, from the phone and from paper alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from inspections.core.visits.answers import AnswerDraft, RecordingFacts, recording_refusals
from inspections.core.visits.states import VisitState
from inspections.models import Visit, VisitAnswer
from inspections.selectors.visits import checklist_keys, is_published, officers_present
from inspections.services.visit_records import lock_visit, record_visit_event, require_recorder
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import canonical_digest
from regulator.kernel.outcomes import Refused


def record_answers(
    *, visit: Visit, answers: Sequence[AnswerDraft], source: str, actor: Actor, at: datetime
) -> list[VisitAnswer]:
    """Record answers to items of the visit's checklist; all of them or none.

    An answer whose client id is known already is left as it is, so that handing the same ones in
    twice changes nothing. `source`: phone, typed, workbook or scan. Returns the rows that are
    new. Raises Refused with every reason of every answer.
    """
    require_recorder(actor, visit)
    with transaction.atomic():
        locked = lock_visit(visit)
        reasons = recording_refusals(_facts(locked, answers, source), drafts=answers)
        if reasons:
            raise Refused(reasons)
        rows = [_row(locked, draft, source, actor, at) for draft in _unknown(answers)]
        if rows:
            VisitAnswer.objects.bulk_create(rows, batch_size=500)
            _record(locked, rows, source, actor, at)
    return rows


def _unknown(answers: Sequence[AnswerDraft]) -> list[AnswerDraft]:
    by_id = {draft.client_id: draft for draft in answers}
    known = set(VisitAnswer.objects.filter(client_id__in=by_id).values_list("client_id", flat=True))
    return [draft for key, draft in by_id.items() if key not in known]


def _facts(visit: Visit, answers: Sequence[AnswerDraft], source: str) -> RecordingFacts:
    earlier = [draft.corrects for draft in answers if draft.corrects is not None]
    return RecordingFacts(
        state=VisitState(visit.state),
        source=source,
        is_published=is_published(visit),
        items=checklist_keys(visit),
        officers=officers_present(visit),
        items_of_earlier=dict(
            VisitAnswer.objects.filter(client_id__in=earlier).values_list("client_id", "item")
        ),
    )


def _row(visit: Visit, draft: AnswerDraft, source: str, actor: Actor, at: datetime) -> VisitAnswer:
    return VisitAnswer(
        client_id=draft.client_id,
        visit=visit,
        item_id=draft.item or 0,
        answer=draft.answer,
        measured_value=draft.measured_value.strip(),
        remark=draft.remark.strip(),
        corrects=draft.corrects,
        source=source,
        entered_at=draft.entered_at,
        recorded_at=at,
        recorded_by_user=actor.user_id,
        recorded_by=actor.name,
    )


def _record(
    visit: Visit, rows: Sequence[VisitAnswer], source: str, actor: Actor, at: datetime
) -> None:
    """One event for the batch; it counts what was answered and never quotes a remark."""
    texts = [[str(row.client_id), row.item_id, row.answer] for row in rows]
    record_visit_event(
        visit,
        kind="answers_recorded",
        actor=actor,
        at=at,
        new={"source": source, "fails": sum(row.answer == "fails" for row in rows)},
        row_count=len(rows),
        rows_digest=canonical_digest(texts),
    )
