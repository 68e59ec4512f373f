"""The published list: loading what is shipped, publishing, withdrawing."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from inspections.models import InspectionItem
from inspections.selectors.shipped_items import ShippedItem, shipped_items
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services.access import require
from regulator.audit.services import Subject, append_event
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import canonical_digest
from regulator.kernel.outcomes import Refusal, Refused


def item_subject(item: InspectionItem) -> Subject:
    """An item as an audit event names it."""
    return Subject("inspection_item", str(item.public_id), f"{item.code} v{item.version}")


def load_items(*, division: str, starts_on: date, actor: Actor, at: datetime) -> int:
    """Enter the shipped items that a division does not have yet; how many were entered.

    An item whose basis is only a plan or a notice is entered unpublished. One event for the batch.
    """
    require(actor, Action.ITEM_PUBLISH, Target(division=division))
    with transaction.atomic():
        known = set(InspectionItem.objects.filter(division=division).values_list("code", flat=True))
        missing = [item for item in shipped_items() if item.code not in known]
        InspectionItem.objects.bulk_create(
            [_row(item, division=division, starts_on=starts_on, at=at) for item in missing]
        )
        if missing:
            append_event(
                division=division,
                actor=actor,
                kind="item.loaded",
                subject=Subject("inspection_item", "shipped", "检查事项"),
                new={"count": len(missing), "starts_on": starts_on.isoformat()},
                occurred_at=at,
                row_count=len(missing),
                rows_digest=canonical_digest([_plain(item) for item in missing]),
            )
    return len(missing)


def _plain(item: ShippedItem) -> dict[str, str]:
    return {key: str(value) for key, value in asdict(item).items()}


def _row(item: ShippedItem, *, division: str, starts_on: date, at: datetime) -> InspectionItem:
    return InspectionItem(
        division_id=division,
        code=item.code,
        department_id=item.department,
        section=item.section,
        title=item.title,
        look_at=item.look_at,
        method=item.method,
        severity=item.severity,
        legal_basis=item.legal_basis,
        basis_kind=item.basis_kind,
        consequence=item.consequence,
        violation_code=item.violation_code,
        applies_to=item.applies_to,
        source=item.source,
        confidence=item.confidence,
        is_published=item.is_published,
        published_at=at if item.is_published else None,
        starts_on=starts_on,
    )


def publish_item(*, item: InspectionItem, actor: Actor, at: datetime) -> InspectionItem:
    """Put an item on the published list. Raises Refused where it has no basis in law, regulation
    or rule, or is on the list already."""
    require(actor, Action.ITEM_PUBLISH, Target(division=item.division_id))
    with transaction.atomic():
        locked = InspectionItem.objects.select_for_update().get(pk=item.pk)
        reasons = []
        if locked.is_published:
            reasons.append(Refusal("item.already_published", {"title": locked.title}))
        if not locked.may_be_published:
            reasons.append(Refusal("item.no_legal_basis", {"title": locked.title}))
        if reasons:
            raise Refused(reasons)
        locked.is_published = True
        locked.published_at = at
        locked.save(update_fields=["is_published", "published_at"])
        _record(locked, kind="item.published", actor=actor, at=at, reason="")
    return locked


def withdraw_item(
    *, item: InspectionItem, reason: str, actor: Actor, at: datetime
) -> InspectionItem:
    """Take an item off the published list, with a reason; printed checklists keep it."""
    require(actor, Action.ITEM_PUBLISH, Target(division=item.division_id))
    with transaction.atomic():
        locked = InspectionItem.objects.select_for_update().get(pk=item.pk)
        reasons = []
        if not locked.is_published:
            reasons.append(Refusal("item.not_published", {"title": locked.title}))
        if not reason.strip():
            reasons.append(Refusal("item.reason_missing", {"title": locked.title}))
        if reasons:
            raise Refused(reasons)
        locked.is_published = False
        locked.save(update_fields=["is_published"])
        _record(locked, kind="item.withdrawn", actor=actor, at=at, reason=reason.strip())
    return locked


def revise_item(
    *,
    item: InspectionItem,
    title: str,
    look_at: str,
    legal_basis: str,
    basis_kind: str,
    actor: Actor,
    at: datetime,
) -> InspectionItem:
    """Enter a new version of an item; the old one ends that day and stays readable.

    The new version is unpublished until it is published. Raises Refused without a basis.
    """
    require(actor, Action.ITEM_PUBLISH, Target(division=item.division_id))
    if not legal_basis.strip():
        raise Refused(Refusal("item.basis_missing"))
    today = timezone.localdate(at)
    with transaction.atomic():
        locked = InspectionItem.objects.select_for_update().get(pk=item.pk)
        locked.ends_before = today
        locked.save(update_fields=["ends_before"])
        kept = {
            name: getattr(locked, name)
            for name in (
                *("division_id", "code", "department_id", "section", "method", "severity"),
                *("consequence", "violation_code", "applies_to", "source", "confidence"),
            )
        }
        revised = InspectionItem.objects.create(
            **kept,
            version=locked.version + 1,
            title=title.strip(),
            look_at=look_at.strip(),
            legal_basis=legal_basis.strip(),
            basis_kind=basis_kind,
            starts_on=today,
        )
        append_event(
            division=revised.division_id,
            actor=actor,
            kind="item.revised",
            subject=item_subject(revised),
            old={"title": locked.title, "legal_basis": locked.legal_basis},
            new={"title": revised.title, "legal_basis": revised.legal_basis},
            occurred_at=at,
        )
    return revised


def _record(item: InspectionItem, *, kind: str, actor: Actor, at: datetime, reason: str) -> None:
    append_event(
        division=item.division_id,
        actor=actor,
        kind=kind,
        subject=item_subject(item),
        old={"is_published": not item.is_published},
        new={"is_published": item.is_published},
        reason=reason,
        occurred_at=at,
    )
