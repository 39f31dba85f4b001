"""Addresses under /pekerja/."""

from django.urls import path

from workforce.urls import succession, welfare
from workforce.views import (
    certificates,
    consents,
    coverage,
    duplicates,
    engagements,
    exports,
    pages,
    people,
    skills,
    wages,
)

app_name = "workforce"

urlpatterns = [
    *succession.urlpatterns,
    *welfare.urlpatterns,
    path("", pages.index, name="index"),
    path("proses/", pages.process_steps, name="process-steps"),
    path("angka-rujukan/", pages.reference_figures, name="reference-figures"),
    path("penerjemah-borongan/", wages.wage_translator, name="wage-translator"),
    path("upah/", wages.wage_ranges, name="wage-ranges"),
    path("upah/daftar/", wages.wage_list, name="wage-list"),
    path("upah/<uuid:public_id>/hapus/", wages.wage_remove, name="wage-remove"),
    path("daftar/", people.worker_list, name="worker-list"),
    path("daftar/unduh/", exports.worker_export, name="worker-export"),
    path("cari-nik/", people.nik_search, name="nik-search"),
    path("baru/", people.worker_register, name="worker-register"),
    path("perlindungan/", coverage.gap_list, name="gap-list"),
    path("perlindungan/unduh/", exports.gap_export, name="gap-export"),
    path("perlindungan/akan-berakhir/", coverage.lapsing_list, name="lapsing-list"),
    path("persetujuan/ditarik/", consents.withdrawn_list, name="consent-withdrawn-list"),
    path("persetujuan/<uuid:public_id>/tarik/", consents.consent_withdraw, name="consent-withdraw"),
    path("persetujuan/<uuid:public_id>/dihentikan/", consents.consent_stopped, name="consent-stopped"),
    path("hubungan-kerja/<uuid:public_id>/akhiri/", engagements.engagement_end, name="engagement-end"),
    path("kepesertaan/<uuid:public_id>/akhiri/", coverage.coverage_end, name="coverage-end"),
    path("<uuid:public_id>/", people.worker, name="worker"),
    path("<uuid:public_id>/ubah/", people.worker_edit, name="worker-edit"),
    path("<uuid:public_id>/nik/", people.worker_reveal_nik, name="worker-reveal-nik"),
    path("<uuid:public_id>/nik/diperiksa/", people.worker_verify_nik, name="worker-verify-nik"),
    path("<uuid:public_id>/hubungan-kerja/baru/", engagements.engagement_new, name="engagement-new"),
    path("<uuid:public_id>/upah/", wages.worker_wages, name="worker-wages"),
    path("<uuid:public_id>/upah/baru/", wages.wage_new, name="wage-new"),
    path("sertifikat/", certificates.certificate_list, name="certificate-list"),
    path("sertifikat/unduh/", certificates.certificate_export, name="certificate-export"),
    path("sertifikat/<uuid:public_id>/", certificates.certificate, name="certificate"),
    path("sertifikat/<uuid:public_id>/berkas/", certificates.certificate_file, name="certificate-file"),
    path("sertifikat/<uuid:public_id>/hapus/", certificates.certificate_remove, name="certificate-remove"),
    path("<uuid:public_id>/sertifikat/baru/", certificates.certificate_new, name="certificate-new"),
    path("ganda/", duplicates.duplicate_list, name="duplicate-list"),
    path("ganda/<uuid:public_id>/", duplicates.duplicate, name="duplicate"),
    path("ganda/<uuid:public_id>/berbeda/", duplicates.duplicate_different, name="duplicate-different"),
    path("keahlian/<uuid:public_id>/akhiri/", skills.skill_end, name="skill-end"),
    path("<uuid:public_id>/keahlian/baru/", skills.skill_new, name="skill-new"),
    path("<uuid:public_id>/kepesertaan/baru/", coverage.coverage_new, name="coverage-new"),
    path("<uuid:public_id>/persetujuan/<slug:purpose>/", consents.consent_new, name="consent-new"),
]
