"""Forms of selling: a contract with its consent, a payment, money for a refused sale."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fees.choices.ledger import CHARGING_CHOICES
from fees.choices.sales import MEANS_CHOICES
from fees.forms.agreements import day_field
from fees.forms.amounts import AmountField
from fees.services.contract_entry import ContractDraft
from institutions.models import Filing

_ZH = {"lang": "zh", "autocomplete": "off"}
_PLAIN = {"autocomplete": "off"}
_GIFT_CHOICES = [
    ("free", _("退费时用掉的赠课不折算")),
    ("list_price", _("消费者原因退费时，用掉的赠课按原价折算")),
]


class ContractForm(forms.Form):
    """培训合同: as it was signed, with the guardian's consent."""

    filing = forms.ChoiceField(
        label=_("班级"),
        help_text=_("只列备案已通过的班。"),
        widget=forms.Select(attrs={"lang": "zh"}),
    )
    number = forms.CharField(
        label=_("合同编号"), max_length=60, widget=forms.TextInput(attrs=_PLAIN)
    )
    signed_on = day_field(_("签订并收费的日期"))
    pupil_name = forms.CharField(
        label=_("学员姓名"), max_length=60, widget=forms.TextInput(attrs=_ZH)
    )
    guardian_name = forms.CharField(
        label=_("监护人姓名"), max_length=60, widget=forms.TextInput(attrs=_ZH)
    )
    guardian_phone = forms.CharField(
        label=_("监护人手机"),
        max_length=20,
        widget=forms.TextInput(attrs=_PLAIN | {"inputmode": "tel"}),
        help_text=_("姓名和手机加密保存，列表里只显示一部分。"),
    )
    consent_version = forms.CharField(
        label=_("监护人同意书版本"),
        max_length=40,
        widget=forms.TextInput(attrs=_PLAIN),
        help_text=_("没有监护人同意，不能登记学员。"),
    )
    consented_on = day_field(_("监护人同意日期"))
    lesson_count = forms.IntegerField(label=_("购买课时"), min_value=1)
    gift_count = forms.IntegerField(label=_("赠课"), min_value=0, initial=0)
    price_fen = AmountField(label=_("总价（元）"))
    list_price_fen = AmountField(
        label=_("每课原价（元）"), required=False, help_text=_("没有打折的留空。")
    )
    gift_terms = forms.ChoiceField(label=_("赠课怎么算"), choices=_GIFT_CHOICES)
    charging = forms.ChoiceField(label=_("收费方式"), choices=CHARGING_CHOICES)
    means = forms.ChoiceField(
        label=_("家长怎么付"),
        choices=MEANS_CHOICES,
        help_text=_("如实填写。不得使用培训贷；先学后付的不预收。"),
    )
    cooling_off_days = forms.IntegerField(
        label=_("无理由退款天数"), min_value=7, max_value=90, initial=7
    )

    def __init__(self, *args: Any, classes: Iterable[Filing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.classes = {str(one.public_id): one for one in classes}
        field: Any = self.fields["filing"]
        field.choices = [
            (key, f"{one.class_name} {one.class_term}（{one.number}）")
            for key, one in self.classes.items()
        ]

    def draft(self) -> ContractDraft:
        """What was typed, for the service."""
        data = dict(self.cleaned_data)
        data["filing"] = self.classes[data["filing"]]
        data["list_price_fen"] = data["list_price_fen"] or 0
        return ContractDraft(**data)


class PaymentForm(forms.Form):
    """What a parent paid, with its invoice."""

    amount_fen = AmountField(label=_("金额（元）"))
    invoice_number = forms.CharField(
        label=_("发票号码"), max_length=40, widget=forms.TextInput(attrs=_PLAIN)
    )
    booked_on = day_field(_("到账日期"))
    key = forms.CharField(widget=forms.HiddenInput, max_length=60)


class IrregularForm(forms.Form):
    """Money that came in although the sale was refused."""

    amount_fen = AmountField(label=_("到账金额（元）"))
    reference = forms.CharField(
        label=_("银行回单编号"), max_length=80, widget=forms.TextInput(attrs=_PLAIN)
    )
    booked_on = day_field(_("到账日期"))


class ReturnForm(forms.Form):
    """The bank's receipt of the money going back."""

    reference = forms.CharField(
        label=_("退款回单编号"), max_length=80, widget=forms.TextInput(attrs=_PLAIN)
    )
    booked_on = day_field(_("退款日期"))


class ContractFilterForm(forms.Form):
    """筛选: read as a sentence."""

    q = forms.CharField(required=False, widget=forms.HiddenInput)
    standing = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[
            ("", _("不限")),
            ("open", _("履行中")),
            ("closed", _("已结清")),
            ("erased", _("个人信息已删除")),
        ],
    )


class SaleFilterForm(forms.Form):
    """筛选: read as a sentence."""

    found = forms.ChoiceField(
        label=_("情形"),
        required=False,
        choices=[
            ("", _("不限")),
            ("loan", _("培训贷线索")),
            ("due", _("有进账，还没有退")),
            ("returned", _("进账已退")),
        ],
    )


class CorrectionDecisionForm(forms.Form):
    """Correct, or say why not."""

    decision = forms.ChoiceField(
        label=_("处理"),
        choices=[("done", _("按申请更正")), ("refused", _("不更正"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("理由"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "zh"}),
        help_text=_("不更正的要写理由，家长看得到。请不要写姓名和电话。"),
    )
