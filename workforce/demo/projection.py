"""Made-up scenarios of succession: two worked out today, one worked out a year ago, so that it can be tested."""

from dataclasses import replace
from datetime import date, datetime

from batikportal.choices import Source
from workforce.actions import projection as actions
from workforce.models import ProcessStep, ProjectionScenario
from workforce.queries import scenarios as queries
from workforce.rules.retention import months_after
from workforce.rules.scenarios import Plan


def seed(today: date, at: datetime) -> None:
    """Scenarios of the demo, by the very action of the form."""
    as_now = queries.suggested(today).plan
    _save("Contoh: seperti sekarang", as_now, today, at, note="Angka pendataan apa adanya.")
    _save(
        "Contoh: pemagangan 60 orang setahun",
        replace(as_now, intake=as_now.intake + 60, retention=min(as_now.retention, 65.0), wage_change=0.0),
        today,
        at,
        note="60 peserta magang setahun di atas angka sekarang, 65% bertahan.",
    )
    waxing = ProcessStep.objects.get(code="NGL")
    _save("Contoh: nglowong, upah naik 20%", replace(
        queries.suggested(today, waxing).plan, wage_change=20.0, wage_keeps=5.0, wage_draws=5.0
    ), today, at, step=waxing, note="Pengaruh upah adalah dugaan.")  # fmt: skip
    year_ago = months_after(today, -13)
    _save("Contoh: hitungan tahun lalu", Plan(intake=200, retention=70.0), year_ago, at, note="Untuk uji balik.")


def _save(name: str, plan: Plan, on: date, at: datetime, **more) -> None:
    # What was kept is never deleted, so that a second seed finds it.
    if not ProjectionScenario.objects.filter(name=name).exists():
        actions.save_scenario(name=name, plan=plan, on=on, by=None, at=at, source=Source.SEED, **more)
