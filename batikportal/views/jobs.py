"""Background work at a glance: periodic jobs, the queue, failures."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from batikportal import access, formats, schedule, tasks
from batikportal.queries import jobs as queries

SHOWN = 10
# A queue older than this means that no worker is running.
PATIENCE_SECONDS = 300


def _outcome(line: queries.JobLine) -> str:
    """What the last run did, in words."""
    counts = {} if line.last is None or line.failed else line.last.counts
    return ", ".join(f"{formats.number(count)} {schedule.WORDS.get(name, name)}" for name, count in counts.items())


@access.needs("batikportal.view_jobrun")
@require_safe
def job_list(request):
    now = timezone.now()
    figures = queries.task_figures()
    context = {
        "lines": [(line, _outcome(line)) for line in queries.job_lines(schedule.all_jobs(), at=now)],
        "tasks": figures,
        "stalled": figures.oldest_at is not None and (now - figures.oldest_at).total_seconds() > PATIENCE_SECONDS,
        "failed_runs": queries.failed_runs(SHOWN),
        "failed_tasks": queries.failed_tasks(SHOWN),
        "may_run": request.user.has_perm("batikportal.run_jobrun"),
        "now": now,
    }
    return render(request, "jobs/job_list.html", context)


@access.needs("batikportal.run_jobrun")
@require_POST
def job_run_now(request, name: str):
    """Ask the worker to run a job; the page never waits for it."""
    try:
        job = schedule.job(name)
    except KeyError as error:
        raise Http404 from error
    tasks.run_job.enqueue(job.name)
    messages.success(
        request, _("“%(title)s” akan dijalankan. Muat ulang halaman ini untuk melihat hasilnya.") % {"title": job.title}
    )
    return redirect("job-list")
