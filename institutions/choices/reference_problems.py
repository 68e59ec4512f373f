"""Why a cell or a row of a reference table cannot stay as it is, and what each column is called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

from institutions.choices.register import Words
from institutions.core.reference_tables.rows import CellProblem
from regulator.kernel.outcomes import Refusal

COLUMN_LABELS: Words = {
    "subject": _("学科"),
    "grade": _("年级"),
    "edition": _("版本"),
    "revision": _("修订年份"),
    "term": _("册次"),
    "unit": _("单元"),
    "unit_title": _("单元名称"),
    "week": _("教学周"),
    "first_school_year": _("最早使用学年"),
    "last_school_year": _("最后使用学年"),
    "key_terms": _("关键词"),
    "confidence": _("可信程度"),
    "in_use_note": _("使用说明"),
    "source": _("出处"),
    "note": _("说明"),
    "id": _("编号"),
    "grade_from": _("起始年级"),
    "grade_to": _("终止年级"),
    "theme": _("主题"),
    "topic": _("内容"),
    "earliest_grade": _("最早学习年级"),
    "earliest_term": _("最早学习册次"),
    "earliest_note": _("学习时间说明"),
    "basis": _("依据种类"),
    "speaks_of": _("所说的是"),
    "alias": _("说法"),
    "kind": _("怎样识别"),
    "word": _("项目用语"),
    "treatment": _("怎样处理"),
    "division_group": _("价区"),
    "mode": _("培训方式"),
    "students_from": _("班额自"),
    "students_below": _("班额不满"),
    "lesson_minutes": _("课时分钟"),
    "base_yuan": _("基准价（元）"),
    "float_percent": _("上浮百分比"),
    "valid_from": _("有效期起"),
    "valid_to": _("有效期止"),
}
COLUMN_HELP: Words = {
    "revision": _("教材版权页上的修订年份，如 2024。周表里空着的，指学生实际用的那一本。"),
    "unit": _("单元的序号或名称，与教材单元表一致。"),
    "week": _("第一周是开学第一天所在的周。"),
    "key_terms": _("用竖线 | 隔开。"),
    "earliest_grade": _("高中填 10，不属于中小学的填 99。"),
    "last_school_year": _("仍在用的空着；2024 表示 2024-25 学年。"),
    "first_school_year": _("2024 表示 2024-25 学年。"),
    "students_below": _("没有上限的空着。"),
    "valid_to": _("最后一天；没有写明的空着。"),
    "confidence": _("“低”的行不会判为违规，只提示人工判断。"),
    "grade": _("1 到 12 的整数，10 是高一。"),
}
WHOLE_ROW = _("这一行")
PROBLEM_TEXTS: Words = {
    "needed": _("没有填写。请补上。"),
    "too_long": _("有 %(length)s 个字，最多 %(most)s 个。请缩短。"),
    "no_letters": _("“%(value)s”里没有可以比对的字。请改写。"),
    "too_short": _("“%(value)s”太短，会误伤别的词。请至少写 %(least)s 个字。"),
    "no_whole_number": _("“%(value)s”不是 %(least)s 到 %(most)s 之间的整数。请改正。"),
    "no_day": _("“%(value)s”读不成日期。请写成 2026-09-01 的样子。"),
    "no_amount": _("“%(value)s”读不成金额。请写大于 0、不超过 %(most)s 元的数，最多两位小数。"),
    "not_allowed": _("“%(value)s”不在可选的值里。请从这些里选：%(allowed)s。"),
    "out_of_order": _("%(value)s 不能在 %(first)s 之前。请核对这两栏。"),
    "needs_other": _("填了这一栏，也要填“%(other)s”。"),
    "unknown_edition": _("教材单元表里没有%(value)s的%(subject)s。请核对版本，或先补教材单元表。"),
    "unknown_unit": _("教材单元表里这一册没有“%(value)s”这个单元。请照单元表的序号或名称填写。"),
    "overlaps": _("与班额自 %(other)s 人、%(since)s 起的一行重叠，一个班会有两个价。请改正。"),
    "twice": _("与文件第 %(other)s 行是同一行。请只留一行。"),
}  # fmt: skip


def problem_text(problem: CellProblem) -> str:
    """Why a cell cannot stay, and what to do."""
    params: Mapping[str, Any] = problem.params
    if "other" in params and params["other"] in COLUMN_LABELS:
        params = {**params, "other": COLUMN_LABELS[params["other"]]}
    return str(PROBLEM_TEXTS[problem.code]) % params


def column_label(name: str) -> Promise | str:
    """A column's label, or that the whole row is meant."""
    return COLUMN_LABELS.get(name, WHOLE_ROW)


def row_refusal(row: int | str, problem: CellProblem) -> Refusal:
    """A problem as a refusal that names row and column."""
    said: Any = lazy(problem_text, str)(problem)
    params = {"row": row, "column": column_label(problem.column), "problem": said}
    return Refusal("reference.row_problem", params)
