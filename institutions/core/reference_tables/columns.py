"""The columns of each reference table, as the desk, the files and the screening know them.

A cell is a text. `name` is the header of the shipped CSV files; `header` is the one a bureau's own
files carry, and both are read. A choice is kept by its code and written by its word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from institutions.core.register.text import clean_text
from regulator.calendars.core.settings import EDITION_CODES


class Kind(StrEnum):
    """The tables that a bureau keeps."""

    EDITIONS = "editions"
    WEEKS = "weeks"
    UNITS = "units"
    NEGATIVE = "negative"
    ALIASES = "aliases"
    ACTIVITIES = "activities"
    PRICES = "prices"


class Form(StrEnum):
    """What a cell holds. `terms` are words with | between them, `yuan` an exact amount."""

    TEXT = "text"
    TERMS = "terms"
    WHOLE = "whole"
    DAY = "day"
    YUAN = "yuan"
    CHOICE = "choice"


@dataclass(frozen=True)
class Column:
    """A column: what its cells hold, within which limits, and whether every row needs one."""

    name: str
    header: str
    form: Form = Form.TEXT
    needed: bool = False
    least: int = 0
    most: int = 0
    longest: int = 60
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TableSpec:
    """A table: its columns, those that tell one row from another, those shown in lists.

    `shipped` is the file of the product's own rows; a table without one begins empty.
    """

    kind: Kind
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    listed: tuple[str, ...]
    shipped: str = ""

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(one for one in self.columns if one.name == name)


_SUBJECT_WORDS = {subject: subject for subject in EDITION_CODES}
_CONFIDENCE = {"high": "高", "medium": "中", "low": "低"}
_TERMS = {"1": "上册", "2": "下册"}
_SOURCE_LENGTH = 300
_WORDS_LENGTH = 300
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_SENIOR_GRADE = 12
_LAST_GRADE_WITH_UNITS = 9
_BEYOND = 99


def _choice(name: str, header: str, words: Mapping[str, str], *, needed: bool = True) -> Column:
    return Column(name, header, Form.CHOICE, needed=needed, words=words)


def _whole(name: str, header: str, least: int, most: int, *, needed: bool = True) -> Column:
    return Column(name, header, Form.WHOLE, needed=needed, least=least, most=most)


def _text(name: str, header: str, longest: int, *, needed: bool = False) -> Column:
    return Column(name, header, needed=needed, longest=longest)


_SUBJECT = _choice("subject", "学科", _SUBJECT_WORDS)
_EDITION = _text("edition", "版本", 20, needed=True)
_NOTE = _text("note", "说明", _SOURCE_LENGTH)
_SOURCE = _text("source", "出处", _SOURCE_LENGTH)
_TRUST = _choice("confidence", "可信程度", _CONFIDENCE)
_TERM = _choice("term", "册次", _TERMS)

_EDITIONS = TableSpec(
    Kind.EDITIONS,
    (_SUBJECT, _whole("grade", "年级", 1, _SENIOR_GRADE), _EDITION, _NOTE),
    key=("subject", "grade"),
    listed=("subject", "grade", "edition", "note"),
)
_WEEKS = TableSpec(
    Kind.WEEKS,
    (
        _SUBJECT,
        _EDITION,
        _text("revision", "修订年份", 10),
        _whole("grade", "年级", 1, _LAST_GRADE_WITH_UNITS),
        _TERM,
        _text("unit", "单元", 80, needed=True),
        _whole("week", "教学周", 1, 30),
        _NOTE,
    ),
    key=("subject", "edition", "revision", "grade", "term", "unit"),
    listed=("unit", "subject", "edition", "grade", "term", "week"),
)
_UNITS = TableSpec(
    Kind.UNITS,
    (
        _SUBJECT,
        _EDITION,
        _text("revision", "修订年份", 10, needed=True),
        _whole("first_school_year", "最早使用学年", _FIRST_YEAR, _LAST_YEAR),
        _whole("last_school_year", "最后使用学年", _FIRST_YEAR, _LAST_YEAR, needed=False),
        _whole("grade", "年级", 1, _LAST_GRADE_WITH_UNITS),
        _TERM,
        _text("unit", "单元序号", 10),
        _text("unit_title", "单元名称", 80, needed=True),
        Column("key_terms", "关键词", Form.TERMS, longest=_WORDS_LENGTH),
        _TRUST,
        _text("in_use_note", "使用说明", _SOURCE_LENGTH),
        _SOURCE,
    ),
    key=("subject", "edition", "revision", "grade", "term", "unit", "unit_title"),
    listed=("unit_title", "subject", "edition", "revision", "grade", "term", "unit", "confidence"),
    shipped="pace_units.csv",
)
_NEGATIVE = TableSpec(
    Kind.NEGATIVE,
    (
        _text("id", "编号", 20, needed=True),
        _SUBJECT,
        _whole("grade_from", "起始年级", 0, _SENIOR_GRADE),
        _whole("grade_to", "终止年级", 0, _SENIOR_GRADE),
        _text("theme", "主题", 60),
        _text("topic", "内容", 120, needed=True),
        Column("key_terms", "关键词", Form.TERMS, longest=_WORDS_LENGTH),
        _whole("earliest_grade", "最早学习年级", 1, _BEYOND, needed=False),
        _choice("earliest_term", "最早学习册次", _TERMS, needed=False),
        _text("earliest_note", "学习时间说明", _SOURCE_LENGTH),
        _choice(
            "basis",
            "依据种类",
            {
                "list_text": "清单原文",
                "list_press": "清单报道",
                "derived": "按原则推出",
                "competition": "竞赛内容",
            },
        ),
        _TRUST,
        _text("source", "出处", _SOURCE_LENGTH, needed=True),
        _NOTE,
        _choice("speaks_of", "所说的是", {"topic": "内容", "pace": "进度"}),
    ),
    key=("id",),
    listed=("id", "subject", "grade_from", "grade_to", "topic", "key_terms", "basis"),
    shipped="negative_list.csv",
)
_ALIASES = TableSpec(
    Kind.ALIASES,
    (
        _SUBJECT,
        _text("alias", "说法", 20, needed=True),
        _choice(
            "kind",
            "怎样识别",
            {
                "word": "词语",
                "token": "单独出现的字母",
                "code": "课程词旁的字母",
                "emoji": "表情符号",
                "phrase": "课堂用语",
            },
        ),
        _NOTE,
    ),
    key=("subject", "alias", "kind"),
    listed=("alias", "subject", "kind", "note"),
    shipped="subject_aliases.csv",
)
_ACTIVITIES = TableSpec(
    Kind.ACTIVITIES,
    (
        _text("word", "项目用语", 20, needed=True),
        _choice("treatment", "怎样处理", {"appraise": "须鉴别", "activity": "非学科项目"}),
        _NOTE,
    ),
    key=("word",),
    listed=("word", "treatment", "note"),
    shipped="activities.csv",
)
_PRICES = TableSpec(
    Kind.PRICES,
    (
        _choice(
            "division_group",
            "价区",
            {"central": "中心城区", "other": "其他区域", "sichuan": "全省"},
        ),
        _choice(
            "mode",
            "培训方式",
            {"线下": "线下", "线上直播": "线上直播", "线上录播": "线上录播"},
        ),
        _whole("students_from", "班额自", 1, 1000),
        _whole("students_below", "班额不满", 2, 1000, needed=False),
        _whole("lesson_minutes", "课时分钟", 1, 240),
        Column("base_yuan", "基准价（元）", Form.YUAN, needed=True, most=100_000),
        _whole("float_percent", "上浮百分比", 0, 100),
        Column("valid_from", "有效期起", Form.DAY, needed=True),
        Column("valid_to", "有效期止", Form.DAY),
        _text("source", "出处", _SOURCE_LENGTH, needed=True),
        _TRUST,
    ),
    key=("division_group", "mode", "students_from", "lesson_minutes", "valid_from"),
    listed=(
        "division_group",
        "mode",
        "students_from",
        "students_below",
        "lesson_minutes",
        "base_yuan",
        "float_percent",
        "valid_from",
        "valid_to",
    ),
    shipped="guide_prices.csv",
)

TABLES: Mapping[str, TableSpec] = {
    spec.kind.value: spec
    for spec in (_EDITIONS, _WEEKS, _UNITS, _NEGATIVE, _ALIASES, _ACTIVITIES, _PRICES)
}
MOST_ROWS = 5_000


def written_cell(column: Column, value: str) -> str:
    """A cell as files and pages write it: a choice by its word."""
    return column.words.get(value, value)


def column_of_header(spec: TableSpec, header: str) -> Column | None:
    """The column that a header of a file names, by its word or its name, whatever its width."""
    wanted = clean_text(header)
    named = (one for one in spec.columns if wanted in (clean_text(one.header), one.name))
    return next(named, None)
