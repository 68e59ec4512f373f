"""撤回许可: lawfully granted, but the law or the circumstances changed, and the public needs it.

Source: 行政许可法 art. 8: whoever loses by it is compensated.
"""

from __future__ import annotations

from institutions.core.journeys.bases import WITHDRAWING
from institutions.core.journeys.proceedings import (
    ANSWER,
    PROCEEDING_ENDINGS,
    PROCEEDING_LINE,
    STATEMENT,
    officer_proceeding,
    serve_move,
)
from institutions.core.journeys.shape import Ask, AskKind, JourneyTable, Move, Party

WITHDRAWAL_GROUNDS = ("law_changed", "circumstances_changed")

WITHDRAWAL = JourneyTable(
    kind="withdrawal",
    basis=WITHDRAWING,
    line=PROCEEDING_LINE,
    endings=PROCEEDING_ENDINGS,
    clocks=(STATEMENT,),
    excludes=("annulment",),
    starters=(Party.OFFICER,),
    starts=(
        Ask("withdrawal_ground", AskKind.CHOICE, options=WITHDRAWAL_GROUNDS),
        Ask("facts_found", AskKind.LONG_TEXT, longest=4000),
        Ask("public_need", AskKind.LONG_TEXT, longest=2000),
    ),
    opening_guards=("licence_to_end",),
    moves=officer_proceeding(
        notify=Move(
            "notify",
            ("proposed",),
            "noticed",
            Party.OFFICER,
            WITHDRAWING,
            asks=(Ask("compensation_offered_fen", AskKind.MONEY_FEN),),
            papers=("ending_notice",),
        ),
        decide=Move(
            "decide",
            ("heard",),
            "decided",
            Party.OFFICER,
            WITHDRAWING,
            asks=(
                Ask("compensation_fen", AskKind.MONEY_FEN),
                Ask("compensation_note", AskKind.LONG_TEXT, longest=1000),
                ANSWER,
            ),
            guards=("statement_answered",),
            papers=("withdrawal_decision",),
            countersigned=True,
        ),
        serve=serve_move(
            party=Party.OFFICER,
            basis=WITHDRAWING,
            effect="withdraw_licence",
            guards=("licence_to_end",),
        ),
    ),
)
