"""A request for a refund in words: its facts, its journey, its calculation line by line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fees.choices.refunds import (
    ANSWER_LABELS,
    ASKED_BY_LABELS,
    CAUSE_LABELS,
    GROUND_LABELS,
    LINE_LABELS,
    REFUND_EVENT_LABELS,
    REFUND_STATE_LABELS,
)
from fees.core.refunds import Cause, Refund
from fees.models import RefundRequest
from fees.services.refund_payment import frozen
from institutions.choices.papers import PAPER_EVENT_LABELS
from regulator.audit.models import Event
from regulator.calendars.models import Deadline
from regulator.calendars.selectors import workday_table
from regulator.kernel.money import format_yuan
from regulator.kernel.workdays import workdays_between

# The steps of a request in their order; the day of each is kept in `<step>_on`.
_STEPS = {
    "asked": gettext_lazy("家长申请"),
    "answered": gettext_lazy("机构答复"),
    "decided": gettext_lazy("核定金额"),
    "paid": gettext_lazy("退款"),
    "closed": gettext_lazy("银行回单，办结"),
}
_WITHOUT_LESSONS = ("paid", "settled", "interest")


def lines_of(calculation: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The lines of a frozen calculation, each with its label, count, price, amount and article."""
    return [
        {
            "label": LINE_LABELS[line["code"]],
            "quantity": "" if line["code"] in _WITHOUT_LESSONS else line["quantity"],
            "unit_fen": line["unit_fen"],
            "amount_fen": line["amount_fen"],
            "basis": line["basis"]["cite"],
        }
        for line in calculation["lines"]
    ]


def shown_calculation(calculation: Mapping[str, Any]) -> dict[str, Any]:
    """A frozen calculation as its table shows it."""
    return {
        "lines": lines_of(calculation),
        "ground": GROUND_LABELS[calculation["ground"]],
        "refund_fen": calculation["refund_fen"],
        "forfeit_fen": calculation["forfeit_fen"],
        "term": term_words(calculation),
    }


def shown_proposals(proposals: Iterable[tuple[Cause, Refund]]) -> list[dict[str, Any]]:
    """What comes out now for each cause; equal results stand together."""
    shown: list[dict[str, Any]] = []
    for cause, refund in proposals:
        one = shown_calculation(frozen(refund)) | {"causes": [CAUSE_LABELS[cause.value]]}
        same = next((old for old in shown if old["lines"] == one["lines"]), None)
        if same is None:
            shown.append(one)
        else:
            same["causes"].append(CAUSE_LABELS[cause.value])
    return shown


def term_words(calculation: Mapping[str, Any]) -> SafeString:
    """`5 个工作日内（…）`: the term to pay, with its source in the language of the law."""
    words = _("申请后 %(n)s 日内退还（%(basis)s）")
    if calculation["term_unit"] == "workdays":
        words = _("申请后 %(n)s 个工作日内退还（%(basis)s）")
    before, _basis, after = (words % {"n": calculation["term"], "basis": "\n"}).partition("\n")
    cite = calculation["term_basis"]["cite"]
    return format_html('{}<span lang="zh">{}</span>{}', before, cite, after)


def request_facts(request: RefundRequest) -> list[dict[str, Any]]:
    """What stands of a request; what people wrote is read on a page of its own."""
    contract = request.contract
    facts: list[dict[str, Any]] = [
        {"label": _("合同编号"), "value": contract.number, "data": True},
        {"label": _("学员"), "value": contract.pupil_shown, "data": True},
        {"label": _("班级"), "value": contract.filing.class_name, "data": True},
        {"label": _("由谁提出"), "value": ASKED_BY_LABELS[request.asked_by]},
        {"label": _("机构的答复"), "value": ANSWER_LABELS[request.answer]},
    ]
    if request.cause:
        facts.append({"label": _("退费的原因方"), "value": CAUSE_LABELS[request.cause]})
        facts.append({"label": _("核定人"), "value": request.decided_by, "data": True})
    if request.refund_fen is not None:
        amount = format_yuan(request.refund_fen)
        facts.append({"label": _("核定退还（元）"), "value": amount})
    if request.bank_reference:
        reference = request.bank_reference
        facts.append({"label": _("银行回单"), "value": reference, "data": True})
    return facts


def request_steps(request: RefundRequest, today: date) -> list[dict[str, Any]]:
    """The journey of a request: what is done, who has to act, until when."""
    days = {name: getattr(request, f"{name}_on") for name in _STEPS}
    here = next((name for name in _STEPS if not days[name]), "")
    if request.state == "appealed":
        here, days["decided"] = "decided", None
    steps = []
    for name, label in _STEPS.items():
        state = "done" if days[name] else "current" if name == here and request.is_open else "todo"
        steps.append({"label": label, "on": days[name], "state": state})
    if request.is_open:
        steps[1] |= _until(request.answer_deadline, _("机构"), today, is_open=here == "answered")
        steps[2] |= {"who": _("资金监管员")} if here == "decided" else {}
        is_unpaid = request.paid_on is None
        steps[3] |= _until(request.payment_deadline, _("资金监管员"), today, is_open=is_unpaid)
    return steps


def _until(deadline: Deadline, who: str, today: date, *, is_open: bool) -> dict[str, Any]:
    if not is_open:
        return {}
    return {"who": who, "until": deadline.due_on, "left": left_workdays(deadline, today)}


def left_workdays(deadline: Deadline, today: date) -> int:
    """Working days until a deadline; negative when it has passed."""
    return workdays_between(today, deadline.due_on, workday_table(deadline.division))


def told_requests(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Events of a request with their names and the state they led to."""
    return [
        {
            "event": event,
            "label": REFUND_EVENT_LABELS.get(event.kind)
            or PAPER_EVENT_LABELS.get(event.kind, event.kind),
            "changes": _changes(event.new or {}),
        }
        for event in events
    ]


def _changes(new: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = []
    if state := new.get("refund_state"):
        found.append({"name": _("状态"), "old": "", "new": REFUND_STATE_LABELS[state]})
    if "refund_fen" in new and new["refund_fen"] is not None:
        found.append({"name": _("退还"), "old": "", "new": format_yuan(new["refund_fen"])})
    return found
