"""Faults that only the register shows, put into a few of the planned filings on purpose.

They are spread by place in the plan, not drawn, so that nothing else of the plan changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from regulator.pages.core.demo_filings import PlannedFiling

_TERMS = ("2026春", "2026秋")
_ELSEWHERE = "成都市双流区东升街道棠湖中路499号5层"
_SHARED_TEACHERS = 3
_TEACHER = ("授课教师", "资格证书号")
_HOUR = ("开班日期", "上课星期", "上课时间", "培训类别")
# At which place of every so many a fault is put in.
_EVERY = 40
_UNLICENSED, _NEAR, _ONLINE, _CROWDED = 6, 14, 22, 30


def with_register_faults(planned: Sequence[PlannedFiling]) -> list[PlannedFiling]:
    """The plan with unlicensed and half-written places, online classes, full rooms, two jobs."""
    made: list[PlannedFiling] = []
    count = 0
    for filing in planned:
        if filing.term not in _TERMS or filing.fault != "none":
            made.append(filing)
            continue
        made.append(_with_fault(filing, count % _EVERY))
        count += 1
    return _with_shared_teachers(made)


def _with_fault(filing: PlannedFiling, place: int) -> PlannedFiling:
    cells = dict(filing.cells)
    if place == _UNLICENSED:
        cells["授课地点"] = _ELSEWHERE
    elif place == _NEAR:
        cells["授课地点"] = f"{cells['授课地点']}临街铺面"
    elif place == _ONLINE and cells["培训类别"] == "非学科类":
        cells |= {"培训方式": "线上直播", "授课地点": "某直播平台"}
    elif place == _CROWDED:
        cells["班额"] = 400
    return replace(filing, cells=cells)


def _with_shared_teachers(planned: list[PlannedFiling]) -> list[PlannedFiling]:
    """A few teachers teach at one hour for two institutions: the second row is theirs too."""
    first_at: dict[tuple[object, ...], PlannedFiling] = {}
    made = list(planned)
    left = _SHARED_TEACHERS
    for place, filing in _candidates(planned):
        hour = tuple(
            filing.cells[name] for name in ("开班日期", "上课星期", "上课时间", "培训类别")
        )
        other = first_at.setdefault(hour, filing)
        if other.institution_number == filing.institution_number or not left:
            continue
        cells = {**filing.cells, **{name: other.cells[name] for name in _TEACHER}}
        made[place] = replace(filing, cells=cells)
        del first_at[hour]
        left -= 1
    return made


def _candidates(planned: Sequence[PlannedFiling]) -> Iterator[tuple[int, PlannedFiling]]:
    for place, filing in enumerate(planned):
        if filing.term == _TERMS[-1] and filing.fault == "none":
            yield place, filing
