"""The facts of the card that a worker is handed."""

from typing import Any

from django.utils.translation import gettext as _

from batikportal import qr_codes
from workforce.models import Person
from workforce.rules.cards import written_code


def card_facts(person: Person, code: str, url: str) -> dict[str, Any]:
    """What the template `worker-card` prints. The name is that of the holder, nothing else is told about her."""
    written = written_code(code)
    return {
        "title": _("Kartu pekerja batik"),
        "office": _("Dinas Perindustrian dan Tenaga Kerja Kota Pekalongan"),
        "name": person.name,
        "code_label": _("Kode kartu"),
        "code": written,
        "qr": qr_codes.svg(f"{url}?kode={code}"),
        "qr_says": _("Kode QR untuk membuka data Anda dengan ponsel"),
        "url": url,
        "how": _("Cara melihat data Anda"),
        "steps": [
            _("Pindai gambar kotak dengan ponsel, atau buka alamat di bawah ini."),
            _("Ketik kode kartu dan tahun lahir Anda."),
            _("Di sana Anda dapat melihat data Anda, menarik persetujuan, dan meminta perbaikan."),
        ],
        "keep": _(
            "Simpan kartu ini. Jangan difoto atau diberikan kepada orang lain. Hilang? Minta kartu baru di kantor "
            "Dinperinaker; kartu lama langsung tidak berlaku."
        ),
    }
