"""Who acts: a person at one desk, or the system under a name of its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """A person acting from one desk, as the audit chain records them.

    A desk is role × division × department (officers) or role × institution (portal).
    `user_id` is None for the system itself and for a visitor; `standing_in_for` is the user id of
    the desk's holder when a stand-in (AB角) acts. `institution` is a register identity's public id.
    """

    user_id: int | None
    name: str
    role: str
    division: str = ""
    department: str = ""
    institution: str = ""
    appointment_id: int | None = None
    standing_in_for: int | None = None

    @property
    def is_person(self) -> bool:
        """Whether a named person stands behind the act."""
        return self.user_id is not None


SYSTEM = Actor(user_id=None, name="系统", role="system")
VISITOR = Actor(user_id=None, name="访客", role="visitor")
