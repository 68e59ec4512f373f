"""An approved class in the fields that anyone may see: no teacher's papers, no findings."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from institutions.choices.filings import CATEGORY_LABELS, DELIVERY_LABELS
from institutions.models import Filing
from regulator.kernel.money import format_yuan

# The cells a bureau publishes (国办发〔2018〕80号: content, class, audience, progress, hours), and
# what a parent pays. Teachers' names and certificate numbers are not among them.
_CLASS_CELLS = ("班次", "招生对象", "上课星期", "上课时间", "每课时分钟")
_CONTENT_CELLS = ("培训内容", "进度安排", "培训材料")


@dataclass(frozen=True)
class PublicFact:
    """One line: `is_data` where the value is Chinese data, not a word of ours."""

    label: str
    value: str
    is_data: bool = True


def public_facts(filing: Filing) -> list[PublicFact]:
    """The class's public lines, in the order a parent asks for them."""
    cells = filing.cells
    lesson_fee = _("%(yuan)s 元（%(count)d 课时）") % {
        "yuan": format_yuan(filing.fee_fen),
        "count": filing.lesson_count,
    }
    return [
        PublicFact(_("类别"), str(CATEGORY_LABELS[filing.category]), is_data=False),
        PublicFact(_("学科或项目"), filing.activity),
        *(PublicFact(_label(header), cells.get(header, "")) for header in _CLASS_CELLS),
        PublicFact(_("培训方式"), str(DELIVERY_LABELS[filing.delivery]), is_data=False),
        PublicFact(_("授课地点"), filing.place),
        PublicFact(_("收费总额"), lesson_fee, is_data=False),
        PublicFact(_("班额"), str(filing.class_size), is_data=False),
        *(PublicFact(_label(header), cells.get(header, "")) for header in _CONTENT_CELLS),
    ]


def _label(header: str) -> str:
    labels = {
        "班次": _("班次"),
        "招生对象": _("招生对象"),
        "上课星期": _("上课星期"),
        "上课时间": _("上课时间"),
        "每课时分钟": _("每课时分钟"),
        "培训内容": _("培训内容"),
        "进度安排": _("进度安排"),
        "培训材料": _("培训材料"),
    }
    return labels[header]
