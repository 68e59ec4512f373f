"""What moves do to the register: every effect by the name that the tables use."""

from __future__ import annotations

from institutions.services.effects.annual_check import ANNUAL_CHECK_EFFECTS
from institutions.services.effects.change import CHANGE_EFFECTS
from institutions.services.effects.closure import CLOSURE_EFFECTS
from institutions.services.effects.conversion import CONVERSION_EFFECTS
from institutions.services.effects.endings import ENDING_EFFECTS
from institutions.services.effects.missed_deadline import MISSED_DEADLINE_EFFECTS
from institutions.services.effects.penalty import PENALTY_EFFECTS
from institutions.services.effects.renewal import RENEWAL_EFFECTS
from institutions.services.effects.reregistration import REREGISTRATION_EFFECTS
from institutions.services.effects.served_papers import SERVED_PAPER_EFFECTS
from institutions.services.effects.set_up import SET_UP_EFFECTS
from institutions.services.effects.transfer import TRANSFER_EFFECTS
from institutions.services.journey_doing import Effect

EFFECTS: dict[str, Effect] = {
    **REREGISTRATION_EFFECTS,
    **CONVERSION_EFFECTS,
    **TRANSFER_EFFECTS,
    **SET_UP_EFFECTS,
    **CHANGE_EFFECTS,
    **RENEWAL_EFFECTS,
    **ANNUAL_CHECK_EFFECTS,
    **CLOSURE_EFFECTS,
    **SERVED_PAPER_EFFECTS,
    **MISSED_DEADLINE_EFFECTS,
    **PENALTY_EFFECTS,
    **ENDING_EFFECTS,
}
