"""The doors of the market, by the noun in their path."""

from django.urls import path

from marketing.views import activities, applications, calls, decisions, owner

app_name = "marketing"

urlpatterns = [
    # /pasar/terbuka/ – everybody
    path("terbuka/", calls.open_list, name="open-list"),
    path("terbuka/<uuid:public_id>/", calls.activity_page, name="activity-page"),
    path("terbuka/<uuid:public_id>/kalender.ics", calls.activity_calendar, name="activity-calendar"),
    path("terbuka/<uuid:public_id>/syarat/", owner.eligibility_check, name="eligibility-check"),
    path("terbuka/<uuid:public_id>/daftar/", owner.application_apply, name="application-apply"),
    # /pasar/pendaftaran-saya/ – owners
    path("pendaftaran-saya/", owner.my_applications, name="my-applications"),
    path("pendaftaran-saya/<uuid:public_id>/", owner.application_status, name="application-status"),
    path("pendaftaran-saya/<uuid:public_id>/lengkapi/", owner.application_resubmit, name="application-resubmit"),
    path("pendaftaran-saya/<uuid:public_id>/tarik/", owner.application_withdraw, name="application-withdraw"),
    # /pasar/ – staff
    path("", activities.index, name="index"),
    path("program/", activities.programme_list, name="programme-list"),
    path("program/baru/", activities.programme_create, name="programme-create"),
    path("program/<uuid:public_id>/ubah/", activities.programme_edit, name="programme-edit"),
    path("kegiatan/baru/", activities.activity_create, name="activity-create"),
    path("kegiatan/<uuid:public_id>/", activities.activity_detail, name="activity-detail"),
    path("kegiatan/<uuid:public_id>/ubah/", activities.activity_edit, name="activity-edit"),
    path("kegiatan/<uuid:public_id>/kuota/", activities.activity_quotas, name="activity-quotas"),
    path("kegiatan/<uuid:public_id>/syarat/", activities.activity_rules, name="activity-rules"),
    path("kegiatan/<uuid:public_id>/sesi/", activities.activity_sessions, name="activity-sessions"),
    path("kegiatan/<uuid:public_id>/salin/", activities.activity_copy, name="activity-copy"),
    path("kegiatan/<uuid:public_id>/terbitkan/", activities.activity_publish, name="activity-publish"),
    path("kegiatan/<uuid:public_id>/tutup/", activities.activity_close, name="activity-close"),
    path("kegiatan/<uuid:public_id>/selesaikan/", activities.activity_finish, name="activity-finish"),
    path("kegiatan/<uuid:public_id>/batalkan/", activities.activity_cancel, name="activity-cancel"),
    path("kegiatan/<uuid:public_id>/kehadiran/", activities.activity_attendance, name="activity-attendance"),
    path("kegiatan/<uuid:public_id>/bantu/", applications.application_assist, name="application-assist"),
    path("kegiatan/<uuid:public_id>/layak/", applications.applications_checked, name="applications-checked"),
    path("kegiatan/<uuid:public_id>/mulai-seleksi/", applications.review_begin, name="review-begin"),
    path("kegiatan/<uuid:public_id>/putuskan/", decisions.decision_propose, name="decision-propose"),
    path("kegiatan/<uuid:public_id>/keputusan/", decisions.decision_list, name="decision-list"),
    path("kegiatan/<uuid:public_id>/kumpulkan/", decisions.batch_gather, name="batch-gather"),
    path("pendaftaran/", applications.application_list, name="application-list"),
    path("pendaftaran/unduh/", applications.application_export, name="application-export"),
    path("pendaftaran/<uuid:public_id>/", applications.application_detail, name="application-detail"),
    path("pendaftaran/<uuid:public_id>/kembalikan/", applications.application_return, name="application-return"),
    path("pendaftaran/<uuid:public_id>/layak/", applications.application_eligible, name="application-eligible"),
    path(
        "pendaftaran/<uuid:public_id>/tidak-layak/", applications.application_ineligible, name="application-ineligible"
    ),
    path("pendaftaran/<uuid:public_id>/tarik/", applications.application_step_back, name="application-step-back"),
    path("keputusan/<uuid:public_id>/tarik/", decisions.decision_take_back, name="decision-take-back"),
    path("kelompok/<uuid:public_id>/", decisions.batch_detail, name="batch-detail"),
    path("kelompok/<uuid:public_id>/tanda-tangan/", decisions.batch_sign, name="batch-sign"),
    path("kelompok/<uuid:public_id>/rilis/", decisions.batch_release, name="batch-release"),
    path("kelompok/<uuid:public_id>/batalkan/", decisions.batch_cancel, name="batch-cancel"),
]
