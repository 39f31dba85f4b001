"""Addresses of the pages about succession."""

from django.urls import path

from workforce.views import knowledge, projection, succession

urlpatterns = [
    path("penerusan/", succession.succession, name="succession"),
    path("penerusan/keluar-masuk/", succession.succession_moves, name="succession-moves"),
    path("penerusan/bertahan/", succession.succession_retention, name="succession-retention"),
    path("pengetahuan/", knowledge.knowledge, name="knowledge"),
    path("pengetahuan/unduh/", knowledge.knowledge_export, name="knowledge-export"),
    path("pengetahuan/<slug:code>/", knowledge.knowledge_step, name="knowledge-step"),
    path("pengetahuan/<slug:code>/penilaian/", knowledge.knowledge_assess, name="knowledge-assess"),
    path("proyeksi/", projection.projection, name="projection"),
    path("proyeksi/simpan/", projection.projection_save, name="projection-save"),
    path("proyeksi/tersimpan/", projection.projection_list, name="projection-list"),
    path("proyeksi/banding/", projection.projection_compare, name="projection-compare"),
    path("proyeksi/unduh/", projection.projection_export, name="projection-export"),
    path("proyeksi/hitungan/<uuid:public_id>/", projection.projection_run, name="projection-run"),
    path("proyeksi/<uuid:public_id>/hitung-lagi/", projection.projection_rerun, name="projection-rerun"),
    path("proyeksi/<uuid:public_id>/arsipkan/", projection.projection_archive, name="projection-archive"),
    path("proyeksi/<uuid:public_id>/kembalikan/", projection.projection_restore, name="projection-restore"),
]
