"""Correcting, verifying and changing an entry at the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from institutions.forms.register import (
    CodeChangeForm,
    CorrectionForm,
    DepartmentChangeForm,
    InstitutionForm,
    NameChangeForm,
    StatusChangeForm,
)
from institutions.services.register import (
    change_competent_department,
    change_credit_code,
    change_name,
    change_operating_status,
    correct_institution,
    verify_institution,
)
from institutions.views.register_pages import (
    actor_of,
    entry_or_404,
    entry_url,
    form_page,
    posted,
)
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts


@dataclass(frozen=True)
class Change:
    """A change with its form, its service and its words."""

    form: type[Form]
    service: Callable[..., object]
    title: str | Promise


CHANGES: dict[str, Change] = {
    "name": Change(NameChangeForm, change_name, gettext_lazy("变更名称")),
    "credit-code": Change(CodeChangeForm, change_credit_code, gettext_lazy("变更统一社会信用代码")),
    "department": Change(
        DepartmentChangeForm, change_competent_department, gettext_lazy("变更主管部门")
    ),
    "status": Change(StatusChangeForm, change_operating_status, gettext_lazy("变更办学状态")),
}


@page_for(Action.REGISTER_EDIT)
def change_page(request: HttpRequest, public_id: UUID, what: str) -> HttpResponse:
    """A change that begins on a day: the register keeps what was true before."""
    change = CHANGES.get(what)
    if change is None:
        raise Http404
    institution = entry_or_404(request, public_id, Action.REGISTER_EDIT)
    form = change.form(posted(request), initial={"on": timezone.localdate()})

    def act(values: dict[str, Any]) -> None:
        change.service(
            institution=institution, actor=actor_of(request), at=timezone.now(), **values
        )

    return form_page(
        request,
        institution=institution,
        form=form,
        title=change.title,
        lede=_("原来的内容留在登记册里，可以按日期查看。只是写错了的，请用“更正”。"),
        submit=_("变更"),
        done=_("已变更。"),
        act=act,
    )


@page_for(Action.REGISTER_EDIT)
def correct_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put right what was entered wrongly."""
    institution = entry_or_404(request, public_id, Action.REGISTER_EDIT)
    initial = {name: getattr(institution, name) for name in InstitutionForm.base_fields}
    form = CorrectionForm(posted(request), initial=initial)

    def act(values: dict[str, Any]) -> None:
        correct_institution(
            institution=institution,
            values={name: values[name] for name in initial},
            reason=values["reason"],
            actor=actor_of(request),
            at=timezone.now(),
        )

    return form_page(
        request,
        institution=institution,
        form=form,
        title=_("更正登记内容"),
        lede=_("更正写错的内容。从某一天起改变的，请用“变更”。"),
        submit=_("更正"),
        done=_("已更正。"),
        act=act,
    )


@require_POST
@page_for(Action.REGISTER_EDIT)
def verify_entry(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Confirm the entry."""
    institution = entry_or_404(request, public_id, Action.REGISTER_EDIT)
    try:
        verify_institution(institution=institution, actor=actor_of(request), at=timezone.now())
    except Refused as refused:
        for reason in refusal_texts(refused.refusals):
            messages.error(request, reason.text)
    else:
        messages.success(request, _("已核实。以后的导入不会改动已核实的内容。"))
    return redirect(entry_url(institution))
