"""The two directories and the published list at the desk."""

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
from django.views.decorators.http import require_GET, require_POST

from inspections.forms.directories import (
    InspectorForm,
    ItemFilterForm,
    RecusalForm,
    WithdrawForm,
)
from inspections.models import InspectionItem, Inspector
from inspections.selectors.directories import (
    all_departments,
    bindable_users,
    inspector_for,
    inspectors_in,
    item_for,
    items_filtered,
    objects_in,
    recusable_institutions,
    recusal_for,
    recusals_of,
    township_names,
)
from inspections.services.inspectors import (
    change_inspector,
    declare_recusal,
    end_recusal,
    record_inspector,
)
from inspections.services.items import load_items, publish_item, withdraw_item
from inspections.views.pages import actor_of, form_page, posted
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import may
from regulator.accounts.views.access import page_for

PAGE_ROWS = 50


@require_GET
@page_for(Action.DRAW_READ)
def object_list(request: HttpRequest) -> HttpResponse:
    """The directory of inspection objects: licensed premises, kept in step with the register."""
    actor = actor_of(request)
    rows = objects_in(actor, on=timezone.localdate())
    page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "townships": township_names(actor.division)}
    return render(request, "desk/inspections/objects.html", context)


@require_GET
@page_for(Action.DRAW_READ)
def inspector_list(request: HttpRequest) -> HttpResponse:
    """The directory of inspectors."""
    actor = actor_of(request)
    page = Paginator(inspectors_in(actor), PAGE_ROWS).get_page(request.GET.get("page"))
    today = timezone.localdate()
    context = {
        "page": page,
        "lines": [(row, row.is_eligible_on(today)) for row in page],
        "may_manage": may(actor, Action.INSPECTOR_MANAGE),
    }
    return render(request, "desk/inspections/inspectors.html", context)


def _inspector_or_404(request: HttpRequest, public_id: UUID) -> Inspector:
    inspector = inspector_for(actor_of(request), public_id)
    if inspector is None:
        raise Http404
    return inspector


def _crumbs(label: Any) -> list[dict[str, Any]]:
    url = reverse("inspections:inspectors")
    return [{"label": _("检查人员名录"), "url": url}, {"label": label}]


@page_for(Action.INSPECTOR_MANAGE)
def new_inspector(request: HttpRequest) -> HttpResponse:
    """Enter a person with a certificate."""
    actor = actor_of(request)
    form = InspectorForm(
        posted(request), departments=all_departments(), users=bindable_users(actor)
    )
    return form_page(
        request,
        form=form,
        act=lambda: record_inspector(
            division=actor.division, **form.values(), actor=actor, at=timezone.now()
        ),
        back=reverse("inspections:inspectors"),
        done=_("已登记。"),
        context={"title": _("登记检查人员"), "submit": _("登记"), "crumbs": _crumbs(_("登记"))},
    )


@page_for(Action.DRAW_READ)
def inspector_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One inspector with the recusals declared."""
    inspector = _inspector_or_404(request, public_id)
    context = {
        "inspector": inspector,
        "recusals": recusals_of(inspector),
        "is_eligible": inspector.is_eligible_on(timezone.localdate()),
        "may_manage": may(actor_of(request), Action.INSPECTOR_MANAGE),
        "crumbs": _crumbs(inspector.name),
    }
    return render(request, "desk/inspections/inspector.html", context)


@page_for(Action.INSPECTOR_MANAGE)
def edit_inspector(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change an entry, or take it off."""
    actor, inspector = actor_of(request), _inspector_or_404(request, public_id)
    form = InspectorForm(
        posted(request),
        departments=all_departments(),
        users=bindable_users(actor),
        inspector=inspector,
    )
    return form_page(
        request,
        form=form,
        act=lambda: change_inspector(
            inspector=inspector, **form.values(), actor=actor, at=timezone.now()
        ),
        back=reverse("inspections:inspector", args=[public_id]),
        done=_("已保存。"),
        context={"title": inspector.name, "submit": _("保存"), "crumbs": _crumbs(inspector.name)},
    )


@page_for(Action.INSPECTOR_MANAGE)
def new_recusal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Declare that an inspector may not meet an institution."""
    actor, inspector = actor_of(request), _inspector_or_404(request, public_id)
    form = RecusalForm(posted(request), institutions=recusable_institutions(actor))
    return form_page(
        request,
        form=form,
        act=lambda: declare_recusal(
            inspector=inspector, **form.cleaned_data, actor=actor, at=timezone.now()
        ),
        back=reverse("inspections:inspector", args=[public_id]),
        done=_("回避已登记，以后固定的抽查框都会用到。"),
        context={
            "title": _("登记 %(name)s 的回避") % {"name": inspector.name},
            "lede": _("回避要在抽取之前登记；已经固定的抽查框不再改变。"),
            "submit": _("登记回避"),
            "crumbs": _crumbs(inspector.name),
        },
    )


@require_POST
@page_for(Action.INSPECTOR_MANAGE)
def lift_recusal(request: HttpRequest, public_id: UUID, recusal_id: UUID) -> HttpResponse:
    """Lift a recusal."""
    inspector = _inspector_or_404(request, public_id)
    recusal = recusal_for(inspector, recusal_id)
    if recusal is None:
        raise Http404
    end_recusal(recusal=recusal, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("回避已解除。"))
    return redirect("inspections:inspector", public_id=public_id)


@require_GET
@page_for(Action.DRAW_READ)
def item_list(request: HttpRequest) -> HttpResponse:
    """The list of inspection items, published or not, with their legal basis."""
    actor = actor_of(request)
    form = ItemFilterForm(request.GET, departments=all_departments())
    filters = form.cleaned_data if form.is_valid() else {}
    rows = items_filtered(actor.division, **filters)
    page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "may_publish": may(actor, Action.ITEM_PUBLISH)}
    return render(request, "desk/inspections/items.html", context)


@require_POST
@page_for(Action.ITEM_PUBLISH)
def load_shipped_items(request: HttpRequest) -> HttpResponse:
    """Enter the shipped items that the division does not have yet."""
    actor = actor_of(request)
    count = load_items(
        division=actor.division, starts_on=timezone.localdate(), actor=actor, at=timezone.now()
    )
    messages.success(request, _("已载入 %(count)s 项检查事项。") % {"count": count})
    return redirect("inspections:items")


def _item_or_404(request: HttpRequest, public_id: UUID) -> InspectionItem:
    item = item_for(actor_of(request), public_id)
    if item is None:
        raise Http404
    return item


@require_POST
@page_for(Action.ITEM_PUBLISH)
def publish_one(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put an item on the published list."""
    item = _item_or_404(request, public_id)
    publish_item(item=item, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("“%(title)s”已公布。") % {"title": item.title})
    return redirect("inspections:items")


@page_for(Action.ITEM_PUBLISH)
def withdraw_one(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take an item off the published list, with a reason."""
    item = _item_or_404(request, public_id)
    form = WithdrawForm(posted(request))
    back = reverse("inspections:items")
    return form_page(
        request,
        form=form,
        act=lambda: withdraw_item(
            item=item,
            reason=form.cleaned_data["reason"],
            actor=actor_of(request),
            at=timezone.now(),
        ),
        back=back,
        done=_("已撤下。"),
        context={
            "title": _("撤下“%(title)s”") % {"title": item.title},
            "submit": _("撤下"),
            "crumbs": [{"label": _("检查事项清单"), "url": back}, {"label": item.code}],
        },
    )
