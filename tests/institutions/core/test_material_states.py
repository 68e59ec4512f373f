"""The table of training material against a matrix written by hand, and every guard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from institutions.core.material_states import (
    BANNED_CONTENT,
    MOVES,
    AuthorFacts,
    MaterialFacts,
    MaterialKind,
    MaterialState,
    material_refusals,
    retention_until,
    review_refusals,
)

STATES = ("draft", "internal_passed", "external_passed", "filed", "returned", "withdrawn")
# By hand, from 教监管厅函〔2021〕6号 as docs/portal.md reads it; not from the table.
EXPECTED = {
    ("draft", "pass_internal"): "internal_passed",
    ("internal_passed", "pass_external"): "external_passed",
    ("external_passed", "file"): "filed",
    ("internal_passed", "revise"): "draft",
    ("external_passed", "revise"): "draft",
    ("returned", "revise"): "draft",
    ("internal_passed", "send_back"): "returned",
    ("external_passed", "send_back"): "returned",
    ("filed", "send_back"): "returned",
    ("draft", "withdraw"): "withdrawn",
    ("internal_passed", "withdraw"): "withdrawn",
    ("external_passed", "withdraw"): "withdrawn",
    ("filed", "withdraw"): "withdrawn",
    ("returned", "withdraw"): "withdrawn",
}
NAMES = ("pass_internal", "pass_external", "file", "revise", "send_back", "withdraw")
TODAY = date(2026, 11, 1)
GOOD = MaterialFacts(
    state=MaterialState.DRAFT,
    authors=(AuthorFacts("唐老师", 3, "teacher"),),
    reviewer="温老师",
    reviewed_on=TODAY,
    today=TODAY,
    answered=BANNED_CONTENT,
    reason="理由",
)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", NAMES)
def test_a_move_of_subject_material_is_allowed_exactly_where_the_matrix_has_it(state, name):
    found = material_refusals(MOVES[name], replace(GOOD, state=MaterialState(state)))
    codes = [one.code for one in found]
    if (state, name) == ("internal_passed", "file"):
        assert codes == ["material.external_missing"]
    elif (state, name) in EXPECTED:
        assert (codes, MOVES[name].target.value) == ([], EXPECTED[state, name])
    else:
        assert codes == ["material.wrong_state"]


def test_the_matrix_and_the_table_know_the_same_moves_and_states():
    assert set(MOVES) == set(NAMES)
    assert [state.value for state in MaterialState] == list(STATES)


def codes(name: str, **changed: object) -> list[str]:
    return [one.code for one in material_refusals(MOVES[name], replace(GOOD, **changed))]


def test_an_inside_review_gives_every_reason_at_once():
    assert codes(
        "pass_internal",
        file_count=0,
        authors=(AuthorFacts("甲", 2, ""), AuthorFacts("乙", None, "professional")),
        reviewer=" ",
        reviewed_on=None,
        answered=BANNED_CONTENT[:11],
        findings=("advertising",),
    ) == [
        "material.file_missing",
        "material.experience_short",
        "material.teacher_certificate",
        "material.experience_unknown",
        "material.teacher_certificate",
        "material.reviewer_missing",
        "material.review_undated",
        "material.checklist_open",
        "material.banned_content",
    ]


@pytest.mark.parametrize(
    ("years", "expected"), [(2, ["material.experience_short"]), (3, []), (4, [])]
)
def test_an_author_has_three_years(years, expected):
    assert codes("pass_internal", authors=(AuthorFacts("甲", years, "teacher"),)) == expected


def test_who_wrote_it_does_not_review_it():
    assert codes("pass_internal", reviewer="唐老师") == ["material.reviewer_wrote"]


def test_a_review_of_tomorrow_is_no_review():
    assert codes("pass_internal", reviewed_on=date(2026, 11, 2)) == ["material.review_in_future"]


def test_other_material_wants_a_proof_of_ability_and_no_outside_review():
    authors = (AuthorFacts("甲", 5, "professional"),)
    other = {"is_subject": False, "authors": authors}
    assert codes("pass_internal", **other) == []
    assert codes("pass_internal", is_subject=False, authors=(AuthorFacts("甲", 5, ""),)) == [
        "material.certificate"
    ]
    inside = {**other, "state": MaterialState.INTERNAL_PASSED}
    assert codes("file", **inside) == []
    assert codes("pass_external", **inside) == ["material.external_not_needed"]


def test_a_published_book_is_filed_after_the_institutions_own_review():
    book = {"kind": MaterialKind.PUBLISHED, "file_count": 0, "authors": ()}
    assert codes("pass_internal", **book) == []
    assert codes("file", **book, state=MaterialState.INTERNAL_PASSED) == []


def test_a_return_and_the_end_of_a_filed_one_need_a_reason():
    assert codes("send_back", state=MaterialState.FILED, reason="") == ["material.reason_missing"]
    assert codes("withdraw", state=MaterialState.FILED, reason="") == ["material.reason_missing"]
    assert codes("withdraw", state=MaterialState.DRAFT, reason="") == []


def test_a_review_that_did_not_pass_is_recorded_with_what_it_found():
    found = replace(GOOD, findings=("advertising",))
    assert review_refusals(found) == ()
    assert [one.code for one in review_refusals(replace(found, answered=()))] == [
        "material.checklist_open"
    ]


def test_there_are_twelve_kinds_of_banned_content():
    assert (len(BANNED_CONTENT), len(set(BANNED_CONTENT))) == (12, 12)


@pytest.mark.parametrize(
    ("stopped_on", "months", "until"),
    [
        (None, 36, None),
        (date(2026, 1, 31), 0, None),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 30), 36, date(2029, 11, 30)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
    ],
)
def test_how_long_it_is_kept_is_unknown_where_no_term_was_entered(stopped_on, months, until):
    assert retention_until(stopped_on, months) == until
