"""Connections of enterprises to plants: actions, list, CSV and the import sheet."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from batikportal.imports.choices import Outcome
from batikportal.imports.contract import Context, Row
from tests.factories import portal
from tests.factories import wastewater as factories
from wastewater import models
from wastewater.actions import connections as actions
from wastewater.sheets import connections as sheet

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
FIRST = date(2026, 1, 1)


def url(name: str, *args) -> str:
    return reverse(f"wastewater:{name}", args=args)


def spans() -> list[tuple]:
    rows = models.Connection.objects.order_by("valid_from")
    return list(rows.values_list("declared_m3_per_day", "valid_from", "valid_until"))


def test_connecting_twice_is_refused_with_the_way_out():
    old = factories.ConnectionFactory(valid_from=FIRST)
    with pytest.raises(actions.ConnectionRefused, match=r"sejak 1 Januari 2026\. Ubah volumenya"):
        actions.connect_enterprise(
            plant=old.plant,
            enterprise=old.enterprise,
            declared_m3_per_day=Decimal(2),
            valid_from=date(2026, 5, 1),
            by=None,
        )
    assert models.Connection.objects.count() == 1


def test_another_volume_ends_the_row_the_day_before():
    old = factories.ConnectionFactory(declared_m3_per_day=Decimal(3), valid_from=FIRST, valid_until=date(2026, 12, 31))
    actions.change_volume(connection=old, declared_m3_per_day=Decimal(5), from_on=date(2026, 6, 1), by=None)
    assert spans() == [
        (Decimal(3), FIRST, date(2026, 5, 31)),
        (Decimal(5), date(2026, 6, 1), date(2026, 12, 31)),
    ]


def test_another_volume_from_the_first_day_corrects_in_place():
    old = factories.ConnectionFactory(declared_m3_per_day=Decimal(3), valid_from=FIRST)
    actions.change_volume(connection=old, declared_m3_per_day=Decimal(4), from_on=FIRST, by=None)
    assert spans() == [(Decimal(4), FIRST, None)]


@pytest.mark.parametrize(
    ("volume", "day", "sentence"),
    [(5, date(2025, 12, 31), "baru mulai"), (5, date(2027, 1, 1), "sudah berakhir"), (3, date(2026, 6, 1), "sama")],
)
def test_another_volume_outside_the_connection_is_refused(volume, day, sentence):
    old = factories.ConnectionFactory(declared_m3_per_day=Decimal(3), valid_from=FIRST, valid_until=date(2026, 12, 31))
    with pytest.raises(actions.ConnectionRefused, match=sentence):
        actions.change_volume(connection=old, declared_m3_per_day=Decimal(volume), from_on=day, by=None)
    assert spans() == [(Decimal(3), FIRST, date(2026, 12, 31))]


def test_ending_keeps_the_reason():
    old = factories.ConnectionFactory(valid_from=FIRST)
    with pytest.raises(actions.ConnectionRefused, match="Tulis alasan"):
        actions.end_connection(connection=old, last_on=date(2026, 6, 30), reason=" ", by=None)
    done = actions.end_connection(connection=old, last_on=date(2026, 6, 30), reason="Usaha tutup", by=None)
    assert (done.valid_until, done.note) == (date(2026, 6, 30), "Usaha tutup")


def test_pages_connect_change_and_end(as_user, waste_officer):
    plant = factories.TreatmentPlantFactory(code="contoh")
    enterprise = portal.EnterpriseFactory(name="Batik Sambungan")
    browser = as_user(waste_officer)
    new = url("connection-new")
    form = browser.get(new, {"ipal": "contoh", "usaha": enterprise.registration_number}).context["form"]
    assert (form.initial["plant"], form.initial["enterprise"]) == (plant, enterprise)
    data = {
        "enterprise": "batik sambungan",
        "plant": "contoh",
        "declared_m3_per_day": "3,5",
        "valid_from": "2026-02-01",
    }
    assert browser.post(new, data).status_code == 302
    made = models.Connection.objects.get()
    assert (made.enterprise, made.declared_m3_per_day, made.created_by) == (enterprise, Decimal("3.5"), waste_officer)
    again = browser.post(new, data)
    assert "sudah tersambung" in str(again.context["form"].non_field_errors())
    change = url("connection-volume", made.public_id)
    assert browser.post(change, {"declared_m3_per_day": "4", "from_on": "2026-03-01"}).status_code == 302
    last = models.Connection.objects.get(valid_until=None)
    end = url("connection-end", last.public_id)
    assert browser.post(end, {"last_on": "2026-04-30", "reason": "Pindah"}).status_code == 302
    assert spans() == [
        (Decimal("3.5"), date(2026, 2, 1), date(2026, 2, 28)),
        (Decimal(4), date(2026, 3, 1), date(2026, 4, 30)),
    ]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"declared_m3_per_day": "0"}, "declared_m3_per_day"),
        ({"declared_m3_per_day": "banyak"}, "declared_m3_per_day"),
        ({"enterprise": "Tidak Ada"}, "enterprise"),
        ({"plant": "tidak-ada"}, "plant"),
        ({"valid_from": "31 Februari"}, "valid_from"),
    ],
)
def test_bad_input_is_told_at_its_field(as_user, waste_officer, data, field):
    factories.TreatmentPlantFactory(code="contoh")
    enterprise = portal.EnterpriseFactory()
    good = {"enterprise": enterprise.registration_number, "plant": "contoh", "declared_m3_per_day": "3",
            "valid_from": "2026-02-01"}  # fmt: skip
    response = as_user(waste_officer).post(url("connection-new"), good | data)
    assert list(response.context["form"].errors) == [field]
    assert not models.Connection.objects.exists()


def test_list_searches_and_csv_has_the_same_rows(as_user, leader):
    krapyak = portal.ward("Krapyak")
    open_one = factories.ConnectionFactory(enterprise__name="Batik Tulip", plant__code="satu", declared_m3_per_day=2)
    ended = factories.ConnectionFactory(
        enterprise__name="Batik Lama", enterprise__ward=krapyak, plant=open_one.plant, valid_until=date(2025, 6, 1)
    )
    coming = factories.ConnectionFactory(enterprise__name="Batik Nanti", valid_from=date(2999, 1, 1))
    browser = as_user(leader)

    def found(**query) -> set:
        return {row.pk for row in browser.get(url("connection-list"), query).context["page"]}

    assert found() == {open_one.pk}
    assert found(masa="berakhir") == {ended.pk}
    assert found(masa="akan") == {coming.pk}
    assert found(masa="semua", ipal="satu") == {open_one.pk, ended.pk}
    assert found(masa="semua", kecamatan=krapyak.parent.code) == {ended.pk}
    assert found(masa="semua", cari="nanti") == {coming.pk}
    assert found(cari=open_one.enterprise.registration_number) == {open_one.pk}
    lines = browser.get(url("connection-export"), {"masa": "semua"}).content.decode().splitlines()
    assert len(lines) == 4
    assert browser.get(url("connection-list")).context["sums"] == {"enterprises": 1, "declared_m3_per_day": Decimal(2)}


def test_an_officer_of_another_district_finds_no_connection(as_user, waste_officer):
    own = factories.ConnectionFactory(enterprise__ward=portal.ward("Kauman"))
    other = factories.ConnectionFactory(enterprise__ward=portal.ward("Krapyak"))
    roles = waste_officer._meta.apps.get_model("batikportal.RoleAssignment")
    roles.objects.filter(user=waste_officer).update(area=own.enterprise.ward.parent)
    browser = as_user(waste_officer)
    assert browser.get(url("connection-volume", own.public_id)).status_code == 200
    assert browser.get(url("connection-volume", other.public_id)).status_code == 404


# The import sheet


def row(line: int, enterprise, plant: str, volume: str, since: date, until: date | None = None) -> Row:
    values = {
        "enterprise": enterprise if isinstance(enterprise, str) else enterprise.registration_number,
        "plant": plant,
        "declared_m3_per_day": Decimal(volume),
        "valid_from": since,
        "valid_until": until,
        "note": None,
    }
    return Row(line=line, values=values)


def run(rows: list[Row], by) -> list[str]:
    ctx = Context(
        sheet=sheet.SHEET, by=by, at=AT, columns=frozenset(sheet.SHEET.by_name), run_id=1, file_name="sambungan.csv"
    )
    sheet.check_connections(rows, ctx)
    sheet.apply_connections([one for one in rows if one.outcome in (Outcome.NEW, Outcome.CHANGED)], ctx)
    return [str(one.outcome) for one in rows]


def test_sheet_adds_corrects_and_changes_volumes(waste_officer):
    known = factories.ConnectionFactory(plant__name="IPAL Satu", declared_m3_per_day=Decimal(3), valid_from=FIRST)
    corrected = factories.ConnectionFactory(plant=known.plant, declared_m3_per_day=Decimal(1), valid_from=FIRST)
    new = portal.EnterpriseFactory()
    outcomes = run(
        [
            row(2, known.enterprise, "ipal satu", "6", date(2026, 7, 1)),
            row(3, corrected.enterprise, known.plant.code, "2", FIRST),
            row(4, new, "IPAL Satu", "1.5", date(2026, 2, 1)),
            row(5, new, "IPAL Satu", "2.5", date(2026, 5, 1)),
            row(6, known.enterprise, "IPAL Satu", "3", FIRST),
        ],
        waste_officer,
    )
    assert outcomes == [Outcome.NEW, Outcome.CHANGED, Outcome.NEW, Outcome.NEW, Outcome.SAME]
    found = models.Connection.objects.order_by("enterprise", "valid_from").values_list(
        "enterprise", "declared_m3_per_day", "valid_from", "valid_until"
    )
    assert list(found) == [
        (known.enterprise_id, Decimal(3), FIRST, date(2026, 6, 30)),
        (known.enterprise_id, Decimal(6), date(2026, 7, 1), None),
        (corrected.enterprise_id, Decimal(2), FIRST, None),
        (new.pk, Decimal("1.5"), date(2026, 2, 1), date(2026, 4, 30)),
        (new.pk, Decimal("2.5"), date(2026, 5, 1), None),
    ]


def test_sheet_refuses_what_it_cannot_place(waste_officer):
    known = factories.ConnectionFactory(valid_from=FIRST, valid_until=date(2026, 12, 31))
    rows = [
        row(2, known.enterprise, known.plant.name, "6", date(2026, 7, 1)),
        row(3, "PKL-999999", known.plant.name, "6", FIRST),
        row(4, known.enterprise, "IPAL Antah", "6", FIRST),
        row(5, known.enterprise, known.plant.name, "6", date(2027, 2, 1), date(2027, 1, 1)),
    ]
    run(rows, waste_officer)
    assert [list(one.errors) for one in rows] == [["valid_from"], ["enterprise"], ["plant"], ["valid_until"]]
    assert models.Connection.objects.count() == 1
