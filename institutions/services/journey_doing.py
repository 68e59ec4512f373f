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

from institutions.models import Institution, Journey
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import InvariantError


@dataclass(frozen=True)
class Doing:
    """A move, or a beginning: of which journey, what was stated, by whom, on which day."""

    journey: Journey
    stated: Mapping[str, Any]
    actor: Actor
    on: date
    at: datetime

    @property
    def institution(self) -> Institution:
        """The institution that the journey is about; its row is locked by the caller."""
        if self.journey.institution is None:
            raise InvariantError(f"{self.journey}: 办件没有机构。")
        return self.journey.institution


Effect = Callable[[Doing], None]
