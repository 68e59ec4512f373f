"""A long register list for the imports that are killed."""

from __future__ import annotations

import csv
import io

HEADERS = ("institution_name", "licence_no", "uscc", "address", "district", "category")
CATEGORIES = ("学科类", "非学科类", "")


def register_list(rows: int) -> bytes:
    """A CSV list: every ninth row is no institution, every fiftieth names an earlier one again."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(HEADERS)
    for number in range(1, rows + 1):
        writer.writerow(_row(number))
    return buffer.getvalue().encode()


def _row(number: int) -> tuple[str, ...]:
    if number % 9 == 0:
        return (f"第{number}幼儿园", "", "", "", "双流区", "")
    named = number - 25 if number % 50 == 0 else number
    name = f"双流区测试{named}号培训学校有限公司"
    address = f"测试路{named}号" + (f"{number}室" if number != named else "")
    return (name, "", "", address, "双流区", CATEGORIES[named % 3])
