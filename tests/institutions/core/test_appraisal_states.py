"""The table of an appraisal's moves against a matrix written by hand, its guards and its count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from institutions.core.appraisal_states import (
    MOVES,
    AppraisalFacts,
    AppraisalState,
    SeatFacts,
    draw_seats,
    opening_refusals,
    refusals,
    tally,
)
from institutions.core.filing_states import Verdict

STATES = ("opened", "voting", "concluded", "escalated", "closed", "cancelled")
NAMES = (
    "seat", "vote", "leave", "replace", "conclude", "escalate", "answer", "adopt", "cancel",
)  # fmt: skip
# By hand, from 教监管厅函〔2021〕16号 and docs/review.md; not from the table.
EXPECTED = {
    ("opened", "seat"): "voting",
    ("voting", "vote"): "voting",
    ("voting", "leave"): "voting",
    ("voting", "replace"): "voting",
    ("voting", "conclude"): "concluded",
    ("concluded", "escalate"): "escalated",
    ("escalated", "answer"): "concluded",
    ("concluded", "adopt"): "closed",
    ("opened", "cancel"): "cancelled",
    ("voting", "cancel"): "cancelled",
    ("concluded", "cancel"): "cancelled",
    ("escalated", "cancel"): "cancelled",
}
BREACH, CLEARED = Verdict.BREACH, Verdict.CLEARED
THREE = tuple(SeatFacts(name, BREACH) for name in "abc")
FITTING: dict[str, dict[str, object]] = {
    "seat": {"seats": (), "named": ("a", "b", "c"), "eligible": frozenset("abc")},
    "vote": {"actor_member": "a", "verdict": CLEARED},
    "leave": {"actor_member": "a", "ground": "relative"},
    "replace": {"empty": 1, "named": ("d",), "eligible": frozenset("d")},
    "escalate": {"disputed": True, "document": "双教〔2026〕1号"},
    "answer": {"verdict": CLEARED, "document": "成教〔2026〕1号"},
    "adopt": {"verdict": BREACH, "result": BREACH},
}


def facts(name: str, state: str, **known: object) -> AppraisalFacts:
    plain: dict[str, object] = {"reason": "理由", "seats": THREE}
    return AppraisalFacts(
        **{"state": AppraisalState(state), **plain, **FITTING.get(name, {}), **known}
    )


def codes(name: str, state: str, **known: object) -> list[str]:
    return [one.code for one in refusals(MOVES[name], facts(name, state, **known))]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", NAMES)
def test_a_move_is_allowed_exactly_where_the_matrix_has_it(state: str, name: str) -> None:
    found = refusals(MOVES[name], facts(name, state))
    expected = EXPECTED.get((state, name))
    if expected is None:
        assert [(one.code, dict(one.params)) for one in found] == [
            ("appraisal.wrong_state", {"appraisal_state": state, "appraisal_move": name})
        ]
        assert found[0].basis is not None
        assert found[0].basis.document_number == "教监管厅函〔2021〕16号"
    else:
        assert (found, MOVES[name].target.value) == ((), expected)


def test_the_matrix_and_the_table_know_the_same_moves_and_states() -> None:
    assert set(MOVES) == set(NAMES)
    assert [state.value for state in AppraisalState] == list(STATES)


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (1, ["appraisal.panel_not_odd"]),
        (2, ["appraisal.panel_not_odd"]),
        (3, []),
        (4, ["appraisal.panel_not_odd"]),
        (5, []),
        (9, []),
        (11, ["appraisal.panel_not_odd"]),
    ],
)
def test_a_panel_is_odd_and_has_three_to_nine_members(count: int, expected: list[str]) -> None:
    named = tuple(str(number) for number in range(count))
    assert codes("seat", "opened", named=named, eligible=frozenset(named)) == expected


def test_nobody_sits_twice_and_only_who_may() -> None:
    assert codes("seat", "opened", named=("a", "a", "z")) == [
        "appraisal.member_twice",
        "appraisal.not_eligible",
    ]
    assert codes("replace", "voting", named=("d", "e"), eligible=frozenset("de")) == [
        "appraisal.too_many_named"
    ]
    assert codes("replace", "voting", empty=0, named=()) == ["appraisal.no_seat_empty"]
    assert codes("replace", "voting", named=()) == ["appraisal.nobody_named"]


def test_a_vote_is_cast_in_person_once_in_full_and_with_reasons() -> None:
    assert codes(
        "vote",
        "voting",
        actor_member="z",
        stands_in=True,
        has_voted=True,
        verdict=None,
        missing_dimensions=("purpose", "method"),
        reason=" ",
    ) == [
        "appraisal.no_stand_in",
        "appraisal.not_seated",
        "appraisal.voted_already",
        "appraisal.no_verdict",
        "appraisal.dimension_missing",
        "appraisal.dimension_missing",
        "appraisal.vote_reason_missing",
    ]


def test_whoever_leaves_says_why_and_has_not_voted() -> None:
    assert codes("leave", "voting", has_voted=True, ground="") == [
        "appraisal.voted_already",
        "appraisal.ground_missing",
    ]
    assert codes("leave", "voting", ground="abstains") == []


def test_a_result_needs_every_vote_and_no_open_challenge() -> None:
    waiting = (*THREE[:2], SeatFacts("c"))
    assert codes("conclude", "voting", seats=waiting) == ["appraisal.votes_missing"]
    assert codes("conclude", "voting", seats=THREE[:2], empty=1) == [
        "appraisal.votes_missing",
        "appraisal.panel_not_odd",
    ]
    assert codes("conclude", "voting", open_challenges=1) == ["appraisal.challenge_open"]


def test_only_a_dispute_goes_up_and_only_once() -> None:
    assert codes("escalate", "concluded", disputed=False, document="") == [
        "appraisal.not_disputed",
        "appraisal.document_missing",
    ]
    assert codes("escalate", "concluded", answered_by_city=True) == ["appraisal.city_answered"]
    assert codes("answer", "escalated", verdict=None, document=" ", reason="") == [
        "appraisal.no_verdict",
        "appraisal.document_missing",
        "appraisal.reason_missing",
    ]


def test_an_officer_decides_by_name_and_waits_where_a_dispute_may_come() -> None:
    assert codes("adopt", "concluded", verdict=None, reason="") == [
        "appraisal.no_verdict",
        "appraisal.reason_missing",
    ]
    assert codes("adopt", "concluded", dispute_open=True) == ["appraisal.dispute_open"]
    assert codes("adopt", "concluded", dispute_open=True, verdict=CLEARED) == []
    assert codes("adopt", "concluded", disputed=True) == ["appraisal.disputed"]
    assert codes("adopt", "concluded", disputed=True, answered_by_city=True) == []
    assert codes("adopt", "concluded", disputed=True, answered_by_city=True, verdict=CLEARED) == [
        "appraisal.city_binds"
    ]
    assert codes("adopt", "concluded", verdict=CLEARED) == []


def test_every_reason_against_sending_a_finding_there_is_given() -> None:
    found = opening_refusals(
        in_review=False, rule="FILING-NAME", undetermined=(), has_open=True, question=" "
    )
    assert [one.code for one in found] == [
        "appraisal.not_in_review",
        "filing.nothing_to_decide",
        "appraisal.already_open",
        "appraisal.question_missing",
    ]


@given(st.lists(st.sampled_from(list(Verdict)), min_size=1, max_size=9))
def test_an_odd_number_of_votes_has_a_majority_and_an_even_one_is_no_vote(
    votes: list[Verdict],
) -> None:
    if len(votes) % 2 == 0:
        with pytest.raises(ValueError, match="even"):
            tally(votes)
        return
    counted = tally(votes)
    assert counted.breach + counted.cleared == len(votes)
    assert counted.breach != counted.cleared
    assert votes.count(counted.result) > len(votes) // 2


@given(st.permutations(range(7)), st.sets(st.integers(0, 6)))
def test_the_lot_seats_those_of_the_subject_first_and_nobody_twice(
    order: list[int], known: set[int]
) -> None:
    eligible = [str(number) for number in range(7)]
    preferred = frozenset(str(number) for number in known)
    drawn = draw_seats(eligible, preferred=preferred, count=5, order=order)
    assert len(set(drawn)) == 5
    assert sum(one in preferred for one in drawn) == min(5, len(preferred))
