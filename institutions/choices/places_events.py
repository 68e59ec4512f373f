"""What the events of places and standards are called, and how their values are read aloud."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from institutions.choices.places import CONFIDENCE_LABELS, SOURCE_LABELS, SYSTEM_LABELS
from institutions.choices.premises import BUILDING_KIND_LABELS, ROOM_USE_LABELS
from institutions.choices.register import Words

PLACES_EVENT_LABELS: Words = {
    "premises.located": _("查到场所位置"),
    "premises.not_located": _("没有查到场所位置"),
    "premises.point_moved": _("标定场所位置"),
    "places.centre_recorded": _("登记镇街中心点"),
    "standard.entered": _("录入设置标准"),
    "standard.ended": _("终止设置标准"),
}
PLACES_FIELD_LABELS: Words = {
    "teaching_area_m2": _("教学用房（平方米）"),
    "max_pupils": _("同一时段最多学员（人）"),
    "lowest_floor": _("最低在几层"),
    "highest_floor": _("最高在几层"),
    "building_kind": _("房屋性质"),
    "room_use": _("教室怎么用"),
    "lease_until": _("租期到哪天"),
    "longitude": _("经度"),
    "latitude": _("纬度"),
    "system": _("坐标系"),
    "source": _("出处"),
    "confidence": _("准确程度"),
    "asked": _("查询的地址"),
    "matched": _("对上的是"),
    "point_dropped": _("按旧地址查得的位置作废"),
}
PLACES_VALUE_WORDS: Mapping[str, Words] = {
    "building_kind": BUILDING_KIND_LABELS,
    "room_use": ROOM_USE_LABELS,
    "system": SYSTEM_LABELS,
    "source": SOURCE_LABELS,
    "confidence": CONFIDENCE_LABELS,
}
