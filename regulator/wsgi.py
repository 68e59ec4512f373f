"""The WSGI entry point that gunicorn serves."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regulator.settings.local")

application = get_wsgi_application()

# Every page's module is read once here, before gunicorn forks, instead of in each of its processes
# when the first person comes.
get_resolver().url_patterns  # noqa: B018
