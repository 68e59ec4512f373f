"""A served penalty decision: each of its kinds does its own, nothing else does any of it."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from institutions.core.journeys.bases import penalty_act
from institutions.services.effects.licence_endings import (
    end_licence,
    operate_as,
)
from institutions.services.effects.served_papers import (
    decision_number_of,
    serve_journey_paper,
)
from institutions.services.journey_doing import Doing, Effect
from institutions.services.register_records import record_event
from institutions.services.rescreening import rescreen_after_licence

_KINDS = penalty_act("第九条")


def _penalise(doing: Doing) -> None:
    serve_journey_paper(doing, "", "penalty_decision")
    number = decision_number_of(doing.journey, "penalty_decision")
    doing.journey.details["decision_number"] = number
    for kind in doing.journey.details["decided_kinds"]:
        _BY_KIND[kind](doing, number)
    rescreen_after_licence(
        institution=doing.institution,
        cause_key=f"journey:{doing.journey.public_id}",
        label=_("行政处罚决定 %(number)s"),
        params={"number": number},
        actor=doing.actor,
        at=doing.at,
    )


def _warning(doing: Doing, number: str) -> None:
    _record(doing, "institution.warned", number)


def _fine(doing: Doing, number: str) -> None:
    amount = doing.journey.details["decided_fine_fen"]
    _record(doing, "institution.fined", number, fine_fen=amount)


def _stop_enrolment(doing: Doing, number: str) -> None:
    _record(doing, "institution.enrolment_stopped", number)
    operate_as(doing, "paused", reason=_reason(doing, number))


def _revoke(doing: Doing, number: str) -> None:
    reason = _reason(doing, number)
    end_licence(doing, "revoke", reason=reason, decision_number=number)
    operate_as(doing, "paused", reason=reason)


def _record(doing: Doing, kind: str, number: str, **more: int) -> None:
    record_event(
        institution=doing.institution,
        kind=kind,
        actor=doing.actor,
        at=doing.at,
        new={"decision_number": number, "journey": doing.journey.number, **more},
        basis=_KINDS,
    )


def _reason(doing: Doing, number: str) -> str:
    return f"{number}：{doing.journey.details['violations']}"


_BY_KIND: dict[str, Callable[[Doing, str], None]] = {
    "warning": _warning,
    "fine": _fine,
    "stop_enrolment": _stop_enrolment,
    "revoke_licence": _revoke,
}
PENALTY_EFFECTS: dict[str, Effect] = {"penalise": _penalise}
