"""Append-only tables, guarded by the database itself; declared here and nowhere else.

UPDATE, DELETE, SQLite's INSERT OR REPLACE (a BEFORE INSERT trigger) and PostgreSQL's TRUNCATE are
refused. Of some tables only a part is frozen: what was issued stays, what became of it is added.
A migration that rebuilds a SQLite table drops its triggers silently, so every migration
that touches a guarded table ends with `InstallGuards()`, and a check compares what is declared
with what the database has. The trigger that keeps the ledger's balances is watched with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections, migrations
from django.db.backends.base.base import BaseDatabaseWrapper

from regulator.database import balances


@dataclass(frozen=True)
class Guard:
    """A table whose rows stay, and the keys by which a row could be replaced.

    With `frozen` only these columns may never be updated; a column of `once` may be filled where
    it was empty and never changed after that. Without either the whole row is append-only.
    """

    table: str
    keys: tuple[tuple[str, ...], ...] = (("id",),)
    frozen: tuple[str, ...] = ()
    once: tuple[str, ...] = ()

    @property
    def of_columns(self) -> str:
        """`OF a, b` where only these columns are frozen."""
        return f" OF {', '.join(self.frozen)}" if self.frozen else ""


GUARDED_TABLES: tuple[Guard, ...] = (
    Guard("audit_event", (("id",), ("division", "sequence"))),
    Guard("accounts_handover"),
    Guard(
        "calendars_calendarchange",
        (("id",), ("public_id",)),
        frozen=(
            "public_id",
            "division",
            "kind",
            "content",
            "base_digest",
            "reason",
            "proposed_by_user",
            "proposed_at",
        ),
    ),
    Guard("institutions_appraisalvote", (("id",), ("seat_id",))),
    Guard("fees_ledgercommand", (("id",), ("key",))),
    Guard("fees_accountdocument", (("id",), ("public_id",))),
    Guard("fees_lessonanswer", (("id",), ("public_id",))),
    Guard(
        "fees_monthstatement",
        (("id",), ("public_id",), ("number",)),
        frozen=(
            "public_id",
            "escrow_id",
            "month",
            "version",
            "number",
            "facts",
            "facts_sha256",
            "issued_by",
            "issued_at",
        ),
        once=("sha256",),
    ),
    Guard("fees_posting", (("id",), ("command_id", "position"), ("corrects_id",))),
    Guard(
        "fees_ledgeraccount",
        (("id",),),
        frozen=("escrow_id", "kind", "contract_id", "side"),
    ),
    Guard(
        "fees_attendancemark",
        (("id",), ("sheet_id", "contract_id")),
        frozen=("sheet_id", "contract_id", "mark"),
    ),
    Guard(
        "fees_statementline",
        (
            ("id",),
            ("public_id",),
            ("escrow_id", "fingerprint", "ordinal"),
            ("statement_id", "position"),
        ),
    ),
    Guard("fees_linematch", (("id",), ("line_id", "posting_id"))),
    Guard("fees_differencenote"),
    Guard("fees_receiptreport"),
    Guard("fees_insolvencycase", (("id",), ("public_id",), ("institution_id",))),
    Guard("fees_providerevent", (("id",), ("public_id",), ("withdraws_id",))),
    Guard("fees_riskwarning", (("id",), ("public_id",), ("institution_id", "as_of"))),
    Guard("fees_warninganswer", (("id",), ("public_id",))),
    Guard("inspections_drawreading", (("id",), ("draw_of_id", "position"))),
    Guard("inspections_visitanswer", (("id",), ("client_id",))),
    Guard("inspections_visitphoto", (("id",), ("public_id",), ("client_id",))),
    Guard("inspections_visitsignature", (("id",), ("public_id",), ("client_id",))),
    Guard("inspections_syncreceipt", (("id",), ("client_id",))),
    Guard(
        "inspections_keycopy",
        (("id",), ("public_id",), ("draw_of_id", "envelope_number")),
        frozen=(
            *("public_id", "draw_of_id", "envelope_number", "custodian", "organisation"),
            *("is_outside", "place", "recorded_at", "recorded_by"),
        ),
        once=("printed_by",),
    ),
    Guard(
        "inspections_returnedfile",
        (("id",), ("public_id",), ("division_id", "sha256")),
        frozen=(
            *("public_id", "division_id", "kind", "name", "media_type", "sha256"),
            *("size_bytes", "uploaded_at", "uploaded_by"),
        ),
    ),
    Guard(
        "inspections_inspectionresult",
        (("id",), ("public_id",), ("assignment_id",), ("visit_id",)),
    ),
    Guard("inspections_resultcorrection", (("id",), ("public_id",))),
    Guard("inspections_rectificationproof", (("id",), ("public_id",))),
    Guard("inspections_rectificationnote"),
    Guard("inspections_safetyentry", (("id",), ("public_id",), ("corrects_id",))),
    Guard(
        "institutions_paper",
        (("id",), ("public_id",), ("code",)),
        frozen=(
            "public_id",
            "division_id",
            "department_id",
            "kind",
            "number_text",
            "number_key",
            "series",
            "year",
            "serial",
            "code",
            "facts",
            "issued_on",
            "issued_at",
            "issued_by",
        ),
        once=("sha256",),
    ),
)

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION regulator_append_only() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION 'append-only table %: % refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'integrity_constraint_violation';
END
$$ LANGUAGE plpgsql
"""


def _sqlite_statements(guard: Guard) -> dict[str, str]:
    table = guard.table
    statements = {
        f"guard_{table}_{verb}": (
            f"CREATE TRIGGER guard_{table}_{verb} BEFORE {verb.upper()}{columns} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'append-only table {table}: {verb} refused'); END"
        )
        for verb, columns in (("update", guard.of_columns), ("delete", ""))
    }
    for column in guard.once:
        statements[f"guard_{table}_once_{column}"] = (
            f"CREATE TRIGGER guard_{table}_once_{column} BEFORE UPDATE OF {column} ON {table} "
            f"WHEN OLD.{column} <> '' "
            f"BEGIN SELECT RAISE(ABORT, 'append-only table {table}: {column} refused'); END"
        )
    same = " OR ".join(
        "(" + " AND ".join(f"{column} = NEW.{column}" for column in key) + ")" for key in guard.keys
    )
    statements[f"guard_{table}_replace"] = (
        f"CREATE TRIGGER guard_{table}_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
        f"BEGIN SELECT RAISE(ABORT, 'append-only table {table}: replace refused'); END"
    )
    return statements


def _postgresql_statements(guard: Guard) -> dict[str, str]:
    table = guard.table
    once = {
        f"guard_{table}_once_{column}": (
            f"CREATE TRIGGER guard_{table}_once_{column} BEFORE UPDATE OF {column} ON {table} "
            f"FOR EACH ROW WHEN (OLD.{column} <> '') EXECUTE FUNCTION regulator_append_only()"
        )
        for column in guard.once
    }
    return once | {
        f"guard_{table}_row": (
            f"CREATE TRIGGER guard_{table}_row BEFORE UPDATE{guard.of_columns} OR DELETE "
            f"ON {table} FOR EACH ROW EXECUTE FUNCTION regulator_append_only()"
        ),
        f"guard_{table}_truncate": (
            f"CREATE TRIGGER guard_{table}_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION regulator_append_only()"
        ),
    }


def _declared(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, str]]:
    """Trigger name → (table, statement), for the declared tables that exist by now."""
    make = _sqlite_statements if connection.vendor == "sqlite" else _postgresql_statements
    tables = set(connection.introspection.table_names())
    declared = {
        name: (guard.table, statement)
        for guard in GUARDED_TABLES
        if guard.table in tables
        for name, statement in make(guard).items()
    }
    if balances.TABLE in tables:
        is_sqlite = connection.vendor == "sqlite"
        follow = balances.sqlite_statements if is_sqlite else balances.postgresql_statements
        declared |= {name: (balances.TABLE, sql) for name, sql in follow().items()}
    return declared


def _present(connection: BaseDatabaseWrapper) -> set[str]:
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {row[0] for row in cursor.fetchall()}


def missing_guards(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of declared triggers that the database does not have."""
    return sorted(set(_declared(connection)) - _present(connection))


def install_guards(connection: BaseDatabaseWrapper) -> list[str]:
    """Create what is missing; returns the names created."""
    missing = missing_guards(connection)
    declared = _declared(connection)
    with connection.cursor() as cursor:
        if missing and connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
            cursor.execute(balances.POSTGRESQL_FUNCTION)
        for name in missing:
            cursor.execute(declared[name][1])
    return missing


class InstallGuards(migrations.RunPython):
    """The last operation of every migration that touches a guarded table."""

    def __init__(self) -> None:
        super().__init__(_install_in_migration, migrations.RunPython.noop)

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """Written in a migration without arguments."""
        return (self.__class__.__name__, [], {})


def _install_in_migration(apps: Any, schema_editor: Any) -> None:
    # The table may still be in the editor's deferred SQL (constraints), never the table itself.
    install_guards(schema_editor.connection)


def check_guards(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """System check (database tag): every declared guard is there."""
    return [
        Error(
            f"数据库缺少只增不改的保护触发器：{name}。",
            hint="运行 manage.py prepare 或 manage.py migrate 重新安装。",
            id="regulator.E001",
        )
        for alias in databases or ()
        for name in missing_guards(connections[alias])
    ]
