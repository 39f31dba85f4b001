"""Health for the process supervisor and the load balancer."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from batikportal import access


@access.public
@require_safe
def healthz(request):
    """The process answers."""
    return JsonResponse({"status": "ok"})


@access.public
@require_safe
def readyz(request):
    """The database answers, no migration waits, and background work is not stuck."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        executor = MigrationExecutor(connection)
        pending = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        oldest = DBTaskResult.objects.ready().order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    except DatabaseError:
        return JsonResponse({"status": "database unavailable"}, status=503)
    waiting = int((timezone.now() - oldest).total_seconds()) if oldest else 0
    return JsonResponse(
        {
            "status": "ok" if not pending else "migrations pending",
            "pending_migrations": pending,
            "oldest_task_seconds": waiting,
        },
        status=503 if pending else 200,
    )
