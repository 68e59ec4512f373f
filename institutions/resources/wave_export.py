"""A wave's members as a workbook or CSV: where each stands, and why."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from institutions.choices.journeys import MEMBER_STANDING_LABELS
from institutions.choices.wave_texts import WAY_OUT_LABELS, reason_text
from institutions.models import Wave
from institutions.resources.exchange_files import Table, attachment
from institutions.selectors.waves import MemberLine


def wave_export(wave: Wave, lines: Sequence[MemberLine], kind: str) -> HttpResponse:
    """The members as they are filtered, as an attachment, in Chinese whoever reads."""
    with translation.override(settings.LANGUAGE_CODE):
        headers = [
            _("机构名称"),
            _("许可证号"),
            _("统一社会信用代码"),
            _("现在"),
            _("办理方式"),
            _("依据的办件或者理由"),
            _("认定的理由"),
        ]
        table = Table(_("批次机构"), headers, [_row(line) for line in lines])
        return attachment([table], kind, name="wave")


def _row(line: MemberLine) -> list[str]:
    reasons = (reason_text(one.code, one.params) for one in line.judged.reasons)
    return [
        line.institution.name,
        "" if line.licence is None else line.licence.number_printed,
        line.institution.credit_code,
        str(MEMBER_STANDING_LABELS[line.judged.standing]),
        str(WAY_OUT_LABELS.get(line.judged.way, "")),
        line.judged.because or line.member.spared_because or line.member.added_because,
        " ".join(reasons),
    ]
