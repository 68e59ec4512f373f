"""The typefaces this machine has, as the PDF engine finds them: through fontconfig."""

from __future__ import annotations

import shutil
import subprocess
from functools import lru_cache

_PATIENCE_S = 10


@lru_cache(maxsize=1)
def installed_families() -> frozenset[str]:
    """Names of all installed families; empty where fontconfig cannot be asked.

    Asked once per process: a typeface installed later is seen after a restart, by the PDF engine
    as well.
    """
    program = shutil.which("fc-list")
    if program is None:
        return frozenset()
    try:
        listed = subprocess.run(
            [program, ":", "family"], capture_output=True, timeout=_PATIENCE_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    lines = listed.stdout.decode("utf-8", errors="replace").splitlines()
    return frozenset(name.strip() for line in lines for name in line.split(",") if name.strip())
