"""Whether this process can serve: the database answers and its guards stand."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from regulator.database.guards import missing_guards


@never_cache
def healthz(_request: HttpRequest) -> JsonResponse:
    """200 when the database answers and every guard is installed, else 503 with the reason."""
    try:
        missing = missing_guards(connection)
    except DatabaseError:
        return JsonResponse({"status": "database"}, status=503)
    if missing:
        return JsonResponse({"status": "guards", "missing": missing}, status=503)
    return JsonResponse({"status": "ok"})
