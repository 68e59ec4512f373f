"""The words of the setting standards: what each asks for, and what a place's finding says."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from institutions.choices.premises import BUILDING_KIND_LABELS, ROOM_USE_LABELS
from institutions.choices.public_register import STAGES_JOINER
from institutions.choices.register import Words, as_choices
from regulator.web.choices import NEUTRAL, OK, UNKNOWN, Badge

STANDARD_LABELS: Words = {
    "total_area_m2_min": _("建筑面积不少于（平方米）"),
    "teaching_share_min": _("教学用房占建筑面积不少于"),
    "pupil_area_m2_min": _("同一时段生均面积不少于（平方米）"),
    "floor_max": _("楼层不高于（层）"),
    "floor_min": _("楼层不低于（层，地下为负）"),
    "buildings_banned": _("不得设在"),
    "lease_months_min": _("租期不少于（月）"),
}
KIND_LABELS: Words = {
    "subject": _("学科类"),
    "culture_arts": _("文化艺术类"),
    "sport": _("体育类"),
    "science": _("科技类"),
    "comprehensive": _("综合类"),
}
STAGE_LABELS: Words = {
    "preschool": _("学龄前"),
    "primary": _("小学"),
    "junior": _("初中"),
    "senior": _("普通高中"),
}
STANDARD_CHOICES = as_choices(STANDARD_LABELS)
KIND_CHOICES = as_choices(KIND_LABELS)
STAGE_CHOICES = as_choices(STAGE_LABELS)

ALL_KINDS, ALL_STAGES, ALL_USES = _("各类培训"), _("各学段"), _("各种用途")
ENTERED_BADGE = Badge(OK, _("本区录入"))
SOURCED_BADGE = Badge(NEUTRAL, _("公开文件"))
UNSURE_BADGE = Badge(UNKNOWN, _("出处不可靠"))
BLANK_BADGE = Badge(UNKNOWN, _("没有录入"))
SOFT, HARD = _("原则上"), _("必须")
ELSEWHERE_CONFIDENCE: Words = {"high": _("高"), "medium": _("中"), "low": _("低")}

STANDARD_FIELD_LABELS: Words = {
    "standard": _("标准"),
    "value": _("数"),
    "kind": _("哪类培训"),
    "stage": _("哪个学段"),
    "room_use": _("教室怎么用"),
    "is_soft": _("性质"),
    "instrument": _("依据的文件"),
    "document_number": _("文号"),
    "article": _("第几条"),
    "starts_on": _("从哪天起"),
    "ends_before": _("到哪天为止（不含）"),
}
STANDARD_WORDS: Mapping[str, Words] = {
    "standard": STANDARD_LABELS,
    "kind": KIND_LABELS,
    "stage": STAGE_LABELS,
    "room_use": ROOM_USE_LABELS,
}

STANDARD_REFUSAL_TEXTS: Words = {
    "standard.value_unreadable": _("“%(text)s”不是一个数。可以写 200、2.5、2/3 或 50%%。"),
    "standard.value_out_of_range": _(
        "“%(text)s”不在这项标准可能的范围里：面积、月数要大于 0，占比在 0 和 1 之间，楼层是整数。"
    ),
    "standard.building_unknown": _("请至少选一种不得使用的房屋。"),
    "standard.instrument_missing": _("没有写依据。请填写规定这个数的文件名称。"),
    "standard.reason_missing": _("没有写为什么录入。理由会记入留痕。"),
    "standard.no_change": _("这一天起本来就是这个数，没有可改的。"),
    "standard.ends_before_start": _("这个数从 %(starts)s 起才有效，终止日期要在它之后。"),
    "standard.ended_already": _("这个数已于 %(before)s 终止。"),
}
PREMISES_REFUSAL_TEXTS: Words = {
    "premises.floor_zero": _("没有 0 层：一层写 1，地下一层写 -1。"),
    "premises.floors_reversed": _(
        "最低在 %(lowest)s 层，最高却在 %(highest)s 层。请核对两项是否写反。"
    ),
    "premises.teaching_larger": _(
        "教学用房 %(teaching)s 平方米，比建筑面积 %(area)s 平方米还大。请核对。"
    ),
}


def value_words(standard: str, text: str) -> str:
    """A figure as it is read; kinds of buildings by name."""
    if standard != "buildings_banned":
        return text
    return str(STAGES_JOINER).join(
        str(BUILDING_KIND_LABELS.get(part, part)) for part in text.split("|")
    )
