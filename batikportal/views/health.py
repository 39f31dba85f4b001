"""Health for the process supervisor and the load balancer."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from batikportal import access
from batikportal.migration_steps import half_replaced
from batikportal.queries import jobs as queries


@access.public
@require_safe
@never_cache
def healthz(request):
    """The process answers."""
    return JsonResponse({"status": "ok"})


@access.public
@require_safe
@never_cache
def readyz(request):
    """The database answers, no migration waits, and how long the oldest background task has been waiting."""
    try:
        pending = _pending_migrations()
        figures = queries.task_figures()
    except DatabaseError:
        return JsonResponse({"status": "database unavailable"}, status=503)
    waiting = int((timezone.now() - figures.oldest_at).total_seconds()) if figures.oldest_at else 0
    return JsonResponse(
        {
            "status": "migrations pending" if pending else "ok",
            "pending_migrations": pending,
            "waiting_tasks": figures.waiting,
            "oldest_task_seconds": waiting,
        },
        status=503 if pending else 200,
    )


def _pending_migrations() -> int:
    if half := half_replaced(connection):
        return len(half)
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
