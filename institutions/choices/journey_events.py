"""What the journeys' audit events are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from institutions.choices.journey_words import WORDS
from institutions.choices.register import Words

JOURNEY_EVENT_LABELS: Words = {
    **{f"journey.{code}": text for code, text in WORDS.moves.items() if "." not in code},
    "journey.proposed": _("提出，等待会签"),
    "journey.proposal_returned": _("会签退回"),
    "journey.proposal_taken_back": _("收回提议"),
    "journey.document_handed_in": _("提交材料"),
    "journey.document_accepted": _("材料核对通过"),
    "journey.document_returned": _("材料退回补正"),
    "journey.restated": _("按调查认定的事实更正"),
    "journey.clock_stopped": _("期限中止"),
    "journey.clock_resumed": _("期限恢复"),
}
