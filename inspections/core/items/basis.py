"""On what an inspection item rests: law, regulation or rule, or only a plan or a notice.

国办发〔2024〕54号: what has no basis in a law, regulation or rule may not be inspected. Words in
brackets explain a basis and are none themselves; `同上` stands for the basis of the row above.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LAW, REGULATION, RULE, DOCUMENT = "law", "regulation", "rule", "document"
PUBLISHABLE = frozenset({LAW, REGULATION, RULE})
LOW_CONFIDENCE = "C"
_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_SAME = "同上"
_SEPARATORS = re.compile(r"[;；、]")


@dataclass(frozen=True)
class Instrument:
    """An instrument by the short name that bases use, and its kind."""

    short_name: str
    name: str
    kind: str


def resolve_same(bases: Iterable[str]) -> list[str]:
    """The bases of a table's rows with `同上` replaced by what stands above it."""
    resolved: list[str] = []
    for basis in bases:
        if basis.strip() == _SAME and resolved:
            resolved.append(resolved[-1])
        else:
            resolved.append(basis)
    return resolved


def instruments_of(basis: str, known: Mapping[str, Instrument]) -> list[Instrument]:
    """The instruments that a basis names, in order, each once; `known`: short name -> it."""
    without = _BRACKETS.sub("", basis)
    found: dict[str, Instrument] = {}
    for part in _SEPARATORS.split(without):
        names = [name for name in known if name in part]
        if names:
            best = max(names, key=len)
            found.setdefault(known[best].name, known[best])
    return list(found.values())


def basis_kind(basis: str, known: Mapping[str, Instrument]) -> str:
    """The strongest kind of instrument a basis names: law, regulation, rule, else document."""
    kinds = {one.kind for one in instruments_of(basis, known)}
    return next((kind for kind in (LAW, REGULATION, RULE) if kind in kinds), DOCUMENT)


def ships_published(*, kind: str, confidence: str) -> bool:
    """Whether a shipped item is on the published list from the start: its basis is a law, a
    regulation or a rule, and was not taken from memory alone."""
    return kind in PUBLISHABLE and confidence != LOW_CONFIDENCE
