"""The indicators: each a figure, the limits it is held against, and where that comes from.

Nothing is learnt and nothing is hidden: an officer can recompute every reading by hand. Limits are
arguments. The shipped ones were fixed on histories of a generator that does not know them, and
reported on others (`docs/warnings.md`); no source names any, so they are a bureau's to change: they
are dated settings of the division, and these the defaults.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from fees.core.escrow_states import SUPERVISION
from fees.core.refunds import NOTICE_2023
from fees.core.warnings.facts import Sheet
from regulator.kernel.legal import LegalBasis


class Tier(IntEnum):
    """How urgent it is; the names are those of the tables."""

    NONE = 0
    YELLOW = 1
    ORANGE = 2
    RED = 3

    @property
    def code(self) -> str:
        """`none`, `yellow`, `orange` or `red`."""
        return self.name.lower()


@dataclass(frozen=True)
class Limits:
    """From which figure on an indicator is yellow, orange or red; falling figures count down."""

    yellow: int
    orange: int
    red: int
    falls: bool = False

    def tier_of(self, figure: int) -> Tier:
        """The tier of a figure."""
        for tier, limit in ((Tier.RED, self.red), (Tier.ORANGE, self.orange)):
            if self._reached(figure, limit):
                return tier
        return Tier.YELLOW if self._reached(figure, self.yellow) else Tier.NONE

    def limit_of(self, tier: Tier) -> int:
        """The limit that a tier begins at; for none the first one."""
        return {Tier.RED: self.red, Tier.ORANGE: self.orange}.get(tier, self.yellow)

    def _reached(self, figure: int, limit: int) -> bool:
        return figure < limit if self.falls else figure >= limit


@dataclass(frozen=True)
class Reading:
    """What an indicator says: its figure, None where nobody can say, and the limit in question."""

    code: str
    figure: int | None
    limit: int
    tier: Tier
    basis: LegalBasis


PLATFORM = LegalBasis("全国校外教育培训监管与服务综合平台应用管理办法", "", "关于风险预警的规定")
LEAST_CONTRACTS, LEAST_LESSONS, LEAST_TEACHERS = 20, 30, 4
LEAST_SALES_FEN = 20_000_00

# Percent, working days or counts, as the texts of the `choices` floor say them.
SHIPPED_LIMITS: Mapping[str, Limits] = {
    "coverage": Limits(100, 90, 70, falls=True),
    "sales_surge": Limits(200, 300, 500),
    "refund_age": Limits(20, 35, 60),
    "refund_rate": Limits(8, 15, 30),
    "unattended": Limits(20, 40, 60),
    "teachers_left": Limits(35, 50, 70),
    "complaints": Limits(2, 4, 7),
    "premises_events": Limits(1, 2, 3),
    "licence_events": Limits(1, 2, 3),
}
_BASES: Mapping[str, LegalBasis] = {
    "coverage": SUPERVISION,
    "refund_age": NOTICE_2023,
}


def _coverage(sheet: Sheet) -> int | None:
    return sheet.bank_fen * 100 // sheet.owed_fen if sheet.owed_fen > 0 else None


def _sales_surge(sheet: Sheet) -> int | None:
    before_fen = sheet.sold_before_fen
    if before_fen is None or before_fen < LEAST_SALES_FEN:
        return None
    return sheet.sold_fen * 100 // before_fen


def _refund_rate(sheet: Sheet) -> int | None:
    if sheet.running_contracts < LEAST_CONTRACTS:
        return None
    return sheet.refunds_asked * 100 // sheet.running_contracts


def _unattended(sheet: Sheet) -> int | None:
    if not sheet.keeps_attendance or sheet.lessons < LEAST_LESSONS:
        return None
    return sheet.unattended * 100 // sheet.lessons


def _teachers_left(sheet: Sheet) -> int | None:
    if sheet.teachers_before < LEAST_TEACHERS:
        return None
    return sheet.teachers_left * 100 // sheet.teachers_before


INDICATORS: Mapping[str, Callable[[Sheet], int | None]] = {
    "coverage": _coverage,
    "sales_surge": _sales_surge,
    "refund_age": lambda sheet: sheet.oldest_refund_workdays,
    "refund_rate": _refund_rate,
    "unattended": _unattended,
    "teachers_left": _teachers_left,
    "complaints": lambda sheet: sheet.complaints,
    "premises_events": lambda sheet: sheet.premises_events,
    "licence_events": lambda sheet: sheet.licence_events,
}


def readings_of(sheet: Sheet, limits: Mapping[str, Limits] = SHIPPED_LIMITS) -> tuple[Reading, ...]:
    """Every indicator's reading, in a fixed order; never raises on figures that are missing."""
    return tuple(_reading(code, ask(sheet), limits[code]) for code, ask in INDICATORS.items())


def _reading(code: str, figure: int | None, limits: Limits) -> Reading:
    tier = Tier.NONE if figure is None else limits.tier_of(figure)
    return Reading(code, figure, limits.limit_of(tier), tier, _BASES.get(code, PLATFORM))


MANY = 3


def tier_of(readings: tuple[Reading, ...]) -> Tier:
    """The highest reading decides; where three or more speak at once, one tier higher."""
    speaking = [reading.tier for reading in readings if reading.tier]
    if not speaking:
        return Tier.NONE
    return Tier(min(Tier.RED, max(speaking) + (len(speaking) >= MANY)))


def reasons_of(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """The readings that speak, the most urgent first."""
    speaking = [reading for reading in readings if reading.tier]
    return tuple(sorted(speaking, key=lambda one: -one.tier))
