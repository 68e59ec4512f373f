"""The rules that need the register: code, title, articles, test and examples, in their order.

They are of the same shape as those of `core/screening/catalogue.py`, and like them stand here only
when they are complete. `judge` of the row alone is None: they are told of the register too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from institutions.core.register_rules import bases
from institutions.core.register_rules.examples import EXAMPLES, RegisterExample
from institutions.core.register_rules.facts import ClassFacts
from institutions.core.register_rules.licence import judge_scope, judge_state
from institutions.core.register_rules.places import judge_room, judge_site
from institutions.core.register_rules.staff import judge_double
from institutions.core.register_rules.timing import judge_late
from institutions.core.screening.catalogue import Rule, Severity
from institutions.core.screening.engine import Finding, finding_of
from institutions.core.screening.facts import NOT_APPLICABLE, PASS
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Outcome


@dataclass(frozen=True)
class RegisterRule(Rule):
    """A rule that is told of the register. `judge_class` is pure and total."""

    judge_class: Callable[[ClassFacts], Outcome]
    register_complying: tuple[RegisterExample, ...]
    register_breaching: tuple[RegisterExample, ...]


def _rule(
    code: str,
    title: str,
    applies: str,
    judge: Callable[[ClassFacts], Outcome],
    *legal: LegalBasis,
) -> RegisterRule:
    complying, breaching = EXAMPLES[code]
    return RegisterRule(
        code=code,
        title=title,
        severity=Severity.BREACH,
        bases=legal,
        applies=applies,
        judge=None,
        complying=tuple(one.row for one in complying),
        breaching=tuple(one.row for one in breaching),
        judge_class=judge,
        register_complying=complying,
        register_breaching=breaching,
    )


REGISTER_RULES: tuple[RegisterRule, ...] = (
    _rule(
        "LICENCE-STATE",
        "上课期间许可证无效或暂停招生",
        "全部",
        judge_state,
        bases.LICENSED_FIRST,
        bases.RENEWING,
        bases.RE_REGISTERING,
    ),
    _rule("LICENCE-SCOPE", "超出许可范围", "全部", judge_scope, bases.WITHIN_SCOPE),
    _rule(
        "SITE-UNLICENSED",
        "授课地点未经许可",
        "线下，各类",
        judge_site,
        bases.LICENSED_PLACE,
        bases.CHANGING_PREMISES,
    ),
    _rule("FILING-LATE", "备案过迟或先行收费、开班", "全部", judge_late, bases.APPROVED_FIRST),
    _rule("STAFF-DOUBLE", "同一教师同一时间在两处上课", "全部", judge_double, bases.TRUE_FILING),
    _rule("ROOM-SIZE", "学员人数超过场所面积", "线下，各类", judge_room, bases.ROOM_ENOUGH),
)
REGISTER_RULES_BY_CODE: Mapping[str, RegisterRule] = {rule.code: rule for rule in REGISTER_RULES}


_IN_LINE = ("STAFF-DOUBLE", "ROOM-SIZE")
RULES_OF_CLASS = tuple(rule for rule in REGISTER_RULES if rule.code not in _IN_LINE)
"""Those that need no other class."""
RULES_IN_LINE = tuple(rule for rule in REGISTER_RULES if rule.code in _IN_LINE)
"""Those that hang on the classes filed before; they come after the others."""


def register_findings(
    facts: ClassFacts, rules: Sequence[RegisterRule] = REGISTER_RULES
) -> Iterator[Finding]:
    """Everything these rules find on a class, in their order."""
    for rule in rules:
        verdict = rule.judge_class(facts)
        if verdict is not PASS and verdict is not NOT_APPLICABLE:
            finding = finding_of(rule.code, verdict, facts.row)
            if finding is not None:
                yield finding
