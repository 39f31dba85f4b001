"""Scenarios of succession: saved with their first run, run again on newer data, archived and brought back."""

from dataclasses import asdict
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from batikportal.choices import Source
from workforce.actions.refusals import Refused
from workforce.models import ProcessStep, ProjectionCell, ProjectionRun, ProjectionScenario
from workforce.queries import scenarios as queries
from workforce.rules.projection import ENGINE_VERSION
from workforce.rules.scenarios import Plan


class ScenarioNameTaken(Refused):
    sentence = _("Nama ini sudah dipakai skenario lain. Pilih nama lain.")
    field = "name"


class ScenarioIsArchived(Refused):
    sentence = _("Skenario ini diarsipkan. Kembalikan dahulu, lalu hitung lagi.")


@transaction.atomic
def save_scenario(
    *,
    name: str,
    note: str = "",
    plan: Plan,
    step: ProcessStep | None = None,
    is_measured: bool = True,
    on: date,
    by,
    at: datetime,
    source: str = Source.FORM,
) -> ProjectionRun:
    """Keep a plan under a name, and its first run on the registry of a day."""
    scenario = ProjectionScenario(
        name=name.strip(), note=note.strip(), step=step, is_measured=is_measured, created_by=by, source=source,
        **asdict(plan),
    )  # fmt: skip
    try:
        with transaction.atomic():
            scenario.save()
    except IntegrityError as error:
        if "projectionscenario_name_once" in str(error):
            raise ScenarioNameTaken from error
        raise
    return run_scenario(scenario=scenario, on=on, by=by, at=at, source=source)


@transaction.atomic
def run_scenario(
    *, scenario: ProjectionScenario, on: date, by, at: datetime, source: str = Source.FORM
) -> ProjectionRun:
    """Work a scenario out on the registry of a day and keep the result with all its inputs."""
    current = ProjectionScenario.objects.select_for_update(of=("self",)).select_related("step").get(pk=scenario.pk)
    if current.archived_at:
        raise ScenarioIsArchived
    result = queries.worked_out(current.plan, current.step, current.is_measured, on)
    run = ProjectionRun.objects.create(
        scenario=current,
        on=on,
        engine_version=ENGINE_VERSION,
        inputs={
            "plan": asdict(result.plan),
            "is_measured": result.is_measured,
            "ages": list(result.stock.ages),
            "unknown": result.stock.unknown,
            "rates": {cause: [asdict(rate) for rate in rows] for cause, rows in result.rates.items()},
        },
        needed_entrants=result.outlook.needed_entrants,
        needed_intake=result.outlook.needed_intake,
        created_by=by,
        source=source,
    )
    ProjectionCell.objects.bulk_create(queries.cells_of(result, run))
    return run


@transaction.atomic
def archive_scenario(*, scenario: ProjectionScenario, by, at: datetime) -> None:
    """Take a scenario off the list; its runs stay."""
    ProjectionScenario.objects.filter(pk=scenario.pk, archived_at__isnull=True).update(archived_at=at, archived_by=by)


@transaction.atomic
def restore_scenario(*, scenario: ProjectionScenario, by, at: datetime) -> None:
    """Bring an archived scenario back, unless its name was given away."""
    try:
        with transaction.atomic():
            ProjectionScenario.objects.filter(pk=scenario.pk).update(archived_at=None, archived_by=None)
    except IntegrityError as error:
        raise ScenarioNameTaken from error
