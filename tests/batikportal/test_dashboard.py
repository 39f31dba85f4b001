"""The dashboard: what is shown to whom, against which target, and what a wrong question or a broken figure does."""

import logging
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from batikportal.contracts import Period, Reading, Scope
from batikportal.dashboard import districts, figures, periods, summary, work
from batikportal.models import Area, Target
from tests.batikportal.contributions import alert, broken, indicator, reading, rule
from tests.factories import portal as factories

TODAY = date(2026, 11, 23)
YEAR = Scope(Period(date(2026, 1, 1), TODAY), None, TODAY)


def district(name="Pekalongan Utara") -> Area:
    return Area.objects.get(name=name, level="district")


def target(value, *, code="workforce.protected", year=2026, area=None) -> Target:
    return Target.objects.create(indicator=code, year=year, area=area, value=value, basis="RPJMD 2025–2029")


# Periods


@pytest.mark.parametrize(
    ("code", "start", "end"),
    [
        ("bulan", date(2026, 11, 1), TODAY),
        ("triwulan", date(2026, 10, 1), TODAY),
        ("tahun", date(2026, 1, 1), TODAY),
        ("12-bulan", date(2025, 12, 1), TODAY),
        ("tahun-lalu", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_named_period_is_reckoned_from_today(code, start, end):
    assert periods.named(code, TODAY) == Period(start, end)


def test_named_periods_hold_on_the_first_day_and_on_leap_day():
    assert periods.named("12-bulan", date(2027, 1, 1)) == Period(date(2026, 2, 1), date(2027, 1, 1))
    assert periods.named("triwulan", date(2028, 2, 29)) == Period(date(2028, 1, 1), date(2028, 2, 29))


def test_chosen_period_dates_win_only_where_they_differ_from_the_named_one():
    november = periods.named("bulan", TODAY)
    assert periods.chosen("bulan", november.start, november.end, TODAY) == ("bulan", november)
    assert periods.chosen("bulan", date(2026, 3, 1), november.end, TODAY) == ("", Period(date(2026, 3, 1), TODAY))
    assert periods.chosen("", None, None, TODAY) == ("12-bulan", periods.named("12-bulan", TODAY))
    assert periods.chosen("", None, date(2025, 6, 30), TODAY) == ("", Period(date(2024, 7, 1), date(2025, 6, 30)))


@pytest.mark.parametrize(
    ("start", "end"),
    [(date(2026, 5, 2), date(2026, 5, 1)), (date(1, 1, 1), TODAY), (TODAY, date(9999, 12, 31))],
)
def test_period_refuses_dates_that_make_none(start, end):
    with pytest.raises(periods.PeriodRefused):
        periods.between(start, end, TODAY)


# Figures


def test_figure_is_judged_by_direction(db):
    goal = Target(value=Decimal(40), year=2026, area=None)
    more, less = indicator(value=41), indicator(value=41, direction="down")
    assert figures.figure_of(more, YEAR, goal).is_reached is True
    assert figures.figure_of(less, YEAR, goal).is_reached is False
    assert figures.figure_of(replace(more, direction="none"), YEAR, goal).is_reached is None


def test_figure_is_not_judged_without_data_or_below_minimum_completeness(db):
    goal = Target(value=Decimal(40), year=2026, area=None)
    empty = figures.figure_of(indicator(answer=Reading(None)), YEAR, goal)
    thin = figures.figure_of(indicator(answer=reading(99, completeness=0.79)), YEAR, goal)
    enough = figures.figure_of(indicator(answer=reading(99, completeness=0.8)), YEAR, goal)
    assert [one.is_reached for one in (empty, thin, enough)] == [None, None, True]
    assert "Dinperinaker" in empty.missing_note
    assert "79%" in thin.missing_note


@pytest.mark.parametrize(
    ("unit", "start", "in_district", "judged"),
    [
        ("%", date(2026, 11, 1), False, True),
        ("%", date(2026, 11, 1), True, True),
        ("orang", date(2026, 1, 1), False, True),
        ("orang", date(2025, 12, 1), False, True),
        ("orang", date(2026, 11, 1), False, False),
        ("orang", date(2026, 1, 1), True, False),
    ],
)
def test_yearly_count_of_the_city_judges_neither_a_month_nor_a_district(db, unit, start, in_district, judged):
    scope = Scope(Period(start, TODAY), district() if in_district else None, TODAY)
    figure = figures.figure_of(indicator(value=10, unit=unit), scope, Target(value=Decimal(40), year=2026, area=None))
    assert (figure.is_reached is not None) is judged
    assert (figure.card_target is not None) is judged


def test_city_target_in_a_district_says_that_it_is_the_citys(db):
    scope = replace(YEAR, area=district())
    figure = figures.figure_of(indicator(), scope, Target(value=Decimal(40), year=2026, area=None))
    own = figures.figure_of(indicator(), scope, Target(value=Decimal(40), year=2026, area=district()))
    assert figure.goal.label == "Target kota 2026"
    assert "target kota" in figure.card_reading.note
    assert own.goal.label == "Target 2026"
    assert own.card_reading.note == ""


@pytest.mark.parametrize(
    "wrong",
    ["41", {"value": 41}, Reading("41"), Reading(True), Reading(float("nan")), Reading(1, trend=[("Jan", "1")])],
)
def test_reading_that_breaks_the_contract_is_a_failed_figure(db, wrong, caplog):
    with caplog.at_level(logging.ERROR):
        figure = figures.figure_of(indicator(answer=wrong), YEAR, None)
    assert figure.has_failed
    assert "workforce.protected" in caplog.text


def test_rows_are_offered_to_those_whom_their_list_admits(waste_officer, auditor, owner):
    seen = [figures.figure_of(indicator(), YEAR, None, user).rows for user in (waste_officer, auditor, owner)]
    assert [bool(rows) for rows in seen] == [True, False, False]
    assert figures.figure_of(indicator(rows=lambda scope: "/tidak/ada/"), YEAR, None, waste_officer).rows == ""


def test_broken_rows_leave_the_figure_alone(leader):
    figure = figures.figure_of(indicator(rows=broken), YEAR, None, leader)
    assert (figure.has_failed, figure.rows, figure.value_words) == (False, "", "42")


def test_district_chart_appears_only_when_the_figure_differs_by_area(db):
    kept = indicator(read=lambda scope: reading(10 + len(scope.area.name)))
    same = indicator(value=7)
    areas = list(Area.objects.filter(level="district"))
    chart = districts.chart_of(districts.figures_by_district(kept, YEAR, areas, {}), kept, {}, None)
    assert [row.label for row in chart.rows] == [area.name for area in areas]
    assert districts.chart_of(districts.figures_by_district(same, YEAR, areas, {}), same, {}, None) is None


# Work


def test_work_is_ordered_by_overdue_severity_and_due_date(db):
    soon, late, later = date(2026, 12, 1), date(2026, 11, 1), date(2026, 11, 20)
    rules = [
        rule("low", severity="low", alerts=[alert("a", due_on=soon), alert("b", due_on=later)]),
        rule("high", severity="high", alerts=[alert("c"), alert("d", due_on=soon), alert("e", due_on=late)]),
    ]
    found = work.work_of(rules, YEAR)
    assert [task.alert.subject for task in found.tasks] == ["e", "b", "d", "c", "a"]
    assert (found.total, found.overdue_count) == (5, 2)


def test_work_by_kind_puts_the_urgent_first_and_counts_all(db):
    late = alert("x", due_on=date(2026, 11, 1))
    rules = [
        rule("busy", alerts=[late, late, alert()], total=80),
        rule("urgent", severity="high", office="dlh", alerts=[alert()]),
        rule("empty"),
    ]
    found = work.work_of(rules, YEAR)
    assert [(kind.rule.code, kind.total, kind.overdue_count) for kind in found.kinds] == [
        ("urgent", 1, 0),
        ("busy", 80, 2),
    ]
    assert found.by_office == [("Dinperinaker", 80), ("DLH", 1)]


def test_work_first_tasks_are_not_all_of_one_rule(db):
    late = [alert(f"x{n}", due_on=date(2026, 11, 1)) for n in range(9)]
    found = work.work_of([rule("busy", alerts=late), rule("other", alerts=[alert("y")])], YEAR)
    assert [task.alert.subject for task in found.first(6, 2)] == ["x0", "x1", "y"]


def test_work_counts_what_a_rule_does_not_list_and_names_a_broken_rule(db):
    found = work.work_of([rule("many", alerts=[alert()], total=312), rule("bad", find=broken)], YEAR)
    assert (found.total, len(found.tasks)) == (312, 1)
    assert [(cut.shown, cut.total) for cut in found.cuts] == [(1, 312)]
    assert [one.code for one in found.failed] == ["bad"]


def test_work_takes_a_moment_for_its_day(db):
    at = timezone.make_aware(timezone.datetime(2026, 11, 22, 23, 30))
    found = work.work_of([rule(alerts=[alert(due_on=at)])], YEAR)
    assert found.tasks[0].alert.due_on == date(2026, 11, 22)
    assert found.overdue_count == 1


# Summary


def _figure(value, goal, title="Angka", **changes):
    return figures.figure_of(
        indicator(value=value, title=title, **changes), YEAR, Target(value=Decimal(goal), year=2026, area=None)
    )


def test_summary_says_how_many_miss_their_target_and_names_the_farthest_first(db):
    shown = [_figure(79, 80, "Hampir"), _figure(20, 80, "Jauh"), _figure(90, 80, "Baik")]
    sentence = summary.about_targets(shown)
    assert sentence.text == "2 dari 3 angka belum mencapai target:"
    assert [one.indicator.title for one in sentence.figures] == ["Jauh", "Hampir"]
    many = summary.about_targets([*shown, _figure(1, 80), _figure(2, 80)])
    assert many.text == "4 dari 5 angka belum mencapai target; yang terjauh:"
    assert len(many.figures) == 3
    assert summary.about_targets(shown[2:]).tone == "good"
    assert summary.about_targets([]).tone == "neutral"


def test_summary_of_work_counts_the_late_and_names_the_busiest_office(db):
    late = [alert("x", due_on=date(2026, 11, 1)), alert("y")]
    found = work.work_of([rule(alerts=late), rule("dlh", office="dlh", alerts=[alert("z")])], YEAR)
    assert summary.about_work(found).text == "3 hal perlu ditindak, 1 lewat batas waktu, terbanyak di Dinperinaker."
    cut = work.work_of([rule(alerts=late, total=90)], YEAR)
    assert "sedikitnya 1 lewat batas waktu" in summary.about_work(cut).text
    assert summary.about_work(work.work_of([], YEAR)).text == "Tidak ada hal yang menunggu tindakan."


def test_summary_names_the_figures_that_cannot_be_judged(db):
    doubtful = figures.figure_of(indicator(answer=Reading(None), title="Kosong"), YEAR, None)
    nothing = work.work_of([], YEAR)
    sentence = summary.about_trust([doubtful, _figure(90, 80)], nothing)
    assert sentence.text.startswith("1 angka belum dapat disimpulkan")
    assert sentence.figures == [doubtful]
    assert summary.about_trust([_figure(90, 80)], nothing).tone == "good"


# Pages


def test_dashboard_shows_value_unit_target_and_way_to_the_rows(plant, as_user, leader):
    plant(indicators=[indicator(title="Perlindungan kerja")], alerts=[rule(alerts=[alert("Jaminan Siti berakhir")])])
    target(80, year=timezone.localdate().year)
    page = as_user(leader).get("/dasbor/?periode=tahun&kecamatan=33.75.03").content.decode()
    assert "Perlindungan kerja" in page
    assert f"Target kota {timezone.localdate().year} 80%" in page
    assert "/pelaku-usaha/?dari=" in page
    assert "kecamatan=33.75.03" in page
    assert "Jaminan Siti berakhir" in page
    assert "1 dari 1 angka belum mencapai target:" in page


def test_dashboard_leader_sees_all_and_an_officer_sees_own_and_shared(plant, as_user, leader, waste_officer):
    plant(
        indicators=[
            indicator(
                "wastewater.exceeding",
                focus="waste",
                permission="wastewater.view_sample",
                title="Hasil lewat baku mutu",
            ),
            indicator("workforce.protected", title="Perlindungan kerja"),
            indicator(
                "portal.enterprises", focus="shared", permission="batikportal.view_enterprise", title="Usaha aktif"
            ),
        ],
        alerts=[rule(title="Jaminan hampir berakhir", alerts=[alert("Rahasia pekerja")])],
    )
    seen_by_leader = as_user(leader).get("/dasbor/").content.decode()
    seen_by_officer = as_user(waste_officer).get("/dasbor/").content.decode()
    for title in ("Hasil lewat baku mutu", "Perlindungan kerja", "Usaha aktif", "Rahasia pekerja"):
        assert title in seen_by_leader
    assert "Hasil lewat baku mutu" in seen_by_officer
    assert "Usaha aktif" in seen_by_officer
    assert "Perlindungan kerja" not in seen_by_officer
    assert "Rahasia pekerja" not in seen_by_officer


def test_dashboard_survives_broken_contributions(plant, as_user, leader, caplog):
    plant(
        indicators=[indicator("a.broken", read=broken, title="Yang rusak"), indicator("b.sound", title="Yang sehat")],
        alerts=[rule("a.rule", find=broken, title="Aturan rusak")],
        layers=[],
    )
    answer = as_user(leader).get("/dasbor/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Sedang tidak tersedia" in page
    assert "Yang sehat" in page
    assert "Aturan rusak" in page
    assert "a.broken" in caplog.text


def test_dashboard_without_data_never_says_zero(plant, as_user, leader):
    plant(indicators=[indicator(answer=Reading(None))])
    page = as_user(leader).get("/dasbor/").content.decode()
    assert "belum ada data" in page
    assert "1 angka belum dapat disimpulkan" in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("dari=kemarin", "Dari tanggal tidak dikenali"),
        ("dari=2026-02-31", "Dari tanggal tidak dikenali"),
        ("dari=2026-05-02&sampai=2026-05-01", "Tanggal awal tidak boleh sesudah tanggal akhir"),
        ("dari=0001-01-01", "Tanggal harus antara"),
        ("sampai=9999-12-31", "Tanggal harus antara"),
        ("kecamatan=99.99.99", "Kecamatan itu tidak dikenal"),
        ("kecamatan=%00", "Kecamatan itu tidak dikenal"),
        ("periode=selamanya", "Periode itu tidak dikenal"),
    ],
)
def test_dashboard_answers_a_wrong_question_in_words_and_shows_the_default(plant, as_user, leader, query, words):
    plant(indicators=[indicator()])
    for path in ("/dasbor/", "/dasbor/pekerjaan/", "/dasbor/angka/workforce.protected/"):
        answer = as_user(leader).get(f"{path}?{query}")
        assert answer.status_code == 200
        assert words in answer.content.decode()
    asked = answer.context["asked"]
    assert asked.scope.period == periods.named("12-bulan", timezone.localdate())
    assert asked.scope.area is None


def test_dashboard_wrong_kecamatan_keeps_the_right_period(plant, as_user, leader):
    plant(indicators=[indicator()])
    asked = as_user(leader).get("/dasbor/?periode=tahun&kecamatan=x").context["asked"]
    assert asked.period_name == "tahun"


@pytest.mark.parametrize("person", ["lab", "reviewer", "auditor", "owner", "outsider"])
def test_dashboard_is_closed_to_those_without_the_permission(db, request, as_user, person):
    client = as_user(request.getfixturevalue(person))
    assert client.get("/dasbor/").status_code == 403
    assert client.get("/dasbor/pekerjaan/").status_code == 403


def test_dashboard_asks_strangers_to_log_in(client, db):
    assert client.get("/dasbor/").status_code == 302


def _planted_on_rows():
    """Contributions that read the registry, as the apps' own do."""
    from batikportal.models import Enterprise

    def read(scope):
        rows = Enterprise.objects.filter(scope.ward_filter("ward"))
        return Reading(rows.count(), trend=[(row.name, row.workers_count) for row in rows])

    def find(scope):
        from batikportal.contracts import Alerts

        rows = list(Enterprise.objects.select_related("ward"))
        return Alerts([alert(row.name, detail=row.ward.name) for row in rows], len(rows))

    return {
        "indicators": [indicator("portal.active", read=read, unit="usaha", permission="batikportal.view_enterprise")],
        "alerts": [rule("portal.waiting", find=find, permission="batikportal.view_enterprise")],
    }


@pytest.mark.parametrize("path", ["/dasbor/", "/dasbor/pekerjaan/", "/dasbor/angka/portal.active/"])
def test_dashboard_costs_the_same_with_1_and_with_30_rows(plant, as_user, leader, path):
    plant(**_planted_on_rows())
    client = as_user(leader)
    counts = []
    for missing in (1, 29):
        factories.EnterpriseFactory.create_batch(missing)
        target(10 + missing, code="portal.active", year=2020 + missing)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(path).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_dashboard_reads_targets_in_one_query(plant, as_user, leader):
    plant(indicators=[indicator(f"workforce.n{n}") for n in range(12)])
    for n in range(12):
        target(50, code=f"workforce.n{n}", year=timezone.localdate().year)
    with CaptureQueriesContext(connection) as captured:
        as_user(leader).get("/dasbor/")
    assert len([one for one in captured if 'FROM "batikportal_target"' in one["sql"]]) == 1


def test_targets_prefer_the_district_and_fall_back_on_the_city(db):
    from batikportal.queries import targets

    own, city = target(60, area=district()), target(80)
    target(70, year=2025)
    assert targets.targets_for(replace(YEAR, area=district())) == {"workforce.protected": own}
    assert targets.targets_for(replace(YEAR, area=district("Pekalongan Barat"))) == {"workforce.protected": city}
    assert targets.targets_for(YEAR) == {"workforce.protected": city}


def test_work_list_is_paged_and_narrowed(plant, as_user, leader):
    plant(
        alerts=[
            rule("many", alerts=[alert(f"Pekerja {n}") for n in range(30)]),
            rule(
                "dlh",
                office="dlh",
                focus="waste",
                severity="high",
                alerts=[alert("COD lewat")],
                permission="wastewater.view_sample",
            ),
        ]
    )
    client = as_user(leader)
    first, second = client.get("/dasbor/pekerjaan/"), client.get("/dasbor/pekerjaan/?halaman=2")
    assert (len(first.context["page"].object_list), len(second.context["page"].object_list)) == (25, 6)
    for query in ("kantor=dlh", "fokus=waste", "tingkat=high"):
        tasks = client.get(f"/dasbor/pekerjaan/?{query}").context["page"].object_list
        assert [task.alert.subject for task in tasks] == ["COD lewat"]


def test_work_list_with_an_unknown_filter_says_so_and_shows_all(plant, as_user, leader):
    plant(alerts=[rule(alerts=[alert()])])
    answer = as_user(leader).get("/dasbor/pekerjaan/?kantor=xyz&halaman=zz")
    assert len(answer.context["page"].object_list) == 1
    assert answer.context["asked"].problems


def test_indicator_sheet_tells_definition_owner_target_and_its_basis(plant, as_user, leader):
    plant(indicators=[indicator()])
    target(80, year=timezone.localdate().year)
    page = as_user(leader).get("/dasbor/angka/workforce.protected/").content.decode()
    for words in (
        "Pekerja terlindungi dibagi semua pekerja terdaftar.",
        "Pendataan Dinperinaker",
        "bulanan",
        "RPJMD 2025–2029",
        "belum tercapai",
        "<table",
        "/pelaku-usaha/?dari=",
    ):
        assert words in page


def test_indicator_sheet_of_a_broken_figure_still_explains_it(plant, as_user, leader):
    plant(indicators=[indicator(read=broken)])
    answer = as_user(leader).get("/dasbor/angka/workforce.protected/")
    assert answer.status_code == 200
    assert "Pendataan Dinperinaker" in answer.content.decode()


def test_indicator_sheet_unknown_is_404_and_forbidden_is_403(plant, as_user, waste_officer):
    plant(indicators=[indicator()])
    client = as_user(waste_officer)
    assert client.get("/dasbor/angka/workforce.protected/").status_code == 403
    assert client.get("/dasbor/angka/tidak.ada/").status_code == 404


@pytest.mark.parametrize(
    ("person", "where"),
    [
        ("leader", "/dasbor/"),
        ("waste_officer", "/dasbor/"),
        ("cadre", "/pekerja/kader/"),
        ("owner", "/usaha/"),
        ("outsider", "/usaha/"),
    ],
)
def test_start_leads_to_the_page_of_the_role(db, request, as_user, person, where):
    answer = as_user(request.getfixturevalue(person)).get("/mulai/")
    assert answer.headers["Location"] == where


@pytest.mark.parametrize("person", ["administrator", "lab", "field_officer", "cadre", "reviewer", "auditor"])
def test_start_leads_every_role_to_a_page_it_may_open(db, request, as_user, person):
    client = as_user(request.getfixturevalue(person))
    assert client.get("/mulai/", follow=True).status_code == 200
