"""Rows of texts have one canonical form, however fast it is written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from regulator.kernel.canonical import canonical_bytes, canonical_row_bytes

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
KEY = st.text(st.characters(exclude_categories=("Cs",), max_codepoint=0xFFFF), max_size=12)
CELLS = st.dictionaries(KEY, TEXT, max_size=6)


@given(st.lists(st.tuples(st.integers(0, 2**31), CELLS, TEXT).map(list), max_size=5))
def test_rows_written_fast_are_the_canonical_bytes(rows: list[list[object]]):
    assert canonical_row_bytes(rows) == canonical_bytes(rows)


def test_what_must_be_escaped_is_escaped_alike():
    rows = [[2, {"培训内容": '\x00\x1f\x7f\u2028"\\/\b\f\n\r\t😀', "a": ""}, "clear"]]
    assert canonical_row_bytes(rows) == canonical_bytes(rows)
