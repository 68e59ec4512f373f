"""The department that decides sees the photos of its item, and nothing else of a sealed visit."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from inspections.models import VisitAnswer, VisitPhoto
from inspections.services.findings import confirm_finding
from regulator.accounts.models import User
from regulator.adapters.storage import store_bytes
from regulator.audit.models import Event
from regulator.kernel.actors import Actor
from tests.audited import unaudited
from tests.district import MakeActor
from tests.inspections.after import After, answered_visit
from tests.inspections.outing import JPEG, Outing


@pytest.fixture
def after(outing: Outing, make_actor: MakeActor) -> After:
    return answered_visit(outing, make_actor)


def at_desk(actor: Actor) -> Client:
    client = Client()
    user = User.objects.get(pk=actor.user_id or 0)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def photo_of(after: After, answer: VisitAnswer) -> VisitPhoto:
    with unaudited():
        return VisitPhoto.objects.create(
            client_id=uuid4(),
            visit=after.visit,
            item=answer.item,
            media_type="image/jpeg",
            size_bytes=len(JPEG),
            sha256=store_bytes(JPEG),
            taken_at=after.at,
            recorded_at=timezone.now(),
            recorded_by="检查员",
        )


def test_whoever_decides_opens_the_photo_and_that_is_an_event(
    after: After, make_actor: MakeActor
) -> None:
    answer = after.failing["education"]
    photo = photo_of(after, answer)
    address = reverse("inspections:finding_photo", args=[photo.public_id])
    officer = at_desk(after.officers["education"])
    form = officer.get(reverse("inspections:confirm_finding", args=[answer.client_id]))
    assert address in form.content.decode()
    shown = officer.get(address)
    assert (shown.status_code, shown.content) == (200, JPEG)
    assert Event.objects.filter(kind="visit.photo_opened").count() == 1
    others = (after.officers["market_regulation"], make_actor("district_leader"))
    assert [at_desk(one).get(address).status_code for one in others] == [404, 404]
    assert Event.objects.filter(kind="visit.photo_opened").count() == 1


def test_the_finding_shows_its_photos_and_no_link_to_a_sealed_visit(after: After) -> None:
    answer = after.failing["education"]
    photo = photo_of(after, answer)
    officer = after.officers["education"]
    finding = confirm_finding(
        answer=answer, text="没有悬挂", violation="", actor=officer, at=after.at
    )
    page = at_desk(officer).get(reverse("inspections:finding", args=[finding.public_id]))
    text = page.content.decode()
    assert reverse("inspections:finding_photo", args=[photo.public_id]) in text
    sealed = reverse("inspections:visit", args=[after.visit.public_id])
    assert sealed not in text
    assert at_desk(officer).get(sealed).status_code == 404
    seen = at_desk(after.outing.town.coordinator).get(
        reverse("inspections:finding", args=[finding.public_id])
    )
    assert sealed in seen.content.decode()
