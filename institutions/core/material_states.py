"""The states of 培训材料, the one table of moves between them, and what each move asks for.

Source: 中小学生校外培训材料管理办法（试行）, 教监管厅函〔2021〕6号: who may write material, what it
may not hold, that writing and reviewing are kept apart (编审分离), that subject material is
reviewed by the institution and then by the education department (双审核), other material by the
institution with spot checks, and that material and authors are filed with the approving bureau.
The measures speak of material that an institution writes itself; of a published book only the
title is filed, after the institution's own review.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from regulator.accounts.core.actions import Action
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal

_MEASURES = "中小学生校外培训材料管理办法（试行）"
_NUMBER = "教监管厅函〔2021〕6号"
_ISSUED_ON = date(2021, 8, 25)


def _measures(article: str) -> LegalBasis:
    return LegalBasis(_MEASURES, _NUMBER, article, _ISSUED_ON)


AUTHORS = _measures("编写研发人员须从事教育教学相关工作3年及以上，并有相应证书")
CONTENT = _measures("培训材料不得存在的十二种情形")
REVIEW = _measures("内部审核，编审分离")
DOUBLE_REVIEW = _measures("学科类培训材料由机构内部审核、教育行政部门外部审核")
FILING = _measures("材料和编写研发人员信息备案")
SUPERVISION = _measures("审批部门监督检查")

LEAST_EXPERIENCE_YEARS = 3
"""Authors have been in education for at least so many years (教监管厅函〔2021〕6号)."""


class MaterialKind(StrEnum):
    """Whether the institution wrote it or bought a published book."""

    SELF_WRITTEN = "self_written"
    PUBLISHED = "published"


class MaterialState(StrEnum):
    """Where a material stands."""

    DRAFT = "draft"
    INTERNAL_PASSED = "internal_passed"
    EXTERNAL_PASSED = "external_passed"
    FILED = "filed"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


BANNED_CONTENT: tuple[str, ...] = (
    "smear",
    "system",
    "unity",
    "honour",
    "ethnic",
    "religion",
    "violence",
    "law",
    "advertising",
    "beyond_standard",
    "misleading",
    "other",
)
"""What material may not hold, twelve kinds; the texts stand in `choices/materials.py`."""


@dataclass(frozen=True)
class MaterialMove:
    """One move: who makes it is what `action` asks the policy."""

    name: str
    sources: tuple[MaterialState, ...]
    target: MaterialState
    action: Action
    basis: LegalBasis


_S = MaterialState
MOVES: dict[str, MaterialMove] = {
    move.name: move
    for move in (
        MaterialMove(
            "pass_internal",
            (_S.DRAFT,),
            _S.INTERNAL_PASSED,
            Action.MATERIAL_KEEP,
            REVIEW,
        ),
        MaterialMove(
            "pass_external",
            (_S.INTERNAL_PASSED,),
            _S.EXTERNAL_PASSED,
            Action.MATERIAL_CHECK,
            DOUBLE_REVIEW,
        ),
        MaterialMove(
            "file",
            (_S.INTERNAL_PASSED, _S.EXTERNAL_PASSED),
            _S.FILED,
            Action.MATERIAL_KEEP,
            FILING,
        ),
        MaterialMove(
            "revise",
            (_S.INTERNAL_PASSED, _S.EXTERNAL_PASSED, _S.RETURNED),
            _S.DRAFT,
            Action.MATERIAL_KEEP,
            REVIEW,
        ),
        MaterialMove(
            "send_back",
            (_S.INTERNAL_PASSED, _S.EXTERNAL_PASSED, _S.FILED),
            _S.RETURNED,
            Action.MATERIAL_CHECK,
            SUPERVISION,
        ),
        MaterialMove(
            "withdraw",
            (_S.DRAFT, _S.INTERNAL_PASSED, _S.EXTERNAL_PASSED, _S.FILED, _S.RETURNED),
            _S.WITHDRAWN,
            Action.MATERIAL_KEEP,
            FILING,
        ),
    )
}


@dataclass(frozen=True)
class AuthorFacts:
    """An author as the guards see one; `certificate` is teacher, professional or nothing."""

    name: str
    experience_years: int | None
    certificate: str


@dataclass(frozen=True)
class MaterialFacts:
    """What the guards look at.

    `answered` are the items of BANNED_CONTENT that the review at hand answers, `findings` those
    that it did not find free. `reason` is what the actor gave.
    """

    state: MaterialState
    kind: MaterialKind = MaterialKind.SELF_WRITTEN
    is_subject: bool = True
    file_count: int = 1
    authors: tuple[AuthorFacts, ...] = ()
    reviewer: str = ""
    reviewed_on: date | None = None
    today: date | None = None
    answered: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    reason: str = ""

    @property
    def needs_external(self) -> bool:
        """Subject material that the institution wrote itself is reviewed twice."""
        return self.is_subject and self.kind is MaterialKind.SELF_WRITTEN


def material_refusals(move: MaterialMove, facts: MaterialFacts) -> tuple[Refusal, ...]:
    """Every reason why the move may not be made now, empty if it may."""
    found: list[Refusal] = []
    if facts.state not in move.sources:
        params = {"material_state": facts.state.value, "material_move": move.name}
        found.append(Refusal("material.wrong_state", params))
    guard = _GUARDS.get(move.name)
    if guard is not None:
        found.extend(guard(facts))
    return tuple(found)


def _passing_internal(facts: MaterialFacts) -> Iterable[Refusal]:
    if facts.kind is MaterialKind.SELF_WRITTEN:
        if not facts.file_count:
            yield Refusal("material.file_missing", {}, FILING, "material.remedy_upload")
        yield from _of_authors(facts)
    yield from _of_review(facts)


def _of_authors(facts: MaterialFacts) -> Iterable[Refusal]:
    if not facts.authors:
        yield Refusal("material.author_missing", {}, AUTHORS, "material.remedy_author")
    for author in facts.authors:
        named = {"author": author.name}
        if author.experience_years is None:
            yield Refusal("material.experience_unknown", named, AUTHORS, "material.remedy_author")
        elif author.experience_years < LEAST_EXPERIENCE_YEARS:
            params = {**named, "years": author.experience_years, "least": LEAST_EXPERIENCE_YEARS}
            yield Refusal("material.experience_short", params, AUTHORS)
        if not author.certificate or (facts.is_subject and author.certificate != "teacher"):
            code = "material.teacher_certificate" if facts.is_subject else "material.certificate"
            yield Refusal(code, named, AUTHORS, "material.remedy_author")


def _of_review(facts: MaterialFacts) -> Iterable[Refusal]:
    reviewer = facts.reviewer.strip()
    if not reviewer:
        yield Refusal("material.reviewer_missing", {}, REVIEW)
    elif reviewer in [author.name for author in facts.authors]:
        yield Refusal("material.reviewer_wrote", {"reviewer": reviewer}, REVIEW)
    if facts.reviewed_on is None:
        yield Refusal("material.review_undated", {}, REVIEW)
    elif facts.today is not None and facts.reviewed_on > facts.today:
        yield Refusal("material.review_in_future", {}, REVIEW)
    missing = [item for item in BANNED_CONTENT if item not in facts.answered]
    if missing:
        yield Refusal("material.checklist_open", {"count": len(missing)}, CONTENT)
    for item in facts.findings:
        yield Refusal("material.banned_content", {"banned": item}, CONTENT)


def _passing_external(facts: MaterialFacts) -> Iterable[Refusal]:
    if not facts.needs_external:
        yield Refusal("material.external_not_needed", {}, DOUBLE_REVIEW)
    yield from _of_review(facts)


def _filing(facts: MaterialFacts) -> Iterable[Refusal]:
    if facts.needs_external and facts.state is MaterialState.INTERNAL_PASSED:
        yield Refusal("material.external_missing", {}, DOUBLE_REVIEW, "material.remedy_external")


def _reasoned(facts: MaterialFacts) -> Iterable[Refusal]:
    if not facts.reason.strip():
        yield Refusal("material.reason_missing", {}, SUPERVISION)


def _withdrawing(facts: MaterialFacts) -> Iterable[Refusal]:
    if facts.state is MaterialState.FILED:
        yield from _reasoned(facts)


_GUARDS = {
    "pass_internal": _passing_internal,
    "pass_external": _passing_external,
    "file": _filing,
    "send_back": _reasoned,
    "withdraw": _withdrawing,
}


def review_refusals(facts: MaterialFacts) -> tuple[Refusal, ...]:
    """Every reason why a review that did not pass may not be recorded: who, when, and all twelve.

    What it found is what it is for, so findings are no reason.
    """
    found = _of_review(facts)
    return tuple(one for one in found if one.code != "material.banned_content")


def retention_until(stopped_on: date | None, months: int) -> date | None:
    """The last day for which a material is kept, or None where nobody can say yet.

    `months` 0: the bureau has not entered the term, and no source states it. In use: not yet known.
    """
    if stopped_on is None or months <= 0:
        return None
    year, month = divmod(stopped_on.year * 12 + stopped_on.month - 1 + months, 12)
    day = stopped_on.day
    while True:
        try:
            return date(year, month + 1, day)
        except ValueError:
            day -= 1
