"""The shares of teaching staff: who counts above the line, who below it, and how many are needed.

The measures say 原则上 (as a rule): a shortfall is a finding with its figures, never a refusal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from institutions.core.staff.bases import PRESCHOOL_SHARE, PUPIL_SHARE, TEACHING_SHARE
from institutions.core.staff.facts import Employment, StaffKind
from regulator.kernel.legal import LegalBasis


@dataclass(frozen=True)
class Counted:
    """One person who works here on the day; `key` is the public id."""

    key: str
    kind: str
    employment: str


@dataclass(frozen=True)
class WeeklyClass:
    """A face-to-face class that runs on the day: its places and its weekly times.

    `slots` are (weekday 0-6, first minute, minute after the last); None where they are not known,
    and then the class counts as taking place at every time.
    """

    size: int
    is_preschool: bool
    slots: tuple[tuple[int, int, int], ...] | None


@dataclass(frozen=True)
class RatioLimits:
    """The least shares, in per cent."""

    teaching_percent: int
    pupil_percent: int
    preschool_percent: int


@dataclass(frozen=True)
class Share:
    """One share. `counted` of `base`; at least `needed` = ceil(base x percent / 100).

    `outcome` is pass, breach, undetermined (with `missing`) or not_applicable. `keys` are the
    public ids of who is counted.
    """

    code: str
    counted: int
    base: int
    needed: int
    percent: int
    outcome: str
    basis: LegalBasis
    keys: tuple[str, ...] = ()
    missing: str = ""


@dataclass(frozen=True)
class StaffRatio:
    """All shares of one institution on a day, with the figures behind them."""

    on: date
    total: int
    full_time: int
    part_time: int
    candidates: int
    classes: int
    untimed_classes: int
    shares: tuple[Share, ...]

    @property
    def short(self) -> tuple[Share, ...]:
        """The shares that fall short."""
        return tuple(share for share in self.shares if share.outcome == "breach")


def ratio_of(
    people: Sequence[Counted],
    classes: Sequence[WeeklyClass],
    limits: RatioLimits,
    *,
    on: date,
    candidates: int = 0,
) -> StaffRatio:
    """The three shares on a day. `people` are those who work here, candidates are not among them.

    Staff: full-time teaching and research of everybody, part-time and other staff included.
    Pupils: full-time teachers of the places of all face-to-face classes at the fullest time of the
    week; pre-school children by themselves.
    """
    full_time = [one for one in people if one.employment == Employment.FULL_TIME]
    core = [one for one in full_time if one.kind in (StaffKind.TEACHING, StaffKind.RESEARCH)]
    teachers = [one for one in full_time if one.kind == StaffKind.TEACHING]
    pupils = peak_places(one for one in classes if not one.is_preschool)
    children = peak_places(one for one in classes if one.is_preschool)
    missing = "" if people else "staff"
    shares = (
        _share(
            "teaching_share", core, len(people), limits.teaching_percent, TEACHING_SHARE, missing
        ),
        _share("pupil_share", teachers, pupils, limits.pupil_percent, PUPIL_SHARE, missing),
        _share(
            "preschool_share",
            teachers,
            children,
            limits.preschool_percent,
            PRESCHOOL_SHARE,
            missing,
        ),
    )
    return StaffRatio(
        on=on,
        total=len(people),
        full_time=len(full_time),
        part_time=len(people) - len(full_time),
        candidates=candidates,
        classes=len(classes),
        untimed_classes=sum(one.slots is None for one in classes),
        shares=tuple(_bound(share, on) for share in shares),
    )


def peak_places(classes: Iterable[WeeklyClass]) -> int:
    """The most places that are taught at one time of the week, half-open ranges."""
    always, edges = 0, []
    for one in classes:
        if one.slots is None:
            always += one.size
            continue
        for weekday, start, end in set(one.slots):
            edges.append((weekday, start, one.size))
            edges.append((weekday, end, -one.size))
    here = peak = 0
    for _weekday, _minute, change in sorted(edges):
        here += change
        peak = max(peak, here)
    return always + peak


def needed_of(base: int, percent: int) -> int:
    """The least whole number of people that is `percent` per cent of `base`."""
    return -(-base * percent // 100)


def _share(
    code: str,
    counted: Sequence[Counted],
    base: int,
    percent: int,
    basis: LegalBasis,
    missing: str,
) -> Share:
    needed = needed_of(base, percent)
    outcome = "pass" if len(counted) >= needed else "breach"
    if missing:
        outcome = "undetermined"
    elif not base:
        outcome = "not_applicable"
    keys = tuple(one.key for one in counted)
    return Share(code, len(counted), base, needed, percent, outcome, basis, keys, missing)


def _bound(share: Share, on: date) -> Share:
    """A day before the measures is judged by nothing."""
    if share.basis.in_force_on(on):
        return share
    return Share(
        share.code,
        share.counted,
        share.base,
        0,
        share.percent,
        "not_applicable",
        share.basis,
        share.keys,
    )
