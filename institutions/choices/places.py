"""The words for a point: its system, who gave it, and how near it lies."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from institutions.choices.register import Words, as_choices

SYSTEM_LABELS: Words = {
    "wgs84": _("WGS-84（卫星定位、天地图）"),
    "gcj02": _("GCJ-02（高德、腾讯）"),
    "bd09": _("BD-09（百度）"),
}
SOURCE_LABELS: Words = {
    "gazetteer": _("内置镇街表"),
    "baidu": _("百度地图"),
    "tianditu": _("天地图"),
    "person": _("人工标定"),
}
CONFIDENCE_LABELS: Words = {
    "high": _("准确到门牌"),
    "medium": _("大致到街道"),
    "low": _("只到镇街，约略中心"),
}
CONFIDENCE_TONES: Mapping[str, str] = {"high": "ok", "medium": "neutral", "low": "unknown"}
OUTCOME_LABELS: Words = {"match": _("查到"), "none": _("没有查到")}
NO_POINT = _("还没有位置")

SYSTEM_CHOICES = as_choices(SYSTEM_LABELS)
SOURCE_CHOICES = as_choices(SOURCE_LABELS)
CONFIDENCE_CHOICES = as_choices(CONFIDENCE_LABELS)
OUTCOME_CHOICES = as_choices(OUTCOME_LABELS)
