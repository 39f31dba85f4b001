"""Factories of the market: programmes, calls with seats, and applications in any state."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import factory
import pgtrigger
from django.db import transaction
from factory.django import DjangoModelFactory

from marketing import models, rules
from marketing.choices import (
    ActivityState,
    ApplicationState,
    Outcome,
    ProgrammeKind,
    QuotaKind,
    SelectionMode,
)
from tests.factories.portal import EnterpriseFactory, UserFactory

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # the ``now`` of conftest


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = models.Programme

    kind = ProgrammeKind.EXPORT_TRAINING
    name = factory.Sequence(lambda n: f"Program Contoh {n}")
    year = 2026
    budget_code = "2.17.08"


class ActivityFactory(DjangoModelFactory):
    """A published first-come call, open now, with ``seats`` seats (None: without a quota)."""

    class Meta:
        model = models.Activity
        skip_postgeneration_save = True

    class Params:
        selected = factory.Trait(selection_mode=SelectionMode.SELECTED, decision_due_on=date(2026, 12, 10))
        closed = factory.Trait(
            registration_opens_at=NOW - timedelta(days=30), registration_closes_at=NOW - timedelta(days=1)
        )
        over = factory.Trait(
            registration_opens_at=NOW - timedelta(days=60),
            registration_closes_at=NOW - timedelta(days=30),
            starts_at=NOW - timedelta(days=10),
            ends_at=NOW - timedelta(days=8),
        )
        draft = factory.Trait(state=ActivityState.DRAFT, published_at=None)

    programme = factory.SubFactory(ProgrammeFactory)
    title = factory.Sequence(lambda n: f"Contoh Pelatihan Ekspor {n}")
    summary = "Contoh ringkasan untuk usaha batik yang ingin mengekspor."
    venue = "Ruang Contoh"
    registration_opens_at = NOW - timedelta(days=7)
    registration_closes_at = NOW + timedelta(days=14)
    starts_at = NOW + timedelta(days=30)
    ends_at = NOW + timedelta(days=32)
    selection_mode = SelectionMode.FIRST_COME
    state = ActivityState.PUBLISHED
    published_at = NOW - timedelta(days=8)

    @factory.post_generation
    def seats(self, create, extracted, **kwargs):
        """``ActivityFactory(seats=20)``; 20 by default."""
        size = 20 if extracted is None else extracted
        if size:
            models.Quota.objects.create(activity=self, kind=QuotaKind.ALL, size=size)


class QuotaFactory(DjangoModelFactory):
    class Meta:
        model = models.Quota

    activity = factory.SubFactory(ActivityFactory, seats=0)
    kind = QuotaKind.ALL
    size = 20


class RuleFactory(DjangoModelFactory):
    class Meta:
        model = models.EligibilityRule

    activity = factory.SubFactory(ActivityFactory)
    code = "nib"


class SessionFactory(DjangoModelFactory):
    class Meta:
        model = models.Session

    activity = factory.SubFactory(ActivityFactory)
    title = factory.Sequence(lambda n: f"Hari {n}")
    starts_at = factory.LazyAttribute(lambda session: session.activity.starts_at)
    ends_at = factory.LazyAttribute(lambda session: session.starts_at + timedelta(hours=6))


class PastParticipationFactory(DjangoModelFactory):
    class Meta:
        model = models.PastParticipation

    enterprise = factory.SubFactory(EnterpriseFactory)
    kind = ProgrammeKind.EXPORT_TRAINING
    title = "Contoh Pelatihan Lama"
    held_on = date(2024, 5, 27)


class ApplicationFactory(DjangoModelFactory):
    """A sent application in any state. It goes past the door of seats, and takes its seats so that the books agree."""

    class Meta:
        model = models.Application

    activity = factory.SubFactory(ActivityFactory, selected=True)
    enterprise = factory.SubFactory(EnterpriseFactory)
    state = ApplicationState.SUBMITTED
    sent_by = factory.SubFactory(UserFactory)
    created_by = factory.SelfAttribute("sent_by")
    idempotency_key = factory.LazyFunction(uuid4)
    submitted_at = NOW - timedelta(days=2)
    arrival_number = factory.LazyAttribute(lambda new: new.activity.last_arrival + 1)
    waiting_order = factory.LazyAttribute(
        lambda new: new.arrival_number if new.state == ApplicationState.WAITLISTED else None
    )
    snapshot = factory.LazyAttribute(lambda new: {"name": new.enterprise.name, "ward": new.enterprise.ward.name})
    ward = factory.LazyAttribute(lambda new: new.enterprise.ward)
    is_first_timer = True
    is_women_led = True
    eligibility = "pass"
    returned_note = factory.LazyAttribute(
        lambda new: "Contoh catatan" if new.state == ApplicationState.RETURNED else ""
    )
    answer_reason = factory.LazyAttribute(
        lambda new: "Contoh alasan" if new.state in (ApplicationState.REJECTED, ApplicationState.INELIGIBLE) else ""
    )
    counted_quotas = factory.LazyAttribute(
        lambda new: list(
            models.Quota.objects.filter(activity=new.activity, kind=QuotaKind.ALL).values_list("pk", flat=True)
        )
    )

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        with pgtrigger.ignore("marketing.Application:seat_door"), transaction.atomic():
            made = super()._create(model_class, *args, **kwargs)
        models.Activity.objects.filter(pk=made.activity_id).update(last_arrival=made.arrival_number or 0)
        made.activity.last_arrival = made.arrival_number or 0
        if made.state in rules.SEAT_STATES:
            for quota in models.Quota.objects.filter(pk__in=made.counted_quotas):
                models.Quota.objects.filter(pk=quota.pk).update(taken=quota.taken + 1)
        return made


class DraftFactory(DjangoModelFactory):
    """An application that was begun and not sent."""

    class Meta:
        model = models.Application

    activity = factory.SubFactory(ActivityFactory)
    enterprise = factory.SubFactory(EnterpriseFactory)
    created_by = factory.SubFactory(UserFactory)


class DecisionFactory(DjangoModelFactory):
    """A pending decision on an application that waits for its release."""

    class Meta:
        model = models.Decision

    application = factory.SubFactory(ApplicationFactory, state=ApplicationState.PENDING)
    outcome = Outcome.ACCEPTED
    reason = factory.LazyAttribute(lambda new: "Contoh alasan" if new.outcome == Outcome.REJECTED else "")
    decided_by = factory.SubFactory(UserFactory)
    decided_at = NOW - timedelta(days=1)


class BatchFactory(DjangoModelFactory):
    class Meta:
        model = models.DecisionBatch

    activity = factory.SubFactory(ActivityFactory, selected=True)
    number = factory.Sequence(lambda n: n + 1)
