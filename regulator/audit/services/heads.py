"""The heads of all chains, exported: a tail that is cut off later is visible against them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.conf import settings

from regulator.audit.models import Head
from regulator.kernel.canonical import canonical_bytes


def export_heads(*, on: date) -> Path:
    """Write every division's head of that day to DATA_DIR/audit-heads/<day>.json.

    The file is canonical JSON, `{"on", "heads": [{"division", "sequence", "hash"}]}`; a day's
    first export stands, so that running twice changes nothing.
    """
    folder = Path(settings.DATA_DIR) / "audit-heads"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{on.isoformat()}.json"
    if path.exists():
        return path
    heads = [
        {"division": head.division, "sequence": head.sequence, "hash": head.hash}
        for head in Head.objects.order_by("division")
    ]
    partial = path.with_suffix(".partial")
    partial.write_bytes(canonical_bytes({"on": on.isoformat(), "heads": heads}))
    partial.replace(path)
    return path
