"""Reference data of divisions and departments, loaded from the product's own copy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from regulator.accounts.choices.texts import DEPARTMENT_LABELS
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.models import Department, Division, Township
from regulator.accounts.selectors.shipped import shipped_division_rows
from regulator.accounts.services.access import require
from regulator.audit.services import Subject, append_event
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import canonical_digest


def load_departments(*, actor: Actor, at: datetime, division: str) -> int:
    """Enter the fifteen departments that are not there yet; returns how many were added."""
    require(actor, Action.ACCOUNT_MANAGE, Target(division=division))
    with transaction.atomic():
        known = set(Department.objects.values_list("code", flat=True))
        added = [
            Department(code=code, name=str(name), position=position)
            for position, (code, name) in enumerate(DEPARTMENT_LABELS.items(), start=1)
            if code not in known
        ]
        Department.objects.bulk_create(added)
        if added:
            append_event(
                division=division,
                actor=actor,
                kind="accounts.departments_loaded",
                subject=Subject("departments", "all"),
                new={"codes": [department.code for department in added]},
                occurred_at=at,
            )
    return len(added)


def load_divisions(*, actor: Actor, at: datetime, division: str) -> int:
    """Enter the shipped divisions that are not there yet; a code once entered is never renamed."""
    require(actor, Action.ACCOUNT_MANAGE, Target(division=division))
    rows = shipped_division_rows()
    with transaction.atomic():
        known = set(Division.objects.values_list("code", flat=True))
        added = [row for row in rows if row["code"] not in known]
        codes = known | {row["code"] for row in rows}
        Division.objects.bulk_create([_division(row, codes) for row in added])
        if added:
            append_event(
                division=division,
                actor=actor,
                kind="accounts.divisions_loaded",
                subject=Subject("divisions", "all"),
                new={"count": len(added)},
                row_count=len(added),
                rows_digest=canonical_digest([row["code"] for row in added]),
                occurred_at=at,
            )
    return len(added)


def _division(row: Mapping[str, str], codes: set[str]) -> Division:
    return Division(
        code=row["code"],
        name=row["name"],
        kind=row["kind"],
        parent_id=row["parent"] if row["parent"] in codes else None,
        price_group=row["price_group"],
        price_group_confidence=row["price_group_confidence"],
        starts_on=date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
        note=row["note"],
    )


def record_township(*, division: str, code: str, name: str, actor: Actor, at: datetime) -> Township:
    """Enter a township of a division, or return it when it is there under that name."""
    require(actor, Action.ACCOUNT_MANAGE, Target(division=division))
    with transaction.atomic():
        township, created = Township.objects.get_or_create(
            code=code, defaults={"division_id": division, "name": name}
        )
        if created:
            append_event(
                division=division,
                actor=actor,
                kind="accounts.township_recorded",
                subject=Subject("township", code, name),
                new={"name": name},
                occurred_at=at,
            )
    return township
