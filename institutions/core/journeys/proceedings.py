"""The way of every decision that burdens somebody: told first, heard, decided, served.

Source: 行政处罚法 art. 44, 45 (told of facts, grounds and intended decision; a statement is heard,
and never makes it worse), 61 (service), 64 (hearing); for other burdensome decisions the same is
good practice and 行政许可法 art. 7. A decision takes effect when it was served, not before.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from institutions.core.journeys.bases import licensing_act, penalty_act
from institutions.core.journeys.engine import Guard
from institutions.core.journeys.facts import JourneyFacts
from institutions.core.journeys.shape import Ask, AskKind, Clock, Move, Party
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal
from regulator.kernel.workdays import Unit

TELLING = penalty_act("第四十四条")
HEARING_STATEMENTS = penalty_act("第四十五条")
STATING = licensing_act("第七条")
SERVING_DECISIONS = penalty_act("第六十一条")

MEANS = ("direct", "post", "leave", "electronic", "public_notice")
REASON = Ask("reason", AskKind.LONG_TEXT, longest=1000)
ANSWER = Ask("statement_answer", AskKind.LONG_TEXT, required=False, longest=2000)
STATEMENT = Clock(
    "statement", 5, Unit.WORKDAYS, Party.INSTITUTION, STATING, setting="statement_workdays"
)


def service_asks(prefix: str) -> tuple[Ask, ...]:
    """When, how and to whom a paper was served; the note is for what needs one."""
    return (
        Ask(f"{prefix}served_on", AskKind.DATE),
        Ask(f"{prefix}served_how", AskKind.CHOICE, options=MEANS),
        Ask(f"{prefix}served_to", longest=60),
        Ask(f"{prefix}served_note", required=False),
    )


def telling_moves(
    *, notify: Move, clock: str, party: Party, telling: LegalBasis, stating: LegalBasis
) -> tuple[Move, ...]:
    """From `proposed` to `heard`: told by a served notice, a statement heard or none made.

    `notify` is the table's own move to `noticed`; `clock` the code of the term for statements.
    """
    return (
        notify,
        Move(
            "serve_notice",
            ("noticed",),
            "notified",
            party,
            telling,
            asks=service_asks("notice_"),
            starts=(clock,),
            counted_from="notice_served_on",
            guards=("notice_service_dated",),
            effect="serve_notice_paper",
            notice="decision_proposed",
        ),
        Move(
            "record_statement",
            ("notified",),
            "heard",
            party,
            stating,
            asks=(
                Ask("statement_on", AskKind.DATE),
                Ask("statement", AskKind.LONG_TEXT, longest=4000),
            ),
            ends=(clock,),
            guards=("statement_dated",),
        ),
        Move(
            "waive_statement",
            ("notified",),
            "heard",
            party,
            stating,
            asks=(Ask("waiver_on", AskKind.DATE),),
            ends=(clock,),
            guards=("waiver_dated",),
        ),
        Move(
            "close_statements",
            ("notified",),
            "heard",
            party,
            stating,
            ends=(clock,),
            guards=("statement_term_over",),
        ),
    )


def serve_move(
    *, party: Party, basis: LegalBasis, effect: str, ends: tuple[str, ...] = (),
    guards: tuple[str, ...] = (),
) -> Move:  # fmt: skip
    """The service of the decision: only now it takes effect."""
    return Move(
        "serve",
        ("decided",),
        "served",
        party,
        basis,
        asks=service_asks(""),
        ends=ends,
        guards=("service_dated", *guards),
        effect=effect,
        notice="decision_served",
    )


def dropping_moves(
    *, sources: tuple[str, ...], party: Party, basis: LegalBasis, effect: str = ""
) -> tuple[Move, ...]:
    """Given up before it was decided; after that only with the leader's countersignature."""
    return (
        Move("drop", sources, "dropped", party, basis, asks=(REASON,), effect=effect),
        Move(
            "rescind",
            ("decided",),
            "dropped",
            party,
            basis,
            asks=(REASON,),
            effect=effect,
            countersigned=True,
        ),
    )


PROCEEDING_LINE = ("proposed", "noticed", "notified", "heard", "decided", "served")
PROCEEDING_ENDINGS = {"served": "done", "dropped": "dropped"}


def officer_proceeding(
    *,
    notify: Move,
    decide: Move,
    serve: Move,
    drop_effect: str = "",
) -> tuple[Move, ...]:
    """The whole way of a burdensome decision that a licensing officer takes, without a hearing.

    `notify`, `decide` and `serve` are the table's own; the article of `decide` is that of dropping.
    """
    return (
        *telling_moves(
            notify=notify,
            clock=STATEMENT.code,
            party=Party.OFFICER,
            telling=STATING,
            stating=STATING,
        ),
        decide,
        serve,
        *dropping_moves(
            sources=PROCEEDING_LINE[:4],
            party=Party.OFFICER,
            basis=decide.basis,
            effect=drop_effect,
        ),
    )


def day_in(facts: JourneyFacts, name: str) -> date | None:
    """A day that an earlier move left in the details."""
    value = facts.details.get(name)
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def dated(stated: str, since: str) -> Guard:
    """The stated day lies neither in the future nor before the day of an earlier move."""

    def guard(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
        day, first = facts.stated.get(stated), day_in(facts, since)
        if not isinstance(day, date):
            return
        if day > facts.on:
            yield Refusal("journey.stated_in_future", {"journey_ask": stated}, basis)
        if first is not None and day < first:
            params = {"journey_ask": stated, "first": first}
            yield Refusal("journey.stated_too_early", params, basis)

    return guard


def statement_term_over(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    """Nobody may be cut short: the day after the last day of the term is the first."""
    for code in ("statement", "hearing_request"):
        clock = facts.clocks.get(code)
        if clock is not None and facts.on <= clock.due_on:
            yield Refusal("journey.statement_term_runs", {"due": clock.due_on}, basis)


def _statement_answered(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    heard = facts.details.get("statement") or facts.details.get("hearing_record")
    if heard and not str(facts.stated.get("statement_answer") or "").strip():
        yield Refusal("journey.statement_unanswered", {}, basis)


PROCEEDING_GUARDS: dict[str, Guard] = {
    "notice_service_dated": dated("notice_served_on", "notify_on"),
    "service_dated": dated("served_on", "decide_on"),
    "statement_dated": dated("statement_on", "notice_served_on"),
    "waiver_dated": dated("waiver_on", "notice_served_on"),
    "statement_term_over": statement_term_over,
    "statement_answered": _statement_answered,
}
