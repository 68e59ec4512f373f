"""A paper as anyone may check it: genuine or not, and whether the licence holds today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from institutions.choices.papers_public import VERDICTS
from institutions.choices.public_register import Answer
from institutions.core.licence_states import LicenceState
from institutions.core.papers.kinds import LICENCE_KINDS
from institutions.core.papers.numbers import CODE_LENGTH, code_key, number_key
from institutions.models import Licence, Paper
from institutions.selectors.papers import paper_by_code, paper_by_public_id
from institutions.selectors.public_register import public_institutions, public_lines

# What of a paper's facts anyone may read who holds it: what a licence publishes, nothing else.
_SHOWN_OF_LICENCE = ("name", "address", "principal", "content", "valid_from", "valid_until")


@dataclass(frozen=True)
class Verification:
    """The answer about one paper; `today` is the plain answer about the institution's licence."""

    paper: Paper
    verdict: Answer
    is_licence: bool
    shown: Mapping[str, Any]
    office: str
    recipient: str
    today: Answer | None
    is_listed: bool


def paper_by_hand(*, number: str, code: str) -> Paper | None:
    """A paper by what is printed on it; both must fit, but a paper without a number has none."""
    key = code_key(code)
    if len(key) != CODE_LENGTH:
        return None
    paper = paper_by_code(key)
    if paper is None or paper.number_key != number_key(number):
        return None
    return paper


def verification(public_id: UUID, *, on: date) -> Verification | None:
    """What the register says of a paper on a day; None where no such paper was issued."""
    paper = paper_by_public_id(public_id)
    if paper is None:
        return None
    listed = public_institutions().filter(pk=paper.institution_id or 0)
    lines = public_lines(listed, on=on)
    is_licence = paper.kind in LICENCE_KINDS
    facts = paper.facts
    return Verification(
        paper=paper,
        verdict=VERDICTS[_verdict(paper, on=on)],
        is_licence=is_licence,
        shown={name: facts.get(name, "") for name in _SHOWN_OF_LICENCE} if is_licence else {},
        office=str(facts.get("issuing_authority") or facts.get("office", {}).get("name", "")),
        recipient=str(facts.get("recipient", {}).get("name", "")),
        today=lines[0].answer if lines else None,
        is_listed=bool(lines),
    )


def _verdict(paper: Paper, *, on: date) -> str:
    if paper.is_void:
        return "void"
    if paper.kind not in LICENCE_KINDS:
        return "genuine"
    held = paper.institution
    licence = (
        None
        if held is None
        else held.licences.filter(public_id__in=[paper.licence] if paper.licence else []).first()
    )
    if held is None or licence is None:
        return "unmatched"
    if _is_replaced(paper, licence):
        return "replaced"
    if licence.state != LicenceState.IN_FORCE.value:
        return str(licence.state)
    if not licence.is_valid_on(on):
        return "expired" if licence.valid_from is None or licence.valid_from <= on else "pending"
    return "paused" if held.status in ("paused", "closed") else "in_force"


def _is_replaced(paper: Paper, licence: Licence) -> bool:
    """Whether a later paper of the same licence went out, or another licence came in its place."""
    later = Paper.objects.filter(
        licence=paper.licence, kind=paper.kind, voided_at__isnull=True, pk__gt=paper.pk
    )
    newer = licence.replaced_by.exclude(state=LicenceState.PENDING.value)
    return later.exists() or newer.exists()
