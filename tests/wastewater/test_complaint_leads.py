"""Leads for inspectors: who lies upstream, asked for with a purpose, logged, and never shown to anybody else."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from batikportal.models import AccessEvent
from tests.factories import complaints as factories
from tests.factories import portal
from tests.factories import wastewater as waste
from wastewater import models
from wastewater.queries.complaints import leads

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_without_a_place_nothing_can_be_told():
    case = factories.filed(colour="red")
    found = leads.leads_for(case, case.received_at.date())
    assert (found.near_water, found.rows, found.hint.dyes) == (False, [], ["naphthol", "reactive", "procion", "rapid"])


def test_far_from_every_water_nothing_can_be_told():
    case = factories.filed(ward=None, latitude=Decimal("-7.20000"), longitude=Decimal("109.90000"))
    assert leads.leads_for(case, case.received_at.date()).near_water is False


def test_dye_and_day_of_the_logbook_decide_the_order_and_every_reason_is_shown(as_user, waste_officer):
    latitude, longitude = factories.KAUMAN
    case = factories.filed(colour="red", latitude=latitude, longitude=longitude)
    day = timezone.localdate(case.received_at)
    silent, idle, fitting, other, late = (
        portal.EnterpriseFactory(latitude=latitude, longitude=longitude) for _number in range(5)
    )

    def logged(enterprise, on, **more):
        month = waste.LogMonthFactory(enterprise=enterprise, first_day=on.replace(day=1), due_on=date(2026, 2, 10))
        waste.DischargeLogFactory(month=month, day=on, **more)

    logged(fitting, day - DAY, dye_class="naphthol")
    logged(other, day + DAY, dye_class="vat")
    logged(late, day + 2 * DAY, dye_class="naphthol")
    month = waste.LogMonthFactory(enterprise=idle, first_day=day.replace(day=1), due_on=date(2026, 2, 10))
    models.DischargeLog.objects.create(month=month, day=day, kind="idle")

    found = leads.leads_for(case, day)

    assert [row.discharger.enterprise for row in found.rows] == [fitting, other, silent, late, idle]
    assert found.rows[0].reasons[:2] == ["mencatat pewarna yang cocok: Naftol", "mencatat produksi pada 7 Jan 2026"]
    assert found.rows[1].reasons[0] == "mencatat pewarna lain: Indanthrene (bejana)"
    assert found.rows[4].reasons[0] == "mencatat tidak berproduksi pada 8 Jan 2026"
    page = as_user(waste_officer).post(
        reverse("wastewater:complaint-leads", args=[case.public_id]), {"purpose": "Pemeriksaan"}
    )
    for row in found.rows:
        for reason in row.reasons:
            assert reason in page.content.decode()


def test_leads_ask_the_database_as_often_for_many_as_for_one():
    latitude, longitude = factories.KAUMAN
    case = factories.filed(colour="red", latitude=latitude, longitude=longitude)
    counts = []
    for number in (1, 14):
        for _number in range(number):
            portal.EnterpriseFactory(latitude=latitude, longitude=longitude)
        with CaptureQueriesContext(connection) as asked:
            leads.leads_for(case, case.received_at.date())
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_reading_leads_needs_a_purpose_and_is_logged(as_user, waste_officer, leader, client):
    latitude, longitude = factories.KAUMAN
    portal.EnterpriseFactory(name="Batik Contoh Hulu")
    case = factories.triaged(waste_officer, latitude=latitude, longitude=longitude)
    page = reverse("wastewater:complaint-leads", args=[case.public_id])
    assert as_user(leader).get(page).status_code == 403
    assert client.get(page).status_code == 302
    browser = as_user(waste_officer)
    assert "Petunjuk, bukan bukti" not in browser.post(page, {"purpose": ""}).content.decode()
    assert AccessEvent.objects.count() == 0
    shown = browser.post(page, {"purpose": "Pemeriksaan lapangan"}).content.decode()
    assert "Petunjuk, bukan bukti" in shown
    assert AccessEvent.objects.get().purpose == "Pemeriksaan lapangan"
    public = client.get(case.public_url).content.decode()
    assert "Hulu" not in public
