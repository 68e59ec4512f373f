"""Looking places up, moving pins, and what is near: the services and the job."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from celery import current_app
from django.db import IntegrityError, transaction

from institutions.models import (
    GeocodingAnswer,
    Institution,
    Premises,
    PremisesPoint,
    TownshipCentre,
)
from institutions.selectors.places import gazetteer_entries, located_counts, unlocated
from institutions.selectors.premises_near import (
    distance_m,
    licensed_points,
    premises_near,
)
from institutions.services import geocoding
from institutions.services.changes import change_operating_status
from institutions.services.geocoding import ask_for, locate_later
from institutions.services.places import move_point, record_centre
from institutions.services.premises import close_premises, correct_premises
from regulator.accounts.models import Township
from regulator.adapters.geocoding.answers import Confidence, Found
from regulator.audit.models import Event
from regulator.jobs.services import run_here
from regulator.kernel.actors import SYSTEM, Actor
from regulator.kernel.coordinates import CoordinateSystem, Position
from regulator.kernel.outcomes import AdapterError, InvariantError, Refused
from tests.audited import unaudited
from tests.committed import CopyDatabase
from tests.district import AT as OPENED
from tests.district import DIVISION, MakeActor, appointed
from tests.institutions.places.conftest import AT, ON, made_school

WGS84, GCJ02, BD09 = CoordinateSystem.WGS84, CoordinateSystem.GCJ02, CoordinateSystem.BD09
HERE = Position(103.9234, 30.5678, WGS84)
CENTRE = Position(103.93, 30.57, GCJ02)


def refused_codes(call: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refused:
        call()
    return [each.code for each in refused.value.refusals]


def move(place: Premises, actor: Actor, position: Position = HERE, reason: str = "现场") -> Any:
    return move_point(premises=place, position=position, reason=reason, actor=actor, at=AT)


def centre(administrator: Actor, position: Position = CENTRE, source: str = "量取") -> Any:
    township = Township.objects.get(code="510116001")
    return record_centre(
        township=township, position=position, source=source, actor=administrator, at=AT
    )


def located(actor: Actor) -> Any:
    current_app.loader.import_default_modules()
    return run_here(locate_later(division=DIVISION, actor=actor, at=AT))


class Scripted:
    """A geocoder that answers, finds nothing or fails, as told; remembers what it was asked."""

    source = "baidu"
    is_remote = True

    def __init__(self, *answers: Any) -> None:
        self.answers, self.asked = list(answers), []

    def __call__(self, address: str) -> Found | None:
        self.asked.append(address)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


FOUND = Found(Position(103.94, 30.58, BD09), Confidence.HIGH, "门址")


def test_a_person_moves_a_pin_and_its_system_is_kept_beside_it(
    place: Premises, officer: Actor
) -> None:
    move(place, officer, Position(103.93, 30.57, GCJ02))
    point = PremisesPoint.objects.get()
    assert (str(point.longitude), str(point.latitude)) == ("103.9300000", "30.5700000")
    assert (point.system, point.source, point.confidence) == ("gcj02", "person", "high")
    wgs84 = Position(103.93, 30.57, GCJ02).in_system(WGS84)
    assert (point.wgs84_longitude, point.wgs84_latitude) == (wgs84.longitude, wgs84.latitude)
    move(place, officer)
    assert PremisesPoint.objects.get().system == "wgs84"
    event = Event.objects.filter(kind="premises.point_moved").order_by("-id").first()
    assert event is not None
    assert event.old["system"] == "gcj02"
    assert (event.new["longitude"], event.new["system"]) == ("103.9234000", "wgs84")
    assert event.reason == "现场"


@pytest.mark.parametrize(
    ("position", "reason", "codes"),
    [
        (Position(30.5, 103.9, WGS84), "现场", ["places.position_swapped"]),
        (Position(2.3, 48.8, WGS84), "现场", ["places.position_outside"]),
        (HERE, "  ", ["places.reason_missing"]),
        (Position(2.3, 48.8, WGS84), "", ["places.position_outside", "places.reason_missing"]),
    ],
)
def test_a_pin_is_refused_with_every_reason_and_stays(
    place: Premises, officer: Actor, position: Position, reason: str, codes: list[str]
) -> None:
    assert refused_codes(lambda: move(place, officer, position, reason)) == codes
    assert not PremisesPoint.objects.exists()


def test_a_pin_moved_to_where_it_is_or_of_a_closed_place_is_refused(
    place: Premises, officer: Actor
) -> None:
    move(place, officer)
    assert refused_codes(lambda: move(place, officer)) == ["places.not_moved"]
    close_premises(premises=place, on=ON, reason="停用", actor=officer, at=AT)
    elsewhere = Position(103.95, 30.55, WGS84)
    assert refused_codes(lambda: move(place, officer, elsewhere)) == ["places.premises_closed"]
    assert PremisesPoint.objects.get().wgs84_longitude == HERE.longitude


def test_another_divisions_officer_moves_no_pin(place: Premises, make_actor: MakeActor) -> None:
    for stranger in (
        make_actor("licensing_officer", division="510107"),
        make_actor("filing_reviewer"),
    ):
        with pytest.raises(Refused):
            move(place, stranger)
    assert not PremisesPoint.objects.exists()


@pytest.mark.parametrize("model", [PremisesPoint, TownshipCentre])
def test_the_database_keeps_no_coordinate_without_its_system(
    place: Premises, officer: Actor, administrator: Actor, model: type[Any]
) -> None:
    move(place, officer)
    centre(administrator)
    with unaudited(), pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(system="")


def test_an_answer_with_a_point_but_no_system_cannot_be_kept(place: Premises) -> None:
    with unaudited(), pytest.raises(IntegrityError), transaction.atomic():
        GeocodingAnswer.objects.create(
            premises=place, source="baidu", asked="x", outcome="match", longitude=1, latitude=1,
            answered_at=AT,
        )  # fmt: skip


def test_a_centre_is_entered_and_corrected_with_whose_word_it_is(
    administrator: Actor, officer: Actor
) -> None:
    centre(administrator)
    assert refused_codes(lambda: centre(administrator)) == ["places.not_moved"]
    assert refused_codes(lambda: centre(administrator, source=" ")) == ["places.source_missing"]
    swapped = Position(30.57, 103.93, GCJ02)
    assert refused_codes(lambda: centre(administrator, swapped)) == ["places.position_swapped"]
    centre(administrator, HERE, "现场")
    assert TownshipCentre.objects.get().system == "wgs84"
    assert Event.objects.filter(kind="places.centre_recorded").count() == 2
    with pytest.raises(Refused):
        centre(officer, CENTRE)


def test_the_job_gives_a_point_by_the_gazetteer_and_keeps_the_answer(
    place: Premises, officer: Actor, administrator: Actor
) -> None:
    centre(administrator)
    job = located(officer)
    assert (job.state, job.result) == ("done", {"asked": 1})
    point = PremisesPoint.objects.get()
    assert (point.system, point.source, point.confidence) == ("gcj02", "gazetteer", "low")
    assert point.position == CENTRE
    answer = GeocodingAnswer.objects.get()
    assert (answer.outcome, answer.asked, answer.matched) == (
        "match", place.address, "双流区第1街道",
    )  # fmt: skip
    event = Event.objects.get(kind="premises.located")
    assert event.actor_name == officer.name
    assert event.new["system"] == "gcj02"
    assert located_counts(DIVISION) == {"high": 0, "medium": 0, "low": 1, "none": 0}


def test_what_was_not_found_is_said_and_not_asked_again_until_the_address_changes(
    place: Premises, officer: Actor
) -> None:
    job = located(officer)
    assert (job.state, job.error_count) == ("done", 1)
    assert GeocodingAnswer.objects.get().outcome == "none"
    assert Event.objects.filter(kind="premises.not_located").count() == 1
    assert refused_codes(lambda: locate_later(division=DIVISION, actor=officer, at=AT)) == [
        "places.nothing_to_locate"
    ]
    correct_premises(
        premises=place, address="第2街道学府路9号", area="510116002", floor_area_m2=None,
        is_licensed=True, actor=officer, at=AT,
    )  # fmt: skip
    assert unlocated(DIVISION, "gazetteer").get() == place


def test_one_job_at_a_time(place: Premises, officer: Actor) -> None:
    locate_later(division=DIVISION, actor=officer, at=AT)
    assert refused_codes(lambda: locate_later(division=DIVISION, actor=officer, at=AT)) == [
        "places.geocoding_running"
    ]


def test_a_found_point_goes_with_a_changed_address_and_a_persons_stays(
    place: Premises, officer: Actor, administrator: Actor
) -> None:
    centre(administrator)
    located(officer)
    change: dict[str, Any] = {"area": "510116002", "floor_area_m2": None, "is_licensed": True}
    correct_premises(premises=place, address="第2街道学府路9号", actor=officer, at=AT, **change)
    assert not PremisesPoint.objects.exists()
    assert Event.objects.get(kind="premises.corrected").new["point_dropped"] is True
    move(place, officer)
    correct_premises(premises=place, address="第2街道学府路10号", actor=officer, at=AT, **change)
    assert PremisesPoint.objects.get().source == "person"


def test_a_map_service_is_never_asked_inside_a_transaction(place: Premises) -> None:
    ask = Scripted(FOUND)
    with pytest.raises(InvariantError), transaction.atomic():
        ask_for(ask, [])  # type: ignore[arg-type]
    assert ask.asked == []


def committed_school() -> tuple[Institution, Actor]:
    from regulator.accounts.selectors.desks import actor_at  # noqa: PLC0415
    from regulator.accounts.services import (  # noqa: PLC0415
        load_departments,
        load_divisions,
        record_township,
    )

    load_divisions(actor=SYSTEM, at=OPENED, division=DIVISION)
    load_departments(actor=SYSTEM, at=OPENED, division=DIVISION)
    record_township(division=DIVISION, code="510116001", name="第1街道", actor=SYSTEM, at=OPENED)
    desk = appointed("licensing_officer")
    officer = actor_at(desk, desk.user)
    return made_school(officer), officer


@pytest.mark.parametrize(
    ("is_retryable", "state", "words"),
    [(False, "failed", "次数已用完"), (True, "queued", "")],
)
def test_a_failure_keeps_what_was_answered_before_it(
    copy_database: CopyDatabase,
    monkeypatch: pytest.MonkeyPatch,
    is_retryable: bool,
    state: str,
    words: str,
) -> None:
    current_app.loader.import_default_modules()
    with copy_database():
        first, officer = committed_school()
        made_school(officer, name="双流区启航艺术培训中心")
        ask = Scripted(FOUND, AdapterError("次数已用完", retryable=is_retryable), FOUND)
        monkeypatch.setattr("institutions.tasks.places._asking", lambda _job: ask)
        monkeypatch.setattr(geocoding, "geocoder_source", lambda: "baidu")
        job = run_here(locate_later(division=DIVISION, actor=officer, at=AT))
        assert (job.state, job.cursor) == (state, 1)
        assert words in str(job.failure or "")
        assert PremisesPoint.objects.get().premises.institution == first
        if is_retryable:
            assert run_here(job).state == "done"
            assert (PremisesPoint.objects.count(), len(ask.asked)) == (2, 3)


def test_a_service_that_stays_away_ends_the_job_with_its_words(
    copy_database: CopyDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    current_app.loader.import_default_modules()
    with copy_database():
        _school, officer = committed_school()
        ask = Scripted(*[AdapterError("没有在时限内回答", retryable=True)] * 9)
        monkeypatch.setattr("institutions.tasks.places._asking", lambda _job: ask)
        monkeypatch.setattr(geocoding, "geocoder_source", lambda: "baidu")
        job = locate_later(division=DIVISION, actor=officer, at=AT)
        states = [run_here(job).state for _attempt in range(4)]
        assert states == ["queued", "queued", "queued", "failed"]
        assert job.failure == {"text": "没有在时限内回答"}
        assert not PremisesPoint.objects.exists()


def test_a_wrong_setting_ends_the_job_with_its_words(
    place: Premises, officer: Actor, settings: Any
) -> None:
    settings.GEOCODER = "baidu"
    job = located(officer)
    assert job.state == "failed"
    assert "GEOCODER_KEY" in job.failure["text"]


def test_near_places_come_nearest_first_and_the_radius_is_a_geodesic(
    school: Institution, place: Premises, officer: Actor
) -> None:
    other = made_school(officer, name="双流区启航艺术培训中心").premises.get()
    move(place, officer, Position(103.93, 30.57, WGS84))
    move(other, officer, Position(103.92, 30.57, WGS84))
    far = distance_m(HERE, Position(103.93, 30.57, WGS84))
    found = premises_near(HERE, far)
    assert [each.point.premises for each in found] == [other, place]
    assert found[1].distance_m == far
    assert [each.point.premises for each in premises_near(HERE, far - 0.01)] == [other]
    in_bd09 = premises_near(HERE.in_system(BD09), far + 0.01)
    assert [each.point.premises for each in in_bd09] == [other, place]


def test_near_places_are_read_in_one_query(
    place: Premises, officer: Actor, django_assert_num_queries: Any
) -> None:
    move(place, officer)
    with django_assert_num_queries(1):
        [one] = premises_near(HERE, 10, licensed_points(ON))
        assert one.point.premises.institution.name
        assert one.distance_words == "0 m"
    with django_assert_num_queries(1):
        premises_near(HERE, 10)


@pytest.mark.parametrize(
    "change", ["paused", "closed", "unlicensed", "stopped", "unverified", "over", "before"]
)
def test_only_licensed_operating_places_are_public(
    school: Institution, place: Premises, officer: Actor, change: str
) -> None:
    move(place, officer)
    assert licensed_points(ON).count() == 1
    on = {"over": date(2029, 1, 1), "before": date(2023, 12, 31)}.get(change, ON)
    if change in ("paused", "closed"):
        change_operating_status(
            institution=school, status=change, on=ON, reason="停办", actor=officer, at=AT
        )
    elif change == "unlicensed":
        correct_premises(
            premises=place, address=place.address, area=place.area, floor_area_m2=None,
            is_licensed=False, actor=officer, at=AT,
        )  # fmt: skip
    elif change == "stopped":
        close_premises(premises=place, on=ON, reason="停用", actor=officer, at=AT)
    elif change == "unverified":
        with unaudited():
            Institution.objects.update(verification="unverified")
    assert not licensed_points(on).exists()


def test_the_gazetteer_knows_the_bureaus_centres_before_shipped_ones(
    school: Institution, administrator: Actor
) -> None:
    centre(administrator)
    own = [each for each in gazetteer_entries(DIVISION) if each.name == "第1街道"]
    assert [each.position for each in own] == [CENTRE]
    assert len(gazetteer_entries(DIVISION)) > 15


def test_a_moment_is_recorded_with_each_answer(place: Premises, officer: Actor) -> None:
    before = datetime.now(UTC)
    located(officer)
    assert before <= GeocodingAnswer.objects.get().answered_at <= datetime.now(UTC)
