"""Users, desks, stand-ins and hand-overs."""

from regulator.accounts.services.access import require
from regulator.accounts.services.desks import appoint, appoint_stand_in, end_stand_in, hand_over
from regulator.accounts.services.places import load_departments, load_divisions, record_township
from regulator.accounts.services.users import (
    change_password,
    create_private_link,
    create_user,
    record_sign_in,
    record_sign_out,
    revoke_private_link,
    set_user_active,
)

__all__ = [
    "appoint",
    "appoint_stand_in",
    "change_password",
    "create_private_link",
    "create_user",
    "end_stand_in",
    "hand_over",
    "load_departments",
    "load_divisions",
    "record_sign_in",
    "record_sign_out",
    "record_township",
    "require",
    "revoke_private_link",
    "set_user_active",
]
