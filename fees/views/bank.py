"""Bank statements at the desk: files, lines, mappings, and the desk of differences."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fees.choices.bank import DIFFERENCE_HINTS, DIFFERENCE_LABELS, MATCH_LABELS
from fees.choices.ledger import RULE_LABELS
from fees.forms.accounts import ReasonForm
from fees.forms.bank import DifferenceFilterForm, MappingForm, StatementUploadForm
from fees.models import BankDifference, BankStatement, StatementLine
from fees.selectors.bank import (
    accounts_with_bank,
    difference_for,
    differences_in,
    lines_of,
    mappings_in,
    statement_for,
    statements_in,
)
from fees.services.bank_matching import resolve_difference
from fees.services.statements import save_mapping, upload_statement
from fees.views.desk import PAGE_ROWS, actor_of, posted
from institutions.views.exchange_pages import upload_bytes
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.views.access import page_for
from regulator.jobs.selectors.jobs import job_view
from regulator.kernel.actors import Actor
from regulator.kernel.money import format_yuan
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts


def bank_crumbs(*last: dict[str, Any]) -> list[dict[str, Any]]:
    """The way from the statements to a page of them."""
    return [{"label": _("银行对账"), "url": reverse("fees:statements")}, *last]


def _tabs(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    count = differences_in(actor_of(request)).count()
    return [
        {
            "label": _("待处理差异"),
            "url": reverse("fees:differences"),
            "current": current == "differences",
            "count": count,
        },
        {
            "label": _("对账单"),
            "url": reverse("fees:statements"),
            "current": current == "statements",
        },
    ]


@require_GET
@page_for(Action.ESCROW_READ)
def statements(request: HttpRequest) -> HttpResponse:
    """The statements that were uploaded, the latest first."""
    actor = actor_of(request)
    context = {
        "tabs": _tabs(request, "statements"),
        "page": Paginator(statements_in(actor), PAGE_ROWS).get_page(request.GET.get("page")),
        "may_edit": may(actor, Action.ESCROW_EDIT, Target(division=actor.division)),
    }
    return render(request, "desk/fees/statements.html", context)


@page_for(Action.ESCROW_EDIT)
def statement_upload(request: HttpRequest) -> HttpResponse:
    """Upload a statement of one account."""
    actor, reasons = actor_of(request), []
    form = StatementUploadForm(
        posted(request),
        request.FILES or None,
        accounts=list(accounts_with_bank(actor)),
        mappings=list(mappings_in(actor)),
    )
    if request.method == "POST" and form.is_valid():
        try:
            kept = _uploaded(form, actor)
        except Refused as refused:
            reasons = list(refusal_texts(refused.refusals))
        else:
            if kept is not None:
                return redirect("fees:statement", public_id=kept.public_id)
    context = {"form": form, "reasons": reasons}
    context["crumbs"] = bank_crumbs({"label": _("上传对账单")})
    return render(request, "desk/fees/statement_upload.html", context)


def _uploaded(form: StatementUploadForm, actor: Actor) -> BankStatement | None:
    """The statement that was kept; None after saying in the form that it is too large."""
    data = upload_bytes(form)
    if data is None:
        return None
    return upload_statement(
        escrow=form.chosen_escrow,
        file_name=form.cleaned_data["file"].name,
        data=data,
        mapping=form.chosen_mapping,
        actor=actor,
        at=timezone.now(),
    )


@page_for(Action.ESCROW_EDIT)
def statement_mapping(request: HttpRequest) -> HttpResponse:
    """Save how a bank's CSV is read."""
    actor, form, reasons = actor_of(request), MappingForm(posted(request)), []
    if request.method == "POST" and form.is_valid():
        name, layout = form.cleaned_data["name"], form.layout()
        try:
            saved = save_mapping(
                division=actor.division, name=name, layout=layout, actor=actor, at=timezone.now()
            )
        except Refused as refused:
            reasons = list(refusal_texts(refused.refusals))
        else:
            messages.success(request, _("已保存“%(name)s”。") % {"name": saved})
            return redirect("fees:statement_upload")
    title = _("新建银行栏目对应")
    context = {"form": form, "reasons": reasons, "title": title}
    context["crumbs"] = bank_crumbs({"label": title})
    context["cancel_url"] = reverse("fees:statement_upload")
    return render(request, "desk/fees/form.html", context)


@require_GET
@page_for(Action.ESCROW_READ)
def statement(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One statement: its reading, its balances, its lines and what each stands for."""
    actor, row = actor_of(request), statement_for(actor_of(request), public_id)
    if row is None:
        raise Http404
    lines = Paginator(lines_of(row), PAGE_ROWS).get_page(request.GET.get("page"))
    context = {
        "statement": row,
        "job": row.job,
        "view": job_view(row.job, actor) if row.job else None,
        "stats": _stats(row),
        "page": lines,
        "lines": [_told(one) for one in lines],
        "may_edit": may(
            actor, Action.ESCROW_EDIT, Target(division=row.escrow.institution.division_id)
        ),
        "crumbs": bank_crumbs({"label": row.file_name}),
    }
    return render(request, "desk/fees/statement.html", context)


def _stats(row: BankStatement) -> list[dict[str, Any]]:
    def yuan(fen: int | None) -> str:
        return "—" if fen is None else format_yuan(fen)

    return [
        {"label": _("新流水"), "value": row.line_count, "unit": _("笔")},
        {"label": _("以前已读入"), "value": row.known_count, "unit": _("笔")},
        {"label": _("期初余额（元）"), "value": yuan(row.opening_fen)},
        {"label": _("期末余额（元）"), "value": yuan(row.closing_fen)},
    ]


def _told(line: StatementLine) -> dict[str, Any]:
    matches = list(line.matches.all())
    return {
        "line": line,
        "matched": [RULE_LABELS.get(one.posting.rule, one.posting.rule) for one in matches],
        "how": MATCH_LABELS[matches[0].how] if matches else "",
    }


@require_GET
@page_for(Action.ESCROW_READ)
def differences(request: HttpRequest) -> HttpResponse:
    """Where bank, ledger and report do not agree, by name."""
    actor, form = actor_of(request), DifferenceFilterForm(request.GET)
    form.is_valid()
    chosen = {name: str(value) for name, value in form.cleaned_data.items()}
    rows = differences_in(actor, state=chosen.get("state") or "open", code=chosen.get("code", ""))
    page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "tabs": _tabs(request, "differences"),
        "page": page,
        "rows": [told_difference(one) for one in page],
    }
    return render(request, "desk/fees/differences.html", context)


def told_difference(row: BankDifference) -> dict[str, Any]:
    """A difference with its name and what each side says, in yuan."""
    sides = {"bank": row.bank_fen, "ledger": row.ledger_fen, "report": row.report_fen}
    words = {name: "" if fen is None else format_yuan(fen) for name, fen in sides.items()}
    return {"row": row, "label": DIFFERENCE_LABELS[row.code], **words}


@page_for(Action.ESCROW_READ)
def difference(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One difference: what each side says, what to do, and who said what."""
    actor, row = actor_of(request), difference_for(actor_of(request), public_id)
    if row is None:
        raise Http404
    form, reasons = ReasonForm(posted(request)), []
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            resolve_difference(difference=row, reason=reason, actor=actor, at=timezone.now())
        except Refused as refused:
            reasons = list(refusal_texts(refused.refusals))
        else:
            messages.success(request, _("已记下说明。"))
            return redirect("fees:difference", public_id=row.public_id)
    context = _difference_context(row, actor) | {"form": form, "reasons": reasons}
    return render(request, "desk/fees/difference.html", context)


def _difference_context(row: BankDifference, actor: Actor) -> dict[str, Any]:
    target = Target(division=row.escrow.institution.division_id)
    return {
        "told": told_difference(row),
        "row": row,
        "hint": DIFFERENCE_HINTS[row.code],
        "facts": _facts(row),
        "notes": row.notes.all(),
        "may_edit": row.state == "open" and may(actor, Action.ESCROW_EDIT, target),
        "crumbs": bank_crumbs({"label": DIFFERENCE_LABELS[row.code]}),
    }


def _facts(row: BankDifference) -> list[dict[str, Any]]:
    told = told_difference(row)
    line, posting = row.line, row.posting
    found = [
        {"label": _("机构"), "value": row.escrow.institution.name, "data": True},
        {"label": _("监管账户"), "value": str(row.escrow), "data": True},
        {"label": _("日期"), "value": row.day},
        {"label": _("银行（元）"), "value": told["bank"]},
        {"label": _("账上（元）"), "value": told["ledger"]},
        {"label": _("机构申报（元）"), "value": told["report"]},
        {"label": _("银行流水号"), "value": line.reference if line else "", "data": True},
        {"label": _("摘要"), "value": line.purpose if line else "", "data": True},
        {"label": _("分录"), "value": posting.rule_label if posting else ""},
    ]
    return [fact for fact in found if fact["value"]]
