"""Each step of an account's way as a page with one form."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fees.choices.texts import KIND_LABELS, MOVE_LABELS
from fees.forms.accounts import CorrectionForm, OpeningForm, ReasonForm
from fees.forms.agreements import SignedAgreementForm
from fees.models import EscrowAccount
from fees.selectors.accounts import accounts_of
from fees.services import (
    activate_account,
    close_account,
    correct_account,
    open_account,
    publish_account,
    read_number,
    unpublish_account,
)
from fees.services.agreements import sign_agreement
from fees.views.desk import (
    account_or_404,
    account_url,
    actor_of,
    crumbs_to,
    form_page,
    handed,
    posted,
)
from institutions.selectors.register import institution_for
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts


def confirming(
    account: EscrowAccount, title: str, *consequences: str, **more: Any
) -> dict[str, Any]:
    """The words of a step that is confirmed: what it is about, and what follows from it."""
    return {
        "title": title,
        "submit": title,
        "crumbs": crumbs_to(account, title),
        "what_data": True,
        "what": f"{account.institution.name}　{account}",
        "consequences": consequences,
        **more,
    }


@page_for(Action.ESCROW_EDIT)
def escrow_new(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    """Register an account of an institution."""
    actor, form = actor_of(request), OpeningForm(posted(request))
    institution = institution_for(actor, institution_id, Action.ESCROW_EDIT)
    if institution is None:
        raise Http404
    present = accounts_of(institution)
    return form_page(
        request,
        form,
        lambda: open_account(
            institution=institution,
            kind=form.cleaned_data["kind"],
            draft=form.draft(),
            actor=actor,
            at=timezone.now(),
        ),
        context={
            "title": _("登记监管账户"),
            "data": institution.name,
            "present": [(KIND_LABELS[one.kind], one) for one in present],
        },
        done=_("已登记。下一步：三方协议签订后登记协议。"),
        back=_list_url(),
    )


def _list_url() -> str:
    return reverse("fees:escrow_accounts")


@page_for(Action.ESCROW_EDIT)
def escrow_correct(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Correct bank, branch or number."""
    actor, account = actor_of(request), account_or_404(request, public_id, Action.ESCROW_EDIT)
    initial = {"bank_name": account.bank_name, "branch_name": account.branch_name}
    form = CorrectionForm(posted(request), initial=initial)
    return form_page(
        request,
        form,
        lambda: correct_account(
            account,
            form.draft(),
            reason=form.cleaned_data["reason"],
            actor=actor,
            at=timezone.now(),
        ),
        context={"title": _("更正监管账户"), "crumbs": crumbs_to(account, _("更正"))},
        done=_("已更正，历史里留有原来的内容。"),
        back=account_url(account),
    )


@page_for(Action.ESCROW_EDIT)
def escrow_agree(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Record the tripartite agreement."""
    actor, account = actor_of(request), account_or_404(request, public_id, Action.ESCROW_EDIT)
    form = SignedAgreementForm(posted(request), handed(request))
    title = str(MOVE_LABELS["agree"])
    return form_page(
        request,
        form,
        lambda: sign_agreement(
            account,
            form.document(),
            agreement_number=form.cleaned_data["agreement_number"],
            agreed_on=form.cleaned_data["agreed_on"],
            actor=actor,
            at=timezone.now(),
        ),
        context={"title": title, "crumbs": crumbs_to(account, title)},
        done=_("已登记三方协议。下一步：银行确认开户后启用监管。"),
        back=account_url(account),
    )


@page_for(Action.ESCROW_EDIT)
def escrow_activate(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put the account under supervision."""
    actor, account = actor_of(request), account_or_404(request, public_id, Action.ESCROW_EDIT)
    title = str(MOVE_LABELS["activate"])
    return form_page(
        request,
        Form(posted(request)),
        lambda: activate_account(account, actor=actor, at=timezone.now()),
        context=confirming(account, title, _("从今天起，该机构的预收费都要进入这个账户。")),
        done=_("已启用监管。下一步：公示账户，让家长查得到。"),
        back=account_url(account),
    )


@page_for(Action.ESCROW_EDIT)
def escrow_publish(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the account to parents."""
    actor, account = actor_of(request), account_or_404(request, public_id, Action.ESCROW_EDIT)
    title = str(MOVE_LABELS["publish"])
    return form_page(
        request,
        Form(posted(request)),
        lambda: publish_account(account, actor=actor, at=timezone.now()),
        context=confirming(
            account, title, _("家长在机构的公开页面上能看到银行、网点和账号后四位。")
        ),
        done=_("已公示。"),
        back=account_url(account),
    )


@page_for(Action.ESCROW_EDIT)
def escrow_unpublish(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take the account off the public page."""
    actor, account = actor_of(request), account_or_404(request, public_id, Action.ESCROW_EDIT)
    form, title = ReasonForm(posted(request)), _("撤下公示")
    return form_page(
        request,
        form,
        lambda: unpublish_account(
            account, reason=form.cleaned_data["reason"], actor=actor, at=timezone.now()
        ),
        context=confirming(account, title, _("公开页面上会显示该机构没有公示监管账户。")),
        done=_("已撤下公示。"),
        back=account_url(account),
    )


@page_for(Action.ESCROW_EDIT)
def escrow_close(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Close the account."""
    actor, account = actor_of(request), account_or_404(request, public_id, Action.ESCROW_EDIT)
    form, title = ReasonForm(posted(request)), str(MOVE_LABELS["close"])
    return form_page(
        request,
        form,
        lambda: close_account(
            account, reason=form.cleaned_data["reason"], actor=actor, at=timezone.now()
        ),
        context=confirming(
            account,
            title,
            _("账户不能再启用，公开页面上也不再显示。"),
            _("要换银行，销户以后可以登记新的账户。"),
            danger=True,
        ),
        done=_("已销户。"),
        back=account_url(account),
    )


@page_for(Action.ESCROW_EDIT)
def escrow_number(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The whole number, once, for a purpose that is written down."""
    actor, account = actor_of(request), account_or_404(request, public_id, Action.ESCROW_EDIT)
    form, title = ReasonForm(posted(request)), _("查看完整账号")
    context = {"title": title, "form": form, "account": account}
    context |= {"crumbs": crumbs_to(account, title), "back": account_url(account)}
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            context["number"] = read_number(account, reason=reason, actor=actor, at=timezone.now())
        except Refused as refused:
            context["reasons"] = refusal_texts(refused.refusals)
    response = render(request, "desk/fees/number.html", context)
    response["Cache-Control"] = "no-store"
    return response
