"""Service, scans and voiding: what stands against each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal

# Administrative bodies serve as the courts do, where no other law says otherwise.
SERVING = LegalBasis("中华人民共和国民事诉讼法", "", "第八十七条至第九十五条")
_NEEDS_NOTE = frozenset({"leave", "public_notice"})
_SIGNATURES = {
    "application/pdf": b"%PDF-",
    "image/jpeg": b"\xff\xd8\xff",
    "image/png": b"\x89PNG\r\n\x1a\n",
}


class ServiceMeans(StrEnum):
    """A way of service (送达方式)."""

    DIRECT = "direct"
    POST = "post"
    LEAVE = "leave"
    ELECTRONIC = "electronic"
    PUBLIC_NOTICE = "public_notice"


@dataclass(frozen=True)
class PaperFacts:
    """What is asked of a paper before anything is done with it; `paper` is how it is called."""

    paper: str
    issued_on: date
    is_void: bool
    served_on: date | None


def void_refusals(facts: PaperFacts, *, reason: str) -> tuple[Refusal, ...]:
    """Why a paper may not be voided."""
    refusals = _if_void(facts)
    if not reason.strip():
        refusals.append(Refusal("paper.void_reason_missing"))
    return tuple(refusals)


def service_refusals(
    facts: PaperFacts, *, means: ServiceMeans, on: date, today: date, to: str, note: str
) -> tuple[Refusal, ...]:
    """Why a service may not be recorded so."""
    refusals = _if_void(facts)
    if facts.served_on is not None:
        params = {"paper": facts.paper, "served_on": facts.served_on.isoformat()}
        refusals.append(Refusal("paper.served_already", params))
    if on < facts.issued_on:
        params = {"issued_on": facts.issued_on.isoformat()}
        refusals.append(Refusal("paper.served_before_issued", params, SERVING))
    if on > today:
        refusals.append(Refusal("paper.served_in_future", {}, SERVING))
    if not to.strip():
        refusals.append(Refusal("paper.recipient_missing", {}, SERVING))
    if means in _NEEDS_NOTE and not note.strip():
        refusals.append(Refusal("paper.service_note_missing", {}, SERVING))
    return tuple(refusals)


def receipt_refusals(facts: PaperFacts, *, served_how: str) -> tuple[Refusal, ...]:
    """Why an institution need not or may not confirm that it received a paper."""
    refusals = _if_void(facts)
    if facts.served_on is not None and served_how != ServiceMeans.ELECTRONIC:
        refusals.append(Refusal("paper.not_served_electronically", {"paper": facts.paper}))
    return tuple(refusals)


def scan_media_type(data: bytes) -> str:
    """The media type of a scan by its first bytes, or empty: names and headers are not believed."""
    return next((kind for kind, start in _SIGNATURES.items() if data.startswith(start)), "")


def scan_refusals(
    facts: PaperFacts, *, size: int, media_type: str, limit: int
) -> tuple[Refusal, ...]:
    """Why a scan may not be filed beside a paper."""
    refusals = _if_void(facts)
    if size == 0:
        refusals.append(Refusal("paper.scan_empty"))
    elif size > limit:
        megabyte = 1024 * 1024
        params = {"size_mb": -(-size // megabyte), "limit_mb": limit // megabyte}
        refusals.append(Refusal("paper.scan_too_large", params))
    elif not media_type:
        refusals.append(Refusal("paper.scan_kind"))
    return tuple(refusals)


def masked(name: str) -> str:
    """A person's name as lists show it: the first character, then asterisks."""
    plain = name.strip()
    return plain[:1] + "*" * min(len(plain) - 1, 2) if plain else ""


def _if_void(facts: PaperFacts) -> list[Refusal]:
    return [Refusal("paper.void", {"paper": facts.paper})] if facts.is_void else []
