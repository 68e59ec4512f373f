"""Coming in, going out, changing desks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from regulator.accounts.core.roles import Entrance, entrance_of
from regulator.accounts.forms.login import LoginForm, PasswordForm
from regulator.accounts.models import User
from regulator.accounts.selectors.desks import actor_of, desks_of
from regulator.accounts.selectors.people import open_private_link
from regulator.accounts.services import change_password, record_sign_in, record_sign_out
from regulator.accounts.views.access import signed_in
from regulator.accounts.views.middleware import DESK_SESSION_KEY
from regulator.kernel.actors import Actor
from regulator.web.holding import forget_holder
from regulator.web.rates import may_try

_ENTRANCE_PATHS = {
    Entrance.PUBLIC: "/",
    Entrance.DESK: "/desk/",
    Entrance.PORTAL: "/portal/",
    Entrance.FIELD: "/field/",
}

# A person opens a link a few times; somebody who guesses needs very many.
_LINK_TRIES, _LINK_SECONDS = 30, 600


def _after_login(request: HttpRequest, role: str) -> str:
    """The page that was asked for, with what was typed; else the role's entrance."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        kept = request.POST.get("kept") or request.GET.get("kept")
        if kept:
            wanted += ("&" if "?" in wanted else "?") + urlencode({"kept": kept})
        return wanted
    return "/parent/" if role == "parent" else _ENTRANCE_PATHS[entrance_of(role)]


def _named(actor: Actor, user: User) -> Actor:
    """Who holds no desk comes in all the same, under their own name."""
    return actor if actor.is_person else replace(actor, user_id=user.pk, name=user.name)


@never_cache
@sensitive_post_parameters("password")
def login_page(request: HttpRequest) -> HttpResponse:
    """The login page; one for all entrances."""
    form = LoginForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.get_user()
        login(request, user)
        actor = actor_of(user, timezone.localdate(), appointment_id=None)
        record_sign_in(user, way="password", actor=_named(actor, user), at=timezone.now())
        if user.must_change_password:
            messages.info(request, _("第一次登录，请先设置自己的密码。"))
            return _as_new_holder(redirect("accounts:password"))
        return _as_new_holder(HttpResponseRedirect(_after_login(request, actor.role)))
    context = {
        "form": form,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "kept": request.POST.get("kept") or request.GET.get("kept", ""),
    }
    return render(request, "accounts/login.html", context)


def _as_new_holder(response: HttpResponse) -> HttpResponse:
    """Who logs in does not open the store of whoever held the device before."""
    forget_holder(response)
    return response


@require_POST
def logout_page(request: HttpRequest) -> HttpResponse:
    """Go out, by POST only."""
    user: Any = request.user
    if user.is_authenticated:
        actor = request.actor  # type: ignore[attr-defined]
        record_sign_out(user, actor=_named(actor, user), at=timezone.now())
    logout(request)
    messages.info(request, _("您已退出。"))
    response = redirect("accounts:login")
    forget_holder(response)
    return response


@require_POST
@signed_in
def change_desk(request: HttpRequest) -> HttpResponse:
    """Act from another of one's desks."""
    user: Any = request.user
    wanted = request.POST.get("desk", "")
    day = timezone.localdate()
    desk = next((desk for desk in desks_of(user, day) if str(desk.public_id) == wanted), None)
    if desk is None:
        messages.error(request, _("这个岗位现在不归您使用：任职或代岗已经结束。"))
        return redirect("accounts:account")
    request.session[DESK_SESSION_KEY] = desk.pk
    messages.success(request, _("现在以“%(desk)s”的身份办理。") % {"desk": desk})
    return HttpResponseRedirect(_ENTRANCE_PATHS[entrance_of(desk.role)])


@signed_in
@sensitive_post_parameters()
def password_page(request: HttpRequest) -> HttpResponse:
    """Change one's own password."""
    user: Any = request.user
    form = PasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        change_password(
            user,
            password=form.cleaned_data["new_password"],
            actor=actor_of(user, timezone.localdate(), appointment_id=None),
            at=timezone.now(),
        )
        user.refresh_from_db()
        update_session_auth_hash(request, user)
        messages.success(request, _("密码已更换。"))
        return redirect("accounts:account")
    return render(request, "accounts/password.html", {"form": form})


@never_cache
def private_link_page(request: HttpRequest, token: str) -> HttpResponse:
    """A parent's private link: valid until its day, and closed by the bureau at once."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if not may_try(f"link:{address}", most=_LINK_TRIES, seconds=_LINK_SECONDS):
        return _unlogged(render(request, "accounts/link_busy.html", status=429))
    link = open_private_link(token, timezone.now())
    if link is None:
        return _unlogged(render(request, "accounts/link_closed.html", status=410))
    # django-axes writes the path of whoever came in to its table and its log.
    request.META["PATH_INFO"] = reverse("accounts:private_link", args=["***"])
    login(request, link.user, backend="django.contrib.auth.backends.ModelBackend")
    actor = actor_of(link.user, timezone.localdate(), appointment_id=None)
    record_sign_in(link.user, way="link", actor=_named(actor, link.user), at=timezone.now())
    return redirect("pages:parent_home")


def _unlogged(response: HttpResponse) -> HttpResponse:
    """Django logs the path of what was refused: here that is the link itself."""
    response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001 - no public way
    return response


def locked_out(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """After five wrong passwords in a row (django-axes)."""
    return render(request, "accounts/locked_out.html", status=429)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: an old page or a blocked cookie; what was typed is shown again."""
    context = {"reason": reason, "login_url": reverse("accounts:login")}
    return render(request, "errors/csrf.html", context, status=403)
