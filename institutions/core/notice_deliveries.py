"""How a notice travels by e-mail and SMS: states, when to try again, and addresses masked."""

from __future__ import annotations

from enum import StrEnum

# How often a delivery is tried at all. A sender that was killed counts as a try.
MAX_ATTEMPTS = 6
# A sender's hold on a delivery. Longer than every timeout of the adapters together.
CLAIM_S = 300
_WAITS_S = (60, 300, 1_800, 7_200, 43_200)


class Channel(StrEnum):
    """A way to the recipient beside the system's own pages."""

    EMAIL = "email"
    SMS = "sms"


class DeliveryState(StrEnum):
    """Where a delivery stands. `waiting` is the only one that is not the end."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    SKIPPED = "skipped"


class Problem(StrEnum):
    """Why a delivery was skipped or a try failed; the words stand in `choices`."""

    CHANNEL_OFF = "channel_off"
    NO_ADDRESS = "no_address"
    OPTED_OUT = "opted_out"
    ADDRESS_REFUSED = "address_refused"
    MESSAGE_REFUSED = "message_refused"
    CREDENTIALS = "credentials"
    BUSY = "busy"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    UNREADABLE = "unreadable"
    INTERRUPTED = "interrupted"


# After these the rest of the channel's messages wait for the next round: they would fail as well.
OF_THE_CHANNEL = frozenset(
    {Problem.CREDENTIALS, Problem.BUSY, Problem.UNREACHABLE, Problem.TIMEOUT}
)


def next_try_s(attempts: int) -> int | None:
    """Seconds until the next try after so many tries failed, or None when it is given up."""
    if attempts >= MAX_ATTEMPTS:
        return None
    return _WAITS_S[min(max(attempts, 1), len(_WAITS_S)) - 1]


def masked_email(address: str) -> str:
    """`office@school.example` as `o***@school.example`; empty stays empty."""
    name, at_sign, host = address.partition("@")
    return f"{name[:1]}***{at_sign}{host}" if address else ""


def masked_mobile(number: str) -> str:
    """The first three and the last two digits of a mobile number; empty stays empty."""
    if not number:
        return ""
    return f"{number[:3]}{'*' * max(len(number) - 5, 3)}{number[-2:]}"
