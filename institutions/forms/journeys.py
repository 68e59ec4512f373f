"""Forms made from what a journey's table asks: the table says what, the words say how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from institutions.choices.journey_words import ask_label, option_label
from institutions.choices.journeys import JOURNEY_KIND_LABELS
from institutions.core.journeys.shape import Ask, AskKind
from institutions.forms.register import DayField, any_of
from institutions.selectors.journeys import JourneyFilters

_LARGEST_YUAN = Decimal("9999999999")
_FEN = Decimal(100)
STANDING_CHOICES = [
    ("running", _("正在办理")),
    ("mine", _("等我办")),
    ("countersign", _("等待会签")),
    ("overdue", _("已经超期")),
    ("ended", _("已经办结")),
    ("all", _("全部")),
]
GROUND_CHOICES = [
    ("hearing", _("听证")),
    ("appraisal", _("检验、检测、鉴定")),
    ("expert_review", _("专家评审")),
]


class AskForm(forms.Form):
    """A form with one field per ask; `stated()` gives what the service takes."""

    def __init__(
        self, kind: str, asks: Sequence[Ask], data: Any = None, *, initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.asks = tuple(asks)
        for ask in self.asks:
            self.fields[ask.code] = _field(kind, ask)

    def stated(self) -> dict[str, Any]:
        """What was typed, by the ask's code; blank answers are left out."""
        values: dict[str, Any] = {}
        for ask in self.asks:
            value = self.cleaned_data.get(ask.code)
            if value is None or value is False or value in ("", []):
                continue  # nought is an answer
            if ask.kind is AskKind.MONEY_FEN:
                value = int(value * _FEN)
            values[ask.code] = value
        return values


def _field(kind: str, ask: Ask) -> forms.Field:
    common: dict[str, Any] = {"label": ask_label(kind, ask.code), "required": ask.required}
    if ask.kind is AskKind.DATE:
        return DayField(**common)
    if ask.kind is AskKind.NUMBER:
        return forms.IntegerField(min_value=0, max_value=10**9, **common)
    if ask.kind is AskKind.MONEY_FEN:
        help_text = _("单位：元。")
        return forms.DecimalField(
            min_value=0, max_value=_LARGEST_YUAN, decimal_places=2, help_text=help_text, **common
        )
    if ask.kind is AskKind.FLAG:
        return forms.BooleanField(**common)
    options = [(code, option_label(ask.code, code)) for code in ask.options]
    if ask.kind is AskKind.CHOICE:
        return forms.ChoiceField(choices=[("", _("请选择")), *options], **common)
    if ask.kind is AskKind.CHOICES:
        widget = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(choices=options, widget=widget, **common)
    if ask.kind is AskKind.LONG_TEXT:
        area = forms.Textarea(attrs={"rows": 5})
        return forms.CharField(max_length=ask.longest, widget=area, **common)
    return forms.CharField(max_length=ask.longest, **common)


def kept_initial(asks: Sequence[Ask], details: Mapping[str, Any]) -> dict[str, Any]:
    """What an earlier move stated, as a form's initial values."""
    found: dict[str, Any] = {}
    for ask in asks:
        value = details.get(ask.code)
        if value is None or ask.code == "reason":
            continue
        if ask.kind is AskKind.DATE:
            value = date.fromisoformat(value)
        elif ask.kind is AskKind.MONEY_FEN:
            value = Decimal(value) / _FEN
        found[ask.code] = value
    return found


class JourneyFilterForm(forms.Form):
    """筛选办件: read as a sentence."""

    q = forms.CharField(required=False, widget=forms.HiddenInput)
    standing = forms.ChoiceField(label="", choices=STANDING_CHOICES, required=False)
    kind = forms.ChoiceField(
        label=_("的办件，事项"),
        choices=any_of(_("不限"), list(JOURNEY_KIND_LABELS.items())),
        required=False,
    )

    def filters(self) -> JourneyFilters:
        """What is asked for; what cannot be read narrows nothing."""
        self.is_valid()
        values = self.cleaned_data
        return JourneyFilters(
            kind=values.get("kind") or "",
            standing=values.get("standing") or "running",
            q=(values.get("q") or "").strip(),
        )


class DocumentForm(forms.Form):
    """上传材料: one file of one kind."""

    file = forms.FileField(
        label=_("选择文件"), help_text=_("PDF、JPG 或者 PNG，最多 20 MB。"), allow_empty_file=True
    )


class ReturnForm(forms.Form):
    """退回: with why."""

    reason = forms.CharField(
        label=_("退回的理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 4})
    )


class StopClockForm(forms.Form):
    """中止期限: for what the law does not count."""

    ground = forms.ChoiceField(label=_("因为什么中止"), choices=GROUND_CHOICES)
    expected = forms.CharField(
        label=_("预计需要多长时间"), max_length=120, help_text=_("会写进书面告知，例如“15 日”。")
    )
