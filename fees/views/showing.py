"""An account in words: its journey, its facts, its history."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from fees.choices.ledger import RULE_LABELS
from fees.choices.ledger_refusals import LEDGER_EVENT_LABELS
from fees.choices.texts import (
    EVENT_LABELS,
    FIELD_LABELS,
    KIND_LABELS,
    MOVE_LABELS,
    VALUE_LABELS,
    WHO_ACTS,
)
from fees.core.escrow_states import EscrowState
from fees.models import Contract, EscrowAccount
from fees.selectors.contracts import ContractMoney, TaughtLessons
from regulator.audit.models import Event
from regulator.kernel.money import format_yuan

_HIDDEN_FIELDS = ("number_index",)


def journey(account: EscrowAccount) -> list[dict[str, Any]]:
    """The way from registration to publication: done, here, or still to do."""
    steps = [
        {"label": _("登记账户"), "on": account.opened_on},
        _step("agree", account.agreed_on),
        _step("activate", account.active_on),
        _step("publish", account.published_on),
    ]
    done = [True, account.agreed_on, account.active_on, account.is_published]
    here = next((place for place, one in enumerate(done) if not one), len(steps))
    closed = account.state == EscrowState.CLOSED.value
    for place, step in enumerate(steps):
        step["state"] = _state(place, here, closed=closed)
    if account.closed_on:
        closing = {"label": MOVE_LABELS["close"], "on": account.closed_on}
        steps.append(closing | {"state": "done", "note": account.closing_reason})
    return steps


def _step(move: str, on: Any) -> dict[str, Any]:
    step: dict[str, Any] = {"label": MOVE_LABELS[move], "on": on}
    return step if on else step | {"who": WHO_ACTS[move]}


def _state(place: int, here: int, *, closed: bool) -> str:
    if place < here:
        return "done"
    if closed:
        return "skipped"
    return "current" if place == here else "todo"


def facts(account: EscrowAccount) -> list[dict[str, Any]]:
    """What is registered of an account; the number masked."""
    return [
        {"label": FIELD_LABELS["kind"], "value": KIND_LABELS[account.kind]},
        {"label": FIELD_LABELS["bank_name"], "value": account.bank_name, "data": True},
        {"label": FIELD_LABELS["branch_name"], "value": account.branch_name, "data": True},
        {"label": FIELD_LABELS["account_number"], "value": account.masked_number},
        {
            "label": FIELD_LABELS["agreement_number"],
            "value": account.agreement_number,
            "data": True,
        },
    ]


def told_events(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Events with their name and what changed."""
    return [
        {
            "event": event,
            "label": EVENT_LABELS.get(event.kind, event.kind),
            "changes": [
                {
                    "name": FIELD_LABELS[name],
                    "old": _spoken(name, (event.old or {}).get(name)),
                    "new": _spoken(name, value),
                }
                for name, value in (event.new or {}).items()
                if name not in _HIDDEN_FIELDS and (value or (event.old or {}).get(name))
            ],
        }
        for event in events
    ]


def told_ledger_events(events: Iterable[Event]) -> list[dict[str, Any]]:
    """A contract's events with their names and the amounts they moved."""
    return [
        {
            "event": event,
            "label": LEDGER_EVENT_LABELS.get(event.kind)
            or RULE_LABELS.get(event.kind.removeprefix("ledger."), event.kind),
            "changes": [
                {"name": RULE_LABELS[rule], "old": "", "new": format_yuan(amount_fen)}
                for rule, amount_fen in (event.new or {}).get("amounts_fen", {}).items()
            ],
        }
        for event in events
    ]


def contract_facts(contract: Contract) -> list[dict[str, Any]]:
    """A contract's terms; the pupil and the telephone masked."""
    filing = contract.filing
    return [
        {"label": _("班级"), "value": f"{filing.class_name} {filing.class_term}", "data": True},
        {"label": _("学员"), "value": contract.pupil_shown, "data": True},
        {"label": _("监护人手机"), "value": contract.phone_shown},
        {
            "label": _("监护人同意"),
            "value": f"{contract.consented_on}（{contract.consent_version}）",
            "data": True,
        },
        {"label": _("签订日期"), "value": contract.signed_on},
        {"label": _("上课日期"), "value": f"{contract.starts_on} – {contract.ends_on}"},
        {"label": _("课时（其中赠课）"), "value": _lesson_words(contract)},
        {"label": _("总价（元）"), "value": format_yuan(contract.price_fen)},
        {"label": _("个人信息保存到"), "value": contract.delete_on},
    ]


def _lesson_words(contract: Contract) -> str:
    return f"{contract.lesson_count + contract.gift_count}（{contract.gift_count}）"


def contract_figures(money: ContractMoney, taught: TaughtLessons) -> list[dict[str, Any]]:
    """A contract's money at a glance, in yuan."""
    return [
        {"label": _("已付（元）"), "value": format_yuan(money.paid_fen)},
        {"label": _("余额（元）"), "value": format_yuan(money.balance_fen)},
        {"label": _("待拨付（元）"), "value": format_yuan(taught.pending_fen)},
        {"label": _("已结算（元）"), "value": format_yuan(money.settled_fen)},
    ]


def _spoken(name: str, value: Any) -> str:
    if value is None:
        return ""
    return str(VALUE_LABELS.get(name, {}).get(value, value))
