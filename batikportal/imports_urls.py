"""Pages of the imports, below /impor/."""

from django.urls import path

from batikportal.views import imports as views

urlpatterns = [
    path("", views.import_list, name="import-list"),
    path("baru/<slug:code>/", views.import_new, name="import-new"),
    path("templat/<slug:code>.<str:format>", views.import_template, name="import-template"),
    path("<uuid:public_id>/", views.import_run, name="import-run"),
    path("<uuid:public_id>/simpan/", views.import_confirm, name="import-confirm"),
    path("<uuid:public_id>/batal/", views.import_cancel, name="import-cancel"),
    path("<uuid:public_id>/ulang/", views.import_restart, name="import-restart"),
    path("<uuid:public_id>/ditolak.<str:format>", views.import_refused, name="import-refused"),
]
