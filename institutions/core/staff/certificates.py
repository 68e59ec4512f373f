"""Whether somebody holds what their work asks for, on a day."""

from __future__ import annotations

from datetime import date

from institutions.core.register.rows import SUBJECT
from institutions.core.screening.normalise import fold_text
from institutions.core.screening.rules.staff import certified_subjects
from institutions.core.staff.bases import CERTIFIED
from institutions.core.staff.facts import Background, CertificateKind, StaffFacts
from regulator.kernel.outcomes import Breach, NotApplicable, Outcome, Pass, Undetermined

FIELD = "certificate"


def judge_certificate(facts: StaffFacts, on: date) -> Outcome:
    """STAFF-CERTIFICATE of one person on a day.

    Subject: a teacher's certificate, for a subject that is taught. Else: any proof of ability.
    Foreigners follow the state's own rules. `evidence` of a breach says which part fails:
    `missing`, `expired`, `kind` or `subject`.
    """
    foreign = facts.background in (Background.FOREIGN_HERE, Background.FOREIGN_ABROAD)
    if not facts.teaches or foreign or not CERTIFIED.in_force_on(on):
        return NotApplicable()
    if not facts.certificates:
        return _breach("missing")
    valid = [one for one in facts.certificates if one.is_valid_on(on)]
    if not valid:
        return _breach("expired")
    if not facts.category:
        return Undetermined(FIELD, "category", CERTIFIED)
    if facts.category != SUBJECT:
        return Pass()
    teachers = [one.subject for one in valid if one.kind == CertificateKind.TEACHER]
    return _judge_subjects(facts.subjects, teachers) if teachers else _breach("kind")


def _judge_subjects(taught: tuple[str, ...], printed: list[str]) -> Outcome:
    if not taught:
        return Undetermined(FIELD, "subjects", CERTIFIED)
    held = frozenset[str]().union(*(certified_subjects(fold_text(text)) for text in printed))
    lacking = [subject for subject in taught if subject not in held]
    if not lacking:
        return Pass()
    params = {"subjects": "、".join(lacking)}
    if any(not certified_subjects(fold_text(text)) for text in printed):
        return Undetermined(FIELD, "certificate_subject", CERTIFIED, params)
    return Breach(FIELD, "subject", CERTIFIED, params)


def _breach(part: str) -> Breach:
    return Breach(FIELD, part, CERTIFIED)
