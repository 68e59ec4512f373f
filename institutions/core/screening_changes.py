"""What a second screening of the same class says that the first did not, rule by rule.

Findings are given as they are kept: mappings with `rule`, `outcome`, `field` and `evidence`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Kept = Mapping[str, Any]


class Standing(StrEnum):
    """What a screening says of one rule, or of a whole class."""

    CLEAR = "clear"
    UNDETERMINED = "undetermined"
    BREACH = "breach"


class ChangeKind(StrEnum):
    """What became of a rule between two screenings."""

    NEWLY_BREACH = "newly_breach"
    NEWLY_UNDETERMINED = "newly_undetermined"
    NEWLY_CLEAR = "newly_clear"


_KIND_BY_AFTER: Mapping[Standing, ChangeKind] = {
    Standing.BREACH: ChangeKind.NEWLY_BREACH,
    Standing.UNDETERMINED: ChangeKind.NEWLY_UNDETERMINED,
    Standing.CLEAR: ChangeKind.NEWLY_CLEAR,
}


@dataclass(frozen=True)
class RuleChange:
    """One rule on which the two screenings differ.

    `finding` is the second screening's, or the first's where nothing is found any more.
    """

    rule: str
    before: Standing
    after: Standing
    finding: Kept

    @property
    def kind(self) -> ChangeKind:
        """What became of it; a breach that turned into a doubt is a doubt."""
        return _KIND_BY_AFTER[self.after]


def standings(findings: Iterable[Kept]) -> dict[str, Standing]:
    """Each rule's standing, in the findings' order; a breach absorbs an undetermined one."""
    found: dict[str, Standing] = {}
    for one in findings:
        if found.get(one["rule"]) is not Standing.BREACH:
            found[one["rule"]] = Standing(one["outcome"])
    return found


def verdict_of(findings: Iterable[Kept]) -> Standing:
    """A class fails with any breach, is in doubt with anything undetermined, else is clear."""
    found = set(standings(findings).values())
    if Standing.BREACH in found:
        return Standing.BREACH
    return Standing.UNDETERMINED if found else Standing.CLEAR


def changes_of(old: Sequence[Kept], new: Sequence[Kept]) -> tuple[RuleChange, ...]:
    """The rules on which the screenings differ: those found anew in their order, then those gone.

    Other words under the same rule and with the same outcome are no change.
    """
    before, after = standings(old), standings(new)
    changed = [
        RuleChange(rule, before.get(rule, Standing.CLEAR), standing, _finding(new, rule, standing))
        for rule, standing in after.items()
        if before.get(rule) is not standing
    ]
    gone = [
        RuleChange(rule, standing, Standing.CLEAR, _finding(old, rule, standing))
        for rule, standing in before.items()
        if rule not in after
    ]
    return (*changed, *gone)


def to_look_at(old: Sequence[Kept], new: Sequence[Kept]) -> tuple[RuleChange, ...]:
    """What a person has to look at in an approved class: what is found now and was not before.

    A doubt about other words than those an officer once decided on is a new doubt. What was a
    breach and is only a doubt now asks nothing of anybody.
    """
    worse = [
        change
        for change in changes_of(old, new)
        if change.kind is ChangeKind.NEWLY_BREACH
        or (change.kind is ChangeKind.NEWLY_UNDETERMINED and change.before is Standing.CLEAR)
    ]
    return (*worse, *_doubts_about_other_words(old, new))


def _doubts_about_other_words(old: Sequence[Kept], new: Sequence[Kept]) -> tuple[RuleChange, ...]:
    before, after = standings(old), standings(new)
    doubt = Standing.UNDETERMINED
    same = [rule for rule in after if after[rule] is doubt and before.get(rule) is doubt]
    return tuple(
        RuleChange(rule, doubt, doubt, _finding(new, rule, doubt))
        for rule in same
        if _words(_finding(old, rule, doubt)) != _words(_finding(new, rule, doubt))
    )


def _finding(findings: Sequence[Kept], rule: str, standing: Standing) -> Kept:
    return next(one for one in findings if one["rule"] == rule and one["outcome"] == standing.value)


def _words(finding: Kept) -> tuple[str, str]:
    return str(finding.get("field", "")), str(finding.get("evidence", ""))


@dataclass(frozen=True)
class RuleCount:
    """How many classes changed under one rule, of `filings` looked at."""

    rule: str
    newly_breach: int
    newly_undetermined: int
    newly_clear: int
    filings: int

    @property
    def unchanged(self) -> int:
        """The classes of which the rule says what it said before."""
        return self.filings - self.newly_breach - self.newly_undetermined - self.newly_clear


def counts_by_rule(
    kinds: Iterable[tuple[str, ChangeKind]], *, filings: int
) -> tuple[RuleCount, ...]:
    """The counts of (rule, kind) pairs, one a class and rule; most new breaches first."""
    counted = Counter(kinds)
    rules = dict.fromkeys(rule for rule, _kind in counted)
    found = [
        RuleCount(
            rule=rule,
            newly_breach=counted[rule, ChangeKind.NEWLY_BREACH],
            newly_undetermined=counted[rule, ChangeKind.NEWLY_UNDETERMINED],
            newly_clear=counted[rule, ChangeKind.NEWLY_CLEAR],
            filings=filings,
        )
        for rule in rules
    ]
    return tuple(sorted(found, key=lambda one: (one.unchanged, -one.newly_breach, one.rule)))
