"""Three made-up scenarios of the plant simulator; places are wards, costs are plainly fictitious."""

import random
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from batikportal.choices import AreaLevel, Source
from batikportal.models import Area, User
from wastewater.actions import scenarios as actions
from wastewater.choices.scenarios import ScenarioKind, ScenarioReach
from wastewater.demo.places import public_id
from wastewater.models import TreatmentPlant
from wastewater.rules.scenarios import Span

NOTE = "Data contoh: letak, kapasitas dan biaya dibuat-buat untuk mencoba simulasi."
BASIS = "Data contoh, bukan rencana anggaran"


def _money(low: int, central: int, high: int) -> actions.Money:
    return actions.Money(Span(Decimal(low), Decimal(central), Decimal(high)), BASIS)


def make_scenarios(rng: random.Random, by: User | None, at: datetime) -> None:
    """A larger plant by radius, a small one for a ward, and connections to a plant with room."""
    wards = {one.name: one for one in Area.objects.filter(level=AreaLevel.WARD, valid_until__isnull=True)}
    plans = [
        actions.Plan(
            name="Contoh A: IPAL baru di Krapyak",
            note=NOTE,
            kind=ScenarioKind.NEW_PLANT,
            reach=ScenarioReach.RADIUS,
            ward=wards["Krapyak"],
            radius_m=1500,
            capacity_m3_per_day=Decimal(250),
            capacity_basis=BASIS,
            investment=_money(2_000_000_000, 2_500_000_000, 3_500_000_000),
            operation=_money(60_000_000, 90_000_000, 140_000_000),
            life_years=20,
        ),
        actions.Plan(
            name="Contoh B: IPAL kecil di Buaran Kradenan",
            note=NOTE,
            kind=ScenarioKind.NEW_PLANT,
            reach=ScenarioReach.WARD,
            ward=wards["Buaran Kradenan"],
            capacity_m3_per_day=Decimal(60),
            capacity_basis=BASIS,
            investment=_money(500_000_000, 700_000_000, 900_000_000),
            operation=_money(25_000_000, 35_000_000, 50_000_000),
            life_years=15,
        ),
        actions.Plan(
            name="Contoh C: sambungan baru ke IPAL Kauman",
            note=NOTE,
            kind=ScenarioKind.CONNECT,
            reach=ScenarioReach.RADIUS,
            plant=TreatmentPlant.objects.get(code="kauman"),
            radius_m=1200,
            investment=_money(150_000_000, 220_000_000, 300_000_000),
            operation=_money(15_000_000, 20_000_000, 30_000_000),
            life_years=20,
        ),
    ]
    for plan in plans:
        draft = actions.draft_scenario(plan=plan, today=timezone.localdate(at), source=Source.SEED)
        draft.scenario.public_id = public_id(rng)
        actions.save_scenario(draft=draft, by=by)
