"""The applications of the demo, written as they would have come about."""

import dataclasses
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import pgtrigger
from django.utils import timezone, translation

from batikportal.choices import EnterpriseStatus, Source
from batikportal.models import Enterprise, EnterpriseMembership, User
from marketing import actions, queries, rules
from marketing.choices import (
    ApplicationChannel,
    ApplicationState,
    BatchState,
    CheckPhase,
    DecisionState,
    Outcome,
    ProgrammeKind,
    SelectionMode,
)
from marketing.demo.calls import Plan, public_id
from marketing.models import Activity, Application, Decision, DecisionBatch, EligibilityResult, Quota

_A = ApplicationState
BATCH = 1_000
DEMO_OWNER_PHONE = "+6281200000001"  # whose log-in the demo prints

ANSWERS = (
    "Kami ingin menambah pembeli di luar kota.",
    "Pesanan turun sejak tahun lalu, kami mencari pasar baru.",
    "Ada pembeli dari Malaysia yang bertanya, kami belum tahu caranya.",
    "Kami ingin memperkenalkan motif baru.",
    "",
)
REJECTIONS = (
    "Nilai seleksi di bawah batas kursi yang tersedia.",
    "Pernah ikut kegiatan serupa; kali ini didahulukan yang belum pernah.",
    "Contoh produk belum sesuai dengan tema pameran.",
)


class Book:
    """Writes the applications of one activity after the other, and remembers who had a seat before."""

    def __init__(
        self,
        rng: random.Random,
        enterprises: Sequence[Enterprise],
        known: dict[int, rules.Facts],
        senders: dict[int, tuple[User, str]],
        officer: User,
        head: User,
        at: datetime,
    ):
        self.rng, self.known, self.senders = rng, known, senders
        self.officer, self.head, self.at = officer, head, at
        self.enterprises = [row for row in enterprises if row.status == EnterpriseStatus.ACTIVE]
        # The owner whose log-in the demo prints took part once and has an application in the present selection.
        demo_owners = EnterpriseMembership.objects.filter(user__phone="+6281200000001").values_list(
            "enterprise", flat=True
        )
        self.demo = [row for row in self.enterprises if row.pk in set(demo_owners)]
        self.seats: dict[int, list[rules.Participation]] = defaultdict(list)
        self.applications: list[Application] = []
        self.results: list[EligibilityResult] = []
        self.decisions: list[Decision] = []
        self.batches: list[DecisionBatch] = []
        self.taken: dict[int, int] = defaultdict(int)

    def write(self, plan: Plan) -> None:
        if plan.applicants == 0:
            return
        terms = queries.terms_of(plan.activity)
        arrivals = sorted(self._moments(plan))
        fresh: list[Application] = []
        for arrived_at, (enterprise, facts, checks) in zip(arrivals, self._applicants(plan, terms), strict=False):
            fresh.append(self._application(plan, terms, enterprise, facts, checks, arrived_at, len(fresh) + 1))
        Activity.objects.filter(pk=plan.activity.pk).update(last_arrival=len(fresh))
        self._answer(plan, terms, fresh)
        self.applications += fresh
        for application in fresh:
            if application.state in rules.SEAT_STATES:
                for quota_id in application.counted_quotas:
                    self.taken[quota_id] += 1
                self.seats[application.enterprise_id].append(
                    rules.Participation(plan.kind, timezone.localdate(plan.activity.starts_at), plan.activity.title)
                )

    def _moments(self, plan: Plan) -> list[datetime]:
        """Arrivals within the window: many on the first days, many on the last."""
        opens, closes = plan.activity.registration_opens_at, min(plan.activity.registration_closes_at, self.at)
        return [opens + (closes - opens) * self.rng.betavariate(0.7, 0.8) for _one in range(plan.applicants)]

    def _applicants(
        self, plan: Plan, terms: queries.Terms
    ) -> Iterator[tuple[Enterprise, rules.Facts, list[rules.Check]]]:
        """Enterprises whom no blocking rule bars, the demo owner's first where her story needs it."""
        asked = self.rng.sample(self.enterprises, len(self.enterprises))
        if plan.stage == "pending" or (plan.kind == ProgrammeKind.DIGITAL_MARKETING and not self.seats):
            asked = [*self.demo, *asked]
        elif plan.stage in ("open", "full", "few", "running"):
            asked = [row for row in asked if row not in self.demo]
        seen: set[int] = set()
        for enterprise in asked:
            facts = self._facts(plan, enterprise)
            with translation.override("id"):
                checks = rules.evaluate_all(terms.requirements, facts)
            if enterprise.pk not in seen and not rules.blocking_reasons(checks):
                seen.add(enterprise.pk)
                yield enterprise, facts, checks

    def _facts(self, plan: Plan, enterprise: Enterprise) -> rules.Facts:
        known = self.known[enterprise.pk]
        channel = self.senders[enterprise.pk][1]
        return dataclasses.replace(
            known,
            on=timezone.localdate(plan.activity.starts_at),
            programme_kind=plan.kind,
            participations=(*known.participations, *self.seats[enterprise.pk]),
            applicant_is_member=channel == ApplicationChannel.WEB,
            has_member=channel == ApplicationChannel.WEB,
        )

    def _application(
        self,
        plan: Plan,
        terms: queries.Terms,
        enterprise: Enterprise,
        facts: rules.Facts,
        checks: list[rules.Check],
        arrived_at: datetime,
        number: int,
    ) -> Application:
        traits = queries.traits_of(facts)
        sender, channel = self.senders[enterprise.pk]
        application = Application(
            public_id=public_id(self.rng),
            activity=plan.activity,
            enterprise=enterprise,
            state=_A.SUBMITTED,
            channel=channel,
            sent_by=sender,
            idempotency_key=public_id(self.rng),
            answer=self.rng.choice(ANSWERS),
            submitted_at=arrived_at,
            arrival_number=number,
            snapshot=actions.snapshot_of(enterprise, facts),
            ward=enterprise.ward,
            is_first_timer=traits.is_first_timer,
            is_women_led=traits.is_women_led,
            counted_quotas=rules.counted_in(terms.quotas, traits),
            eligibility=rules.overall(checks),
            created_by=sender,
            created_at=arrived_at,
            source=Source.SEED,
        )
        self.results += actions.result_rows(application, checks, CheckPhase.SUBMISSION, arrived_at)
        return application

    def _answer(self, plan: Plan, terms: queries.Terms, fresh: list[Application]) -> None:
        if plan.stage == "cancelled":
            for application in fresh:
                application.state, application.answer_reason = _A.CANCELLED, plan.activity.cancelled_reason
                application.answered_at = plan.activity.registration_closes_at + timedelta(days=2)
        elif plan.mode == SelectionMode.FIRST_COME:
            self._first_come(plan, terms, fresh)
        elif plan.stage == "finished":
            self._released(plan, terms, fresh)
        else:
            self._undecided(plan, terms, fresh)
        if plan.stage == "finished":
            self._finish(fresh)

    def _first_come(self, plan: Plan, terms: queries.Terms, fresh: list[Application]) -> None:
        left = {quota.id: quota.size for quota in terms.quotas}
        for application in fresh:
            has_seat = all(left[quota_id] > 0 for quota_id in application.counted_quotas)
            for quota_id in application.counted_quotas if has_seat else ():
                left[quota_id] -= 1
            application.state = _A.ACCEPTED if has_seat else _A.WAITLISTED
            application.waiting_order = None if has_seat else application.arrival_number
            application.answered_at = application.submitted_at

    def _ranked(self, terms: queries.Terms, fresh: list[Application]) -> list[tuple[Application, str]]:
        """An outcome for each in the order of a made-up score, within the quotas; the next third waits."""
        left = {quota.id: quota.size for quota in terms.quotas}
        order = sorted(fresh, key=lambda _application: self.rng.random())
        ranked: list[tuple[Application, str]] = []
        waiting = 0
        for application in order:
            if all(left[quota_id] > 0 for quota_id in application.counted_quotas):
                for quota_id in application.counted_quotas:
                    left[quota_id] -= 1
                ranked.append((application, Outcome.ACCEPTED))
            elif waiting < 10:
                waiting += 1
                ranked.append((application, Outcome.WAITLISTED))
            else:
                ranked.append((application, Outcome.REJECTED))
        return ranked

    def _decision(self, application: Application, outcome: str, rank: int | None, decided_at: datetime) -> Decision:
        decision = Decision(
            public_id=public_id(self.rng),
            application=application,
            outcome=outcome,
            rank=rank,
            reason=self.rng.choice(REJECTIONS) if outcome == Outcome.REJECTED else "",
            decided_by=self.officer,
            decided_at=decided_at,
            created_by=self.officer,
            created_at=decided_at,
            source=Source.SEED,
        )
        self.decisions.append(decision)
        return decision

    def _released(self, plan: Plan, terms: queries.Terms, fresh: list[Application]) -> None:
        decided_at = plan.activity.registration_closes_at + timedelta(days=5)
        released_at = decided_at + timedelta(days=3)
        batch = DecisionBatch(
            public_id=public_id(self.rng),
            activity=plan.activity,
            number=1,
            note="Contoh rapat seleksi",
            state=BatchState.RELEASED,
            signed_by=self.head,
            signed_at=released_at - timedelta(hours=4),
            released_by=self.head,
            released_at=released_at,
            created_by=self.officer,
            created_at=decided_at,
            source=Source.SEED,
        )
        self.batches.append(batch)
        rank = 0
        rows = []
        for application, outcome in self._ranked(terms, fresh):
            rank += outcome == Outcome.WAITLISTED
            decision = self._decision(application, outcome, rank if outcome == Outcome.WAITLISTED else None, decided_at)
            decision.state, decision.batch = DecisionState.RELEASED, batch
            application.state, application.answer_reason = outcome, decision.reason
            application.waiting_order = decision.rank
            application.answered_at = released_at
            rows.append((str(application.public_id), outcome, decision.rank, decision.reason))
        batch.seal = rules.seal(rows)

    def _undecided(self, plan: Plan, terms: queries.Terms, fresh: list[Application]) -> None:
        if plan.stage != "pending":
            for application in fresh[: len(fresh) // 3]:
                application.state = _A.ELIGIBLE
            if fresh:
                fresh[-1].state = _A.RETURNED
                fresh[-1].returned_note = "Contoh: unggah foto produk yang lebih jelas."
                fresh[-1].return_due_on = timezone.localdate(plan.activity.registration_closes_at)
            return
        rank = 0
        for number, (application, outcome) in enumerate(self._ranked(terms, fresh)):
            is_demo = application.enterprise in self.demo
            if number < 44 or is_demo:
                rank += outcome == Outcome.WAITLISTED
                self._decision(
                    application,
                    outcome,
                    rank if outcome == Outcome.WAITLISTED else None,
                    self.at - timedelta(days=4, hours=number % 7),
                )
                application.state = _A.PENDING
            else:
                application.state = _A.IN_REVIEW

    def _finish(self, fresh: list[Application]) -> None:
        for application in fresh:
            if application.state == _A.ACCEPTED:
                application.state = self.rng.choices((_A.COMPLETED, _A.NO_SHOW, _A.WITHDRAWN), (90, 7, 3))[0]
                if application.enterprise in self.demo:
                    application.state = _A.COMPLETED
                if application.state == _A.WITHDRAWN:
                    application.ended_at = application.answered_at
            elif application.state == _A.WAITLISTED:
                application.state = _A.REJECTED
                application.answer_reason = "Daftar cadangan ditutup karena tidak ada kursi yang kosong."

    def store(self) -> None:
        """Write everything in a handful of statements; history that is already answered does not pass the door."""
        with pgtrigger.ignore("marketing.Application:seat_door"):
            Application.objects.bulk_create(self.applications, batch_size=BATCH)
        EligibilityResult.objects.bulk_create(self.results, batch_size=BATCH)
        DecisionBatch.objects.bulk_create(self.batches)
        Decision.objects.bulk_create(self.decisions, batch_size=BATCH)
        quotas = list(Quota.objects.filter(pk__in=self.taken))
        for quota in quotas:
            quota.taken = self.taken[quota.pk]
        Quota.objects.bulk_update(quotas, ["taken"])
