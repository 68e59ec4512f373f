"""Places, departments, users and desks."""

from regulator.accounts.models.desks import Appointment, HandOver, StandIn
from regulator.accounts.models.places import Department, Division, Township
from regulator.accounts.models.users import PrivateLink, User

__all__ = [
    "Appointment",
    "Department",
    "Division",
    "HandOver",
    "PrivateLink",
    "StandIn",
    "Township",
    "User",
]
