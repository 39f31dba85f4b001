"""Addresses under /pekerja/penerusan/: plans of handover."""

from django.urls import path

from workforce.views import handover

urlpatterns = [
    path("penerusan/", handover.handover_list, name="handover-list"),
    path("penerusan/unduh/", handover.handover_export, name="handover-export"),
    path("penerusan/<uuid:public_id>/", handover.handover, name="handover"),
    path("penerusan/<uuid:public_id>/ubah/", handover.handover_edit, name="handover-edit"),
    path("penerusan/<uuid:public_id>/keadaan/<slug:step>/", handover.handover_move, name="handover-move"),
    path("penerusan/<uuid:public_id>/calon/", handover.candidate_new, name="candidate-new"),
    path("penerusan/calon/<uuid:public_id>/kesediaan/", handover.candidate_willing, name="candidate-willing"),
    path("penerusan/<uuid:public_id>/langkah/", handover.milestone_new, name="milestone-new"),
    path("penerusan/<uuid:public_id>/langkah-lazim/", handover.milestones_usual, name="milestones-usual"),
    path("penerusan/langkah/<uuid:public_id>/tutup/", handover.milestone_close, name="milestone-close"),
    path("<uuid:public_id>/penerusan/", handover.handover_new, name="handover-new"),
]
