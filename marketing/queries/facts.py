"""Facts of enterprises for eligibility: one statement, however many enterprises are asked about."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, OuterRef, Value, When
from django.db.models.functions import JSONObject, TruncDate
from django.utils import timezone

from batikportal.models import Enterprise, EnterpriseIdentifier, EnterpriseMembership, User
from marketing import rules
from marketing.models import Activity, Application, PastParticipation


def facts_of(enterprise: Enterprise, activity: Activity, applicant: User | None) -> rules.Facts:
    """What is known of one enterprise that applies to ``activity``; one statement. No applicant: an officer applies."""
    applicants = {enterprise.pk: applicant.pk} if applicant else {}
    return facts_of_many([enterprise], activity, applicants=applicants)[enterprise.pk]


def facts_of_many(
    enterprises: Iterable[Enterprise], activity: Activity, *, applicants: Mapping[int, int | None]
) -> Mapping[int, rules.Facts]:
    """Facts by primary key of the enterprise, whose wards come loaded; one statement for all.

    ``applicants``: enterprise to the user who applies for it; left out where an officer does.
    """
    known = {enterprise.pk: enterprise for enterprise in enterprises}
    members = EnterpriseMembership.objects.filter(enterprise=OuterRef("pk"), valid_until__isnull=True)
    identifiers = EnterpriseIdentifier.objects.filter(enterprise=OuterRef("pk")).values(
        row=JSONObject(
            kind="kind",
            value="value",
            verified=Case(When(verified_at__isnull=False, then=Value(True)), default=Value(False)),
            expires_on="expires_on",
        )
    )
    seats = (
        Application.objects.seated()
        .filter(enterprise=OuterRef("pk"))
        .exclude(activity=activity)
        .values(
            row=JSONObject(
                kind="activity__programme__kind",
                title="activity__title",
                on=TruncDate("activity__starts_at", tzinfo=timezone.get_default_timezone()),
            )
        )
    )
    past = PastParticipation.objects.filter(enterprise=OuterRef("pk")).values(
        row=JSONObject(kind="kind", title="title", on="held_on")
    )
    rows = (
        Enterprise.objects.filter(pk__in=known)
        .annotate(
            identifier_rows=ArraySubquery(identifiers),
            seat_rows=ArraySubquery(seats),
            past_rows=ArraySubquery(past),
            member_ids=ArraySubquery(members.values("user")),
        )
        .values_list("pk", "identifier_rows", "seat_rows", "past_rows", "member_ids")
    )
    on = timezone.localdate(activity.starts_at)
    kind = activity.programme.kind
    return {pk: _facts(known[pk], on, kind, applicants.get(pk), *rest) for pk, *rest in rows}


def _facts(
    enterprise: Enterprise,
    on: date,
    programme_kind: str,
    applicant_id: int | None,
    identifier_rows: list[dict],
    seat_rows: list[dict],
    past_rows: list[dict],
    member_ids: list[int],
) -> rules.Facts:
    # Of two numbers of one kind the checked one counts, and of those the one that lasts longest.
    in_order = sorted(identifier_rows, key=lambda row: (row["verified"], row["expires_on"] or "9999"))
    return rules.Facts(
        on=on,
        programme_kind=programme_kind,
        status=enterprise.status,
        ward_code=enterprise.ward.code,
        techniques=tuple(enterprise.techniques),
        workers_count=enterprise.workers_count,
        size_by_law=enterprise.size_by_law,
        size_by_workers=enterprise.size_by_workers,
        established_year=enterprise.established_year,
        owner_sex=enterprise.owner_sex,
        identifiers={row["kind"]: (row["value"], row["verified"], _day(row["expires_on"])) for row in in_order},
        applicant_is_member=applicant_id is not None and applicant_id in member_ids,
        has_member=bool(member_ids),
        participations=tuple(
            rules.Participation(row["kind"], date.fromisoformat(row["on"]), row["title"])
            for row in (*seat_rows, *past_rows)
        ),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def traits_of(facts: rules.Facts) -> rules.Traits:
    """What quotas ask, drawn from the facts; a first-timer never had a seat in this kind of programme."""
    return rules.Traits(
        ward_code=facts.ward_code,
        is_first_timer=rules.participated_since(facts, date.min) is None,
        is_women_led=facts.owner_sex == "F",
        techniques=facts.techniques,
    )
