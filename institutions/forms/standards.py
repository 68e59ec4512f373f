"""The forms of setting standards: a figure with its basis, and its end."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from institutions.choices.premises import BUILDING_KIND_CHOICES, ROOM_USE_CHOICES
from institutions.choices.standards import (
    ALL_KINDS,
    ALL_STAGES,
    ALL_USES,
    KIND_CHOICES,
    STAGE_CHOICES,
    STANDARD_CHOICES,
)
from institutions.forms.register import DayField, any_of
from institutions.services.standards import StandardDraft

_BUILDINGS = "buildings_banned"


class StandardForm(forms.Form):
    """设置标准: one figure."""

    standard = forms.ChoiceField(label=_("哪一项"), choices=STANDARD_CHOICES)
    value = forms.CharField(
        label=_("数"),
        max_length=20,
        required=False,
        help_text=_("占比写 2/3 或 50%；“不得设在”不填这里，在下一项里选。"),
    )
    buildings = forms.MultipleChoiceField(
        label=_("不得使用的房屋"),
        choices=BUILDING_KIND_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    kind = forms.ChoiceField(
        label=_("哪类培训"), choices=any_of(ALL_KINDS, KIND_CHOICES), required=False
    )
    stage = forms.ChoiceField(
        label=_("哪个学段"), choices=any_of(ALL_STAGES, STAGE_CHOICES), required=False
    )
    room_use = forms.ChoiceField(
        label=_("教室怎么用"), choices=any_of(ALL_USES, ROOM_USE_CHOICES), required=False
    )
    is_soft = forms.BooleanField(
        label=_("文件里写的是“原则上”"),
        required=False,
        help_text=_("原则上的要求不达到时只作提示，不挡办理。"),
    )
    instrument = forms.CharField(label=_("依据的文件"), max_length=200)
    document_number = forms.CharField(label=_("文号"), max_length=80, required=False)
    article = forms.CharField(label=_("第几条"), max_length=120, required=False)
    starts_on = DayField(label=_("从哪一天起"))
    reason = forms.CharField(label=_("为什么录入"), max_length=300, help_text=_("记入留痕。"))

    def draft(self) -> StandardDraft:
        """What was typed, as the service takes it."""
        cleaned: dict[str, Any] = dict(self.cleaned_data)
        cleaned.pop("reason")
        buildings = cleaned.pop("buildings")
        if cleaned["standard"] == _BUILDINGS:
            cleaned["value"] = "|".join(buildings)
        return StandardDraft(**cleaned)


class StandardEndForm(forms.Form):
    """终止: from when, and why."""

    on = DayField(label=_("从哪一天起不再按这个数"))
    reason = forms.CharField(label=_("理由"), max_length=300)
