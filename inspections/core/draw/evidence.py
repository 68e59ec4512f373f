"""What a bundle proves about its own roots: the frame, the commitment and the randomness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inspections.core.draw.differences import Difference, from_refusal
from inspections.core.draw.frames import Frame, build_frame, frame_refusals
from inspections.core.draw.seeds import first_match, seed_of
from inspections.core.draw.shapes import HEX64
from inspections.core.draw.tracing import SAID_ONCE, Trace, trace_frame, value_digest
from regulator.kernel.outcomes import Refusal


@dataclass(frozen=True)
class Evidence:
    """The roots of a bundle, as far as they can be trusted.

    `frame`: the frame as committed or, failing that, as stated; None where it is none at all.
    `committed`: whether it is the committed one; `randomness`: what the readings give, or None;
    `pairs`: the recusals where they are readable; `mended`: bundle keys put right.
    """

    frame: Frame | None
    committed: bool
    commitment: str
    randomness: str | None
    pairs: Sequence[Sequence[str]] | None
    due: str
    differences: tuple[Difference, ...]
    mended: Mapping[str, Any]


def gather_evidence(bundle: Mapping[str, Any]) -> Evidence:
    """Check frame, commitment and readings of a bundle against each other; total."""
    value, stated = bundle.get("frame"), bundle.get("commitment")
    reasons = frame_refusals(value)
    computed = value_digest(value)
    committed = computed == stated
    trace = Trace((), None) if committed else trace_frame(bundle)
    found = [from_refusal(reason, prefix="frame") for reason in reasons]
    if not committed:
        found += _commitment_differences(bundle, computed, trace)
    frame = _trusted_frame(value, reasons, trace)
    entropy = _entropy(frame.value if frame else value)
    randomness, readings = _randomness(bundle, entropy)
    mended: dict[str, Any] = {"frame": trace.mended} if trace.mended else {}
    if not committed and not trace.mended and _seeded_with(bundle, computed):
        mended = {"commitment": computed}
    return Evidence(
        frame=frame,
        committed=committed or trace.mended is not None,
        commitment=frame.commitment if frame else computed,
        randomness=randomness,
        pairs=_pairs(bundle.get("recusals")),
        due=str(entropy.get("due", "")),
        differences=(*found, *readings),
        mended=mended if randomness is None else {**mended, "randomness": randomness},
    )


def _trusted_frame(value: Any, reasons: Sequence[Refusal], trace: Trace) -> Frame | None:
    if trace.mended is not None and not frame_refusals(trace.mended):
        return build_frame(trace.mended)
    return None if reasons else build_frame(value)


def _commitment_differences(
    bundle: Mapping[str, Any], computed: str, trace: Trace
) -> list[Difference]:
    stated = bundle.get("commitment", "")
    here = Difference("commitment", "difference.commitment", stated, computed)
    if _seeded_with(bundle, computed):
        return [here]
    if trace.mended is not None:
        return [here, *trace.differences]
    return [here, Difference("frame", "difference.frame", among=SAID_ONCE), *trace.differences]


def _seeded_with(bundle: Mapping[str, Any], commitment: str) -> bool:
    """Whether the stated seed was made from this commitment."""
    key, randomness = bundle.get("key"), bundle.get("randomness")
    if not isinstance(key, str) or not isinstance(randomness, str):
        return False
    made = seed_of(commitment=commitment, key=key, randomness=_encodable(randomness))
    return made == bundle.get("seed")


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _entropy(frame: Any) -> Mapping[str, Any]:
    found = frame.get("entropy") if isinstance(frame, Mapping) else None
    return found if isinstance(found, dict) else {}


def _randomness(
    bundle: Mapping[str, Any], entropy: Mapping[str, Any]
) -> tuple[str | None, list[Difference]]:
    if "randomness" not in bundle:
        return None, []
    readings, stated = bundle.get("readings"), bundle["randomness"]
    found = first_match(readings, entropy) if isinstance(readings, list) else None
    if found is None and stated == "" and bundle.get("void"):
        return "", []
    if found == stated:
        return found, []
    named = [Difference("randomness", "difference.randomness", stated, found or "")]
    commitment = bundle.get("commitment")
    if found is None or (isinstance(commitment, str) and _seeded_with(bundle, commitment)):
        named.append(Difference("readings", "difference.readings", readings, stated))
    return found, named


def _pairs(value: Any) -> list[list[str]] | None:
    if not isinstance(value, list):
        return None
    for pair in value:
        if not isinstance(pair, list) or len(pair) != 2:
            return None
        if not all(isinstance(one, str) for one in pair):
            return None
    return value


def stated_seed(bundle: Mapping[str, Any]) -> str | None:
    """The seed a bundle states, where it has the form of one."""
    seed = bundle.get("seed")
    return seed if isinstance(seed, str) and HEX64.fullmatch(seed) else None
