"""The fictional refund desk: requests in every state, warnings of each tier, one false alarm."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

from fees.core.refunds import Cause
from fees.models import Contract, RefundRequest
from fees.selectors.warnings import warnings_of
from fees.services.refund_payment import Finding, close_request, decide_refund, pay_refund
from fees.services.refund_requests import (
    agree_to_refund,
    appeal_decision,
    ask_for_refund,
    dispute_refund,
    withdraw_request,
)
from fees.services.warnings import (
    EventDraft,
    answer_warning,
    record_provider_event,
    watch_institutions,
)
from institutions.models import Institution
from regulator.kernel.actors import SYSTEM, Actor
from regulator.pages.services.seed_people import Staff
from regulator.pages.services.seed_register import moment

_STATES = (
    "asked", "agreed", "disputed", "decided", "appealed", "paid", "closed", "withdrawn",
)  # fmt: skip
# How many entered events an institution has: each more urgent than the one before.
_TROUBLES = (
    ("complaint_upheld", "complaint_upheld"),
    ("rent_arrears", "wages_arrears"),
    ("rent_arrears", "wages_arrears", "lease_ended"),
    ("licence_event",),
)


def seed_refunds(*, staff: Staff, today: date) -> tuple[int, int]:
    """Requests and warnings through the services; returns how many of each."""
    supervisor = staff.actor("fee_supervisor")
    requests = _requests(staff, supervisor, today)
    return requests, _warnings(staff, supervisor, today)


def _requests(staff: Staff, supervisor: Actor, today: date) -> int:
    open_ones = Contract.objects.filter(
        institution__division=staff.division,
        closed_on=None,
        ledger_accounts__balance_fen__gt=0,
        refund_requests=None,
    ).select_related("institution", "escrow__institution", "filing")
    contracts = list(open_ones.order_by("pk")[: len(_STATES)])
    for state, contract in zip(_STATES, contracts, strict=False):
        asked_on = today - timedelta(days=9)
        request = ask_for_refund(
            contract=contract, reason="搬家，不再上课", actor=supervisor, at=moment(asked_on)
        )
        _bring(request, state, supervisor, today)
    return len(contracts)


def _bring(request: RefundRequest, state: str, supervisor: Actor, today: date) -> None:
    """Bring a request to a state by the services alone; the institution's part by the system."""
    at = moment(today)
    finding = Finding(Cause.CONSUMER, had_service_before=False, reason="家长搬家")
    steps: dict[str, Callable[[], object]] = {
        "withdrawn": lambda: withdraw_request(request, actor=supervisor, at=at),
        "disputed": lambda: dispute_refund(request, reason="课已上过", actor=SYSTEM, at=at),
        "agreed": lambda: agree_to_refund(request, actor=SYSTEM, at=at),
        "decided": lambda: decide_refund(request, finding, actor=supervisor, at=at),
        "appealed": lambda: appeal_decision(request, reason="价格不对", actor=supervisor, at=at),
        "paid": lambda: pay_refund(request, actor=supervisor, at=at),
        "closed": lambda: close_request(request, reference="R26110101", actor=supervisor, at=at),
    }
    for name in _WAYS[state]:
        steps[name]()


_WAYS: dict[str, tuple[str, ...]] = {
    "asked": (),
    "agreed": ("agreed",),
    "disputed": ("disputed",),
    "decided": ("agreed", "decided"),
    "appealed": ("agreed", "decided", "appealed"),
    "paid": ("agreed", "decided", "paid"),
    "closed": ("agreed", "decided", "paid", "closed"),
    "withdrawn": ("withdrawn",),
}


def _warnings(staff: Staff, supervisor: Actor, today: date) -> int:
    rows = Institution.objects.filter(
        division=staff.division, escrow_accounts__state="active", status="operating"
    )
    institutions = list(rows.distinct().order_by("pk")[: len(_TROUBLES)])
    for institution, kinds in zip(institutions, _TROUBLES, strict=False):
        for number, kind in enumerate(kinds, start=1):
            draft = EventDraft(
                kind=kind,
                happened_on=today - timedelta(days=20 * number),
                document=f"核查记录〔{today.year}〕{number}号",
            )
            record_provider_event(
                institution=institution, draft=draft, actor=supervisor, at=moment(today)
            )
    added = watch_institutions(division=staff.division, actor=SYSTEM, at=moment(today))
    _answer(institutions, supervisor, today)
    return added


def _answer(institutions: list[Institution], supervisor: Actor, today: date) -> None:
    """One was a false alarm, one is being dealt with; the others wait."""
    for (institution, _next), (kind, text) in zip(
        pairwise(institutions[1:]),
        (("action", "约谈负责人，要求十日内说明"), ("acknowledged", "")),
        strict=False,
    ):
        found = warnings_of(institution).first()
        if found is not None:
            answer_warning(found, kind=kind, text=text, actor=supervisor, at=moment(today))
    last = warnings_of(institutions[-1]).first() if institutions else None
    if last is not None:
        answer_warning(
            last,
            kind="false_alarm",
            text="许可信息录入有误，已经更正",
            actor=supervisor,
            at=moment(today),
        )
