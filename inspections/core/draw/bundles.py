"""The bundle: all that is published of a draw, by state, with its digest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inspections.core.draw.frames import Frame, build_frame, recusal_refusals
from inspections.core.draw.outcome import Outcome, compute_outcome
from inspections.core.draw.seeds import first_match, key_refusals, seed_of
from inspections.core.draw.shapes import read_time, refuse
from regulator.kernel.canonical import canonical_digest
from regulator.kernel.outcomes import Refusal, Refused

BUNDLE_KEYS = (
    "frame",
    "recusals",
    "commitment",
    "committed_at",
    "key",
    "readings",
    "randomness",
    "witnesses",
    "drawn_at",
    "seed",
    "drawn",
    "reserve",
    "teams",
    "inspector_reserve",
    "assignments",
    "unassigned",
    "replacements",
    "inspector_replacements",
    "revealed_at",
    "void",
    "digest",
)
COMMITTED_KEYS = ("frame", "commitment", "committed_at")
DRAWN_KEYS = (*COMMITTED_KEYS, "readings", "randomness", "witnesses", "drawn_at")
TIME_KEYS = ("committed_at", "drawn_at", "revealed_at")
_NO_OUTCOME = Outcome({}, {}, {}, {}, {}, {}, (), ())


@dataclass(frozen=True)
class Ceremony:
    """What people state about the making of a draw; what is not stated is empty.

    Times are ISO 8601 texts with their offset, used exactly as they stand.
    """

    committed_at: str = ""
    drawn_at: str = ""
    revealed_at: str = ""
    witnesses: Sequence[str] = ()
    replacements: Sequence[Mapping[str, str]] = ()
    inspector_replacements: Sequence[Mapping[str, str]] = ()
    void: str = ""


def time_refusals(*, due: str, stated: Mapping[str, str], void: str = "") -> tuple[Refusal, ...]:
    """Every breach of `committed_at` < `due` ≤ `drawn_at` ≤ `revealed_at` (DR1 §5).

    An empty time is not stated, and says nothing. A draw may be voided before its time.
    """
    reasons = []
    for key in TIME_KEYS:
        if stated[key] and read_time(stated[key]) is None:
            reasons.append(refuse("shape.time", key))
    committed, drawn, revealed = (read_time(stated[key]) for key in TIME_KEYS)
    moment = read_time(due)
    if committed and moment and not committed < moment:
        reasons.append(refuse("time.committed_late", "committed_at"))
    if drawn and moment and drawn < moment:
        reasons.append(refuse("time.drawn_early", "drawn_at"))
    if drawn and revealed and revealed < drawn:
        reasons.append(refuse("time.revealed_early", "revealed_at"))
    if revealed and moment and not (drawn or void) and revealed < moment:
        reasons.append(refuse("time.revealed_early", "revealed_at"))
    return tuple(reasons)


def draw_lots(
    frame_value: Any,
    recusals: Any,
    *,
    key: str,
    readings: Sequence[str],
    ceremony: Ceremony,
) -> dict[str, Any]:
    """The whole bundle of a draw; raises Refused with every reason.

    The first of `readings` that fully matches the frame's format is the randomness. The same
    arguments give the same bundle.
    """
    frame = build_frame(frame_value)
    randomness = first_match(readings, frame.value["entropy"])
    stated = {name: getattr(ceremony, name) for name in TIME_KEYS}
    reasons = [
        *recusal_refusals(recusals, digest=frame.value["recusals"]),
        *key_refusals(key, seal=frame.value["seal"]),
        *time_refusals(due=frame.value["entropy"]["due"], stated=stated, void=ceremony.void),
    ]
    if randomness is None:
        format_text = frame.value["entropy"]["format"]
        reasons.append(refuse("randomness.format", "randomness", format=format_text))
    if reasons or randomness is None:
        raise Refused(reasons)
    seed = seed_of(commitment=frame.commitment, key=key, randomness=randomness)
    outcome = compute_outcome(frame, recusals, seed=seed)
    return _assemble(
        frame, recusals, key=key, readings=readings, ceremony=ceremony, seeded=(seed, randomness),
        outcome=outcome,
    )  # fmt: skip


def void_bundle(
    frame: Frame,
    recusals: Sequence[Sequence[str]],
    *,
    key: str,
    readings: Sequence[str] = (),
    ceremony: Ceremony,
) -> dict[str, Any]:
    """The bundle of a draw voided before its randomness was known: the key, and no outcome."""
    return _assemble(
        frame, recusals, key=key, readings=readings, ceremony=ceremony, seeded=("", ""),
        outcome=_NO_OUTCOME,
    )  # fmt: skip


def bundle_digest(bundle: Mapping[str, Any]) -> str:
    """SHA-256 hex of the canonical JSON of all of a bundle but its digest."""
    return canonical_digest(without_digest(bundle))


def without_digest(bundle: Mapping[str, Any]) -> dict[str, Any]:
    """All of a bundle but its digest."""
    return {name: value for name, value in bundle.items() if name != "digest"}


def outcome_values(outcome: Outcome) -> dict[str, Any]:
    """The part of a bundle that a seed decides."""
    return {
        "drawn": {name: list(ids) for name, ids in outcome.drawn.items()},
        "reserve": {name: list(ids) for name, ids in outcome.reserve.items()},
        "teams": {name: list(ids) for name, ids in outcome.teams.items()},
        "inspector_reserve": {name: list(ids) for name, ids in outcome.inspector_reserve.items()},
        "assignments": dict(outcome.assignments),
        "unassigned": list(outcome.unassigned),
    }


def _assemble(
    frame: Frame,
    recusals: Sequence[Sequence[str]],
    *,
    key: str,
    readings: Sequence[str],
    ceremony: Ceremony,
    seeded: tuple[str, str],
    outcome: Outcome,
) -> dict[str, Any]:
    seed, randomness = seeded
    bundle: dict[str, Any] = {
        "frame": frame.value,
        "recusals": [list(pair) for pair in recusals],
        "commitment": frame.commitment,
        "committed_at": ceremony.committed_at,
        "key": key,
        "readings": list(readings),
        "randomness": randomness,
        "witnesses": list(ceremony.witnesses),
        "drawn_at": ceremony.drawn_at,
        "seed": seed,
        **outcome_values(outcome),
        "replacements": [dict(entry) for entry in ceremony.replacements],
        "inspector_replacements": [dict(entry) for entry in ceremony.inspector_replacements],
        "revealed_at": ceremony.revealed_at,
        "void": ceremony.void,
    }
    return {**bundle, "digest": bundle_digest(bundle)}


def public_part(bundle: Mapping[str, Any], *, keys: Sequence[str]) -> dict[str, Any]:
    """What of a bundle is public in a state."""
    return {key: bundle[key] for key in keys}
