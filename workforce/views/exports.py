"""Lists as CSV: what the list page shows, with the same filter, and never a NIK."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from batikportal import access, downloads
from workforce import actions, permissions, queries
from workforce.choices import CoverageState
from workforce.models import Person
from workforce.views.coverage import matching_coverage
from workforce.views.people import matching_workers


def _where(person: Person) -> tuple[str, str]:
    if person.ward is None:
        return person.residence_outside, _("Luar kota")
    return person.ward.name, person.ward.parent.name if person.ward.parent else ""


def _work(person: Any) -> tuple[str, str]:
    engagements = person.current_engagements
    steps = {part.step.name: None for engagement in engagements for part in engagement.engagement_steps.all()}
    return ", ".join(engagement.principal for engagement in engagements), ", ".join(steps)


@access.needs("workforce.export_person")
@require_safe
@never_cache
def worker_export(request):
    """The list of workers as it is filtered."""
    form, people = matching_workers(request)
    sees_coverage = permissions.may_see_coverage(request.user)
    head = [_("Nama"), _("Jenis kelamin"), _("Umur"), _("Kelurahan"), _("Kecamatan"), _("Bekerja pada"), _("Proses")]
    if sees_coverage:
        head.append(_("Perlindungan JKK dan JKM"))
    rows = []
    for person in people:
        row = [person.name, person.get_sex_display(), person.age_on(form.on()).years, *_where(person), *_work(person)]
        rows.append([*row, CoverageState(person.coverage_state).label] if sees_coverage else row)
    actions.log_download(
        what=_("Daftar pekerja"), count=len(rows), columns=map(str, head), by=request.user, at=timezone.now()
    )
    return downloads.csv_file("pekerja", head, rows)


@access.needs("workforce.export_person")
@require_safe
@never_cache
def gap_export(request):
    """The list of protection as it is filtered."""
    if not permissions.may_see_coverage(request.user):
        raise PermissionDenied
    form, people = matching_coverage(request)
    window = queries.programme_age_window(form.on())
    head = [
        _("Nama"),
        _("Umur"),
        _("Kelurahan"),
        _("Kecamatan"),
        _("Bekerja pada"),
        _("Proses"),
        _("Perlindungan JKK dan JKM"),
        _("Umur sesuai Batik Berlian"),
        _("Setuju diusulkan"),
    ]
    rows = []
    for person in people:
        facts = queries.coverage_facts(person, window, form.on())
        rows.append(
            [
                person.name,
                facts.age.years,
                *_where(person),
                *_work(person),
                CoverageState(person.coverage_state).label,
                facts.verdict.label if facts.verdict else None,
                _("ya") if facts.consents else _("tidak"),
            ]
        )
    actions.log_download(
        what=_("Daftar perlindungan"), count=len(rows), columns=map(str, head), by=request.user, at=timezone.now()
    )
    return downloads.csv_file("perlindungan-pekerja", head, rows)
