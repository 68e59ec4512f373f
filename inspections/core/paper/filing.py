"""Whether a page that came back may be filed, and why not: every reason, none by guessing."""

from __future__ import annotations

from dataclasses import dataclass

from regulator.kernel.outcomes import Refusal


@dataclass(frozen=True)
class PageFacts:
    """What is known of the paper that a page's code names; `known` is False where there is none.

    `expected` is the draw or order that the person said the file belongs to, empty where not said.
    """

    known: bool
    source: str = ""
    page: int = 0
    expected: str = ""
    is_own_division: bool = True
    is_cover: bool = False
    version: int = 1
    latest_version: int = 1
    page_count: int = 0
    is_replaced: bool = False
    has_visit: bool = True


def filing_refusals(facts: PageFacts) -> tuple[Refusal, ...]:
    """Every reason why a page cannot be filed, empty if it can."""
    if not facts.known:
        return (Refusal("page.unknown", {"source": facts.source or "—"}),)
    if not facts.is_own_division:
        # Nothing more is said of another district's paper.
        return (Refusal("page.other_division"),)
    found: list[Refusal] = []
    if facts.expected and facts.expected != facts.source:
        found.append(
            Refusal("page.other_source", {"source": facts.source, "expected": facts.expected})
        )
    if facts.is_cover:
        found.append(Refusal("page.cover"))
    if facts.version < facts.latest_version:
        found.append(
            Refusal("page.superseded", {"version": facts.version, "latest": facts.latest_version})
        )
    if facts.page_count and facts.page > facts.page_count:
        found.append(Refusal("page.beyond", {"page": facts.page, "pages": facts.page_count}))
    if facts.is_replaced:
        found.append(Refusal("page.replaced"))
    if not facts.has_visit and not facts.is_cover:
        found.append(Refusal("page.no_visit"))
    return tuple(found)


def choosing_refusals(
    *, is_in_tray: bool, is_own_division: bool, is_replaced: bool
) -> tuple[Refusal, ...]:
    """Every reason why a page without a code cannot be filed to the visit a person chose."""
    found: list[Refusal] = []
    if not is_in_tray:
        found.append(Refusal("page.not_in_tray"))
    if not is_own_division:
        found.append(Refusal("page.other_division"))
    if is_replaced:
        found.append(Refusal("page.visit_replaced"))
    return tuple(found)
