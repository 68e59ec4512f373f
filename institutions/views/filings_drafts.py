"""The portal's single class: begun blank, as the next term, or as a change; kept as a draft."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from institutions.forms.filing_class import ClassForm, field_links
from institutions.models import FilingDraft, Institution
from institutions.selectors.filings_drafts import discarded_drafts, own_draft, own_drafts
from institutions.selectors.filings_findings import Preview
from institutions.selectors.filings_said import CheckedClass, checked_class, preview_class
from institutions.services.filings_drafts import (
    begin_draft,
    blank_cells,
    copy_filing,
    discard_draft,
    draft_change,
    restore_draft,
    save_draft,
)
from institutions.services.filings_handing_in import submit_draft
from institutions.services.filings_upload import wrong_licence_of
from institutions.views.filings_pages import actor_of, crumbs, institution_or_404, section_tabs
from institutions.views.filings_rows import own_filing_or_404
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts

_SUBMIT, _CHECK = "submit", "check"


def _draft_or_404(request: HttpRequest, public_id: UUID) -> FilingDraft:
    draft = own_draft(actor_of(request), public_id)
    if draft is None:
        raise Http404
    return draft


@require_GET
@page_for(Action.FILING_READ_OWN)
def drafts(request: HttpRequest) -> HttpResponse:
    """What is being written, and what was put away and can be found again."""
    actor = actor_of(request)
    context = {
        "drafts": [{"draft": one, "checked": _checked(one)} for one in own_drafts(actor)[:200]],
        "discarded": list(discarded_drafts(actor)[:50]),
        "parts": section_tabs("filings:drafts"),
        "crumbs": crumbs((_("草稿"), "")),
    }
    return render(request, "portal/filings/drafts.html", context)


def _checked(draft: FilingDraft) -> CheckedClass:
    return checked_class(draft, draft.wrong_licence)


@require_http_methods(["GET", "POST"])
@page_for(Action.FILING_FILE)
def new_draft(request: HttpRequest) -> HttpResponse:
    """A blank class; nothing is kept before it is first saved."""
    institution = institution_or_404(request)
    blank = blank_cells(institution)
    if request.method == "GET":
        return _form_page(request, ClassForm(cells=blank), _untouched(blank))
    form = ClassForm(request.POST, cells=blank)
    cells = blank | form.typed()
    if request.POST.get("do") == _CHECK:
        return _form_page(request, form, _preview(institution, cells), is_checked=True)
    try:
        draft = begin_draft(
            institution=institution,
            cells=cells,
            statement=form.sent("statement"),
            actor=actor_of(request),
            at=timezone.now(),
        )
    except Refused as refused:
        reasons = refusal_texts(refused.refusals)
        return _form_page(request, form, _preview(institution, cells), reasons=reasons)
    return _handed_on(request, draft, form)


def _untouched(cells: Mapping[str, str]) -> CheckedClass:
    """A blank form says nothing yet but what it will want."""
    preview = Preview(cells=cells, outcome="invalid", findings=())
    return checked_class(preview)


def _preview(
    institution: Institution, cells: Mapping[str, str], draft: FilingDraft | None = None
) -> CheckedClass:
    shown = preview_class(institution, cells, kept=draft, on=timezone.localdate())
    return checked_class(shown, wrong_licence_of(institution, cells))


@require_http_methods(["GET", "POST"])
@page_for(Action.FILING_FILE)
def draft_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One draft: what is wrong stands at its cell; saved as it is, or handed in."""
    draft = _draft_or_404(request, public_id)
    if draft.filing is not None:
        return redirect("filings:own", public_id=draft.filing.public_id)
    if draft.discarded_at is not None:
        return redirect("filings:drafts")
    if request.method == "GET":
        initial = {"statement": draft.statement, "change_reason": draft.change_reason}
        form = ClassForm(cells=draft.cells, initial=initial)
        return _form_page(request, form, _checked(draft), draft=draft, is_checked=True)
    form = ClassForm(request.POST, cells=draft.cells)
    if request.POST.get("do") == _CHECK:
        cells = {**draft.cells, **form.typed()}
        checked = _preview(draft.institution, cells, draft)
        return _form_page(request, form, checked, draft=draft, is_checked=True)
    return _saved(request, draft, form)


def _saved(request: HttpRequest, draft: FilingDraft, form: ClassForm) -> HttpResponse:
    """Keep what was typed; it is shown again where it cannot be kept."""
    try:
        saved = save_draft(
            draft=draft,
            cells=form.typed(),
            statement=form.sent("statement"),
            change_reason=form.sent("change_reason"),
            actor=actor_of(request),
            at=timezone.now(),
        )
    except Refused as refused:
        return _refused(request, draft, form, refused)
    return _handed_on(request, saved, form)


def _handed_on(request: HttpRequest, draft: FilingDraft, form: ClassForm) -> HttpResponse:
    """Hand a kept draft in if that was asked; refused, it stays a draft with every reason."""
    if request.POST.get("do") != _SUBMIT:
        messages.success(request, _("草稿已保存，可以随时回来接着填。"))
        return redirect("filings:draft", public_id=draft.public_id)
    try:
        filing = submit_draft(draft=draft, actor=actor_of(request), at=timezone.now())
    except Refused as refused:
        return _refused(request, draft, form, refused)
    messages.success(request, _("%(filing)s 已提交，正在等审核。") % {"filing": filing.number})
    return redirect("filings:own", public_id=filing.public_id)


def _refused(
    request: HttpRequest, draft: FilingDraft, form: ClassForm, refused: Refused
) -> HttpResponse:
    reasons = refusal_texts(refused.refusals)
    checked = _checked(draft)
    return _form_page(request, form, checked, draft=draft, is_checked=True, reasons=reasons)


def _form_page(
    request: HttpRequest,
    form: ClassForm,
    checked: CheckedClass,
    *,
    draft: FilingDraft | None = None,
    is_checked: bool = False,
    reasons: list[Any] | None = None,
) -> HttpResponse:
    named = _("填写一个班") if draft is None else _("草稿")
    trail = () if draft is None else ((_("草稿"), reverse("filings:drafts")),)
    if draft is not None:
        named = draft.cells.get("班级名称") or _("还没有班名")
    context = {
        "form": form,
        "draft": draft,
        "groups": form.groups(checked),
        "reasons": reasons or [],
        **_check_context(checked, is_checked=is_checked),
        "page_url": _page_url(draft),
        "check_url": _check_url(draft),
        "crumbs": crumbs(*trail, (named, "")),
    }
    status = 422 if reasons else 200
    return render(request, "portal/filings/draft.html", context, status=status)


def _page_url(draft: FilingDraft | None) -> str:
    if draft is None:
        return reverse("filings:draft_new")
    return reverse("filings:draft", args=[draft.public_id])


def _check_url(draft: FilingDraft | None) -> str:
    if draft is None:
        return reverse("filings:draft_new_check")
    return reverse("filings:draft_check", args=[draft.public_id])


def _check_context(checked: CheckedClass, *, is_checked: bool) -> dict[str, Any]:
    def listed(pairs: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
        links = field_links([header for header, _title in pairs])
        titles = [title for _header, title in pairs]
        return [{**link, "title": title} for link, title in zip(links, titles, strict=True)]

    return {
        "is_checked": is_checked,
        "checked": checked,
        "missing": field_links(checked.missing),
        "breaches": listed(checked.breaches),
        "doubts": listed(checked.doubts),
    }


@require_POST
@page_for(Action.FILING_FILE)
def new_draft_check(request: HttpRequest) -> HttpResponse:
    """The same checks while a new class is being typed; nothing is kept."""
    institution = institution_or_404(request)
    return _live(request, institution, blank_cells(institution))


@require_POST
@page_for(Action.FILING_FILE)
def draft_check(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The same checks while a draft is being typed; nothing is kept."""
    draft = _draft_or_404(request, public_id)
    return _live(request, draft.institution, draft.cells, draft)


def _live(
    request: HttpRequest,
    institution: Institution,
    cells: Mapping[str, str],
    draft: FilingDraft | None = None,
) -> HttpResponse:
    form = ClassForm(request.POST, cells=cells)
    checked = _preview(institution, {**cells, **form.typed()}, draft)
    context = {"groups": form.groups(checked), **_check_context(checked, is_checked=True)}
    return render(request, "portal/filings/draft_checked.html", context)


@require_POST
@page_for(Action.FILING_FILE)
def discard(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put a draft away; the list offers to take it up again."""
    draft = _draft_or_404(request, public_id)
    discard_draft(draft=draft, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("草稿已丢弃，30 天内可以在本页找回。"))
    return redirect("filings:drafts")


@require_POST
@page_for(Action.FILING_FILE)
def restore(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a discarded draft up again."""
    draft = _draft_or_404(request, public_id)
    restore_draft(draft=draft, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("草稿已找回。"))
    return redirect("filings:draft", public_id=public_id)


@require_POST
@page_for(Action.FILING_FILE)
def copy(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """再开一期: a draft of the next term of this class."""
    filing = own_filing_or_404(request, public_id)
    draft = copy_filing(filing=filing, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("已照原来的班起草，请填新的日期，核对后提交。"))
    return redirect("filings:draft", public_id=draft.public_id)


@require_POST
@page_for(Action.FILING_FILE)
def change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """变更: a draft of what this approved class is to become."""
    filing = own_filing_or_404(request, public_id)
    draft = draft_change(filing=filing, actor=actor_of(request), at=timezone.now())
    return redirect("filings:draft", public_id=draft.public_id)
