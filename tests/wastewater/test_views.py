"""The pages: who may open them, what they say, and that their cost does not grow with the rows."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import portal
from tests.factories import wastewater as factories
from wastewater import actions, models, queries
from wastewater.choices import Confidence, SampleState

pytestmark = pytest.mark.django_db

entry = factories.entry


def url(name: str, *args) -> str:
    return reverse(f"wastewater:{name}", args=args)


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


STAFF_PAGES = {
    "index": ["leader", "planner", "waste_head", "waste_officer", "field_officer", "lab", "data_clerk"],
    "sample-list": ["leader", "planner", "waste_head", "waste_officer", "field_officer", "lab", "data_clerk"],
    "sample-export": ["leader", "planner", "waste_head", "waste_officer", "field_officer", "lab", "data_clerk"],
    "result-list": ["leader", "planner", "waste_head", "waste_officer", "field_officer", "lab", "data_clerk"],
    "result-export": ["leader", "planner", "waste_head", "waste_officer", "field_officer", "lab", "data_clerk"],
    "point-list": ["leader", "planner", "waste_head", "waste_officer", "field_officer", "data_clerk"],
    "sample-new": ["waste_head", "waste_officer", "field_officer"],
    "sample-plan": ["waste_head", "waste_officer", "field_officer"],
}
EVERYBODY = [
    "leader", "planner", "waste_head", "waste_officer", "field_officer", "lab", "data_clerk", "workforce_officer",
    "market_officer", "reviewer", "administrator", "auditor", "cadre", "outsider", "owner",
]  # fmt: skip


@pytest.mark.parametrize("door", STAFF_PAGES)
def test_staff_page_opens_for_its_roles_only(door, request, as_user):
    opened = [role for role in EVERYBODY if as_user(request.getfixturevalue(role)).get(url(door)).status_code == 200]
    assert opened == [role for role in EVERYBODY if role in STAFF_PAGES[door]]


@pytest.mark.parametrize("door", ["plant-list", "water-list", "standard-list"])
def test_public_page_opens_without_login(door, client):
    assert client.get(url(door)).status_code == 200


@pytest.mark.parametrize("door", [*STAFF_PAGES, "own-result-list"])
def test_staff_page_asks_strangers_to_log_in(door, client):
    response = client.get(url(door))
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/akun/masuk/")


# Lists


@pytest.mark.parametrize("door", ["sample-list", "sample-export", "result-list", "result-export", "point-list"])
def test_list_takes_the_same_queries_for_1_and_30_rows(door, as_user, waste_head):
    browser = as_user(waste_head)

    def queries_for(count: int) -> int:
        for _ in range(count):
            factories.published(entry("COD", 200), entry("PH", 7))
        browser.get(url(door))
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(url(door)).status_code == 200
        return len(captured)

    assert queries_for(1) == queries_for(29)


def test_sample_list_finds_and_filters(as_user, waste_head):
    krapyak = portal.ward("Krapyak")
    factories.published(entry("COD", 300), lab_number="AL-1", point__code="USH-A")
    factories.published(entry("COD", 50), lab_number="AL-2", point__ward=krapyak)
    factories.resulted(entry("SULFIDA", "0.5", "<"), lab_number="AL-3", taken_at=datetime(2024, 5, 1, tzinfo=UTC))
    browser = as_user(waste_head)

    def found(**query) -> set[str]:
        page = browser.get(url("sample-list"), query).context["page"]
        return {sample.lab_number for sample in page}

    assert found() == {"AL-1", "AL-2", "AL-3"}
    assert found(cari="al-2") == {"AL-2"}
    assert found(titik="ush-a") == {"AL-1"}
    assert found(kecamatan=krapyak.parent.code) == {"AL-2"}
    assert found(dari="2026-01-01") == {"AL-1", "AL-2"}
    assert found(sampai="2024-05-01") == {"AL-3"}
    assert found(putusan="exceeds") == {"AL-1"}
    assert found(putusan="undecided") == {"AL-3"}
    assert found(putusan="meets") == {"AL-2"}
    assert found(keadaan="resulted") == {"AL-3"}


def test_sample_list_sorts(as_user, waste_head):
    factories.resulted(lab_number="old", taken_at=datetime(2025, 1, 1, tzinfo=UTC))
    factories.resulted(lab_number="new", taken_at=datetime(2026, 1, 1, tzinfo=UTC))
    browser = as_user(waste_head)

    def order(**query) -> list[str]:
        return [one.lab_number for one in browser.get(url("sample-list"), query).context["page"]]

    assert order() == ["new", "old"]
    assert order(urut="tanggal") == ["old", "new"]


def test_void_samples_are_listed_only_when_asked_for(as_user, waste_head, now):
    sample = factories.resulted(lab_number="AL-9")
    actions.void_sample(sample=sample, reason="Botol tertukar", by=waste_head, at=now)
    browser = as_user(waste_head)
    assert list(browser.get(url("sample-list")).context["page"]) == []
    assert list(browser.get(url("result-list")).context["page"]) == []
    assert [one.lab_number for one in browser.get(url("sample-list"), {"keadaan": "void"}).context["page"]] == ["AL-9"]


def test_a_wrong_period_is_told_and_shows_everything(as_user, waste_head):
    factories.resulted()
    response = as_user(waste_head).get(url("sample-list"), {"dari": "2026-05-01", "sampai": "2026-01-01"})
    assert response.context["filter"].errors["sampai"] == ["Tanggal akhir harus sesudah tanggal mulai."]


def test_export_has_the_rows_of_the_list_and_no_live_formula(as_user, waste_head):
    factories.published(entry("COD", "212.5"), lab_number="=HYPERLINK(1)", point__code="USH-A")
    factories.published(entry("COD", 10), lab_number="AL-2")
    response = as_user(waste_head).get(url("sample-export"), {"putusan": "exceeds"})
    lines = response.content.decode("utf-8-sig").splitlines()
    assert response.headers["Content-Disposition"] == 'attachment; filename="sampel.csv"'
    assert [line.split(";")[0] for line in lines[1:]] == ["'=HYPERLINK(1)"]
    results = as_user(waste_head).get(url("result-export"), {"putusan": "exceeds"}).content.decode("utf-8-sig")
    assert "212,5;mg/L;≤ 150 mg/L" in results.splitlines()[1]


# One sample


def test_sample_page_shows_value_limit_verdict_ratio_and_law(as_user, leader):
    sample = factories.published(entry("COD", 138), entry("PH", "9.4"), point=factories.PlantPointFactory())
    text = text_of(as_user(leader).get(sample.get_absolute_url()))
    assert "138 mg/L" in text
    assert "≤ 125 mg/L" in text
    assert "1,10 kali baku mutu (10,4% di atasnya)" in text
    assert "Permen LH/BPLH 12/2025, Lampiran I, kelas debit B" in text
    assert "Lebih ketat daripada Perda Jawa Tengah 5/2012, lampiran industri tekstil (≤ 150 mg/L)" in text
    assert "0,4 di luar batas." in text


def test_sample_page_says_why_a_result_cannot_be_judged(as_user, leader):
    sample = factories.published(entry("SULFIDA", "0.5", "<"), entry("TDS", 900))
    text = text_of(as_user(leader).get(sample.get_absolute_url()))
    assert "&lt;0,5 mg/L S" in text
    assert "Batas deteksi laboratorium lebih tinggi daripada baku mutu." in text
    assert "Tidak ada baku mutu untuk parameter ini pada tanggal pengambilan." in text


def test_sample_page_names_what_was_not_reported(as_user, leader):
    sample = factories.published(entry("COD", 100))
    response = as_user(leader).get(sample.get_absolute_url())
    assert {one.code for one in response.context["missing"]} == {
        "SUHU", "PH", "BOD5", "TSS", "WARNA", "FENOL", "CR_T", "NH3N", "SULFIDA", "OG",
    }  # fmt: skip


def test_sample_page_marks_implausible_numbers(as_user, leader):
    sample = factories.published(entry("COD", 30), entry("BOD5", 40))
    assert "COD lebih kecil daripada BOD" in text_of(as_user(leader).get(sample.get_absolute_url()))


def test_owner_sees_her_own_verified_samples_only(as_user, owner):
    own = factories.EnterprisePointFactory(enterprise=owner.enterprise)
    verified, waiting = factories.verified(point=own), factories.resulted(point=own)
    foreign = factories.published()
    browser = as_user(owner)
    codes = [browser.get(one.get_absolute_url()).status_code for one in (verified, waiting, foreign)]
    assert codes == [200, 404, 404]
    assert [one.pk for one in browser.get(url("own-result-list")).context["page"]] == [verified.pk]


def test_owner_reads_her_results_in_plain_words(as_user, owner):
    own = factories.EnterprisePointFactory(enterprise=owner.enterprise, name="Outlet dapur warna")
    factories.verified(entry("COD", 300), entry("PH", 7), point=own)
    text = text_of(as_user(owner).get(url("own-result-list")))
    assert "Ada yang melebihi" in text
    assert "<strong>COD</strong>: 300 mg/L – 2,00 kali batas" in text
    assert "9 parameter tidak dilaporkan laboratorium." in text


def test_own_results_take_the_same_queries_for_1_and_20_samples(as_user, owner):
    own = factories.EnterprisePointFactory(enterprise=owner.enterprise)

    def queries_for(count: int) -> int:
        for _ in range(count):
            factories.verified(entry("COD", 300), entry("BOD5", 90), point=own)
        browser = as_user(owner)
        browser.get(url("own-result-list"))
        with CaptureQueriesContext(connection) as captured:
            browser.get(url("own-result-list"))
        return len(captured)

    assert queries_for(1) == queries_for(19)


def test_a_laboratory_sees_its_own_samples_only(as_user, lab):
    own = factories.LaboratoryFactory()
    own.analysts.add(lab)
    mine, foreign = factories.resulted(laboratory=own), factories.resulted(laboratory=factories.LaboratoryFactory())
    browser = as_user(lab)
    assert [one.pk for one in browser.get(url("sample-list")).context["page"]] == [mine.pk]
    assert browser.get(foreign.get_absolute_url()).status_code == 404
    assert browser.get(url("sample-results", foreign.public_id)).status_code == 404


def test_an_outsider_finds_no_sample(as_user, outsider):
    assert as_user(outsider).get(factories.published().get_absolute_url()).status_code == 404


def test_staff_of_a_district_sees_its_samples_only(as_user):
    officer = portal.StaffFactory(role="field_officer", office="dlh")
    krapyak = portal.ward("Krapyak")
    officer.role_assignments.update(area=krapyak.parent)
    inside = factories.resulted(point__ward=krapyak)
    outside = factories.resulted()
    browser = as_user(officer)
    assert [browser.get(one.get_absolute_url()).status_code for one in (inside, outside)] == [200, 404]


# Steps


def test_recording_a_sample(as_user, waste_officer):
    point = factories.EnterprisePointFactory(code="USH-1")
    response = as_user(waste_officer).post(
        url("sample-new"),
        {"point": "ush-1", "taken_at": "2026-03-02T09:30", "air_temperature_c": "29,5", "flow_m3_per_day": "12,25"},
    )
    sample = models.Sample.objects.get()
    assert response.headers["Location"] == sample.get_absolute_url()
    assert (sample.point, sample.state, sample.created_by) == (point, SampleState.TAKEN, waste_officer)
    assert sample.taken_at == datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
    assert (sample.air_temperature_c, sample.flow_m3_per_day) == (Decimal("29.5"), Decimal("12.25"))


def test_recording_a_sample_at_an_unknown_point_keeps_the_rest(as_user, waste_officer):
    response = as_user(waste_officer).post(url("sample-new"), {"point": "X", "taken_at": "2026-03-02T09:30"})
    assert response.context["form"].errors["point"] == ["Titik ini tidak dikenal. Periksa pada daftar titik pantau."]
    assert 'value="2026-03-02T09:30"' in response.content.decode()


def test_recording_water_of_tomorrow_is_refused_at_its_field(as_user, waste_officer):
    factories.EnterprisePointFactory(code="USH-1")
    response = as_user(waste_officer).post(url("sample-new"), {"point": "USH-1", "taken_at": "2100-01-01T09:30"})
    assert list(response.context["form"].errors) == ["taken_at"]


def test_plan_take_and_send(as_user, waste_officer):
    factories.EnterprisePointFactory(code="USH-1")
    laboratory = factories.LaboratoryFactory()
    browser = as_user(waste_officer)
    browser.post(url("sample-plan"), {"point": "USH-1", "planned_on": "2026-03-02"})
    sample = models.Sample.objects.get()
    assert sample.state == SampleState.PLANNED
    browser.post(url("sample-take", sample.public_id), {"taken_at": "2026-03-02T09:30"})
    sample.refresh_from_db()
    assert sample.state == SampleState.TAKEN
    browser.post(url("sample-send", sample.public_id), {"laboratory": laboratory.pk, "sent_on": "2026-03-02"})
    sample.refresh_from_db()
    assert (sample.state, sample.laboratory) == (SampleState.AT_LAB, laboratory)


def test_entering_results_by_hand(as_user, waste_officer):
    sample = factories.SampleFactory()
    response = as_user(waste_officer).post(
        url("sample-results", sample.public_id),
        {"hasil-COD": "138,5", "metode-COD": "SNI", "hasil-FENOL": "<0,01", "batas-FENOL": "0,01", "hasil-PH": "7.2"},
    )
    sample.refresh_from_db()
    assert response.headers["Location"] == sample.get_absolute_url()
    assert (sample.state, sample.results_entered_by) == (SampleState.RESULTED, waste_officer)
    found = {
        code: (qualifier, value, unit, substance)
        for code, qualifier, value, unit, substance in sample.results.values_list(
            "parameter__code", "qualifier", "value", "unit", "expressed_as"
        )
    }
    assert found == {
        "COD": ("=", Decimal("138.5"), "mg/L", ""),
        "FENOL": ("<", Decimal("0.01"), "mg/L", ""),
        "PH": ("=", Decimal("7.2"), "pH", ""),
    }


def test_a_river_result_in_another_unit_is_converted(as_user, waste_officer):
    sample = factories.SampleFactory(point=factories.RiverPointFactory())
    as_user(waste_officer).post(
        url("sample-results", sample.public_id), {"hasil-NO3N": "48,697", "satuan-NO3N": "mg/L|NO3"}
    )
    evaluation = models.Evaluation.objects.get(result__sample=sample)
    assert (evaluation.verdict, evaluation.converted_value, evaluation.ratio) == ("exceeds", 11, Decimal("1.1"))


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        (
            {"hasil-COD": "1.250"},
            "hasil-COD",
            "“1.250” dapat berarti 1250 atau 1,250. Tulis 1250 tanpa titik, atau 1,250.",
        ),
        ({"hasil-COD": "banyak"}, "hasil-COD", "“banyak” bukan angka. Tulis angka saja, misalnya 12,5."),
        ({"hasil-PH": "15"}, "hasil-PH", "pH harus antara 0 dan 14."),
        ({"hasil-COD": "-1"}, "hasil-COD", "Hasil tidak boleh negatif."),
        ({"hasil-SUHU": "250"}, "hasil-SUHU", "Suhu air harus antara 0 dan 100 °C. Periksa angka dan satuannya."),
        ({"hasil-SUHU": "-1"}, "hasil-SUHU", "Suhu air harus antara 0 dan 100 °C. Periksa angka dan satuannya."),
        ({"lab_number": "AL-1"}, "__all__", "Belum ada hasil. Isi sedikitnya satu parameter."),
    ],
)
def test_unreadable_results_are_told_and_nothing_is_saved(as_user, waste_officer, typed, field, message):
    sample = factories.SampleFactory()
    response = as_user(waste_officer).post(url("sample-results", sample.public_id), typed)
    assert response.context["form"].errors[field] == [message]
    assert sample.results.count() == 0


def test_an_error_names_its_parameter_and_leads_to_it(as_user, waste_officer):
    sample = factories.SampleFactory()
    typed = {"hasil-COD": "banyak", "hasil-SUHU": "250", "batas-PH": "x"}
    html = as_user(waste_officer).post(url("sample-results", sample.public_id), typed).content.decode()
    summary = html.split('class="error-summary"')[1].split("</div>")[0]
    assert '<a href="#id_hasil-COD">Hasil COD: “banyak” bukan angka.' in summary
    assert '<a href="#id_hasil-SUHU">Hasil Suhu: Suhu air harus antara 0 dan 100 °C.' in summary
    assert '<a href="#id_batas-PH">Batas deteksi pH: ' in summary


def test_the_results_form_offers_what_is_stored(as_user, waste_officer):
    sample = factories.resulted(entry("FENOL", "0.005", "<"), entry("NH3N", "1.2", expressed_as="NH3", unit="mg/L"))
    html = as_user(waste_officer).get(url("sample-results", sample.public_id)).content.decode()
    assert 'value="&lt;0,005"' in html
    assert '<option value="mg/L|NH3" selected>' in html


def test_the_results_form_can_be_sent_again_as_it_came(as_user, waste_officer):
    sample = factories.resulted(entry("COD", 1250), entry("FENOL", "0.005", "<"))
    form = as_user(waste_officer).get(url("sample-results", sample.public_id)).context["form"]
    shown = {name: form[name].value() for name in ("hasil-COD", "hasil-FENOL")}
    assert shown == {"hasil-COD": "1250", "hasil-FENOL": "<0,005"}
    as_user(waste_officer).post(url("sample-results", sample.public_id), shown)
    assert set(sample.results.values_list("qualifier", "value")) == {("=", 1250), ("<", Decimal("0.005"))}


def test_a_verified_sample_takes_no_results(as_user, waste_officer):
    sample = factories.verified(entry("COD", 100))
    response = as_user(waste_officer).post(url("sample-results", sample.public_id), {"hasil-COD": "1"})
    assert response.headers["Location"] == sample.get_absolute_url()
    assert sample.results.get().value == 100


def test_verifying_and_publishing(as_user, waste_officer, waste_head):
    sample = factories.resulted(by=waste_officer)
    assert as_user(waste_head).get(url("sample-verify", sample.public_id)).status_code == 200
    sample.refresh_from_db()
    assert sample.state == SampleState.RESULTED
    as_user(waste_head).post(url("sample-verify", sample.public_id))
    as_user(waste_head).post(url("sample-publish", sample.public_id))
    sample.refresh_from_db()
    assert (sample.state, sample.verified_by) == (SampleState.PUBLISHED, waste_head)


def test_who_entered_is_told_that_another_person_verifies(as_user, waste_officer):
    sample = factories.resulted(by=waste_officer)
    browser = as_user(waste_officer)
    assert "Mintalah rekan lain" in text_of(browser.get(sample.get_absolute_url()))
    response = browser.post(url("sample-verify", sample.public_id), follow=True)
    sample.refresh_from_db()
    assert sample.state == SampleState.RESULTED
    assert "Mintalah rekan lain untuk memverifikasinya." in text_of(response)


def test_voiding_needs_a_reason(as_user, waste_head):
    sample = factories.resulted()
    browser = as_user(waste_head)
    assert browser.post(url("sample-void", sample.public_id), {"reason": ""}).status_code == 200
    browser.post(url("sample-void", sample.public_id), {"reason": "Botol tertukar"})
    sample.refresh_from_db()
    assert (sample.state, sample.void_reason) == (SampleState.VOID, "Botol tertukar")


STEP_ROLES = {
    "sample-take": ["waste_head", "waste_officer", "field_officer"],
    "sample-send": ["waste_head", "waste_officer", "field_officer"],
    "sample-results": ["waste_head", "waste_officer", "data_clerk"],
    "sample-verify": ["waste_head", "waste_officer"],
    "sample-void": ["waste_head"],
}


@pytest.mark.parametrize("step", STEP_ROLES)
def test_step_opens_for_its_roles_only(step, request, as_user):
    sample = factories.SampleFactory()
    page = url(step, sample.public_id)
    opened = [role for role in EVERYBODY if as_user(request.getfixturevalue(role)).get(page).status_code == 200]
    assert opened == [role for role in EVERYBODY if role in STEP_ROLES[step]]


def test_publishing_is_for_the_head_only(request, as_user):
    sample = factories.verified()
    allowed = []
    for role in EVERYBODY:
        if as_user(request.getfixturevalue(role)).post(url("sample-publish", sample.public_id)).status_code == 302:
            allowed.append(role)
    assert allowed == ["waste_head"]


def test_publishing_is_not_done_by_a_link(as_user, waste_head):
    assert as_user(waste_head).get(url("sample-publish", factories.verified().public_id)).status_code == 405


# Places


def test_point_page_draws_the_trend_and_leaves_a_gap_for_non_detects(as_user, leader):
    point = factories.EnterprisePointFactory()
    for month, (value, qualifier) in enumerate(((120, "="), (5, "<"), (160, "="))):
        factories.published(
            entry("COD", value, qualifier), point=point, taken_at=datetime(2026, month + 1, 5, tzinfo=UTC)
        )
    response = as_user(leader).get(point.get_absolute_url())
    assert response.context["parameter"].code == "COD"
    assert "COD di" in text_of(response)
    series = queries.series(models.Sample.objects.all(), response.context["parameter"])
    assert (series.values, series.limit) == ([Decimal(120), None, Decimal(160)], Decimal(150))


def test_owner_opens_her_own_point_only(as_user, owner):
    own = factories.EnterprisePointFactory(enterprise=owner.enterprise)
    browser = as_user(owner)
    codes = [browser.get(one.get_absolute_url()).status_code for one in (own, factories.RiverPointFactory())]
    assert codes == [200, 404]


def test_plant_page_shows_every_figure_with_its_source(client):
    plant = factories.TreatmentPlantFactory(name="IPAL Uji")
    factories.PlantCapacityFactory(plant=plant, capacity_m3_per_day=400, origin="Situs DLH")
    factories.PlantCapacityFactory(plant=plant, capacity_m3_per_day=150, origin="Radio kota")
    text = text_of(client.get(plant.get_absolute_url()))
    assert all(words in text for words in ("Situs DLH", "400", "Radio kota", "150"))


def test_plant_page_names_connected_enterprises_to_staff_only(client, as_user, leader):
    connection_row = factories.ConnectionFactory(enterprise__name="Batik Rahasia")
    page = connection_row.plant.get_absolute_url()
    assert "Batik Rahasia" not in text_of(client.get(page))
    assert "Batik Rahasia" in text_of(as_user(leader).get(page))


def test_plant_without_figure_is_not_zero(client):
    factories.TreatmentPlantFactory(name="IPAL Tanpa Angka", status="stopped")
    response = client.get(url("plant-list"))
    assert response.context["totals"].capacity_m3_per_day is None
    assert "belum diterbitkan" in text_of(response)


def test_water_page_shows_published_results_only(client, as_user, leader):
    point = factories.RiverPointFactory()
    factories.verified(entry("BOD5", 9), point=point)
    page = point.water_body.get_absolute_url()
    assert list(client.get(page).context["exceedances"]) == []
    assert len(as_user(leader).get(page).context["exceedances"]) == 1
    factories.published(entry("BOD5", 12), point=point)
    assert len(client.get(page).context["exceedances"]) == 1


@pytest.mark.parametrize("door", ["water-list", "plant-list"])
def test_public_list_takes_the_same_queries_for_1_and_15_rows(door, client):
    def queries_for(count: int) -> int:
        for _ in range(count):
            factories.published(entry("BOD5", 9), point=factories.RiverPointFactory())
            factories.PlantCapacityFactory()
        client.get(url(door))
        with CaptureQueriesContext(connection) as captured:
            client.get(url(door))
        return len(captured)

    assert queries_for(1) == queries_for(14)


# Standards


def test_standards_in_force_by_default_and_old_ones_on_request(client):
    now_titles = {one.code for one in client.get(url("standard-list")).context["effluent"]}
    all_titles = {one.code for one in client.get(url("standard-list"), {"masa": "semua"}).context["effluent"]}
    assert now_titles == {"permen-12-2025-a", "permen-12-2025-b", "permen-12-2025-c", "perda-jateng-5-2012"}
    assert all_titles - now_titles == {"p16-2019-peralihan", "p16-2019-a", "p16-2019-b", "p16-2019-c"}


def test_standard_page_shows_limits_loads_and_confidence(client):
    response = client.get(url("standard", "perda-jateng-5-2012"))
    text = text_of(response)
    assert "≤ 150 mg/L" in text
    assert "Pencelupan" in text
    assert "0,0054" in text
    assert str(Confidence.VERIFIED.label) in text
    process, cells, volume = response.context["by_process"].rows[-2]
    assert (process, volume) == ("Pencelupan", 20)
    assert {parameter.code: load for parameter, load in cells}["COD"] == 3


def test_unknown_standard_is_not_found(client):
    assert client.get(url("standard", "tidak-ada")).status_code == 404


def test_a_laboratory_meets_no_link_to_the_dashboard_that_it_may_not_open(as_user, lab, waste_officer):
    link = f'href="{reverse("dashboard")}"'
    assert as_user(lab).get(reverse("dashboard")).status_code == 403
    assert link not in as_user(lab).get(url("sample-list")).content.decode()
    assert link in as_user(waste_officer).get(url("sample-list")).content.decode()


def test_the_front_page_never_says_that_nothing_waits_beside_waiting_samples(as_user, waste_officer):
    nothing = "Semua pekerjaan limbah sudah dikerjakan."
    guest = as_user(waste_officer)
    assert nothing in text_of(guest.get(url("index")))
    factories.resulted(entry("COD", 90))
    assert nothing not in text_of(guest.get(url("index")))
