"""Addresses under /pekerja/rencana-penerusan/: plans of handover."""

from django.urls import path

from workforce.views import handover

urlpatterns = [
    path("rencana-penerusan/", handover.handover_list, name="handover-list"),
    path("rencana-penerusan/unduh/", handover.handover_export, name="handover-export"),
    path("rencana-penerusan/<uuid:public_id>/", handover.handover, name="handover"),
    path("rencana-penerusan/<uuid:public_id>/ubah/", handover.handover_edit, name="handover-edit"),
    path("rencana-penerusan/<uuid:public_id>/keadaan/<slug:step>/", handover.handover_move, name="handover-move"),
    path("rencana-penerusan/<uuid:public_id>/calon/", handover.candidate_new, name="candidate-new"),
    path("rencana-penerusan/calon/<uuid:public_id>/kesediaan/", handover.candidate_willing, name="candidate-willing"),
    path("rencana-penerusan/<uuid:public_id>/langkah/", handover.milestone_new, name="milestone-new"),
    path("rencana-penerusan/<uuid:public_id>/langkah-lazim/", handover.milestones_usual, name="milestones-usual"),
    path("rencana-penerusan/langkah/<uuid:public_id>/tutup/", handover.milestone_close, name="milestone-close"),
    path("<uuid:public_id>/rencana-penerusan/", handover.handover_new, name="handover-new"),
]
