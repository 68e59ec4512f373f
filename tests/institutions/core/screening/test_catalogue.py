"""Every rule of the catalogue against its own examples, and what the catalogue must hold."""

from __future__ import annotations

import pytest

from institutions.core.screening.catalogue import RULES, Rule, Severity
from institutions.core.screening.rules.example_rows import Example
from institutions.core.screening.rules.examples import EXAMPLES
from tests.institutions.core.screening.contexts import breaches_of

COMPLYING = [(rule, example) for rule in RULES for example in rule.complying]
BREACHING = [(rule, example) for rule in RULES for example in rule.breaching]


def _name(value: object) -> str:
    return value.code if isinstance(value, Rule) else str(getattr(value, "note", value))


@pytest.mark.parametrize(("rule", "example"), COMPLYING, ids=_name)
def test_an_example_that_complies_is_no_breach_of_its_rule(rule: Rule, example: Example) -> None:
    assert rule.code not in breaches_of(example.cells)


@pytest.mark.parametrize(("rule", "example"), BREACHING, ids=_name)
def test_an_example_that_breaches_is_a_breach_of_its_rule(rule: Rule, example: Example) -> None:
    assert rule.code in breaches_of(example.cells)


def test_codes_are_unique_and_every_example_belongs_to_a_rule() -> None:
    codes = [rule.code for rule in RULES]
    assert len(codes) == len(set(codes))
    assert set(codes) == set(EXAMPLES)


def test_every_rule_cites_an_article_and_shows_examples_of_both_kinds() -> None:
    for rule in RULES:
        assert rule.bases
        assert rule.complying
        assert rule.breaching or rule.severity is Severity.WARNING
