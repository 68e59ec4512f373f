"""Forms of the review: the queue's filter, sending to the expert group, and a waiver."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from institutions.choices.appraisals import rule_title
from institutions.choices.filings import CATEGORY_LABELS, DELIVERY_LABELS, GRADE_WORDS
from institutions.choices.findings import RULE_TEXTS
from institutions.core.waivers import WAIVABLE
from institutions.forms.register import DayField
from institutions.selectors.filings_queue import SORTS
from regulator.accounts.choices.texts import DEPARTMENT_CHOICES

_ANY = ("", _("不限"))
_SQUARE_CM = Decimal(10_000)


class QueueForm(forms.Form):
    """The queue's filter, as a sentence."""

    PARTS: ClassVar = [
        ("", _("全部")),
        ("overdue", _("已超期")),
        ("today", _("今天到期")),
        ("undecided", _("等人判断")),
        ("breach", _("有违规项")),
        ("nothing", _("未见任何问题")),
        ("experts", _("专家鉴别中")),
    ]
    part = forms.ChoiceField(label="", choices=PARTS, required=False)
    rule = forms.ChoiceField(
        label=_("规则"),
        choices=lambda: [_ANY, *((code, text.title) for code, text in RULE_TEXTS.items())],
        required=False,
    )
    category = forms.ChoiceField(
        label=_("类别"), choices=[_ANY, *CATEGORY_LABELS.items()], required=False
    )
    department = forms.ChoiceField(
        label=_("审核部门"), choices=[_ANY, *DEPARTMENT_CHOICES], required=False
    )
    grade = forms.ChoiceField(
        label=_("年级"),
        choices=[_ANY, *((str(number), word) for number, word in enumerate(GRADE_WORDS))],
        required=False,
        widget=forms.Select(attrs={"lang": "zh"}),
    )
    delivery = forms.ChoiceField(
        label=_("方式"), choices=[_ANY, *DELIVERY_LABELS.items()], required=False
    )
    starts = forms.ChoiceField(
        label=_("开班"), choices=[_ANY, ("soon", _("14 天内或已开班"))], required=False
    )
    words = forms.CharField(
        label=_("班名、机构或编号含"), required=False, max_length=60, widget=forms.TextInput
    )

    def asked(self, sort: str) -> dict[str, str]:
        """What `QueueFilter` takes."""
        known = sort if sort.removeprefix("-") in SORTS else ""
        return {**self.cleaned_data, "sort": known}


class AppraiseForm(forms.Form):
    """What the expert group is asked about a finding."""

    rule = forms.CharField(widget=forms.HiddenInput, max_length=40)
    question = forms.CharField(
        label=_("要专家组回答的问题"),
        max_length=500,
        help_text=_("写明疑点在哪里。专家看得到班的内容，看不到机构名称。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class WaiveForm(forms.Form):
    """A waiver as it is proposed."""

    rule = forms.ChoiceField(label=_("豁免哪一项"))
    until_on = DayField(
        label=_("豁免到哪一天"), help_text=_("含这一天；最长 120 天，不超过结课日期。")
    )
    reason = forms.CharField(
        label=_("理由"),
        max_length=1000,
        help_text=_("会原样公开在这个班的公示页上，请不要写个人信息。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    documents = forms.CharField(
        label=_("依据的材料"),
        max_length=300,
        help_text=_("例如会议纪要的文号、现场测量记录的日期。"),
    )
    area = forms.DecimalField(
        label=_("实际测量的教室面积（平方米）"),
        required=False,
        min_value=Decimal(1),
        max_value=Decimal(10_000),
        decimal_places=2,
        help_text=_("只有豁免“学员人数超过场所面积”时才填。"),
    )

    def __init__(self, *args: Any, rules: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [rule for rule in rules if rule in WAIVABLE]
        self.fields["rule"].choices = [(rule, rule_title(rule)) for rule in chosen]  # type: ignore[attr-defined]
        if "ROOM-SIZE" not in chosen:
            del self.fields["area"]

    def measured_area_cm2(self) -> int | None:
        """The area in cm², or None."""
        area = self.cleaned_data.get("area")
        return None if area is None else int(area * _SQUARE_CM)
