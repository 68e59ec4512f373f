"""Forms of statements, mappings, bookings and release runs; the services judge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from fees.choices.bank import DIFFERENCE_CHOICES, DIFFERENCE_STATE_CHOICES, STATEMENT_FIELD_LABELS
from fees.choices.ledger import RULE_LABELS
from fees.core.statements.cells import DATE_FORMATS, read_fen
from fees.core.statements.mapping import Amounts, Layout
from fees.models import Contract, EscrowAccount, StatementMapping

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_FILE_HELP = _(
    "CSV（先选栏目对应）或者 camt.053（XML），不超过 20 MB。文件原样保存，只有监管人员能看到。"
)
_AMOUNT_CHOICES = [
    (Amounts.TWO_COLUMNS.value, _("收入、支出各一列")),
    (Amounts.SIGNED.value, _("一列金额，支出为负数")),
    (Amounts.FLAGGED.value, _("一列金额，另有借贷标志")),
]
_ENCODING_CHOICES = [("utf-8-sig", "UTF-8"), ("gb18030", "GB18030 / GBK")]
_DATE_CHOICES = [
    (one, one.replace("%Y", "2026").replace("%m", "11").replace("%d", "02")) for one in DATE_FORMATS
]
_COLUMNS = ("date", "incoming", "outgoing", "amount", "flag", "reference", "counterparty",
            "purpose", "balance")  # fmt: skip


def _chinese_select() -> forms.Select:
    """A choice among what stands in a bank's file: Chinese in either language."""
    return forms.Select(attrs={"lang": "zh"})


class StatementUploadForm(forms.Form):
    """上传对账单: of one account, under a mapping or as camt.053."""

    escrow = forms.ChoiceField(label=_("监管账户"))
    mapping = forms.ChoiceField(label=_("银行栏目对应"), required=False)
    file = forms.FileField(label=_("选择文件"), help_text=_FILE_HELP)

    def __init__(
        self,
        *args: Any,
        accounts: Sequence[EscrowAccount],
        mappings: Sequence[StatementMapping],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.accounts = {str(one.public_id): one for one in accounts}
        self.mappings = {str(one.public_id): one for one in mappings}
        chosen = cast(forms.ChoiceField, self.fields["escrow"])
        chosen.choices = [
            (key, f"{one.institution.name} {one}") for key, one in self.accounts.items()
        ]
        chosen.widget.attrs["lang"] = "zh"
        mapped = cast(forms.ChoiceField, self.fields["mapping"])
        known = [(key, str(one)) for key, one in self.mappings.items()]
        mapped.choices = [("", _("camt.053，不用栏目对应")), *known]
        mapped.widget.attrs["lang"] = "zh"

    @property
    def chosen_escrow(self) -> EscrowAccount:
        """The account that was chosen."""
        return self.accounts[self.cleaned_data["escrow"]]

    @property
    def chosen_mapping(self) -> StatementMapping | None:
        """The mapping that was chosen."""
        return self.mappings.get(self.cleaned_data["mapping"])


class MappingForm(forms.Form):
    """银行栏目对应: the bank's own headers, and how its days and signs are written."""

    name = forms.CharField(label=_("名称"), max_length=80, help_text=_("通常是银行的名称。"))
    amounts = forms.ChoiceField(label=_("金额怎么写"), choices=_AMOUNT_CHOICES)
    date_format = forms.ChoiceField(
        label=STATEMENT_FIELD_LABELS["date_format"], choices=_DATE_CHOICES, widget=_chinese_select()
    )
    encoding = forms.ChoiceField(
        label=STATEMENT_FIELD_LABELS["encoding"], choices=_ENCODING_CHOICES
    )
    header_row = forms.IntegerField(
        label=STATEMENT_FIELD_LABELS["header_row"], min_value=1, max_value=50, initial=1
    )
    incoming_word = forms.ChoiceField(
        label=_("借贷标志里表示收入的字"),
        choices=[(word, word) for word in ("贷", "收入", "收", "转入", "C")],
        widget=_chinese_select(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in _COLUMNS:
            self.fields[name] = forms.CharField(
                label=STATEMENT_FIELD_LABELS[name],
                max_length=60,
                required=False,
                help_text=_("银行文件里这一栏的表头；没有就空着。"),
            )

    def layout(self) -> Layout:
        """What was entered, for the service."""
        data = self.cleaned_data
        return Layout(
            amounts=Amounts(data["amounts"]),
            date_format=data["date_format"],
            encoding=data["encoding"],
            header_row=data["header_row"],
            incoming_word=data["incoming_word"],
            **{name: data[name] for name in _COLUMNS},
        )


class BookingForm(forms.Form):
    """由流水记账: the rule, and for a payment its contract and invoice."""

    rule = forms.ChoiceField(label=_("记作"))
    contract = forms.ChoiceField(label=_("合同（家长缴费时）"), required=False)
    reference = forms.CharField(
        label=_("发票或者凭证号码"),
        max_length=80,
        required=False,
        help_text=_("家长缴费填发票号码；其他的空着，就用银行流水号。"),
    )

    def __init__(
        self, *args: Any, rules: Sequence[str], contracts: Sequence[Contract], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.contracts = {str(one.public_id): one for one in contracts}
        ruled = cast(forms.ChoiceField, self.fields["rule"])
        ruled.choices = [(rule, RULE_LABELS[rule]) for rule in rules]
        chosen = cast(forms.ChoiceField, self.fields["contract"])
        known = [(key, f"{one.number} {one.pupil_shown}") for key, one in self.contracts.items()]
        chosen.choices = [("", _("不是缴费")), *known]
        chosen.widget.attrs["lang"] = "zh"

    @property
    def chosen_contract(self) -> Contract | None:
        """The contract that was chosen."""
        return self.contracts.get(self.cleaned_data["contract"])


class DifferenceFilterForm(forms.Form):
    """筛选: read as a sentence."""

    state = forms.ChoiceField(label=_("处理情况"), choices=DIFFERENCE_STATE_CHOICES, required=False)
    code = forms.ChoiceField(
        label=_("，差异"), choices=[("", _("不限")), *DIFFERENCE_CHOICES], required=False
    )


class ReleaseForm(forms.Form):
    """发起批量拨付: the whole division, one account, or one day of it."""

    escrow = forms.ChoiceField(label=_("监管账户"), required=False)
    on = forms.DateField(label=_("拨付到哪一天为止到期的"), widget=_DAY)
    taught_on = forms.DateField(label=_("只拨付这一天上的课"), widget=_DAY, required=False)

    def __init__(self, *args: Any, accounts: Sequence[EscrowAccount], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.accounts = {str(one.public_id): one for one in accounts}
        chosen = cast(forms.ChoiceField, self.fields["escrow"])
        known = [(key, f"{one.institution.name} {one}") for key, one in self.accounts.items()]
        chosen.choices = [("", _("本区全部托管专户")), *known]
        chosen.widget.attrs["lang"] = "zh"

    @property
    def chosen_escrow(self) -> EscrowAccount | None:
        """The account that was chosen."""
        return self.accounts.get(self.cleaned_data["escrow"])


class ReceiptForm(forms.Form):
    """收款申报: what came in on a day."""

    escrow = forms.ChoiceField(label=_("监管账户"))
    day = forms.DateField(label=_("收款日期"), widget=_DAY)
    receipt_count = forms.IntegerField(label=_("笔数"), min_value=0, max_value=100_000)
    amount = forms.CharField(label=_("合计金额（元）"), max_length=20)

    def __init__(self, *args: Any, accounts: Sequence[EscrowAccount], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.accounts = {str(one.public_id): one for one in accounts}
        chosen = cast(forms.ChoiceField, self.fields["escrow"])
        chosen.choices = [(key, str(one)) for key, one in self.accounts.items()]
        chosen.widget.attrs["lang"] = "zh"

    def clean_amount(self) -> int:
        """The amount in fen."""
        fen = read_fen(self.cleaned_data["amount"])
        if fen is None or fen < 0:
            raise forms.ValidationError(_("请填写金额，例如 3,200.00。"))
        return fen

    @property
    def chosen_escrow(self) -> EscrowAccount:
        """The account that was chosen."""
        return self.accounts[self.cleaned_data["escrow"]]
