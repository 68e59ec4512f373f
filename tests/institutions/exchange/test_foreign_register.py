"""Another system's list: blanks are filled, nothing is overwritten, a person decides the rest."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from institutions.models import ColumnMapping, ImportConflict, Institution, SourceRow
from institutions.resources.exchange_targets import preview_table, stored_table
from institutions.services.exchange_conflicts import keep_ours
from institutions.services.exchange_mappings import save_mapping
from institutions.services.exchange_rows import RowContext
from institutions.services.exchange_taking import take_theirs
from institutions.services.register import correct_institution, verify_institution
from regulator.audit.models import Event
from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import Refused
from tests.district import AT, DIVISION, District, MakeActor
from tests.institutions.exchange.made import (
    PLATFORM,
    PLATFORM_PAIRS,
    counts,
    csv_bytes,
    platform_mapping,
    read_in,
    taken_in,
)
from tests.institutions.register.codes import good_code
from tests.institutions.register.test_pages import make_school

NUMBER = "教民151011670000018号"
CODE = good_code("52510116MJX00001A")


@pytest.fixture
def school(district: District) -> Institution:
    made = make_school("明德教育培训学校", NUMBER)
    correct_institution(
        institution=made,
        values={"registered_address": "本局 1 号", "legal_representative": "李明"},
        actor=SYSTEM,
        at=AT,
    )
    return made


@pytest.fixture
def mapping(district: District) -> ColumnMapping:
    return platform_mapping()


def row(**values: str) -> dict[str, str]:
    blank = dict.fromkeys((header for header, _field in PLATFORM_PAIRS), "")
    return blank | {"名称": "明德教育培训学校", "办学许可证号": NUMBER} | values


def facts(school: Institution) -> dict[str, Any]:
    school.refresh_from_db()
    return {
        "entry": Institution.objects.filter(pk=school.pk).values().get(),
        "places": list(school.premises.order_by("pk").values()),
        "papers": list(school.licences.order_by("pk").values()),
    }


@pytest.mark.parametrize("verified", [False, True])
def test_what_differs_is_noted_and_nothing_of_ours_is_overwritten(
    school: Institution, mapping: ColumnMapping, verified: bool
) -> None:
    if verified:
        verify_institution(institution=school, actor=SYSTEM, at=AT)
    before = facts(school)
    data = csv_bytes(
        [
            row(
                注册地址="别处 9 号", 法定代表人姓名="王红", 实际经营地址="新址路 8 号",
                举办者属性="企业", 联系电话="13800000000",
            )
        ]
    )  # fmt: skip
    written = taken_in(data, "register", mapping=mapping)
    assert counts(written) == (0, 0, 0, 1, 0)
    assert facts(school) == before
    found = ImportConflict.objects.order_by("field")
    assert [(one.field, one.held, one.stated, one.state) for one in found] == [
        ("address", "明德教育培训学校路 1 号", "新址路 8 号", "open"),
        ("legal_representative", "李明", "王红", "open"),
        ("registered_address", "本局 1 号", "别处 9 号", "open"),
    ]
    kept = SourceRow.objects.get(institution=school)
    assert (kept.source_name, kept.source_on, kept.row_number) == (PLATFORM, date(2026, 2, 28), 2)
    assert kept.printed["举办者属性"] == "企业"
    assert "13800000000" not in str(kept.printed)  # a column that is not read leaves no trace


def test_blanks_are_filled_also_of_a_verified_entry_and_new_institutions_are_entered(
    school: Institution, mapping: ColumnMapping
) -> None:
    correct_institution(
        institution=school, values={"legal_representative": ""}, actor=SYSTEM, at=AT
    )
    new = row(
        名称="求真教育培训学校", 办学许可证号="", 实际经营地址="求真路 2 号", 统一社会信用代码=CODE
    )
    campus = new | {"实际经营地址": "求真路 200 号"}
    data = csv_bytes([row(法定代表人姓名="王红", 注册地址="本局 1 号"), new, campus])
    read = read_in(data, "register", mapping=mapping)
    planned = preview_table(RowContext(read, SYSTEM, AT), stored_table(read))
    assert [one.outcome.value for one in planned] == ["changed", "added", "changed"]
    written = taken_in(data, "register", mapping=mapping)
    assert counts(written) == (1, 2, 0, 0, 0)
    school.refresh_from_db()
    assert school.legal_representative == "王红"
    entered = Institution.objects.get(credit_code=CODE)
    assert (entered.is_verified, entered.premises.count()) == (False, 2)
    assert SourceRow.objects.filter(source_name=PLATFORM).count() == 3
    before = [facts(school), facts(entered), SourceRow.objects.count()]
    assert counts(taken_in(data, "register", mapping=mapping)) == (0, 0, 3, 0, 0)
    assert [facts(school), facts(entered), SourceRow.objects.count()] == before


def conflict(school: Institution, mapping: ColumnMapping, **values: str) -> ImportConflict:
    taken_in(csv_bytes([row(**values)]), "register", mapping=mapping)
    return ImportConflict.objects.get(institution=school, state="open")


def test_keeping_ours_changes_nothing_and_is_not_asked_again(
    school: Institution, mapping: ColumnMapping
) -> None:
    found = conflict(school, mapping, 注册地址="别处 9 号")
    before = facts(school)
    keep_ours(conflict=found, reason="按证书核对", actor=SYSTEM, at=AT)
    assert facts(school) == before
    event = Event.objects.get(kind="exchange.conflict_decided")
    assert (event.reason, event.new["choice"]) == ("按证书核对", "ours")
    taken_in(csv_bytes([row(注册地址="别处 9 号")]), "register", mapping=mapping)
    assert list(ImportConflict.objects.values_list("state", flat=True)) == ["ours"]


TAKEN = {
    "entry": ({"注册地址": "别处 9 号"}, lambda it: it.registered_address, "别处 9 号"),
    "name": ({"名称": "明德文化培训学校"}, lambda it: it.name, "明德文化培训学校"),
    "person": ({"法定代表人姓名": "王红"}, lambda it: it.legal_representative, "王红"),
    "another address": (
        {"实际经营地址": "新址路 8 号"},
        lambda it: it.premises.last().address,
        "新址路 8 号",
    ),
    "the whole address": (
        {"实际经营地址": "明德教育培训学校路 1 号 3 楼"},
        lambda it: it.premises.get().address,
        "明德教育培训学校路 1 号 3 楼",
    ),
    "licence number": (
        {"办学许可证号": "教民151011670000099号"},
        lambda it: it.licences.get().number_printed,
        "教民151011670000099号",
    ),
}


@pytest.mark.parametrize("case", TAKEN)
def test_taking_theirs_is_an_ordinary_change_with_its_own_event(
    school: Institution, mapping: ColumnMapping, case: str
) -> None:
    values, read, expected = TAKEN[case]
    found = conflict(school, mapping, **values)
    events = Event.objects.count()
    take_theirs(conflict=found, reason="已核对", actor=SYSTEM, at=AT)
    school.refresh_from_db()
    assert read(school) == expected
    assert Event.objects.count() == events + 2
    found.refresh_from_db()
    assert (found.state, found.reason, found.decided_at) == ("theirs", "已核对", AT)
    taken_in(csv_bytes([row(**values)]), "register", mapping=mapping)
    assert not ImportConflict.objects.filter(state="open").exists()


def test_a_decision_needs_a_reason_is_made_once_and_by_the_desk(
    school: Institution, mapping: ColumnMapping, make_actor: MakeActor
) -> None:
    found = conflict(school, mapping, 注册地址="别处 9 号")
    before = facts(school)
    for decide in (keep_ours, take_theirs):
        with pytest.raises(Refused, match="conflict_reason_missing"):
            decide(conflict=found, reason=" ", actor=SYSTEM, at=AT)
        for role, where in (
            ("filing_reviewer", DIVISION), ("administrator", DIVISION),
            ("licensing_officer", "510107"),
        ):  # fmt: skip
            with pytest.raises(Refused):
                decide(conflict=found, reason="好", actor=make_actor(role, division=where), at=AT)
    found.refresh_from_db()
    assert (found.state, facts(school)) == ("open", before)
    keep_ours(conflict=found, reason="好", actor=make_actor("licensing_officer"), at=AT)
    for decide in (keep_ours, take_theirs):
        with pytest.raises(Refused, match="conflict_decided"):
            decide(conflict=found, reason="又来", actor=SYSTEM, at=AT)
    assert facts(school) == before


def test_a_name_that_is_taken_is_refused_when_taken_over(
    school: Institution, mapping: ColumnMapping
) -> None:
    found = conflict(school, mapping, 名称="明德文化培训学校")
    make_school("明德文化培训学校")
    with pytest.raises(Refused, match="name_taken"):
        take_theirs(conflict=found, reason="好", actor=SYSTEM, at=AT)
    found.refresh_from_db()
    assert found.state == "open"


def test_a_mapping_is_versioned_and_refused_with_every_reason(
    district: District, make_actor: MakeActor
) -> None:
    first = platform_mapping()
    with pytest.raises(Refused, match="mapping_unchanged"):
        platform_mapping()
    second = save_mapping(
        division=DIVISION, target="register", name="平台表", source_name=PLATFORM,
        pairs=PLATFORM_PAIRS[:2], actor=SYSTEM, at=AT,
    )  # fmt: skip
    first.refresh_from_db()
    assert [(one.version, one.is_current) for one in (first, second)] == [(1, False), (2, True)]
    with pytest.raises(Refused) as refused:
        save_mapping(
            division=DIVISION, target="premises", name=" ", source_name="",
            pairs=[("甲", "area"), ("乙", "area")], actor=SYSTEM, at=AT,
        )  # fmt: skip
    assert [one.code for one in refused.value.refusals] == [
        "exchange.mapping_nameless", "exchange.source_missing", "exchange.mapping_without",
        "exchange.mapping_without", "exchange.mapping_twice",
    ]  # fmt: skip
    with pytest.raises(Refused):
        platform_mapping(target="premises", actor=make_actor("filing_reviewer"))
    assert ColumnMapping.objects.count() == 2


def test_places_of_the_platform_fill_blanks_and_never_add_beside_ours(
    school: Institution, district: District
) -> None:
    pairs = [("名称", "institution_name"), ("地址", "address"), ("面积", "floor_area")]
    held = save_mapping(
        division=DIVISION, target="premises", name="场所", source_name=PLATFORM, pairs=pairs,
        actor=SYSTEM, at=AT,
    )  # fmt: skip
    place = school.premises.get()
    own = {"名称": school.name, "地址": place.address, "面积": "88"}
    data = csv_bytes([own, own | {"地址": "别处路 7 号"}])
    assert counts(taken_in(data, "premises", mapping=held)) == (0, 1, 0, 1, 0)
    place.refresh_from_db()
    assert str(place.floor_area_m2) == "88.00"
    again = csv_bytes([own | {"面积": "90"}])
    assert counts(taken_in(again, "premises", mapping=held)) == (0, 0, 0, 1, 0)
    area = ImportConflict.objects.get(field="floor_area")
    assert (area.held, area.stated, area.subject) == ("88", "90", "premises")
    take_theirs(conflict=area, reason="实测", actor=SYSTEM, at=AT)
    place.refresh_from_db()
    assert str(place.floor_area_m2) == "90.00"
    assert school.premises.count() == 1
