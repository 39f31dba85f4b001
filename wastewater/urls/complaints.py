"""The addresses of complaints, under /air-limbah/: `lapor` and `laporan` for everybody, `pengaduan` for staff."""

from django.urls import path

from wastewater.views import complaint_agencies, complaint_cases, complaint_filing, complaint_public

urlpatterns = [
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
    path("pengaduan/<uuid:public_id>/hulu/", complaint_cases.complaint_leads, name="complaint-leads"),
    path("pengaduan/<uuid:public_id>/<slug:step>/", complaint_cases.complaint_step, name="complaint-step"),
]
