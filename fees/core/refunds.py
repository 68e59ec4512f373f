"""What a parent gets back, calculated line by line, each line with its article.

Sources: 最高人民法院 法释〔2025〕4号 (from 2025-05-01): art. 14 seven days without a reason, unless
the same service was had before; art. 15 what is returned is what was paid less what was delivered;
art. 18 and 19 delivered lessons count at the discounted price where the institution is the cause,
at the list price where the consumer is; art. 16 interest, of money in an account under supervision
at the rate that it really bore; art. 20 nobody owes more than was paid; art. 21 gifts.
成都市 2022-02-18 (细则) and 2023-01-29 (收费通知): before the class starts everything, within
5 days, since 2023 within 5 working days; after it started pro rata, within 15 days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import InvariantError
from regulator.kernel.workdays import Unit

_COURT = "最高人民法院关于审理预付式消费民事纠纷案件适用法律若干问题的解释"
_COURT_FROM = date(2025, 5, 1)


def _court(article: str) -> LegalBasis:
    return LegalBasis(_COURT, "法释〔2025〕4号", article, in_force_from=_COURT_FROM)


NO_REASON = _court("第十四条")
DELIVERED = _court("第十五条")
INTEREST = _court("第十六条")
INSTITUTION_FAULT = _court("第十八条")
CONSUMER_FAULT = _court("第十九条")
NO_COUNTERCLAIM = _court("第二十条")
GIFTS = _court("第二十一条")
RULES_2022 = LegalBasis(
    "成都市学科类校外培训机构（线下）预收费资金监管实施细则",
    "2022年2月18日七部门",
    "关于退费的规定",
    in_force_from=date(2022, 2, 18),
)
NOTICE_2023 = LegalBasis(
    "成都市义务教育阶段线下学科类校外培训收费有关事项的通知",
    "2023年1月29日",
    "关于退费的规定",
    in_force_from=date(2023, 1, 1),
)
NO_REASON_DAYS = 7
_BEFORE_START_DAYS = 5
_AFTER_START_DAYS = 15


class Cause(StrEnum):
    """Why the contract ends: decides at which price delivered lessons count."""

    NO_FAULT = "no_fault"
    INSTITUTION = "institution"
    CONSUMER = "consumer"


class GiftTerms(StrEnum):
    """What the contract says of gifts that were used: nothing is due, or their list price."""

    FREE = "free"
    LIST_PRICE = "list_price"


@dataclass(frozen=True)
class AccountInterest:
    """What the account under supervision really bore: its rate as an exact fraction.

    The bank credited `credited_fen` for `fen_days` (balance × days) up to its last crediting;
    `left_fen` of it was not paid out yet, and no refund takes more.
    """

    credited_fen: int
    fen_days: int
    left_fen: int


@dataclass(frozen=True)
class RefundFacts:
    """A contract on the day of the request. Counts are lessons that were bought.

    `used` counts those delivered and not voided, `reserved_fen` is what was set aside for exactly
    these (each lesson's own share of the price), `gifts_used` gifts delivered. `list_price_fen` is
    one lesson's price without any discount; 0 where the contract names none. `settled_fen` is what
    earlier settlements paid back or left to the institution. The contract may give the parent more
    than seven days (`cooling_off_days`), never less. `interest` is what the account bore,
    None while the bank credited nothing.
    """

    paid_fen: int
    used: int
    reserved_fen: int
    list_price_fen: int
    paid_on: date
    starts_on: date
    requested_on: date
    cause: Cause = Cause.NO_FAULT
    gifts_used: int = 0
    gift_terms: GiftTerms = GiftTerms.FREE
    had_service_before: bool = False
    cooling_off_days: int = NO_REASON_DAYS
    settled_fen: int = 0
    interest: AccountInterest | None = None


@dataclass(frozen=True)
class Line:
    """One line of the calculation: what, how many, at what price, how much, by which article.

    `amount_fen` is signed: paid is positive, what is deducted negative. `unit_fen` is None where
    the amount is an exact share and no whole price.
    """

    code: str
    quantity: int
    unit_fen: int | None
    amount_fen: int
    basis: LegalBasis


@dataclass(frozen=True)
class Refund:
    """The calculation; `refund_fen` and `forfeit_fen` are never below zero.

    `forfeit_fen` is what the institution keeps beyond the discounted price of what it delivered,
    and `term` the time the institution has to pay, in the unit its source counts in. `interest_fen`
    is the part of `refund_fen` that the account's interest pays, not the contract's money.
    """

    lines: tuple[Line, ...]
    refund_fen: int
    forfeit_fen: int
    ground: str
    term: int
    term_unit: Unit
    term_basis: LegalBasis
    interest_fen: int = 0


def calculate_refund(facts: RefundFacts) -> Refund:
    """The refund of a contract, with every line that leads to it."""
    ground = ground_of(facts)
    lines = [Line("paid", 1, facts.paid_fen, facts.paid_fen, DELIVERED)]
    if facts.used:
        lines.append(_delivered(facts, ground))
    if facts.gifts_used:
        lines.append(_gifts(facts, ground))
    if facts.settled_fen:
        lines.append(Line("settled", 1, facts.settled_fen, -facts.settled_fen, DELIVERED))
    left_fen = sum(line.amount_fen for line in lines)
    if left_fen < 0:
        lines.append(Line("nothing_owed", 1, -left_fen, -left_fen, NO_COUNTERCLAIM))
        left_fen = 0
    term, unit, basis = _term(facts, ground)
    balance_fen = facts.paid_fen - facts.reserved_fen - facts.settled_fen
    if balance_fen < left_fen:
        raise InvariantError(f"余额 {balance_fen} 少于应退 {left_fen}")
    forfeit_fen, interest = balance_fen - left_fen, _interest(facts, ground, left_fen)
    interest_fen = interest.amount_fen if interest else 0
    lines += [interest] if interest else []
    due_fen = left_fen + interest_fen
    return Refund(tuple(lines), due_fen, forfeit_fen, ground, term, unit, basis, interest_fen)


def _interest(facts: RefundFacts, ground: str, principal_fen: int) -> Line | None:
    """Interest on what is returned, from the payment to the request; its quantity is the days.

    Art. 14 gives back the principal alone. No line where the account bore nothing, or before 2025.
    """
    bore = facts.interest
    if bore is None or bore.credited_fen <= 0 or bore.fen_days <= 0 or ground == "no_reason":
        return None
    if not principal_fen or not INTEREST.in_force_on(facts.requested_on):
        return None
    days = max(0, (facts.requested_on - facts.paid_on).days)
    amount_fen = principal_fen * days * bore.credited_fen // bore.fen_days
    return Line("interest", days, None, min(amount_fen, max(0, bore.left_fen)), INTEREST)


def ground_of(facts: RefundFacts) -> str:
    """`before_start`, `no_reason` (within seven days of paying) or `pro_rata`."""
    if facts.requested_on < facts.starts_on and not facts.used:
        return "before_start"
    days = max(NO_REASON_DAYS, facts.cooling_off_days)
    within = facts.requested_on <= facts.paid_on + timedelta(days=days)
    in_force = NO_REASON.in_force_on(facts.paid_on)
    if within and in_force and not facts.had_service_before:
        return "no_reason"
    return "pro_rata"


def _delivered(facts: RefundFacts, ground: str) -> Line:
    at_list_fen = facts.used * facts.list_price_fen
    dearer = at_list_fen > facts.reserved_fen
    if facts.cause is Cause.CONSUMER and ground == "pro_rata" and dearer:
        return Line(
            "delivered_list", facts.used, facts.list_price_fen, -at_list_fen, CONSUMER_FAULT
        )
    is_theirs = facts.cause is Cause.INSTITUTION
    each_fen, rest_fen = divmod(facts.reserved_fen, facts.used)
    return Line(
        "delivered_discounted",
        facts.used,
        None if rest_fen else each_fen,
        -facts.reserved_fen,
        INSTITUTION_FAULT if is_theirs else DELIVERED,
    )


def _gifts(facts: RefundFacts, ground: str) -> Line:
    is_paid = facts.gift_terms is GiftTerms.LIST_PRICE and facts.cause is Cause.CONSUMER
    if is_paid and ground == "pro_rata":
        amount_fen = facts.gifts_used * facts.list_price_fen
        return Line("gifts_list", facts.gifts_used, facts.list_price_fen, -amount_fen, GIFTS)
    return Line("gifts_free", facts.gifts_used, 0, 0, GIFTS)


def _term(facts: RefundFacts, ground: str) -> tuple[int, Unit, LegalBasis]:
    notice_in_force = NOTICE_2023.in_force_on(facts.requested_on)
    basis = NOTICE_2023 if notice_in_force else RULES_2022
    if ground != "before_start":
        return _AFTER_START_DAYS, Unit.DAYS, basis
    unit = Unit.WORKDAYS if notice_in_force else Unit.DAYS
    return _BEFORE_START_DAYS, unit, basis
