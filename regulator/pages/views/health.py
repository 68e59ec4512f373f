"""Whether this process can serve: the database answers and its guards stand."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from regulator.database.guards import missing_guards
from regulator.pages.selectors.demonstration import is_misplaced_demonstration


@never_cache
def healthz(_request: HttpRequest) -> JsonResponse:
    """200 when the database answers, its guards stand and its data is no fiction; else 503."""
    try:
        missing = missing_guards(connection)
    except DatabaseError:
        return JsonResponse({"status": "database"}, status=503)
    if is_misplaced_demonstration():
        return JsonResponse({"status": "demonstration"}, status=503)
    if missing:
        return JsonResponse({"status": "guards", "missing": missing}, status=503)
    return JsonResponse({"status": "ok"})
