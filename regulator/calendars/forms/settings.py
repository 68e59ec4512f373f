"""The form of one setting: its value in the widget that fits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regulator.calendars.choices.texts import CHOICE_LABELS
from regulator.calendars.core.settings import SettingKind, SettingSpec
from regulator.calendars.forms.calendars import DayField

_SHORT_TEXT = {"rows": 2, "lang": "zh"}


def _value_field(spec: SettingSpec) -> forms.Field:
    if spec.kind == SettingKind.FLAG:
        choices = [(word, CHOICE_LABELS[word]) for word in ("yes", "no")]
        return forms.ChoiceField(label=_("取值"), choices=choices, widget=forms.RadioSelect)
    if spec.kind == SettingKind.CHOICE:
        choices = [(word, CHOICE_LABELS[word]) for word in spec.allowed]
        return forms.ChoiceField(label=_("取值"), choices=choices)
    helps = {
        SettingKind.WORKDAYS: _("填整数，单位是工作日。"),
        SettingKind.PERCENT: _("填整数，单位是百分之一，例如 50。"),
        SettingKind.MONTHS: _("填整数，单位是月。"),
        SettingKind.KEEPING: _("填整数，单位是月；没有查到规定的填 0，期限就显示为“无法判定”。"),
        SettingKind.DAYS: _("填整数，单位是日。"),
        SettingKind.COUNT: _("填整数，单位是次。"),
        SettingKind.POINTS: _("填整数，单位是分；填 0 的不记分。"),
        SettingKind.TIERS: _("依次写黄、橙、红三级的界限，用斜线隔开，例如 20/35/60。"),
        SettingKind.DIGIT: _("填整数，从左数的第几位。"),
        SettingKind.CLOCK_RANGE: _("写成“08:00-16:30”的样子。"),
        SettingKind.EDITION: _("照教材封面的写法，例如“人教版”。"),
    }
    return forms.CharField(label=_("取值"), max_length=40, help_text=helps[spec.kind])


class SettingForm(forms.Form):
    """A value from a day on, with its basis and the reason."""

    starts_on = DayField(
        label=_("从哪天起"),
        help_text=_("这一天以前的事仍按原来的取值判断。"),
    )
    basis = forms.CharField(
        label=_("依据"),
        max_length=500,
        widget=forms.Textarea(attrs=_SHORT_TEXT),
        help_text=_("哪份文件，或者谁在什么时候确认的。"),
    )
    reason = forms.CharField(
        label=_("理由"), max_length=500, widget=forms.Textarea(attrs=_SHORT_TEXT)
    )

    def __init__(self, *args: Any, spec: SettingSpec, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = _value_field(spec)
        self.order_fields(["text", "starts_on", "basis", "reason"])
