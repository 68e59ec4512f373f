"""An account in words: its journey, its facts, its history."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from fees.choices.guardians import GUARDIAN_EVENT_LABELS
from fees.choices.ledger import CHARGING_LABELS, RULE_LABELS
from fees.choices.ledger_refusals import LEDGER_EVENT_LABELS
from fees.choices.sales import MEANS_LABELS
from fees.choices.texts import (
    EVENT_LABELS,
    FIELD_LABELS,
    KIND_LABELS,
    MOVE_LABELS,
    SCHEME_LABELS,
    VALUE_LABELS,
    WHO_ACTS,
)
from fees.core.escrow_states import EscrowState
from fees.models import Contract, EscrowAccount, RefusedSale
from fees.selectors.agreements import fee_scheme
from fees.selectors.contracts import ContractMoney, TaughtLessons
from regulator.audit.models import Event
from regulator.kernel.money import format_yuan
from regulator.kernel.outcomes import Refusal
from regulator.web.refusals import RefusalText, refusal_texts

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
        *_hold_facts(account),
        *_bank_change_facts(account),
    ]


def _hold_facts(account: EscrowAccount) -> list[dict[str, Any]]:
    if account.state != EscrowState.HELD.value:
        return []
    return [
        {"label": FIELD_LABELS["held_on"], "value": account.held_on},
        {"label": FIELD_LABELS["hold_clause"], "value": account.hold_clause, "data": True},
        {"label": _("暂停拨付的理由"), "value": account.hold_reason, "data": True},
    ]


def _bank_change_facts(account: EscrowAccount) -> list[dict[str, Any]]:
    if account.replaces is None:
        return []
    note = _("变更尚未完成") if account.is_incoming else ""
    return [
        {
            "label": FIELD_LABELS["replaces"],
            "value": str(account.replaces),
            "data": True,
            "note": note,
        }
    ]


def scheme_words(division: str) -> str:
    """How prepaid fees are supervised in the division today, in words."""
    return str(SCHEME_LABELS[fee_scheme(division)])


def told_events(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Events with their name and what changed."""
    return [
        {
            "event": event,
            "label": EVENT_LABELS.get(event.kind, event.kind),
            "changes": [
                {
                    "name": FIELD_LABELS.get(name, name),
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
            "label": (LEDGER_EVENT_LABELS | GUARDIAN_EVENT_LABELS).get(event.kind)
            or RULE_LABELS.get(event.kind.removeprefix("ledger."), event.kind),
            "changes": [
                {"name": RULE_LABELS[rule], "old": "", "new": format_yuan(amount_fen)}
                for rule, amount_fen in (event.new or {}).get("amounts_fen", {}).items()
            ],
        }
        for event in events
    ]


def said_reasons(sale: RefusedSale) -> list[RefusalText]:
    """Why a sale was refused, in words, from what was kept."""
    return refusal_texts(Refusal(code, params) for code, params in sale.reasons)


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
        {"label": _("收费方式"), "value": CHARGING_LABELS[contract.charging]},
        {"label": _("缴费方式"), "value": MEANS_LABELS[contract.means]},
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


def parent_figures(
    contract: Contract, money: ContractMoney, taught: TaughtLessons
) -> list[dict[str, Any]]:
    """Paid, used, left: three figures that a parent takes in at once."""
    total = contract.lesson_count + contract.gift_count
    used = taught.used + taught.gifts_used
    left = _("%(left)s 课没上") % {"left": max(0, total - used)}
    balance, pending = format_yuan(money.balance_fen), format_yuan(taught.pending_fen)
    return [
        {"label": _("已付"), "value": format_yuan(money.paid_fen), "unit": _("元")},
        {
            "label": _("已上课"),
            "value": used,
            "unit": _("课"),
            "note": _("共 %(total)s 课") % {"total": total},
        },
        {"label": _("还剩"), "value": balance, "unit": _("元"), "note": left},
        {
            "label": _("等您确认"),
            "value": pending,
            "unit": _("元"),
            "note": _("还没有付给机构"),
        },
    ]


def parent_facts(contract: Contract) -> list[dict[str, Any]]:
    """What a parent needs of the contract; the account masked, nobody's name in full."""
    escrow = contract.escrow
    return [
        {"label": _("合同编号"), "value": contract.number, "data": True},
        {"label": _("班级"), "value": contract.filing.class_name, "data": True},
        {"label": _("上课日期"), "value": f"{contract.starts_on} – {contract.ends_on}"},
        {"label": _("总价（元）"), "value": format_yuan(contract.price_fen)},
        {"label": _("钱在哪里"), "value": str(escrow), "data": True, "badge": None},
        {"label": _("账户状态"), "badge": escrow.badge},
        {"label": _("无理由退款天数"), "value": contract.cooling_off_days},
    ]
