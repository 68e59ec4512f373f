"""What a name says of its bearer: a registered organisation's name, or only what is on the sign.

Source for the form at the end of a name: 企业名称登记管理规定 art. 6 (组织形式) and
民办非企业单位名称管理暂行规定 art. 5; for 托管 and 教育咨询: the plan of Chengdu, item 18.
"""

from __future__ import annotations

import re
from enum import StrEnum

from institutions.core.register.text import clean_text, match_key, without_bracket

_COMPANY = re.compile(r"(?:有限责任公司|股份有限公司|有限公司|集团公司|公司)$")
_FORM = re.compile(
    r"(?:公司|学校|学院|书院|画院|艺术院|研究院|中心|工作室|俱乐部|[\u4e00-\u9fff]部|少年宫|文化宫|青少年宫"
    r"|[\u4e00-\u9fff]馆|[\u4e00-\u9fff]社|[\u4e00-\u9fff]所|[\u4e00-\u9fff]站|[\u4e00-\u9fff]店"
    r"|培训班|补习班|培训院|基金会|协会|学会|合作社|合伙企业|营地)$"
)
_BRANCH = re.compile(r"(?:[\u4e00-\u9fff]{0,8}(?:分公司|分校|校区|教学点|分部|分中心))$")
_KINDERGARTEN = re.compile(r"幼儿园|幼稚园|托儿所|托育园")
_FULL_TIME_SCHOOL = re.compile(r"(?:小学|中学|初中|高中|大学|职业学校|九年一贯制学校|完全中学)$")
_CHILD_CARE = re.compile(r"(?<!委)托管|午托|晚托|小饭桌")
_TRAINING = re.compile(r"培训|补习|辅导|学校")
_NOT_TRAINING = re.compile(r"(?<!学科类)非(?:校外)?培训机构")
_SIGN_ONLY = re.compile(
    r"brand name only|trade name|not (?:a )?legal name|仅品牌|品牌名|商号|店招|字号名称|非登记名称",
    re.IGNORECASE,
)


class NameKind(StrEnum):
    """What kind of bearer a row speaks of."""

    TRAINING = "training"
    KINDERGARTEN = "kindergarten"
    FULL_TIME_SCHOOL = "full_time_school"
    CHILD_CARE = "child_care"
    OTHER = "other"
    SIGN_ONLY = "sign_only"


def is_company(name: str) -> bool:
    """Whether the name is a company's (公司), a branch in brackets aside."""
    return _COMPANY.search(_core_of(name)) is not None


def has_organisation_form(name: str) -> bool:
    """Whether the name ends in an organisation form, as every registered name does."""
    core = _core_of(name)
    return _FORM.search(core) is not None or _BRANCH.search(core) is not None


def kind_of(*, name: str, category: str, note: str) -> NameKind:
    """What a row's name, printed category and note say of its bearer, the first that fits."""
    if _KINDERGARTEN.search(name) or _KINDERGARTEN.search(category):
        return NameKind.KINDERGARTEN
    if _FULL_TIME_SCHOOL.search(_core_of(name)):
        return NameKind.FULL_TIME_SCHOOL
    if _is_child_care(name, category):
        return NameKind.CHILD_CARE
    if _NOT_TRAINING.search(category):
        return NameKind.OTHER
    if _SIGN_ONLY.search(note) or not has_organisation_form(name):
        return NameKind.SIGN_ONLY
    return NameKind.TRAINING


def _is_child_care(name: str, category: str) -> bool:
    named = _CHILD_CARE.search(name) is not None and _TRAINING.search(name) is None
    return named or _CHILD_CARE.match(category) is not None


def name_key(name: str) -> str:
    """The key by which one name is recognised in another list's spelling."""
    return match_key(name)


def _core_of(name: str) -> str:
    return without_bracket(clean_text(name))
