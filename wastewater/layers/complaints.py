"""Complaints on the map: rounded for everybody, exact for those who handle them."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy

from batikportal import formats
from batikportal.choices import Focus
from batikportal.contracts import Layer, Place, Scope
from wastewater.choices.complaints import ComplaintState
from wastewater.models.complaints import Complaint
from wastewater.queries.complaints import figures
from wastewater.rules import complaints as rules

_STATUS: dict[str, str] = {
    ComplaintState.ANSWERED: "good",
    ComplaintState.CLOSED: "good",
    ComplaintState.REJECTED: "unknown",
    ComplaintState.RECEIVED: "bad",
    ComplaintState.REOPENED: "bad",
}


def _place(complaint: Complaint, latitude, longitude, url: str) -> Place:
    return Place(
        name=complaint.category.name,
        latitude=latitude,
        longitude=longitude,
        url=url,
        value=complaint.get_state_display(),
        status=_STATUS.get(complaint.state, "warning"),
        note=f"{complaint.number} · {formats.short_day(complaint.received_at)}",
    )


def read_rounded(scope: Scope) -> Sequence[Place]:
    """What a moderator has let out, on a grid of about 220 m."""
    rows = Complaint.objects.public().filter(scope.ward_filter("ward"))
    return [
        _place(one, *rules.public_position(one.latitude, one.longitude), one.public_url)
        for one in figures.on_map(rows, scope.period.start, scope.period.end)
        if one.latitude is not None and one.longitude is not None
    ]


def read_exact(scope: Scope) -> Sequence[Place]:
    """All of them, where they were reported."""
    rows = Complaint.objects.filter(scope.ward_filter("ward"))
    return [
        _place(one, one.latitude, one.longitude, one.get_absolute_url())
        for one in figures.on_map(rows, scope.period.start, scope.period.end)
    ]


LAYERS = [
    Layer(
        code="wastewater.complaints",
        title=gettext_lazy("Laporan warga"),
        focus=Focus.WASTE,
        read=read_rounded,
    ),
    Layer(
        code="wastewater.complaint_places",
        title=gettext_lazy("Pengaduan, letak tepat"),
        focus=Focus.WASTE,
        read=read_exact,
        permission="wastewater.handle_complaint",
    ),
]
