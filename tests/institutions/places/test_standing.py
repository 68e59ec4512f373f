"""Standards entered and ended, what is known of a place, and how it then stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from institutions.core.register.premises import PremisesDetails
from institutions.models import Institution, Premises, SettingStandard
from institutions.selectors.premises_standing import premises_standing, standing_page
from institutions.selectors.standards import shipped_standards, standards_elsewhere
from institutions.services.premises import add_premises, correct_premises, details_of
from institutions.services.standards import StandardDraft, end_standard, enter_standard
from regulator.audit.models import Event
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Breach, Pass, Refused, Undetermined
from tests.district import DIVISION, MakeActor
from tests.institutions.places.conftest import AT, ON

AREA = StandardDraft(
    "pupil_area_m2_min", "3", "某区设置标准", date(2026, 1, 1), kind="culture_arts"
)
DETAILS = PremisesDetails(
    teaching_area_m2=Decimal("90"),
    max_pupils=31,
    lowest_floor=2,
    highest_floor=3,
    building_kind="commercial",
    room_use="seated",
    lease_until=date(2027, 6, 30),
)


def refused_codes(call: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refused:
        call()
    return [each.code for each in refused.value.refusals]


def enter(actor: Actor, draft: StandardDraft = AREA, reason: str = "按文件录入") -> SettingStandard:
    return enter_standard(division=DIVISION, draft=draft, reason=reason, actor=actor, at=AT)


def correct(place: Premises, actor: Actor, **changes: Any) -> Premises:
    values: dict[str, Any] = {
        "address": place.address,
        "area": place.area,
        "floor_area_m2": Decimal("120"),
        "is_licensed": True,
        "details": DETAILS,
    }
    return correct_premises(premises=place, actor=actor, at=AT, **(values | changes))


def outcomes(institution: Institution, on: date = ON) -> dict[str, type]:
    [place] = premises_standing(institution, on).places
    return {each.rule: type(each.outcome) for each in place.findings}


def test_what_is_known_of_a_place_is_kept_and_told(place: Premises, officer: Actor) -> None:
    held = correct(place, officer)
    assert details_of(Premises.objects.get(pk=held.pk)) == DETAILS
    event = Event.objects.filter(kind="premises.corrected").get()
    assert event.new["max_pupils"] == 31
    assert event.new["lease_until"] == "2027-06-30"
    assert "max_pupils" not in event.old


def test_a_correction_without_details_leaves_them(place: Premises, officer: Actor) -> None:
    correct(place, officer)
    correct(place, officer, details=None, floor_area_m2=Decimal("130"))
    assert details_of(Premises.objects.get(pk=place.pk)) == DETAILS


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"lowest_floor": 0}, "premises.floor_zero"),
        ({"lowest_floor": 4}, "premises.floors_reversed"),
        ({"teaching_area_m2": Decimal("121")}, "premises.teaching_larger"),
    ],
)
def test_what_cannot_be_of_a_place_is_refused_and_nothing_changes(
    place: Premises, school: Institution, officer: Actor, changes: dict[str, Any], code: str
) -> None:
    wrong = replace(DETAILS, **changes)
    assert refused_codes(lambda: correct(place, officer, details=wrong)) == [code]
    assert refused_codes(
        lambda: add_premises(
            institution=school,
            address="第2街道学府路9号",
            floor_area_m2=Decimal("120"),
            details=wrong,
            actor=officer,
            at=AT,
        )
    ) == [code]
    assert details_of(Premises.objects.get(pk=place.pk)) == PremisesDetails()
    assert school.premises.count() == 1


def test_shipped_standards_of_the_province_have_no_figures_and_leave_it_undetermined(
    school: Institution, place: Premises, officer: Actor
) -> None:
    correct(place, officer)
    assert outcomes(school)["PREMISES-PUPIL-AREA"] is Undetermined
    [page] = standing_page(school, ON).places
    line = next(each for each in page.lines if str(each.title) == "生均面积")
    assert str(line.text) == "本区没有录入这个数。"
    assert "没有读到" in line.note


def test_no_shipped_default_carries_another_places_figure() -> None:
    known = [each for each in shipped_standards(DIVISION) if each.value is not None]
    assert {each.basis.instrument for each in known} == {"课外体育培训行为规范"}
    assert len(standards_elsewhere()) > 20


def test_an_entered_standard_judges_the_place_from_its_day_on(
    school: Institution, place: Premises, officer: Actor, signer: Actor
) -> None:
    correct(place, officer)
    enter(signer)
    assert outcomes(school)["PREMISES-PUPIL-AREA"] is Breach
    assert outcomes(school, date(2026, 1, 1))["PREMISES-PUPIL-AREA"] is Breach
    standing = premises_standing(school, ON)
    assert not standing.is_in_order
    assert [each.rule for _place, each in standing.breaches] == ["PREMISES-PUPIL-AREA"]
    correct(place, officer, details=replace(DETAILS, max_pupils=30))
    assert outcomes(school)["PREMISES-PUPIL-AREA"] is Pass
    assert premises_standing(school, ON).is_in_order


def test_a_soft_standard_is_advice_and_blocks_nothing(
    school: Institution, place: Premises, officer: Actor, signer: Actor
) -> None:
    correct(place, officer)
    enter(signer, replace(AREA, is_soft=True))
    standing = premises_standing(school, ON)
    assert standing.is_in_order
    assert [each.rule for each in standing.places[0].advice] == ["PREMISES-PUPIL-AREA"]


def test_a_place_that_the_licence_does_not_name_is_flagged(
    school: Institution, place: Premises, officer: Actor
) -> None:
    correct(place, officer, is_licensed=False)
    assert outcomes(school)["PREMISES-LICENCE"] is Breach
    correct(place, officer, is_licensed=True)
    assert outcomes(school)["PREMISES-LICENCE"] is Pass
    correct(place, officer, address="第2街道学府路900号")
    assert outcomes(school)["PREMISES-LICENCE"] is Undetermined


def test_a_later_figure_takes_over_on_its_day_and_the_former_keeps_its_days(
    signer: Actor,
) -> None:
    first = enter(signer)
    enter(signer, replace(AREA, value="4", starts_on=date(2026, 6, 1)))
    first.refresh_from_db()
    assert first.ends_before == date(2026, 6, 1)
    values = list(SettingStandard.objects.order_by("starts_on").values_list("value", flat=True))
    assert values == ["3", "4"]
    enter(signer, replace(AREA, value="5", starts_on=date(2026, 6, 1)))
    assert SettingStandard.objects.count() == 2
    enter(signer, replace(AREA, value="2.5", starts_on=date(2025, 1, 1)))
    earliest = SettingStandard.objects.order_by("starts_on").first()
    assert earliest is not None
    assert earliest.ends_before == date(2026, 1, 1)
    assert Event.objects.filter(kind="standard.entered").count() == 4


@pytest.mark.parametrize(
    ("changes", "reason", "codes"),
    [
        ({"value": "三"}, "录入", ["standard.value_unreadable"]),
        ({"instrument": " "}, "录入", ["standard.instrument_missing"]),
        ({}, " ", ["standard.reason_missing"]),
        (
            {"value": "0", "instrument": ""},
            "",
            [
                "standard.value_out_of_range",
                "standard.instrument_missing",
                "standard.reason_missing",
            ],
        ),
    ],
)
def test_a_figure_without_value_basis_or_reason_is_refused_with_every_reason(
    signer: Actor, changes: dict[str, Any], reason: str, codes: list[str]
) -> None:
    assert refused_codes(lambda: enter(signer, replace(AREA, **changes), reason)) == codes
    assert not SettingStandard.objects.exists()


def test_the_same_figure_twice_is_refused(signer: Actor) -> None:
    enter(signer)
    assert refused_codes(lambda: enter(signer)) == ["standard.no_change"]
    assert Event.objects.filter(kind="standard.entered").count() == 1


def test_an_ended_standard_no_longer_judges(
    school: Institution, place: Premises, officer: Actor, signer: Actor
) -> None:
    correct(place, officer)
    standard = enter(signer)
    end_standard(standard=standard, on=ON, reason="文件废止", actor=signer, at=AT)
    assert outcomes(school)["PREMISES-PUPIL-AREA"] is Undetermined
    assert outcomes(school, ON - timedelta(days=1))["PREMISES-PUPIL-AREA"] is Breach
    assert Event.objects.filter(kind="standard.ended").count() == 1


@pytest.mark.parametrize(
    ("on", "reason", "codes"),
    [
        (date(2026, 1, 1), "废止", ["standard.ends_before_start"]),
        (date(2026, 2, 1), "", ["standard.reason_missing"]),
    ],
)
def test_a_standard_ends_after_it_began_and_for_a_reason(
    signer: Actor, on: date, reason: str, codes: list[str]
) -> None:
    standard = enter(signer)
    found = refused_codes(
        lambda: end_standard(standard=standard, on=on, reason=reason, actor=signer, at=AT)
    )
    assert found == codes
    standard.refresh_from_db()
    assert standard.ends_before is None


def test_an_ended_standard_is_not_ended_later(signer: Actor) -> None:
    standard = enter(signer)
    end_standard(standard=standard, on=ON, reason="废止", actor=signer, at=AT)
    found = refused_codes(
        lambda: end_standard(standard=standard, on=ON, reason="再废止", actor=signer, at=AT)
    )
    assert found == ["standard.ended_already"]


def test_only_who_signs_settings_in_the_division_lets_a_standard_stand(
    officer: Actor, make_actor: MakeActor, administrator: Actor, signer: Actor
) -> None:
    elsewhere = make_actor("district_leader", division="510107")
    standard = enter(signer)
    for actor in (officer, elsewhere, administrator):
        with pytest.raises(Refused):
            enter(actor, replace(AREA, value="9"))
        with pytest.raises(Refused):
            end_standard(standard=standard, on=ON, reason="废止", actor=actor, at=AT)
    assert SettingStandard.objects.get().value == "3"
