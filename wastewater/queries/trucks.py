"""Requests for the suction truck as its board asks for them."""

from datetime import date

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from batikportal.models import Area
from wastewater.choices.discharge_logs import TruckState
from wastewater.models import TruckPrice, TruckRequest
from wastewater.queries.validity import in_force

OPEN = (TruckState.REQUESTED, TruckState.SCHEDULED)


def price_on(day: date) -> TruckPrice | None:
    """What a visit costs on a day; None while no price is known."""
    return TruckPrice.objects.filter(in_force(day)).first()


def listed_requests(requests: QuerySet[TruckRequest]) -> QuerySet[TruckRequest]:
    """Waiting ones first by the day wanted, then scheduled ones, then what is over, newest first."""
    rank = Case(
        When(state=TruckState.REQUESTED, then=Value(0)),
        When(state=TruckState.SCHEDULED, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return requests.select_related("enterprise__ward__parent", "truck").order_by(rank, "wanted_on", "-pk")


def found_requests(
    requests: QuerySet[TruckRequest], *, cari: str = "", keadaan: str = "", kecamatan: Area | None = None
) -> QuerySet[TruckRequest]:
    """The board, narrowed; without a chosen state only what is still open."""
    rows = requests.filter(state=keadaan) if keadaan else requests.filter(state__in=OPEN)
    if cari:
        rows = rows.filter(Q(enterprise__name__icontains=cari) | Q(enterprise__registration_number__icontains=cari))
    if kecamatan:
        rows = rows.filter(enterprise__ward__parent=kecamatan)
    return listed_requests(rows)


def waiting_requests() -> QuerySet[TruckRequest]:
    """Requests that nobody has answered yet, by when they are to be answered."""
    return (
        TruckRequest.objects.filter(state=TruckState.REQUESTED)
        .select_related("enterprise__ward")
        .order_by("answer_due_on", "pk")
    )
