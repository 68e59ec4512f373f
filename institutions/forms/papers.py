"""The forms of papers: words and parsing; the services judge."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from institutions.choices.papers import (
    PAPER_KIND_CHOICES,
    PAPER_KIND_LABELS,
    SERVICE_MEANS_CHOICES,
    TYPEFACE_LABELS,
)
from institutions.core.papers.numbers import SHIPPED_WORDS
from institutions.core.papers.offices import Office
from institutions.forms.register import DayField, any_of
from institutions.selectors.papers import PaperQuery

_SHORT_TEXT = {"rows": 2, "lang": "zh"}


class PaperFilterForm(forms.Form):
    """筛选: read as a sentence."""

    q = forms.CharField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label="", choices=any_of(_("各种文书"), PAPER_KIND_CHOICES), required=False
    )
    year = forms.TypedChoiceField(
        label=_("，年份"), choices=[], coerce=int, empty_value=None, required=False
    )
    state = forms.ChoiceField(
        label=_("，状态"),
        choices=any_of(
            _("不限"),
            [
                ("unserved", _("还没有送达")),
                ("served", _("已送达")),
                ("unfiled", _("还没有归档扫描件")),
                ("void", _("已作废")),
            ],
        ),
        required=False,
    )

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year = cast("forms.TypedChoiceField", self.fields["year"])
        year.choices = any_of(_("不限"), [(one, str(one)) for one in years])

    def query(self) -> PaperQuery:
        """What was chosen; a value that is not on offer narrows nothing."""
        self.is_valid()
        chosen = self.cleaned_data
        return PaperQuery(
            kind=str(chosen.get("kind") or ""),
            year=chosen.get("year"),
            text=str(chosen.get("q") or ""),
            state=str(chosen.get("state") or ""),
        )


class ServiceForm(forms.Form):
    """送达: when, how, to whom."""

    on = DayField(label=_("送达日期"))
    how = forms.ChoiceField(label=_("送达方式"), choices=SERVICE_MEANS_CHOICES)
    to = forms.CharField(
        label=_("签收人"),
        max_length=60,
        help_text=_("姓名保存时会遮盖。公告送达写明在哪里公告。"),
    )
    note = forms.CharField(
        label=_("说明"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs=_SHORT_TEXT),
        help_text=_("邮件号码；留置送达的见证人和地点；公告的起止日期。"),
    )


class ScanForm(forms.Form):
    """盖章扫描件."""

    file = forms.FileField(
        label=_("盖章的扫描件"),
        help_text=_("PDF、JPEG 或 PNG，不超过 20 MB。"),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )


class VoidForm(forms.Form):
    """作废的理由."""

    reason = forms.CharField(
        label=_("理由"), max_length=300, widget=forms.Textarea(attrs=_SHORT_TEXT)
    )


class PrintLicenceForm(forms.Form):
    """制证: the day that stands on the paper."""

    issued_on = DayField(label=_("发证日期"))


class VerifyForm(forms.Form):
    """核验: what is printed on a paper."""

    number = forms.CharField(
        label=_("文号或许可证编号"),
        max_length=80,
        required=False,
        help_text=_("照纸上写。括号、“第”和“号”可以省略；纸上没有的不用填。"),
    )
    code = forms.CharField(
        label=_("校验码"),
        max_length=20,
        help_text=_("印在二维码旁边，十个字母和数字。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class OfficeForm(forms.Form):
    """发文机关: what stands at the head and foot of a department's papers."""

    name = forms.CharField(label=_("发文机关全称"), max_length=60)
    abbreviation = forms.CharField(
        label=_("机关代字"),
        max_length=8,
        help_text=_("文号最前面的字，例如“双教”。"),
    )
    has_red_head = forms.BooleanField(
        label=_("印红头"), required=False, help_text=_("用印好红头的纸打印时不选。")
    )
    review_body = forms.CharField(
        label=_("行政复议机关"), max_length=60, help_text=_("印在决定书的救济途径里。")
    )
    court = forms.CharField(
        label=_("管辖法院"),
        max_length=60,
        help_text=_("实行跨区域集中管辖的，写被指定的法院。"),
    )
    address = forms.CharField(label=_("联系地址"), max_length=200, required=False)
    phone = forms.CharField(label=_("联系电话"), max_length=40, required=False)
    starts_on = DayField(
        label=_("从哪天起"), help_text=_("这一天以前的文书不变，重印也还是原来的样子。")
    )
    basis = forms.CharField(
        label=_("依据"), max_length=300, widget=forms.Textarea(attrs=_SHORT_TEXT)
    )
    reason = forms.CharField(
        label=_("理由"), max_length=300, widget=forms.Textarea(attrs=_SHORT_TEXT)
    )

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, shipped in SHIPPED_WORDS.items():
            self.fields[f"word_{kind}"] = forms.CharField(
                label=str(PAPER_KIND_LABELS[kind]),
                max_length=4,
                required=False,
                initial=office.words.get(kind, ""),
                widget=forms.TextInput(attrs={"placeholder": shipped, "lang": "zh"}),
            )
        for role, label in TYPEFACE_LABELS.items():
            self.fields[f"typeface_{role}"] = forms.CharField(
                label=str(label),
                max_length=60,
                required=False,
                initial=office.typefaces.get(role, ""),
            )

    @property
    def main_fields(self) -> list[Any]:
        """The fields that everyone fills in."""
        return [self[name] for name in self.fields if not name.startswith(("word_", "typeface_"))]

    @property
    def word_fields(self) -> list[Any]:
        """One field per numbered kind."""
        return [self[name] for name in self.fields if name.startswith("word_")]

    @property
    def typeface_fields(self) -> list[Any]:
        """One field per role of type."""
        return [self[name] for name in self.fields if name.startswith("typeface_")]

    def office(self) -> Office:
        """The office as entered; what is left blank follows the shipped values."""
        values: dict[str, Any] = {
            name: value.strip() if isinstance(value, str) else value
            for name, value in self.cleaned_data.items()
        }
        return Office(
            name=values["name"],
            abbreviation=values["abbreviation"],
            review_body=values["review_body"],
            court=values["court"],
            words=_chosen(values, "word_"),
            has_red_head=values["has_red_head"],
            address=values["address"],
            phone=values["phone"],
            typefaces=_chosen(values, "typeface_"),
            basis=values["basis"],
        )


def _chosen(values: dict[str, Any], prefix: str) -> dict[str, str]:
    return {
        name.removeprefix(prefix): value
        for name, value in values.items()
        if name.startswith(prefix) and value
    }
