"""No value of a sample that the tests know stands in the product's code: rules, not answers."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from tests.repository import sources

FIXTURES = sources.ROOT / "tests" / "fixtures"
SHORTEST = 6  # shorter values (a weekday, an edition) are words of the trade
# So is what every second class is called.
PLAIN_NAME = re.compile(r"(小学|初中)?.年级(语文|数学|英语|物理|化学)培训班")
DISTINCTIVE = {
    "filings_sample.csv": (
        "机构许可证号",
        "班级名称",
        "授课地点",
        "资格证书号",
    ),
    "register_rows.csv": ("institution_name", "licence_no", "uscc", "address"),
}


def sample_values(name: str) -> set[str]:
    """The values of a sample that could only have been copied."""
    with (FIXTURES / name).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        value
        for row in rows
        for column in DISTINCTIVE[name]
        if len(value := (row.get(column) or "").strip()) >= SHORTEST
        and not PLAIN_NAME.fullmatch(value)
    }


def product_texts() -> dict[Path, str]:
    return {
        path: sources.text_of(path)
        for path in sources.all_files()
        if sources.is_product(path) and path.suffix in {".py", ".html", ".js", ".css", ".txt"}
    }


def found_in_product(values: set[str]) -> list[str]:
    return [
        f"{sources.relative(path)}: {value}"
        for path, text in product_texts().items()
        for value in values
        if value in text
    ]


@pytest.mark.parametrize("name", sorted(DISTINCTIVE))
def test_no_value_of_a_sample_stands_in_the_code(name: str) -> None:
    values = sample_values(name)
    assert len(values) > 20
    assert found_in_product(values) == []


def test_no_id_of_the_sample_draw_stands_in_the_code() -> None:
    bundle = json.loads((FIXTURES / "draw_bundle_sample.json").read_text(encoding="utf-8"))
    ids = {each["id"] for each in bundle["frame"]["objects"]}
    assert len(ids) > 20
    assert found_in_product(ids | {bundle["frame"]["draw"]}) == []
