"""Pages and papers of the chain of custody: who opens them, what they say, and bad input."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import custody as factories
from tests.factories import portal, wastewater
from wastewater.actions import custody as actions
from wastewater.documents import custody as documents
from wastewater.models import AnalysisStart, CustodyEvent, Sample
from wastewater.queries import custody as queries

pytestmark = pytest.mark.django_db

LIST = "/air-limbah/serah-terima/"
TAKEN = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
bottled, handed, received, entry = factories.bottled, factories.handed, factories.received, wastewater.entry


def after(hours: float) -> datetime:
    return TAKEN + timedelta(hours=hours)


def page_of(sample: Sample) -> str:
    return sample.containers.order_by("position").first().get_absolute_url()


def own_lab(user, **more):
    laboratory = wastewater.LaboratoryFactory(**more)
    laboratory.analysts.add(user)
    return laboratory


def test_officer_prepares_bottles_prints_labels_and_hands_over(as_user, waste_officer):
    sample, laboratory = wastewater.SampleFactory(sampler_name="Petugas Satu"), wastewater.LaboratoryFactory()
    browser = as_user(waste_officer)
    url = f"/air-limbah/sampel/{sample.public_id}/wadah/"
    assert url in browser.get(sample.get_absolute_url()).content.decode()

    answer = browser.post(url, {"laboratory": laboratory.pk})
    assert "Pilih sedikitnya satu wadah" in answer.content.decode()
    answer = browser.post(url, {"laboratory": "", "wadah-umum": "99", "wadah-asam": "dua"})
    assert set(answer.context["form"].errors) == {"laboratory", "wadah-umum", "wadah-asam"}
    answer = browser.post(url, {"laboratory": laboratory.pk, "wadah-umum": "1", "wadah-asam": "2"})
    assert answer.url == sample.get_absolute_url()

    assert list(sample.containers.values_list("position", "kind__code")) == [(1, "asam"), (2, "asam"), (3, "umum")]
    page = browser.get(sample.get_absolute_url()).content.decode()
    assert page_of(sample) in page
    labels = browser.get(f"/air-limbah/sampel/{sample.public_id}/label.pdf")
    assert (labels["Content-Type"], labels.content[:5]) == ("application/pdf", b"%PDF-")
    answer = browser.post(f"{url}hapus/")
    assert answer.url == url
    assert not sample.containers.exists()


def test_hand_over_on_a_phone_refuses_bad_input_and_loses_nothing(as_user, field_officer):
    sample = bottled()
    browser, url = as_user(field_officer), page_of(sample)
    assert "?langkah=serahkan" in browser.get(url.lower()).content.decode()
    form = {"from_name": "Petugas Satu", "to_name": "Kurir", "happened_at": "2026-03-02T11:00", "temperature_c": ""}

    wrong = form | {"to_name": "", "happened_at": "besok", "temperature_c": "es", "condition": "ajaib"}
    answer = browser.post(f"{url}?langkah=serahkan", wrong)
    assert set(answer.context["form"].errors) == {"to_name", "happened_at", "temperature_c", "condition"}
    assert "Petugas Satu" in answer.content.decode()
    answer = browser.post(f"{url}?langkah=serahkan", form | {"happened_at": "2026-03-02T08:00"})
    assert "tidak boleh lebih awal" in answer.content.decode()
    answer = browser.post(f"{url}?langkah=serahkan", form | {"temperature_c": "4,5"})
    assert answer.url == url
    assert list(CustodyEvent.objects.order_by("pk").values_list("step", "to_name", "created_by")) == [
        ("taken", "Petugas Satu", field_officer.pk),
        ("handed", "Kurir", field_officer.pk),
    ]
    assert browser.get(f"{url}?langkah=terbang").url == url


def test_laboratory_receives_its_own_and_nothing_else(as_user, lab):
    own, other = bottled("umum", laboratory=own_lab(lab)), bottled("umum")
    browser = as_user(lab)
    form = {
        "laboratory": other.laboratory_id,
        "from_name": "Kurir",
        "to_name": "Analis",
        "happened_at": "2026-03-02T12:00",
        "condition": "other",
    }
    assert browser.get(page_of(other)).status_code == 404
    assert browser.get(f"/air-limbah/sampel/{other.public_id}/label.pdf").status_code == 404
    assert browser.get(f"/air-limbah/sampel/{other.public_id}/serah-terima.pdf").status_code == 404
    assert browser.get(f"/air-limbah/sampel/{other.public_id}/mulai-analisis/").status_code == 404
    assert [row.pk for row in browser.get(LIST).context["page"]] == [own.pk]

    answer = browser.post(f"{page_of(own)}?langkah=terima", form)
    assert set(answer.context["form"].errors) == {"laboratory", "note"}
    answer = browser.post(
        f"{page_of(own)}?langkah=terima",
        form | {"laboratory": own.laboratory_id, "condition": "good", "lab_number": "A1"},
    )
    assert answer.url == page_of(own)
    own.refresh_from_db()
    assert (own.state, own.lab_number) == ("at_lab", "A1")


def test_a_used_laboratory_number_is_told_and_the_step_not_kept(as_user, lab):
    laboratory = own_lab(lab)
    wastewater.SampleFactory(laboratory=laboratory, lab_number="A1")
    sample = bottled(laboratory=laboratory)
    form = {
        "laboratory": laboratory.pk,
        "from_name": "Kurir",
        "to_name": "Analis",
        "happened_at": "2026-03-02T12:00",
        "condition": "good",
        "lab_number": "A1",
    }

    answer = as_user(lab).post(f"{page_of(sample)}?langkah=terima", form)
    assert "sudah dipakai sampel lain" in answer.content.decode()
    assert not CustodyEvent.objects.exists()


def test_laboratory_notes_when_it_began(as_user, lab):
    sample = bottled("umum", laboratory=own_lab(lab))
    url, browser = f"/air-limbah/sampel/{sample.public_id}/mulai-analisis/", as_user(lab)

    assert "mulai dianalisis sebelum" in browser.post(url, {"BOD5": "2026-03-02T08:00"}).content.decode()
    assert browser.post(url, {"BOD5": "kemarin"}).context["form"].errors["BOD5"]
    assert "sedikitnya satu parameter" in browser.post(url, {"BOD5": ""}).content.decode()
    assert browser.post(url, {"BOD5": "2026-03-05T09:00"}).url == sample.get_absolute_url()
    assert AnalysisStart.objects.values_list("parameter__code", "started_at").get() == ("BOD5", after(72))
    page = browser.get(sample.get_absolute_url()).content.decode()
    assert "Lama simpan terlampaui" in page
    assert "sampai analisis dimulai" in page


def test_only_those_who_work_with_custody_read_names(as_user, leader, waste_officer):
    sample = bottled(sampler_name="")
    handed(sample, after(1), to_name="Nama Pembawa")

    assert "Nama Pembawa" in as_user(waste_officer).get(sample.get_absolute_url()).content.decode()
    browser = as_user(leader)
    page = browser.get(sample.get_absolute_url()).content.decode()
    assert "Diserahkan ke pembawa" in page
    assert "Nama Pembawa" not in page
    assert browser.get(page_of(sample)).status_code == 403
    assert browser.get(f"/air-limbah/sampel/{sample.public_id}/serah-terima.pdf").status_code == 403


def test_the_admin_shows_names_only_to_those_who_work_with_custody(as_user, planner, waste_officer):
    event = handed(bottled(), after(1), to_name="Nama Pembawa")
    list_page = reverse("admin:wastewater_custodyevent_changelist")
    pages = [list_page, f"{list_page}export/", reverse("admin:wastewater_custodyevent_change", args=[event.pk])]

    assert "Nama Pembawa" in as_user(waste_officer).get(list_page).content.decode()
    assert [as_user(planner).get(page).status_code for page in pages] == [403, 403, 403]


def test_an_officer_of_another_area_does_not_find_it(as_user, field_officer):
    sample = bottled(point=wastewater.EnterprisePointFactory(ward=portal.ward("Krapyak")))
    field_officer.role_assignments.update(area=portal.ward().parent)
    event = handed(sample, after(1))
    browser = as_user(field_officer)

    assert browser.get(page_of(sample)).status_code == 404
    assert browser.post(f"/air-limbah/serah-terima/langkah/{event.public_id}/batalkan/").status_code == 404
    assert browser.get(LIST).context["page"].paginator.count == 0


def test_a_step_is_withdrawn_with_a_reason(as_user, field_officer):
    sample = bottled()
    event = handed(sample, after(1))
    url, browser = f"/air-limbah/serah-terima/langkah/{event.public_id}/batalkan/", as_user(field_officer)

    assert url in browser.get(page_of(sample)).content.decode()
    assert browser.post(url, {"reason": ""}).context["form"].errors["reason"]
    assert browser.post(url, {"reason": "Salah jam"}).url == page_of(sample)
    assert "Salah jam" in browser.get(page_of(sample)).content.decode()
    assert browser.post(url, {"reason": "lagi"}).status_code == 404


def test_list_narrows_by_place_label_and_holding_time(as_user, waste_head):
    waiting, moving, late, fine = wastewater.SampleFactory(), bottled("logam"), bottled("umum"), bottled("logam")
    handed(moving, after(1))
    received(late, after(80))
    received(fine, after(80))
    browser = as_user(waste_head)

    def listed(**query) -> set[int]:
        return {row.pk for row in browser.get(LIST, query).context["page"]}

    assert listed() == {waiting.pk, moving.pk, late.pk, fine.pk}
    assert listed(letak="taken") == {waiting.pk}
    assert listed(letak="handed") == {moving.pk}
    assert listed(letak="received") == {late.pk, fine.pk}
    # Water that never arrived has been kept too long since, whatever is in it.
    assert listed(lama="on") == {moving.pk, late.pk}
    assert listed(cari=moving.containers.get().code.lower()) == {moving.pk}
    assert listed(laboratorium=late.laboratory.code) == {late.pk}
    assert "Tidak ada sampel yang cocok" in browser.get(LIST, {"cari": "xyz"}).content.decode()
    answer = browser.get(LIST, {"dari": "2026-03-03", "sampai": "2026-03-01"})
    assert answer.context["filter"].errors["sampai"]


def test_export_has_a_line_per_parameter_and_one_for_a_sample_without(as_user, waste_head):
    received(bottled("umum"), after(30))
    wastewater.SampleFactory()
    lines = as_user(waste_head).get("/air-limbah/serah-terima.csv").content.decode("utf-8-sig").splitlines()

    assert lines[0].startswith("Nomor laboratorium;Kode titik")
    assert len(lines) == 1 + 8 + 1
    chrome = next(line for line in lines if "heksavalen" in line)
    assert ";Di laboratorium;2026-03-03 15:00;" in chrome
    assert (
        ";Lama simpan terlampaui;24;30,0;sampai diterima laboratorium; mulai analisis tidak dicatat;"
        in chrome.replace('"', "")
    )


@pytest.mark.parametrize("door", [LIST, "/air-limbah/hasil/"])
def test_the_same_queries_for_1_and_30_rows(door, as_user, waste_head):
    def one_more() -> None:
        sample = bottled("umum")
        received(sample, after(30))
        wastewater.actions.record_results(sample=sample, entries=[entry("BOD5", 9)], by=None, at=factories.AT)

    browser = as_user(waste_head)
    one_more()
    browser.get(door)
    with CaptureQueriesContext(connection) as few:
        browser.get(door)
    for _number in range(29):
        one_more()
    with CaptureQueriesContext(connection) as many:
        browser.get(door)

    assert len(many) == len(few)


def test_the_page_of_a_sample_takes_the_same_queries_for_few_and_many_bottles(as_user, waste_head):
    few, many = bottled("umum"), bottled("umum", "asam", "logam", "mikro", "fenol", "minyak", "sulfida")
    for sample in (few, many):
        handed(sample, after(1))
    browser, counts = as_user(waste_head), []
    browser.get(few.get_absolute_url())
    for sample in (few, many):
        for address in (sample.get_absolute_url(), page_of(sample)):
            with CaptureQueriesContext(connection) as queries_taken:
                browser.get(address)
            counts.append(len(queries_taken))

    assert counts[:2] == counts[2:]


def test_result_list_and_sample_remark_that_water_was_kept_too_long(as_user, waste_head, owner):
    point = wastewater.EnterprisePointFactory(enterprise=owner.enterprise)
    sample = wastewater.verified(entry("BOD5", 20), entry("COD", 30), point=point, sent_on="2026-03-08")
    browser = as_user(waste_head)

    page = browser.get("/air-limbah/hasil/").content.decode()
    assert page.count("lama simpan terlampaui") == 1
    rows = browser.get("/air-limbah/hasil/", {"lama": "on"}).context["page"]
    assert [row.result.parameter.code for row in rows] == ["BOD5"]
    csv = browser.get("/air-limbah/hasil.csv", {"lama": "on"}).content.decode()
    assert csv.count("Lama simpan terlampaui") == 1
    own = as_user(owner).get(sample.get_absolute_url()).content.decode()
    assert "Putusan tidak berubah" in own
    assert "Serah terima" not in own


def test_labels_say_what_the_bottle_is_and_lead_to_its_page():
    sample = bottled("asam", sampler_name="")
    bottles = list(queries.bottles_of(sample))
    code = bottles[0].code
    facts = documents.label_facts(sample, bottles, {code: f"https://contoh.invalid/{code}"})

    assert (facts[0]["code"], facts[0]["count"], facts[0]["kind"]) == (
        code,
        "Wadah 1 dari 1",
        "Botol asam sulfat, 500 mL Plastik (PE)",
    )
    assert facts[0]["rows"][1:] == [
        ["Diambil", "2 Maret 2026 pukul 9.00 WIB"],
        ["Petugas", "……………………………"],
        ["Awetkan", "H2SO4 sampai pH < 2, dingin"],
        ["Uji", "COD, Amonia total (sebagai N), Fosfat total (sebagai P)"],
        ["Tujuan", str(sample.laboratory)],
    ]
    assert facts[0]["qr"].startswith("<?xml")


def test_hand_over_form_tells_every_step_the_withdrawn_ones_too():
    sample = bottled("umum")
    event = handed(sample, after(1), place="Kantor", temperature_c=4, note="Kotak es #1 *aman*")
    actions.withdraw_step(event=event, reason="Salah jam", by=None, at=factories.AT)
    received(sample, after(30))
    facts = documents.custody_facts(sample, at=factories.AT)

    assert [row[:4] for row in facts["steps"]["rows"]] == [
        ["02-03-2026 09.00", "Diambil", "–", "Petugas Satu"],
        ["02-03-2026 10.00", "Diserahkan ke pembawa (dibatalkan)", "Petugas Satu", "Kurir Contoh"],
        ["20-03-2026 09.00", "Catatan dibatalkan: Diserahkan ke pembawa", "–", "–"],
        ["03-03-2026 15.00", "Diterima laboratorium", "Kurir Contoh", "Analis Contoh"],
        *[[""] * 4] * 3,
    ]
    assert facts["steps"]["rows"][1][4:] == ["Kantor", "4 °C", "Kotak es #1 *aman*"]
    assert [row[0] for row in facts["holding"]["rows"] if row[3].startswith("Lama simpan terlampaui")] == [
        "Krom heksavalen (Cr-VI)"
    ]
    assert documents.custody_pdf(sample, at=factories.AT)[:5] == b"%PDF-"


def test_a_planned_sample_has_labels_but_no_form_yet(as_user, waste_officer):
    sample = bottled(state="planned", taken_at=None, planned_on="2026-03-09")
    browser = as_user(waste_officer)

    assert browser.get(f"/air-limbah/sampel/{sample.public_id}/label.pdf").content[:5] == b"%PDF-"
    assert browser.get(f"/air-limbah/sampel/{sample.public_id}/serah-terima.pdf").url == sample.get_absolute_url()
    page = browser.get(page_of(sample)).content.decode()
    assert "Catat pengambilan" in page
    assert "?langkah=" not in page
