"""Training material: kept, reviewed inside and outside, filed, sent back, never lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from institutions.core.material_states import BANNED_CONTENT
from institutions.models import MaterialReview, Notice, TrainingMaterial
from institutions.services.material_reviews import (
    ReviewDraft,
    file_material,
    record_desk_review,
    record_internal_review,
    return_material,
    revise_material,
    withdraw_material,
)
from institutions.services.materials import (
    AuthorDraft,
    MaterialDraft,
    add_author,
    add_file,
    change_material,
    enter_material,
    remove_file,
    reveal_certificate,
)
from regulator.audit.models import Event
from regulator.kernel.outcomes import Refused
from tests.institutions.filings.conftest import AT, registered

PDF = b"%PDF-1.4\n%%EOF\n"
DRAFT = MaterialDraft(title="《自编学习单》", kind="self_written", category="subject")
PASSED = ReviewDraft("温老师", AT.date(), BANNED_CONTENT, ())
NUMBER = "20155101234500017"


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.refusals]


@pytest.fixture
def material(institution, manager) -> TrainingMaterial:
    """A subject material with a file and an author, not reviewed yet."""
    made = enter_material(institution=institution, draft=DRAFT, actor=manager, at=AT)
    add_file(material=made, file_name="学习单.pdf", data=PDF, actor=manager, at=AT)
    author = AuthorDraft("唐老师", 8, "teacher", NUMBER)
    add_author(material=made, draft=author, actor=manager, at=AT)
    return made


@pytest.fixture
def reviewed(material, manager) -> TrainingMaterial:
    """The same after the institution's own review."""
    record_internal_review(material=material, draft=PASSED, actor=manager, at=AT)
    material.refresh_from_db()
    return material


def test_subject_material_is_not_filed_before_the_outside_review(reviewed, manager, reviewer):
    with pytest.raises(Refused) as refused:
        file_material(material=reviewed, actor=manager, at=AT)
    assert codes(refused) == ["material.external_missing"]
    reviewed.refresh_from_db()
    assert (reviewed.state, reviewed.filed_at) == ("internal_passed", None)
    review = record_desk_review(material=reviewed, draft=PASSED, actor=reviewer, at=AT)
    assert (review.kind, review.result, review.reviewer) == ("external", "passed", reviewer.name)
    assert file_material(material=reviewed, actor=manager, at=AT).state == "filed"
    assert Notice.objects.filter(kind="material_passed").count() == 1


def test_the_institution_cannot_give_the_outside_review(reviewed, manager):
    with pytest.raises(Refused) as refused:
        record_desk_review(material=reviewed, draft=PASSED, actor=manager, at=AT)
    assert codes(refused) == ["policy.not_granted"]
    assert MaterialReview.objects.count() == 1


def test_what_an_outside_review_finds_sends_it_back_with_reasons(reviewed, manager, reviewer):
    found = replace(PASSED, findings=("advertising",), remarks="封底有二维码")
    record_desk_review(material=reviewed, draft=found, actor=reviewer, at=AT)
    reviewed.refresh_from_db()
    assert (reviewed.state, reviewed.return_reason) == ("returned", "封底有二维码")
    assert Notice.objects.get(kind="material_returned").params["reason"] == "封底有二维码"
    again = revise_material(material=reviewed, actor=manager, at=AT)
    assert (again.state, again.version) == ("draft", 2)
    with pytest.raises(Refused) as refused:
        file_material(material=again, actor=manager, at=AT)
    assert codes(refused) == ["material.wrong_state"]


def test_a_finding_without_remarks_is_no_return(reviewed, reviewer):
    found = replace(PASSED, findings=("advertising",))
    with pytest.raises(Refused) as refused:
        record_desk_review(material=reviewed, draft=found, actor=reviewer, at=AT)
    assert codes(refused) == ["material.reason_missing"]
    assert (MaterialReview.objects.count(), Notice.objects.count()) == (1, 0)


def test_an_inside_review_that_finds_something_is_kept_and_does_not_pass(material, manager):
    found = replace(PASSED, findings=("beyond_standard",), remarks="第3页超纲")
    review = record_internal_review(material=material, draft=found, actor=manager, at=AT)
    material.refresh_from_db()
    assert (review.result, material.state) == ("failed", "draft")


def test_another_department_does_not_review_subject_material(reviewed, make_actor):
    other = make_actor("filing_reviewer", department="sport")
    with pytest.raises(Refused) as refused:
        record_desk_review(material=reviewed, draft=PASSED, actor=other, at=AT)
    assert codes(refused) == ["policy.other_department"]


def test_a_filed_one_is_checked_and_stays_or_goes_back(reviewed, manager, reviewer):
    record_desk_review(material=reviewed, draft=PASSED, actor=reviewer, at=AT)
    file_material(material=reviewed, actor=manager, at=AT)
    check = record_desk_review(material=reviewed, draft=PASSED, actor=reviewer, at=AT)
    reviewed.refresh_from_db()
    assert (check.kind, reviewed.state) == ("check", "filed")
    with pytest.raises(Refused) as refused:
        return_material(material=reviewed, reason=" ", actor=reviewer, at=AT)
    assert codes(refused) == ["material.reason_missing"]
    back = return_material(material=reviewed, reason="有广告", actor=reviewer, at=AT)
    assert back.state == "returned"


def test_other_material_is_filed_after_the_inside_review(institution, manager):
    draft = replace(DRAFT, category="non_subject", title="陶艺讲义")
    made = enter_material(institution=institution, draft=draft, actor=manager, at=AT)
    add_file(material=made, file_name="讲义.pdf", data=PDF, actor=manager, at=AT)
    author = AuthorDraft("陶老师", 3, "professional", "ZY123456789")
    add_author(material=made, draft=author, actor=manager, at=AT)
    record_internal_review(material=made, draft=PASSED, actor=manager, at=AT)
    assert file_material(material=made, actor=manager, at=AT).state == "filed"


def test_under_review_nothing_is_changed(reviewed, manager):
    file = reviewed.files.get()
    for attempt in (
        lambda: change_material(material=reviewed, draft=DRAFT, actor=manager, at=AT),
        lambda: remove_file(file=file, actor=manager, at=AT),
        lambda: add_file(material=reviewed, file_name="b.pdf", data=PDF, actor=manager, at=AT),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert codes(refused) == ["material.closed"]
    assert reviewed.files.filter(removed_at__isnull=True).count() == 1


def test_a_title_is_entered_once(material, institution, manager):
    with pytest.raises(Refused) as refused:
        enter_material(
            institution=institution,
            draft=replace(DRAFT, title="自编 学习单"),
            actor=manager,
            at=AT,
        )
    assert codes(refused) == ["material.title_used"]
    assert (material.title, TrainingMaterial.objects.count()) == ("自编学习单", 1)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "material.file_empty"),
        (b"MZ\x90\x00 a program", "material.file_unreadable"),
        (b"PK\x03\x04 some archive", "material.file_unreadable"),
        (b"%PDF-" + b"0" * (21 * 1024 * 1024), "material.file_too_large"),
    ],
)
def test_a_file_that_is_not_taken_is_told_why(material, manager, data, expected):
    with pytest.raises(Refused) as refused:
        add_file(material=material, file_name="x", data=data, actor=manager, at=AT)
    assert codes(refused) == [expected]
    assert material.files.count() == 1


def test_a_certificate_is_sealed_and_looking_at_it_is_an_event(material, manager, reviewer):
    author = material.authors.get()
    assert (author.masked_certificate, NUMBER in author.certificate) == ("**** 0017", False)
    assert reveal_certificate(author=author, actor=reviewer, at=AT) == NUMBER
    assert Event.objects.filter(kind="material.author_revealed").count() == 1
    with pytest.raises(Refused):
        reveal_certificate(author=author, actor=manager, at=AT)
    assert NUMBER not in "".join(str(event.new) for event in Event.objects.all())


def test_the_end_of_one_is_dated(reviewed, manager):
    ended = withdraw_material(material=reviewed, reason="换新版", actor=manager, at=AT)
    assert (ended.state, ended.stopped_on) == ("withdrawn", AT.date())


def test_another_institutions_manager_touches_nothing(reviewed, make_actor):
    other = registered("小树教育培训中心", "151011680000711")
    stranger = make_actor("institution_manager", institution=other.public_id)
    events = Event.objects.count()
    for attempt in (
        lambda: revise_material(material=reviewed, actor=stranger, at=AT),
        lambda: withdraw_material(material=reviewed, reason="x", actor=stranger, at=AT),
        lambda: record_internal_review(material=reviewed, draft=PASSED, actor=stranger, at=AT),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert codes(refused) == ["policy.other_institution"]
    reviewed.refresh_from_db()
    assert (reviewed.state, Event.objects.count()) == ("internal_passed", events)


@pytest.fixture
def portal(client: Client, login_as, institution, monkeypatch) -> Client:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    login_as(client, "institution_manager", institution=institution.public_id)
    return client


def test_the_pages_walk_from_entering_to_the_outside_review(portal, login_as):
    stated = {"title": "口算练习册", "kind": "self_written", "category": "subject"}
    page = portal.post(reverse("materials:new"), stated)["Location"]
    key = TrainingMaterial.objects.get().public_id
    file = SimpleUploadedFile("口算.pdf", PDF)
    portal.post(reverse("materials:upload_file", args=[key]), {"file": file})
    author = {
        "name": "唐老师",
        "experience_years": "8",
        "certificate_kind": "teacher",
        "certificate": NUMBER,
    }
    portal.post(reverse("materials:new_author", args=[key]), author)
    assert NUMBER not in portal.get(page).content.decode()
    answers = {f"item_{item}": "free" for item in BANNED_CONTENT}
    inside = reverse("materials:internal_review", args=[key])
    left_out = {"reviewer": "温老师", "reviewed_on": "2026-03-02", **answers, "item_law": ""}
    assert portal.post(inside, left_out).status_code == 422
    portal.post(inside, left_out | {"item_law": "free"})
    assert "等教育部门外部审核" in portal.get(page).content.decode()
    desk = Client()
    login_as(desk, "filing_reviewer")
    assert "口算练习册" in desk.get(reverse("materials:list")).content.decode()
    refused = desk.post(reverse("materials:review", args=[key]), {})
    assert (refused.status_code, "还有 12 种没有答" in refused.content.decode()) == (422, True)
    desk.post(reverse("materials:review", args=[key]), answers)
    portal.post(reverse("materials:file", args=[key]))
    assert TrainingMaterial.objects.get().state == "filed"


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("entrance", "name", "queries"),
    [("portal", "materials:portal", 10), ("desk", "materials:list", 11)],
)
def test_the_lists_cost_the_same_at_any_length(
    portal,
    institution,
    manager,
    login_as,
    django_assert_num_queries,
    entrance,
    name,
    queries,
    count,
):
    for number in range(count):
        draft = replace(DRAFT, title=f"学习单{number}", kind="published")
        made = enter_material(institution=institution, draft=draft, actor=manager, at=AT)
        record_internal_review(material=made, draft=PASSED, actor=manager, at=AT)
    client = portal
    if entrance == "desk":
        client = Client()
        login_as(client, "filing_reviewer")
    client.get(reverse(name))
    with django_assert_num_queries(queries):
        assert client.get(reverse(name)).content.decode().count("学习单") == 2 * count
