"""Indices of stored samples: when they are computed, that they stay, and what pages, figures and files say of them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from batikportal import contracts
from batikportal.contracts import Period, Scope
from tests.factories import portal, rivers
from tests.factories import wastewater as factories
from tests.raw_sql import sql
from wastewater import actions, datasets, indicators, layers, models, periodic
from wastewater.actions.indices import compute_all_indices, compute_indices
from wastewater.choices import PointPosition
from wastewater.queries import indices as queries
from wastewater.queries import river_quality as quality

pytestmark = pytest.mark.django_db

entry = factories.entry
AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
CLEAN = {"PH": "7.2", "DO": "6.1", "BOD5": "2.1", "COD": 14, "TSS": 22, "NO3N": "1.2", "TP": "0.08", "FCOLI": 400}
# The batik-river sample of the field's vector P3.
BATIK = {
    "TSS": 64, "BOD5": 18, "COD": 112, "DO": "1.8", "PH": "7.9", "NH3N": "1.6", "NO3N": "2.1", "TP": "0.45",
    "FENOL": "0.012", "CR6": "0.02", "MBAS": "0.5", "OG": "2.4", "FCOLI": 24000,
}  # fmt: skip


def entries(values=CLEAN, **more) -> list[actions.Entry]:
    return [entry(code, value) for code, value in (values | more).items()]


def river_sample(values=CLEAN, *, how=factories.published, more=(), **sample) -> models.Sample:
    sample.setdefault("point", None) or sample.pop("point")
    return how(*entries(values), *more, **({"point": factories.RiverPointFactory()} | sample))


def status_of(sample) -> models.IndexEvaluation:
    return models.IndexEvaluation.objects.get(sample=sample, kind="status", is_current=True)


def scope(start=date(2026, 1, 1), end=date(2026, 3, 31), area=None) -> Scope:
    return Scope(Period(start, end), area, date(2026, 3, 31))


def indicator() -> contracts.Indicator:
    return next(one for one in indicators.INDICATORS if one.code == "wastewater.river_ika")


# When an index is computed, and that it stays


def test_verifying_a_river_sample_computes_status_and_ika():
    sulphide = entry("SULFIDA", "0.02", unit="mg/L", expressed_as="H2S")
    sample = river_sample(BATIK, how=factories.verified, more=[sulphide])
    found = status_of(sample)
    assert [f"{figure:.4f}" for figure in (found.value, found.worst, found.mean)] == ["6.0263", "7.9011", "3.1945"]
    assert (found.status, found.method, found.river_class, found.parameters_count) == ("moderate", "strict", "II", 14)
    assert (found.rule.name, found.engine_version) == ("Indeks pencemaran Kepmen LH 115/2003", "1")
    ika = models.IndexEvaluation.objects.get(sample=sample, kind="ika")
    assert (f"{ika.value:.4f}", ika.weight, ika.parameters_count) == ("5.9766", 30, 8)
    assert [share["parameter"] for share in ika.shares] == [
        "PH", "BOD5", "COD", "TSS", "DO", "NO3N", "TP", "FCOLI"
    ]  # fmt: skip


def test_every_share_is_kept_with_r_and_r_prime():
    found = status_of(river_sample(CLEAN | {"COD": 250}))
    [share] = [one for one in found.shares if one["parameter"] == "COD"]
    limit = models.Limit.objects.get(standard_set__code="pp-22-2021-ii", parameter__code="COD")
    assert share == {
        "parameter": "COD", "reported": "250 mg/L", "used": "250", "kind": "max", "minimum": None, "maximum": "25",
        "limit": limit.pk, "ratio": "10", "index": "6", "bound": "", "left_out": "",
    }  # fmt: skip


def test_results_that_nobody_verified_have_no_index():
    sample = river_sample(how=factories.resulted)
    assert not models.IndexEvaluation.objects.filter(sample=sample).exists()


def test_outlets_have_no_index():
    factories.published(*entries())
    assert not models.IndexEvaluation.objects.exists()


def test_too_few_parameters_are_named_as_the_reason():
    found = status_of(river_sample({"COD": 20, "BOD5": 2}))
    assert (found.value, found.status, found.withheld, found.parameters_count) == (None, "", "too_few", 2)


def test_computing_again_gives_the_same_and_writes_nothing():
    river_sample()
    river_sample(BATIK)
    done = compute_all_indices(at=AT)
    assert (done.new_count, done.same_count) == (0, 4)


def test_a_changed_rule_makes_new_indices_beside_the_old():
    sample = river_sample(BATIK)
    models.AssessmentRule.objects.filter(kind="status").update(method="bogor")
    done = compute_all_indices(at=AT + timedelta(days=1))
    assert (done.new_count, done.same_count) == (1, 1)
    rows = models.IndexEvaluation.objects.filter(sample=sample, kind="status").order_by("pk")
    assert [(row.method, row.is_current) for row in rows] == [("strict", False), ("bogor", True)]
    assert rows[0].settings["cim_mg_per_l"] == "7"


def test_a_changed_class_is_followed_by_the_daily_job():
    sample = river_sample()
    models.WaterBody.objects.filter(pk=sample.point.water_body_id).update(river_class="I")
    job = next(one for one in periodic.JOBS if one.name == "wastewater.river-indices")
    assert job.run(AT) == {"rows": 1}
    assert job.run(AT) == {"rows": 0}
    assert status_of(sample).river_class == "I"


def test_a_changed_limit_is_followed_at_once():
    sample = river_sample()
    limit = models.Limit.objects.get(standard_set__code="pp-22-2021-ii", parameter__code="COD")
    models.Limit.objects.filter(pk=limit.pk).update(maximum=7)
    actions.evaluate_again(parameters=[limit.parameter_id], at=AT)
    [share] = [one for one in status_of(sample).shares if one["parameter"] == "COD"]
    assert share["ratio"] == "2"


def test_the_method_follows_the_day_the_water_was_taken():
    old = river_sample({"TCOLI": 5000} | CLEAN, taken_at=datetime(2020, 6, 1, 2, 0, tzinfo=UTC))
    found = models.IndexEvaluation.objects.get(sample=old, kind="ika")
    # The river limits of the portal begin in February 2021, so there is nothing to compare with.
    assert (found.rule.name, found.withheld) == ("IKA PermenLHK P.4/2018", "too_few")
    assert {share["left_out"] for share in found.shares} == {"no_limit"}


def test_salt_stays_out_where_the_sea_comes_in():
    site = rivers.ReachSiteFactory(reach__is_tidal=True)
    found = status_of(river_sample(CLEAN | {"TDS": 9000, "KLORIDA": 4000}, point=site.point))
    left_out = {one["parameter"]: one["left_out"] for one in found.shares if one["left_out"]}
    assert left_out == {"TDS": "estuary", "KLORIDA": "estuary"}


def test_a_void_sample_leaves_lists_and_figures():
    sample = river_sample()
    actions.void_sample(sample=sample, reason="Botol tertukar", by=None, at=AT)
    assert indicator().read(scope()).value is None


# What the database refuses


def refuses(action, *, by: type[Exception] = DatabaseError, match: str) -> None:
    with pytest.raises(by, match=match), transaction.atomic():
        action()


def test_an_index_is_never_edited_revived_or_deleted():
    found = status_of(river_sample())
    change = "UPDATE wastewater_indexevaluation SET {} WHERE id = %s"
    refuses(lambda: sql(change.format("value = 0.1"), found.pk), match="Cannot update")
    refuses(lambda: sql("DELETE FROM wastewater_indexevaluation WHERE id = %s", found.pk), match="Cannot delete")
    sql(change.format("is_current = false"), found.pk)
    refuses(lambda: sql(change.format("is_current = true"), found.pk), match="Cannot update")


def test_two_rules_of_one_kind_cannot_overlap():
    rule = models.AssessmentRule.objects.get(kind="iklh")
    rule.pk = None
    rule.effective_from = date(2027, 1, 1)
    refuses(rule.save, by=IntegrityError, match="assessment_rule_once_at_a_time")


@pytest.mark.parametrize(
    ("kind", "change", "constraint"),
    [
        ("status", {"cim_mg_per_l": None}, "assessment_rule_index_complete"),
        ("status", {"non_detect": "zero"}, "assessment_rule_index_complete"),
        ("status", {"minimum_parameters": 0}, "assessment_rule_index_complete"),
        ("storet", {"storet_counts": ""}, "assessment_rule_storet_complete"),
        ("iklh", {"iku_weight": None}, "assessment_rule_iklh_complete"),
        ("iklh", {"legal_basis": ""}, "assessment_rule_has_basis"),
    ],
)
def test_a_rule_is_complete(kind, change, constraint):
    rows = models.AssessmentRule.objects.filter(kind=kind)
    refuses(lambda: rows.update(**change), by=IntegrityError, match=constraint)


def test_tide_and_weather_are_frozen_with_the_results():
    sample = factories.SampleFactory(point=factories.RiverPointFactory())
    condition = models.RiverCondition.objects.create(sample=sample, tide="low")
    actions.record_results(sample=sample, entries=entries(), by=None, at=AT)
    actions.verify_sample(sample=sample, by=portal.UserFactory(), at=AT)
    refuses(lambda: models.RiverCondition.objects.filter(pk=condition.pk).update(tide="high"), match="frozen")
    refuses(lambda: sql("DELETE FROM wastewater_rivercondition WHERE id = %s", condition.pk), match="frozen")


def test_a_condition_says_something():
    sample = factories.SampleFactory(point=factories.RiverPointFactory())
    refuses(lambda: models.RiverCondition.objects.create(sample=sample), match="river_condition_says_something")


# The IKA


def test_the_figure_equals_the_rows_behind_it(as_user, leader):
    river_sample()
    river_sample(BATIK, how=factories.verified)
    river_sample({"COD": 20})
    river_sample(how=factories.resulted)
    found = indicator()
    reading = found.read(scope())
    assert (reading.value, reading.numerator, reading.completeness) == (50, 2, pytest.approx(2 / 3))
    page = as_user(leader).get(found.rows(scope())).context["page"]
    assert [row.status for row in page.object_list if row.status].__len__() == reading.numerator
    assert page.paginator.count == 3
    assert "1 pengambilan tidak dihitung" in reading.note


def test_no_samples_are_no_figure():
    reading = indicator().read(scope())
    assert (reading.value, reading.completeness) == (None, None)


def test_the_figure_of_one_district():
    river_sample(point=factories.RiverPointFactory(ward=portal.ward("Krapyak")))
    river_sample(BATIK)
    assert indicator().read(scope(area=portal.ward("Krapyak").parent)).value == 70


def test_two_methods_never_share_a_value_or_a_line():
    rule = models.AssessmentRule.objects.get(name="IKA PermenLHK 27/2021")
    rule.effective_until = date(2026, 1, 31)
    rule.save()
    newer = models.AssessmentRule.objects.get(pk=rule.pk)
    newer.pk, newer.name, newer.effective_from, newer.effective_until = None, "IKA baru", date(2026, 2, 1), None
    newer.save()
    for band in rule.bands.all():
        models.AssessmentBand.objects.create(rule=newer, status=band.status, up_to=band.up_to, weight=100)
    point = factories.RiverPointFactory()
    river_sample(point=point, taken_at=datetime(2026, 1, 5, 2, 0, tzinfo=UTC))
    river_sample(point=point)
    samples = models.Sample.objects.all()
    found = queries.ika(samples, date(2026, 1, 1), date(2026, 3, 31))
    assert (found.value, found.is_mixed) == (None, True)
    trend = queries.ika_trend(samples, date(2026, 3, 31), 3)
    assert [(one.name, list(values)) for one, values in trend.lines] == [
        ("IKA PermenLHK 27/2021", [70, None, None]),
        ("IKA baru", [None, None, 100]),
    ]
    assert "dua cara hitung" in indicator().read(scope()).note


# Upstream against downstream


def stations(water=None) -> list[models.DischargePoint]:
    water = water or factories.WaterBodyFactory()
    return [
        factories.RiverPointFactory(water_body=water, position=position)
        for position in (PointPosition.DOWNSTREAM, PointPosition.UPSTREAM)
    ]


def compared(upper, lower) -> dict[str, tuple]:
    down, up = stations()
    factories.published(*upper, point=up)
    factories.published(*lower, point=down)
    found = quality.comparison(up.water_body, models.Sample.objects.all(), date(2026, 3, 1))
    assert [point for point, _sample in found.stations] == [up, down]
    return {row.parameter.code: (row.difference.amount, row.difference.unknown, row.direction) for row in found.rows}


def test_downstream_is_compared_with_upstream_for_every_parameter():
    upper = [entry("COD", 20), entry("DO", 6), entry("PH", 7), entry("FENOL", "0.005", "<"), entry("TSS", 30)]
    lower = [entry("COD", 50), entry("DO", 2), entry("PH", 8), entry("FENOL", "0.03"), entry("BOD5", 9)]
    assert compared(upper, lower) == {
        "COD": (30, "", "worse"),
        "DO": (-4, "", "worse"),
        "PH": (1, "", ""),
        "FENOL": (None, "non_detect", ""),
        "TSS": (None, "missing_downstream", ""),
        "BOD5": (None, "missing_upstream", ""),
    }


def test_units_are_brought_together_before_comparing():
    assert compared([entry("COD", 20)], [entry("COD", 25000, unit="µg/L")]) == {"COD": (5, "", "worse")}


def test_the_comparison_page_shows_the_newest_month_and_any_other(client):
    down, up = stations()
    factories.published(entry("COD", 20), point=up, taken_at=datetime(2026, 1, 5, 2, 0, tzinfo=UTC))
    factories.published(entry("COD", 50), point=down)
    address = f"/air-limbah/badan-air/{up.water_body.public_id}/hulu-hilir/"
    assert "hulu tidak diukur" in client.get(address).content.decode()
    january = client.get(address, {"bulan": "2026-01"})
    assert "hilir tidak diukur" in january.content.decode()
    assert client.get(address, {"bulan": "kapan", "parameter": "XYZ"}).status_code == 200
    export = client.get(address.removesuffix("/") + ".csv").content.decode("utf-8-sig").splitlines()
    assert export[1].split(";")[:2] == ["COD", "≤ 25 mg/L"]


# Pages


def test_the_public_sees_published_indices_only(client, as_user, waste_officer):
    seen, hidden = river_sample(), river_sample(how=factories.verified)
    for sample, status in ((seen, 200), (hidden, 404)):
        assert client.get(f"/air-limbah/sungai/sampel/{sample.public_id}/").status_code == status
        assert as_user(waste_officer).get(f"/air-limbah/sungai/sampel/{sample.public_id}/").status_code == 200
        client.logout()


def test_the_index_page_prints_the_method_the_list_and_what_was_left_out(client):
    sample = river_sample(more=[entry("SULFIDA", "0.5", "<")])
    page = client.get(f"/air-limbah/sungai/sampel/{sample.public_id}/").content.decode()
    assert "Kepmen LH 115/2003 apa adanya" in page
    assert "batas deteksi laboratorium lebih tinggi daripada baku mutu" in page
    assert "Varian lembar kerja Bogor 2020" in page


def test_a_station_lists_exceedances_even_where_the_index_meets(client):
    values = {"PH": "7.5", "DO": 7, "BOD5": "0.3", "COD": "2.5", "TSS": 5, "NO3N": "0.5", "TP": "0.22", "FCOLI": 1100}
    sample = river_sample(values)
    assert status_of(sample).status == "meets"
    page = client.get(f"/air-limbah/sungai/titik/{sample.point.public_id}/").content.decode()
    assert "Fosfat total (sebagai P) (1,10×)" in page
    assert "Fecal coliform (1,10×)" in page


def test_the_state_of_the_rivers_in_plain_words(client):
    down, up = stations(models.WaterBody.objects.get(code="loji"))
    river_sample(point=up)
    river_sample(BATIK, point=down)
    page = client.get("/air-limbah/sungai/").content.decode()
    assert "Airnya tercemar di titik yang paling buruk." in page
    assert "Di hilir lebih buruk daripada di hulu." in page


def test_pages_without_any_data_say_so(client):
    water = models.WaterBody.objects.get(code="bremi")
    assert "Belum ada titik pantau sungai" in client.get("/air-limbah/sungai/").content.decode()
    page = client.get(f"/air-limbah/badan-air/{water.public_id}/hulu-hilir/").content.decode()
    assert "Belum ada hasil untuk badan air ini" in page
    assert "Tidak ada pengambilan pada triwulan ini." in client.get("/air-limbah/sungai/laporan/").content.decode()


def test_the_index_list_is_filtered_and_exported(as_user, waste_officer):
    river_sample()
    river_sample(BATIK)
    river_sample({"COD": 3})
    browser = as_user(waste_officer)
    for query, count in (
        ({}, 3),
        ({"status": "moderate"}, 1),
        ({"status": "withheld"}, 1),
        ({"sampai": "2026-01-01"}, 0),
    ):
        assert browser.get("/air-limbah/sungai/indeks/", query).context["page"].paginator.count == count
    export = browser.get("/air-limbah/sungai/indeks.csv", {"status": "moderate"}).content.decode("utf-8-sig")
    assert len(export.splitlines()) == 2


@pytest.mark.parametrize("address", ["/air-limbah/sungai/", "/air-limbah/sungai/laporan/"])
def test_pages_take_the_same_number_of_queries_for_one_station_and_for_many(client, address):
    water = models.WaterBody.objects.get(code="loji")
    counts = []
    for stations_count in (1, 9):
        for _number in range(stations_count):
            river_sample(BATIK, point=factories.RiverPointFactory(water_body=water))
        with CaptureQueriesContext(connection) as queries_made:
            assert client.get(address).status_code == 200
        counts.append(len(queries_made))
    assert counts[0] == counts[1]


# The report of a quarter


def test_the_report_prints_the_method_and_counts_anew_by_another(client):
    sample = river_sample(BATIK)
    page = client.get("/air-limbah/sungai/laporan/", {"triwulan": "2026-1"})
    report = page.context["report"]
    [line] = [one for station in report.stations for one in station.lines]
    assert (report.method, line.sample, f"{line.value:.4f}") == ("strict", sample, f"{status_of(sample).value:.4f}")
    other = client.get("/air-limbah/sungai/laporan/", {"triwulan": "2026-1", "metode": "bogor"})
    [variant] = [one for station in other.context["report"].stations for one in station.lines]
    assert variant.value < line.value
    assert "Varian lembar kerja Bogor 2020" in other.content.decode()
    assert report.stations[0].storet.storet.status in "ABCD"
    assert len(line.names) == len(line.parameters)
    assert set(line.names) <= {str(one) for one in models.Parameter.objects.all()}
    assert report.stations[0].point.name in page.content.decode()
    assert status_of(sample).method == "strict"


def test_the_report_as_pdf_and_as_rows(client):
    river_sample(BATIK)
    pdf = client.get("/air-limbah/sungai/laporan.pdf", {"triwulan": "2026-1"})
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    rows = client.get("/air-limbah/sungai/laporan.csv", {"triwulan": "2026-1"}).content.decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert rows[1].split(";")[5] == "Kepmen LH 115/2003 apa adanya"


def test_a_quarter_that_cannot_be_read_falls_back(client):
    assert client.get("/air-limbah/sungai/laporan/", {"triwulan": "besok", "metode": "x"}).status_code == 200


# Calculators


def test_the_mixing_of_two_waters(client):
    asked = {
        "hitung": "campuran",
        "debit_sungai": "12",
        "kadar_sungai": "8",
        "debit_buangan": "0,9",
        "kadar_buangan": "138",
    }
    assert "17,0698 mg/L" in client.get("/air-limbah/sungai/hitung/", asked).content.decode()
    nothing = asked | {"debit_sungai": "0", "debit_buangan": "0"}
    assert "lebih dari nol" in client.get("/air-limbah/sungai/hitung/", nothing).content.decode()


def test_the_iklh_of_the_city(client):
    asked = {"hitung": "iklh", "ika": "46,25", "iku": "82,10", "ikl": "31,4"}
    page = client.get("/air-limbah/sungai/hitung/", asked).content.decode()
    assert "57,5171" in page
    assert "Sedang" in page


# Map and open data


def test_stations_on_the_map_are_coloured_by_their_index():
    river_sample()
    river_sample(BATIK)
    river_sample(how=factories.verified)
    layer = next(one for one in layers.LAYERS if one.code == "wastewater.river_index")
    assert sorted(place.status for place in layer.read(scope())) == ["bad", "good", "unknown"]


def test_open_data_of_indices_and_network():
    river_sample()
    river_sample(how=factories.verified)
    by_code = {one.code: one for one in datasets.DATASETS}
    rows = by_code["wastewater-river-index"].rows()
    assert [(row[4], row[5], row[6], row[12]) for row in rows] == [
        ("ika", Decimal("0.5666"), "meets", "PH BOD5 COD TSS DO NO3N TP FCOLI"),
        ("status", Decimal("0.5666"), "meets", "PH BOD5 COD TSS DO NO3N TP FCOLI"),
    ]
    network = by_code["wastewater-river-network"].rows()
    assert len(network) == 13
    assert next(row for row in network if row[0] == "setu-1")[6] == "loji-2"


# Tide and weather


def test_tide_and_weather_are_noted_with_the_taking(as_user, waste_officer):
    point = factories.RiverPointFactory()
    form = {"point": point.code, "taken_at": "2026-03-02T09:00", "tide": "low", "weather": "after_rain"}
    response = as_user(waste_officer).post("/air-limbah/sampel/baru/", form)
    sample = models.Sample.objects.get(point=point)
    assert response.status_code == 302
    assert (sample.river_condition.tide, sample.river_condition.weather) == ("low", "after_rain")
    page = as_user(waste_officer).get(sample.get_absolute_url()).content.decode()
    assert "Surut · Sesudah hujan (24 jam terakhir)" in page


def test_the_admin_counts_again_after_a_rule_was_changed(as_user, waste_head):
    sample = river_sample(BATIK)
    rule = models.AssessmentRule.objects.get(kind="status")
    bands = list(rule.bands.all())
    form = {"kind": "status", "name": rule.name, "legal_basis": rule.legal_basis, "confidence": "M", "note": "",
            "effective_from": "2003-07-10", "effective_until": "", "method": "jabar", "river_class": "",
            "parameters": "", "minimum_parameters": "6", "cim_mg_per_l": "7", "non_detect": "half", "storet_counts": "",
            "ika_weight": "", "iku_weight": "", "ikl_weight": "", "bands-TOTAL_FORMS": len(bands),
            "bands-INITIAL_FORMS": len(bands), "bands-MIN_NUM_FORMS": 0, "bands-MAX_NUM_FORMS": 1000}  # fmt: skip
    for number, band in enumerate(bands):
        form |= {f"bands-{number}-id": band.pk, f"bands-{number}-rule": rule.pk, f"bands-{number}-status": band.status,
                 f"bands-{number}-up_to": "" if band.up_to is None else f"{band.up_to.normalize():f}",
                 f"bands-{number}-weight": ""}  # fmt: skip
    response = as_user(waste_head).post(f"/admin/wastewater/assessmentrule/{rule.pk}/change/", form)
    assert response.status_code == 302, response.context["adminform"].form.errors
    assert (status_of(sample).method, status_of(sample).settings["non_detect"]) == ("jabar", "half")


def test_many_samples_take_as_many_queries_as_one():
    counts = []
    for count in (1, 6):
        made = [river_sample().pk for _number in range(count)]
        models.AssessmentRule.objects.filter(kind="status").update(cim_mg_per_l=7 + count)
        with CaptureQueriesContext(connection) as queries_made:
            compute_indices(samples=made, at=timezone.now())
        counts.append(len(queries_made))
    assert counts[0] == counts[1]
