"""The moves of a change, by hand: who may decide, and what a signature needs."""

from __future__ import annotations

import pytest

from regulator.calendars.core.changes import (
    MOVES,
    ChangeFacts,
    ChangeKind,
    ChangeState,
    refusals,
    touches_classes,
)

PROPOSER, OTHER = 1, 2


def codes(move: str, **facts) -> list[str]:
    values = {"state": ChangeState.PROPOSED, "proposer": PROPOSER, "actor": OTHER} | facts
    return [one.code for one in refusals(MOVES[move], ChangeFacts(**values))]


@pytest.mark.parametrize(
    ("state", "move", "expected"),
    [
        ("proposed", "sign", []),
        ("proposed", "send_back", []),
        ("proposed", "withdraw", []),
        ("signed", "sign", ["change.decided"]),
        ("signed", "send_back", ["change.decided"]),
        ("signed", "withdraw", ["change.decided"]),
        ("returned", "sign", ["change.decided"]),
        ("returned", "send_back", ["change.decided"]),
        ("returned", "withdraw", ["change.decided"]),
        ("withdrawn", "sign", ["change.decided"]),
        ("withdrawn", "send_back", ["change.decided"]),
        ("withdrawn", "withdraw", ["change.decided"]),
    ],
)
def test_only_what_is_proposed_moves(state, move, expected):
    actor = PROPOSER if move == "withdraw" else OTHER
    assert codes(move, state=ChangeState(state), actor=actor, reason="无依据") == expected


def test_the_person_who_proposed_cannot_sign():
    assert codes("sign", actor=PROPOSER) == ["policy.same_person"]


def test_a_signature_under_something_that_moved_is_refused_with_every_reason():
    assert codes("sign", actor=PROPOSER, is_base_same=False) == [
        "policy.same_person",
        "change.base_moved",
    ]


def test_sending_back_needs_a_reason_and_taking_back_the_proposer():
    assert codes("send_back", reason=" ") == ["calendar.reason_missing"]
    assert codes("withdraw", actor=OTHER) == ["change.not_the_proposer"]


def test_only_some_settings_touch_classes_and_every_calendar_does():
    touching = [
        (kind, code)
        for kind in ChangeKind
        for code in ("school_hours", "review_workdays")
        if touches_classes(kind, code)
    ]
    assert (ChangeKind.SETTING, "school_hours") in touching
    assert (ChangeKind.SETTING, "review_workdays") not in touching
    assert (ChangeKind.STANDARD_ENTERED, "school_hours") not in touching
    assert len(touching) == 2 * (len(ChangeKind) - 3) + 1
