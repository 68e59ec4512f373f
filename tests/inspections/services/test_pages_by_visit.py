"""A page without a code is filed by a person who chooses its visit."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from inspections.core.paper.filing import choosing_refusals
from inspections.models import ReturnedPage
from inspections.selectors.returns import fileable_visits, page_after, tray, tray_page
from inspections.services.returns import file_page_to_visit
from regulator.accounts.models import User
from regulator.audit.models import Event
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused
from tests.audited import unaudited
from tests.district import MakeActor
from tests.inspections.outing import PLANNED_AT, Outing
from tests.inspections.services.test_returns import hand_in, photo, scanned, sheet


def at_desk(actor: Actor) -> Client:
    client = Client()
    user = User.objects.get(pk=actor.user_id or 0)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def refused(call: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as caught:
        call()
    return [one.code for one in caught.value.refusals]


def test_a_page_without_a_code_goes_to_the_visit_that_was_chosen(outing: Outing) -> None:
    clerk, visit = outing.town.coordinator, outing.visit
    hand_in(outing.town, photo(), name="空白表.jpg")
    desk, address = at_desk(clerk), reverse("inspections:returns_tray")
    page = ReturnedPage.objects.get()
    name = visit.premises.institution.name
    assert name not in desk.get(address).content.decode()
    shown = desk.get(f"{address}?q={visit.register_id}").content.decode()
    chosen = reverse("inspections:file_page_by_visit", args=[page.public_id, visit.public_id])
    assert name in shown
    assert chosen in shown
    assert desk.post(chosen).status_code == 302
    page.refresh_from_db()
    assert (page.state, page.visit, page.checklist, page.page_number) == (
        "filed",
        visit,
        None,
        None,
    )
    assert (page.is_typed, page.filed_by) == (True, clerk.name)
    event = Event.objects.get(kind="returns.page_filed")
    assert event.new["visit"] == str(visit.public_id)
    again = lambda: file_page_to_visit(  # noqa: E731
        page=page, visit=visit, actor=clerk, at=PLANNED_AT
    )
    assert refused(again) == ["page.not_in_tray"]
    outing.arrive()
    typed = desk.get(reverse("inspections:typed_visit", args=[visit.public_id]))
    assert "没有页码的一页" in typed.content.decode()


def test_a_page_that_nobody_can_place_does_not_block_the_others(outing: Outing) -> None:
    clerk = outing.town.coordinator
    hand_in(outing.town, scanned([sheet(), sheet(), sheet()]))
    first, second, third = tray(clerk)
    assert [page_after(clerk, one) for one in (first, second, third)] == [second, third, first]
    assert tray_page(clerk, str(second.public_id)) == second
    assert tray_page(clerk, "nonsense") == first
    shown = at_desk(clerk).get(reverse("inspections:returns_tray")).content.decode()
    assert f"?page={second.public_id}" in shown


def test_only_visits_of_the_desk_that_may_be_meant_are_offered(
    outing: Outing, make_actor: MakeActor
) -> None:
    clerk, visit = outing.town.coordinator, outing.visit
    assert list(fileable_visits(clerk, words="")) == []
    assert set(fileable_visits(clerk, words=outing.draw.number)) == set(outing.visits)
    assert visit.assignment
    with unaudited():
        visit.assignment.replaced = True
        visit.assignment.save(update_fields=["replaced"])
    assert visit not in fileable_visits(clerk, words=outing.draw.number)
    assert list(fileable_visits(make_actor("legal_reviewer"), words=visit.register_id)) == []
    hand_in(outing.town, photo())
    page = ReturnedPage.objects.get()
    replaced = lambda: file_page_to_visit(  # noqa: E731
        page=page, visit=outing.visit, actor=clerk, at=PLANNED_AT
    )
    assert refused(replaced) == ["page.visit_replaced"]
    page.refresh_from_db()
    assert (page.state, page.visit) == ("tray", None)


def test_the_database_wants_a_paper_or_a_visit(outing: Outing) -> None:
    hand_in(outing.town, photo())
    rows = ReturnedPage.objects.all()
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(state="filed", filed_at=PLANNED_AT)
    assert rows.get().state == "tray"


def test_every_reason_against_a_choice_is_said() -> None:
    found = choosing_refusals(is_in_tray=False, is_own_division=False, is_replaced=True)
    assert [one.code for one in found] == [
        "page.not_in_tray",
        "page.other_division",
        "page.visit_replaced",
    ]
