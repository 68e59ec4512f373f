"""Each form about a person: entered, changed, certified, checked, begun, ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.forms.staff import (
    CertificateForm,
    CheckForm,
    EndForm,
    PhotoForm,
    StaffChangeForm,
    StaffForm,
    StartForm,
)
from institutions.models import StaffMember
from institutions.services.staff import (
    change_staff_member,
    end_staff_member,
    record_staff_member,
    start_staff_member,
)
from institutions.services.staff_papers import add_certificate, record_check, set_staff_photo
from institutions.views.register_pages import actor_of, posted
from institutions.views.staff_sides import (
    DESK,
    PORTAL,
    Side,
    institution_at,
    member_or_404,
    staff_form_page,
)
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.kernel.actors import Actor

Act = Callable[[StaffMember, Form, Actor, datetime], object]


@dataclass(frozen=True)
class Step:
    """A form about one person, with its words; `sides` are where it is offered."""

    form: Callable[[HttpRequest, StaffMember], Form]
    act: Act
    title: str | Promise
    submit: str | Promise
    done: str | Promise
    lede: str | Promise = ""
    sides: tuple[Side, ...] = (DESK, PORTAL)
    is_grave: bool = False


def _change_form(request: HttpRequest, member: StaffMember) -> Form:
    known = {name: getattr(member, name, "") for name in StaffForm.base_fields}
    initial = {**known, "identity_number": "", "on": timezone.localdate()}
    return StaffChangeForm(posted(request), initial=initial, category=member.institution.category)


def _dated(form: type[Form], **days: str) -> Callable[[HttpRequest, StaffMember], Form]:
    """A form whose dates are today's at first."""

    def made(request: HttpRequest, _member: StaffMember) -> Form:
        files = request.FILES if request.method == "POST" else None
        return form(posted(request), files, initial=dict.fromkeys(days, timezone.localdate()))

    return made


def _change(member: StaffMember, form: Any, actor: Actor, at: datetime) -> object:
    return change_staff_member(
        member=member,
        draft=form.draft(),
        on=form.cleaned_data["on"],
        reason=form.cleaned_data["reason"],
        actor=actor,
        at=at,
    )


STEPS: dict[str, Step] = {
    "change": Step(
        _change_form,
        _change,
        gettext_lazy("更正或变更"),
        gettext_lazy("保存"),
        gettext_lazy("已保存。"),
    ),
    "certificate": Step(
        _dated(CertificateForm),
        lambda member, form, actor, at: add_certificate(
            member=member,
            draft=form.draft(),  # type: ignore[attr-defined]
            actor=actor,
            at=at,
        ),
        gettext_lazy("登记资格证书"),
        gettext_lazy("登记"),
        gettext_lazy("证书已登记。"),
    ),
    "check": Step(
        _dated(CheckForm, checked_on="today"),
        lambda member, form, actor, at: record_check(
            member=member,
            draft=form.draft(),  # type: ignore[attr-defined]
            actor=actor,
            at=at,
        ),
        gettext_lazy("录入查询结果"),
        gettext_lazy("录入"),
        gettext_lazy("已录入。"),
        lede=gettext_lazy(
            "到岗以前查一次，以后每年查一次。查到不得录用情形的，会列入不得录用名单，任何机构都不能再聘用。"
        ),
        sides=(DESK,),
    ),
    "photo": Step(
        _dated(PhotoForm),
        lambda member, form, actor, at: set_staff_photo(
            member=member, picture=form.cleaned_data["photo"], actor=actor, at=at
        ),
        gettext_lazy("更换照片"),
        gettext_lazy("上传"),
        gettext_lazy("照片已更换。"),
        lede=gettext_lazy("教学、教研人员的照片会在机构的公开页面上显示。"),
    ),
    "start": Step(
        _dated(StartForm, starts_on="today"),
        lambda member, form, actor, at: start_staff_member(
            member=member, actor=actor, at=at, **form.cleaned_data
        ),
        gettext_lazy("办理到岗"),
        gettext_lazy("到岗"),
        gettext_lazy("已到岗。教学、教研人员从今天起列在公开页面上。"),
        lede=gettext_lazy("查询和证明都要在到岗日以前；教学、教研人员还要有有效的证书。"),
    ),
    "end": Step(
        _dated(EndForm, on="today"),
        lambda member, form, actor, at: end_staff_member(
            member=member, actor=actor, at=at, **form.cleaned_data
        ),
        gettext_lazy("离职或不录用"),
        gettext_lazy("确认"),
        gettext_lazy("已登记。"),
        lede=gettext_lazy("名单上保留这条记录；以后重新聘用的，要重新登记、重新查询。"),
        is_grave=True,
    ),
}


@page_for(Action.STAFF_EDIT)
def desk_new(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """An officer enters a person of an institution."""
    return _new(request, DESK, public_id)


@page_for(Action.STAFF_KEEP_OWN)
def portal_new(request: HttpRequest) -> HttpResponse:
    """The institution enters a person of its own."""
    return _new(request, PORTAL, None)


def _new(request: HttpRequest, side: Side, public_id: UUID | None) -> HttpResponse:
    institution = institution_at(request, side, public_id, side.edit)
    form = StaffForm(posted(request), category=institution.category)
    entered: list[StaffMember] = []
    return staff_form_page(
        request,
        form=form,
        act=lambda _values: entered.append(
            record_staff_member(
                institution=institution,
                draft=form.draft(),
                actor=actor_of(request),
                at=timezone.now(),
            )
        ),
        after=lambda: side.member_url(entered[0]),
        title=_("登记教职员工"),
        lede=_("先登记为拟聘；查询没有问题、证书齐全以后，再办理到岗。"),
        submit=_("登记"),
        done=_("已登记为拟聘。接着补证书、照片，等主管部门录入查询结果。"),
        crumbs=side.crumbs(institution, _("登记教职员工")),
        cancel_url=side.list_url(institution),
    )


@page_for(Action.STAFF_EDIT)
def desk_step(request: HttpRequest, staff_id: UUID, step: str) -> HttpResponse:
    """One of the forms about a person, for an officer."""
    return _step(request, DESK, staff_id, step)


@page_for(Action.STAFF_KEEP_OWN)
def portal_step(request: HttpRequest, staff_id: UUID, step: str) -> HttpResponse:
    """One of the forms about a person, for the institution."""
    return _step(request, PORTAL, staff_id, step)


def _step(request: HttpRequest, side: Side, staff_id: UUID, name: str) -> HttpResponse:
    step = STEPS.get(name)
    if step is None or side not in step.sides:
        raise Http404
    member = member_or_404(request, staff_id, side.edit)
    form = step.form(request, member)
    return staff_form_page(
        request,
        form=form,
        act=lambda _values: step.act(member, form, actor_of(request), timezone.now()),
        after=lambda: side.member_url(member),
        title=step.title,
        lede=step.lede,
        submit=step.submit,
        done=step.done,
        danger=step.is_grave,
        about=member.name,
        crumbs=side.crumbs(member.institution, step.title, member=member),
        cancel_url=side.member_url(member),
    )
