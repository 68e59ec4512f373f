"""The kinds of paper a bureau issues, and the facts without which none of them goes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from regulator.kernel.outcomes import Refusal


class PaperKind(StrEnum):
    """A kind of paper (文书种类)."""

    LICENCE_ORIGINAL = "licence_original"
    LICENCE_DUPLICATE = "licence_duplicate"
    ACCEPTANCE = "acceptance"
    GAP_LIST = "gap_list"
    REJECTION = "rejection"
    DECISION = "decision"
    REFUSAL = "refusal"
    CLOCK_STOP_NOTICE = "clock_stop_notice"
    PROPOSED_DECISION = "proposed_decision"
    FINAL_DECISION = "final_decision"
    SUSPENSION_NOTICE = "suspension_notice"
    CLOSURE_APPROVAL = "closure_approval"
    CANCELLATION_DECISION = "cancellation_decision"
    ENDING_NOTICE = "ending_notice"
    ANNULMENT_DECISION = "annulment_decision"
    WITHDRAWAL_DECISION = "withdrawal_decision"
    PENALTY_NOTICE = "penalty_notice"
    PENALTY_DECISION = "penalty_decision"
    RECTIFICATION_ORDER = "rectification_order"
    SERVICE_RECEIPT = "service_receipt"
    REFUND_DECISION = "refund_decision"
    CLAIM_LIST = "claim_list"
    FILING_REVOCATION = "filing_revocation"
    REVIEW_STOP_NOTICE = "review_stop_notice"
    REVIEW_RESUME_NOTICE = "review_resume_notice"


LICENCE_KINDS = frozenset({PaperKind.LICENCE_ORIGINAL, PaperKind.LICENCE_DUPLICATE})
# Issued and served by who reviews filings.
FILING_KINDS = frozenset(
    {
        PaperKind.FILING_REVOCATION,
        PaperKind.REVIEW_STOP_NOTICE,
        PaperKind.REVIEW_RESUME_NOTICE,
    }
)
# A licence bears its own number (教民…), a receipt that of the paper it is about.
UNNUMBERED = LICENCE_KINDS | {PaperKind.SERVICE_RECEIPT}


class FactForm(StrEnum):
    """What a fact looks like in JSON."""

    TEXT = "text"
    DATE = "date"
    LINES = "lines"
    NUMBER = "number"


FACT_FORMS: Mapping[str, FactForm] = {
    "licence_id": FactForm.TEXT,
    "number": FactForm.TEXT,
    "name": FactForm.TEXT,
    "address": FactForm.TEXT,
    "principal": FactForm.TEXT,
    "sponsors": FactForm.TEXT,
    "school_type": FactForm.TEXT,
    "content": FactForm.TEXT,
    "competent_department": FactForm.TEXT,
    "issuing_authority": FactForm.TEXT,
    "valid_from": FactForm.DATE,
    "valid_until": FactForm.DATE,
    "application": FactForm.TEXT,
    "received_on": FactForm.DATE,
    "decide_by": FactForm.DATE,
    "gaps": FactForm.LINES,
    "reasons": FactForm.LINES,
    "granted": FactForm.TEXT,
    "basis": FactForm.LINES,
    "stopped_on": FactForm.DATE,
    "ground": FactForm.TEXT,
    "check_year": FactForm.NUMBER,
    "consequences": FactForm.LINES,
    "statement_workdays": FactForm.NUMBER,
    "statements": FactForm.TEXT,
    "measures": FactForm.LINES,
    "inspected_on": FactForm.DATE,
    "problems": FactForm.LINES,
    "corrections": FactForm.LINES,
    "term": FactForm.TEXT,
    "starts_on": FactForm.DATE,
    "closes_on": FactForm.DATE,
    "duties": FactForm.LINES,
    "licence_number": FactForm.TEXT,
    "cancelled_on": FactForm.DATE,
    "violations": FactForm.LINES,
    "evidence": FactForm.LINES,
    "penalties": FactForm.LINES,
    "performance": FactForm.LINES,
    "document": FactForm.TEXT,
    "intended": FactForm.TEXT,
    "compensation": FactForm.TEXT,
    "contract": FactForm.TEXT,
    "calculation": FactForm.LINES,
    "amount": FactForm.TEXT,
    "pay_by": FactForm.DATE,
    "claims": FactForm.LINES,
    "filing": FactForm.TEXT,
    "class_name": FactForm.TEXT,
    "notified_on": FactForm.DATE,
    "expected_until": FactForm.DATE,
    "resumed_on": FactForm.DATE,
}

_LICENCE = (
    "licence_id",
    "name",
    "address",
    "principal",
    "sponsors",
    "school_type",
    "content",
    "competent_department",
    "issuing_authority",
    "valid_from",
    "valid_until",
)
_OF_FILING = ("filing", "class_name")
_ENDED = ("licence_number", "ground", "reasons", "statements", "compensation")
REQUIRED_FACTS: Mapping[PaperKind, tuple[str, ...]] = {
    PaperKind.LICENCE_ORIGINAL: _LICENCE,
    PaperKind.LICENCE_DUPLICATE: _LICENCE,
    PaperKind.ACCEPTANCE: ("application", "received_on", "decide_by"),
    PaperKind.GAP_LIST: ("application", "received_on", "gaps"),
    PaperKind.REJECTION: ("application", "received_on", "reasons"),
    PaperKind.DECISION: ("application", "received_on", "granted", "basis"),
    PaperKind.REFUSAL: ("application", "received_on", "reasons"),
    PaperKind.CLOCK_STOP_NOTICE: ("application", "ground", "stopped_on"),
    PaperKind.PROPOSED_DECISION: ("check_year", "reasons", "consequences", "statement_workdays"),
    PaperKind.FINAL_DECISION: ("check_year", "reasons", "consequences", "statements"),
    PaperKind.SUSPENSION_NOTICE: ("reasons", "measures", "starts_on"),
    PaperKind.CLOSURE_APPROVAL: ("application", "closes_on", "duties"),
    PaperKind.CANCELLATION_DECISION: ("licence_number", "ground", "cancelled_on"),
    PaperKind.ENDING_NOTICE: (
        "licence_number",
        "intended",
        "ground",
        "reasons",
        "statement_workdays",
    ),
    PaperKind.ANNULMENT_DECISION: _ENDED,
    PaperKind.WITHDRAWAL_DECISION: _ENDED,
    PaperKind.PENALTY_NOTICE: ("violations", "basis", "penalties", "statement_workdays"),
    PaperKind.PENALTY_DECISION: ("violations", "evidence", "basis", "penalties", "statements"),
    PaperKind.RECTIFICATION_ORDER: ("inspected_on", "problems", "corrections", "term"),
    PaperKind.SERVICE_RECEIPT: ("document",),
    PaperKind.REFUND_DECISION: ("contract", "received_on", "calculation", "amount", "pay_by"),
    PaperKind.CLAIM_LIST: ("ground", "claims", "amount"),
    PaperKind.FILING_REVOCATION: (
        *_OF_FILING,
        "notified_on",
        "problems",
        "statements",
        "reasons",
        "basis",
    ),
    PaperKind.REVIEW_STOP_NOTICE: (*_OF_FILING, "ground", "basis"),
    PaperKind.REVIEW_RESUME_NOTICE: (
        *_OF_FILING,
        "ground",
        "stopped_on",
        "resumed_on",
        "decide_by",
    ),
}


@dataclass(frozen=True)
class Line:
    """One reason, gap, measure or basis: its words, the article it rests on, what clears it."""

    text: str
    basis: str = ""
    remedy: str = ""


def fact_refusals(kind: PaperKind, facts: Mapping[str, Any]) -> tuple[Refusal, ...]:
    """Every fact that a paper of this kind needs and does not have, or has in another form."""
    refusals = [
        Refusal("paper.fact_missing", {"paper_kind": kind.value, "paper_fact": name})
        for name in REQUIRED_FACTS[kind]
        if is_blank(facts.get(name))
    ]
    refusals += [
        Refusal("paper.fact_unreadable", {"paper_kind": kind.value, "paper_fact": name})
        for name, value in facts.items()
        if name in FACT_FORMS and not is_blank(value) and not _fits(FACT_FORMS[name], value)
    ]
    return tuple(refusals)


def is_blank(value: Any) -> bool:
    """Whether a fact says nothing: null, white space, or a list without a word in it."""
    if value is None:
        return True
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, list | tuple):
        return not any(line.text for line in lines_of(value))
    return False


def lines_of(value: Any) -> tuple[Line, ...]:
    """The lines of a list fact; an item is a text, or an object with text, basis and remedy."""
    if isinstance(value, str):
        return (Line(value.strip()),) if value.strip() else ()
    if not isinstance(value, list | tuple):
        return ()
    found = (_line(item) for item in value)
    return tuple(line for line in found if line is not None and line.text)


def _line(item: Any) -> Line | None:
    if isinstance(item, str):
        return Line(item.strip())
    if isinstance(item, Mapping):
        texts = (str(item.get(name) or "").strip() for name in ("text", "basis", "remedy"))
        return Line(*texts)
    return None


def _fits(form: FactForm, value: Any) -> bool:
    if form is FactForm.LINES:
        return isinstance(value, str) or (
            isinstance(value, list | tuple) and all(_line(item) is not None for item in value)
        )
    if form is FactForm.NUMBER:
        return isinstance(value, int) and not isinstance(value, bool)
    if form is FactForm.DATE:
        return isinstance(value, str) and _is_iso_day(value)
    return isinstance(value, str)


def _is_iso_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
