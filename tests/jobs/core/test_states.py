"""The states of a job against a matrix written by hand."""

from __future__ import annotations

import pytest

from regulator.jobs.core.states import ENDED, HELD, JobMove, JobState, next_state

# queued, running, cancelling, done, failed, cancelled
MATRIX = {
    "claim": ["running", "running", None, None, None, None],
    "release": [None, "queued", "cancelled", None, None, None],
    "stop": [None, None, "cancelled", None, None, None],
    "finish": [None, "done", "done", None, None, None],
    "fail": [None, "failed", "cancelled", None, None, None],
    "cancel": ["cancelled", "cancelling", None, None, None, None],
    "retry": [None, None, None, None, "queued", "queued"],
}
STATES = ["queued", "running", "cancelling", "done", "failed", "cancelled"]


@pytest.mark.parametrize("move", MATRIX)
@pytest.mark.parametrize("state", STATES)
def test_every_move_from_every_state_is_as_written(move: str, state: str) -> None:
    assert next_state(JobMove(move), JobState(state)) == MATRIX[move][STATES.index(state)]


def test_the_matrix_names_every_move_and_state() -> None:
    assert list(MATRIX) == sorted(MATRIX, key=[move.value for move in JobMove].index)
    assert len(MATRIX) == len(JobMove)
    assert [state.value for state in JobState] == STATES


def test_a_job_is_either_waiting_held_or_ended() -> None:
    assert set(JobState) - ENDED - HELD == {JobState.QUEUED}
    assert not ENDED & HELD
