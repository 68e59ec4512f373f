"""The end state of a database, without what two equal runs may differ in: ids, times, hashes."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from django.apps import apps
from django.db import models

from regulator.audit.selectors.chain import divisions_with_events, verify_chain
from regulator.kernel.canonical import canonical_digest

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:[\d.]+(?:Z|[+-]\d\d:\d\d)?")
# The digests of rows that others refer to, by model and key: each is made once.
Targets = dict[tuple[Any, Any], str]

_FRAMEWORK = {"admin", "auth", "axes", "contenttypes", "sessions"}

# The lease is how a run went, not what it did; the hashes cover ids and times, and the chain's own
# verification covers the hashes. A workbook holds the time at which it was made.
_LEFT_OUT = {
    "jobs.Job": {"attempts", "lease_owner", "wake_at", "note"},
    "jobs.JobFile": {"sha256", "size"},
    "audit.Event": {"hash", "previous_hash"},
    "audit.Head": {"hash"},
    # Names the line by its inner key; the line itself is compared.
    "fees.BankDifference": {"key"},
    # Keys and nonces are drawn anew in every run; a test of its own opens what was sealed.
    "database.DataKey": {"wrapped"},
    "institutions.UploadRow": {"certificate", "certificate_index"},
}


def end_state() -> dict[str, Counter[str]]:
    """Every table's rows as digests of their lasting values, and how often each occurs."""
    state: dict[str, Counter[str]] = {}
    targets: Targets = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in _FRAMEWORK or model._meta.proxy:
            continue
        rows = Counter(_row(instance, targets) for instance in model._base_manager.iterator())
        state[model._meta.label] = rows
    return state


def differences(one: dict[str, Counter[str]], other: dict[str, Counter[str]]) -> list[str]:
    """Each row that occurs more often in one end state than in the other."""
    found = []
    for label in sorted(one.keys() | other.keys()):
        left, right = one.get(label, Counter()), other.get(label, Counter())
        found += [f"{label} missing: {row}" for row in (left - right).elements()]
        found += [f"{label} too many: {row}" for row in (right - left).elements()]
    return found


def broken_chains() -> list[Any]:
    """Every break of every division's chain."""
    return [link for division in divisions_with_events() for link in verify_chain(division)]


def _row(instance: models.Model, targets: Targets) -> str:
    left_out = _LEFT_OUT.get(instance._meta.label, set())
    values = {
        field.name: _value(instance, field, targets)
        for field in instance._meta.concrete_fields
        if field.name not in left_out and not _is_incidental(field)
    }
    return str(sorted(values.items()))


def _is_incidental(field: models.Field[Any, Any]) -> bool:
    if field.primary_key:
        return not isinstance(field, (models.CharField, models.ForeignKey))
    if isinstance(field, models.UUIDField):
        return True
    return isinstance(field, models.DateTimeField) and field.name != "occurred_at"


def _value(instance: models.Model, field: models.Field[Any, Any], targets: Targets) -> str:
    if isinstance(field, models.ForeignKey):
        key = (field.related_model, getattr(instance, field.attname))
        if key[1] is not None and key not in targets:
            targets[key] = ""  # a row that leads back to itself stops here
            targets[key] = canonical_digest(_row(getattr(instance, field.name), targets))
        return targets.get(key, "")
    text = str(field.value_from_object(instance))
    return _MOMENT.sub("<moment>", _UUID.sub("<id>", text))
