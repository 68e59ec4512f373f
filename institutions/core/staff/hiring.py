"""Who may be entered, and who may begin to work: every reason against it, with its article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from institutions.core.staff.bases import (
    ABROAD,
    ASSISTING,
    BARRED,
    CERTIFIED,
    CHECKING,
    PUBLISHING,
    SERVING,
)
from institutions.core.staff.certificates import judge_certificate
from institutions.core.staff.checks import bars, latest_check
from institutions.core.staff.facts import Background, CheckKind, StaffFacts
from institutions.core.staff.identity import holds_long_number
from regulator.kernel.outcomes import Breach, Refusal

_ASSISTING = re.compile(r"助教|助理|带班|生活老师|生管|督学|学管|班务|前台|保洁|保安|招生|顾问")


def entry_refusals(facts: StaffFacts, on: date) -> tuple[Refusal, ...]:
    """Every reason why the person may not stand on the institution's list on a day."""
    return (*_entered_wrongly(facts), *_barred(facts, on))


def start_refusals(facts: StaffFacts, on: date) -> tuple[Refusal, ...]:
    """Every reason why the person may not begin to work on a day; the entry's reasons too."""
    return (*entry_refusals(facts, on), *_unchecked(facts, on), *_uncertified(facts, on))


def change_refusals(facts: StaffFacts, on: date, *, taught_before: bool) -> tuple[Refusal, ...]:
    """Every reason why what is known of somebody may not be changed so.

    Who works here and begins to teach needs the certificate; who taught before was asked for it.
    """
    begins = facts.starts_on is not None and not taught_before
    return (*entry_refusals(facts, on), *(_uncertified(facts, on) if begins else ()))


def check_refusals(
    *, kind: str, checked_on: date, today: date, consent_signed_on: date | None
) -> tuple[Refusal, ...]:
    """Every reason why a check's result may not be entered."""
    found: list[Refusal] = []
    if checked_on > today:
        found.append(Refusal("staff.check_in_future", {"day": checked_on}))
    if kind == CheckKind.ENQUIRY and consent_signed_on is None:
        found.append(Refusal("staff.consent_missing", {}, CHECKING, "staff.remedy_consent"))
    elif kind == CheckKind.ENQUIRY and consent_signed_on and consent_signed_on > checked_on:
        found.append(Refusal("staff.consent_late", {"day": consent_signed_on}, CHECKING))
    return tuple(found)


def end_refusals(facts: StaffFacts, on: date, *, reason: str) -> tuple[Refusal, ...]:
    """Every reason why the person's time here cannot end on a day."""
    found: list[Refusal] = []
    if facts.ends_before is not None:
        found.append(Refusal("staff.left_already", {"before": facts.ends_before}))
    if facts.starts_on is not None and on <= facts.starts_on:
        found.append(Refusal("staff.end_before_start", {"starts": facts.starts_on}))
    if not reason.strip():
        found.append(Refusal("staff.reason_missing"))
    return tuple(found)


def _entered_wrongly(facts: StaffFacts) -> Iterable[Refusal]:
    if not facts.name.strip():
        yield Refusal("staff.name_missing")
    if facts.is_closed:
        yield Refusal("staff.institution_closed")
    if facts.is_listed:
        yield Refusal("staff.listed_already")
    word = _ASSISTING.search(facts.post)
    if facts.teaches and word is not None:
        yield Refusal(
            "staff.assistant_is_other",
            {"post": facts.post, "staff_kind": facts.kind},
            ASSISTING,
            "staff.remedy_other",
        )
    if holds_long_number(facts.said):
        yield Refusal("staff.number_in_text", {}, PUBLISHING)


def _barred(facts: StaffFacts, on: date) -> Iterable[Refusal]:
    if facts.background == Background.SERVING_TEACHER and SERVING.in_force_on(on):
        yield Refusal("staff.serving_teacher", {}, SERVING)
    if facts.background == Background.FOREIGN_ABROAD and ABROAD.in_force_on(on):
        yield Refusal("staff.abroad", {}, ABROAD)
    if facts.excluded:
        basis = CHECKING if facts.excluded == "check_found" else BARRED
        yield Refusal("staff.excluded", {"exclusion_ground": facts.excluded}, basis)
    elif bars(facts):
        yield Refusal("staff.check_found", {}, CHECKING)


def _unchecked(facts: StaffFacts, on: date) -> Iterable[Refusal]:
    """Both checks must have been made before the first day, and the consent before the enquiry."""
    if not CHECKING.in_force_on(on):
        return
    for kind in CheckKind:
        check = latest_check(facts.checks, kind)
        if check is None:
            yield Refusal(f"staff.{kind.value}_missing", {}, CHECKING, "staff.remedy_check")
        elif all(one.checked_on > on for one in facts.checks if one.kind == kind):
            params = {"checked": check.checked_on, "starts": on}
            yield Refusal(f"staff.{kind.value}_late", params, CHECKING, "staff.remedy_later")
    if facts.consent_signed_on is None:
        yield Refusal("staff.consent_missing", {}, CHECKING, "staff.remedy_consent")


def _uncertified(facts: StaffFacts, on: date) -> Iterable[Refusal]:
    outcome = judge_certificate(facts, on)
    if isinstance(outcome, Breach):
        yield Refusal(
            f"staff.certificate_{outcome.evidence}",
            outcome.params,
            CERTIFIED,
            "staff.remedy_certificate",
        )
