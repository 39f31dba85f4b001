"""Addresses under /pekerja/magang/: calls for everybody, cohorts and placements for staff, and an owner's own."""

from django.urls import path

from workforce.views.apprenticeships import calls, cohorts, hosts, learning, pipeline, placements

urlpatterns = [
    path("magang/", calls.call_list, name="call-list"),
    path("magang/daftar/<uuid:public_id>/", calls.call_apply, name="call-apply"),
    path("magang/pendaftaran-saya/", calls.application, name="application"),
    path("magang/program/", cohorts.programme_list, name="programme-list"),
    path("magang/program/baru/", cohorts.programme_new, name="programme-new"),
    path("magang/program/<uuid:public_id>/ubah/", cohorts.programme_edit, name="programme-edit"),
    path("magang/program/<uuid:public_id>/angkatan-baru/", cohorts.cohort_new, name="cohort-new"),
    path("magang/angkatan/<uuid:public_id>/", cohorts.cohort, name="cohort"),
    path("magang/angkatan/<uuid:public_id>/ubah/", cohorts.cohort_edit, name="cohort-edit"),
    path("magang/angkatan/<uuid:public_id>/umumkan/", cohorts.cohort_publish, name="cohort-publish"),
    path("magang/peserta/", cohorts.placement_list, name="placement-list"),
    path("magang/peserta/unduh/", cohorts.placement_export, name="placement-export"),
    path("magang/peserta/<uuid:public_id>/", placements.placement, name="placement"),
    path("magang/peserta/<uuid:public_id>/langkah/<slug:step>/", placements.placement_move, name="placement-move"),
    path("magang/peserta/<uuid:public_id>/cocokkan/", placements.placement_match, name="placement-match"),
    path("magang/peserta/<uuid:public_id>/proses/", placements.placement_steps, name="placement-steps"),
    path("magang/peserta/<uuid:public_id>/pembimbing/", placements.placement_mentor, name="placement-mentor"),
    path("magang/peserta/<uuid:public_id>/buku/", learning.placement_log, name="placement-log"),
    path("magang/peserta/<uuid:public_id>/buku/baru/", learning.log_new, name="placement-log-new"),
    path("magang/peserta/<uuid:public_id>/perjanjian/", learning.agreement_edit, name="agreement-edit"),
    path("magang/peserta/<uuid:public_id>/perjanjian/pdf/", learning.agreement_pdf, name="agreement-pdf"),
    path("magang/peserta/<uuid:public_id>/nilai/", learning.assessment_new, name="assessment-new"),
    path("magang/peserta/<uuid:public_id>/uang-saku/", learning.payment_new, name="payment-new"),
    path("magang/peserta/<uuid:public_id>/hasil/<int:months>/", learning.outcome_new, name="outcome-new"),
    path("magang/tempat/", hosts.host_list, name="host-list"),
    path("magang/tempat/kelompok-baru/", hosts.group_new, name="hostgroup-new"),
    path("magang/tempat/kelompok/<uuid:public_id>/anggota/", hosts.member_new, name="hostgroup-member-new"),
    path("magang/tempat/anggota/<uuid:public_id>/keluar/", hosts.member_leave, name="hostgroup-member-leave"),
    path("magang/tempat/tawaran/<uuid:public_id>/jawab/", hosts.offer_answer, name="hostoffer-answer"),
    path("magang/usaha-saya/", hosts.own_apprentices, name="own-apprentices"),
    path("magang/usaha-saya/<uuid:public_id>/tawarkan/", hosts.own_offer_new, name="own-offer-new"),
    path("magang/usaha-saya/tawaran/<uuid:public_id>/tarik/", hosts.own_offer_withdraw, name="own-offer-withdraw"),
    path("magang/sekolah-museum/", pipeline.pipeline_list, name="pipeline-list"),
    path("magang/sekolah-museum/baru/", pipeline.pipeline_new, name="pipeline-new"),
    path("<uuid:public_id>/magang/", placements.placement_enrol, name="placement-enrol"),
]
