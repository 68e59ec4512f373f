"""The lists of findings ask as often for two rows as for one."""

from __future__ import annotations

from inspections.models import VisitAnswer
from inspections.selectors.findings import findings_in, visits_to_confirm
from inspections.services.findings import confirm_finding
from tests.district import MakeActor
from tests.inspections.after import After, answered_visit
from tests.inspections.outing import Outing


def confirm(after: After, department: str) -> None:
    confirm_finding(
        answer=after.failing[department],
        text="与要求不符",
        actor=after.officers[department],
        at=after.at,
    )


def test_the_lists_ask_as_often_for_two_rows_as_for_one(
    outing: Outing, make_actor: MakeActor, django_assert_num_queries: object
) -> None:
    after = answered_visit(outing, make_actor)
    education = after.officers["education"]
    coordinator = after.outing.town.coordinator
    with django_assert_num_queries(4):  # type: ignore[operator]
        assert [one.answer.item.code for one in visits_to_confirm(education)]
    confirm(after, "education")
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert [(one.institution.name, one.item.code) for one in findings_in(coordinator)]
    confirm(after, "market_regulation")
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len([(one.institution.name, one.item.code) for one in findings_in(coordinator)]) == 2
    assert VisitAnswer.objects.filter(answer="fails").count() == 2
