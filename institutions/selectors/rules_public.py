"""The rules in plain language, for everybody: words, articles, dates, examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from institutions.choices.findings import RULE_TEXTS
from institutions.core.register_rules.catalogue import REGISTER_RULES
from institutions.core.screening.catalogue import RULES, Rule
from institutions.core.screening.rows import HEADERS
from institutions.core.screening.rules.example_rows import Example
from institutions.core.waivers import WAIVABLE, never_basis
from regulator.kernel.legal import LegalBasis

_ALL: Mapping[str, Rule] = {rule.code: rule for rule in (*RULES, *REGISTER_RULES)}
_FAMILIES = ("TIME", "CONTENT", "STAFF", "FEE", "LICENCE", "SITE", "ROOM", "FILING")


@dataclass(frozen=True)
class ExampleView:
    """An example: what it shows, and the cells that make the difference."""

    title: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RuleView:
    """A rule as its page shows it. `title` and `explanation` are ours, `applies` is data."""

    code: str
    family: str
    title: str | Promise
    explanation: str | Promise
    remedy: str | Promise
    applies: str
    bases: tuple[LegalBasis, ...]
    complying: tuple[ExampleView, ...]
    breaching: tuple[ExampleView, ...]
    is_waivable: bool
    never: LegalBasis | None


def rule_views() -> list[RuleView]:
    """Every rule, family by family."""
    views = [_view(rule) for rule in _ALL.values() if rule.code in RULE_TEXTS]
    return sorted(views, key=lambda one: (_FAMILIES.index(one.family), one.code))


def rule_view(code: str) -> RuleView | None:
    """One rule by its code."""
    rule = _ALL.get(code)
    return _view(rule) if rule is not None and code in RULE_TEXTS else None


def _view(rule: Rule) -> RuleView:
    text = RULE_TEXTS[rule.code]
    family = rule.code.partition("-")[0]
    return RuleView(
        code=rule.code,
        family=family if family in _FAMILIES else "FILING",
        title=text.title,
        explanation=text.explanation,
        remedy=text.remedy,
        applies=rule.applies,
        bases=rule.bases,
        complying=tuple(_example(one) for one in rule.complying),
        breaching=tuple(_example(one) for one in rule.breaching),
        is_waivable=rule.code in WAIVABLE,
        never=never_basis(rule.code),
    )


def _example(example: Example) -> ExampleView:
    order = {header: position for position, header in enumerate(HEADERS)}
    cells = sorted(example.changes.items(), key=lambda cell: order.get(cell[0], 0))
    return ExampleView(example.note, tuple((name, str(value)) for name, value in cells))
