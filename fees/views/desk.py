"""The fee supervisor's pages: the list, one account, and each step of its way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fees.choices.texts import KIND_LABELS, MOVE_LABELS, STATE_LABELS
from fees.core.escrow_states import EscrowState, moves_from
from fees.forms.accounts import FilterForm
from fees.models import EscrowAccount
from fees.resources.accounts_export import accounts_export
from fees.selectors.accounts import (
    account_for,
    accounts_in,
    counts_by_state,
    history_of_account,
    institutions_without_account,
    unverified_count,
)
from fees.selectors.agreements import documents_of, freezes_of
from fees.selectors.insolvency import case_of
from fees.views.showing import facts, journey, scheme_words, told_events
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.views.access import page_for
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts

PAGE_ROWS = 50


def actor_of(request: HttpRequest) -> Actor:
    """Who asks, at which desk."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def account_or_404(
    request: HttpRequest, public_id: UUID, action: Action = Action.ESCROW_READ
) -> EscrowAccount:
    """An account that the actor's desk reaches."""
    account = account_for(actor_of(request), public_id, action)
    if account is None:
        raise Http404
    return account


def account_url(account: EscrowAccount) -> str:
    """The account's own page."""
    return reverse("fees:escrow_account", args=[account.public_id])


def crumbs_to(account: EscrowAccount, label: str = "") -> list[dict[str, Any]]:
    """The way from the list over an account to a page of it."""
    steps = [{"label": _("监管账户"), "url": reverse("fees:escrow_accounts")}]
    name = account.institution.name
    if not label:
        return [*steps, {"label": name}]
    return [*steps, {"label": name, "url": account_url(account)}, {"label": label}]


def tabs(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    """The registered accounts, and the institutions that have none."""
    missing = institutions_without_account(actor_of(request)).count()
    return [
        {
            "label": _("已登记的账户"),
            "url": reverse("fees:escrow_accounts"),
            "current": current == "accounts",
        },
        {
            "label": _("没有托管专户的机构"),
            "url": reverse("fees:escrow_missing"),
            "current": current == "missing",
            "count": missing,
        },
    ]


@require_GET
@page_for(Action.ESCROW_READ)
def escrow_accounts(request: HttpRequest) -> HttpResponse:
    """Every account of the division: filtered as a sentence, searched, exported."""
    actor, form = actor_of(request), FilterForm(request.GET)
    filters = form.filters(sort=request.GET.get("sort", ""))
    rows = accounts_in(actor, filters)
    if request.GET.get("export") in ("xlsx", "csv"):
        return accounts_export(rows, request.GET["export"])
    query, counts = request.GET.copy(), counts_by_state(actor)
    query.pop("page", None)
    context = {
        "form": form,
        "filters": filters,
        "tabs": tabs(request, "accounts"),
        "page": Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page")),
        "stats": [{"label": word, "value": counts[code]} for code, word in STATE_LABELS.items()],
        "kinds": KIND_LABELS,
        "exports": [
            {"label": kind.upper(), "url": f"?{query.urlencode()}&export={kind}"}
            for kind in ("xlsx", "csv")
        ],
    }
    return render(request, "desk/fees/accounts.html", context)


@require_GET
@page_for(Action.ESCROW_READ)
def escrow_missing(request: HttpRequest) -> HttpResponse:
    """Verified institutions that teach without an open custody account."""
    actor, text = actor_of(request), request.GET.get("q", "").strip()
    rows = institutions_without_account(actor, text)
    context = {
        "q": text,
        "tabs": tabs(request, "missing"),
        "unverified": unverified_count(actor),
        "page": Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page")),
        "may_edit": may(actor, Action.ESCROW_EDIT, Target(division=actor.division)),
    }
    return render(request, "desk/fees/missing.html", context)


@require_GET
@page_for(Action.ESCROW_READ)
def escrow_account(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One account: where it stands, what is registered, what was done."""
    actor, account = actor_of(request), account_or_404(request, public_id)
    target = Target(division=account.institution.division_id)
    context = {
        "account": account,
        "institution": account.institution,
        "steps": journey(account),
        "facts": facts(account),
        "crumbs": crumbs_to(account),
        "kind": KIND_LABELS[account.kind],
        "events": told_events(history_of_account(account)),
        "next_move": _next_move(account),
        "documents": documents_of(account),
        "freezes": freezes_of(account, on=timezone.localdate()),
        "case": case_of(account.institution_id),
        "scheme": scheme_words(account.institution.division_id),
        "may_edit": may(actor, Action.ESCROW_EDIT, target),
    }
    return render(request, "desk/fees/account.html", context)


def _next_move(account: EscrowAccount) -> dict[str, Any] | None:
    """The one step that leads on: agree, activate, then publish."""
    asides = ("close", "hold", "lift")
    names = [
        move.name for move in moves_from(EscrowState(account.state)) if move.name not in asides
    ]
    if account.state == EscrowState.ACTIVE.value and not account.is_published:
        names = ["publish"]
    return {"name": names[0], "label": MOVE_LABELS[names[0]]} if names else None


def form_page(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[], EscrowAccount],
    *,
    context: dict[str, Any],
    done: str,
    back: str,
) -> HttpResponse:
    """One form on a page of its own: a valid post leads to the account it acted on.

    Every reason of a refusal is shown; `back` is where giving up leads.
    """
    reasons: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            account = act()
        except Refused as refused:
            reasons = list(refusal_texts(refused.refusals))
        else:
            messages.success(request, done)
            return redirect(account_url(account))
    shown = context | {"form": form, "reasons": reasons, "cancel_url": back}
    return render(request, "desk/fees/form.html", shown)


def posted(request: HttpRequest) -> Any:
    """What was sent, also when it is empty; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


def handed(request: HttpRequest) -> Any:
    """The files that were sent; None for a page that is only looked at."""
    return request.FILES if request.method == "POST" else None
