"""The complaints of the demo: every state occurs, all of it says that it is made up, the same each time."""

import random
from datetime import UTC, datetime

from django.db import transaction

from wastewater.choices.complaints import ComplaintState
from wastewater.demo import complaints as demo
from wastewater.models.complaints import Complaint, ComplaintStep, Handover, Reporter

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def test_every_state_occurs_and_nothing_lies_ahead(db):
    demo.make_complaints(random.Random(1), AT)
    assert set(Complaint.objects.values_list("state", flat=True)) == set(ComplaintState.values)
    assert Handover.objects.filter(state="offered").count() == 1
    assert ComplaintStep.objects.latest("at").at <= AT
    assert all(text.startswith("Contoh") for text in Complaint.objects.values_list("description", flat=True))
    assert {str(row.name.reveal()) for row in Reporter.objects.all()} == {"Warga Contoh"}


def test_the_same_every_time(db):
    def made() -> list[tuple]:
        with transaction.atomic():
            demo.make_complaints(random.Random(7), AT)
            rows = list(Complaint.objects.order_by("number").values_list("number", "public_id", "state", "latitude"))
            transaction.set_rollback(True)
        return rows

    assert made() == made()
