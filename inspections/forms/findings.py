"""Forms of findings, orders, cases, results, the safety ledger and ratings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from inspections.choices.findings import (
    FINDING_STATE_CHOICES,
    RECHECK_RESULT_CHOICES,
    RECTIFICATION_STATE_CHOICES,
)
from inspections.choices.results import RATING_QUESTION_LABELS, WITHHELD_CHOICES
from inspections.core.findings.finding_states import LONGEST_WORDS
from inspections.core.findings.ratings import LEAST, LONGEST_REMARK, MOST
from inspections.core.findings.safety import LONGEST_NOTE, EntryKind
from inspections.forms.draws import DayInput
from inspections.models import Finding, Inspector, SafetyEntry
from inspections.selectors.violations import violations
from institutions.choices.papers import SERVICE_MEANS_CHOICES
from institutions.models import Premises
from regulator.accounts.choices.texts import DEPARTMENT_CHOICES

_NONE = ("", _("（不填）"))


def long_text(label: Any, help_text: Any = "", rows: int = 4) -> forms.CharField:
    """A text of several lines, in Chinese."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": rows, "lang": "zh"}),
    )


class StateForm(forms.Form):
    """筛选: by state and department."""

    state = forms.ChoiceField(label=_("状态"), required=False)
    department = forms.ChoiceField(
        label=_("部门"), required=False, choices=[("", _("各部门")), *DEPARTMENT_CHOICES]
    )

    def __init__(self, *args: Any, states: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["state"]).choices = [("", _("不限")), *states]

    def chosen(self) -> dict[str, str]:
        """Field lookups of what was chosen; a value that is not on offer narrows nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class FindingFilterForm(StateForm):
    """筛选 of findings."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, states=FINDING_STATE_CHOICES, **kwargs)


class RectificationFilterForm(StateForm):
    """筛选 of orders."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, states=RECTIFICATION_STATE_CHOICES, **kwargs)


class ConfirmForm(forms.Form):
    """What was found, and the violation it points to."""

    text = long_text(_("发现的问题"), _("写明在哪里、看到什么、与要求差在哪里。会印在通知书上。"))
    violation = forms.ChoiceField(
        label=_("涉嫌的违法行为"),
        required=False,
        widget=forms.Select(attrs={"lang": "zh"}),
        help_text=_("标有“待核”的条款还没有核对过原文，引用前请查对。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [_NONE, *((one.code, violation_label(one)) for one in violations().values())]
        cast("forms.ChoiceField", self.fields["violation"]).choices = choices


def violation_label(one: Any) -> str:
    """A violation as a list offers it: its code, the article, what was done."""
    mark = "" if one.is_confirmed else "〔待核〕"
    return f"{one.code} {mark}{one.cited} {one.behaviour}"


class ReasonForm(forms.Form):
    """Why."""

    words = long_text(_("理由"))


class ReferForm(forms.Form):
    """To whom, and why."""

    department = forms.ChoiceField(label=_("移送给"), choices=DEPARTMENT_CHOICES)
    words = long_text(_("移送的理由"), _("写明为什么属于对方的职权。"))


class DraftForm(forms.Form):
    """An order: which findings, what to do, by when."""

    findings = forms.ModelMultipleChoiceField(
        label=_("要改正的问题"),
        queryset=Finding.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    measures = long_text(_("改正的要求"), _("一行一条，机构照着做就能完成。"))
    term = forms.ChoiceField(
        label=_("改正期限"),
        choices=[
            ("0", _("当场改正")),
            ("3", _("3 个工作日")),
            ("5", _("5 个工作日")),
            ("7", _("7 个工作日")),
            ("15", _("15 日")),
            ("30", _("30 日")),
        ],
        initial="5",
        help_text=_("法律没有统一的天数。三日、五日、七日按工作日算，其他按自然日算，从送达起算。"),
    )

    def __init__(self, *args: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelMultipleChoiceField", self.fields["findings"])
        field.queryset = offered
        field.label_from_instance = lambda obj: f"{obj.item.code} {obj.text[:60]}"  # type: ignore[method-assign]

    @property
    def amount(self) -> int:
        """The term in 日, 0 on the spot."""
        return int(self.cleaned_data["term"])

    @property
    def term_kind(self) -> str:
        """On the spot, or within a term."""
        return "within" if self.amount else "on_spot"


class ServeForm(forms.Form):
    """送达: when, how, to whom."""

    on = forms.DateField(label=_("送达日期"), widget=DayInput())
    how = forms.ChoiceField(label=_("送达方式"), choices=SERVICE_MEANS_CHOICES)
    to = forms.CharField(
        label=_("签收人"), max_length=60, help_text=_("姓名保存时会遮盖。公告送达写明在哪里公告。")
    )
    note = forms.CharField(
        label=_("说明"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "zh"}),
        help_text=_("邮件号码；留置送达的见证人和地点；公告的起止日期。"),
    )


class ExtendForm(forms.Form):
    """A longer term, and why."""

    amount = forms.IntegerField(label=_("新的期限（日）"), help_text=_("从送达之日起重新算。"))
    words = long_text(_("延长的理由"))


class RecheckForm(forms.Form):
    """Who goes and looks, and when."""

    starts_on = forms.DateField(label=_("第一天"), widget=DayInput())
    ends_on = forms.DateField(label=_("最后一天"), widget=DayInput())
    inspectors = forms.ModelMultipleChoiceField(
        label=_("检查人员"),
        queryset=Inspector.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("至少两名本部门持证人员；任务由另一人批准后才能出动。"),
    )

    def __init__(self, *args: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelMultipleChoiceField", self.fields["inspectors"]).queryset = offered

    @property
    def ends_before(self) -> date:
        """The day after the last one."""
        last: date = self.cleaned_data["ends_on"]
        return date.fromordinal(last.toordinal() + 1)


class RecheckResultForm(forms.Form):
    """What the re-check found."""

    result = forms.ChoiceField(label=_("复查结果"), choices=RECHECK_RESULT_CHOICES)
    words = long_text(_("看到的情况"))


class CaseForm(forms.Form):
    """立案: why, and what there is to prove it."""

    ground = long_text(_("立案的理由"), _("涉嫌违反哪一条，由哪次检查发现。"))
    evidence = long_text(_("现有的证据"))


class ConcludeForm(forms.Form):
    """调查终结: facts and articles."""

    conclusion = long_text(_("调查认定的事实"))
    articles = long_text(
        _("适用的条款"),
        _("两种依据并存时（例如令53号第20条和民促法第62条），写明选哪一种、为什么。"),
    )


class ManyFilesInput(forms.FileInput):
    """A chooser that takes several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files; how many and of which kind the service judges."""

    def __init__(self, **kwargs: Any) -> None:
        accept = {"accept": ".pdf,.jpg,.jpeg,.png", "multiple": True}
        super().__init__(widget=ManyFilesInput(attrs=accept), allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Each of them as a file field would take it; none is an empty list."""
        rows = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(ManyFilesField, self).clean(one, initial) for one in rows]


class ProofForm(forms.Form):
    """整改材料: how it was put right, and the proof."""

    words = long_text(_("怎样改正的"), _("逐条写明做了什么、什么时候做完。"), rows=5)
    proofs = ManyFilesField(
        label=_("照片或者文件"),
        required=False,
        help_text=_("PDF、JPG 或者 PNG，最多 10 个，每个最多 20 MB。请避开学生的正脸。"),
    )


class WithholdForm(forms.Form):
    """不予公开: the ground of the law, and its facts."""

    ground = forms.ChoiceField(label=_("属于哪一种情形"), choices=WITHHELD_CHOICES)
    words = long_text(_("理由"), _("只在内部保存；公开的只有是哪一种情形。"))


class CorrectionForm(forms.Form):
    """更正: what is right, and why."""

    text = long_text(_("更正的内容"), _("会和原来公布的内容并排公开。"))
    reason = long_text(_("更正的理由"))


class ObjectionForm(forms.Form):
    """异议: what is wrong, and what it should be."""

    words = long_text(_("哪里不对，应当是什么"))


class AnswerObjectionForm(forms.Form):
    """答复异议: the answer, and the correction where it is upheld."""

    answer = long_text(_("核实的情况和答复"))
    correction = forms.CharField(
        label=_("更正的内容"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "zh"}),
        help_text=_("异议成立的，写明更正成什么，会公开；不成立的留空。"),
    )


class SafetyForm(forms.Form):
    """台账: one entry of one kind."""

    premises = forms.ModelChoiceField(
        label=_("场所"),
        queryset=Premises.objects.none(),
        empty_label=_("请选择"),
        widget=forms.Select(attrs={"lang": "zh"}),
    )
    on = forms.DateField(label=_("日期"), widget=DayInput())
    hazard = forms.ModelChoiceField(
        label=_("整改的隐患"),
        queryset=SafetyEntry.objects.none(),
        empty_label=_("请选择"),
        required=False,
        widget=forms.Select(attrs={"lang": "zh"}),
    )
    people = forms.IntegerField(label=_("参加人数"), required=False, min_value=0)
    camera_days = forms.IntegerField(
        label=_("录像保存的天数"),
        required=False,
        min_value=0,
        help_text=_("成都要求不少于 90 天；国家条例没有对这类场所规定天数。"),
    )
    note = forms.CharField(
        label=_("情况"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "zh"}),
        help_text=_("谁、在哪里、做了什么。"),
    )
    is_void = forms.BooleanField(label=_("原来那条记错了，实际没有这件事"), required=False)

    def __init__(
        self, *args: Any, kind: str, places: Any, hazards: Any, corrects: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField", self.fields["premises"]).queryset = places
        hazard = cast("forms.ModelChoiceField", self.fields["hazard"])
        hazard.queryset = hazards
        hazard.label_from_instance = lambda obj: f"{obj.on} {obj.note[:40]}"  # type: ignore[method-assign]
        for name in _SHOWN_FOR:
            if kind != _SHOWN_FOR[name]:
                del self.fields[name]
        if corrects is None:
            del self.fields["is_void"]


_SHOWN_FOR = {
    "hazard": EntryKind.HAZARD_REMOVED.value,
    "people": EntryKind.DRILL.value,
    "camera_days": EntryKind.CAMERA.value,
}


class RatingForm(forms.Form):
    """评价: a score for each question, and words if wanted."""

    remark = forms.CharField(
        label=_("还想说的（可不填）"),
        required=False,
        max_length=LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "zh"}),
        help_text=_("请不要写能认出您机构的内容。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = self.fields.pop("remark")
        choices = [(score, str(score)) for score in range(MOST, LEAST - 1, -1)]
        for code, label in RATING_QUESTION_LABELS.items():
            self.fields[code] = forms.TypedChoiceField(
                label=str(label), choices=choices, coerce=int, widget=forms.RadioSelect
            )
        self.fields["remark"] = words

    def scores(self) -> dict[str, int]:
        """The scores by question."""
        return {code: self.cleaned_data[code] for code in RATING_QUESTION_LABELS}
