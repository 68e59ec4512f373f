"""Two persons bring a table into force, and what was approved stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from institutions.models import TableRow, TableVersion
from institutions.selectors.reference_moves import waiting_versions
from institutions.selectors.reference_rows import changes_of, rows_digest, version_rows
from institutions.services.reference_moves import (
    MoveDetails,
    approve_version,
    move_version,
    propose_version,
)
from institutions.services.reference_rows import (
    open_draft,
    remove_row,
    restore_shipped,
    set_row,
)
from regulator.audit.models import Event
from regulator.calendars.services.shipped import load_shipped_calendars
from regulator.jobs.models import Job
from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import Refused
from tests.institutions.reference.conftest import (
    AT,
    BASIS,
    EARLIEST,
    PRICE,
    SHIPPED_ACTIVITIES,
    WEEK,
    drafted,
)

pytestmark = pytest.mark.django_db
DETAILS = MoveDetails(on=EARLIEST, basis=BASIS, reason="新学期")
ACTIVITY = {"word": "全脑速读", "treatment": "appraise"}


def proposed(people, kind="activities", rows=(ACTIVITY,)):
    """A version that waits for a second person."""
    draft = drafted(people, kind, list(rows))
    return propose_version(version=draft, details=DETAILS, actor=people.editor, at=AT)


def kept(version: TableVersion) -> tuple[object, ...]:
    """All that a refused move must leave as it was."""
    held = TableVersion.objects.get(pk=version.pk)
    rows = rows_digest(version_rows(held, kind=held.table.kind))
    return held.state, held.digest, held.effective_from, rows, Event.objects.count()


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.refusals]


def test_one_proposes_another_approves_and_a_job_looks_at_approved_classes_again(people):
    version = proposed(people)
    assert (version.state, version.digest) == (
        "proposed",
        rows_digest(version_rows(version, kind="activities")),
    )
    approve_version(version=version, actor=people.leader, at=AT)
    held = TableVersion.objects.get()
    assert (held.state, held.decided_by, held.effective_from, held.row_count) == (
        "approved",
        people.leader.name,
        EARLIEST,
        SHIPPED_ACTIVITIES + 1,
    )
    kinds = list(
        Event.objects.filter(subject_key=str(held.public_id))
        .order_by("sequence")
        .values_list("kind", flat=True)
    )
    assert kinds == [
        "reference.opened",
        "reference.row_set",
        "reference.propose",
        "reference.approve",
    ]
    assert [job.params for job in Job.objects.filter(kind="institutions.rescreen")] == [
        {"table_version": str(held.public_id)}
    ]


def test_the_proposer_cannot_approve_at_another_desk_of_theirs_either(people):
    version = proposed(people)
    before = kept(version)
    same_person = replace(people.leader, user_id=people.editor.user_id)
    for actor in (people.editor, same_person):
        with pytest.raises(Refused) as refused:
            approve_version(version=version, actor=actor, at=AT)
        assert codes(refused) == ["policy.same_person"]
    assert kept(version) == before


@pytest.mark.parametrize(
    ("role", "department", "code"),
    [
        ("licensing_officer", "education", "policy.not_granted"),
        ("administrator", "education", "policy.not_granted"),
        ("filing_reviewer", "sport", "policy.other_department"),
    ],
)
def test_who_may_not_approve_changes_nothing(people, make_actor, role, department, code):
    version, actor = proposed(people), make_actor(role, department=department)
    before = kept(version)
    with pytest.raises(Refused) as refused:
        approve_version(version=version, actor=actor, at=AT)
    assert codes(refused) == [code]
    assert kept(version) == before


def test_an_approved_table_stays_as_it_was_signed(people, approved):
    version = approved("activities", [ACTIVITY], on=EARLIEST)
    before = kept(version)
    doings = [
        lambda: set_row(version=version, key="", texts=ACTIVITY, actor=people.editor, at=AT),
        lambda: remove_row(version=version, key="国学", actor=people.editor, at=AT),
        lambda: restore_shipped(version=version, actor=people.editor, at=AT),
    ]
    for doing in doings:
        with pytest.raises(Refused) as refused:
            doing()
        assert codes(refused) == ["reference.not_open"]
    assert kept(version) == before


def test_a_proposal_that_waited_too_long_is_not_approved(people):
    version = proposed(people)
    before = kept(version)
    with pytest.raises(Refused) as refused:
        approve_version(version=version, actor=people.second, at=AT + timedelta(days=1))
    assert codes(refused) == ["reference.day_too_near"]
    assert kept(version) == before


def test_a_table_that_changes_nothing_is_not_proposed(people):
    draft = open_draft(division=people.editor.division, kind="units", actor=people.editor, at=AT)
    before = kept(draft)
    with pytest.raises(Refused) as refused:
        propose_version(version=draft, details=DETAILS, actor=people.editor, at=AT)
    assert codes(refused) == ["reference.nothing_changed"]
    assert kept(draft) == before


def test_one_version_of_a_table_is_open_at_a_time(people):
    draft = drafted(people, "activities", [])
    with pytest.raises(Refused) as refused:
        open_draft(division=people.editor.division, kind="activities", actor=people.second, at=AT)
    assert codes(refused) == ["reference.open_already"]
    nothing = MoveDetails()
    move_version(version=draft, name="discard", details=nothing, actor=people.editor, at=AT)
    second = open_draft(
        division=people.editor.division, kind="activities", actor=people.second, at=AT
    )
    assert second.number == 2


def test_a_draft_begins_with_what_was_approved_last_and_begins_to_bind_after_it(people, approved):
    first = approved("activities", [ACTIVITY], on=EARLIEST)
    other = {"word": "数感启蒙", "treatment": "appraise"}
    draft = drafted(people, "activities", [other])
    assert (draft.based_on, [one.key for one in changes_of(draft)]) == (first, ["数感启蒙"])
    with pytest.raises(Refused) as refused:
        propose_version(version=draft, details=DETAILS, actor=people.editor, at=AT)
    assert codes(refused) == ["reference.before_newest"]
    later = replace(DETAILS, on=EARLIEST + timedelta(days=1))
    assert propose_version(version=draft, details=later, actor=people.editor, at=AT).number == 2


def test_a_returned_table_is_changed_and_proposed_again(people):
    version = proposed(people)
    why = MoveDetails(reason="这个词太宽")
    move_version(version=version, name="send_back", details=why, actor=people.second, at=AT)
    held = TableVersion.objects.get()
    assert (held.state, held.digest, held.returned_because) == ("returned", "", "这个词太宽")
    remove_row(version=held, key="全脑速读", actor=people.editor, at=AT)
    narrower = {"word": "全脑速读训练", "treatment": "appraise"}
    set_row(version=held, key="", texts=narrower, actor=people.editor, at=AT)
    again = propose_version(version=held, details=DETAILS, actor=people.editor, at=AT)
    assert [one.key for one in changes_of(again)] == ["全脑速读训练"]


def test_two_prices_for_one_class_are_named_by_row_and_column(people):
    dearer = {**PRICE, "base_yuan": "43", "valid_from": "2027-03-01"}
    draft = drafted(people, "prices", [dearer])
    with pytest.raises(Refused) as refused:
        propose_version(version=draft, details=DETAILS, actor=people.editor, at=AT)
    (found,) = refused.value.refusals
    assert (found.code, found.params["row"], str(found.params["column"])) == (
        "reference.row_problem",
        8,
        "班额自",
    )


def test_a_row_that_is_there_already_or_speaks_of_no_unit_is_refused(people):
    draft = drafted(people, "weeks", [WEEK])
    before = kept(draft)
    for texts, code in (
        (WEEK, "reference.row_taken"),
        ({**WEEK, "unit": "没有的单元"}, "reference.row_problem"),
        ({**WEEK, "week": "x"}, "reference.row_problem"),
    ):
        with pytest.raises(Refused) as refused:
            set_row(version=draft, key="", texts=texts, actor=people.editor, at=AT)
        assert codes(refused) == [code]
    assert kept(draft) == before


def test_a_proposal_waits_for_everybody_who_may_approve_but_its_proposer(people):
    version = proposed(people)
    assert list(waiting_versions(people.editor)) == []
    assert list(waiting_versions(people.second)) == [version]
    approve_version(version=version, actor=people.second, at=AT)
    assert list(waiting_versions(people.leader)) == []
    first_day = MoveDetails(on=EARLIEST, reason="不再需要")
    move_version(version=version, name="ask_end", details=first_day, actor=people.second, at=AT)
    assert list(waiting_versions(people.second)) == []
    assert list(waiting_versions(people.editor)) == [version]


def test_the_shipped_rows_come_back_whole(people):
    draft = drafted(people, "activities", [ACTIVITY])
    remove_row(version=draft, key="国学", actor=people.editor, at=AT)
    restore_shipped(version=draft, actor=people.editor, at=AT)
    held = TableVersion.objects.get()
    assert (changes_of(held), held.row_count) == ((), SHIPPED_ACTIVITIES)


def test_a_division_with_holidays_counts_its_own_working_days(people):
    load_shipped_calendars(actor=SYSTEM, at=AT, divisions=[people.editor.division])
    version = drafted(people, "activities", [ACTIVITY])
    with pytest.raises(Refused) as refused:
        propose_version(version=version, details=DETAILS, actor=people.editor, at=AT)
    (found,) = refused.value.refusals
    assert found.params["earliest"] > EARLIEST.isoformat()
    assert TableRow.objects.filter(version=version).count() == SHIPPED_ACTIVITIES + 1
