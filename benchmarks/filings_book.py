"""The workbook of `filings.workbook.*`: classes of many courses, as a chain files them."""

from __future__ import annotations

import csv
import random
from collections.abc import Mapping
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from institutions.core.screening.rows import HEADERS

_ROOT = Path(__file__).resolve().parents[1]
_SAMPLE = _ROOT / "tests" / "fixtures" / "filings_sample.csv"
_PACE = _ROOT / "institutions" / "data" / "pace_units.csv"
_SEED = 20261122
_DAYS = ("开班日期", "结课日期", "收费日期")
_NUMBERS = ("每课时分钟", "课间休息分钟", "总课时", "班额", "收费总额")
_ELSE = ("节奏练习", "基本功", "作品赏析", "安全常识", "分组展示")
_SURNAMES, _GIVEN = (
    "王李张刘陈杨黄赵周吴徐孙马朱胡林郭何高罗",
    "明华芳敏静丽强磊洋艳勇杰娟涛超霞平刚",
)


def big_workbook(rows: int, courses: int) -> bytes:
    """So many classes of so many courses; a course comes again after all the others.

    A course is one of the sample's classes with contents and schedule of its own: titles of its
    subject's textbook units are mixed in, as many later than the class as not. No two classes are
    equal: each has its name, days, teacher and certificate. Days and amounts are cells of their own
    kind, as in Excel. The same bytes at every call.
    """
    chance = random.Random(_SEED)
    with _SAMPLE.open(encoding="utf-8-sig", newline="") as file:
        samples = [row for row in csv.DictReader(file) if any(row.values())]
    units = _titles_by_subject()
    plans = [_course(samples[n % len(samples)], n, chance, units) for n in range(courses)]
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet("备案")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, HEADERS)
        for number in range(1, rows + 1):
            cells = _class(plans[number % courses], number, chance)
            for column, header in enumerate(HEADERS):
                _write(sheet, number, column, cells[header], day)
    return out.getvalue()


def _titles_by_subject() -> dict[str, list[str]]:
    titles: dict[str, list[str]] = {}
    with _PACE.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            titles.setdefault(row["subject"], []).append(row["unit_title"])
    return titles


def _course(
    sample: Mapping[str, str], number: int, chance: random.Random, units: Mapping[str, list[str]]
) -> dict[str, str]:
    titles = units.get(sample["学科或项目"], _ELSE)
    more = f"另有{chance.choice(titles)}与{chance.choice(titles)}，第{number}组。"
    later = f"；第{number % 40 + 1}次课{chance.choice(titles)}"
    return dict(sample) | {
        "培训内容": sample["培训内容"] + more,
        "进度安排": sample["进度安排"] + later,
        "培训材料": f"{sample['培训材料']}、讲义{number}",
    }


def _class(course: Mapping[str, str], number: int, chance: random.Random) -> dict[str, Any]:
    cells: dict[str, Any] = dict(course)
    cells["班级名称"] = f"{course['班级名称']}{number}班"
    cells["授课教师"] = chance.choice(_SURNAMES) + chance.choice(_GIVEN) + chance.choice(_GIVEN)
    if course["资格证书号"]:
        cells["资格证书号"] = f"20{chance.randrange(10**14, 10**15)}"
    later = timedelta(weeks=chance.randrange(8))
    cells |= {header: _day(course[header], later) for header in _DAYS}
    return cells | {name: int(course[name]) for name in _NUMBERS if course[name].isdigit()}


def _day(text: str, later: timedelta) -> date | str:
    try:
        return date(*map(int, text.replace(".", "-").replace("/", "-").split("-"))) + later
    except (TypeError, ValueError):
        return text


def _write(sheet: Any, row: int, column: int, value: Any, day: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, day)
    elif isinstance(value, int):
        sheet.write_number(row, column, value)
    elif value:
        sheet.write_string(row, column, value)
