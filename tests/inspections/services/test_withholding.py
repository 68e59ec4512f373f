"""A drawn visit's result is laid before those who decide: they learn of it, and of no other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from inspections.core.findings.publication import asking_refusals
from inspections.models import ResultWithholding, Visit, WithholdingRequest
from inspections.selectors.publication import draw_progress
from inspections.selectors.visits import visit_for
from inspections.selectors.withholding import requests_to_decide, visit_to_withhold
from inspections.services.results import refuse_draw_results, withhold_result
from inspections.services.withholding import ask_withholding, decline_withholding
from regulator.accounts.models import User
from regulator.audit.models import Event
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused
from tests.district import MakeActor
from tests.inspections.after import After, answered_visit
from tests.inspections.outing import Outing

WORDS = "附有受伤学生的病历"


@pytest.fixture
def after(outing: Outing, make_actor: MakeActor) -> After:
    return answered_visit(outing, make_actor)


def refused(call: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as caught:
        call()
    return [one.code for one in caught.value.refusals]


def ask(after: After, visit: Visit | None = None) -> WithholdingRequest:
    return ask_withholding(
        visit=visit or after.visit,
        ground="privacy",
        words=WORDS,
        actor=after.outing.town.coordinator,
        at=after.at,
    )


def at_desk(actor: Actor) -> Client:
    client = Client()
    user = User.objects.get(pk=actor.user_id)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("role", ["legal_reviewer", "district_leader"])
def test_who_decides_learns_of_the_one_visit_that_was_asked_about(
    after: After, make_actor: MakeActor, role: str
) -> None:
    reviewer, visit = make_actor(role), after.visit
    address = reverse("inspections:withhold_result", args=[visit.public_id])
    assert at_desk(reviewer).get(address).status_code == 404
    ask(after)
    assert visit_to_withhold(reviewer, visit.public_id) == visit
    # The visit itself, and every other of the draw, stays sealed.
    assert visit_for(reviewer, visit.public_id) is None
    others = [one for one in after.outing.visits if one.pk != visit.pk]
    assert [visit_to_withhold(reviewer, one.public_id) for one in others] == [None] * len(others)
    desk = at_desk(reviewer)
    listed = desk.get(reverse("inspections:results")).content.decode()
    assert visit.premises.institution.name in listed
    assert WORDS in desk.get(address).content.decode()
    sent = desk.post(address, {"ground": "privacy", "words": WORDS})
    assert sent.status_code == 302
    assert ResultWithholding.objects.get().visit == visit
    assert WithholdingRequest.objects.get().is_granted is True
    assert not requests_to_decide(reviewer)
    event = Event.objects.get(kind="result.withholding_asked")
    assert visit.premises.institution.name not in str((event.subject_label, event.new))


def test_whoever_has_no_part_in_it_sees_no_request(after: After, make_actor: MakeActor) -> None:
    ask(after)
    other = make_actor("licensing_officer")
    assert not requests_to_decide(other)
    page = at_desk(other).get(reverse("inspections:results")).content.decode()
    assert after.visit.premises.institution.name not in page


def test_nothing_goes_out_while_a_request_is_open(after: After, make_actor: MakeActor) -> None:
    draw, reviewer = after.outing.draw, make_actor("legal_reviewer")
    late = after.at + timedelta(days=1)
    row = ask(after)
    assert draw_progress(draw, today=late.date()).undecided == 1
    blocked = refused(lambda: refuse_draw_results(draw, stated=None, at=late))
    assert "result.withholding_open" in blocked
    silent = lambda: decline_withholding(  # noqa: E731
        request=row, answer=" ", actor=reviewer, at=late
    )
    assert refused(silent) == ["result.reason_missing"]
    done = decline_withholding(request=row, answer="隐去姓名即可", actor=reviewer, at=late)
    assert (done.is_granted, done.answer) == (False, "隐去姓名即可")
    left = refused(lambda: refuse_draw_results(draw, stated=None, at=late))
    assert "result.withholding_open" not in left
    again = lambda: decline_withholding(  # noqa: E731
        request=row, answer="同上", actor=reviewer, at=late
    )
    assert refused(again) == ["result.withholding_answered"]
    assert ResultWithholding.objects.count() == 0


def test_who_publishes_asks_and_does_not_decide(after: After, make_actor: MakeActor) -> None:
    coordinator = after.outing.town.coordinator
    row = ask(after)
    assert refused(lambda: ask(after)) == ["result.withholding_asked_already"]
    own = lambda: decline_withholding(  # noqa: E731
        request=row, answer="不必", actor=coordinator, at=after.at
    )
    assert refused(own)
    reviewer = make_actor("legal_reviewer")
    asking = lambda: ask_withholding(  # noqa: E731
        visit=after.visit, ground="privacy", words=WORDS, actor=reviewer, at=after.at
    )
    assert refused(asking)
    withhold_result(visit=after.visit, ground="privacy", words=WORDS, actor=reviewer, at=after.at)
    assert refused(lambda: ask(after)) == ["result.withheld_already"]
    waiting = next(one for one in after.outing.visits if one.pk != after.visit.pk)
    assert refused(lambda: ask(after, waiting)) == ["result.visit_not_over"]


def test_the_visit_page_offers_to_ask_once(after: After, make_actor: MakeActor) -> None:
    desk = at_desk(after.outing.town.coordinator)
    page = reverse("inspections:visit", args=[after.visit.public_id])
    address = reverse("inspections:ask_withholding", args=[after.visit.public_id])
    assert address in desk.get(page).content.decode()
    assert desk.post(address, {"ground": "privacy", "words": WORDS}).status_code == 302
    shown = desk.get(page).content.decode()
    assert address not in shown
    assert "等法制审核人员或分管领导决定" in shown


def test_every_reason_against_asking_is_said() -> None:
    found = asking_refusals(
        ground="none", words="", is_over=False, is_published=True, is_withheld=True, is_open=True
    )
    assert [one.code for one in found] == [
        "result.ground_unknown",
        "result.withheld_too_late",
        "result.withheld_already",
        "result.reason_missing",
        "result.visit_not_over",
        "result.withholding_asked_already",
    ]
