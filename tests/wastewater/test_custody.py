"""The chain of custody: steps in order, what the database refuses by any path, and holding times."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from batikportal.contracts import Period, Scope
from tests.factories import custody as factories
from tests.factories import wastewater
from tests.raw_sql import sql
from wastewater.actions import custody as actions
from wastewater.actions import samples as sample_actions
from wastewater.alerts import custody as alerts
from wastewater.choices.custody import CustodyStep
from wastewater.models import AnalysisStart, ContainerKind, CustodyEvent, Sample
from wastewater.queries import custody as queries
from wastewater.rules import custody as rules

AT = factories.AT
TAKEN = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
REFUSED = (IntegrityError, InternalError)
bottled, handed, received, entry = factories.bottled, factories.handed, factories.received, wastewater.entry


def after(hours: float) -> datetime:
    return TAKEN + timedelta(hours=hours)


def span(first: float, last: float | None = None) -> rules.Span:
    return rules.Span(after(first), after(first if last is None else last))


@pytest.mark.parametrize(
    ("hours", "started", "received_at", "now", "expected"),
    [
        # BOD 48 h: to the start of the analysis; the last minute is still within.
        (48, 48, None, None, ("within", "analysis", None)),
        (48, 48.02, None, None, ("exceeded", "analysis", None)),
        # The start wins over the receipt.
        (48, 50, span(5), None, ("exceeded", "analysis", None)),
        # Without a start: to the receipt, and says so. Cr6 24 h.
        (24, None, span(23.9), None, ("within", "receipt", None)),
        (24, None, span(24.1), None, ("exceeded", "receipt", None)),
        # The day only: 15 to 39 hours after sampling at 09:00; both ends must agree.
        (6, None, span(15, 39), None, ("exceeded", "receipt_day", None)),
        (24, None, span(15, 39), None, ("cannot_tell", "receipt_day", "day_only")),
        (48, None, span(15, 39), None, ("within", "receipt_day", None)),
        # Nothing yet: the time runs, until it is over.
        (24, None, None, 20, ("running", "now", None)),
        (24, None, None, 25, ("exceeded", "now", None)),
        # Nothing noted although there is a result.
        (24, None, None, None, ("cannot_tell", None, "not_recorded")),
        # pH 15 minutes is measured at the place: a receipt says nothing, a noted time does.
        (0.25, None, span(5), None, ("cannot_tell", None, "on_site")),
        (0.25, 0.2, span(5), None, ("within", "analysis", None)),
        (0.25, 0.5, None, None, ("exceeded", "analysis", None)),
        # No figure in the list of methods; times the wrong way round.
        (None, 1, None, None, ("cannot_tell", None, "no_hours")),
        (48, -1, None, None, ("cannot_tell", "analysis", "out_of_order")),
    ],
)
def test_how_long_water_was_kept(hours, started, received_at, now, expected):
    kept = rules.kept(
        taken=span(0),
        allowed_hours=None if hours is None else Decimal(str(hours)),
        started=None if started is None else after(started),
        received=received_at,
        now=None if now is None else after(now),
    )

    assert (kept.state, kept.basis, kept.doubt) == expected


def test_a_sampling_time_known_by_its_day_is_told_only_when_both_ends_agree():
    day = rules.Span.day(TAKEN)
    states = [rules.kept(taken=day, allowed_hours=Decimal(48), started=after(hours)).state for hours in (40, 60, 73)]

    assert states == ["within", "cannot_tell", "exceeded"]


pytestmark = pytest.mark.django_db


def held(sample: Sample, now: datetime = AT) -> dict[str, tuple]:
    sample.refresh_from_db()
    rows = queries.holdings([sample], now).get(sample.pk, [])
    return {row.parameter.code: (row.kept.state.value, row.kept.basis and row.kept.basis.value) for row in rows}


def test_the_reference_has_a_bottle_for_every_parameter_that_travels():
    kinds = ContainerKind.objects.prefetch_related("parameters")

    assert {kind.code: sorted(one.code for one in kind.parameters.all()) for kind in kinds} == {
        "asam": ["COD", "NH3N", "TP"],
        "fenol": ["FENOL"],
        "logam": ["CD", "CR_T", "CU", "FE", "PB", "ZN"],
        "mikro": ["FCOLI", "TCOLI"],
        "minyak": ["OG"],
        "sulfida": ["SULFIDA"],
        "umum": ["BOD5", "CR6", "MBAS", "NO2N", "NO3N", "TDS", "TSS", "WARNA"],
    }


def test_from_the_point_to_the_laboratory():
    sample = bottled("umum", "asam")
    bottle = sample.containers.get(kind__code="asam")
    preserved = actions.Step(CustodyStep.PRESERVED, after(0.5), container=bottle, note="H2SO4 sampai pH 1,8")
    actions.record_step(sample=sample, step=preserved, by=None, at=AT)
    handed(sample, after(2))
    received(sample, after(5), "AL-1", temperature_c=Decimal("4.5"))

    assert list(sample.custody.order_by("pk").values_list("step", "from_name", "to_name", "happened_at")) == [
        ("taken", "", "Petugas Satu", TAKEN),
        ("preserved", "", "", after(0.5)),
        ("handed", "Petugas Satu", "Kurir Contoh", after(2)),
        ("received", "Kurir Contoh", "Analis Contoh", after(5)),
    ]
    assert (sample.state, sample.lab_number, sample.sent_on.isoformat()) == ("at_lab", "AL-1", "2026-03-02")


def test_bottles_keep_what_their_kind_said():
    bottle = bottled("asam").containers.get()
    ContainerKind.objects.filter(code="asam").update(preservation="HCl", volume_ml=1)

    bottle.refresh_from_db()
    assert (bottle.volume_ml, bottle.preservation, bottle.material) == (500, "H2SO4 sampai pH < 2, dingin", "plastic")
    assert len(bottle.code) == 8


def test_bottles_are_chosen_anew_until_the_first_step():
    sample = bottled("umum")
    actions.remove_containers(sample=sample, by=None)
    actions.prepare_containers(
        sample=sample, laboratory=sample.laboratory, kinds={factories.kind("asam"): 2}, by=None, at=AT
    )
    assert list(sample.containers.values_list("position", "kind__code")) == [(1, "asam"), (2, "asam")]
    handed(sample, after(1))
    with pytest.raises(actions.CustodyRefused, match="sudah diserahterimakan"):
        actions.remove_containers(sample=sample, by=None)
    with pytest.raises(REFUSED):
        sql("DELETE FROM wastewater_samplecontainer_parameters; DELETE FROM wastewater_samplecontainer")


def test_steps_out_of_order_are_refused_with_a_reason():
    sample = bottled()
    with pytest.raises(actions.CustodyRefused, match="masih di depan"):
        handed(sample, AT + timedelta(hours=1))
    with pytest.raises(actions.CustodyRefused, match="tidak boleh lebih awal"):
        handed(sample, after(-1))
    assert not CustodyEvent.objects.exists()
    handed(sample, after(3))
    with pytest.raises(actions.CustodyRefused, match="Diserahkan ke pembawa"):
        received(sample, after(2))
    received(sample, after(4))
    with pytest.raises(actions.CustodyRefused, match="tidak mungkin"):
        received(sample, after(5))
    with pytest.raises(actions.CustodyRefused, match="tidak mungkin"):
        handed(sample, after(5))


def test_another_laboratory_does_not_receive_what_is_at_the_first():
    sample = bottled()
    sample_actions.send_to_lab(sample=sample, laboratory=sample.laboratory, sent_on=TAKEN.date(), by=None, at=AT)
    sample.laboratory = wastewater.LaboratoryFactory()
    step = actions.Step(CustodyStep.RECEIVED, after(5), "Kurir", "Analis")
    with pytest.raises(actions.CustodyRefused, match="Pilih laboratorium itu"):
        actions.receive_at_laboratory(sample=sample, laboratory=sample.laboratory, step=step, by=None, at=AT)
    assert not CustodyEvent.objects.exists()


def test_a_mistake_is_withdrawn_last_first_and_stays_readable():
    sample = bottled()
    first, second = handed(sample, after(1)), handed(sample, after(20), to_name="Orang lain")
    with pytest.raises(actions.CustodyRefused, match="Hanya langkah terakhir"):
        actions.withdraw_step(event=first, reason="Salah", by=None, at=AT)
    with pytest.raises(actions.CustodyRefused, match="Tulis mengapa"):
        actions.withdraw_step(event=second, reason=" ", by=None, at=AT)
    actions.withdraw_step(event=second, reason="Salah jam", by=None, at=AT)
    received(sample, after(4))

    assert [event.step for event in queries.steps_of(sample)] == ["taken", "handed", "handed", "withdrawn", "received"]
    assert queries.last_move(sample).happened_at == after(4)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE wastewater_custodyevent SET to_name = 'lain'",
        "DELETE FROM wastewater_custodyevent",
        "UPDATE wastewater_samplecontainer SET code = 'LAIN'",
    ],
)
def test_what_was_written_stays_by_raw_sql(statement):
    handed(bottled(), after(1))
    with pytest.raises(REFUSED):
        sql(statement)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"step": "received", "happened_at": after(1)}, "before the one before it"),
        ({"step": "taken"}, "step taken cannot follow handed"),
        ({"happened_at": AT + timedelta(days=1)}, "custody_not_in_the_future"),
        ({"from_name": ""}, "custody_names_both_hands"),
        ({"to_name": ""}, "custody_names_both_hands"),
        ({"temperature_c": 90}, "custody_temperature_on_earth"),
        ({"step": "rejected", "note": ""}, "custody_says_why"),
        ({"step": "preserved", "note": ""}, "custody_says_why"),
        ({"step": "withdrawn", "note": "x"}, "only the last step is withdrawn"),
        ({"container": "own"}, "custody_bottles_travel_together"),
        ({"step": "preserved", "note": "x", "container": "other"}, "belongs to another sample"),
    ],
)
def test_the_database_refuses_an_untrue_step(wrong, told):
    sample, other = bottled("umum"), bottled("umum")
    handed(sample, after(2))
    facts = {
        "sample": sample,
        "step": "handed",
        "happened_at": after(3),
        "from_name": "A",
        "to_name": "B",
        "created_at": AT,
    }
    bottles = {"own": sample.containers.get(), "other": other.containers.get()}
    wrong = {name: bottles[value] if name == "container" else value for name, value in wrong.items()}
    with pytest.raises(REFUSED, match=told), transaction.atomic():
        CustodyEvent.objects.create(**facts | wrong)
    CustodyEvent.objects.create(**facts)


def test_a_step_names_the_one_that_it_withdraws_only_if_it_withdraws():
    sample = bottled()
    last = handed(sample, after(2))
    facts = {"sample": sample, "happened_at": after(3), "from_name": "A", "to_name": "B", "created_at": AT, "note": "x"}
    with pytest.raises(REFUSED, match="custody_withdrawal_names_its_step"), transaction.atomic():
        CustodyEvent.objects.create(**facts, step="received", withdraws=last)


@pytest.mark.parametrize(
    ("changes", "told"),
    [("position = 1", "container_position_once"), ("position = 3, volume_ml = 0", "container_volume")],
)
def test_the_database_refuses_an_untrue_bottle(changes, told):
    sample = bottled("umum", "asam")
    columns = "sample_id, kind_id, material, preservation, max_temperature_c, source"
    place = dict(part.split(" = ") for part in changes.split(", "))
    with pytest.raises(REFUSED, match=told):
        sql(
            f"INSERT INTO wastewater_samplecontainer (public_id, code, position, volume_ml, {columns})"
            f" SELECT gen_random_uuid(), 'LAIN2345', %s, %s, {columns} FROM wastewater_samplecontainer"
            " WHERE sample_id = %s AND position = 1",
            place["position"], place.get("volume_ml", 500), sample.pk,
        )  # fmt: skip


def test_nothing_follows_a_rejected_sample_and_nothing_is_added_to_a_verified_one():
    rejected = bottled()
    step = actions.Step(CustodyStep.REJECTED, after(3), note="Botol pecah")
    actions.record_step(sample=rejected, step=step, by=None, at=AT)
    with pytest.raises(actions.CustodyRefused, match="tidak mungkin"):
        received(rejected, after(4))
    settled = wastewater.verified(entry("COD", 100))
    with pytest.raises(actions.CustodyRefused, match="sudah diverifikasi"):
        handed(settled, after(4))
    with pytest.raises(actions.CustodyRefused, match="sudah diverifikasi"):
        actions.record_analysis_starts(sample=settled, starts={wastewater.parameter("COD"): after(4)}, by=None, at=AT)
    with pytest.raises(REFUSED), transaction.atomic():
        CustodyEvent.objects.create(sample=settled, step="taken", happened_at=TAKEN, created_at=AT)
    with pytest.raises(REFUSED), transaction.atomic():
        AnalysisStart.objects.create(sample=settled, parameter=wastewater.parameter("COD"), started_at=after(4))


def test_one_bottle_rejected_leaves_the_others_on_their_way():
    sample = bottled("umum", "asam")
    bottle = sample.containers.get(kind__code="asam")
    step = actions.Step(CustodyStep.REJECTED, after(3), container=bottle, note="Bocor")
    handed(sample, after(1))
    actions.record_step(sample=sample, step=step, by=None, at=AT)
    received(sample, after(4))

    assert queries.last_move(sample).step == "received"


def test_holding_times_follow_what_is_noted():
    sample = bottled("umum", "mikro")
    assert held(sample, after(5))["FCOLI"] == ("running", "now")
    assert held(sample, after(7))["FCOLI"] == ("exceeded", "now")
    received(sample, after(26))
    assert held(sample)["CR6"] == ("exceeded", "receipt")
    assert held(sample)["BOD5"] == ("within", "receipt")
    starts = {wastewater.parameter("BOD5"): after(47), wastewater.parameter("WARNA"): after(49)}
    actions.record_analysis_starts(sample=sample, starts=starts, by=None, at=AT)
    assert held(sample)["BOD5"] == ("within", "analysis")
    assert held(sample)["WARNA"] == ("exceeded", "analysis")
    actions.record_analysis_starts(sample=sample, starts={wastewater.parameter("WARNA"): after(40)}, by=None, at=AT)
    assert held(sample)["WARNA"] == ("within", "analysis")


@pytest.mark.parametrize(
    ("at", "message"), [(AT + timedelta(hours=1), "masih di depan"), (after(-1), "sebelum air diambil")]
)
def test_an_analysis_begins_after_sampling_and_not_in_the_future(at, message):
    sample, starts = bottled(), {wastewater.parameter("BOD5"): at}
    with pytest.raises(actions.CustodyRefused, match=message):
        actions.record_analysis_starts(sample=sample, starts=starts, by=None, at=AT)


def test_the_database_knows_that_no_analysis_precedes_its_water():
    with pytest.raises(REFUSED), transaction.atomic():
        AnalysisStart.objects.create(
            sample=bottled(), parameter=wastewater.parameter("COD"), started_at=after(-1), created_at=AT
        )


def test_the_method_of_the_result_decides_and_the_sending_day_counts_without_a_receipt():
    sample = wastewater.resulted(
        entry("FCOLI", 100, unit="MPN/100 mL"), entry("COD", 100, method="SNI 6989.73:2019"), entry("PH", "7.1")
    )
    assert held(sample) == {
        "FCOLI": ("cannot_tell", None),
        "COD": ("cannot_tell", None),
        "PH": ("cannot_tell", None),
    }
    Sample.objects.filter(pk=sample.pk).update(sent_on="2026-03-03")
    assert held(sample)["FCOLI"] == ("exceeded", "receipt_day")
    assert held(sample)["COD"] == ("within", "receipt_day")
    assert held(sample)["PH"] == ("cannot_tell", None)


def test_kept_too_long_never_changes_a_verdict():
    sample = wastewater.resulted(entry("BOD5", 20), sent_on="2026-03-12")
    assert held(sample)["BOD5"] == ("exceeded", "receipt_day")

    assert (sample.meets_count, sample.exceeds_count) == (1, 0)


def test_the_filter_in_sql_says_what_the_rule_says():
    """Every combination of what may be noted, compared with the rule in Python."""
    midnight = datetime(2026, 3, 1, 17, 0, tzinfo=UTC)
    for taken_at in (TAKEN, midnight):
        for sent_on in (None, "2026-03-02", "2026-03-03", "2026-03-05"):
            for receipt, start in ((None, None), (20, None), (30, None), (80, None), (10, 60), (30, 30)):
                sample = bottled("umum", "mikro", taken_at=taken_at)
                if receipt:
                    received(sample, taken_at + timedelta(hours=receipt))
                if start:
                    starts = {wastewater.parameter("BOD5"): taken_at + timedelta(hours=start)}
                    actions.record_analysis_starts(sample=sample, starts=starts, by=None, at=AT)
                results = [entry("BOD5", 20), entry("CR6", 1), entry("PH", 7)]
                resulted = receipt == 30
                if resulted:
                    sample_actions.record_results(sample=sample, entries=results, by=None, at=AT)
                if sent_on and not receipt:
                    Sample.objects.filter(pk=sample.pk).update(sent_on=sent_on)
    now = after(50)
    told = queries.holdings(Sample.objects.all(), now)
    by_rule = {pk for pk, rows in told.items() if any(row.kept.is_exceeded for row in rows)}
    by_sql = set(queries.samples_kept_too_long(Sample.objects.all(), now).values_list("pk", flat=True))

    assert by_sql == by_rule
    assert 0 < len(by_rule) < Sample.objects.count()
    marked = {
        key for key, kept in queries.marks(Sample.objects.filter(state="resulted"), now).items() if kept.is_exceeded
    }
    assert set(queries.results_kept_too_long().values_list("sample", "parameter")) == marked


def test_warm_bottles_are_named():
    sample = bottled("umum", "mikro", "logam")
    received(sample, after(3), temperature_c=Decimal(8))

    assert [bottle.kind.code for bottle in queries.warm_on_arrival(sample)] == ["umum"]


def test_alerts_for_the_section():
    scope = Scope(Period(AT.date(), AT.date()), None, AT.date())
    late, on_time = wastewater.SampleFactory(), bottled("logam")
    received(on_time, after(2))
    broken = bottled("umum")
    received(broken, after(72))

    found = alerts.find_long_on_the_way(scope)
    assert [(one.subject, one.due_on.isoformat()) for one in found.items] == [(str(late), "2026-03-03")]
    kept = alerts.find_kept_too_long(scope)
    assert [(one.subject, one.due_on.isoformat()) for one in kept.items] == [(str(broken), "2026-03-05")]
    assert "BOD" in kept.items[0].detail
    wastewater_alerts = {rule.code: (rule.office, rule.permission) for rule in alerts.ALERTS}
    assert set(wastewater_alerts.values()) == {("dlh", "wastewater.view_any_sample")}


@pytest.mark.django_db(transaction=True)
def test_two_phones_receive_at_once_and_one_of_them_is_told():
    sample = bottled("umum")
    start, told = Barrier(2), []

    def receive(name: str) -> None:
        start.wait()
        try:
            factories.received(Sample.objects.get(pk=sample.pk), after(5), to_name=name)
            told.append("received")
        except actions.CustodyRefused as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    threads = [Thread(target=receive, args=[name]) for name in ("Analis A", "Analis B")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(told) == [
        "Sesudah “Diterima laboratorium” langkah “Diterima laboratorium” tidak mungkin. Muat ulang halaman ini.",
        "received",
    ]
    assert list(CustodyEvent.objects.order_by("pk").values_list("step", flat=True)) == ["taken", "received"]
