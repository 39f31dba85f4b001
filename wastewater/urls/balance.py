"""The addresses of the balance sheet and the plant simulator; part of wastewater.urls."""

from django.urls import path

from wastewater.views import balance, scenarios

urlpatterns = [
    path("neraca/", balance.balance, name="balance"),
    path("neraca.csv", balance.balance_export, name="balance-export"),
    path("neraca.pdf", balance.balance_pdf, name="balance-pdf"),
    path("neraca/<str:code>/", balance.balance_ward, name="balance-ward"),
    path("rencana-ipal/", scenarios.scenario_list, name="scenario-list"),
    path("rencana-ipal/baru/", scenarios.scenario_new, name="scenario-new"),
    path("rencana-ipal/bandingkan/", scenarios.scenario_compare, name="scenario-compare"),
    path("rencana-ipal/bandingkan.pdf", scenarios.scenario_pdf, name="scenario-pdf"),
    path("rencana-ipal/bandingkan.csv", scenarios.scenario_export, name="scenario-export"),
    path("rencana-ipal/<uuid:public_id>/", scenarios.scenario, name="scenario"),
    path("rencana-ipal/<uuid:public_id>/usaha.csv", scenarios.scenario_enterprises, name="scenario-enterprises"),
    path("rencana-ipal/<uuid:public_id>/arsipkan/", scenarios.scenario_archive, name="scenario-archive"),
    path("rencana-ipal/<uuid:public_id>/kembalikan/", scenarios.scenario_restore, name="scenario-restore"),
]
