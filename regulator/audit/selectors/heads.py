"""The heads as they were exported last, outside the database."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings


def exported_heads() -> dict[str, tuple[int, str]]:
    """Division → (sequence, hash) of the latest export in DATA_DIR/audit-heads, or nothing."""
    files = sorted((Path(settings.DATA_DIR) / "audit-heads").glob("*.json"))
    if not files:
        return {}
    heads = json.loads(files[-1].read_bytes())["heads"]
    return {one["division"]: (one["sequence"], one["hash"]) for one in heads if one["sequence"] > 0}
