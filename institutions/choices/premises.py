"""The words for what is known of a place: its building, and what is done in its rooms."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from institutions.choices.register import Words, as_choices

BUILDING_KIND_LABELS: Words = {
    "education": _("教育科研用房"),
    "commercial": _("商业用房"),
    "office": _("办公用房"),
    "sports_cultural": _("体育、文化场馆"),
    "residential": _("居民住宅"),
    "industrial": _("厂房、仓库"),
    "self_built": _("自建房"),
    "temporary": _("临时建筑"),
    "other": _("其他"),
}
# What is done in the rooms, as the standards tell areas per pupil apart.
ROOM_USE_LABELS: Words = {
    "seated": _("坐着上课（美术、音乐、文化课等）"),
    "movement": _("要活动的地方（舞蹈、戏剧、球类等）"),
    "board_games": _("棋牌"),
}
BUILDING_KIND_CHOICES = as_choices(BUILDING_KIND_LABELS)
ROOM_USE_CHOICES = as_choices(ROOM_USE_LABELS)
