"""Verification of a bundle: everything recomputed, every differing value named (DR1 §5)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from inspections.core.draw import shapes
from inspections.core.draw.bundles import (
    BUNDLE_KEYS,
    COMMITTED_KEYS,
    DRAWN_KEYS,
    TIME_KEYS,
    time_refusals,
    without_digest,
)
from inspections.core.draw.differences import Difference, from_refusal
from inspections.core.draw.evidence import Evidence, gather_evidence
from inspections.core.draw.frames import recusal_refusals
from inspections.core.draw.outcome import compute_outcome
from inspections.core.draw.reading import odd_values
from inspections.core.draw.replaying import check_replacements
from inspections.core.draw.seeds import key_refusals
from inspections.core.draw.settling import Settled, settle_outcome
from inspections.core.draw.tracing import SAID_ONCE, value_digest

_PROTECTED_ONLY_BY_DIGEST = (
    "committed_at",
    "readings",
    "witnesses",
    "drawn_at",
    "revealed_at",
    "void",
)
_texts = shapes.rows(shapes.any_text)
_id_table = shapes.table(shapes.rows(shapes.code_text))
_replacements = shapes.rows(
    shapes.record(dict.fromkeys(("out", "in", "team", "reason", "at"), shapes.any_text))
)
_TEXT_KEYS = (
    *("commitment", "committed_at", "key", "randomness", "drawn_at", "seed"),
    *("revealed_at", "void", "digest"),
)
_SHAPES: Mapping[str, shapes.Check] = {
    "frame": lambda _value, _path: iter(()),  # frames and recusals have checks of their own
    "recusals": lambda _value, _path: iter(()),
    **dict.fromkeys(_TEXT_KEYS, shapes.any_text),
    **dict.fromkeys(("readings", "witnesses"), _texts),
    **dict.fromkeys(("drawn", "reserve", "teams", "inspector_reserve"), _id_table),
    "assignments": shapes.table(shapes.code_text),
    "unassigned": shapes.rows(shapes.code_text),
    "replacements": _replacements,
    "inspector_replacements": _replacements,
}


@dataclass(frozen=True)
class Verification:
    """What a verification found.

    `stage`: how much there was to check, `whole`, `drawn` or `committed`; `not_stated`: times and
    witnesses left empty, which is no difference; `digest`: the digest recomputed, where whole.
    """

    stage: str
    differences: tuple[Difference, ...]
    not_stated: tuple[str, ...] = ()
    digest: str = ""

    @property
    def agrees(self) -> bool:
        """Whether nothing differs."""
        return not self.differences


def verify_bundle(bundle: Any, *, outside_digest: str = "") -> Verification:
    """Recompute a bundle and name every value that differs.

    `bundle` is any JSON value: malformed parts are named as differences, nothing is raised. A
    bundle with exactly the keys of a committed or drawn draw is checked as far as it goes.
    `outside_digest`, from the audit chain or a witness, is compared too.
    """
    if not isinstance(bundle, dict):
        return Verification("whole", (Difference("", "shape.object"),))
    stage = _stage(bundle)
    odd = [from_refusal(reason) for reason in odd_values(bundle)]
    evidence = gather_evidence(bundle)
    found = [
        *_unless_named(odd, _shape_differences(bundle, stage)),
        *evidence.differences,
        *_time_differences(bundle, evidence),
    ]
    digest = ""
    if stage == "whole":
        settled = settle_outcome(bundle, evidence)
        replaced = _check_replacements(bundle, evidence, settled)
        found += [*_given(bundle, evidence), *settled.differences, *replaced.differences]
        digest = value_digest(without_digest(bundle))
        mended = {**bundle, **evidence.mended, **settled.mended, **replaced.mended}
        found += _digest_differences(bundle, evidence, digest, mended if odd or found else {})
        found += _outside(bundle, outside_digest, digest)
    return Verification(stage, _once([*odd, *found]), tuple(_not_stated(bundle)), digest)


def _stage(bundle: Mapping[str, Any]) -> str:
    for stage, keys in (("committed", COMMITTED_KEYS), ("drawn", DRAWN_KEYS)):
        if set(bundle) == set(keys):
            return stage
    return "whole"


def _shape_differences(bundle: Mapping[str, Any], stage: str) -> list[Difference]:
    keys = {"committed": COMMITTED_KEYS, "drawn": DRAWN_KEYS}.get(stage, BUNDLE_KEYS)
    shape = shapes.record({key: _SHAPES[key] for key in keys})
    return [from_refusal(reason) for reason in shape(dict(bundle), "")]


def _unless_named(named: list[Difference], others: list[Difference]) -> list[Difference]:
    paths = {difference.path for difference in named}
    return [difference for difference in others if difference.path not in paths]


def _once(found: list[Difference]) -> tuple[Difference, ...]:
    seen: dict[tuple[str, str], Difference] = {}
    for difference in found:
        seen.setdefault((difference.path, difference.code), difference)
    return tuple(seen.values())


def _time_differences(bundle: Mapping[str, Any], evidence: Evidence) -> Iterator[Difference]:
    stated = {key: bundle.get(key, "") for key in TIME_KEYS}
    texts = {key: value if isinstance(value, str) else "" for key, value in stated.items()}
    void = str(bundle.get("void", ""))
    for reason in time_refusals(due=evidence.due, stated=texts, void=void):
        yield from_refusal(reason)


def _given(bundle: Mapping[str, Any], evidence: Evidence) -> Iterator[Difference]:
    """Key and recusals against the frame, where the frame itself is the committed one."""
    if evidence.frame is None:
        return
    for reason in key_refusals(bundle.get("key"), seal=evidence.frame.value["seal"]):
        yield from_refusal(reason)
    digest = evidence.frame.value["recusals"]
    for reason in recusal_refusals(bundle.get("recusals"), digest=digest):
        difference = from_refusal(reason)
        if reason.code == "recusals.digest":
            difference = Difference("recusals", reason.code)
        yield difference
    known = {*evidence.frame.areas, *(row["id"] for row in evidence.frame.value["excluded"])}
    known.update(name for ids in evidence.frame.departments.values() for name in ids)
    if value_digest(bundle.get("recusals")) != digest:
        yield from _strangers(evidence, known)


def _strangers(evidence: Evidence, known: Collection[str]) -> Iterator[Difference]:
    """Ids in an altered recusal list that the frame does not have: where to look first."""
    for index, pair in enumerate(evidence.pairs or ()):
        for place, name in enumerate(pair):
            if name not in known:
                yield Difference(f"recusals[{index}][{place}]", "recusals.stranger", name)


def _check_replacements(bundle: Mapping[str, Any], evidence: Evidence, settled: Settled) -> Settled:
    if settled.seed is None or evidence.frame is None or evidence.pairs is None:
        return Settled((), {}, None)
    outcome = compute_outcome(evidence.frame, evidence.pairs, seed=settled.seed)
    return check_replacements(bundle, evidence.frame, outcome, evidence.pairs)


def _digest_differences(
    bundle: Mapping[str, Any], evidence: Evidence, digest: str, mended: Mapping[str, Any]
) -> Iterator[Difference]:
    """`mended`: the bundle with all named values put right, empty when none was named."""
    stated = bundle.get("digest")
    if stated == digest and digest:
        return
    if mended and value_digest(without_digest(mended)) == stated:
        yield Difference("digest", "difference.digest_follows", stated, digest)
        return
    among = list(_PROTECTED_ONLY_BY_DIGEST)
    for name in ("replacements", "inspector_replacements"):
        if bundle.get(name):
            among += [f"{name}[].reason", f"{name}[].at"]
    if not evidence.committed:
        among += SAID_ONCE
    yield Difference("digest", "difference.digest", stated, digest, among=tuple(among))


def _outside(bundle: Mapping[str, Any], outside: str, digest: str) -> Iterator[Difference]:
    if outside and outside.strip().lower() != digest:
        yield Difference("digest", "difference.outside", digest, outside.strip().lower())


def _not_stated(bundle: Mapping[str, Any]) -> Iterator[str]:
    for key in (*TIME_KEYS, "witnesses"):
        if key in bundle and bundle[key] in ("", []):
            yield key
