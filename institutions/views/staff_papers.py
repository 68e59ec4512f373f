"""Certificates struck or read, the declaration, those nobody may employ, and the public photo."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from institutions.choices.staff import EXCLUSION_GROUND_LABELS
from institutions.forms.staff import DeclareForm, ExclusionForm, ReasonForm
from institutions.models import StaffCertificate, StaffMember
from institutions.selectors.staff import (
    certificate_of,
    exclusions_in,
    public_photo,
    staff_lines,
    staff_ratio,
)
from institutions.services.staff_lists import declare_staff, show_watch_list
from institutions.services.staff_papers import (
    exclude_person,
    lift_exclusion,
    read_certificate_number,
    strike_certificate,
)
from institutions.views.register_pages import acted, actor_of, posted
from institutions.views.staff import PAGE_ROWS
from institutions.views.staff_showing import shown_shares
from institutions.views.staff_sides import (
    DESK,
    PORTAL,
    Side,
    institution_at,
    member_or_404,
    staff_form_page,
)
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.views.access import page_for
from regulator.adapters.storage import open_stored

_EXCLUSIONS = "exclusions"
_PHOTO_SECONDS = 600


def _certificate_or_404(member: StaffMember, public_id: UUID) -> StaffCertificate:
    found = certificate_of(member, public_id)
    if found is None:
        raise Http404
    return found


@page_for(Action.STAFF_EDIT)
def desk_strike(request: HttpRequest, staff_id: UUID, paper_id: UUID) -> HttpResponse:
    """An officer strikes a certificate that was entered by mistake."""
    return _strike(request, DESK, staff_id, paper_id)


@page_for(Action.STAFF_KEEP_OWN)
def portal_strike(request: HttpRequest, staff_id: UUID, paper_id: UUID) -> HttpResponse:
    """The institution strikes a certificate that was entered by mistake."""
    return _strike(request, PORTAL, staff_id, paper_id)


def _strike(request: HttpRequest, side: Side, staff_id: UUID, paper_id: UUID) -> HttpResponse:
    member = member_or_404(request, staff_id, side.edit)
    certificate = _certificate_or_404(member, paper_id)
    return staff_form_page(
        request,
        form=ReasonForm(posted(request)),
        act=lambda values: strike_certificate(
            certificate=certificate, actor=actor_of(request), at=timezone.now(), **values
        ),
        after=lambda: side.member_url(member),
        title=_("划去误登的证书"),
        lede=_("划去以后不再算数，记录保留。证书过期的不用划去。"),
        submit=_("划去"),
        done=_("已划去。"),
        danger=True,
        about=f"{member.name} {certificate.masked_number}",
        crumbs=side.crumbs(member.institution, _("划去误登的证书"), member=member),
        cancel_url=side.member_url(member),
    )


@page_for(Action.STAFF_READ)
def desk_number(request: HttpRequest, staff_id: UUID, paper_id: UUID) -> HttpResponse:
    """The whole number of a certificate, for a reason that goes on record."""
    member = member_or_404(request, staff_id, Action.STAFF_READ)
    certificate = _certificate_or_404(member, paper_id)
    form, shown = ReasonForm(posted(request)), []
    refusals = acted(
        request,
        form=form,
        act=lambda values: shown.append(
            read_certificate_number(
                certificate=certificate, actor=actor_of(request), at=timezone.now(), **values
            )
        ),
    )
    context: dict[str, Any] = {
        "form": form,
        "refusals": refusals,
        "number": shown[0] if shown else "",
        "about": f"{member.name} {certificate.masked_number}",
        "back": DESK.member_url(member),
        "crumbs": DESK.crumbs(member.institution, _("查看证书编号"), member=member),
    }
    return render(request, "staff/number.html", context)


@page_for(Action.STAFF_KEEP_OWN)
def portal_declare(request: HttpRequest) -> HttpResponse:
    """The institution says that its list is complete and true."""
    institution = institution_at(request, PORTAL, None, Action.STAFF_KEEP_OWN)
    today = timezone.localdate()
    lines, ratio = staff_lines(institution, today), staff_ratio(institution, today)
    return staff_form_page(
        request,
        form=DeclareForm(posted(request)),
        act=lambda values: declare_staff(
            institution=institution, actor=actor_of(request), at=timezone.now(), **values
        ),
        after=lambda: PORTAL.list_url(institution),
        title=_("声明名单完整属实"),
        lede=_("声明：名单上是全部在职人员，内容属实，没有中小学、幼儿园在职教师。"),
        submit=_("声明"),
        done=_("已声明。名单有变动时请及时登记，并重新声明。"),
        shares=shown_shares(ratio, lines),
        crumbs=PORTAL.crumbs(institution, _("声明名单完整属实")),
        cancel_url=PORTAL.list_url(institution),
    )


@require_GET
@page_for(Action.STAFF_READ)
def exclusions(request: HttpRequest) -> HttpResponse:
    """Those whom nobody may employ: a hint of the name, the ground, where it comes from."""
    actor = actor_of(request)
    page = Paginator(exclusions_in(actor.division), PAGE_ROWS).get_page(request.GET.get("page"))
    show_watch_list(
        division=actor.division,
        part=_EXCLUSIONS,
        count=len(page.object_list),
        actor=actor,
        at=timezone.now(),
    )
    context = {
        "page": page,
        "grounds": EXCLUSION_GROUND_LABELS,
        "may_edit": may(actor, Action.STAFF_EDIT, Target(division=actor.division)),
        "crumbs": _exclusion_crumbs(),
    }
    return render(request, "staff/exclusions.html", context)


def _exclusion_crumbs(label: Any = "") -> list[dict[str, Any]]:
    way: list[dict[str, Any]] = [
        {"label": _("教职员工核查"), "url": reverse("staff:watch")},
        {"label": _("不得录用名单"), "url": reverse("staff:exclusions")},
    ]
    if label:
        return [*way, {"label": label}]
    del way[-1]["url"]
    return way


@page_for(Action.STAFF_EDIT)
def exclusion_new(request: HttpRequest) -> HttpResponse:
    """Put a person on the list."""
    actor, back = actor_of(request), reverse("staff:exclusions")
    return staff_form_page(
        request,
        form=ExclusionForm(posted(request)),
        act=lambda values: exclude_person(
            division=actor.division, actor=actor, at=timezone.now(), **values
        ),
        after=lambda: back,
        title=_("列入不得录用名单"),
        lede=_("列入以后，任何机构都不能登记这个人；已经在岗的会列在“不得录用仍在岗”。"),
        submit=_("列入"),
        done=_("已列入。"),
        danger=True,
        crumbs=_exclusion_crumbs(_("列入不得录用名单")),
        cancel_url=back,
    )


@page_for(Action.STAFF_EDIT)
def exclusion_lift(request: HttpRequest, exclusion_id: UUID) -> HttpResponse:
    """Take a person off the list, with a reason."""
    actor, back = actor_of(request), reverse("staff:exclusions")
    held = exclusions_in(actor.division).filter(public_id=exclusion_id).first()
    if held is None:
        raise Http404
    return staff_form_page(
        request,
        form=ReasonForm(posted(request)),
        act=lambda values: lift_exclusion(exclusion=held, actor=actor, at=timezone.now(), **values),
        after=lambda: back,
        title=_("移出不得录用名单"),
        lede=_("写明依据的决定。移出以后可以重新登记，仍要查询。"),
        submit=_("移出"),
        done=_("已移出。"),
        about=held.name_hint,
        crumbs=_exclusion_crumbs(_("移出不得录用名单")),
        cancel_url=back,
    )


@require_GET
def photo(request: HttpRequest, staff_id: UUID) -> HttpResponseBase:
    """The portrait of somebody on a public list; gone on the day they leave it."""
    digest = public_photo(staff_id, timezone.localdate())
    if not digest:
        raise Http404
    return _picture(digest, f"public, max-age={_PHOTO_SECONDS}")


@require_GET
@page_for(Action.STAFF_READ)
def desk_photo(request: HttpRequest, staff_id: UUID) -> HttpResponseBase:
    """A portrait at the desk, whoever may see it outside."""
    return _picture(member_or_404(request, staff_id, Action.STAFF_READ).photo_sha256)


@require_GET
@page_for(Action.STAFF_KEEP_OWN)
def portal_photo(request: HttpRequest, staff_id: UUID) -> HttpResponseBase:
    """A portrait of the institution's own staff."""
    return _picture(member_or_404(request, staff_id, Action.STAFF_KEEP_OWN).photo_sha256)


def _picture(digest: str, cached: str = "private, no-store") -> HttpResponseBase:
    if not digest:
        raise Http404
    response = FileResponse(open_stored(digest), content_type="image/jpeg")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = cached
    return response
