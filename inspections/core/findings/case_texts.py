"""What a case says in its own words, as the chain holds it: a digest of each text, not the text.

The texts may name persons. The digest is bound to the case and to the field, so that equal texts
of two cases have nothing in common.
"""

from __future__ import annotations

from collections.abc import Mapping

from regulator.kernel.canonical import canonical_digest

CONCLUDED_TEXTS = ("conclusion", "articles")
CASE_TEXTS = ("ground", "evidence", *CONCLUDED_TEXTS)


def text_digests(*, case: str, texts: Mapping[str, str]) -> dict[str, str]:
    """The digest of each text by its name; `case` is the public id of the case."""
    return {name: canonical_digest([case, name, text]) for name, text in texts.items()}
