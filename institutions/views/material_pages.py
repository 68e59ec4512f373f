"""What the pages of training material share: the facts of one, its journey, a file's response."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from institutions.choices.materials import BANNED_LABELS
from institutions.models import MaterialFile, TrainingMaterial
from institutions.selectors.filings_journey import Step
from institutions.selectors.filings_screening import local_day
from institutions.selectors.materials import (
    awaits_external,
    classes_using,
    kept_files,
    retention_of,
)
from regulator.adapters.storage import read_stored

_INLINE = ("application/pdf", "image/jpeg", "image/png")


def material_crumbs(*trail: tuple[str, str]) -> list[dict[str, str]]:
    """The way to a page of the portal's material."""
    steps = ((_("培训材料"), reverse("materials:portal")), *trail)
    return [{"label": label, "url": url} for label, url in steps]


def material_context(material: TrainingMaterial) -> dict[str, Any]:
    """What both sides see of a material."""
    until, months = retention_of(material, timezone.localdate())
    reviews = list(material.reviews.all())
    return {
        "material": material,
        "steps": _steps(material),
        "files": kept_files(material),
        "authors": list(material.authors.filter(removed_at__isnull=True)),
        "reviews": [
            {"review": one, "findings": [BANNED_LABELS[item] for item in one.findings]}
            for one in reviews
        ],
        "classes": classes_using(material),
        "retention": {"until": until, "months": months},
        "is_draft": material.state == "draft",
        "awaits_external": awaits_external(material),
        "needs_external": material.category == "subject" and material.kind == "self_written",
        "may_file": material.state == "external_passed"
        or (material.state == "internal_passed" and not awaits_external(material)),
        "may_revise": material.state in ("internal_passed", "external_passed", "returned"),
        "may_stop": material.state != "withdrawn",
    }


def _steps(material: TrainingMaterial) -> list[Step]:
    """Entered, reviewed inside, reviewed outside where that is asked for, filed."""
    if material.state == "withdrawn":
        return [
            Step(_("登记"), "done", on=local_day(material.entered_at)),
            Step(_("已停用"), "done", on=material.stopped_on),
        ]
    names = [(_("内部审核"), _("本机构"))]
    if material.category == "subject" and material.kind == "self_written":
        names.append((_("外部审核"), _("教育部门")))
    names.append((_("备案"), _("本机构")))
    reached = {"draft": 0, "returned": 0, "internal_passed": 1, "external_passed": 2}
    done = len(names) if material.state == "filed" else reached[material.state]
    steps = [Step(_("登记"), "done", on=local_day(material.entered_at))]
    for index, (label, who) in enumerate(names):
        state = "done" if index < done else "current" if index == done else "todo"
        if index == done and material.state == "returned":
            state = "blocked"
        steps.append(Step(label, state, who=who if state != "done" else ""))
    return steps


def file_response(file: MaterialFile) -> HttpResponse:
    """The file as it came: shown where a browser can, else as an attachment."""
    response = HttpResponse(read_stored(file.sha256), content_type=file.media_type)
    is_attachment = file.media_type not in _INLINE
    header = content_disposition_header(as_attachment=is_attachment, filename=file.file_name)
    response.headers["Content-Disposition"] = header or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
