"""The sheet of enterprises: found by registration number or NIB, never doubled, never blanked by an empty cell."""

import pytest
from django.db import connection

from batikportal import sheets
from batikportal.imports.choices import RunState
from batikportal.imports.queries import Preview
from batikportal.models import Enterprise, EnterpriseIdentifier
from tests.batikportal.importing import applied, checked
from tests.batikportal.spreadsheets import csv_bytes
from tests.factories import portal as factories

ENTERPRISES = sheets.SHEETS[0]
HEADER = [
    "Nama usaha", "Nama pemilik", "L/P", "Kelurahan", "Alamat", "Jenis batik", "Tenaga kerja", "NIB", "No HP",
    "Tahun berdiri", "No registrasi",
]  # fmt: skip
NIB = "0123456789012"


def line(**changes):
    values = {
        "name": "Batik Uji", "owner": "Siti", "sex": "P", "ward": "Kauman", "address": "Jl. Uji 1",
        "techniques": "tulis, cap", "workers": "12", "nib": NIB, "phone": "0812-3456-7890", "year": "1998",
        "number": "",
    } | changes  # fmt: skip
    return list(values.values())


def data(*lines) -> bytes:
    return csv_bytes([HEADER, *lines])


def errors(run) -> dict[int, dict]:
    return dict(run.rows.exclude(errors={}).values_list("line", "errors"))


def test_new_enterprise_waits_for_verification_with_its_number(data_clerk, now):
    run = applied(data_clerk, now, [], sheet=ENTERPRISES, data=data(line()))
    assert run.state == RunState.APPLIED, run.problem
    enterprise = Enterprise.objects.get()
    assert (enterprise.name, enterprise.owner_sex, enterprise.ward.name) == ("Batik Uji", "F", "Kauman")
    assert (enterprise.techniques, enterprise.workers_count) == (["tulis", "cap"], 12)
    assert (enterprise.phone, enterprise.established_year) == ("+6281234567890", 1998)
    assert (enterprise.status, enterprise.source, enterprise.created_by) == ("pending", "import", data_clerk)
    assert enterprise.registration_number.startswith("PKL-")
    assert (enterprise.identifiers.get().value, enterprise.identifiers.get().source) == (NIB, "import")


@pytest.mark.parametrize("ward", ["Kauman", "kauman", "Kel. Kauman", "Kelurahan KAUMAN", "code", "bps_code"])
def test_ward_by_name_prefix_or_code(data_clerk, now, ward):
    area = factories.ward("Kauman")
    run = checked(data_clerk, now, [], sheet=ENTERPRISES, data=data(line(ward=getattr(area, ward, ward))))
    assert run.rows.get().found["ward"] == area.pk


def test_ward_by_every_alias_of_the_reference_data(data_clerk, now):
    wards = [ward for ward in type(factories.ward()).objects.filter(level="ward") if ward.aliases]
    assert wards
    lines = [line(name=f"Batik {n}", nib="", ward=ward.aliases[0]) for n, ward in enumerate(wards)]
    run = checked(data_clerk, now, [], sheet=ENTERPRISES, data=data(*lines))
    assert [row.found["ward"] for row in run.rows.order_by("line")] == [ward.pk for ward in wards]


def test_unknown_ward_and_future_year_are_refused(data_clerk, now):
    run = checked(data_clerk, now, [], sheet=ENTERPRISES, data=data(line(ward="Solo"), line(nib="", year="2099")))
    assert errors(run) == {
        2: {"ward": ["Kelurahan “Solo” tidak dikenal di Kota Pekalongan. Tulis nama atau kodenya."]},
        3: {"established_year": ["Tahun berdiri tidak boleh di masa depan."]},
    }


def test_same_rows_again_change_nothing(data_clerk, now):
    applied(data_clerk, now, [], sheet=ENTERPRISES, data=data(line()))
    run = checked(data_clerk, now, [], sheet=ENTERPRISES, data=data(line(techniques="Batik cap, Batik tulis")))
    assert (run.same_count, run.rows_count) == (1, 1)


@pytest.mark.parametrize("by", ["nib", "number"])
def test_known_enterprise_is_changed_by_nib_or_registration_number(data_clerk, now, by):
    known = factories.EnterpriseFactory(nib=NIB, name="Lama", address="Jl. Lama", workers_count=4)
    keys = {"nib": NIB} if by == "nib" else {"nib": "", "number": known.registration_number.lower()}
    run = applied(data_clerk, now, [], sheet=ENTERPRISES, data=data(line(**keys, address="", workers="20")))
    assert (run.state, run.changed_count, Enterprise.objects.count()) == (RunState.APPLIED, 1, 1)
    known.refresh_from_db()
    assert (known.name, known.address, known.workers_count) == ("Batik Uji", "Jl. Lama", 20)
    assert run.rows.get().before["name"] == "Lama"
    assert known.status == "active"


def test_new_nib_replaces_an_unverified_one_and_never_a_verified_one(data_clerk, now):
    loose = factories.EnterpriseFactory(nib="1111111111111")
    firm = factories.EnterpriseFactory(nib="2222222222222")
    EnterpriseIdentifier.objects.filter(enterprise=firm).update(verified_at=now, verified_by=data_clerk)
    run = applied(
        data_clerk, now, [], sheet=ENTERPRISES,
        data=data(
            line(number=loose.registration_number, nib="3333333333333"),
            line(number=firm.registration_number, nib="4444444444444"),
        ),
    )  # fmt: skip
    assert list(errors(run)) == [3]
    assert list(loose.identifiers.values_list("value", flat=True)) == ["3333333333333"]
    assert list(firm.identifiers.values_list("value", flat=True)) == ["2222222222222"]


def test_rows_that_would_double_or_contradict_are_refused(data_clerk, now):
    known = factories.EnterpriseFactory(nib=NIB, name="Batik Kembar")
    other = factories.EnterpriseFactory(nib="5555555555555")
    merged = factories.EnterpriseFactory()
    Enterprise.objects.filter(pk=merged.pk).update(status="merged", merged_into=known)
    run = checked(
        data_clerk, now, [], sheet=ENTERPRISES,
        data=data(
            line(nib="", name="BATIK KEMBAR"),
            line(nib="5555555555555", number=known.registration_number),
            line(nib="", number="PKL-999999"),
            line(nib="", number=merged.registration_number),
            line(nib="", name="Batik Baru"),
            line(nib="", name="Batik  baru"),
        ),
    )  # fmt: skip
    found = errors(run)
    assert known.registration_number in found[2]["name"][0]
    assert other.name in found[3]["nib"][0]
    assert "PKL-999999 tidak ditemukan" in found[4]["registration_number"][0]
    assert "sudah digabung" in found[5][""][0]
    assert list(found) == [2, 3, 4, 5, 7]


def test_namesake_with_another_nib_is_another_enterprise_but_one_without_may_be_the_same(data_clerk, now):
    factories.EnterpriseFactory(nib="5555555555555", name="Batik Jaya")
    loose = factories.EnterpriseFactory(name="Batik Makmur")
    run = checked(
        data_clerk, now, [], sheet=ENTERPRISES,
        data=data(line(name="Batik Jaya", nib="6666666666666"), line(name="Batik Makmur", nib="7777777777777")),
    )  # fmt: skip
    assert run.new_count == 1
    assert loose.registration_number in errors(run)[3]["name"][0]


def test_enterprise_outside_ones_area_is_refused(now, db):
    far = factories.EnterpriseFactory(nib=NIB, ward=factories.ward("Kauman"))
    clerk = factories.StaffFactory(role="data_clerk")
    clerk.role_assignments.update(area=far.ward.parent.parent.children.exclude(pk=far.ward.parent_id).first())
    run = checked(clerk, now, [], sheet=ENTERPRISES, data=data(line()))
    assert errors(run) == {2: {"": ["Usaha ini di luar wilayah kerja Anda."]}}


def test_preview_shows_labels_for_codes_and_local_phone_numbers(data_clerk, now):
    run = checked(data_clerk, now, [], sheet=ENTERPRISES, data=data(line()))
    (shown,) = Preview(run, ENTERPRISES).show(run.rows.all())
    texts = {cell.label: cell.text for cell in shown.cells}
    assert texts["Jenis kelamin pemilik"] == "Perempuan"
    assert texts["Teknik"] == "Batik tulis, Batik cap"
    assert texts["Nomor HP"] == "0812-3456-7890"


def test_thousand_enterprises_take_a_handful_of_queries(data_clerk, now):
    from django.test.utils import CaptureQueriesContext

    lines = [line(name=f"Batik {n}", nib=f"{n:013d}") for n in range(1000)]
    with CaptureQueriesContext(connection) as queries:
        run = applied(data_clerk, now, [], sheet=ENTERPRISES, data=data(*lines))
    assert (run.state, Enterprise.objects.count()) == (RunState.APPLIED, 1000)
    assert len(queries) < 70
