"""Who may open the pages of the expert group, of waivers and of the rules, and what they name."""

from __future__ import annotations

from typing import Any

from institutions.models import Appraisal, Filing, FilingWaiver
from tests.access.roles import EVERYONE, OFFICES

REVIEWER = frozenset({"filing_reviewer"})
ADMINISTRATOR = frozenset({"administrator"})
MANAGER = frozenset({"institution_manager"})
EXPERT = frozenset({"expert"})
WAIVING = REVIEWER | {"district_leader"}
READERS = OFFICES

REVIEW_WHO: dict[str, frozenset[str]] = {
    "filings:appraise": REVIEWER,
    "filings:waive": REVIEWER,
    # the expert group: names for the secretary alone, votes for experts, the answer for the city
    "appraisals:list": READERS,
    "appraisals:case": READERS,
    "appraisals:mine": EXPERT,
    "appraisals:vote": EXPERT,
    "appraisals:leave": EXPERT,
    "appraisals:experts": ADMINISTRATOR,
    "appraisals:experts_shown": ADMINISTRATOR,
    "appraisals:expert_add": ADMINISTRATOR,
    "appraisals:expert_end": ADMINISTRATOR,
    "appraisals:names": ADMINISTRATOR,
    "appraisals:draw": ADMINISTRATOR,
    "appraisals:seat": ADMINISTRATOR,
    "appraisals:replace": ADMINISTRATOR,
    "appraisals:answer_challenge": ADMINISTRATOR,
    "appraisals:adopt": REVIEWER,
    "appraisals:cancel": REVIEWER,
    "appraisals:escalate": REVIEWER,
    "appraisals:answer": frozenset({"city_supervisor"}),
    "appraisals:own": MANAGER,
    "appraisals:challenge": MANAGER,
    "appraisals:dispute": MANAGER,
    "appraisals:accept": MANAGER,
    # waivers
    "waivers:list": READERS,
    "waivers:waiver": READERS,
    "waivers:approve": WAIVING,
    "waivers:refuse": WAIVING,
    "waivers:revoke": WAIVING,
    # the rules in plain language
    "rules:list": EVERYONE,
    "rules:rule": EVERYONE,
}


def review_objects(filing: Filing) -> dict[str, Any]:
    """A small district may have none of them: what is asked for is then hidden from everybody."""
    return {
        "appraisal": Appraisal.objects.filter(state="voting").first() or filing,
        "waiver": FilingWaiver.objects.first() or filing,
    }


def review_kwargs(objects: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The parts of the addresses, by room."""
    return {
        "appraisals": {
            "public_id": objects["appraisal"].public_id,
            "challenge_id": objects["person"].public_id,
        },
        "waivers": {"public_id": objects["waiver"].public_id},
        "rules": {"code": "TIME-HOLIDAY"},
    }
