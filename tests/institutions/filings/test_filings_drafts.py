"""Drafts are kept whatever is in them; a change leaves the approved class standing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from institutions.core.screening.rows import HEADERS
from institutions.models import Filing, FilingDraft, FilingVersion, Notice
from institutions.selectors.filings import approved_filings, public_filing
from institutions.selectors.filings_drafts import compared_cells, versions_of
from institutions.services.filings_cells import whole_cells
from institutions.services.filings_drafts import (
    begin_draft,
    blank_cells,
    copy_filing,
    discard_draft,
    draft_change,
    restore_draft,
    save_draft,
)
from institutions.services.filings_handing_in import submit_draft
from institutions.services.filings_review import approve_filing, approve_filings, return_filing
from institutions.services.filings_submission import resubmit_filing, submit_rows, withdraw_filing
from regulator.audit.models import Event
from regulator.kernel.outcomes import Refused
from tests.institutions.filings.conftest import AT, LICENCE_NUMBER, SUBJECT_ROW, registered
from tests.institutions.filings.workbooks import GOOD_ROW

GOOD = {
    header: str(text)
    for header, text in (dict(zip(HEADERS, GOOD_ROW, strict=True)) | SUBJECT_ROW).items()
}
CERTIFICATE = "资格证书号"


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.refusals]


@pytest.fixture
def begun(institution, manager):
    """`begun(header=…)` begins a draft of the good class with some cells changed."""

    def begin(**changed):
        cells = GOOD | changed
        return begin_draft(institution=institution, cells=cells, actor=manager, at=AT)

    return begin


@pytest.fixture
def approved(upload, manager, reviewer):
    """A class that was approved."""
    made = upload(SUBJECT_ROW)
    filing = submit_rows(upload=made, row_ids=None, actor=manager, at=AT).filings[0]
    return approve_filing(filing=filing, actor=reviewer, at=AT)


@pytest.fixture
def changed(approved, manager):
    """A change of it that was handed in: another teacher, fewer places."""
    draft = draft_change(filing=approved, actor=manager, at=AT)
    cells = {"授课教师": "唐老师", "班额": "12"}
    saved = save_draft(draft=draft, cells=cells, change_reason="教师离职", actor=manager, at=AT)
    return submit_draft(draft=saved, actor=manager, at=AT)


def test_a_draft_is_kept_incomplete_and_in_breach(institution, manager):
    blank = blank_cells(institution)
    assert blank["机构许可证号"].endswith(LICENCE_NUMBER) or LICENCE_NUMBER in blank["机构许可证号"]
    draft = begin_draft(
        institution=institution,
        cells=blank | {"培训内容": "课后打卡作业", "开班日期": "明年春天"},
        actor=manager,
        at=AT,
    )
    assert draft.outcome == "invalid"
    assert [one["rule"] for one in draft.findings] == ["FILING-FORM", "CONTENT-HOMEWORK"]
    assert Filing.objects.count() == 0
    assert Event.objects.filter(kind="filing.draft_begun").count() == 1


def test_a_certificate_is_masked_in_a_draft_and_comes_back_unchanged(begun, manager):
    draft = begun()
    shown = draft.cells[CERTIFICATE]
    assert shown == "2014*********8409"
    saved = save_draft(draft=draft, cells={CERTIFICATE: shown, "班额": "9"}, actor=manager, at=AT)
    assert whole_cells(saved)[CERTIFICATE] == GOOD[CERTIFICATE]


def test_a_whole_draft_becomes_a_filing_with_a_number(begun, manager):
    draft = begun()
    assert draft.findings == []
    filing = submit_draft(draft=draft, actor=manager, at=AT)
    assert (filing.number, filing.state, filing.version) == (
        "BA510116-2026-00001",
        "submitted",
        1,
    )
    draft.refresh_from_db()
    assert draft.filing_id == filing.pk
    with pytest.raises(Refused) as refused:
        submit_draft(draft=draft, actor=manager, at=AT)
    assert codes(refused) == ["filing.draft_closed"]


def test_what_stands_against_it_keeps_it_a_draft(begun, manager):
    draft = begun(结课日期="")
    with pytest.raises(Refused) as refused:
        submit_draft(draft=draft, actor=manager, at=AT)
    assert codes(refused) == ["filing.form_incomplete"]
    late = begun(上课时间="19:30-21:00")
    with pytest.raises(Refused) as refused:
        submit_draft(draft=late, actor=manager, at=AT)
    assert codes(refused) == ["filing.statement_missing"]
    stated = save_draft(draft=late, cells={}, statement="已约定", actor=manager, at=AT)
    assert submit_draft(draft=stated, actor=manager, at=AT).statement == "已约定"


def test_the_same_class_is_not_filed_twice(begun, manager):
    submit_draft(draft=begun(), actor=manager, at=AT)
    with pytest.raises(Refused) as refused:
        submit_draft(draft=begun(), actor=manager, at=AT)
    assert codes(refused) == ["filing.already_filed"]


def test_a_discarded_draft_is_found_again(begun, manager):
    draft = discard_draft(draft=begun(), actor=manager, at=AT)
    with pytest.raises(Refused) as refused:
        save_draft(draft=draft, cells={"班额": "9"}, actor=manager, at=AT)
    assert codes(refused) == ["filing.draft_closed"]
    again = restore_draft(draft=draft, actor=manager, at=AT)
    assert (again.is_open, again.cells["班额"]) == (True, "15")
    with pytest.raises(Refused) as refused:
        restore_draft(draft=again, actor=manager, at=AT)
    assert codes(refused) == ["filing.draft_not_discarded"]


def test_another_institutions_manager_changes_nothing(begun, approved, make_actor):
    other = registered("小树教育培训中心", "151011680000711")
    stranger = make_actor("institution_manager", institution=other.public_id)
    draft = begun()
    events = Event.objects.count()
    for attempt in (
        lambda: save_draft(draft=draft, cells={"班额": "9"}, actor=stranger, at=AT),
        lambda: submit_draft(draft=draft, actor=stranger, at=AT),
        lambda: discard_draft(draft=draft, actor=stranger, at=AT),
        lambda: copy_filing(filing=approved, actor=stranger, at=AT),
        lambda: draft_change(filing=approved, actor=stranger, at=AT),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert codes(refused) == ["policy.other_institution"]
    draft.refresh_from_db()
    assert (draft.is_open, draft.cells["班额"], Event.objects.count()) == (True, "15", events)


def test_the_next_term_is_begun_from_an_earlier_one(approved, manager):
    draft = copy_filing(filing=approved, actor=manager, at=AT)
    assert (draft.copied_from, draft.cells["班次"], draft.cells["开班日期"]) == (
        approved,
        "2026春3期",
        "",
    )
    assert whole_cells(draft)[CERTIFICATE] == GOOD[CERTIFICATE]


def test_the_approved_class_stays_public_until_the_change_is_approved(approved, changed, reviewer):
    assert (changed.number, changed.state) == (f"{approved.number}-B1", "submitted")
    held = public_filing(approved.public_id)
    assert (held.cells["授课教师"], held.version, held.class_size) == ("龙老师", 1, 15)
    assert public_filing(changed.public_id) is None
    assert list(approved_filings(approved.institution)) == [approved]
    adopted = approve_filing(filing=changed, actor=reviewer, at=AT)
    assert adopted.state == "adopted"
    now = public_filing(approved.public_id)
    assert (now.number, now.cells["授课教师"], now.class_size, now.version, now.state) == (
        approved.number,
        "唐老师",
        12,
        2,
        "approved",
    )
    assert list(approved_filings(approved.institution)) == [approved]
    kept = FilingVersion.objects.get(filing=approved)
    assert (kept.version, kept.cells["授课教师"]) == (1, "龙老师")
    event = Event.objects.get(kind="filing.amended")
    assert (event.old, event.new["version"]) == ({"version": 1}, 2)
    assert Notice.objects.filter(kind="filing_change_approved").count() == 1


def test_a_returned_change_leaves_the_approved_one_and_can_be_handed_in_again(
    approved, changed, manager, reviewer
):
    back = return_filing(filing=changed, reasons="请写清班额", actor=reviewer, at=AT)
    approved.refresh_from_db()
    assert (back.state, approved.state, approved.cells["班额"]) == ("returned", "approved", "15")
    again = resubmit_filing(filing=back, cells={"班额": "10"}, actor=manager, at=AT)
    assert (again.state, again.version, again.number) == ("submitted", 2, f"{approved.number}-B1")
    assert [one.number for one in versions_of(again)] == [0, 1, 2]


def test_a_change_is_opened_one_by_one(changed, reviewer):
    done = approve_filings(filing_ids=[changed.pk], division="510116", actor=reviewer, at=AT)
    assert [one.refusals[0].code for one in done.refused] == ["filing.is_change"]
    changed.refresh_from_db()
    assert changed.state == "submitted"


def test_one_change_at_a_time_and_only_of_what_was_approved(approved, changed, manager):
    with pytest.raises(Refused) as refused:
        draft_change(filing=approved, actor=manager, at=AT)
    assert codes(refused) == ["filing.change_open"]
    with pytest.raises(Refused) as refused:
        draft_change(filing=changed, actor=manager, at=AT)
    assert codes(refused) == ["filing.change_not_approved"]


def test_a_change_begun_twice_is_one_draft(approved, manager):
    first = draft_change(filing=approved, actor=manager, at=AT)
    assert draft_change(filing=approved, actor=manager, at=AT) == first
    with pytest.raises(Refused) as refused:
        submit_draft(draft=first, actor=manager, at=AT)
    assert codes(refused) == ["filing.change_same", "filing.change_reason_missing"]


def test_withdrawing_the_class_takes_its_change_back_and_tells_the_desk(
    approved, changed, manager, reviewer
):
    withdraw_filing(filing=approved, reason="没有招满", actor=manager, at=AT)
    changed.refresh_from_db()
    assert changed.state == "withdrawn"
    told = Notice.objects.get(kind="filing_withdrawn")
    assert (told.recipient, told.params["reason"]) == ("desk", "没有招满")
    with pytest.raises(Refused) as refused:
        approve_filing(filing=changed, actor=reviewer, at=AT)
    assert codes(refused) == ["filing.wrong_state", "filing.original_not_standing"]


def test_what_differs_is_shown_old_and_new(approved, changed):
    first, last = versions_of(changed)[0], versions_of(changed)[-1]
    found = {one.header: one for one in compared_cells(first.cells, last.cells) if one.is_changed}
    assert sorted(found) == ["授课教师", "班额"]
    assert found["授课教师"].old_spans == ((0, 1, "breach"),)
    assert found["授课教师"].new_spans == ((0, 1, "ok"),)


@pytest.fixture
def portal(client: Client, login_as, institution, monkeypatch) -> Client:
    """The manager's browser, on the day of filing."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    login_as(client, "institution_manager", institution=institution.public_id)
    return client


def as_form(cells: dict[str, str]) -> dict[str, str]:
    return {f"cell{n}": cells[header] for n, header in enumerate(HEADERS)}


def test_the_form_is_checked_while_typing_and_nothing_is_kept(portal):
    url = reverse("filings:draft_new_check")
    text = portal.post(url, as_form(GOOD | {"上课时间": "19:30-21:00"})).content.decode()
    assert 'id="said-11" hx-swap-oob="true"' in text
    assert '<mark class="mark mark--breach">19:30-21:00</mark>' in text
    assert FilingDraft.objects.count() == 0


def test_the_form_works_without_a_script(portal):
    url = reverse("filings:draft_new")
    assert portal.get(url).status_code == 200
    half = as_form(GOOD | {"结课日期": ""})
    checked = portal.post(url, half | {"do": "check"}).content.decode()
    assert ("还有 1 格没有填" in checked, FilingDraft.objects.count()) == (True, 0)
    saved = portal.post(url, half | {"do": "save"})
    draft = FilingDraft.objects.get()
    page = reverse("filings:draft", args=[draft.public_id])
    assert (saved.status_code, saved["Location"]) == (302, page)
    refused = portal.post(page, half | {"do": "submit"})
    assert refused.status_code == 422
    assert "还有必填的格没有填好" in refused.content.decode()
    done = portal.post(page, as_form(GOOD) | {"do": "submit"})
    filing = Filing.objects.get()
    assert done["Location"] == reverse("filings:own", args=[filing.public_id])


def test_a_change_is_compared_by_both_sides(portal, approved, changed, login_as):
    own = portal.get(reverse("filings:own_compare", args=[changed.public_id])).content.decode()
    assert '<mark class="mark mark--breach">龙</mark>老师' in own
    assert '<mark class="mark mark--ok">唐</mark>老师' in own
    desk = Client()
    login_as(desk, "filing_reviewer")
    page = desk.get(reverse("filings:desk_compare", args=[changed.public_id])).content.decode()
    assert ("教师离职" in page, '<mark class="mark mark--ok">唐</mark>老师' in page) == (True, True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_drafts_costs_the_same_at_any_length(
    portal, begun, django_assert_num_queries, count
):
    for _each in range(count):
        begun(班次=f"第{_each}期")
    page = reverse("filings:drafts")
    portal.get(page)
    with django_assert_num_queries(10):
        assert portal.get(page).content.decode().count("todo__item--current") == count


def test_a_draft_put_away_long_ago_is_no_longer_offered(portal, begun, manager):
    draft = begun()
    discard_draft(draft=draft, actor=manager, at=AT - timedelta(days=31))
    assert "找回" not in portal.get(reverse("filings:drafts")).content.decode()
