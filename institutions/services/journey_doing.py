"""A move as it is carried out, and what an effect is.

An effect is what a move does to the register, named in the journey's table. It runs inside the
move's transaction, under the institution's lock, before the move's own event, and may refuse.
Whoever decided is its actor: the policy was asked for the move, so effects use what stands below
the register's own permission checks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from institutions.models import Journey
from regulator.kernel.actors import Actor


@dataclass(frozen=True)
class Doing:
    """A move, or a beginning: of which journey, what was stated, by whom, on which day."""

    journey: Journey
    stated: Mapping[str, Any]
    actor: Actor
    on: date
    at: datetime


Effect = Callable[[Doing], None]
