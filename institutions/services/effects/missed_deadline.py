"""A served decision on a missed deadline: the check is failed, no enrolment, no training."""

from __future__ import annotations

from institutions.services.effects.licence_endings import (
    end_licence,
    licence_now,
    operate_as,
)
from institutions.services.effects.served_papers import (
    decision_number_of,
    serve_journey_paper,
)
from institutions.services.journey_doing import Doing, Effect
from institutions.services.register_records import record_event
from institutions.services.wave_proposals import release_member


def _fail_for_deadline(doing: Doing) -> None:
    journey = doing.journey
    serve_journey_paper(doing, "", "final_decision")
    number = decision_number_of(journey, "final_decision")
    journey.details["decision_number"] = number
    reason = f"{journey.details['wave']}：{number}"
    record_event(
        institution=doing.institution,
        kind="institution.check_failed",
        actor=doing.actor,
        at=doing.at,
        new={
            "check_year": journey.details["check_year"],
            "decision_number": number,
            "journey": journey.number,
        },
        basis=journey.table.basis,
    )
    licence = licence_now(doing)
    if licence is not None and licence.state == "in_force":
        end_licence(doing, "suspend", reason=reason, decision_number=number)
    operate_as(doing, "paused", reason=reason)


def _release(doing: Doing) -> None:
    release_member(doing.journey, str(doing.stated.get("reason", "")))


MISSED_DEADLINE_EFFECTS: dict[str, Effect] = {
    "fail_for_deadline": _fail_for_deadline,
    "release_member": _release,
}
