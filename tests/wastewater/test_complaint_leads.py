"""Leads for inspectors: who lies upstream, asked for with a purpose, logged, and never shown to anybody else."""

from decimal import Decimal

import pytest
from django.urls import reverse

from batikportal.models import AccessEvent
from tests.factories import complaints as factories
from tests.factories import portal
from wastewater.queries.complaints import leads

pytestmark = pytest.mark.django_db


def test_without_a_place_nothing_can_be_told():
    case = factories.filed(colour="red")
    found = leads.leads_for(case, case.received_at.date())
    assert (found.near_water, found.rows, found.hint.dyes) == (False, [], ["naphthol", "reactive", "procion", "rapid"])


def test_far_from_every_water_nothing_can_be_told():
    case = factories.filed(ward=None, latitude=Decimal("-7.20000"), longitude=Decimal("109.90000"))
    assert leads.leads_for(case, case.received_at.date()).near_water is False


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
