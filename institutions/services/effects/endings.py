"""撤销, 撤回 and 注销: what the served, or countersigned, decision does to the register."""

from __future__ import annotations

from institutions.services.effects.licence_endings import end_licence, operate_as
from institutions.services.effects.served_papers import (
    decision_number_of,
    serve_journey_paper,
)
from institutions.services.journey_doing import Doing, Effect


def _annul(doing: Doing) -> None:
    _end_by_served(doing, "annul", "annulment_decision")


def _withdraw(doing: Doing) -> None:
    _end_by_served(doing, "withdraw", "withdrawal_decision")


def _end_by_served(doing: Doing, move: str, paper: str) -> None:
    serve_journey_paper(doing, "", paper)
    reason = str(doing.journey.details["facts_found"])
    number = decision_number_of(doing.journey, paper)
    doing.journey.details["decision_number"] = number
    end_licence(doing, move, reason=reason, decision_number=number)
    operate_as(doing, "paused", reason=reason)


def _cancel(doing: Doing) -> None:
    journey = doing.journey
    number = decision_number_of(journey, "cancellation_decision")
    end_licence(doing, "cancel", reason=journey.number, decision_number=number)
    operate_as(doing, "closed", reason=journey.number)


ENDING_EFFECTS: dict[str, Effect] = {
    "annul_licence": _annul,
    "withdraw_licence": _withdraw,
    "cancel_licence": _cancel,
}
