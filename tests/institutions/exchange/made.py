"""Tables, imports and conflicts as the desk makes them, for tests."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from institutions.models import ColumnMapping, ImportConflict, Institution, TableImport
from institutions.resources.exchange_targets import read_table
from institutions.services.exchange import record_table_file, start_table_import
from institutions.services.exchange_mappings import save_mapping
from regulator.adapters.storage import store_bytes
from regulator.jobs.services import run_waiting_jobs
from regulator.kernel.actors import SYSTEM, Actor
from tests.district import AT, DIVISION

PLATFORM = "校外培训管理平台"
PLATFORM_PAIRS = (
    ("名称", "institution_name"),
    ("统一社会信用代码", "uscc"),
    ("注册地址", "registered_address"),
    ("实际经营地址", "address"),
    ("法定代表人姓名", "legal_representative"),
    ("办学许可证号", "licence_no"),
    ("举办者属性", "printed"),
    ("联系电话", ""),
)


def csv_bytes(rows: Sequence[Mapping[str, str]], encoding: str = "utf-8") -> bytes:
    """Rows as a CSV file."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue().encode(encoding)


def platform_mapping(*, target: str = "register", actor: Actor = SYSTEM) -> ColumnMapping:
    """The saved mapping of the platform's file."""
    pairs = PLATFORM_PAIRS if target == "register" else PLATFORM_PAIRS[:2] + PLATFORM_PAIRS[3:4]
    return save_mapping(
        division=DIVISION,
        target=target,
        name="平台表",
        source_name=PLATFORM,
        pairs=pairs,
        actor=actor,
        at=AT,
    )


def read_in(
    data: bytes,
    target: str,
    *,
    mapping: ColumnMapping | None = None,
    file_name: str = "表.csv",
    actor: Actor = SYSTEM,
    at: datetime = AT,
) -> TableImport:
    """A file read and remembered, nothing written."""
    table = read_table(data, file_name=file_name, target=target, mapping=mapping)
    return record_table_file(
        division=DIVISION,
        target=target,
        mapping=mapping,
        source_on=None if mapping is None else date(2026, 2, 28),
        file_name=file_name,
        file_sha256=store_bytes(table.raw.stored),
        row_count=len(table.lines),
        actor=actor,
        at=at,
    )


def taken_in(
    data: bytes,
    target: str,
    *,
    mapping: ColumnMapping | None = None,
    file_name: str = "表.csv",
    actor: Actor = SYSTEM,
    at: datetime = AT,
) -> TableImport:
    """A file read, confirmed and written."""
    read = read_in(data, target, mapping=mapping, file_name=file_name, actor=actor, at=at)
    start_table_import(table_import=read, actor=actor, at=at)
    run_waiting_jobs()
    read.refresh_from_db()
    return read


def counts(table_import: TableImport) -> tuple[int, int, int, int, int]:
    """Added, changed, kept, in conflict, refused."""
    return (
        table_import.added_count,
        table_import.changed_count,
        table_import.kept_count,
        table_import.conflict_count,
        table_import.refused_count,
    )


def platform_conflict(institution: Institution) -> ImportConflict:
    """A conflict over an institution's registered address, by a file of the platform."""
    row = {"名称": institution.name, "统一社会信用代码": institution.credit_code}
    data = csv_bytes([row | {"注册地址": "别处 99 号", "举办者属性": "企业"}])
    held = current_or_new()
    taken_in(data, "register", mapping=held, file_name="平台.csv")
    return ImportConflict.objects.get(institution=institution, field="registered_address")


def current_or_new() -> ColumnMapping:
    """The platform's mapping, saved once."""
    return ColumnMapping.objects.filter(name="平台表").first() or platform_mapping()
