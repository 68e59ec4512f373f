"""Tasks of the register and of course filings: ids in, one service out."""

from institutions.tasks.exchange import import_table
from institutions.tasks.filings import screen_upload
from institutions.tasks.journeys import run_journeys_daily
from institutions.tasks.notices import send_notices
from institutions.tasks.papers import render_papers
from institutions.tasks.places import locate_premises
from institutions.tasks.rechecks import rescreen, try_screening
from institutions.tasks.register import import_register
from institutions.tasks.transfer import transfer_institutions
from institutions.tasks.waivers import end_waivers_daily
from institutions.tasks.waves import (
    confirm_journeys,
    move_journeys,
    propose_overdue,
    tell_wave,
    watch_waves,
)

__all__ = [
    "confirm_journeys",
    "end_waivers_daily",
    "import_register",
    "import_table",
    "locate_premises",
    "move_journeys",
    "propose_overdue",
    "render_papers",
    "rescreen",
    "run_journeys_daily",
    "screen_upload",
    "send_notices",
    "tell_wave",
    "transfer_institutions",
    "try_screening",
    "watch_waves",
]
