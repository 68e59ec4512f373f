"""What the desk's and the portal's pages of staff share: the side, the person or 404, one form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from institutions.models import Institution, StaffMember
from institutions.selectors.filings import own_institution
from institutions.selectors.register import institution_for
from institutions.selectors.staff import member_for
from institutions.views.register_pages import acted, actor_of, entry_url
from regulator.accounts.core.actions import Action


@dataclass(frozen=True)
class Side:
    """Where a page of staff stands: the bureau's desk, or the institution's portal."""

    name: str
    edit: Action

    def list_url(self, institution: Institution) -> str:
        """The list of one institution."""
        if self.name == "portal":
            return reverse("staff:portal_list")
        return reverse("staff:desk_list", args=[institution.public_id])

    def member_url(self, member: StaffMember) -> str:
        """One person's page."""
        return reverse(f"staff:{self.name}_member", args=[member.public_id])

    def step_url(self, member: StaffMember, step: str) -> str:
        """A form about one person."""
        return reverse(f"staff:{self.name}_step", args=[member.public_id, step])

    def new_url(self, institution: Institution) -> str:
        """The form of a new person."""
        if self.name == "portal":
            return reverse("staff:portal_new")
        return reverse("staff:desk_new", args=[institution.public_id])

    def crumbs(
        self, institution: Institution, label: Any = "", *, member: StaffMember | None = None
    ) -> list[dict[str, Any]]:
        """The way to a page: over the register at the desk, over the list in the portal.

        `label` is the page's own; with `member` the way leads over the person's page.
        """
        way: list[dict[str, Any]] = []
        if self.name == "desk":
            way = [
                {"label": _("机构名册"), "url": reverse("register:list")},
                {"label": institution.name, "url": entry_url(institution)},
            ]
        if not label:
            return [*way, {"label": _("教职员工")}]
        way.append({"label": _("教职员工"), "url": self.list_url(institution)})
        if member is not None:
            way.append({"label": member.name, "url": self.member_url(member)})
        return [*way, {"label": label}]


DESK = Side("desk", Action.STAFF_EDIT)
PORTAL = Side("portal", Action.STAFF_KEEP_OWN)


def institution_at(
    request: HttpRequest, side: Side, public_id: UUID | None, action: Action
) -> Institution:
    """The institution a page is about, where the actor's desk reaches it, or 404."""
    actor = actor_of(request)
    if side is PORTAL or public_id is None:
        institution = own_institution(actor)
    else:
        institution = institution_for(actor, public_id, action)
    if institution is None:
        raise Http404
    return institution


def member_or_404(request: HttpRequest, public_id: UUID, action: Action) -> StaffMember:
    """A person that the actor's desk reaches."""
    member = member_for(actor_of(request), public_id, action)
    if member is None:
        raise Http404
    return member


def staff_form_page(
    request: HttpRequest,
    *,
    form: Form,
    act: Callable[[dict[str, Any]], object],
    done: Any,
    after: Callable[[], str],
    **words: Any,
) -> HttpResponse:
    """One form on a page of its own. `words`: title, submit, lede, crumbs, cancel_url, danger."""
    refusals = acted(request, form=form, act=act)
    if refusals is None:
        messages.success(request, done)
        return redirect(after())
    return render(request, "staff/form.html", {**words, "form": form, "refusals": refusals})
