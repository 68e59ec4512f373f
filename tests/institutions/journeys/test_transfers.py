"""Many hand-overs: each by itself, by a job, and the page where they are chosen."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from institutions.models import Institution, Journey
from institutions.selectors.transfers import transfer_lines, transferable
from institutions.services.journey_transfer import TransferOrder, ask_transfer, transfer_many
from institutions.tasks.transfer import transfer_institutions
from regulator.audit.models import Event
from regulator.jobs.models import Job
from regulator.kernel.outcomes import Refused
from tests.district import DIVISION, OTHER_DIVISION, LoginAs, MakeActor
from tests.institutions.journeys.parts import AT, licensed_institution
from tests.institutions.journeys.test_ways import full_licence

ON = date(2026, 3, 2)
ORDER = TransferOrder("sport", date(2026, 2, 26), ON, "双教函〔2026〕3号", "双流区文化体育和旅游局")


def studio(number: int, **values: str) -> Institution:
    given = {"category": "non_subject", "activity": "sport", "legal_form": "for_profit"} | values
    made = licensed_institution(f"第{number}篮球馆", number=f"15101167000{number:04d}", **given)
    full_licence(made)
    return made


def test_each_is_handed_over_by_itself_and_a_refused_one_stops_no_other(
    make_actor: MakeActor,
) -> None:
    officer = make_actor("licensing_officer")
    first, subject, third = studio(1), studio(2, category="subject"), studio(3)
    outcomes = transfer_many(
        institutions=[first, subject, third], order=ORDER, actor=officer, at=AT
    )
    assert [(one.journey is not None, [r.code for r in one.refusals]) for one in outcomes] == [
        (True, []),
        (False, ["journey.not_non_subject"]),
        (True, []),
    ]
    departments = [
        Institution.objects.get(pk=one.pk).competent_department_id
        for one in (first, subject, third)
    ]
    assert departments == ["sport", "education", "sport"]
    for one in (first, third):
        kinds = Event.objects.filter(kind__startswith="journey.").values_list("new", "kind")
        own = [kind for new, kind in kinds if new["institution"] == str(one.public_id)]
        assert sorted(own) == ["journey.hand_over", "journey.reissue", "journey.started"]


def test_an_early_order_plans_and_changes_nothing_yet(make_actor: MakeActor) -> None:
    officer, gym = make_actor("licensing_officer"), studio(1)
    later = TransferOrder("sport", ON, date(2026, 3, 9), "双教函〔2026〕3号")
    outcome = transfer_many(institutions=[gym], order=later, actor=officer, at=AT)[0]
    gym.refresh_from_db()
    assert outcome.journey is not None
    assert (outcome.journey.state, gym.competent_department_id) == ("planned", "education")
    assert not transferable(officer).exists()


def test_a_job_hands_over_the_chosen_and_running_it_twice_changes_nothing(
    make_actor: MakeActor,
) -> None:
    officer = make_actor("licensing_officer")
    gyms = [studio(1), studio(2, category="subject")]
    job = ask_transfer(division=DIVISION, institutions=gyms, order=ORDER, actor=officer, at=AT)
    transfer_institutions.run(job.pk)
    transfer_institutions.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done_count, job.error_count) == ("done", 2, 1)
    lines = transfer_lines(job)
    assert [(line.journey is not None, line.problem) for line in lines] == [
        (True, ""),
        (False, "这家机构是学科类，不能直接移交。"),
    ]
    assert Journey.objects.count() == 1


def test_nobody_chosen_a_reversed_order_or_another_desk_is_refused(make_actor: MakeActor) -> None:
    officer, gym = make_actor("licensing_officer"), studio(1)
    with pytest.raises(Refused) as refused:
        ask_transfer(division=DIVISION, institutions=[], order=ORDER, actor=officer, at=AT)
    assert [one.code for one in refused.value.refusals] == ["journey.nobody_to_transfer"]
    reversed_order = TransferOrder("sport", ON, date(2026, 3, 1), "文")
    with pytest.raises(Refused) as refused:
        ask_transfer(
            division=DIVISION, institutions=[gym], order=reversed_order, actor=officer, at=AT
        )
    assert [one.code for one in refused.value.refusals] == ["journey.stated_acting_early"]
    for stranger in (
        make_actor("licensing_officer", division=OTHER_DIVISION),
        make_actor("district_leader"),
    ):
        with pytest.raises(Refused):
            ask_transfer(division=DIVISION, institutions=[gym], order=ORDER, actor=stranger, at=AT)
    assert (Job.objects.count(), Journey.objects.count()) == (0, 0)


def test_the_page_lists_who_is_still_here_and_hands_over_the_ticked(
    client: Client, login_as: LoginAs
) -> None:
    gym, other = studio(1), studio(2)
    studio(3, category="subject")
    login_as(client, "licensing_officer")
    url = reverse("transfers:choose")
    page = client.get(url).content.decode()
    assert (gym.name in page, other.name in page, "第3篮球馆" in page) == (True, True, False)
    today = timezone.localdate().isoformat()
    values = {"receiving": "sport", "handed_over_on": today, "acting_from": today, "basis": "文"}
    empty = client.post(url, values).content.decode()
    assert "还没有勾选机构" in empty
    response = client.post(url, {**values, "selected": [str(gym.public_id), "x"]})
    job = Job.objects.get()
    assert response["Location"] == reverse("transfers:run", args=[job.public_id])
    transfer_institutions.run(job.pk)
    result = client.get(response["Location"]).content.decode()
    assert (gym.name in result, "已移交，许可证已换发" in result) == (True, True)
    assert gym.name not in client.get(url).content.decode().split("最近的移交")[0]


def test_another_divisions_run_is_not_there(client: Client, login_as: LoginAs) -> None:
    login_as(client, "licensing_officer", division=OTHER_DIVISION)
    job = Job.objects.create(
        kind="institutions.transfer_institutions",
        division=DIVISION,
        params={"institutions": []},
        occurred_at=AT,
        wake_at=AT,
    )
    assert client.get(reverse("transfers:run", args=[job.public_id])).status_code == 404
