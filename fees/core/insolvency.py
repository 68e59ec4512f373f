"""From the day a court accepts a bankruptcy petition nobody is paid individually.

Source: 企业破产法 art. 16: after the acceptance a debtor's payment of a single creditor's debt is
void; art. 48: creditors declare their claims to the administrator. Whether money in an account
under supervision belongs to the estate is for the administrator and the court to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal

INDIVIDUAL_PAYMENT = LegalBasis(
    "中华人民共和国企业破产法", "", "第十六条", in_force_from=date(2007, 6, 1)
)
DECLARATION = LegalBasis("中华人民共和国企业破产法", "", "第四十八条")


@dataclass(frozen=True)
class Acceptance:
    """A court's acceptance, as its document says."""

    court: str
    document_number: str
    accepted_on: date


def payment_refusals(acceptance: Acceptance | None) -> tuple[Refusal, ...]:
    """Why nobody may be paid individually any more; empty where no petition was accepted."""
    if acceptance is None:
        return ()
    params = {
        "court": acceptance.court,
        "day": acceptance.accepted_on.isoformat(),
        "document": acceptance.document_number,
    }
    return (
        Refusal(
            "closure.bankruptcy_accepted",
            params,
            INDIVIDUAL_PAYMENT,
            "closure.remedy_bankruptcy",
        ),
    )


def record_refusals(acceptance: Acceptance, *, on: date, is_recorded: bool) -> list[Refusal]:
    """Why an acceptance may not be recorded so."""
    found = []
    if not acceptance.court.strip():
        found.append(Refusal("insolvency.court_missing", {}, INDIVIDUAL_PAYMENT))
    if not acceptance.document_number.strip():
        found.append(Refusal("insolvency.document_missing", {}, INDIVIDUAL_PAYMENT))
    if acceptance.accepted_on > on:
        params = {"day": acceptance.accepted_on.isoformat()}
        found.append(Refusal("insolvency.in_future", params))
    if is_recorded:
        found.append(Refusal("insolvency.recorded_already"))
    return found
