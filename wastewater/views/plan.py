"""The sampling plan of a year: the calendar, planned against done, and making planned samples with a preview."""

from datetime import date

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from batikportal import access, downloads
from wastewater.actions import schedules as actions
from wastewater.forms import duties as forms
from wastewater.models import MonitoringSchedule
from wastewater.queries import schedules as queries
from wastewater.views.lists import chosen_in

PREVIEW_SHOWN = 50


def _found(request):
    form = forms.PlanFilter(request.GET or None)
    chosen = chosen_in(form)
    year = chosen.pop("tahun", None) or timezone.localdate().year
    seen = MonitoringSchedule.objects.visible_to(request.user)
    return form, year, queries.found_schedules(seen, **chosen)


@access.needs("wastewater.view_monitoringschedule")
@require_safe
def sampling_plan(request):
    """The calendar of one year, a row per schedule and a column per month."""
    form, year, schedules = _found(request)
    rows = queries.plan_of_year(schedules, year)
    context = {
        "filter": form,
        "year": str(year),
        "rows": rows,
        "months": [date(year, month, 1) for month in range(1, 13)],
        "planned_count": sum(row.planned_count for row in rows),
        "done_count": sum(row.done_count for row in rows),
        "today": timezone.localdate(),
        "before": f"?tahun={year - 1}",
        "after": f"?tahun={year + 1}",
        "may_plan": request.user.has_perm("wastewater.plan_sample"),
        "may_change": request.user.has_perm("wastewater.change_monitoringschedule"),
    }
    return render(request, "wastewater/sampling_plan.html", context)


@access.needs("wastewater.view_monitoringschedule")
@require_safe
def sampling_plan_export(request):
    _form, year, schedules = _found(request)
    header = [_("Kode titik"), _("Titik"), _("Milik"), _("Kelompok parameter"), _("Seberapa sering"), _("Awal masa"),
              _("Akhir masa"), _("Rencana"), _("Diambil pada"), _("Keadaan"), _("Dasar hukum")]  # fmt: skip
    lines = (
        [line.schedule.point.code, line.schedule.point.name, str(line.schedule.point.owner),
         str(line.schedule.parameter_set), line.schedule.get_frequency_display(), line.period.start.isoformat(),
         line.period.end.isoformat(),
         (line.sample.planned_on if line.sample and line.sample.planned_on else line.due_day).isoformat(),
         timezone.localdate(line.sample.taken_at).isoformat() if line.sample and line.sample.taken_at else "",
         line.sample.get_state_display() if line.sample else _("belum direncanakan"), line.schedule.legal_basis]
        for line in queries.plan_lines(schedules, date(year, 1, 1), date(year, 12, 31))
    )  # fmt: skip
    return downloads.csv_file(f"rencana-sampel-{year}", header, lines)


@access.needs("wastewater.plan_sample")
@require_http_methods(["GET", "POST"])
def sampling_plan_generate(request):
    """First shows what would be planned; a second press writes it."""
    today = timezone.localdate()
    initial = {"dari": today.replace(day=1), "sampai": date(today.year, 12, 31)}
    asked = request.POST or ({**request.GET.dict()} if "dari" in request.GET else None)
    form = forms.GenerateForm(asked, initial=initial)
    seen = queries.found_schedules(MonitoringSchedule.objects.visible_to(request.user))
    preview = None
    if form.is_bound and form.is_valid():
        first, last = form.cleaned_data["dari"], form.cleaned_data["sampai"]
        if request.method == "POST":
            done = actions.generate_samples(first=first, last=last, schedules=seen, by=request.user, at=timezone.now())
            messages.success(
                request,
                _("%(new)s sampel direncanakan, %(found)s sampel yang sudah ada dipakai, %(same)s masa sudah terisi.")
                % {"new": done.new_count, "found": done.found_count, "same": done.same_count},
            )
            return redirect(f"{reverse('wastewater:sampling-plan')}?tahun={first.year}")
        lines = queries.plan_lines(seen, first, last)
        missing = [line for line in lines if line.sample is None]
        free = queries.untied_samples(missing)
        new = [line for line in missing if (line.schedule.pk, line.period.start) not in free]
        preview = {
            "new_count": len(new),
            "found_count": len(missing) - len(new),
            "same_count": len(lines) - len(missing),
            "lines": new[:PREVIEW_SHOWN],
            "more": max(0, len(new) - PREVIEW_SHOWN),
        }
    return render(request, "wastewater/sampling_plan_generate.html", {"form": form, "preview": preview})
