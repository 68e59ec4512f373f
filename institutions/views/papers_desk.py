"""Papers at the desk: the list, one paper, its file and scan, service, voiding, the licence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from institutions.choices.papers import SERVICE_MEANS_LABELS
from institutions.core.papers.kinds import LICENCE_KINDS, PaperKind
from institutions.forms.papers import (
    PaperFilterForm,
    PrintLicenceForm,
    ScanForm,
    ServiceForm,
    VoidForm,
)
from institutions.models import Institution, Paper
from institutions.selectors.papers import paper_years, papers_asked, papers_in
from institutions.selectors.register import institution_for
from institutions.selectors.register_entry_view import licence_for
from institutions.services.papers_handing import file_scan, serve_paper, serving_action, void_paper
from institutions.services.papers_licences import print_licence, print_receipt
from institutions.views.papers_pages import (
    badge_of,
    called,
    crumbs_to,
    kept_file,
    kept_scan,
    paper_lines,
    paper_or_404,
    paper_url,
)
from institutions.views.register_pages import acted, actor_of, entry_or_404, form_page, posted
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.services import require
from regulator.accounts.views.access import page_for

PAGE_ROWS = 50


@require_GET
@page_for(Action.PAPER_READ)
def paper_list(request: HttpRequest) -> HttpResponse:
    """The papers of the actor's division, or of one institution of it."""
    actor = actor_of(request)
    institution = _institution_asked(request)
    rows = papers_in(actor)
    if institution is not None:
        rows = rows.filter(institution=institution)
    form = PaperFilterForm(request.GET, years=paper_years(rows))
    page = Paginator(papers_asked(rows, form.query()), PAGE_ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "text": request.GET.get("q", ""),
        "page": page,
        "lines": paper_lines(page.object_list),
        "institution": institution,
    }
    return render(request, "desk/papers/list.html", context)


def _institution_asked(request: HttpRequest) -> Institution | None:
    asked = request.GET.get("institution", "")
    if not asked:
        return None
    institution = institution_for(actor_of(request), asked, Action.PAPER_READ)
    if institution is None:
        raise Http404
    return institution


@require_GET
@page_for(Action.PAPER_READ)
def paper_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One paper: its file, its scan, how it was served, what may be done with it."""
    actor, paper = actor_of(request), paper_or_404(request, public_id)
    target = Target(division=paper.division_id, department=paper.department_id)
    may_serve = may(actor, serving_action(paper), target) and not paper.is_void
    context = {
        "paper": paper,
        "called": called(paper),
        "badge": badge_of(paper),
        "served_how": SERVICE_MEANS_LABELS.get(paper.served_how, ""),
        "crumbs": crumbs_to(paper),
        "may_serve": may_serve and paper.served_on is None,
        "may_file": may_serve,
        "may_void": may(actor, Action.PAPER_ISSUE, target) and not paper.is_void,
        "may_print_receipt": may(actor, Action.PAPER_ISSUE, target)
        and not paper.is_void
        and paper.kind not in LICENCE_KINDS | {PaperKind.SERVICE_RECEIPT},
    }
    return render(request, "desk/papers/paper.html", context)


@require_GET
@page_for(Action.PAPER_READ)
def paper_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The kept PDF."""
    return kept_file(paper_or_404(request, public_id))


@require_GET
@page_for(Action.PAPER_READ)
def paper_scan(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The scan of the stamped paper."""
    return kept_scan(paper_or_404(request, public_id))


def _paper_to_serve(request: HttpRequest, public_id: UUID) -> Paper:
    paper = paper_or_404(request, public_id)
    target = Target(division=paper.division_id, department=paper.department_id)
    require(actor_of(request), serving_action(paper), target)
    return paper


@page_for(Action.PAPER_READ)
def serve(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Record a service."""
    paper = _paper_to_serve(request, public_id)
    return _form_of(
        request,
        paper,
        ServiceForm(posted(request), initial={"on": timezone.localdate()}),
        lambda values: serve_paper(
            paper=paper, actor=actor_of(request), at=timezone.now(), **values
        ),
        title=_("登记送达"),
        lede=_(
            "送达的日期决定复议、诉讼和陈述申辩的期限从哪天起算。登记后不能改，请对照回证填写。"
        ),
        submit=_("登记送达"),
        done=_("已登记送达。"),
    )


@page_for(Action.PAPER_READ)
def scan(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """File the scan of the stamped paper."""
    paper = _paper_to_serve(request, public_id)
    return _form_of(
        request,
        paper,
        ScanForm(posted(request), request.FILES or None),
        lambda values: file_scan(
            paper=paper,
            file_name=values["file"].name,
            data=values["file"].read(),
            actor=actor_of(request),
            at=timezone.now(),
        ),
        title=_("归档盖章扫描件"),
        lede=_(
            "把盖好章的文书扫描后放在这里，和系统生成的原件并排保存。再次归档会替换现在的扫描件。"
        ),
        submit=_("归档"),
        done=_("扫描件已归档。"),
    )


@page_for(Action.PAPER_ISSUE)
def void(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Void a paper that was issued by mistake."""
    paper = paper_or_404(request, public_id, Action.PAPER_ISSUE)
    return _form_of(
        request,
        paper,
        VoidForm(posted(request)),
        lambda values: void_paper(
            paper=paper, actor=actor_of(request), at=timezone.now(), **values
        ),
        title=_("作废文书"),
        lede=_("作废以后，核验这份文书的人会看到它已作废。文号不会再用，原件仍然保存。"),
        submit=_("作废"),
        done=_("文书已作废。"),
        danger=True,
    )


@require_POST
@page_for(Action.PAPER_ISSUE)
def receipt(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Print the receipt (送达回证) that goes with a paper."""
    paper = paper_or_404(request, public_id, Action.PAPER_ISSUE)
    made = print_receipt(
        paper=paper,
        issued_on=timezone.localdate(),
        actor=actor_of(request),
        at=timezone.now(),
    )
    messages.success(request, _("送达回证正在生成，稍后就可以打印。"))
    return redirect("papers:paper", public_id=made.public_id)


@page_for(Action.PAPER_ISSUE)
def licence(request: HttpRequest, public_id: UUID, licence_id: UUID) -> HttpResponse:
    """Print original and duplicate of a licence of the register."""
    institution = entry_or_404(request, public_id, Action.PAPER_ISSUE)
    found = licence_for(institution, licence_id)
    if found is None:
        raise Http404
    return form_page(
        request,
        institution=institution,
        form=PrintLicenceForm(posted(request), initial={"issued_on": timezone.localdate()}),
        title=_("制发许可证 %(number)s") % {"number": found},
        lede=_("按登记册现在的内容生成正本和副本。以前为这项许可制发的证会显示为已被代替。"),
        submit=_("制发正本和副本"),
        done=_("正本和副本正在生成，可以在“文书”里打印。"),
        act=lambda values: print_licence(
            licence=found, actor=actor_of(request), at=timezone.now(), **values
        ),
    )


def _form_of(
    request: HttpRequest,
    paper: Paper,
    form: Form,
    act: Callable[[dict[str, Any]], object],
    *,
    done: str,
    **words: Any,
) -> HttpResponse:
    """One form about a paper on a page of its own; back to the paper when it is done."""
    refusals = acted(request, form=form, act=act)
    if refusals is None:
        messages.success(request, done)
        return redirect(paper_url(paper))
    context = {
        **words,
        "called": called(paper),
        "form": form,
        "refusals": refusals,
        "cancel_url": paper_url(paper),
        "crumbs": crumbs_to(paper, words["title"]),
    }
    return render(request, "desk/papers/form.html", context)


def papers_address(institution: Institution) -> str:
    """The list of an institution's papers."""
    return f"{reverse('papers:list')}?institution={institution.public_id}"
