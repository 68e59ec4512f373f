"""One engine's process of `filings.workbook.*`: the upload's whole job and its peer, in turn.

Started by `benchmarks.filings_workbook` with Django set up; prints one line of JSON.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import ClassVar

from celery import current_app
from django.db import connection, models
from django.test.utils import override_settings
from import_export import resources
from import_export.formats.base_formats import XLSX

from benchmarks.databases import own_database
from benchmarks.measuring import RUNS, seconds
from institutions.core.screening.rows import HEADERS
from institutions.models import FilingUpload, Institution, UploadRow
from institutions.services.filings_upload import upload_filings
from institutions.services.register import (
    InstitutionDraft,
    LicenceDraft,
    record_licence,
    register_institution,
)
from regulator.accounts.services import load_departments, load_divisions
from regulator.audit.models import Event
from regulator.calendars.services.shipped import load_shipped_calendars
from regulator.jobs.services import run_here
from regulator.kernel.actors import SYSTEM, Actor

DIVISION = "510116"
AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
_LICENCE = "151011680000703"


@dataclass(frozen=True)
class Turns:
    """Median seconds of product and peer, and the peak memory of the process in MB."""

    ours_s: float
    theirs_s: float
    peak_mb: float


@contextmanager
def own_place() -> Iterator[None]:
    """A migrated database, files and a broker of this process's own, gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        on_disk = connection.vendor == "sqlite"
        name = str(place / "bench.sqlite3") if on_disk else f"bench_filings_{os.getpid()}"
        current_app.conf.update(broker_url="memory://")
        with override_settings(DATA_DIR=place), own_database(name):
            yield


def registered() -> tuple[Institution, Actor]:
    """The institution whose classes they are, and its manager."""
    load_divisions(actor=SYSTEM, at=AT, division=DIVISION)
    load_departments(actor=SYSTEM, at=AT, division=DIVISION)
    load_shipped_calendars(actor=SYSTEM, at=AT, divisions=[DIVISION])
    institution = register_institution(
        division=DIVISION,
        draft=InstitutionDraft(name="大树教育培训中心", category="subject"),
        competent_department="education",
        on=date(2024, 1, 1),
        actor=SYSTEM,
        at=AT,
    )
    draft = LicenceDraft(
        number=_LICENCE,
        name="大树教育培训中心",
        category="subject",
        address="成都市双流区东升街道长江路1号",
        valid_from=date(2024, 1, 1),
        valid_until=date(2028, 12, 31),
    )
    record_licence(institution=institution, draft=draft, actor=SYSTEM, at=AT)
    manager = Actor(
        user_id=1,
        name="经办人",
        role="institution_manager",
        division=DIVISION,
        institution=str(institution.public_id),
    )
    return institution, manager


class Product:
    """Uploads of the same bytes, each by the service and its job."""

    def __init__(self, data: bytes, rows: int) -> None:
        self.data, self.rows = data, rows
        self.institution, self.manager = registered()

    def run(self) -> None:
        """One upload, from its bytes to the last event of its job."""
        upload = upload_filings(
            institution=self.institution,
            file_name="备案表.xlsx",
            data=self.data,
            actor=self.manager,
            at=AT,
        )
        assert upload.job is not None
        run_here(upload.job)

    def check(self) -> None:
        """Every row is there with its outcome, and each chunk has its event; else it is void."""
        upload = FilingUpload.objects.latest("pk")
        kept = UploadRow.objects.filter(upload=upload).exclude(outcome="").count()
        told = Event.objects.filter(
            kind="filing.rows_screened", subject_key=str(upload.public_id)
        ).values_list("row_count", flat=True)
        if (upload.state, kept, sum(told)) != ("screened", self.rows, self.rows):
            raise RuntimeError(f"{upload.state} {upload.problem}: {kept} rows, {sum(told)} told")

    @staticmethod
    def take_back() -> None:
        """Without the rows of the run before: the benchmark's own undoing, not measured."""
        UploadRow.objects.all().delete()


class BenchFiling(models.Model):
    """The peer's table: the workbook's 26 columns as texts, and a key."""

    objects: ClassVar = models.Manager()

    class Meta:
        app_label = "benchmarks"
        db_table = "bench_filing"

    def __str__(self) -> str:
        return str(self.pk)


for _number, _header in enumerate(HEADERS):
    BenchFiling.add_to_class(f"column_{_number}", models.TextField(blank=True, null=True))


class FilingResource(resources.ModelResource):
    """The fastest that its documentation knows: bulk, no diff, no look-ups, no clean."""

    class Meta:
        model = BenchFiling
        fields: ClassVar = [f"column_{number}" for number in range(len(HEADERS))]
        import_id_fields: ClassVar = ["column_1"]
        use_bulk = True
        batch_size = 1000
        force_init_instance = True
        skip_diff = True
        skip_html_diff = True
        report_skipped = False
        use_transactions = True


class Peer:
    """django-import-export alone: the same bytes into a table of the same columns, unchecked."""

    def __init__(self, data: bytes, rows: int) -> None:
        self.data, self.rows = data, rows
        with connection.schema_editor() as editor:
            editor.create_model(BenchFiling)

    def run(self) -> None:
        """One import, committed."""
        dataset = XLSX().create_dataset(self.data)
        dataset.headers = [f"column_{number}" for number in range(len(HEADERS))]
        result = FilingResource().import_data(dataset, raise_errors=True)
        if result.has_errors():
            raise RuntimeError("the peer refused rows")

    def check(self) -> None:
        """Every row is there; else the run is void."""
        if BenchFiling.objects.count() != self.rows:
            raise RuntimeError(f"the peer stored {BenchFiling.objects.count()} rows")

    @staticmethod
    def take_back() -> None:
        """Without the rows of the run before: not measured."""
        BenchFiling.objects.all().delete()


def in_turn(data: bytes, rows: int) -> Turns:
    """Product and peer in turn, after one warming run of each."""
    product, peer = Product(data, rows), Peer(data, rows)
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(RUNS + 1):
        for work, taken in ((product, ours), (peer, theirs)):
            work.take_back()
            taken.append(seconds(work.run))
            work.check()
    return Turns(statistics.median(ours[1:]), statistics.median(theirs[1:]), _peak_mb())


def alone(data: bytes, rows: int) -> Turns:
    """The product once and nothing else, for its memory."""
    product = Product(data, rows)
    taken_s = seconds(product.run)
    product.check()
    return Turns(taken_s, 0, _peak_mb())


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(kind: str, book: str, rows: int) -> None:
    """`turns` or `alone` over the workbook in the file `book`, as one line of JSON."""
    data = Path(book).read_bytes()
    with own_place():
        turns = in_turn(data, rows) if kind == "turns" else alone(data, rows)
    print(json.dumps(asdict(turns)), flush=True)
