"""The register given out and taken in again changes nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from django.utils import translation
from python_calamine import CalamineWorkbook

from institutions.models import Institution, Licence, Premises
from institutions.resources.exchange_files import KINDS, table_file
from institutions.resources.register_export import register_tables
from regulator.pages.services.seed import Sizes, seed_district
from tests.audited import unaudited
from tests.committed import CopyDatabase
from tests.district import AT, DIVISION, District, LoginAs
from tests.institutions.register.codes import FIXTURE, good_code

# Every import leaves its own record: the import, its job, and what the chain says of both.
_OWN_RECORD = ("institutions_registerimport", "jobs_", "audit_", "django_", "auth_", "axes_")


def every_row() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables of the product but those that every import adds to."""
    return {
        model._meta.db_table: sorted(model._default_manager.values_list(), key=repr)
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.db_table.startswith(_OWN_RECORD)
    }


def imported(path: Path, *arguments: str, division: str = DIVISION) -> tuple[int, str]:
    out = io.StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("import_register", str(path), "--division", division, *arguments, stdout=out)
    return int(left.value.code or 0), out.getvalue().strip().splitlines()[-1]


def exported(tmp_path: Path, kind: str) -> Path:
    path = tmp_path / f"register.{'xlsx' if kind == 'xlsx' else 'csv'}"
    with translation.override("en"):  # an officer who reads English gives out the same file
        tables = register_tables(Institution.objects.order_by("sort_key", "pk"))
    path.write_bytes(table_file(tables, kind))
    return path


@pytest.fixture(scope="module")
def whole_district(copy_database: CopyDatabase) -> Iterator[None]:
    """All 420 institutions of the demonstration, with few filings."""
    current_app.loader.import_default_modules()
    with copy_database():
        seed_district(
            division=DIVISION,
            sizes=Sizes(institutions=420, filings=40, inspectors=24),
            seed=2026,
            say=lambda _line: None,
        )
        yield


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_district_given_out_and_taken_in_again_changes_no_row(
    whole_district: None, tmp_path: Path, kind: str
) -> None:
    assert Institution.objects.count() == 420
    before = every_row()
    path = exported(tmp_path, kind)
    assert imported(path, "--dry-run") == (0, "0 added, 0 changed, 0 refused")
    assert imported(path) == (0, "0 added, 0 changed, 0 refused")
    assert every_row() == before


def test_the_published_list_given_out_and_taken_in_again_changes_no_row(
    district: District, tmp_path: Path
) -> None:
    imported(FIXTURE, "--anywhere")
    before = every_row()
    for kind in KINDS:
        code, said = imported(exported(tmp_path, kind), "--anywhere")
        assert (code, said) == (0, "0 added, 0 changed, 0 refused")
    assert every_row() == before


def entry(name: str, **values: Any) -> Institution:
    with unaudited():
        return Institution.objects.create(
            division_id=DIVISION, name=name, name_key=name, sort_key=name,
            registered_on=AT.date(), **values,
        )  # fmt: skip


def awkward_entries() -> None:
    """What a register holds after years: each of these once changed, or came back."""
    company = entry("双流区甲教育咨询有限公司", category="non_subject", legal_form="non_profit")
    entry(
        "双流区乙培训学校",
        legal_form="non_profit",
        credit_code=good_code("91510116MA6C2K3A5"),
        activity="sport",
    )
    other = entry(
        "双流区丙培训学校",
        category="non_subject",
        activity="comprehensive",
        content='=HYPERLINK("x")',
        registered_address="'顺城街 1 号",
        principal="@李",
        sponsors="+王、-赵",
        legal_representative="000123456789012",
    )
    held = entry(
        "双流区丁培训学校",
        category="subject",
        place="锦州市/义县",
        registered_address="张某 11010519491231002X 宅",
    )
    with unaudited():
        for number, starts in (("", "2020-01-01"), ("教民151011670000999", "2024-01-01")):
            Licence.objects.create(
                institution=other, number_printed=number, number_key=number,
                state="in_force" if not number else "expired", state_since=starts,
                valid_from=starts, issuing_authority="" if number else "双流区教育局",
            )  # fmt: skip
        for serial, address in ((1, "顺城街一号"), (2, "11010519491231002X 号院")):
            Premises.objects.create(
                institution=company, register_id=f"P99999{serial}", address=address,
                address_key=address.replace(" ", "").casefold(), starts_on="2024-01-01",
            )  # fmt: skip
        Premises.objects.create(
            institution=held, register_id="P999993", address="旧址 1 号", address_key="旧址1号",
            starts_on="2024-01-01", ends_before="2025-01-01",
        )  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_awkward_entries_given_out_and_taken_in_again_change_no_row(
    district: District, tmp_path: Path, kind: str
) -> None:
    awkward_entries()
    before = every_row()
    assert imported(exported(tmp_path, kind), "--anywhere") == (
        0,
        "0 added, 0 changed, 0 refused",
    )
    assert every_row() == before


def test_a_city_and_a_zone_find_their_own_rows_again(district: District, tmp_path: Path) -> None:
    for division in ("510100", "5101GX"):
        with unaudited():
            Institution.objects.all().delete()
            name = f"甲{division}培训学校"
            Institution.objects.create(
                division_id=division, name=name, name_key=name.casefold(), sort_key="jia",
                registered_on=AT.date(),
            )  # fmt: skip
        said = imported(exported(tmp_path, "xlsx"), division=division)
        assert said == (0, "0 added, 0 changed, 0 refused")


def test_no_cell_that_goes_out_is_a_formula_or_a_resident_id_number(
    district: District, tmp_path: Path
) -> None:
    awkward_entries()
    text = exported(tmp_path, "csv").read_text(encoding="utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert '\'=HYPERLINK("x")' in cells
    assert "'000123456789012" in cells
    book = exported(tmp_path, "xlsx")
    sheets = CalamineWorkbook.from_path(str(book))
    written = str([sheets.get_sheet_by_name(name).to_python() for name in sheets.sheet_names])
    assert sheets.sheet_names == ["机构名册", "许可证", "办学场所"]
    assert "=HYPERLINK" in written  # as text: the file has no formula
    assert "11010519491231002X" not in text + written
    assert "旧址 1 号" in written  # a closed place stands on its own sheet


def test_the_desk_offers_the_export_in_every_kind(
    district: District, client: Client, login_as: LoginAs
) -> None:
    awkward_entries()
    login_as(client, "licensing_officer")
    for kind in KINDS:
        response = client.get("/desk/register/", {"export": kind})
        assert response.status_code == 200
        assert response["Content-Disposition"].startswith("attachment")
    assert client.get("/desk/register/", {"export": "exe"})["Content-Type"].startswith("text/html")
