"""The night holds every text of a case against the digest that the chain keeps of it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from inspections.core.findings.case_texts import CASE_TEXTS
from inspections.models import EnforcementCase
from inspections.services.cases import conclude_investigation, escalate_rectification
from institutions.models import Journey, Paper
from institutions.services.journeys import take_move
from regulator.audit.models import Event
from regulator.pages.choices.nightly import violation_line
from regulator.pages.core.invariants import Violation
from regulator.pages.selectors import invariant_texts
from regulator.pages.selectors.invariant_texts import case_text_violations
from tests.audited import unaudited
from tests.inspections.after import After
from tests.inspections.services.test_findings import after as after
from tests.inspections.services.test_findings import served, served_at

DAY = date(2026, 3, 13)
OPENED_ON = date(2026, 3, 21)
GROUND = "责令改正逾期没有改正"
EVIDENCE = "复查笔录，证人周某某证言"
CONCLUSION = "经查，当事人王某某未在显著位置公示收费项目"
ARTICLES = "校外培训行政处罚暂行办法第二十一条"


@pytest.fixture
def opened(after: After) -> EnforcementCase:
    return escalate_rectification(
        order=served(after, DAY),
        ground=GROUND,
        evidence=EVIDENCE,
        actor=after.officers["education"],
        at=served_at(OPENED_ON),
    )


@pytest.fixture
def concluded(opened: EnforcementCase, after: After) -> EnforcementCase:
    assert found() == []
    return conclude_investigation(
        case=opened,
        conclusion=CONCLUSION,
        articles=ARTICLES,
        actor=after.officers["education"],
        at=served_at(OPENED_ON),
    )


def found() -> list[Violation]:
    return list(case_text_violations())


def named() -> list[str]:
    return [dict(one.params)["texts"] for one in found()]


def alter(case: EnforcementCase, column: str, text: str) -> None:
    """Past the ORM, as somebody with the database's password would."""
    with unaudited(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE inspections_enforcementcase SET {column} = %s WHERE number = %s",  # noqa: S608
            [text, case.number],
        )
        assert cursor.rowcount == 1


@pytest.mark.parametrize("column", CASE_TEXTS)
def test_a_text_altered_past_the_services_is_found_and_named(
    concluded: EnforcementCase, column: str
) -> None:
    assert found() == []
    kept = getattr(concluded, column)
    alter(concluded, column, kept + "。")
    (violation,) = found()
    assert (violation.kind, violation.thing, violation.subject, violation.key) == (
        "text_differs",
        "case",
        concluded.number,
        str(concluded.public_id),
    )
    assert violation.params == (("texts", column),)
    alter(concluded, column, kept)
    assert found() == []


def test_the_line_of_the_night_names_division_case_and_text(concluded: EnforcementCase) -> None:
    alter(concluded, "conclusion", "没有问题")
    (line,) = [violation_line(one) for one in found()]
    assert line == (
        f"510116 立案 {concluded.number}：“调查认定的事实”与办理时记下的摘要对不上："
        f"有人绕过系统改了文字。（{concluded.public_id}）"
    )


def test_a_conclusion_nobody_wrote_in_the_system_is_found_before_there_is_one(
    opened: EnforcementCase,
) -> None:
    alter(opened, "articles", ARTICLES)
    assert named() == ["articles"]


def test_what_was_altered_before_the_next_step_stays_found(
    opened: EnforcementCase, after: After
) -> None:
    alter(opened, "evidence", "没有证据")
    conclude_investigation(
        case=opened,
        conclusion=CONCLUSION,
        articles=ARTICLES,
        actor=after.officers["education"],
        at=served_at(OPENED_ON),
    )
    assert named() == ["evidence"]


def test_the_chain_holds_digests_of_evidence_and_articles_and_not_their_words(
    concluded: EnforcementCase,
) -> None:
    events = Event.objects.filter(subject_kind="case").order_by("sequence")
    told = [dict(one.new or {}) for one in events]
    assert [sorted(new["texts"]) for new in told] == [
        sorted(CASE_TEXTS),
        ["articles", "conclusion"],
    ]
    for new in told:
        assert all(len(digest) == 64 for digest in new["texts"].values())
        assert "周某某" not in f"{new}"
        assert "王某某" not in f"{new}"


def test_an_event_from_before_the_digests_is_compared_by_the_text_it_holds(
    concluded: EnforcementCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = str(concluded.public_id)
    held = {key: {"ground": GROUND, "conclusion": CONCLUSION}}
    monkeypatch.setattr(invariant_texts, "_case_events", lambda: ({key: {}}, held))
    assert found() == []
    alter(concluded, "ground", "另一个理由")
    alter(concluded, "evidence", "另外的证据")
    assert named() == ["ground"]


def test_what_a_step_of_the_penalty_stated_is_found_too(
    concluded: EnforcementCase, after: After
) -> None:
    take_move(
        journey=concluded.journey,
        move="notify",
        stated={
            "penalty_kinds": ("warning",),
            "penalty_basis": ARTICLES,
        },
        actor=after.officers["education"],
        at=served_at(OPENED_ON),
    )
    assert found() == []
    journey = Journey.objects.get(pk=concluded.journey_id)
    assert journey.details["violations"] == CONCLUSION
    notice = Paper.objects.get(journey=journey.public_id, kind="penalty_notice")
    assert notice.facts["violations"] == [CONCLUSION]
    with unaudited():
        Journey.objects.filter(pk=journey.pk).update(
            details={**journey.details, "penalty_basis": "别的条款"}
        )
    (names,) = named()
    assert "penalty.penalty_basis" in names
    with unaudited():
        Journey.objects.filter(pk=journey.pk).update(
            details={**journey.details, "violations": "别的事实"}
        )
    (names,) = named()
    # Concluding stated the whole beginning again, with the facts that were established.
    assert names == "penalty.case_number,penalty.evidence,penalty.violations"
    (line,) = [violation_line(one) for one in found()]
    assert "违法事实" in line
