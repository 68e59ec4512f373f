"""What is known of one member of staff, as the rules look at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class StaffKind(StrEnum):
    """教学, 教研, 其他; assistants and those who only mind a class are 其他."""

    TEACHING = "teaching"
    RESEARCH = "research"
    OTHER = "other"


class Employment(StrEnum):
    """Full-time or part-time."""

    FULL_TIME = "full_time"
    PART_TIME = "part_time"


class Background(StrEnum):
    """Where somebody comes from, as far as it bars them or frees them from a rule."""

    NONE = "none"
    SERVING_TEACHER = "serving_teacher"
    FOREIGN_HERE = "foreign_here"
    FOREIGN_ABROAD = "foreign_abroad"


class CertificateKind(StrEnum):
    """A teacher's certificate, or the proof of an occupational ability."""

    TEACHER = "teacher"
    PROFESSIONAL = "professional"


class CheckKind(StrEnum):
    """The enquiry with police and prosecutors, and the person's certificate of no record."""

    ENQUIRY = "enquiry"
    PROOF = "proof"


class CheckResult(StrEnum):
    """All that is kept of what was found: nothing that bars, or something that does."""

    CLEAR = "clear"
    FOUND = "found"


TEACHING_KINDS = (StaffKind.TEACHING, StaffKind.RESEARCH)


@dataclass(frozen=True)
class CertificateFacts:
    """A certificate. `valid_before` is half-open; None means that it does not run out."""

    kind: str
    subject: str = ""
    issued_on: date | None = None
    valid_before: date | None = None

    def is_valid_on(self, day: date) -> bool:
        """Whether it is held and has not run out on a day."""
        held = self.issued_on is None or self.issued_on <= day
        return held and (self.valid_before is None or day < self.valid_before)


@dataclass(frozen=True)
class CheckFacts:
    """A check: what was asked, when, and whether anything barring was found."""

    kind: str
    checked_on: date
    result: str = "clear"


@dataclass(frozen=True)
class StaffFacts:
    """One member of staff. `category` is the institution's, empty where it is not known.

    `excluded` is the ground on which the person is on a list of those nobody may employ, or empty.
    `starts_on` is None for a candidate (拟聘). `ends_before` is half-open.
    """

    name: str
    kind: str
    employment: str = "full_time"
    post: str = ""
    background: str = "none"
    category: str = ""
    subjects: tuple[str, ...] = ()
    certificates: tuple[CertificateFacts, ...] = ()
    checks: tuple[CheckFacts, ...] = ()
    consent_signed_on: date | None = None
    contract_signed_on: date | None = None
    starts_on: date | None = None
    ends_before: date | None = None
    excluded: str = ""
    has_identity: bool = True
    is_listed: bool = False
    is_closed: bool = False
    said: str = ""

    @property
    def teaches(self) -> bool:
        """Whether the person is teaching or research staff."""
        return self.kind in TEACHING_KINDS

    def is_employed_on(self, day: date) -> bool:
        """Whether the person works here on a day."""
        if self.starts_on is None or day < self.starts_on:
            return False
        return self.ends_before is None or day < self.ends_before
