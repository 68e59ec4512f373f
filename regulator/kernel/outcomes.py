"""What a rule can say, and the three ways in which an action can fail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made_by
from typing import Any

from regulator.kernel.legal import LegalBasis


@dataclass(frozen=True)
class Pass:
    """The facts are known and nothing was breached."""


@dataclass(frozen=True)
class NotApplicable:
    """The rule does not speak of such facts."""


@dataclass(frozen=True)
class Breach:
    """The facts breach the rule. `params` fill the text that belongs to the rule's code."""

    field: str
    evidence: str
    basis: LegalBasis
    params: Mapping[str, Any] = made_by(default_factory=dict)


@dataclass(frozen=True)
class Undetermined:
    """A fact is missing, so that only a person can decide. `missing` names it."""

    field: str
    missing: str
    basis: LegalBasis
    params: Mapping[str, Any] = made_by(default_factory=dict)


Outcome = Pass | NotApplicable | Breach | Undetermined


@dataclass(frozen=True)
class Refusal:
    """One reason why something may not be done.

    `code` names the text (an app's `choices` floor holds it), `params` fill it in, `basis` is the
    article where the law gives one, `remedy` a code for what would clear it.
    """

    code: str
    params: Mapping[str, Any] = made_by(default_factory=dict)
    basis: LegalBasis | None = None
    remedy: str = ""


class Refused(Exception):
    """The person may not do this, now; every reason is shown to them."""

    def __init__(self, refusals: Sequence[Refusal] | Refusal) -> None:
        self.refusals: tuple[Refusal, ...] = (
            (refusals,) if isinstance(refusals, Refusal) else tuple(refusals)
        )
        super().__init__(", ".join(refusal.code for refusal in self.refusals))


class InvariantError(Exception):
    """Something that cannot be true was: a bug, never a person's mistake."""


class AdapterError(Exception):
    """The world outside failed: a printer, a bank's file, a geocoder."""

    def __init__(self, message: str, *, retryable: bool) -> None:
        self.retryable = retryable
        super().__init__(message)
