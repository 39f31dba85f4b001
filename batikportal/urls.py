"""Every door of the portal. The three focuses are included by name only."""

from importlib.util import find_spec

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("akun/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("", include("batikportal.enterprise_urls")),
]
for _route, _module in (
    ("", "batikportal.pages_urls"),
    ("", "batikportal.accounts_urls"),
    ("air-limbah/", "wastewater.urls"),
    ("pekerja/", "workforce.urls"),
    ("pasar/", "marketing.urls"),
    ("impor/", "batikportal.imports.urls"),
):
    if find_spec(_module):
        urlpatterns.append(path(_route, include(_module)))
if find_spec("batikportal.views.gallery"):
    from batikportal.views import gallery

    urlpatterns.append(path("gaya/", gallery.gallery, name="gallery"))
