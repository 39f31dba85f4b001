"""Every door of the portal. The three focuses are included by name only."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from batikportal.views import gallery

# One way in for the admin too, with the second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # as allauth documents

handler500 = "batikportal.views.errors.server_error"

urlpatterns = [
    path("", include("batikportal.pages_urls")),
    path("", include("batikportal.accounts_urls")),
    path("", include("batikportal.enterprise_urls")),
    path("air-limbah/", include("wastewater.urls")),
    path("pekerja/", include("workforce.urls")),
    path("pasar/", include("marketing.urls")),
    path("impor/", include("batikportal.imports_urls")),
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("gaya/", gallery.gallery, name="gallery"),
]
