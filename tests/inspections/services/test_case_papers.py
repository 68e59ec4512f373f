"""The papers of a case, from its notice to the decision that closes it, through the services."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime
from typing import Any

from pypdf import PdfReader

from inspections.models import EnforcementCase
from institutions.documents.papers import paper_pdf
from institutions.models import Journey, Paper
from institutions.services.journeys import Taken, confirm_proposal, take_move
from regulator.kernel.actors import Actor
from tests.district import MakeActor
from tests.inspections.after import After
from tests.inspections.services.test_case_texts_told import CONCLUSION, GROUND, found
from tests.inspections.services.test_case_texts_told import concluded as concluded
from tests.inspections.services.test_case_texts_told import opened as opened
from tests.inspections.services.test_findings import after as after

TOLD_AT = datetime(2026, 3, 23, 2, tzinfo=UTC)
HEARD_AT = datetime(2026, 3, 25, 2, tzinfo=UTC)
DECIDED_AT = datetime(2026, 4, 20, 2, tzinfo=UTC)
BASIS = "《校外培训行政处罚暂行办法》第二十一条\n《中华人民共和国民办教育促进法》第六十二条"
KINDS = ("warning", "fine")


def moved(journey: Journey, name: str, actor: Actor, at: datetime, **stated: Any) -> Taken:
    return take_move(journey=journey, move=name, stated=stated, actor=actor, at=at)


def service(prefix: str, on: date) -> dict[str, Any]:
    values = {"served_on": on, "served_how": "direct", "served_to": "王校长"}
    return {f"{prefix}{name}": value for name, value in values.items()}


def text_of(journey: Journey, kind: str) -> str:
    paper = Paper.objects.get(journey=journey.public_id, kind=kind)
    pages = PdfReader(io.BytesIO(paper_pdf(paper))).pages
    whole = "".join("".join(page.extract_text() for page in pages).split())
    return re.sub(r"—\d+—", "", whole)


def test_the_papers_state_what_was_established_and_the_decision_how_a_fine_is_paid(
    concluded: EnforcementCase, after: After, make_actor: MakeActor
) -> None:
    officer, journey = after.officers["education"], concluded.journey
    told = {"penalty_kinds": KINDS, "fine_fen": 2_000_000, "penalty_basis": BASIS}
    moved(journey, "notify", officer, TOLD_AT, **told)
    notice = text_of(journey, "penalty_notice")
    assert CONCLUSION in notice
    assert GROUND not in notice
    assert "（二）罚款20000.00元。" in notice
    moved(journey, "serve_notice", officer, TOLD_AT, **service("notice_", date(2026, 3, 23)))
    said = {"statement_on": date(2026, 3, 24), "statement": "我校已清走课桌，恳请从轻处理。"}
    moved(journey, "record_statement", officer, HEARD_AT, **said)
    legal = make_actor("legal_reviewer")
    moved(journey, "pass_review", legal, DECIDED_AT, review_opinion="事实清楚，证据充分。")
    decided = {"decided_kinds": KINDS, "decided_fine_fen": 1_500_000, "statement_answer": "采纳。"}
    taken = moved(journey, "decide", officer, DECIDED_AT, **decided)
    assert taken.proposal is not None
    leader = make_actor("district_leader")
    confirm_proposal(proposal=taken.proposal, actor=leader, at=DECIDED_AT)
    moved(journey, "serve", officer, DECIDED_AT, **service("", date(2026, 4, 20)))
    decision = text_of(journey, "penalty_decision")
    assert CONCLUSION in decision
    assert GROUND not in decision
    assert "五、处罚决定（一）警告。（二）罚款15000.00元。六、履行方式和期限" in decision
    assert "十五日内" in decision
    assert "百分之三" in decision
    concluded.refresh_from_db()
    assert EnforcementCase.objects.get(pk=concluded.pk).state.value == "served"
    assert found() == []
