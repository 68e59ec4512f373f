"""An account's documents, holds, freezes and bank change: each a page with one form."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fees.choices.texts import MOVE_LABELS
from fees.forms.accounts import ReasonForm
from fees.forms.agreements import (
    BankChangeForm,
    DocumentForm,
    FreezeEndForm,
    FreezeForm,
    HoldForm,
)
from fees.selectors.agreements import document_for, freeze_for
from fees.services.agreements import (
    begin_bank_change,
    complete_bank_change,
    end_freeze,
    hold_releases,
    keep_document,
    lift_hold,
    record_document_read,
    record_freeze,
)
from fees.views.desk import (
    account_or_404,
    account_url,
    actor_of,
    crumbs_to,
    form_page,
    handed,
    posted,
)
from fees.views.steps import confirming
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.adapters.storage import read_stored


@page_for(Action.ESCROW_EDIT)
def escrow_hold(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Stop payments to the institution."""
    actor, account = actor_of(request), account_or_404(request, public_id, Action.ESCROW_EDIT)
    form, title = HoldForm(posted(request)), str(MOVE_LABELS["hold"])
    return form_page(
        request,
        form,
        lambda: hold_releases(account, actor=actor, at=timezone.now(), **form.cleaned_data),
        context=confirming(
            account,
            title,
            _("停止向机构拨付和划款，也不能再签新合同；家长退费照常办理。"),
            _("教育局不能冻结存款；需要冻结的，由法院、公安等有权机关办理。"),
            danger=True,
        ),
        done=_("已暂停拨付。退费照常办理。"),
        back=account_url(account),
    )


@page_for(Action.ESCROW_EDIT)
def escrow_lift(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let the institution be paid again."""
    actor, account = actor_of(request), account_or_404(request, public_id, Action.ESCROW_EDIT)
    form, title = ReasonForm(posted(request)), str(MOVE_LABELS["lift"])
    return form_page(
        request,
        form,
        lambda: lift_hold(account, actor=actor, at=timezone.now(), **form.cleaned_data),
        context={"title": title, "submit": title, "crumbs": crumbs_to(account, title)},
        done=_("已恢复拨付。"),
        back=account_url(account),
    )


@page_for(Action.ESCROW_EDIT)
def escrow_document_new(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Keep a paper of the account."""
    actor, account = actor_of(request), account_or_404(request, public_id, Action.ESCROW_EDIT)
    form, title = DocumentForm(posted(request), handed(request)), _("存入材料")
    return form_page(
        request,
        form,
        lambda: (
            keep_document(
                account,
                form.document(),
                kind=form.cleaned_data["kind"],
                actor=actor,
                at=timezone.now(),
            ).escrow
        ),
        context={"title": title, "crumbs": crumbs_to(account, title)},
        done=_("已存入。"),
        back=account_url(account),
    )


@require_GET
@page_for(Action.ESCROW_READ)
def escrow_document(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """A kept paper, as it came; who opened it is on record."""
    actor = actor_of(request)
    document = document_for(actor, document_id)
    if document is None:
        raise Http404
    record_document_read(document, actor=actor, at=timezone.now())
    response = HttpResponse(read_stored(document.sha256), content_type=document.media_type)
    response.headers["Content-Disposition"] = "inline"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@page_for(Action.ESCROW_EDIT)
def escrow_freeze(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Record what a court or the police froze."""
    actor, account = actor_of(request), account_or_404(request, public_id, Action.ESCROW_EDIT)
    form, title = FreezeForm(posted(request), handed(request)), _("登记司法冻结")
    return form_page(
        request,
        form,
        lambda: (
            record_freeze(
                account, form.draft(), form.document(), actor=actor, at=timezone.now()
            ).escrow
        ),
        context={"title": title, "crumbs": crumbs_to(account, title)},
        done=_("已登记冻结。被冻结的金额不能付给机构。"),
        back=account_url(account),
    )


@page_for(Action.ESCROW_EDIT)
def escrow_freeze_end(request: HttpRequest, freeze_id: UUID) -> HttpResponse:
    """Record that a freeze was lifted."""
    actor = actor_of(request)
    freeze = freeze_for(actor, freeze_id)
    if freeze is None:
        raise Http404
    form, title = FreezeEndForm(posted(request)), _("登记解除冻结")
    return form_page(
        request,
        form,
        lambda: end_freeze(freeze, actor=actor, at=timezone.now(), **form.cleaned_data).escrow,
        context={"title": title, "data": str(freeze), "crumbs": crumbs_to(freeze.escrow, title)},
        done=_("已登记解除冻结。"),
        back=account_url(freeze.escrow),
    )


@page_for(Action.ESCROW_EDIT)
def escrow_change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Register the account at the new bank, beside the old one."""
    actor, account = actor_of(request), account_or_404(request, public_id, Action.ESCROW_EDIT)
    form, title = BankChangeForm(posted(request), handed(request)), _("变更开户银行")
    return form_page(
        request,
        form,
        lambda: begin_bank_change(
            account,
            form.draft(),
            form.document(),
            reason=form.cleaned_data["reason"],
            actor=actor,
            at=timezone.now(),
        ),
        context={"title": title, "crumbs": crumbs_to(account, title)},
        done=_("已登记新账户。签订协议、启用以后，在新账户页面完成变更。"),
        back=account_url(account),
    )


@page_for(Action.ESCROW_EDIT)
def escrow_change_complete(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Move money and contracts to the new account and close the old one."""
    actor, account = actor_of(request), account_or_404(request, public_id, Action.ESCROW_EDIT)
    form, title = ReasonForm(posted(request)), _("完成变更银行")
    return form_page(
        request,
        form,
        lambda: complete_bank_change(account, actor=actor, at=timezone.now(), **form.cleaned_data),
        context=confirming(
            account,
            title,
            _("原账户的余额和合同全部转入新账户，原账户销户。"),
            what=f"{account.institution.name}　{account.replaces or ''} → {account}",
        ),
        done=_("已完成变更，原账户已销户。"),
        back=account_url(account),
    )
