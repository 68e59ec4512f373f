"""The result categories of a visit: several may apply, `no problem found` excludes the rest.

The categories are those in which the results of 双随机、一公开 are published.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal

PUBLISHED_RESULTS = LegalBasis(
    "关于在市场监管领域全面推行部门联合“双随机、一公开”监管的意见", "国发〔2019〕5号", ""
)


class Category(StrEnum):
    """What a visit came to."""

    NO_PROBLEM = "no_problem"
    NOT_PUBLISHED = "not_published"
    FALSELY_PUBLISHED = "falsely_published"
    UNREACHABLE = "unreachable"
    PENDING = "pending"
    CORRECTED = "corrected"
    NO_ACTIVITY = "no_activity"
    UNCOOPERATIVE = "uncooperative"
    CLOSED = "closed"
    DEREGISTERED = "deregistered"
    REVOKED = "revoked"
    ANNULLED = "annulled"
    MOVED_OUT = "moved_out"


# What a team that could not inspect reports, by why it could not.
CATEGORY_OF_HINDRANCE = {
    "closed_door": Category.CLOSED.value,
    "not_found": Category.UNREACHABLE.value,
    "refused": Category.UNCOOPERATIVE.value,
}


def category_refusals(categories: Sequence[str], *, failing: int) -> tuple[Refusal, ...]:
    """Every reason why these categories cannot be the result; `failing`: items not met."""
    found: list[Refusal] = []
    if not categories:
        found.append(Refusal("visit.category_missing", {}, PUBLISHED_RESULTS))
    unknown = [one for one in categories if one not in set(Category)]
    found.extend(Refusal("visit.category_unknown", {"code": one}) for one in unknown)
    if Category.NO_PROBLEM in categories:
        if len(set(categories)) > 1:
            found.append(Refusal("visit.category_excludes", {}, PUBLISHED_RESULTS))
        if failing:
            found.append(Refusal("visit.category_contradicts", {"count": failing}))
    return tuple(found)
