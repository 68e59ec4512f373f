"""Static files with hashed names, also inside our own ES modules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from re import Match
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

_FOREIGN = ("admin/", "django_htmx/", "import_export/", "leaflet/")


class ModularStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Rewrites `import` paths of our ES modules to the hashed names too.

    Other packages' scripts are left as they are: django-htmx's extensions show an import of a
    file that only a bundler would find, which would end `collectstatic` with an error.
    """

    support_js_module_import_aggregation = True

    def url_converter(
        self, name: str, hashed_files: Mapping[str, str], template: str | None = None
    ) -> Callable[[Match[str]], str]:
        """The function that rewrites one match in the file called `name`."""
        if name.endswith(".js") and name.startswith(_FOREIGN):
            return _unchanged
        converter: Any = super().url_converter(name, hashed_files, template)
        return converter


def _unchanged(match: Match[str]) -> str:
    return match["matched"]
