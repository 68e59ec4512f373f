"""An institution is told of a rectification order beside the paper that is served on it."""

from __future__ import annotations

import pytest

from inspections.services.rectifications import (
    RectificationDraft,
    draft_rectification,
    issue_rectification,
)
from institutions.models import Notice
from tests.district import MakeActor
from tests.inspections.after import answered_visit
from tests.inspections.outing import Outing
from tests.inspections.services.test_findings import confirmed

pytestmark = pytest.mark.django_db


def test_the_institution_is_told_once_and_not_before_the_order_is_issued(
    outing: Outing, make_actor: MakeActor
) -> None:
    after = answered_visit(outing, make_actor)
    officer = after.officers["education"]
    draft = RectificationDraft([confirmed(after)], "清走课桌", "within", 5)
    order = draft_rectification(draft=draft, actor=officer, at=after.at)
    assert Notice.objects.filter(kind="rectification_ordered").count() == 0
    order = issue_rectification(order=order, actor=officer, at=after.at)
    told = Notice.objects.get(kind="rectification_ordered")
    assert (told.institution, told.params, told.page) == (
        order.institution,
        {"number": order.number, "count": 1},
        f"/portal/rectifications/{order.public_id}/",
    )
