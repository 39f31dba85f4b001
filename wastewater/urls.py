"""The addresses of wastewater, under /air-limbah/."""

from django.urls import path

from wastewater.views import logbook_lists, logbooks, overview, places, results, samples, standards, trucks

app_name = "wastewater"

urlpatterns = [
    path("", overview.index, name="index"),
    path("sampel/", samples.sample_list, name="sample-list"),
    path("sampel.csv", samples.sample_export, name="sample-export"),
    path("sampel/baru/", samples.sample_new, name="sample-new"),
    path("sampel/rencana/", samples.sample_plan, name="sample-plan"),
    path("sampel/<uuid:public_id>/", samples.sample, name="sample"),
    path("sampel/<uuid:public_id>/ambil/", samples.sample_take, name="sample-take"),
    path("sampel/<uuid:public_id>/laboratorium/", samples.sample_send, name="sample-send"),
    path("sampel/<uuid:public_id>/hasil/", samples.sample_results, name="sample-results"),
    path("sampel/<uuid:public_id>/verifikasi/", samples.sample_verify, name="sample-verify"),
    path("sampel/<uuid:public_id>/terbitkan/", samples.sample_publish, name="sample-publish"),
    path("sampel/<uuid:public_id>/gugurkan/", samples.sample_void, name="sample-void"),
    path("hasil/", results.result_list, name="result-list"),
    path("hasil.csv", results.result_export, name="result-export"),
    path("hasil-usaha/", results.own_result_list, name="own-result-list"),
    path("titik/", places.point_list, name="point-list"),
    path("titik/<uuid:public_id>/", places.point, name="point"),
    path("ipal/", places.plant_list, name="plant-list"),
    path("ipal/<uuid:public_id>/", places.plant, name="plant"),
    path("badan-air/", places.water_list, name="water-list"),
    path("badan-air/<uuid:public_id>/", places.water, name="water"),
    path("baku-mutu/", standards.standard_list, name="standard-list"),
    path("baku-mutu/<slug:code>/", standards.standard, name="standard"),
    path("buku-limbah/", logbooks.logbook_own, name="logbook-own"),
    path("buku-limbah/<uuid:public_id>/", logbooks.logbook, name="logbook"),
    path("buku-limbah/<uuid:public_id>/catat/", logbooks.log_new, name="log-new"),
    path("buku-limbah/<uuid:public_id>/tidak-produksi/", logbooks.log_idle, name="log-idle"),
    path("buku-limbah/<uuid:public_id>/kirim/", logbooks.logbook_close, name="logbook-close"),
    path("buku-limbah/<uuid:public_id>/pengingat/", logbooks.logbook_reminders, name="logbook-reminders"),
    path("buku-limbah/<uuid:public_id>/catatan.csv", logbooks.logbook_export, name="logbook-export"),
    path("buku-limbah/catatan/<uuid:public_id>/koreksi/", logbooks.log_change, name="log-change"),
    path("buku-limbah/catatan/<uuid:public_id>/batalkan/", logbooks.log_withdraw, name="log-withdraw"),
    path("buku-limbah-usaha/", logbook_lists.logbook_list, name="logbook-list"),
    path("buku-limbah-usaha.csv", logbook_lists.logbook_list_export, name="logbook-list-export"),
    path("truk-sedot/", trucks.truck_own_list, name="truck-own-list"),
    path("truk-sedot/minta/<uuid:public_id>/", trucks.truck_ask, name="truck-ask"),
    path("truk-sedot/papan/", trucks.truck_board, name="truck-board"),
    path("truk-sedot/papan.csv", trucks.truck_export, name="truck-export"),
    path("truk-sedot/<uuid:public_id>/", trucks.truck_request, name="truck-request"),
    path("truk-sedot/<uuid:public_id>/jadwal/", trucks.truck_schedule, name="truck-schedule"),
    path("truk-sedot/<uuid:public_id>/selesai/", trucks.truck_finish, name="truck-finish"),
    path("truk-sedot/<uuid:public_id>/tolak/", trucks.truck_refuse, name="truck-refuse"),
    path("truk-sedot/<uuid:public_id>/batal/", trucks.truck_cancel, name="truck-cancel"),
]
