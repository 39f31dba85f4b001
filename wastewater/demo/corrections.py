"""Three corrections of the demo's verified results: one applied, one refused, one that waits."""

import io
from datetime import datetime, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from batikportal.actions.files import store
from batikportal.choices import FileKind, Source
from batikportal.models import StoredFile, User
from wastewater.actions import corrections as actions
from wastewater.choices import PointKind, Qualifier, SampleState
from wastewater.demo.samples import person
from wastewater.models import Result

_EVIDENCE = "Data contoh: perbaikan laporan hasil uji (fiktif)"


def make_corrections(at: datetime) -> None:
    """Each of another plant sample of the last months, so that every state shows on the list."""
    clerk, head = person("waste_officer"), person("waste_head")
    figures = list(
        Result.objects.filter(
            sample__source=Source.SEED,
            sample__state=SampleState.PUBLISHED,
            sample__point__kind=PointKind.EFFLUENT,
            sample__point__plant__isnull=False,
            parameter__code="TSS",
            qualifier=Qualifier.EQUAL,
        ).order_by("-sample__taken_at", "pk")[:3]
    )
    if len(figures) < 3:
        return
    evidence = _evidence(clerk, at)
    reasons = (
        "Contoh: angka tertukar saat mengetik; perbaikan laporan dari laboratorium terlampir.",
        "Contoh: usaha menyatakan angkanya terlalu tinggi.",
        "Contoh: laboratorium menerbitkan perbaikan laporan hasil uji.",
    )
    applied, refused, _waiting = [
        actions.request_correction(
            result=result,
            figure=actions.Figure(
                value=round(result.value * Decimal("0.8"), 1),
                qualifier=Qualifier.EQUAL,
                unit=result.unit,
                detection_limit=result.detection_limit,
            ),
            reason=reason,
            evidence=evidence,
            by=clerk,
            at=at - timedelta(days=3),
            source=Source.SEED,
        )
        for result, reason in zip(figures, reasons, strict=True)
    ]
    actions.apply_correction(correction=applied, by=head, at=at - timedelta(days=2))
    actions.refuse_correction(
        correction=refused,
        note="Contoh: laboratorium menyatakan angkanya benar.",
        by=head,
        at=at - timedelta(days=2),
    )


def _evidence(clerk: User, at: datetime) -> StoredFile:
    picture = Image.new("RGB", (900, 240), "white")
    ImageDraw.Draw(picture).text((40, 100), _EVIDENCE, fill="black")
    content = io.BytesIO()
    picture.save(content, "JPEG")
    upload = SimpleUploadedFile("perbaikan-laporan-contoh.jpg", content.getvalue())
    return store(upload=upload, kinds=(FileKind.IMAGE,), by=clerk, at=at)
