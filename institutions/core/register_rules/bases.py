"""The articles that the rules of the register cite, once each; those of others are imported.

Sources: docs/register-rules.md, table of bases.
"""

from __future__ import annotations

from dataclasses import replace

from institutions.core.journeys.bases import (
    CHANGING_PREMISES,
    RE_REGISTERING,
    RENEWING,
    licensing_act,
)
from institutions.core.screening.bases import FILING, NAMING
from institutions.core.standards.rules import LICENSED_PLACE

LICENSED_FIRST = replace(FILING, article="必须经审批取得办学许可证后，才能开展培训")
WITHIN_SCOPE = licensing_act("第八十条第二项")
APPROVED_FIRST = replace(NAMING, article="未经备案审核通过的班次不得招生和培训")
TRUE_FILING = replace(FILING, article="培训班次、上课时间、教师等备案内容须与实际一致")
ROOM_ENOUGH = replace(FILING, article="场所条件：同一培训时段内生均面积须达到当地设置标准")

__all__ = [
    "APPROVED_FIRST",
    "CHANGING_PREMISES",
    "FILING",
    "LICENSED_FIRST",
    "LICENSED_PLACE",
    "RENEWING",
    "RE_REGISTERING",
    "ROOM_ENOUGH",
    "TRUE_FILING",
    "WITHIN_SCOPE",
]
