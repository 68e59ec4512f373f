"""Issuing: numbers, frozen facts, the event, and every reason why a paper may not go out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction

from institutions.core.papers.kinds import REQUIRED_FACTS, PaperKind
from institutions.models import Institution, Paper
from institutions.services.changes import change_name
from institutions.services.papers import PaperDraft, issue_papers, keep_rendered
from regulator.audit.models import Event
from regulator.jobs.models import Job
from regulator.kernel.actors import SYSTEM, Actor
from regulator.kernel.outcomes import Refused
from tests.district import OTHER_DIVISION, MakeActor
from tests.institutions.papers.conftest import AT, ON, Issue
from tests.institutions.papers.facts import FACTS


def test_numbers_of_a_series_follow_each_other_and_each_series_has_its_own(issue: Issue) -> None:
    issued = [issue("acceptance"), issue("acceptance"), issue("refusal"), issue("acceptance")]
    assert [paper.number_text for paper in issued] == [
        "双教许受〔2026〕第1号",
        "双教许受〔2026〕第2号",
        "双教许不〔2026〕第1号",
        "双教许受〔2026〕第3号",
    ]


def test_a_number_begins_anew_with_the_year_of_the_papers_date(issue: Issue) -> None:
    assert issue("acceptance", on=date(2025, 12, 31)).number_text == "双教许受〔2025〕第1号"
    assert issue("acceptance", on=date(2026, 1, 1)).number_text == "双教许受〔2026〕第1号"
    assert issue("acceptance", on=date(2025, 12, 31)).number_text == "双教许受〔2025〕第2号"


def test_another_department_numbers_in_its_own_series(issue: Issue, make_actor: MakeActor) -> None:
    culture = make_actor("licensing_officer", department="culture_tourism")
    assert issue("acceptance", actor=culture).number_text == "双文旅许受〔2026〕第1号"
    assert issue("acceptance").number_text == "双教许受〔2026〕第1号"


@pytest.mark.parametrize("kind", ["licence_original", "licence_duplicate"])
def test_a_licence_bears_the_licences_number_and_takes_none(issue: Issue, kind: str) -> None:
    paper = issue(kind)
    assert (paper.number_text, paper.serial) == ("教民151011680000019号", None)
    assert str(paper.licence) == FACTS[kind]["licence_id"]


def test_a_failed_step_burns_no_number(issue: Issue) -> None:
    issue("acceptance")

    def fails() -> None:
        with transaction.atomic():
            issue("acceptance")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert issue("acceptance").number_text == "双教许受〔2026〕第2号"


@pytest.mark.parametrize("kind", list(PaperKind))
def test_every_kind_goes_out_with_its_facts_and_names_each_that_is_missing(
    issue: Issue, kind: PaperKind
) -> None:
    assert issue(kind.value).kind == kind.value
    for name in REQUIRED_FACTS[kind]:
        with pytest.raises(Refused) as refused:
            issue(kind.value, **{name: None})
        found = [(each.code, each.params["paper_fact"]) for each in refused.value.refusals]
        assert found == [("paper.fact_missing", name)]
    assert Paper.objects.count() == 1


def test_every_missing_fact_is_named_at_once(issue: Issue) -> None:
    with pytest.raises(Refused) as refused:
        issue("refusal", application=" ", reasons=["", {"text": ""}], received_on="27 February")
    assert [(each.code, each.params["paper_fact"]) for each in refused.value.refusals] == [
        ("paper.fact_missing", "application"),
        ("paper.fact_missing", "reasons"),
        ("paper.fact_unreadable", "received_on"),
    ]


def test_a_paper_of_tomorrow_is_refused(issue: Issue) -> None:
    with pytest.raises(Refused) as refused:
        issue("acceptance", on=ON + timedelta(days=1))
    assert [each.code for each in refused.value.refusals] == ["paper.issued_in_future"]
    assert not Paper.objects.exists()


def test_what_is_printed_stays_as_it_was_on_the_day(
    issue: Issue, school: Institution, officer: Actor
) -> None:
    paper = issue("acceptance")
    change_name(institution=school, name="双流区新名学校", on=ON, actor=officer, at=AT)
    paper.refresh_from_db()
    assert paper.facts["recipient"]["name"] == "双流区明德教育培训学校"
    assert paper.facts["office"]["name"] == "成都市双流区教育局"
    assert paper.facts["office"]["review_body"] == "成都市双流区人民政府"
    assert paper.facts["verify_url"].endswith(f"/verify/{paper.public_id}/")


def test_issuing_is_an_event_of_the_institution_and_asks_for_one_rendering(
    issue: Issue, school: Institution
) -> None:
    paper = issue("refusal")
    event = Event.objects.filter(kind="paper.issued").get()
    assert (event.subject_kind, event.subject_key) == ("institution", str(school.public_id))
    assert event.new["number"] == "双教许不〔2026〕第1号"
    assert len(event.new["facts_digest"]) == 64
    job = Job.objects.get(kind="institutions.render_papers")
    assert job.params == {"papers": [str(paper.public_id)]}
    assert job.page == f"/desk/papers/{paper.public_id}/"


def test_papers_issued_together_share_one_job(school: Institution, officer: Actor) -> None:
    kinds = ("decision", "licence_original", "licence_duplicate")
    drafts = [PaperDraft(school, PaperKind(kind), FACTS[kind], ON) for kind in kinds]
    papers = issue_papers(drafts=drafts, actor=officer, at=AT)
    assert [paper.kind for paper in papers] == list(kinds)
    assert Job.objects.filter(kind="institutions.render_papers").count() == 1
    assert Event.objects.filter(kind="paper.issued").count() == 3


def test_one_missing_fact_keeps_all_papers_of_a_step_back(
    school: Institution, officer: Actor
) -> None:
    drafts = [
        PaperDraft(school, PaperKind.ACCEPTANCE, FACTS["acceptance"], ON),
        PaperDraft(school, PaperKind.REFUSAL, {}, ON),
    ]
    with pytest.raises(Refused):
        issue_papers(drafts=drafts, actor=officer, at=AT)
    assert (Paper.objects.count(), Job.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "role",
    ["filing_reviewer", "inspector", "legal_reviewer", "administrator", "city_supervisor"],
)
def test_who_issues_no_papers_is_refused_and_nothing_is_written(
    issue: Issue, make_actor: MakeActor, role: str
) -> None:
    with pytest.raises(Refused) as refused:
        issue("acceptance", actor=make_actor(role))
    assert [each.code for each in refused.value.refusals] == ["policy.not_granted"]
    assert not Paper.objects.exists()


def test_an_officer_of_elsewhere_issues_nothing_here(issue: Issue, make_actor: MakeActor) -> None:
    with pytest.raises(Refused) as refused:
        issue("acceptance", actor=make_actor("licensing_officer", division=OTHER_DIVISION))
    assert [each.code for each in refused.value.refusals] == ["policy.other_division"]


def test_the_leader_and_the_system_issue_too(issue: Issue, make_actor: MakeActor) -> None:
    assert issue("final_decision", actor=make_actor("district_leader")).serial == 1
    assert issue("proposed_decision", actor=SYSTEM).issued_by == "系统"


def test_bytes_once_kept_are_never_replaced(issue: Issue, officer: Actor) -> None:
    paper = issue("acceptance")
    keep_rendered(paper=paper, sha256="a" * 64, page_count=1, actor=officer, at=AT)
    again = keep_rendered(paper=paper, sha256="b" * 64, page_count=2, actor=officer, at=AT)
    assert (again.sha256, again.page_count) == ("a" * 64, 1)
    assert Event.objects.filter(kind="paper.rendered").count() == 1
