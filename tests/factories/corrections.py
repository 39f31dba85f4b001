"""Factories of corrections: verified results with a request that waits."""

from datetime import UTC, datetime
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from batikportal.choices import FileKind
from batikportal.models import StoredFile
from tests.factories import portal, wastewater
from wastewater.actions import corrections
from wastewater.models import Result, ResultCorrection

REQUESTED_AT = datetime(2026, 3, 20, 2, 0, tzinfo=UTC)


class EvidenceFactory(DjangoModelFactory):
    class Meta:
        model = StoredFile

    sha256 = "0" * 64
    kind = FileKind.PDF
    name = "perbaikan.pdf"
    content_type = "application/pdf"
    size_bytes = 10
    file = factory.django.FileField(filename="perbaikan.pdf", data=b"%PDF-1.4 isi")


def figure(value, qualifier: str = "=", unit: str = "mg/L", **more) -> corrections.Figure:
    """The figure as it should be: ``figure(130)``, ``figure("0.01", "<", detection_limit=…)``."""
    return corrections.Figure(Decimal(str(value)), qualifier, unit, **more)


def requested(wanted: corrections.Figure | None = None, *, result: Result | None = None, by=None) -> ResultCorrection:
    """A request to correct COD 300 of a verified sample to 130 mg/L, which meets the limit."""
    result = result or wastewater.verified(wastewater.entry("COD", 300)).results.get()
    return corrections.request_correction(
        result=result,
        figure=wanted or figure(130),
        reason="Salah ketik",
        evidence=EvidenceFactory(),
        by=by or portal.UserFactory(),
        at=REQUESTED_AT,
    )
