"""“Lolos tidak?”: anybody's figures judged like stored ones, with citation; nothing is written."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wastewater.models import Evaluation, Result, Sample

pytestmark = pytest.mark.django_db

URL = reverse("wastewater:check")


def ask(client, kind="limbah", **figures):
    typed = {name.replace("__", "-"): value for name, value in figures.items()}
    return client.post(f"{URL}?jenis={kind}", {"taken_on": "2026-03-02", "river_class": "II"} | typed)


def verdicts(response) -> dict[str, str]:
    return {result.parameter.code: evaluation.verdict for result, evaluation in response.context["check"].lines}


def test_page_opens_for_everybody_in_both_kinds(client):
    for kind in ("limbah", "sungai", "apa-saja"):
        assert client.get(f"{URL}?jenis={kind}").status_code == 200


def test_each_parameter_gets_its_verdict_and_its_law(client):
    response = ask(client, discharge_m3_per_day="180", hasil__COD="138", hasil__BOD5="45", hasil__SULFIDA="<0,5")
    assert verdicts(response) == {"COD": "exceeds", "BOD5": "meets", "SULFIDA": "cannot_tell"}
    cod = next(one for result, one in response.context["check"].lines if result.parameter.code == "COD")
    assert round(cod.ratio, 3) == Decimal("1.104")  # vector E2: 138 against 125
    page = response.content.decode()
    assert "Permen LH/BPLH 12/2025" in page
    assert "Tidak lolos: 1 dari 2 parameter" in page


def test_the_day_decides_the_law(client):
    """Vector E2: 138 mg/L passed the transition table and exceeds class B of 12/2025."""
    response = ask(client, taken_on="2020-06-01", discharge_m3_per_day="180", hasil__COD="138")
    assert verdicts(response) == {"COD": "meets"}


def test_specific_load_is_judged_where_the_use_of_water_is_known(client):
    response = ask(client, taken_on="2020-06-01", water_use_m3_per_ton="95", hasil__COD="138")
    [(_result, evaluation)] = response.context["check"].lines
    assert (evaluation.load_kg_per_ton, evaluation.load_verdict) == (Decimal("13.110"), "meets")


def test_unknown_discharge_is_said_and_not_guessed(client):
    assert verdicts(ask(client, hasil__COD="130", hasil__FENOL="0,1")) == {"COD": "cannot_tell", "FENOL": "meets"}


def test_river_water_by_its_class(client):
    response = ask(client, kind="sungai", river_class="II", hasil__DO="3,9", hasil__BOD5="3", hasil__PH="7")
    assert verdicts(response) == {"DO": "exceeds", "BOD5": "meets", "PH": "meets"}


def test_what_a_monthly_test_also_needs_is_named(client):
    page = ask(client, discharge_m3_per_day="50", hasil__COD="100").content.decode()
    assert "Lolos: 1 parameter yang diisi memenuhi" in page
    assert "Uji bulanan juga wajib memuat:" in page


def test_bad_figures_are_told_at_their_field_and_the_rest_is_kept(client):
    response = ask(client, taken_on="2999-01-01", hasil__COD="banyak", hasil__PH="15", hasil__BOD5="20")
    errors = response.context["form"].errors
    assert set(errors) == {"taken_on", "hasil-COD", "hasil-PH"}
    assert "check" not in response.context
    assert 'value="20"' in response.content.decode()


def test_an_empty_form_says_what_to_do(client):
    assert "Isi sedikitnya satu parameter" in ask(client).content.decode()


def test_nothing_is_stored_and_the_number_of_queries_does_not_grow(client):
    def queries(**figures) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert ask(client, discharge_m3_per_day="50", **figures).status_code == 200
        assert not [one["sql"] for one in seen if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
        return len(seen)

    many = {"hasil__COD": "100", "hasil__BOD5": "20", "hasil__TSS": "20", "hasil__PH": "7", "hasil__OG": "1"}
    assert queries(hasil__COD="100") == queries(**many)
    assert not Sample.objects.exists()
    assert not Result.objects.exists()
    assert not Evaluation.objects.exists()
