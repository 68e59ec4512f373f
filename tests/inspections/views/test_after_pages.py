"""The pages after the visit: a finding from its answer to the closed order, over the desk."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from inspections.models import (
    Draw,
    Finding,
    RatingSlip,
    RectificationOrder,
    ResultWithholding,
    SafetyEntry,
    VisitAnswer,
)
from inspections.selectors.withholding import visit_to_withhold
from inspections.services.cases import escalate_rectification
from regulator.accounts.models import User
from regulator.kernel.actors import Actor
from tests.audited import unaudited
from tests.district import MakeActor
from tests.inspections.after import After, answered_visit
from tests.inspections.outing import Outing
from tests.inspections.services.test_findings import served, served_at

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


@pytest.fixture
def after(outing: Outing, make_actor: MakeActor) -> After:
    return answered_visit(outing, make_actor)


def at_desk(actor: Actor) -> Client:
    client = Client()
    user = User.objects.get(pk=actor.user_id)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def confirm(after: After) -> Finding:
    answer = after.failing["education"]
    address = reverse("inspections:confirm_finding", args=[answer.client_id])
    sent = at_desk(after.officers["education"]).post(address, {"text": "通道堆放课桌"})
    assert sent.status_code == 302
    return Finding.objects.get()


def test_a_finding_goes_over_the_desk_from_its_answer_to_the_closed_order(after: After) -> None:
    desk = at_desk(after.officers["education"])
    listed = desk.get(reverse("inspections:findings")).content.decode()
    assert after.failing["education"].item.title in listed
    finding = confirm(after)
    page = desk.get(reverse("inspections:finding", args=[finding.public_id])).content.decode()
    assert "通道堆放课桌" in page
    made = desk.post(
        reverse("inspections:move_finding", args=[finding.public_id, "order"]),
        {"findings": [finding.pk], "measures": "清走课桌", "term": "5"},
    )
    assert made.status_code == 302
    order = RectificationOrder.objects.get()
    move = "inspections:move_rectification"
    assert desk.post(reverse(move, args=[order.public_id, "issue"])).status_code == 302
    portal = at_desk(after.manager)
    own = reverse("inspections:own_rectification", args=[order.public_id])
    received = reverse("inspections:receive_rectification", args=[order.public_id])
    assert portal.post(received).status_code == 302
    handed = portal.post(
        own, {"words": "已清走", "proofs": [SimpleUploadedFile("后.png", PNG, "image/png")]}
    )
    assert handed.status_code == 302
    order.refresh_from_db()
    assert (order.state, order.proofs.count()) == ("proved", 1)
    proof = order.proofs.get()
    file = portal.get(reverse("inspections:own_proof", args=[order.public_id, proof.public_id, 1]))
    assert (file.status_code, file.content) == (200, PNG)
    closed = desk.post(reverse(move, args=[order.public_id, "close"]), {"words": "照片可见"})
    assert closed.status_code == 302
    order.refresh_from_db()
    assert (order.state, order.number) == ("closed", "双教责改〔2026〕第1号")
    shown = desk.get(reverse("inspections:rectification", args=[order.public_id]))
    assert "双教责改〔2026〕第1号" in shown.content.decode()


def test_another_department_sees_no_button_and_its_post_is_refused(after: After) -> None:
    finding = confirm(after)
    other = at_desk(after.officers["market_regulation"])
    address = reverse("inspections:move_finding", args=[finding.public_id, "withdraw"])
    # The draw is sealed: another department does not even learn of the finding.
    assert other.post(address, {"words": "不算"}).status_code == 404
    finding.refresh_from_db()
    assert finding.state == "open"


def test_a_refused_form_says_why_and_changes_nothing(after: After) -> None:
    finding = confirm(after)
    desk = at_desk(after.officers["education"])
    address = reverse("inspections:move_finding", args=[finding.public_id, "refer"])
    page = desk.post(address, {"department": "education", "words": "转"}).content.decode()
    assert "不用移送给本部门" in page
    finding.refresh_from_db()
    assert finding.state == "open"


@pytest.mark.parametrize("role", ["legal_reviewer", "district_leader"])
def test_a_visit_of_a_sealed_draw_is_hidden_from_whoever_may_not_know_whom_it_drew(
    after: After, make_actor: MakeActor, role: str
) -> None:
    outsider, visit = make_actor(role), after.visit
    address = reverse("inspections:withhold_result", args=[visit.public_id])
    page = at_desk(outsider).get(address)
    sent = at_desk(outsider).post(address, {"ground": "privacy", "words": "涉及学生伤情"})
    assert (page.status_code, sent.status_code) == (404, 404)
    assert ResultWithholding.objects.count() == 0
    assert visit_to_withhold(outsider, visit.public_id) is None
    assert visit_to_withhold(after.outing.town.coordinator, visit.public_id) == visit
    with unaudited():
        Draw.objects.update(state="void")
    assert visit_to_withhold(outsider, visit.public_id) == visit


def test_the_desk_is_warned_and_the_workbook_has_a_sheet_for_each_question(
    after: After, coordinator: Actor
) -> None:
    desk = at_desk(coordinator)
    page = desk.get(reverse("inspections:results")).content.decode()
    assert after.outing.draw.number in page
    today = at_desk(after.officers["education"]).get(reverse("pages:desk")).content.decode()
    assert "等您认定的检查问题" in today
    file = desk.get(reverse("inspections:statistics_file"))
    book = load_workbook(BytesIO(file.content))
    assert book.sheetnames == [
        "总体",
        "按类别",
        "按镇街",
        "按信用等级",
        "按事项",
        "按部门",
        "按机构",
        "按期率",
    ]
    # The draw is sealed, so that its visits are not counted for anybody.
    assert [cell.value for cell in book["总体"][2]] == ["全部", 8, 0, "0.0%"]
    public = Client().get(reverse("inspections:public_statistics"))
    assert public.status_code == 200


def test_an_institution_keeps_its_ledger_and_rates_its_visit(after: After) -> None:
    portal = at_desk(after.manager)
    place = after.visit.premises.pk
    address = reverse("inspections:own_safety_new", args=["drill"])
    refused = portal.post(address, {"premises": place, "on": "2026-03-01", "note": "疏散"})
    assert "请填写参加演练的人数" in refused.content.decode()
    assert SafetyEntry.objects.count() == 0
    made = portal.post(
        address, {"premises": place, "on": "2026-03-01", "note": "疏散", "people": "20"}
    )
    assert made.status_code == 302
    entry = SafetyEntry.objects.get()
    corrected = portal.post(
        f"{address}?corrects={entry.public_id}",
        {"premises": place, "on": "2026-03-01", "note": "人数更正", "people": "21"},
    )
    assert corrected.status_code == 302
    assert SafetyEntry.objects.filter(corrects=entry).count() == 1
    assert portal.get(reverse("inspections:own_safety")).status_code == 200
    rate = reverse("inspections:rate_visit", args=[after.visit.public_id])
    scores = dict.fromkeys(("showed_papers", "explained", "fair", "undisturbed", "honest"), "5")
    assert portal.post(rate, scores).status_code == 302
    assert RatingSlip.objects.count() == 1
    assert portal.get(rate).status_code == 404
    assert portal.get(reverse("inspections:own_rectifications")).status_code == 200
    assert VisitAnswer.objects.filter(answer="fails").count() == 2


def test_a_case_shows_its_conclusion_to_those_alone_who_may_reach_one(
    after: After, make_actor: MakeActor
) -> None:
    officer = after.officers["education"]
    order = served(after, date(2026, 3, 13))
    case = escalate_rectification(
        order=order, ground="逾期没有改正", evidence="复查笔录", actor=officer,
        at=served_at(date(2026, 3, 21)),
    )  # fmt: skip
    page = reverse("inspections:case", args=[case.public_id])
    step = reverse("inspections:conclude_case", args=[case.public_id])
    reader = make_actor("licensing_officer")
    assert step in at_desk(officer).get(page).content.decode()
    assert step not in at_desk(reader).get(page).content.decode()
    assert at_desk(reader).get(step).status_code == 403
