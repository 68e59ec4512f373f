"""The pages of jobs: progress, errors, files, cancel and retry; nobody else's job is known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from regulator.accounts.models import User
from regulator.accounts.selectors.desks import actor_of
from regulator.audit.models import Event
from regulator.jobs.models import Job, JobError
from regulator.jobs.services import enqueue, run_here
from regulator.kernel.actors import Actor
from tests.district import AT, OTHER_DIVISION, LoginAs, MakeActor
from tests.jobs.tasks import sent_wakes

pytestmark = pytest.mark.django_db

# Session, user, desks, stand-ins, the session saved; then the count and the rows.
QUERIES_OF_LIST = 10


@pytest.fixture(autouse=True)
def _no_broker() -> Iterator[None]:
    with sent_wakes([]):
        yield


def _actor(user: User) -> Actor:
    return actor_of(user, timezone.localdate(), appointment_id=None)


def _job(actor: Actor, **params: Any) -> Job:
    return enqueue(
        kind="tests.count",
        division=actor.division,
        params={"rows": 5} | params,
        actor=actor,
        at=AT,
        title="后台任务",
        page="/desk/",
    )


def test_a_running_jobs_page_polls_and_says_that_one_may_leave(
    client: Client, login_as: LoginAs
) -> None:
    job = _job(_actor(login_as(client, "inspection_coordinator")))
    Job.objects.filter(pk=job.pk).update(
        state="running", done_count=2, total=5, note="第 2 行", error_count=1
    )
    JobError.objects.create(job=job, key="2", where="第 2 行", message="<看不懂>")
    response = client.get(reverse("jobs:job", args=[job.public_id]), follow=True)
    assert response.redirect_chain == [(f"/desk/jobs/{job.public_id}/", 302)]
    text = response.content.decode()
    assert f'hx-get="/jobs/{job.public_id}/progress/"' in text
    assert 'hx-trigger="every 2s"' in text
    assert '<progress class="progress__bar" max="5" value="2"' in text
    assert "可以离开本页" in text
    assert "第 2 行" in text
    assert "&lt;看不懂&gt;" in text
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in text
    assert f'action="/jobs/{job.public_id}/cancel/"' in text
    assert f'action="/jobs/{job.public_id}/retry/"' not in text


def test_the_live_part_asks_for_the_whole_page_once_the_job_has_ended(
    client: Client, login_as: LoginAs
) -> None:
    job = _job(_actor(login_as(client, "inspection_coordinator")))
    address = reverse("jobs:progress", args=[job.public_id])
    response = client.get(address)
    assert "HX-Refresh" not in response.headers
    assert response.content.decode().strip().startswith('<div class="stack" id="job-live"')
    run_here(job)
    response = client.get(address)
    assert response.headers["HX-Refresh"] == "true"
    assert "hx-get" not in response.content.decode()


def test_an_ended_jobs_page_neither_polls_nor_refreshes_and_leads_to_the_outcome(
    client: Client, login_as: LoginAs
) -> None:
    job = run_here(_job(_actor(login_as(client, "inspection_coordinator"))))
    text = client.get(f"/desk/jobs/{job.public_id}/").content.decode()
    assert "hx-get" not in text
    assert "http-equiv" not in text
    assert 'href="/desk/"' in text
    assert "去看结果" in text
    assert "已全部完成。" in text


def test_a_result_file_is_served_as_an_attachment_to_who_may_read_the_job(
    client: Client, login_as: LoginAs
) -> None:
    job = run_here(_job(_actor(login_as(client, "inspection_coordinator"))))
    file = job.files.get()
    response = client.get(reverse("jobs:file", args=[job.public_id, file.pk]))
    assert b"".join(response.streaming_content) == b"done"  # type: ignore[attr-defined]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")


def test_a_failed_job_says_why_and_can_go_on(client: Client, login_as: LoginAs) -> None:
    job = _job(_actor(login_as(client, "inspection_coordinator")))
    Job.objects.filter(pk=job.pk).update(state="failed", failure={"text": "文件打不开。"})
    page = client.get(f"/desk/jobs/{job.public_id}/").content.decode()
    assert "文件打不开。" in page
    response = client.post(reverse("jobs:retry", args=[job.public_id]), follow=True)
    assert response.redirect_chain == [(f"/desk/jobs/{job.public_id}/", 302)]
    assert "已重新排队，会从停下的地方接着做。" in response.content.decode()
    job.refresh_from_db()
    assert job.state == "queued"


def test_a_queued_job_is_cancelled_from_its_page(client: Client, login_as: LoginAs) -> None:
    job = _job(_actor(login_as(client, "inspection_coordinator")))
    client.post(reverse("jobs:cancel", args=[job.public_id]))
    job.refresh_from_db()
    assert job.state == "cancelled"
    again = client.post(reverse("jobs:cancel", args=[job.public_id]))
    assert again.status_code == 403
    assert "这项任务现在是“已取消”，不能再取消。" in again.content.decode()


@pytest.mark.parametrize(
    ("role", "desk"),
    [
        ("filing_reviewer", {}),
        ("inspection_coordinator", {"division": OTHER_DIVISION}),
        ("inspection_coordinator", {"department": "sport"}),
        ("district_leader", {}),
        ("institution_manager", {"institution": "0198c5f0-0000-7000-8000-000000000001"}),
    ],
)
def test_another_desks_job_is_not_known(
    client: Client, login_as: LoginAs, make_actor: MakeActor, role: str, desk: dict[str, str]
) -> None:
    job = run_here(_job(make_actor("inspection_coordinator")))
    file = job.files.get()
    login_as(client, role, **desk)
    events = Event.objects.count()
    for name in ("job", "progress", "desk_job", "portal_job"):
        assert client.get(reverse(f"jobs:{name}", args=[job.public_id])).status_code == 404
    assert client.get(reverse("jobs:file", args=[job.public_id, file.pk])).status_code == 404
    refused = {client.post(reverse(f"jobs:{name}", args=[job.public_id])).status_code
               for name in ("cancel", "retry")}  # fmt: skip
    assert refused <= {403, 404}
    job.refresh_from_db()
    assert (job.state, Event.objects.count()) == ("done", events)


def test_an_institution_sees_its_job_at_its_own_entrance(client: Client, login_as: LoginAs) -> None:
    school = "0198c5f0-0000-7000-8000-000000000001"
    job = _job(_actor(login_as(client, "institution_manager", institution=school)))
    response = client.get(reverse("jobs:job", args=[job.public_id]), follow=True)
    assert response.redirect_chain == [(f"/portal/jobs/{job.public_id}/", 302)]
    assert 'class="portal"' in response.content.decode()
    listed = client.get(reverse("jobs:portal_list"))
    assert str(job.public_id) in listed.content.decode()


def test_a_visitor_is_sent_to_the_login_page(client: Client, make_actor: MakeActor) -> None:
    job = _job(make_actor("inspection_coordinator"))
    for name in ("job", "progress", "desk_job"):
        response = client.get(reverse(f"jobs:{name}", args=[job.public_id]))
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/login/")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_for_three(
    client: Client,
    login_as: LoginAs,
    django_assert_num_queries: DjangoAssertNumQueries,
    rows: int,
) -> None:
    actor = _actor(login_as(client, "inspection_coordinator"))
    for _ in range(rows):
        _job(actor)
    client.get(reverse("jobs:list"))
    with django_assert_num_queries(QUERIES_OF_LIST):
        response = client.get(reverse("jobs:list"))
    assert response.content.decode().count("<tr>") == rows + 1


def test_the_list_is_cut_by_what_one_looks_for(client: Client, login_as: LoginAs) -> None:
    actor = _actor(login_as(client, "inspection_coordinator"))
    jobs = {}
    for state in ("queued", "running", "cancelling", "done", "failed", "cancelled"):
        jobs[state] = _job(actor)
        Job.objects.filter(pk=jobs[state].pk).update(state=state)
    shown = {
        tab: {
            state
            for state, job in jobs.items()
            if str(job.public_id) in client.get(f"/desk/jobs/?state={tab}").content.decode()
        }
        for tab in ("", "open", "failed", "ended", "nonsense")
    }
    assert shown == {
        "": set(jobs),
        "open": {"queued", "running", "cancelling"},
        "failed": {"failed"},
        "ended": {"done", "cancelled"},
        "nonsense": set(jobs),
    }


def test_an_empty_list_says_what_will_appear_there(client: Client, login_as: LoginAs) -> None:
    login_as(client, "inspection_coordinator")
    assert "这里没有任务" in client.get(reverse("jobs:list")).content.decode()
