"""Forms of credit tiers and upheld complaints."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inspections.forms.draws import DayInput
from inspections.models.credit import TIERS
from inspections.services.credit_events import ComplaintEntry
from institutions.models import Institution

_MOST_BYTES = 20 * 1024 * 1024


def _words(label: Any, help_text: Any, most: int = 600) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, help_text=help_text, max_length=most, widget=area)


class InstitutionChoice(forms.Form):
    """An institution of the division, by name."""

    institution = forms.ModelChoiceField(
        label=_("机构"),
        queryset=Institution.objects.none(),
        empty_label=_("请选择"),
        widget=forms.Select(attrs={"lang": "zh"}),
    )

    def __init__(self, *args: Any, institutions: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["institution"].queryset = institutions  # type: ignore[attr-defined]


class ComplaintForm(InstitutionChoice):
    """An upheld complaint."""

    reference = forms.CharField(
        label=_("受理编号"), max_length=60, help_text=_("一件投诉只记一次分，按编号认。")
    )
    upheld_on = forms.DateField(label=_("查实的日期"), widget=DayInput())
    text = _words(_("查实的情况"), _("机构会看到；不要写投诉人和学生的姓名。"), 300)
    document = forms.FileField(label=_("答复或处理文书"), help_text=_("一个文件，最多 20 MB。"))

    def clean_document(self) -> Any:
        """Refuse what is too large."""
        file = self.cleaned_data["document"]
        if file.size > _MOST_BYTES:
            raise forms.ValidationError(_("文件超过 20 MB。"))
        return file

    def entry(self) -> ComplaintEntry:
        """The entry of a valid form."""
        data = self.cleaned_data
        return ComplaintEntry(
            reference=data["reference"],
            upheld_on=data["upheld_on"],
            text=data["text"],
            document_name=data["document"].name,
            document=data["document"].read(),
        )


class ByHandForm(InstitutionChoice):
    """Another tier than the points give."""

    tier = forms.ChoiceField(label=_("拟定等级"), choices=TIERS)
    reason = _words(_("不按记分拟定的原因"), _("机构会看到。另一名人员复核以后才告知机构。"), 300)


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = _words(_("原因"), _("会留在记录里。"), 300)


class AnswerForm(forms.Form):
    """A person's answer to an objection."""

    answer = _words(_("答复"), _("机构会看到。"))
    decision = forms.ChoiceField(
        label=_("结论"),
        choices=[
            ("reject", _("异议不成立，维持拟定的等级")),
            ("uphold", _("异议成立，撤回拟定的等级")),
        ],
        widget=forms.RadioSelect,
    )


class ObjectionForm(forms.Form):
    """The institution's objection."""

    text = _words(_("异议的内容和理由"), _("写明哪一分不对、为什么。可以提一次，由人答复。"))
