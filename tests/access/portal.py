"""The shown institution's drafts, changes and material, and the parts of their addresses."""

from __future__ import annotations

from typing import Any

from institutions.models import Filing, FilingDraft, Institution, TrainingMaterial
from tests.access.bank import bank_kwargs


def portal_objects(shown: Institution) -> dict[str, Any]:
    """What the seed has put in the shown institution's hands."""
    approved = Filing.objects.filter(institution=shown, state="approved", amendments__isnull=True)
    drafts = FilingDraft.objects.filter(institution=shown, amends__isnull=True)
    materials = TrainingMaterial.objects.filter(institution=shown)
    return {
        "own_approved": approved.first(),
        "draft": drafts.filter(discarded_at__isnull=True).first(),
        "begun_material": materials.get(state="draft"),
        "waiting_material": materials.get(state="internal_passed"),
    }


def portal_kwargs(objects: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Address parts by full name."""
    approved = {"public_id": objects["own_approved"].public_id}
    draft = {"public_id": objects["draft"].public_id}
    return {
        **bank_kwargs(objects),
        **{f"filings:{name}": approved for name in ("copy", "change", "own_compare")},
        **{
            f"filings:{name}": draft
            for name in ("draft", "draft_check", "draft_discard", "draft_restore")
        },
        **_material_kwargs(objects["begun_material"], _OWN),
        **_material_kwargs(objects["waiting_material"], _DESK),
    }


_OWN = {
    "": (
        *("own", "edit", "upload_file", "new_author", "internal_review"),
        *("file", "revise", "stop"),
    ),
    "file": ("own_file", "drop_file"),
    "author": ("drop_author",),
}
_DESK = {"": ("material", "review", "return"), "file": ("desk_file",), "author": ("reveal",)}


def _material_kwargs(
    material: TrainingMaterial, names: dict[str, tuple[str, ...]]
) -> dict[str, dict[str, Any]]:
    parts = {"": None, "file": material.files.first(), "author": material.authors.first()}
    found: dict[str, dict[str, Any]] = {}
    for part, named in names.items():
        held = parts[part]
        kwargs = {"public_id": material.public_id}
        if held is not None:
            kwargs["part_id"] = held.public_id
        found |= {f"materials:{name}": kwargs for name in named}
    return found
