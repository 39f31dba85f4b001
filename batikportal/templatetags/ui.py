"""The words of our templates in one library: pages, lists, inputs, records, and the formats as filters."""

from django import template

from batikportal import formats
from batikportal.templatetags import inputs, lists, pages, records

register = template.Library()

for _library in (pages, lists, inputs, records):
    register.tags.update(_library.register.tags)
    register.filters.update(_library.register.filters)

register.filter("angka", formats.number)
register.filter("rupiah", formats.rupiah)
register.filter("persen", formats.per_cent)
register.filter("tanggal", formats.day)
register.filter("tanggal_pendek", formats.short_day)
register.filter("bulan", formats.month)
register.filter("waktu", formats.moment)
register.filter("ukuran", formats.file_size)
register.filter("kosong", formats.or_dash)
register.simple_tag(formats.html_date, name="html_date")
