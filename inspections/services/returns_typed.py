"""Results typed from paper: an item's code, an answer, a measured value, a remark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from inspections.core.paper.typed_answers import answer_of, item_code, near_codes
from inspections.core.visits.answers import AnswerDraft, AnswerSource
from inspections.models import Visit, VisitAnswer
from inspections.selectors.returns import TypedLine, typed_lines
from inspections.services.visit_answers import record_answers
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused


@dataclass(frozen=True)
class TypedAnswer:
    """One answer as it was typed or filled in, not yet understood."""

    code: str
    answer: str
    measured_value: str = ""
    remark: str = ""


def type_answer(
    *, visit: Visit, typed: TypedAnswer, actor: Actor, at: datetime
) -> VisitAnswer | None:
    """Record one answer by its item's code; None where the same answer stands already.

    Raises Refused: a code that is not on this visit's checklist names those that look like it.
    """
    draft, reasons = draft_of(typed, typed_lines(visit), client_id=uuid4(), at=at)
    if reasons:
        raise Refused(reasons)
    if draft is None:
        return None
    rows = record_answers(
        visit=visit, answers=[draft], source=AnswerSource.TYPED.value, actor=actor, at=at
    )
    return rows[0]


def draft_of(
    typed: TypedAnswer, lines: Sequence[TypedLine], *, client_id: UUID, at: datetime
) -> tuple[AnswerDraft | None, list[Refusal]]:
    """What was typed as an answer to an item, or every reason why it is none.

    Neither where the very same answer stands already. An answer that differs corrects the one
    that stands.
    """
    known = {line.item.code: line for line in lines}
    code, answer = item_code(typed.code, known), answer_of(typed.answer)
    reasons = []
    if code is None:
        near = "、".join(near_codes(typed.code, known)) or "—"
        params = {"typed": typed.code.strip()[:20] or "—", "near": near}
        reasons.append(Refusal("typed.item_unknown", params))
    if answer is None:
        params = {"typed": typed.answer.strip()[:20] or "—"}
        reasons.append(Refusal("typed.answer_unknown", params))
    if code is None or answer is None:
        return None, reasons
    line = known[code]
    if line.answer is not None and _same(line.answer, answer, typed):
        return None, []
    draft = AnswerDraft(
        client_id=client_id,
        item=line.item.pk,
        item_code=code,
        answer=answer,
        entered_at=at,
        measured_value=typed.measured_value.strip(),
        remark=typed.remark.strip(),
        corrects=line.answer.client_id if line.answer is not None else None,
    )
    return draft, []


def _same(standing: VisitAnswer, answer: str, typed: TypedAnswer) -> bool:
    return (standing.answer, standing.measured_value, standing.remark) == (
        answer,
        typed.measured_value.strip(),
        typed.remark.strip(),
    )
