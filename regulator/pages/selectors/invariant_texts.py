"""The texts of enforcement cases against the digests that the chain holds of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from inspections.core.findings.case_texts import CASE_TEXTS, text_digests
from inspections.models import EnforcementCase
from institutions.core.journeys.held import altered_steps
from institutions.selectors.journey_facts import JOURNEY_SUBJECT
from regulator.audit.models import Event
from regulator.pages.core.invariants import Violation

_CHUNK = 2000
_CASE = "case"
PENALTY = "penalty"
# Before the chain held digests, an event's reason was the one text it held, word for word.
_REASON_IS = {"case.opened": "ground", "case.investigated": "conclusion"}


def case_text_violations() -> Iterator[Violation]:
    """Every text of a case that was altered past the services. Three queries.

    A case's own texts by name, and what the steps of its penalty journey stated by their codes.
    """
    told, reasons = _case_events()
    held = _journey_events()
    rows = EnforcementCase.objects.select_related("journey").order_by("pk")
    for case in rows.iterator(chunk_size=_CHUNK):
        key, journey = str(case.public_id), str(case.journey.public_id)
        texts: list[tuple[str, ...]] = [(name,) for name in _altered(case, told[key], reasons[key])]
        steps = altered_steps(
            journey=journey, details=case.journey.details, held=held.get(journey, ())
        )
        texts += [tuple(f"{PENALTY}.{code}" for code in codes) for codes in steps]
        for names in texts:
            params = (("texts", ",".join(names)),)
            yield Violation("text_differs", case.division_id, _CASE, case.number, key, params)


def _altered(
    case: EnforcementCase, told: Mapping[str, str], reasons: Mapping[str, str]
) -> list[str]:
    texts = {name: str(getattr(case, name)) for name in CASE_TEXTS}
    now = text_digests(case=str(case.public_id), texts=texts)
    found = [name for name, digest in told.items() if now[name] != digest]
    found += [name for name, text in reasons.items() if name not in told and texts[name] != text]
    return [name for name in CASE_TEXTS if name in found]


def _case_events() -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    """By the case's key: the digest each text was told with last, and the reasons of its events."""
    told: dict[str, dict[str, str]] = defaultdict(dict)
    reasons: dict[str, dict[str, str]] = defaultdict(dict)
    events = Event.objects.filter(subject_kind=_CASE, kind__in=_REASON_IS).order_by("pk")
    columns = ("subject_key", "kind", "new", "reason")
    for key, kind, new, reason in events.values_list(*columns).iterator(chunk_size=_CHUNK):
        told[key].update((new or {}).get("texts", {}))
        reasons[key][_REASON_IS[kind]] = reason
    return told, reasons


def _journey_events() -> dict[str, list[Mapping[str, Any]]]:
    """By the journey's key, of penalties alone: what each step left in its details, in order."""
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    events = Event.objects.filter(subject_kind=JOURNEY_SUBJECT, new__journey_kind=PENALTY)
    rows = events.order_by("pk").values_list("subject_key", "new")
    for key, new in rows.iterator(chunk_size=_CHUNK):
        if new and "held" in new:
            found[key].append(new["held"])
    return found
