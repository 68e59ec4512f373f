"""licensing.deadline: proposals for 20,000 institutions, rows a second, against one SQL UPDATE.

The product judges every member, freezes its reasons, numbers and inserts a journey, moves the
member's standing, and appends one event a chunk, in 40 committed transactions. The peer updates as
many rows of a copy of the journeys' table, with the same constraints and indexes, in one statement
and one transaction. What bounds the ratio is Python: building 20,000 objects and their JSON.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from django.db import connection, transaction

from benchmarks.databases import own_database
from benchmarks.measuring import RUNS, Entry, Goal, seconds
from institutions.models import Institution, Journey, Licence, Wave, WaveMember
from institutions.services.wave_proposals import propose_chunk
from institutions.tasks.waves import CHUNK_MEMBERS
from regulator.accounts.services import load_departments, load_divisions
from regulator.kernel.actors import SYSTEM

MEMBERS = 20_000
DIVISION = "510116"
AT = datetime(2026, 3, 11, 1, tzinfo=UTC)
GOAL = Goal("ratio", ">=", 0.02)
_PEER = "bench_journey"


@contextmanager
def place_of_its_own() -> Iterator[None]:
    """A migrated database of its own, on disk, gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        on_disk = connection.vendor == "sqlite"
        with own_database(str(Path(folder) / "bench.sqlite3") if on_disk else ""):
            yield


def filled_wave() -> Wave:
    """A wave of 20,000 licensed institutions, opened, whose deadline was the day before."""
    load_divisions(actor=SYSTEM, at=AT, division=DIVISION)
    load_departments(actor=SYSTEM, at=AT, division=DIVISION)
    with transaction.atomic():
        schools = Institution.objects.bulk_create(map(_institution, range(MEMBERS)), 500)
        Licence.objects.bulk_create(map(_licence, schools), 500)
        wave = Wave.objects.create(
            division_id=DIVISION,
            name="营转非",
            criteria={"legal_form": ["for_profit"]},
            ways_out=["reregistration", "conversion", "closure"],
            deadline_on=date(2026, 3, 10),
            consequence="failed_check_no_training",
            basis="第19项",
            opened_at=datetime(2026, 1, 5, tzinfo=UTC),
        )
        WaveMember.objects.bulk_create(
            [WaveMember(wave=wave, institution=one) for one in schools], 500
        )
    return wave


def _institution(number: int) -> Institution:
    name = f"测试{number:05d}号培训学校"
    return Institution(
        division_id=DIVISION,
        name=name,
        name_key=name,
        sort_key=name,
        legal_form="for_profit",
        category="subject",
        registered_on=date(2020, 1, 1),
    )


def _licence(institution: Institution) -> Licence:
    number = f"15101167{institution.pk:07d}"
    return Licence(
        institution=institution,
        number_printed=number,
        number_key=number,
        state="in_force",
        state_since=date(2024, 5, 1),
    )


def propose_all(wave: Wave) -> None:
    """What the job does, chunk by chunk, each committed."""
    offset = 0
    while True:
        with transaction.atomic():
            done = propose_chunk(
                wave=wave, offset=offset, size=CHUNK_MEMBERS, on=AT.date(), actor=SYSTEM, at=AT
            )
        if done.seen == 0:
            return
        offset += done.seen


def take_back() -> None:
    """As before the run: the benchmark's own undoing, not measured."""
    Journey.objects.all().delete()
    WaveMember.objects.update(standing="open", spared_because="")


def copy_of_journeys() -> None:
    """The peer's table: the journeys' own definition, constraints and indexes under a new name."""
    table = Journey._meta.db_table  # noqa: SLF001
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT sql FROM sqlite_master WHERE tbl_name = %s AND sql IS NOT NULL"
                " AND type IN ('table', 'index') ORDER BY type DESC",
                [table],
            )
            for number, (sql,) in enumerate(cursor.fetchall()):
                cursor.execute(_renamed(sql, table, number))
        else:
            cursor.execute(f"CREATE TABLE {_PEER} (LIKE {table} INCLUDING ALL)")
        cursor.execute(f"INSERT INTO {_PEER} SELECT * FROM {table}")  # noqa: S608


def _renamed(sql: str, table: str, number: int) -> str:
    if " INDEX " in sql.partition("(")[0]:
        before, _, after = sql.partition(" INDEX ")
        _name, _, rest = after.partition(" ON ")
        sql = f"{before} INDEX bench_index_{number} ON {rest}"
    return sql.replace(f'"{table}"', f'"{_PEER}"')


def update_all() -> None:
    """The peer: one statement over as many rows, committed."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {_PEER} SET state = %s, state_since = %s, revision = revision + 1",  # noqa: S608
            ["proposed", "2026-03-11"],
        )


def measured() -> tuple[float, float]:
    """Median seconds of product and peer, in turn after one warming run of each."""
    wave = filled_wave()
    propose_all(wave)
    copy_of_journeys()
    update_all()
    ours, theirs = [], []
    for _ in range(RUNS):
        take_back()
        ours.append(seconds(lambda: propose_all(wave)))
        theirs.append(seconds(update_all))
    if Journey.objects.count() != MEMBERS:
        raise RuntimeError(f"{Journey.objects.count()} proposals instead of {MEMBERS}")
    return statistics.median(ours), statistics.median(theirs)


def entries() -> list[Entry]:
    with place_of_its_own():
        ours, theirs = measured()
    return [
        Entry(
            "licensing.deadline",
            MEMBERS / ours,
            f"proposals a second, {MEMBERS:,} institutions",
            "one UPDATE of as many rows",
            MEMBERS / theirs,
            GOAL,
        )
    ]
