"""Static files: hashed names inside our own modules, other packages' scripts untouched."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import override_settings


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Any:
    root = tmp_path_factory.mktemp("static")
    storage = {"staticfiles": {"BACKEND": "regulator.web.storage.ModularStaticFilesStorage"}}
    with override_settings(STATIC_ROOT=str(root), STORAGES=storage):
        skipped = ["admin", "leaflet", "import_export"]
        call_command("collectstatic", interactive=False, stdout=StringIO(), ignore_patterns=skipped)
        yield root


def test_modules_import_each_other_by_hashed_names(collected: Path) -> None:
    main = next(
        path for path in (collected / "web" / "js").glob("main.*.js") if path.suffix == ".js"
    )
    imports = [line for line in main.read_text().splitlines() if line.startswith("import ")]
    assert len(imports) == main.with_name("main.js").read_text().count("\nimport ")
    for line in imports:
        name = line.split('"./')[1].split('"')[0]
        assert (collected / "web" / "js" / name).exists()
        assert name.count(".") == 2


def test_stylesheets_point_to_hashed_pictures(collected: Path) -> None:
    sheet = next((collected / "web" / "css").glob("forms.*.css"))
    assert 'url("../chevron.svg")' not in sheet.read_text()


def test_scripts_of_other_packages_stay_as_they_are(collected: Path) -> None:
    folder = collected / "django_htmx" / "ext"
    hashed = next(path for path in folder.glob("hx-sse-2.*.js") if "min" not in path.name)
    assert hashed.read_bytes() == (folder / "hx-sse-2.js").read_bytes()
