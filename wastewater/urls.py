"""The addresses of wastewater, under /air-limbah/."""

from django.urls import path

from wastewater.views import corrections, overview, places, results, rivers, samples, standards, violations

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
    path("sampel/<uuid:public_id>/koreksi/<str:code>/", corrections.correction_new, name="correction-new"),
    path("koreksi/", corrections.correction_list, name="correction-list"),
    path("koreksi.csv", corrections.correction_export, name="correction-export"),
    path("koreksi/<uuid:public_id>/", corrections.correction, name="correction"),
    path("koreksi/<uuid:public_id>/bukti/", corrections.correction_evidence, name="correction-evidence"),
    path("koreksi/<uuid:public_id>/terapkan/", corrections.correction_apply, name="correction-apply"),
    path("koreksi/<uuid:public_id>/tolak/", corrections.correction_refuse, name="correction-refuse"),
    path("hasil/", results.result_list, name="result-list"),
    path("hasil.csv", results.result_export, name="result-export"),
    path("hasil-usaha/", results.own_result_list, name="own-result-list"),
    path("titik/", places.point_list, name="point-list"),
    path("titik/<uuid:public_id>/", places.point, name="point"),
    path("titik/<uuid:public_id>/hulu/", rivers.point_upstream, name="point-upstream"),
    path("titik/<uuid:public_id>/hulu.csv", rivers.point_upstream_export, name="point-upstream-export"),
    path("ipal/", places.plant_list, name="plant-list"),
    path("ipal/<uuid:public_id>/", places.plant, name="plant"),
    path("badan-air/", places.water_list, name="water-list"),
    path("badan-air/<uuid:public_id>/", places.water, name="water"),
    path("pelanggaran/", violations.violation_list, name="violation-list"),
    path("pelanggaran.csv", violations.violation_export, name="violation-export"),
    path("pelanggaran/baru/", violations.violation_new, name="violation-new"),
    path("pelanggaran/<uuid:public_id>/", violations.violation, name="violation"),
    path("pelanggaran/<uuid:public_id>/selesai/", violations.violation_resolve, name="violation-resolve"),
    path("pelanggaran/<uuid:public_id>/tarik/", violations.violation_withdraw, name="violation-withdraw"),
    path("baku-mutu/", standards.standard_list, name="standard-list"),
    path("baku-mutu/<slug:code>/", standards.standard, name="standard"),
]
