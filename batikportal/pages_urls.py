"""The shared pages: home, dashboard, map, open data, and what the portal says about itself."""

from django.urls import path, re_path

from batikportal.views import dashboard, home, map, open_data, pages

urlpatterns = [
    path("", home.home, name="home"),
    path("mulai/", dashboard.start, name="start"),
    path("dasbor/", dashboard.dashboard, name="dashboard"),
    path("dasbor/pekerjaan/", dashboard.work_list, name="work-list"),
    path("dasbor/angka/<str:code>/", dashboard.dashboard_indicator, name="dashboard-indicator"),
    path("peta/", map.map, name="map"),
    path("peta/<str:code>.geojson", map.map_layer, name="map-layer"),
    path("data-terbuka/", open_data.open_data_list, name="open-data"),
    path("data-terbuka/<str:code>/", open_data.open_dataset, name="open-dataset"),
    re_path(
        r"^data-terbuka/(?P<code>[\w.-]+)\.(?P<kind>csv|json)$", open_data.open_dataset_file, name="open-dataset-file"
    ),
    path("tentang/", pages.about, name="about"),
    path("privasi/", pages.privacy, name="privacy"),
    path("aksesibilitas/", pages.accessibility, name="accessibility"),
]
