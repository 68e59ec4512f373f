"""Seed and picks of a bundle against those recomputed from its roots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inspections.core.draw.bundles import outcome_values
from inspections.core.draw.differences import ABSENT, Difference, compare
from inspections.core.draw.evidence import Evidence, stated_seed
from inspections.core.draw.outcome import compute_outcome
from inspections.core.draw.seeds import seed_of
from inspections.core.draw.shapes import HEX64

OUTCOME_KEYS = ("drawn", "reserve", "teams", "inspector_reserve", "assignments", "unassigned")
_EMPTY: dict[str, Any] = {
    **{key: {} for key in OUTCOME_KEYS if key != "unassigned"},
    "unassigned": [],
}


@dataclass(frozen=True)
class Settled:
    """Differences, the bundle keys put right, and the seed that explains the picks best."""

    differences: tuple[Difference, ...]
    mended: Mapping[str, Any]
    seed: str | None


def settle_outcome(bundle: Mapping[str, Any], evidence: Evidence) -> Settled:
    """Compare seed and picks with those recomputed.

    When the stated seed is not the recomputed one, the picks are compared under both: single
    altered members are told by the seed that explains more, and what merely follows from another
    seed is named once per key.
    """
    if evidence.randomness == "" and bundle.get("void"):
        return _nothing_drawn(bundle)
    root, stated = _root_seed(bundle, evidence), stated_seed(bundle)
    found = []
    if root is None:
        found.append(Difference("seed", "difference.seed_unknown", bundle.get("seed", "")))
    elif root != bundle.get("seed"):
        found.append(Difference("seed", "difference.value", bundle.get("seed", ""), root))
    if evidence.frame is None or evidence.pairs is None:
        found.append(Difference("drawn", "difference.not_recomputed"))
        return Settled(tuple(found), {}, None)
    candidates = [seed for seed in dict.fromkeys((root, stated)) if seed is not None]
    compared = [(_against(bundle, evidence, seed), seed) for seed in candidates]
    if not compared:
        return Settled(tuple(found), {}, None)
    (best, values), seed = min(compared, key=lambda one: len(one[0][0]))
    found += best
    if root is not None and seed != root:
        found += _following(bundle, compared[0][0][0])
    return Settled(tuple(found), {**values, "seed": seed}, seed)


def _root_seed(bundle: Mapping[str, Any], evidence: Evidence) -> str | None:
    key = bundle.get("key")
    if evidence.randomness is None or not isinstance(key, str) or not HEX64.fullmatch(key):
        return None
    return seed_of(commitment=evidence.commitment, key=key, randomness=evidence.randomness)


def _against(
    bundle: Mapping[str, Any], evidence: Evidence, seed: str
) -> tuple[list[Difference], dict[str, Any]]:
    if evidence.frame is None or evidence.pairs is None:
        return [], {}
    values = outcome_values(compute_outcome(evidence.frame, evidence.pairs, seed=seed))
    found = [
        difference
        for key in OUTCOME_KEYS
        for difference in compare(bundle.get(key, ABSENT), values[key], key)
    ]
    return found, values


def _following(bundle: Mapping[str, Any], against_root: list[Difference]) -> list[Difference]:
    keys = {difference.path.split(".")[0].split("[")[0] for difference in against_root}
    return [Difference(key, "difference.follows") for key in OUTCOME_KEYS if key in keys]


def _nothing_drawn(bundle: Mapping[str, Any]) -> Settled:
    found = [*compare(bundle.get("seed", ABSENT), "", "seed")]
    for key in OUTCOME_KEYS:
        found += compare(bundle.get(key, ABSENT), _EMPTY[key], key)
    return Settled(tuple(found), {**_EMPTY, "seed": ""}, None)
