"""年度检查: once a year the institution reports and is examined; the licence's duplicate prints it.

Source: 民办教育促进法实施条例 art. 47 (yearly check and report), 民办教育促进法 art. 39 (yearly
audit). No term for the examination was found in the sources, so no clock is invented for it.
"""

from __future__ import annotations

from collections.abc import Iterable

from institutions.core.journeys.bases import ANNUAL_CHECK as CHECKING
from institutions.core.journeys.bases import AUDITING, RECTIFYING
from institutions.core.journeys.engine import Guard
from institutions.core.journeys.facts import JourneyFacts
from institutions.core.journeys.shape import Ask, AskKind, JourneyTable, Move, Party
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal

_DOCUMENTS = ("annual_report", "audit_report")
_GAPS = Ask("gaps", AskKind.LONG_TEXT, longest=2000)

ANNUAL_CHECK = JourneyTable(
    kind="annual_check",
    basis=CHECKING,
    line=("preparing", "reported", "passed"),
    endings={"passed": "done", "failed": "failed", "dropped": "dropped"},
    starts=(Ask("check_year", AskKind.NUMBER),),
    opening_guards=("stated_check_year",),
    opening_effect="check_year_once",
    moves=(
        Move(
            "submit",
            ("preparing", "gaps"),
            "reported",
            Party.INSTITUTION,
            AUDITING,
            documents=_DOCUMENTS,
        ),
        Move(
            "request_gaps",
            ("reported",),
            "gaps",
            Party.OFFICER,
            CHECKING,
            asks=(_GAPS,),
            notice="journey_gaps",
        ),
        Move(
            "order_rectification",
            ("reported",),
            "rectifying",
            Party.OFFICER,
            RECTIFYING,
            documents=_DOCUMENTS,
            asks=(
                Ask("items", AskKind.LONG_TEXT, longest=2000),
                Ask("term_workdays", AskKind.NUMBER),
                Ask("violation", required=False, longest=300),
            ),
            guards=("stated_term_sensible",),
            begins="rectification",
        ),
        Move(
            "pass_check",
            ("reported", "rectifying"),
            "passed",
            Party.OFFICER,
            CHECKING,
            documents=_DOCUMENTS,
            asks=(Ask("check_remarks", AskKind.LONG_TEXT, required=False, longest=1000),),
            guards=("rectification_over", "rectification_done"),
            notice="journey_done",
        ),
        Move(
            "fail_check",
            ("reported", "rectifying"),
            "failed",
            Party.OFFICER,
            CHECKING,
            asks=(
                Ask("reason", AskKind.LONG_TEXT, longest=1000),
                Ask("statements", AskKind.LONG_TEXT, longest=1000),
                Ask("consequences", AskKind.LONG_TEXT, longest=1000),
            ),
            guards=("rectification_over",),
            papers=("final_decision",),
            notice="journey_failed",
            countersigned=True,
        ),
        Move(
            "call_off",
            ("preparing", "reported", "gaps"),
            "dropped",
            Party.OFFICER,
            CHECKING,
            asks=(Ask("reason", AskKind.LONG_TEXT, longest=1000),),
        ),
    ),
)


def _stated_check_year(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    year = facts.stated.get("check_year")
    if isinstance(year, int) and year not in (facts.on.year - 1, facts.on.year):
        params = {"first": facts.on.year - 1, "last": facts.on.year}
        yield Refusal("journey.stated_check_year", params, basis)


def _rectification_over(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    if facts.state == "rectifying" and "rectification" in facts.running:
        yield Refusal("journey.rectification_runs", {}, basis)


def _rectification_done(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    outcome, _ = facts.latest.get("rectification", ("", None))
    if facts.state == "rectifying" and outcome == "failed":
        yield Refusal("journey.rectification_not_done", {}, basis)


ANNUAL_CHECK_GUARDS: dict[str, Guard] = {
    "stated_check_year": _stated_check_year,
    "rectification_over": _rectification_over,
    "rectification_done": _rectification_done,
}
