"""The states of a job and every move between them, in one table."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    CANCELLING = "cancelling"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class JobMove(StrEnum):
    """What can happen to a job."""

    CLAIM = "claim"
    RELEASE = "release"
    STOP = "stop"
    FINISH = "finish"
    FAIL = "fail"
    CANCEL = "cancel"
    RETRY = "retry"


# A cancel is cooperative: while a worker holds the job it only asks, and the worker stops between
# two chunks. So every way in which a worker lets go of a cancelling job ends it as cancelled, but
# for FINISH: what is completely done is done, whatever was asked meanwhile.
TRANSITIONS: Mapping[JobMove, Mapping[JobState, JobState]] = {
    JobMove.CLAIM: {
        JobState.QUEUED: JobState.RUNNING,
        JobState.RUNNING: JobState.RUNNING,
    },
    JobMove.RELEASE: {
        JobState.RUNNING: JobState.QUEUED,
        JobState.CANCELLING: JobState.CANCELLED,
    },
    JobMove.STOP: {JobState.CANCELLING: JobState.CANCELLED},
    JobMove.FINISH: {
        JobState.RUNNING: JobState.DONE,
        JobState.CANCELLING: JobState.DONE,
    },
    JobMove.FAIL: {
        JobState.RUNNING: JobState.FAILED,
        JobState.CANCELLING: JobState.CANCELLED,
    },
    JobMove.CANCEL: {
        JobState.QUEUED: JobState.CANCELLED,
        JobState.RUNNING: JobState.CANCELLING,
    },
    JobMove.RETRY: {
        JobState.FAILED: JobState.QUEUED,
        JobState.CANCELLED: JobState.QUEUED,
    },
}

ENDED = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})
HELD = frozenset({JobState.RUNNING, JobState.CANCELLING})


def next_state(move: JobMove, state: JobState) -> JobState | None:
    """The state after `move`, or None where the table has no such move."""
    return TRANSITIONS[move].get(state)
