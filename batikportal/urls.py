"""Every door of the portal. The three focuses are included by name only."""

from importlib.util import find_spec

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from batikportal.views import health

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("akun/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]
for _route, _module in (
    ("air-limbah/", "wastewater.urls"),
    ("pekerja/", "workforce.urls"),
    ("pasar/", "marketing.urls"),
    ("impor/", "batikportal.imports.urls"),
):
    if find_spec(_module):
        urlpatterns.append(path(_route, include(_module)))
