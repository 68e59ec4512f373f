"""What is said at each cell of a class that is being written, and what is still to be filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from institutions.choices.filing_columns import COLUMN_BY_HEADER
from institutions.choices.findings import FORM_PROBLEMS, form_problem_message
from institutions.core.filing_cells import CERTIFICATE, LICENCE_NUMBER
from institutions.core.screening.catalogue import FORM_CODE
from institutions.models import Filing, FilingDraft, Institution
from institutions.selectors.filings_findings import FindingView, Preview, Shown, finding_views
from institutions.selectors.filings_register import (
    NEW_CLASS,
    certificate_indexes,
    filed_change,
    screen_class,
)
from institutions.selectors.filings_screening import (
    Screened,
    screen_draft_cells,
    screening_context,
)
from regulator.web.choices import BREACH, UNKNOWN

_EMPTY = "empty"
Span = tuple[int, int, str]


@dataclass(frozen=True)
class Said:
    """One sentence at a cell: in which tone, the rule, the cell's words marked, what would do."""

    tone: str
    message: str
    code: str = ""
    title: str = ""
    text: str = ""
    spans: tuple[Span, ...] = ()
    remedy: str = ""
    basis: str = ""

    @property
    def is_doubt(self) -> bool:
        """Whether only a reviewer can judge it: it keeps nobody from handing in."""
        return self.tone == UNKNOWN


@dataclass(frozen=True)
class CheckedClass:
    """A class as checked: what is said by header, what is missing, and what it comes to.

    `breaches` and `doubts` are (header, title) in the workbook's order, for the list at the side.
    """

    said: Mapping[str, Sequence[Said]]
    missing: tuple[str, ...]
    breaches: tuple[tuple[str, str], ...]
    doubts: tuple[tuple[str, str], ...]

    @property
    def is_ready(self) -> bool:
        """Whether it can be handed in as it stands."""
        return not self.missing and not self.breaches


def screen_draft(
    institution: Institution,
    cells: Mapping[str, str],
    *,
    certificate_index: str,
    amends: Filing | None = None,
    on: date,
) -> Screened:
    """A class that is being written: every rule where it is whole, else what is sure already."""
    context = screening_context(institution.division_id, on)
    partial = screen_draft_cells(cells, context)
    if partial.row is None:
        return partial
    return screen_class(
        1,
        cells,
        context,
        institution=institution,
        certificate_index=certificate_index,
        filed=NEW_CLASS if amends is None else filed_change(amends),
    )


def preview_class(
    institution: Institution, cells: Mapping[str, str], *, kept: FilingDraft | None, on: date
) -> Preview:
    """What the screening says of a class as typed, incomplete or not; nothing is written.

    A certificate number that is shown masked is known by the digest of the draft that holds it.
    """
    number = cells.get(CERTIFICATE, "")
    if kept is not None and number == kept.cells.get(CERTIFICATE, ""):
        index = kept.certificate_index
    else:
        index = certificate_indexes([number])[0]
    amends = kept.amends if kept is not None else None
    screened = screen_draft(institution, cells, certificate_index=index, amends=amends, on=on)
    return Preview(cells=dict(cells), outcome=screened.outcome, findings=screened.findings)


def checked_class(kept: Shown, wrong_licence: str = "") -> CheckedClass:
    """What is to be said of a class, cell by cell. Empty cells are listed, not scolded."""
    said: dict[str, list[Said]] = {}
    problems = [problem for one in kept.findings for problem in one["params"].get("problems", ())]
    missing = [problem["header"] for problem in problems if problem["code"] == _EMPTY]
    for problem in problems:
        if problem["code"] != _EMPTY and problem["code"] in FORM_PROBLEMS:
            sentence = Said(BREACH, form_problem_message(problem))
            said.setdefault(problem["header"], []).append(sentence)
    for view in finding_views(kept):
        if view.code != FORM_CODE:
            said.setdefault(view.field, []).append(_said(view))
    if wrong_licence:
        foreign = _("“%(number)s”不是本机构的许可证号或信用代码。") % {"number": wrong_licence}
        said.setdefault(LICENCE_NUMBER, []).append(Said(BREACH, foreign))
    return CheckedClass(
        said=said,
        missing=tuple(missing),
        breaches=_titles(said, BREACH),
        doubts=_titles(said, UNKNOWN),
    )


def _said(view: FindingView) -> Said:
    return Said(
        tone=UNKNOWN if view.is_undetermined else BREACH,
        message=view.message,
        code=view.code,
        title=str(view.title),
        text=view.text if view.spans else "",
        spans=view.spans,
        remedy=view.remedy,
        basis=view.basis,
    )


def _titles(said: Mapping[str, Sequence[Said]], tone: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (header, one.title or one.message)
        for header in COLUMN_BY_HEADER
        for one in said.get(header, ())
        if one.tone == tone
    )
