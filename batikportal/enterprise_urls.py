"""The doors of the registry and of the SME workspace."""

from django.urls import path

from batikportal.views import enterprises, history, workspace

urlpatterns = [
    path("usaha/", workspace.workspace, name="workspace"),
    path("usaha/daftar/", workspace.enterprise_register, name="enterprise-register"),
    path("usaha/<uuid:public_id>/ubah/", workspace.own_enterprise_edit, name="own-enterprise-edit"),
    path("usaha/<uuid:public_id>/dokumen/", workspace.document_new, name="document-new"),
    path("usaha/dokumen/<uuid:public_id>/hapus/", workspace.document_remove, name="document-remove"),
    path("pelaku-usaha/", enterprises.enterprise_list, name="enterprise-list"),
    path("pelaku-usaha/unduh/", enterprises.enterprise_export, name="enterprise-export"),
    path("pelaku-usaha/baru/", enterprises.enterprise_new, name="enterprise-new"),
    path("pelaku-usaha/<uuid:public_id>/", enterprises.enterprise, name="enterprise"),
    path("pelaku-usaha/<uuid:public_id>/ubah/", enterprises.enterprise_edit, name="enterprise-edit"),
    path("pelaku-usaha/<uuid:public_id>/status/", enterprises.enterprise_move, name="enterprise-move"),
    path("pelaku-usaha/<uuid:public_id>/gabung/", enterprises.enterprise_merge, name="enterprise-merge"),
    path("pelaku-usaha/nomor/<uuid:public_id>/periksa/", enterprises.identifier_verify, name="identifier-verify"),
    path("riwayat/<str:model_label>/<uuid:public_id>/", history.history, name="history"),
]
