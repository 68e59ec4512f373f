"""Setting standards of places: at the limit, beside it, unknown facts, dates, uses and stages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from institutions.core.standards.examples import EXAMPLES, Example
from institutions.core.standards.facts import PremisesFacts
from institutions.core.standards.limits import (
    LimitStanding,
    StandardKey,
    StandardLimit,
    Standards,
    limit_of_row,
    limits_of_rows,
    read_value,
    written_value,
)
from institutions.core.standards.rules import RULES, premises_findings, whole_months
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Breach, NotApplicable, Pass, Refusal, Undetermined

ON = date(2026, 6, 1)
BASIS = LegalBasis("某市设置标准", "〔2026〕1号", "第三条")
OTHER = LegalBasis("某省设置标准", "〔2025〕1号", "第五条")


def limit(
    key: StandardKey,
    value: Fraction | tuple[str, ...] | int | None,
    *,
    kind: str = "",
    stage: str = "",
    room_use: str = "",
    soft: bool = False,
    basis: LegalBasis = BASIS,
    standing: LimitStanding = LimitStanding.ENTERED,
) -> StandardLimit:
    held = Fraction(value) if isinstance(value, int) else value
    return StandardLimit(key, held, kind, stage, room_use, soft, basis, standing, "未读到")


def place(**known: object) -> PremisesFacts:
    facts: dict[str, object] = {"on": ON, "kind": "culture_arts", "stages": ("primary",)}
    return PremisesFacts(**(facts | known))  # type: ignore[arg-type]


def outcome_of(rule: str, facts: PremisesFacts, *limits: StandardLimit) -> object:
    return RULES[rule](facts, Standards(entered=limits)).outcome


def test_every_rule_has_its_example() -> None:
    assert list(EXAMPLES) == list(RULES)


@pytest.mark.parametrize(("rule", "example"), EXAMPLES.items())
def test_a_rule_passes_what_complies_and_finds_what_breaches(rule: str, example: Example) -> None:
    assert RULES[rule](example.complies, example.standards).outcome == Pass()
    assert isinstance(RULES[rule](example.breaches, example.standards).outcome, Breach)


@pytest.mark.parametrize(
    ("rule", "names"),
    [
        ("PREMISES-AREA", {"floor_area_m2"}),
        ("PREMISES-TEACHING", {"floor_area_m2"}),
        ("PREMISES-PUPIL-AREA", {"teaching_area_m2"}),
        ("PREMISES-FLOOR", {"highest_floor"}),
        ("PREMISES-UNDERGROUND", {"lowest_floor"}),
        ("PREMISES-BUILDING", {"building_kind"}),
        ("PREMISES-LEASE", {"lease_until"}),
    ],
)
def test_without_facts_a_rule_is_undetermined_and_names_the_first(
    rule: str, names: set[str]
) -> None:
    found = RULES[rule](place(), EXAMPLES[rule].standards).outcome
    assert isinstance(found, Undetermined)
    assert {found.missing} == names


@pytest.mark.parametrize(
    ("rule", "known", "name"),
    [
        ("PREMISES-TEACHING", {"floor_area_m2": Fraction(300)}, "teaching_area_m2"),
        ("PREMISES-TEACHING", {"floor_area_m2": Fraction(0)}, "floor_area_m2"),
        ("PREMISES-PUPIL-AREA", {"teaching_area_m2": Fraction(90)}, "max_pupils"),
        ("PREMISES-LEASE", {"lease_until": date(2027, 1, 1)}, "starts_on"),
    ],
)
def test_a_rule_of_two_facts_names_the_second(
    rule: str, known: dict[str, object], name: str
) -> None:
    found = RULES[rule](place(**known), EXAMPLES[rule].standards).outcome
    assert isinstance(found, Undetermined)
    assert found.missing == name


def test_all_rules_without_limits_and_licence_do_not_apply() -> None:
    found = premises_findings(place(), Standards())
    assert [each.rule for each in found] == list(RULES)
    assert {type(each.outcome) for each in found} == {NotApplicable}


def test_a_known_standard_without_its_figure_is_undetermined_and_says_why() -> None:
    found = outcome_of("PREMISES-AREA", place(), limit(StandardKey.TOTAL_AREA, None))
    assert found == Undetermined("total_area_m2_min", "standard", BASIS, {"note": "未读到"})


def test_a_figure_nobody_can_vouch_for_never_breaches() -> None:
    unsure = limit(StandardKey.TOTAL_AREA, 200, standing=LimitStanding.UNSURE)
    small, large = place(floor_area_m2=Fraction(199)), place(floor_area_m2=Fraction(200))
    found = outcome_of("PREMISES-AREA", small, unsure)
    assert isinstance(found, Undetermined)
    assert found.missing == "source"
    assert outcome_of("PREMISES-AREA", large, unsure) == Pass()


def test_a_soft_limit_breached_is_a_finding_but_no_breach_that_binds() -> None:
    soft = limit(StandardKey.TOTAL_AREA, 200, soft=True)
    found = premises_findings(place(floor_area_m2=Fraction(10)), Standards(entered=(soft,)))
    area = next(each for each in found if each.rule == "PREMISES-AREA")
    assert isinstance(area.outcome, Breach)
    assert area.is_soft
    assert not area.is_breach


@pytest.mark.parametrize(
    ("on", "wanted"),
    [
        (date(2026, 5, 31), NotApplicable),
        (date(2026, 6, 1), Breach),
        (date(2026, 12, 31), Breach),
        (date(2027, 1, 1), NotApplicable),
    ],
)
def test_the_limit_in_force_on_the_day_decides(on: date, wanted: type) -> None:
    dated = replace(BASIS, in_force_from=date(2026, 6, 1), in_force_before=date(2027, 1, 1))
    facts = replace(place(floor_area_m2=Fraction(10)), on=on)
    found = outcome_of("PREMISES-AREA", facts, limit(StandardKey.TOTAL_AREA, 200, basis=dated))
    assert isinstance(found, wanted)


def test_what_the_bureau_entered_stands_instead_of_what_was_shipped() -> None:
    standards = Standards(
        entered=(limit(StandardKey.TOTAL_AREA, 100),),
        shipped=(limit(StandardKey.TOTAL_AREA, 300, standing=LimitStanding.SOURCED),),
    )
    assert RULES["PREMISES-AREA"](place(floor_area_m2=Fraction(150)), standards).outcome == Pass()


def test_an_entered_limit_of_another_kind_leaves_the_shipped_one_in_place() -> None:
    standards = Standards(
        entered=(limit(StandardKey.TOTAL_AREA, 100, kind="sport"),),
        shipped=(limit(StandardKey.TOTAL_AREA, 300, basis=OTHER),),
    )
    found = RULES["PREMISES-AREA"](place(floor_area_m2=Fraction(150)), standards).outcome
    assert isinstance(found, Breach)
    assert found.basis == OTHER


def test_a_limit_for_just_this_kind_stands_before_one_for_all() -> None:
    area = place(floor_area_m2=Fraction(150))
    for_all = limit(StandardKey.TOTAL_AREA, 300)
    own = limit(StandardKey.TOTAL_AREA, 100, kind="culture_arts")
    assert outcome_of("PREMISES-AREA", area, for_all, own) == Pass()


@pytest.mark.parametrize(
    ("pupils", "room_use", "wanted"),
    [
        (30, "seated", Pass),
        (31, "seated", Breach),
        (15, "movement", Pass),
        (16, "movement", Breach),
        # unknown: the limits agree up to 15 and from 31 on
        (15, "", Pass),
        (16, "", Undetermined),
        (30, "", Undetermined),
        (31, "", Breach),
    ],
)
def test_the_use_of_rooms_decides_which_area_a_pupil_needs(
    pupils: int, room_use: str, wanted: type
) -> None:
    limits = (
        limit(StandardKey.PUPIL_AREA, 3),
        limit(StandardKey.PUPIL_AREA, 6, room_use="movement"),
    )
    facts = place(teaching_area_m2=Fraction(90), max_pupils=pupils, room_use=room_use)
    found = outcome_of("PREMISES-PUPIL-AREA", facts, *limits)
    assert isinstance(found, wanted)
    if isinstance(found, Undetermined):
        assert found.missing == "room_use"


@pytest.mark.parametrize(
    ("stages", "floor", "wanted"),
    [
        (("primary",), 4, Pass),
        (("primary",), 5, Breach),
        (("junior",), 5, Pass),
        (("junior",), 6, Breach),
        (("primary", "junior"), 5, Breach),
        (("senior",), 9, NotApplicable),
        ((), 4, Pass),
        ((), 5, Undetermined),
        # no limit for every stage: the place may be for none of these
        ((), 6, Undetermined),
    ],
)
def test_the_stages_of_the_licence_decide_how_high_a_place_may_lie(
    stages: tuple[str, ...], floor: int, wanted: type
) -> None:
    limits = (
        limit(StandardKey.FLOOR_MAX, 4, stage="primary"),
        limit(StandardKey.FLOOR_MAX, 5, stage="junior"),
    )
    found = outcome_of("PREMISES-FLOOR", place(stages=stages, highest_floor=floor), *limits)
    assert isinstance(found, wanted)


@pytest.mark.parametrize(
    ("until", "wanted"),
    [
        (date(2026, 12, 31), Pass),
        (date(2026, 12, 30), Breach),
        # long enough once, and run out the day before
        (date(2026, 5, 31), Breach),
    ],
)
def test_a_lease_is_long_enough_and_still_runs(until: date, wanted: type) -> None:
    starts_on = date(2025, 1, 1) if until.year == 2026 and until.month == 12 else date(2020, 1, 1)
    facts = place(starts_on=starts_on, lease_until=until)
    assert isinstance(outcome_of("PREMISES-LEASE", facts, limit(StandardKey.LEASE, 24)), wanted)


def test_a_lease_that_ends_on_the_day_still_runs() -> None:
    facts = place(starts_on=date(2020, 1, 1), lease_until=ON)
    assert outcome_of("PREMISES-LEASE", facts, limit(StandardKey.LEASE, 24)) == Pass()


@pytest.mark.parametrize(
    ("starts_on", "until", "wanted"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), 12),
        (date(2025, 1, 1), date(2025, 12, 30), 11),
        (date(2025, 1, 31), date(2025, 2, 28), 1),
        (date(2025, 1, 15), date(2025, 2, 14), 1),
        (date(2025, 1, 15), date(2025, 1, 14), 0),
    ],
)
def test_months_of_a_lease_are_whole_ones(starts_on: date, until: date, wanted: int) -> None:
    assert whole_months(starts_on, until) == wanted


@pytest.mark.parametrize(
    ("known", "wanted", "missing"),
    [
        ({"is_licensed": False}, Breach, ""),
        ({"is_licensed": True, "licence_addresses": ()}, Undetermined, "licence_address"),
        ({"is_licensed": True, "licence_addresses": ("文昌街200号",)}, Undetermined,
         "address_on_licence"),
        ({"is_licensed": True, "licence_addresses": ("某区学府路100号",)}, Pass, ""),
        ({"is_licensed": True, "licence_addresses": ("",)}, Undetermined, "address_on_licence"),
        ({"is_licensed": False, "licence_addresses": None}, NotApplicable, ""),
    ],
)  # fmt: skip
def test_an_address_outside_the_licence_is_flagged(
    known: dict[str, object], wanted: type, missing: str
) -> None:
    facts = place(address_key="学府路100号", **({"licence_addresses": ("学府路100号",)} | known))
    found = outcome_of("PREMISES-LICENCE", facts)
    assert isinstance(found, wanted)
    if isinstance(found, Undetermined):
        assert found.missing == missing


@pytest.mark.parametrize(
    ("key", "text", "wanted"),
    [
        (StandardKey.TOTAL_AREA, "200", Fraction(200)),
        (StandardKey.PUPIL_AREA, "2.5", Fraction(5, 2)),
        (StandardKey.TEACHING_SHARE, "2/3", Fraction(2, 3)),
        (StandardKey.TEACHING_SHARE, " 50％ ", Fraction(1, 2)),
        (StandardKey.FLOOR_MIN, "-1", Fraction(-1)),
        (StandardKey.BUILDINGS_BANNED, "residential｜self_built", ("residential", "self_built")),
    ],
)
def test_a_value_is_read_and_written_back(key: StandardKey, text: str, wanted: object) -> None:
    value = read_value(key, text)
    assert value == wanted
    assert not isinstance(value, Refusal)
    assert read_value(key, written_value(value)) == wanted


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        (StandardKey.TOTAL_AREA, "", "standard.value_unreadable"),
        (StandardKey.TOTAL_AREA, "很大", "standard.value_unreadable"),
        (StandardKey.TOTAL_AREA, "1/0", "standard.value_unreadable"),
        (StandardKey.TOTAL_AREA, "1e9", "standard.value_unreadable"),
        (StandardKey.TOTAL_AREA, "0", "standard.value_out_of_range"),
        (StandardKey.TOTAL_AREA, "100001", "standard.value_out_of_range"),
        (StandardKey.TEACHING_SHARE, "1.5", "standard.value_out_of_range"),
        (StandardKey.FLOOR_MAX, "3.5", "standard.value_out_of_range"),
        (StandardKey.FLOOR_MIN, "0", "standard.value_out_of_range"),
        (StandardKey.LEASE, "-1", "standard.value_out_of_range"),
        (StandardKey.BUILDINGS_BANNED, "", "standard.building_unknown"),
        (StandardKey.BUILDINGS_BANNED, "palace", "standard.building_unknown"),
    ],
)
def test_what_is_no_value_of_a_standard_is_refused(key: StandardKey, text: str, code: str) -> None:
    refused = read_value(key, text)
    assert isinstance(refused, Refusal)
    assert refused.code == code


@given(st.sampled_from(list(StandardKey)), st.text(max_size=12))
def test_reading_a_value_never_raises(key: StandardKey, text: str) -> None:
    value = read_value(key, text)
    if not isinstance(value, Refusal):
        assert read_value(key, written_value(value)) == value


ROW = {
    "division": "51", "standard": "total_area_m2_min", "kind": "sport", "stage": "",
    "room_use": "", "value": "200", "is_soft": "yes", "valid_from": "2024-01-01",
    "valid_before": "", "instrument": "某标准", "document_number": "", "article": "第二条",
    "confidence": "low", "note": "",
}  # fmt: skip


def test_a_shipped_row_concerns_the_divisions_that_lie_in_its_own() -> None:
    assert [one.number for one in limits_of_rows([ROW], division="510116")] == [200]
    assert limits_of_rows([ROW], division="330106") == []
    found = limit_of_row(ROW)
    assert (found.is_soft, found.standing) == (True, LimitStanding.UNSURE)
    assert found.basis.in_force_from == date(2024, 1, 1)


def test_a_wrong_shipped_table_is_a_bug() -> None:
    with pytest.raises(ValueError, match="value_out_of_range"):
        limit_of_row(ROW | {"value": "-3"})


@given(
    st.builds(
        PremisesFacts,
        on=st.just(ON),
        kind=st.sampled_from(("", "sport", "culture_arts")),
        stages=st.sampled_from(((), ("primary",), ("junior", "senior"))),
        address_key=st.text(max_size=3),
        is_licensed=st.booleans(),
        licence_addresses=st.none() | st.tuples(st.text(max_size=3)),
        floor_area_m2=st.none() | st.fractions(0, 10_000),
        teaching_area_m2=st.none() | st.fractions(0, 10_000),
        max_pupils=st.none() | st.integers(0, 500),
        lowest_floor=st.none() | st.integers(-5, 60),
        highest_floor=st.none() | st.integers(-5, 60),
        building_kind=st.sampled_from(("", "office", "residential")),
        room_use=st.sampled_from(("", "seated", "movement")),
        starts_on=st.none() | st.dates(ON - timedelta(days=4000), ON),
        lease_until=st.none() | st.dates(ON - timedelta(days=900), ON + timedelta(days=4000)),
    )
)
def test_the_rules_are_total(facts: PremisesFacts) -> None:
    limits = tuple(example.standards.entered for example in EXAMPLES.values())
    found = premises_findings(facts, Standards(entered=tuple(x for part in limits for x in part)))
    assert [each.rule for each in found] == list(RULES)
