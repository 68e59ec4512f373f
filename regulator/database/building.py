"""An empty database made ready at once, as all migrations one after another would make it.

Replaying the history of a schema costs minutes: before each of several hundred steps Django draws
every model anew. Where there is no history yet, the tables of today's models are the same thing;
`tests/database/test_building.py` holds the two together. A database that has tables is migrated.
"""

from __future__ import annotations

from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from regulator.database.commands import install_post_once
from regulator.database.guards import install_guards
from regulator.database.storage import keep_rows_whole


def is_bare(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database has no table at all."""
    return not connection.introspection.table_names()


def build_database(connection: BaseDatabaseWrapper) -> None:
    """Tables, guards and functions in an empty database, and every migration noted as applied."""
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.can_migrate(connection):  # noqa: SLF001  as Django's own syncdb does
                editor.create_model(model)
    complete_database(connection)
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)


def complete_database(connection: BaseDatabaseWrapper) -> None:
    """What migrations add to the tables, in a database whose tables are there already."""
    install_guards(connection)
    install_post_once(connection)
    keep_rows_whole(connection)
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    applied = set(recorder.applied_migrations())
    for app, name in MigrationLoader(connection).graph.nodes:
        if (app, name) not in applied:
            recorder.record_applied(app, name)
