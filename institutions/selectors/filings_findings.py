"""Findings as pages show them: the words marked in place, the rule in plain words, the remedy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext

from institutions.choices.filings import VERDICT_LABELS
from institutions.choices.findings import (
    FORM_PROBLEMS,
    RULE_TEXTS,
    finding_message,
    finding_remedy,
    form_problem_message,
)
from institutions.core.filing_cells import CERTIFICATE
from institutions.core.screening.rows import HEADERS
from institutions.models import Filing, FindingDecision, UploadRow
from institutions.selectors.filings_register import NEW_CLASS, filed_class, screen_class
from institutions.selectors.filings_screening import finding_from_json, screening_context
from regulator.web.choices import BREACH, OK, UNKNOWN

Span = tuple[int, int, str]
NO_DECISIONS: Mapping[str, FindingDecision] = {}


@dataclass(frozen=True)
class FindingView:
    """One finding for `components/finding.html`; `needs_decision` when only a person can say."""

    code: str
    tone: str
    title: str | Promise
    explanation: str | Promise
    field: str
    text: str
    spans: tuple[Span, ...]
    evidence: str
    message: str
    basis: str
    remedy: str
    anchor: str
    is_undetermined: bool
    ruling: FindingDecision | None = None
    decision: str = ""

    @property
    def has_rule_page(self) -> bool:
        """Whether the rule is explained on a page of its own."""
        return self.code in RULE_TEXTS

    @property
    def needs_decision(self) -> bool:
        """Whether an officer has still to say what the system could not."""
        return self.is_undetermined and self.ruling is None


@dataclass(frozen=True)
class CellView:
    """One cell beside its findings: the text with what is marked in it."""

    header: str
    text: str
    spans: tuple[Span, ...]
    problems: tuple[str, ...]
    is_long: bool

    @property
    def is_marked(self) -> bool:
        """Whether anything was found in it."""
        return bool(self.spans or self.problems)


_LONG_CELL = 60


class Shown(Protocol):
    """What can be shown: a row, a filing, or a preview that was never kept."""

    @property
    def cells(self) -> Mapping[str, str]:
        """The cells by header."""

    @property
    def findings(self) -> Sequence[Mapping[str, Any]]:
        """The findings as they are kept."""


@dataclass(frozen=True)
class Preview:
    """A row as it would be if it were kept."""

    cells: Mapping[str, str]
    outcome: str
    findings: Sequence[Mapping[str, Any]]


def finding_views(
    kept: Shown, decisions: Mapping[str, FindingDecision] = NO_DECISIONS
) -> list[FindingView]:
    """The findings in their order, breaches first, each with its decision where there is one."""
    views = [_finding_view(kept.cells, one, decisions.get(one["rule"])) for one in kept.findings]
    return sorted(views, key=lambda one: one.is_undetermined)


def _finding_view(
    cells: Mapping[str, str], kept: Mapping[str, Any], decision: FindingDecision | None
) -> FindingView:
    finding = finding_from_json(kept)
    text = RULE_TEXTS[finding.rule]
    is_undetermined = finding.outcome == "undetermined"
    tone = _tone(is_undetermined=is_undetermined, decision=decision)
    spans = tuple((a, b, tone) for header, a, b in finding.spans if header == finding.field)
    shown = cells.get(finding.field, "")
    return FindingView(
        code=finding.rule,
        tone=tone,
        title=text.title,
        explanation=text.explanation,
        field=finding.field,
        text=shown,
        spans=spans,
        evidence="" if spans else finding.evidence,
        message=finding_message(finding),
        basis=finding.basis,
        remedy=finding_remedy(finding),
        anchor=f"finding-{finding.rule}",
        is_undetermined=is_undetermined,
        ruling=decision,
        decision=_said(decision) if decision else "",
    )


def _said(decision: FindingDecision) -> str:
    return gettext("%(verdict)s（%(officer)s）：%(reason)s") % {
        "verdict": VERDICT_LABELS[decision.verdict],
        "officer": decision.decided_by,
        "reason": decision.reason,
    }


def _tone(*, is_undetermined: bool, decision: FindingDecision | None) -> str:
    if not is_undetermined or (decision is not None and decision.verdict == "breach"):
        return BREACH
    return UNKNOWN if decision is None else OK


def cell_views(kept: Shown) -> list[CellView]:
    """Every cell in the workbook's order, with the words that any finding speaks of."""
    marks: dict[str, list[Span]] = {}
    for one in kept.findings:
        tone = BREACH if one["outcome"] == "breach" else UNKNOWN
        for header, start, end in one["spans"]:
            marks.setdefault(header, []).append((start, end, tone))
    problems = cell_problems(kept)
    return [
        CellView(
            header=header,
            text=kept.cells.get(header, ""),
            spans=tuple(marks.get(header, ())),
            problems=problems.get(header, ()),
            is_long=len(kept.cells.get(header, "")) > _LONG_CELL,
        )
        for header in HEADERS
    ]


def cell_doubts(kept: Shown) -> dict[str, tuple[str, ...]]:
    """What only a person can judge by header, in sentences; it keeps nobody from handing in."""
    return _said_at_cells(one for one in kept.findings if one["outcome"] != "breach")


def cell_problems(kept: Shown) -> dict[str, tuple[str, ...]]:
    """What is wrong by header, in sentences: every form problem, else each breach's places."""
    return _said_at_cells(one for one in kept.findings if one["outcome"] == "breach")


def _said_at_cells(findings: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in findings:
        for problem in one["params"].get("problems", ()):
            if problem["code"] in FORM_PROBLEMS:
                said = form_problem_message(problem)
                found[problem["header"]] = (*found.get(problem["header"], ()), said)
        if not one["params"].get("problems"):
            said = finding_message(finding_from_json(one))
            for header in dict.fromkeys((one["field"], *(span[0] for span in one["spans"]))):
                found[header] = (*found.get(header, ()), said)
    return found


def reasons_of(kept: Shown) -> tuple[str, ...]:
    """Everything that stands against a row, each with its remedy: the column `原因`."""
    return tuple(f"{view.message}{view.remedy}" for view in finding_views(kept))


def preview(
    kept: UploadRow | Filing, changes: Mapping[str, str], *, division: str, on: date
) -> Preview:
    """What the screening would say of a row with these changes; nothing is written.

    A certificate number that was not changed stays masked; its digest stands for it.
    """
    cells = {header: changes.get(header, text) for header, text in kept.cells.items()}
    is_same_teacher = cells.get(CERTIFICATE) == kept.cells.get(CERTIFICATE)
    screened = screen_class(
        1,
        cells,
        screening_context(division, on),
        institution=kept.institution if isinstance(kept, Filing) else kept.upload.institution,
        certificate_index=kept.certificate_index if is_same_teacher else None,
        filed=filed_class(kept) if isinstance(kept, Filing) else NEW_CLASS,
    )
    return Preview(cells=cells, outcome=screened.outcome, findings=screened.findings)
