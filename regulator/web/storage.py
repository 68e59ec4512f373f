"""Static files with hashed names, also inside ES modules."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModularStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Rewrites `import` paths of ES modules to the hashed names too."""

    support_js_module_import_aggregation = True
