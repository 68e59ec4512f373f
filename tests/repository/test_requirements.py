"""Dependencies: pinned, hashed, used; native packages listed once."""

from __future__ import annotations

import re

import pytest

from tests.packaging.scripts import load_script
from tests.repository import sources

native = load_script("native")

# What is used without an import of its own: by name in settings, as a driver, or as a program.
USED_OTHERWISE = {
    "async-timeout": "redis asks for it on Python 3.11.2",
    "gunicorn": "started by the supervisor and docker-compose.yml",
    "psycopg": "Django's PostgreSQL backend",
    "redis": "kombu's transport",
}
IMPORT_NAMES = {
    "django-csp": "csp",
    "django-environ": "environ",
    "django-filter": "django_filters",
    "django-fsm-2": "django_fsm",
    "django-axes": "axes",
    "django-import-export": "import_export",
    "django-template-partials": "template_partials",
    "python-calamine": "python_calamine",
    "python-stdnum": "stdnum",
    "opencc-python-reimplemented": "opencc",
    "pillow": "PIL",
    "zxing-cpp": "zxingcpp",
}


def top_level(name: str) -> list[str]:
    """The requirements of an .in file, without extras, markers and limits."""
    lines = (sources.ROOT / name).read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if line and not line.startswith(("#", "-"))]
    return [re.split(r"[\[<>=; ]", line)[0] for line in wanted]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_and_hashed(name: str) -> None:
    text = (sources.ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    wanted = [line for line in text.splitlines() if re.match(r"[A-Za-z0-9]", line)]
    assert wanted
    assert [line[:60] for line in wanted if "==" not in line or "--hash=sha256:" not in line] == []


def test_every_run_time_requirement_is_used() -> None:
    product = [*sources.product_python(), sources.ROOT / "packaging" / "messages.py"]
    known = {
        module.split(".")[0]
        for path in product
        for _, module in sources.imported_names(sources.tree_of(path))
    }
    settings = sources.text_of(sources.ROOT / "regulator" / "settings" / "base.py")
    unused = [
        name
        for name in top_level("requirements.in")
        if name not in USED_OTHERWISE
        and (module := IMPORT_NAMES.get(name, name.lower().replace("-", "_"))) not in known
        and f'"{module}' not in settings
    ]
    assert unused == []


def test_native_packages_are_listed_once_and_read_by_all() -> None:
    listed = native.packages(native.LIST.read_text(encoding="utf-8"))
    assert len({package.name for package in listed}) == len(listed)
    assert {package.when for package in listed} == {"setup", "run", "test", "browser"}
    dockerfile = sources.text_of(sources.ROOT / "Dockerfile")
    makefile = sources.text_of(sources.ROOT / "Makefile")
    assert "packaging/debian.txt" in dockerfile
    assert "packaging/debian.txt" in makefile
    for package in listed:
        assert package.name not in dockerfile
        assert package.name not in makefile
