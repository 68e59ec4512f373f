"""Why a point, a centre or a geocoding was refused."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from institutions.choices.register import Words

PLACES_REFUSAL_TEXTS: Words = {
    "places.position_swapped": _(
        "经度 %(longitude)s、纬度 %(latitude)s 像是写反了：中国的经度在 73 到 135 之间，"
        "纬度在 3 到 54 之间。"
    ),
    "places.position_outside": _("经度 %(longitude)s、纬度 %(latitude)s 不在中国境内，请核对。"),
    "places.reason_missing": _("没有写为什么标在这里。理由会记入留痕。"),
    "places.source_missing": _("没有写这个中心点的出处。"),
    "places.not_moved": _("位置没有变，没有可保存的。"),
    "places.premises_closed": _("这处场所已停用，不再标定位置。"),
    "places.nothing_to_locate": _("在用的场所都有位置，或者已经查过、没有查到；没有要查的。"),
    "places.geocoding_running": _("本区的位置查询正在进行，等它做完再提交。"),
}
JOB_TITLE = gettext_noop("补全场所位置")
