"""The addresses of wastewater, under /air-limbah/."""

from django.urls import path

from wastewater.views import (
    complaint_agencies,
    complaint_cases,
    complaint_filing,
    complaint_public,
    overview,
    places,
    results,
    samples,
    standards,
    violations,
)

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
    path("pelanggaran/", violations.violation_list, name="violation-list"),
    path("pelanggaran.csv", violations.violation_export, name="violation-export"),
    path("pelanggaran/baru/", violations.violation_new, name="violation-new"),
    path("pelanggaran/<uuid:public_id>/", violations.violation, name="violation"),
    path("pelanggaran/<uuid:public_id>/selesai/", violations.violation_resolve, name="violation-resolve"),
    path("pelanggaran/<uuid:public_id>/tarik/", violations.violation_withdraw, name="violation-withdraw"),
    path("baku-mutu/", standards.standard_list, name="standard-list"),
    path("baku-mutu/<slug:code>/", standards.standard, name="standard"),
    path("lapor/", complaint_filing.complaint_where, name="complaint-where"),
    path("lapor/apa/", complaint_filing.complaint_what, name="complaint-what"),
    path("lapor/kirim/", complaint_filing.complaint_send, name="complaint-send"),
    path("laporan/", complaint_public.complaint_find, name="complaint-find"),
    path("laporan/<slug:number>/", complaint_public.complaint_public, name="complaint-public"),
    path("laporan-saya/", complaint_public.complaint_own, name="complaint-own"),
    path("pengaduan/", complaint_cases.complaint_list, name="complaint-list"),
    path("pengaduan.csv", complaint_cases.complaint_export, name="complaint-export"),
    path("pengaduan/baru/", complaint_agencies.complaint_new, name="complaint-new"),
    path("pengaduan/foto/<uuid:public_id>/", complaint_cases.complaint_photo, name="complaint-photo"),
    path("pengaduan/instansi/<uuid:public_id>/<slug:step>/", complaint_agencies.complaint_part, name="complaint-part"),
    path("pengaduan/serah-terima/<uuid:public_id>/", complaint_agencies.handover_decide, name="handover-decide"),
    path(
        "pengaduan/serah-terima/<uuid:public_id>/batal/", complaint_agencies.handover_withdraw, name="handover-withdraw"
    ),
    path("pengaduan/<uuid:public_id>/", complaint_cases.complaint, name="complaint"),
    path("pengaduan/<uuid:public_id>/pelapor/", complaint_cases.complaint_reporter, name="complaint-reporter"),
    path("pengaduan/<uuid:public_id>/<slug:step>/", complaint_cases.complaint_step, name="complaint-step"),
]
