"""The addresses of plants, their connections, logs, loads and sludge; part of wastewater.urls."""

from django.urls import path

from wastewater.views import connections, plant_loads, plant_logs, plants, sludge

urlpatterns = [
    path("ipal/", plants.plant_list, name="plant-list"),
    path("ipal/penyisihan/", plant_loads.plant_removal, name="plant-removal"),
    path("ipal/baku-mutu-campuran/", plants.mixed_limit, name="mixed-limit"),
    path("ipal/<uuid:public_id>/", plants.plant, name="plant"),
    path("ipal/<uuid:public_id>/izin/", plants.permit_new, name="permit-new"),
    path("ipal/<uuid:public_id>/catatan/", plant_logs.plant_log_month, name="plant-log-month"),
    path("ipal/<uuid:public_id>/catatan.csv", plant_logs.plant_log_export, name="plant-log-export"),
    path("ipal/<uuid:public_id>/catatan/<str:day>/", plant_logs.plant_log_day, name="plant-log-day"),
    path("ipal/<uuid:public_id>/beban/", plant_loads.plant_load_list, name="plant-load-list"),
    path("ipal/<uuid:public_id>/beban.csv", plant_loads.plant_load_export, name="plant-load-export"),
    path("ipal/<uuid:public_id>/lumpur/", sludge.plant_sludge, name="plant-sludge"),
    path("ipal/<uuid:public_id>/lumpur/masuk/", sludge.sludge_store, name="sludge-store"),
    path("ipal/<uuid:public_id>/lumpur/kirim/", sludge.sludge_dispatch, name="sludge-dispatch"),
    path("catatan-ipal/", plant_logs.plant_log_list, name="plant-log-list"),
    path("catatan-ipal/hari/", plant_logs.plant_log_days, name="plant-log-days"),
    path("catatan-ipal/hari.csv", plant_logs.plant_log_days_export, name="plant-log-days-export"),
    path("lumpur/", sludge.sludge_list, name="sludge-list"),
    path("lumpur.csv", sludge.sludge_export, name="sludge-export"),
    path("manifes/<uuid:public_id>/diterima/", sludge.sludge_receive, name="sludge-receive"),
    path("manifes/<uuid:public_id>/batalkan/", sludge.sludge_void, name="sludge-void"),
    path("sambungan/", connections.connection_list, name="connection-list"),
    path("sambungan.csv", connections.connection_export, name="connection-export"),
    path("sambungan/baru/", connections.connection_new, name="connection-new"),
    path("sambungan/<uuid:public_id>/volume/", connections.connection_volume, name="connection-volume"),
    path("sambungan/<uuid:public_id>/akhiri/", connections.connection_end, name="connection-end"),
]
