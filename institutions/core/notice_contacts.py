"""Where an institution wants to be told: what may be entered, and why not."""

from __future__ import annotations

import re

from regulator.kernel.outcomes import Refusal

_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}"
)
_MOBILE = re.compile(r"1[3-9]\d{9}")
EMAIL_LENGTH = 150


def plain_mobile(typed: str) -> str:
    """A mobile number without the spaces, hyphens and the country code people type."""
    digits = re.sub(r"[\s\-－]", "", typed.strip())
    return digits.removeprefix("+86").removeprefix("0086")


def contact_refusals(*, email: str, mobile: str) -> tuple[Refusal, ...]:
    """Every reason against an e-mail address and a mobile number; empty ones are allowed."""
    found = []
    if email and (len(email) > EMAIL_LENGTH or not _EMAIL.fullmatch(email)):
        found.append(Refusal("notice.email_wrong"))
    if mobile and not _MOBILE.fullmatch(mobile):
        found.append(Refusal("notice.mobile_wrong"))
    return tuple(found)
