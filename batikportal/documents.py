"""PDF documents: a Typst template of templates/documents/ filled with facts.

The facts travel as JSON, never as source, so that nothing people typed is read as markup; a template sees its own
folder only. The same facts at the same moment give the same bytes, so a document can be known by its hash.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import typst
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import get_language
from django.utils.translation import gettext as _

FOLDER = settings.BASE_DIR / "templates" / "documents"


def pdf(template: str, facts: Mapping[str, Any], *, at: datetime) -> bytes:
    """The document `template`.typ as accessible PDF (PDF/UA-1), dated `at`.

    `facts` holds JSON values with at least ``title``; words, numbers and dates are written out by the caller, in the
    language of the reader. In the demo every page says that its content is made up.
    """
    known = {
        **facts,
        "language": (get_language() or "id")[:2],
        "demo": _("DATA CONTOH – bukan dokumen resmi") if settings.DEMO else "",
    }
    return typst.compile(
        FOLDER / f"{template}.typ",
        root=FOLDER,
        ignore_system_fonts=True,
        sys_inputs={"facts": json.dumps(known, cls=DjangoJSONEncoder, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(at.timestamp()),
    )
