"""Every rule of the register against its own examples, and what their catalogue must hold."""

from __future__ import annotations

import pytest

from institutions.core.register_rules.catalogue import REGISTER_RULES, RegisterRule
from institutions.core.register_rules.examples import EXAMPLES, RegisterExample
from institutions.core.screening.catalogue import RULES
from tests.institutions.core.register_rules.judging import said

COMPLYING = [(rule, one) for rule in REGISTER_RULES for one in rule.register_complying]
BREACHING = [(rule, one) for rule in REGISTER_RULES for one in rule.register_breaching]


def _name(value: object) -> str:
    return value.code if isinstance(value, RegisterRule) else value.row.note  # type: ignore[attr-defined]


@pytest.mark.parametrize(("rule", "example"), COMPLYING, ids=_name)
def test_an_example_that_complies_has_no_finding_of_its_rule(
    rule: RegisterRule, example: RegisterExample
) -> None:
    assert rule.code not in said(example.row, example.register)


@pytest.mark.parametrize(("rule", "example"), BREACHING, ids=_name)
def test_an_example_that_breaches_is_a_breach_of_its_rule(
    rule: RegisterRule, example: RegisterExample
) -> None:
    assert said(example.row, example.register)[rule.code] == "breach"


def test_the_codes_are_new_and_each_rule_cites_an_article_and_shows_both_kinds() -> None:
    codes = [rule.code for rule in REGISTER_RULES]
    assert len(codes) == len(set(codes))
    assert set(codes) == set(EXAMPLES)
    assert not set(codes) & {rule.code for rule in RULES}
    for rule in REGISTER_RULES:
        assert rule.bases
        assert rule.complying
        assert rule.breaching


def test_a_plain_class_of_a_plain_institution_has_no_finding() -> None:
    assert said() == {}
