"""A change (变更) of an approved class: when it may be asked for, and what differs, old and new.

Source: 国办发〔2018〕80号 wants content, class, audience, progress and hours filed; the approved
filing is what the class may teach by, so a change is filed and reviewed before it holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from institutions.core.filing_states import FilingState
from institutions.core.screening.bases import FILING
from institutions.core.screening.rows import HEADERS
from regulator.kernel.outcomes import Refusal

OTHER_CLASS = ("培训类别", "学科或项目")
"""Cells that make it another class, with another department or price, when they change."""
_LONGEST_COMPARED = 4_000
Span = tuple[int, int]


@dataclass(frozen=True)
class ChangeFacts:
    """What the guards look at: the approved filing's state and cells, the new cells, and why.

    `open_change` is the number of a change that is in hand already.
    """

    state: FilingState
    old: Mapping[str, str]
    new: Mapping[str, str]
    reason: str = ""
    open_change: str = ""


def opening_refusals(state: FilingState, open_change: str) -> tuple[Refusal, ...]:
    """Every reason why a change may not even be begun."""
    found = []
    if state is not FilingState.APPROVED:
        params = {"filing_state": state.value}
        found.append(Refusal("filing.change_not_approved", params, FILING))
    if open_change:
        found.append(Refusal("filing.change_open", {"filing": open_change}))
    return tuple(found)


def change_refusals(facts: ChangeFacts) -> tuple[Refusal, ...]:
    """Every reason why a change may not be handed in, besides those against any filing."""
    found = list(opening_refusals(facts.state, facts.open_change))
    changed = changed_headers(facts.old, facts.new)
    if not changed:
        found.append(Refusal("filing.change_same"))
    for header in OTHER_CLASS:
        if header in changed:
            params = {
                "header": header,
                "old": facts.old.get(header, ""),
                "new": facts.new.get(header, ""),
            }
            found.append(
                Refusal("filing.change_other_class", params, FILING, "filing.remedy_file_anew")
            )
    if not facts.reason.strip():
        found.append(Refusal("filing.change_reason_missing", {}, FILING))
    return tuple(found)


def changed_headers(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[str, ...]:
    """The headers whose cells differ, in the workbook's order; outer white space is nothing."""
    return tuple(
        header for header in HEADERS if old.get(header, "").strip() != new.get(header, "").strip()
    )


def differing_spans(old: str, new: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Where two texts differ, as (start, end) in each: what went, and what came.

    Long texts are taken as differing as a whole: comparing them by character would take long and
    say little.
    """
    if max(len(old), len(new)) > _LONGEST_COMPARED:
        return _whole(old), _whole(new)
    gone: list[Span] = []
    come: list[Span] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if b > a:
            gone.append((a, b))
        if d > c:
            come.append((c, d))
    return tuple(gone), tuple(come)


def _whole(text: str) -> tuple[Span, ...]:
    return ((0, len(text)),) if text else ()


def change_number(original: str, earlier: Sequence[str]) -> str:
    """The number of the next change of a filing: the filing's own, and which change it is."""
    return f"{original}-B{len(earlier) + 1}"
