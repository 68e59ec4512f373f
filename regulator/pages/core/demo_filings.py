"""A plan for the fictional filings: what institutions would file term by term, good and bad."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from regulator.pages.core import demo_words as words
from regulator.pages.core.demo_institutions import PlannedInstitution, person_name

Topics = Mapping[tuple[str, int, int], Sequence[str]]
Cells = dict[str, object]

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


@dataclass(frozen=True)
class DemoTerm:
    """A term of the demonstration: its share of the filings, and weeks free of holidays."""

    label: str
    term: int  # 1 autumn, 2 spring
    weight: int
    windows: tuple[tuple[date, date], ...]  # half-open


def _autumn(year: int, weight: int) -> DemoTerm:
    windows = (
        (date(year, 10, 13), date(year, 12, 29)),
        (date(year, 11, 16), date(year + 1, 1, 1)),
    )
    return DemoTerm(f"{year}秋", 1, weight, windows)


def _spring(year: int, weight: int) -> DemoTerm:
    windows = (
        (date(year, 3, 4), date(year, 4, 3)),
        (date(year, 5, 13), date(year, 6, 7)),
    )
    return DemoTerm(f"{year}春", 2, weight, windows)


TERMS = (
    _autumn(2023, 8),
    _spring(2024, 10),
    _autumn(2024, 12),
    _spring(2025, 13),
    _autumn(2025, 15),
    _spring(2026, 17),
    _autumn(2026, 23),
    _spring(2027, 2),
)

_SUBJECT_FAULTS = (
    ("none", 76),
    ("late_end", 4),
    ("rest_day", 4),
    ("vacation", 2),
    ("school_hours", 1),
    ("pace", 5),
    ("syllabus", 3),
    ("no_end_date", 2),
    ("words_for_number", 2),
    ("long_fee", 1),
)
_ACTIVITY_FAULTS = (
    ("none", 82),
    ("late_end", 4),
    ("school_hours", 4),
    ("no_teacher", 3),
    ("disguise", 3),
    ("appraise", 2),
    ("high_fee", 2),
)


@dataclass(frozen=True)
class PlannedFiling:
    """One row that an institution will file, and the fault that was put in on purpose."""

    institution_number: int
    term: str
    filed_on: date
    fault: str
    cells: Cells


def plan_filings(
    institutions: Sequence[PlannedInstitution],
    *,
    count: int,
    topics: Mapping[str, Topics],
    last_filed_on: date,
    random: Random,
) -> Iterator[PlannedFiling]:
    """`count` filings of the institutions that could have filed, term after term.

    `topics` gives, for each term's label, unit titles by (subject, grade, term) of the textbooks
    then in use; nothing is filed after `last_filed_on`.
    """
    able = [
        item
        for item in institutions
        if item.state in ("in_force", "suspended", "expired") and not item.is_late
    ]
    total = sum(term.weight for term in TERMS)
    left = count
    for term in TERMS:
        share = left if term is TERMS[-1] else round(count * term.weight / total)
        left -= share
        holding = [item for item in able if _holds(item, term)] or able
        for number, institution in enumerate(_filers(holding, share, random), start=1):
            yield _filing(institution, term, number, topics[term.label], last_filed_on, random)


def _holds(institution: PlannedInstitution, term: DemoTerm) -> bool:
    """Whether its licence stands when the term begins; some run out before it ends."""
    opens = term.windows[0][0]
    return institution.licence_starts_on <= opens < institution.licence_ends_before


def _filers(
    able: Sequence[PlannedInstitution], share: int, random: Random
) -> list[PlannedInstitution]:
    """Who files how much in a term: institutions by number, each as often as it has classes."""
    chosen: list[PlannedInstitution] = []
    for institution in random.sample(able, len(able)):
        chosen += [institution] * min(random.randint(3, 9), share - len(chosen))
    while len(chosen) < share:
        chosen.append(random.choice(able))
    return sorted(chosen, key=lambda item: item.number)


def _pick(random: Random, table: tuple[tuple[str, int], ...]) -> str:
    return random.choices([key for key, _ in table], [weight for _, weight in table])[0]


def _filing(
    institution: PlannedInstitution,
    term: DemoTerm,
    number: int,
    topics: Topics,
    last_filed_on: date,
    random: Random,
) -> PlannedFiling:
    is_subject = institution.category == "subject"
    fault = _pick(random, _SUBJECT_FAULTS if is_subject else _ACTIVITY_FAULTS)
    starts, ends, weekday, sessions = _sessions(institution, term, random)
    cells = _frame(institution, term, number, random)
    cells |= {
        "开班日期": starts,
        "结课日期": ends,
        "上课星期": WEEKDAYS[weekday],
        "上课时间": "18:30-20:00" if is_subject else random.choice(("09:00-10:30", "14:00-15:30")),
        "每课时分钟": 40,
        "课间休息分钟": 10,
        "总课时": sessions * 2,
    }
    cells |= (
        _subject_cells(term, topics, sessions, random)
        if is_subject
        else _activity_cells(institution, sessions, random)
    )
    _put_in(cells, fault, term, topics, random)
    filed_on = min(starts - timedelta(days=random.randint(18, 40)), last_filed_on)
    return PlannedFiling(institution.number, term.label, filed_on, fault, cells)


def _sessions(
    institution: PlannedInstitution, term: DemoTerm, random: Random
) -> tuple[date, date, int, int]:
    """First and last day, weekday (0 = Monday), and how many weekly sessions lie between."""
    # One institution in four starts its classes in the term's second half.
    opens, closes = term.windows[1 if institution.number % 4 == 0 else 0]
    is_subject = institution.category == "subject"
    weekday = random.randint(0, 4) if is_subject else random.choice((5, 6))
    starts = opens + timedelta(days=(weekday - opens.weekday()) % 7)
    most = ((closes - starts).days - 1) // 7
    sessions = random.randint(max(2, most - 3), most) + 1
    return starts, starts + timedelta(days=7 * (sessions - 1)), weekday, sessions


def _frame(institution: PlannedInstitution, term: DemoTerm, number: int, random: Random) -> Cells:
    """What every row carries, whatever is taught."""
    place = random.choice(institution.premises)
    return {
        "机构许可证号": institution.licence_number or institution.credit_code,
        "班次": f"{term.label}{number}期",
        "培训方式": "线下",
        "授课地点": place.address,
        "授课教师": person_name(random),
        "教师身份": random.choice(("专职", "专职", "兼职")),
        "班额": random.choice((8, 10, 12, 16, 20, 24)),
        "收费方式": random.choice(("按周期", "按课时")),
    }


def _charged(cells: Cells, random: Random) -> date:
    starts = cells["开班日期"]
    assert isinstance(starts, date)  # noqa: S101  the plan itself put it there
    return starts - timedelta(days=random.randint(1, 4))


def _subject_cells(term: DemoTerm, topics: Topics, sessions: int, random: Random) -> Cells:
    subject, grade = _subject_and_grade(term, topics, random)
    units = _some(topics[subject, grade, term.term], random)
    level = "primary" if grade <= 6 else "junior"
    spoken = "英语" if subject == "外语" else subject
    return {
        "班级名称": f"{words.GRADE_NAMES[grade]}{spoken}培训班",
        "培训类别": "学科类",
        "学科或项目": subject,
        "招生对象": words.GRADE_NAMES[grade],
        "培训内容": f"{'、'.join(units)}，课堂讲练结合。",
        "进度安排": _schedule(units, sessions),
        "培训材料": f"{words.GRADE_NAMES[grade]}{spoken}教材、自编学习单",
        "资格证书号": f"20{random.randint(10, 24)}51{random.randint(10**10, 10**11 - 1)}",
        "证书学科或专业": words.TEACHER_CERTIFICATES[level].format(subject=spoken),
        "收费总额": sessions * 2 * random.randint(18, 28),
    }


def _subject_and_grade(term: DemoTerm, topics: Topics, random: Random) -> tuple[str, int]:
    known = sorted(
        {(subject, grade) for subject, grade, part in topics if part == term.term and grade <= 9}
    )
    return random.choice([pair for pair in known if pair[0] in words.SUBJECTS])


def _some(units: Sequence[str], random: Random) -> list[str]:
    """Two or three neighbouring units, as a class would take them."""
    size = min(len(units), random.randint(2, 3))
    first = random.randint(0, len(units) - size)
    return list(units[first : first + size])


def _schedule(units: Sequence[str], sessions: int) -> str:
    """`第1-3次：…；第4-6次：…`, the sessions split over the units."""
    parts: list[str] = []
    begin = 1
    for index, unit in enumerate(units):
        end = sessions * (index + 1) // len(units)
        if end >= begin:
            span = f"第{begin}次" if begin == end else f"第{begin}-{end}次"
            parts.append(f"{span}：{unit}")
            begin = end + 1
    return "；".join(parts)


def _activity_cells(institution: PlannedInstitution, sessions: int, random: Random) -> Cells:
    item, names, content, materials, certificate = random.choice(
        words.ACTIVITIES[institution.activity]
    )
    grade = random.randint(1, 8)
    audience = f"{words.GRADE_NAMES[grade]}、{words.GRADE_NAMES[grade + 1]}"
    return {
        "班级名称": random.choice(names),
        "培训类别": "非学科类",
        "学科或项目": item,
        "招生对象": audience,
        "培训内容": content,
        "进度安排": _schedule(["基础练习", "小组练习", "成果展示"], sessions),
        "培训材料": materials,
        "资格证书号": f"ZY20{random.randint(10, 24)}{random.randint(10**5, 10**6 - 1)}",
        "证书学科或专业": certificate,
        "收费总额": sessions * 2 * random.randint(50, 90),
    }


def _put_in(cells: Cells, fault: str, term: DemoTerm, topics: Topics, random: Random) -> None:
    """Spoil the row on purpose, as the plan says; then set the day of charging."""
    cells["收费日期"] = _charged(cells, random)
    simple: dict[str, Cells] = {
        "late_end": {"上课时间": random.choice(("19:10-20:40", "19:30-21:00"))},
        "school_hours": {"上课时间": "14:00-15:30", "上课星期": "周三"},
        "no_end_date": {"结课日期": None},
        "words_for_number": {"总课时": "若干"},
        "no_teacher": {"授课教师": ""},
        "high_fee": {"收费总额": 5600 + 100 * random.randint(0, 20)},
        "long_fee": {"收费总额": 12_000},
        "disguise": {
            "班级名称": "思维成长营",
            "培训内容": "小数加减法、三角形讲练，每周一张小卷。",
            "培训材料": "数学同步练习",
            "证书学科或专业": "小学数学",
        },
        "appraise": {
            "班级名称": "国学雅集班",
            "学科或项目": "国学",
            "培训内容": "听故事、学礼仪。",
        },
    }
    cells.update(simple.get(fault, {}))
    if fault == "school_hours":
        _move_to(cells, weekday=2)
    elif fault == "rest_day":
        _move_to(cells, weekday=5)
        cells |= {"上课星期": "周六", "上课时间": "09:00-10:30"}
    elif fault == "vacation":
        _into_summer(cells, term)
    elif fault in ("pace", "syllabus"):
        _teach_ahead(cells, fault, term, topics, random)


def _move_to(cells: Cells, *, weekday: int) -> None:
    """Shift the whole class to another weekday of the same weeks."""
    starts, ends = cells["开班日期"], cells["结课日期"]
    if isinstance(starts, date) and isinstance(ends, date):
        shift = timedelta(days=weekday - starts.weekday())
        cells["开班日期"], cells["结课日期"] = starts + shift, ends + shift


def _into_summer(cells: Cells, term: DemoTerm) -> None:
    year = term.windows[0][0].year
    cells["开班日期"] = date(year, 7, 13)
    cells["结课日期"] = date(year, 7, 31)
    cells["上课星期"] = "周一至周五"
    cells["收费日期"] = date(year, 7, 1)
    cells["总课时"] = 30


def _teach_ahead(cells: Cells, fault: str, term: DemoTerm, topics: Topics, random: Random) -> None:
    """Put in a unit of the next term (pace) or of the next stage (syllabus)."""
    subject = str(cells["学科或项目"])
    grade = words.GRADE_NAMES.index(str(cells["招生对象"]))
    later = (subject, grade, 2) if term.term == 1 else (subject, min(grade + 1, 9), 1)
    if fault == "syllabus" and grade <= 6:
        later = (subject, 7 if subject in ("语文", "数学", "外语") else 8, 1)
    units = topics.get(later)
    if units:
        ahead = random.choice(list(units))
        cells["培训内容"] = f"{cells['培训内容']}提前学习{ahead}。"
        cells["进度安排"] = f"{cells['进度安排']}；最后一次：{ahead}"
