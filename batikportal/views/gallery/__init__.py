"""The gallery of components with plainly invented content; open only while developing and in the demo."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from batikportal import access
from batikportal.views.gallery import samples
from batikportal.views.gallery.forms import FilterSample, FormSample


@access.public
@require_safe
def gallery(request):
    """All components on one page; `?contoh=` shows whole pages made of them, or the data of the sample map."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    page = PAGES.get(request.GET.get("contoh", ""), all_components)
    return page(request)


def all_components(request):
    context = {
        "figures": samples.figures(),
        "charts": samples.charts_sample(),
        "records": samples.records(),
        "filter": FilterSample(request.GET or None),
        "page": Paginator(range(312), 25).get_page(request.GET.get("halaman")),
        "map": samples.map_sample(),
        "today": samples.TODAY,
    }
    return render(request, "gallery.html", context)


def form_sample(request):
    form = FormSample({"name": "", "phone": "0812", "techniques": ["tulis"], "volume": "banyak"})
    context = {
        "title": _("Daftarkan usaha"),
        "lead": _("Sekitar lima menit. Siapkan NIB bila ada; tanpa NIB pun Anda boleh mendaftar."),
        "form": form,
        "submit_label": _("Simpan dan lanjutkan"),
        "cancel_url": "/gaya/",
        "crumbs": [(_("Galeri"), "/gaya/")],
    }
    return render(request, "components/form_page.html", context)


def blank_form_sample(request):
    context = {
        "title": _("Daftarkan usaha"),
        "form": FormSample(),
        "submit_label": _("Simpan dan lanjutkan"),
        "cancel_url": "/gaya/",
        "crumbs": [(_("Galeri"), "/gaya/")],
    }
    return render(request, "components/form_page.html", context)


def confirm_sample(request):
    context = {
        "title": _("Umumkan hasil seleksi"),
        "question": _("Umumkan keputusan untuk 40 pendaftar Pelatihan Ekspor Batik?"),
        "facts": [(_("Diterima"), 20), (_("Cadangan"), 8), (_("Belum diterima"), 12)],
        "consequences": [
            _("Semua pendaftar melihat hasilnya di halaman mereka."),
            _("Pesan WhatsApp disiapkan untuk dikirim."),
            _("Keputusan tidak dapat ditarik kembali."),
        ],
        "submit_label": _("Umumkan hasil"),
        "cancel_url": "/gaya/",
        "danger": False,
        "crumbs": [(_("Galeri"), "/gaya/")],
    }
    return render(request, "components/confirm_page.html", context)


def map_data(request):
    return JsonResponse(samples.map_geojson())


PAGES = {
    "formulir": form_sample,
    "formulir-kosong": blank_form_sample,
    "konfirmasi": confirm_sample,
    "peta": map_data,
}
