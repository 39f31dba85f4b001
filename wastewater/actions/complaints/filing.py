"""How a complaint comes in: one door for the public form, the telephone, the desk and the national system."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from batikportal.choices import Source
from batikportal.models import Area, StoredFile, User
from wastewater.actions.complaints.drafts import hash_of
from wastewater.actions.complaints.messages import tell
from wastewater.actions.complaints.steps import ComplaintRefused, day_of, record
from wastewater.choices.complaints import (
    ComplaintState,
    HandlingRole,
    HandlingState,
    IntakeChannel,
    MessageKind,
    StepKind,
    TermKind,
)
from wastewater.models.complaints import (
    Agency,
    AgencyHandling,
    Complaint,
    ComplaintCategory,
    ComplaintDraft,
    ComplaintPhoto,
    Reporter,
)
from wastewater.queries.complaints import places, terms
from wastewater.rules import complaints as rules

TRIES = 10


@dataclass(frozen=True)
class Report:
    """What was seen, where and when."""

    category: ComplaintCategory
    description: str = ""
    happened_on: date | None = None
    time_of_day: str = ""
    colour: str = ""
    smell: str = ""
    ward: Area | None = None
    is_outside_city: bool = False
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    location_text: str = ""


@dataclass(frozen=True)
class Contact:
    """How to reach the reporter; all of it is optional, and without any of it the complaint is anonymous."""

    name: str = ""
    phone: str = ""
    email: str = ""
    wants_messages: bool = False

    def __bool__(self) -> bool:
        return bool(self.name or self.phone or self.email)


def report_from(facts: Mapping[str, Any]) -> Report | None:
    """What a draft holds, as a report; None while nobody has said what it is about."""
    category = ComplaintCategory.objects.filter(pk=facts.get("category") or 0, is_active=True).first()
    if category is None:
        return None
    day = facts.get("happened_on")
    latitude, longitude = facts.get("latitude"), facts.get("longitude")
    return Report(
        category=category,
        description=facts.get("description", ""),
        happened_on=date.fromisoformat(day) if day else None,
        time_of_day=facts.get("time_of_day", ""),
        colour=facts.get("colour", ""),
        smell=facts.get("smell", ""),
        ward=Area.objects.filter(pk=facts.get("ward") or 0).select_related("parent").first(),
        is_outside_city=bool(facts.get("is_outside_city")),
        latitude=Decimal(latitude) if latitude else None,
        longitude=Decimal(longitude) if longitude else None,
        location_text=facts.get("location_text", ""),
    )


def file_complaint(
    *,
    report: Report,
    secret: str,
    at: datetime,
    contact: Contact | None = None,
    photos: Sequence[StoredFile] = (),
    parent: Complaint | None = None,
    channel: str = IntakeChannel.WEB,
    national_number: str = "",
    draft: ComplaintDraft | None = None,
    link: str = "",
    by: User | None = None,
    source: str = Source.FORM,
) -> Complaint:
    """Take in a complaint, give it its promise and its lead; the same secret again is the same complaint.

    With a `parent` it joins that case instead of standing alone. The `link` of the secret page goes to a reporter who
    wants messages; afterwards only its hash is known.
    """
    known = Complaint.objects.filter(token_hash=hash_of(secret)).first()
    if known is not None:
        return known
    if report.latitude is not None and not rules.is_in_region(report.latitude, report.longitude or Decimal(0)):
        raise ComplaintRefused(_("Titik itu jauh dari Pekalongan. Pilih titik di kota atau sekitarnya."))
    if report.happened_on is not None and report.happened_on > day_of(at):
        raise ComplaintRefused(_("Tanggal kejadian masih di depan. Periksa tanggalnya."))
    if national_number and Complaint.objects.filter(national_number=national_number).exists():
        raise ComplaintRefused(_("Nomor SP4N-LAPOR! ini sudah tercatat pada laporan lain."))
    for _attempt in range(TRIES):
        number = fresh_number(at)
        try:
            with transaction.atomic():
                case = _inserted(report, secret, number, parent, channel, national_number, by, at, source)
                _accompany(case, report, contact, photos, by, at)
                tell(case, MessageKind.RECEIVED, link=link, at=at)
                if draft is not None:
                    draft.delete()
                return case
        except IntegrityError:
            twin = Complaint.objects.filter(token_hash=hash_of(secret)).first()
            if twin is not None:  # sent twice at the same moment
                return twin
            if not Complaint.objects.filter(number=number).exists():
                raise
    raise ComplaintRefused(_("Nomor laporan sedang tidak dapat dibuat. Kirim lagi sebentar."))


def fresh_number(at: datetime) -> str:
    """Year and month, then six random digits: short enough for the telephone, and silent about how many there are."""
    while True:
        number = f"{timezone.localtime(at):%y%m}-{secrets.randbelow(1_000_000):06d}"
        if not Complaint.objects.filter(number=number).exists():
            return number


def _inserted(
    report: Report,
    secret: str,
    number: str,
    parent: Complaint | None,
    channel: str,
    national_number: str,
    by: User | None,
    at: datetime,
    source: str,
) -> Complaint:
    ward, estimated, outside = report.ward, False, report.is_outside_city
    if ward is None and report.latitude is not None and report.longitude is not None:
        ward = places.nearest_ward(report.latitude, report.longitude)
        estimated = ward is not None
        outside = outside or ward is None
    today = day_of(at)
    term = terms.term_for(TermKind.ANSWER, report.category, today)
    return Complaint.objects.create(
        number=number,
        token_hash=hash_of(secret),
        state=ComplaintState.JOINED if parent else ComplaintState.RECEIVED,
        parent=parent,
        channel=channel,
        national_number=national_number,
        category=report.category,
        description=report.description.strip(),
        happened_on=report.happened_on,
        time_of_day=report.time_of_day,
        colour=report.colour,
        smell=report.smell,
        ward=ward,
        ward_is_estimated=estimated,
        is_outside_city=outside,
        latitude=report.latitude,
        longitude=report.longitude,
        location_text=report.location_text.strip(),
        received_at=at,
        first_response_due_on=terms.due(TermKind.FIRST_RESPONSE, report.category, today),
        verification_due_on=terms.verification_due(report.category, today),
        term=term,
        due_on=terms.end_of(term, today),
        created_by=by,
        created_at=at,
        source=source,
    )


def _accompany(
    case: Complaint,
    report: Report,
    contact: Contact | None,
    photos: Sequence[StoredFile],
    by: User | None,
    at: datetime,
) -> None:
    """The agencies, the photos, the reporter and the first line of the timeline."""
    lead, partner = terms.route(case.category, case.ward, case.is_outside_city)
    take_part(case, lead, HandlingRole.LEAD, by=by, at=at)
    if partner is not None:
        take_part(case, partner, HandlingRole.PARTNER, by=by, at=at)
    ComplaintPhoto.objects.bulk_create(ComplaintPhoto(complaint=case, file=one, created_by=by) for one in photos)
    if contact:
        Reporter.objects.create(
            complaint=case,
            name=contact.name or None,
            phone=contact.phone or None,
            email=contact.email or None,
            wants_messages=contact.wants_messages and bool(contact.phone or contact.email),
            given_at=at,
        )
    record(case, StepKind.MOVED, by=None, at=at, state=case.state)


def take_part(case: Complaint, agency: Agency, role: HandlingRole, *, by: User | None, at: datetime) -> AgencyHandling:
    """Give an agency its part: ours begin at once, others when somebody there has accepted."""
    today = day_of(at)
    waits = agency.is_external and role == HandlingRole.PARTNER
    received_on = day_of(case.received_at)
    return AgencyHandling.objects.create(
        complaint=case,
        agency=agency,
        role=role,
        state=HandlingState.WAITING if waits else HandlingState.ACTIVE,
        since_on=today,
        forward_due_on=terms.due(TermKind.FORWARDING, case.category, received_on) if waits else None,
        due_on=None if waits else case.due_on if role == HandlingRole.LEAD else terms.end_of(case.term, today),
        created_by=by,
        created_at=at,
    )
