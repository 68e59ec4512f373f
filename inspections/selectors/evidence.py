"""The photos that stand behind a finding, for the department that decides on it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from inspections.core.findings.finding_states import FAILS
from inspections.models import VisitAnswer, VisitPhoto
from inspections.selectors.findings import findings_in
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.kernel.actors import Actor


def photos_of_answer(answer: VisitAnswer) -> QuerySet[VisitPhoto]:
    """The photos that the team took of an answer's item."""
    return VisitPhoto.objects.filter(visit=answer.visit_id, item=answer.item_id)


def evidence_photo(actor: Actor, public_id: UUID) -> VisitPhoto | None:
    """A photo of a finding that the actor may read, or of an answer their department decides on.

    Of a sealed draw nothing else of the visit is opened by it.
    """
    photo = VisitPhoto.objects.select_related("visit", "item").filter(public_id=public_id).first()
    if photo is None or photo.visit.division_id != actor.division:
        return None
    if findings_in(actor).filter(photos=photo).exists() or _may_decide(actor, photo):
        return photo
    return None


def _may_decide(actor: Actor, photo: VisitPhoto) -> bool:
    if photo.item is None or photo.item.department_id != actor.department:
        return False
    if not may(actor, Action.FINDING_HANDLE, Target(actor.division, actor.department)):
        return False
    answers = VisitAnswer.objects.filter(visit=photo.visit, item=photo.item, answer=FAILS)
    return photo.visit.state == "ended" and answers.exists()
