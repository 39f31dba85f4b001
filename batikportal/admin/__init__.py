"""The shared nouns in the Django admin, for data entry; states change through actions only."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from batikportal.admin import enterprises, people, records

admin.site.site_header = _("Portal Batik Pekalongan – entri data")
admin.site.site_title = _("Entri data")
admin.site.index_title = _("Data")
admin.site.site_url = "/dasbor/"

__all__ = ["enterprises", "people", "records"]
