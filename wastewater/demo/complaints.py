"""Complaints of the demo: a year of them in every state, filed and moved through the same doors as real ones."""

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone

from batikportal.choices import AreaLevel, Source
from batikportal.models import Area, User
from wastewater.actions import complaints as actions
from wastewater.demo.places import public_id
from wastewater.models.complaints import Agency, Complaint, ComplaintCategory

DAY = timedelta(days=1)
CONTACT = actions.Contact(name="Warga Contoh", phone="+6281200009999", wants_messages=True)


class Story(NamedTuple):
    """One complaint: how long ago, about what, where, and how far it came. ``end`` names the last step."""

    days_ago: int
    category: str
    ward: str
    colour: str
    smell: str
    end: str
    text: str
    contact: bool = False
    outside: bool = False


# Received long enough ago come first, since the demo tells them in that order.
STORIES = (
    Story(330, "coloured-water", "Jenggot", "blue", "chemical", "closed", "Air saluran biru tua sejak pagi."),
    Story(300, "smell", "Kauman", "", "chemical", "closed", "Bau menyengat setiap malam.", contact=True),
    Story(280, "overflow", "Pasirkratonkramat", "brown", "rotten", "closed", "Meluap ke jalan saat rob."),
    Story(255, "coloured-water", "Kuripan Yosorejo", "red", "none", "closed", "Air merah di bawah jembatan."),
    Story(240, "service", "Banyurip", "", "", "closed", "Truk sedot tidak datang sesuai jadwal."),
    Story(220, "coloured-water", "Banyurip", "black", "rotten", "external", "Air hitam dari hulu.", outside=True),
    Story(200, "dead-fish", "Krapyak", "green", "rotten", "closed", "Banyak ikan mengambang."),
    Story(180, "discharge", "Pringrejo", "purple", "chemical", "rejected", "Selang ke selokan."),
    Story(160, "coloured-water", "Tirto", "pink", "", "closed", "Air merah muda."),
    Story(150, "question", "Medono", "", "", "closed", "Ke mana membuang sisa pewarna alami?"),
    Story(130, "well", "Jenggot", "yellow", "wax", "reopened", "Air sumur kuning dan berminyak.", contact=True),
    Story(125, "plant", "Pringrejo", "", "rotten", "in_field", "IPAL tidak menyala."),
    Story(110, "coloured-water", "Kauman", "red", "", "answered", "Air merah setelah hujan."),
    Story(95, "smell", "Buaran Kradenan", "", "wax", "closed", "Bau malam terbakar."),
    Story(80, "discharge", "Degayu", "blue", "chemical", "assigned", "Pipa di belakang gudang."),
    Story(66, "coloured-water", "Klego", "purple", "", "answered", "Ungu pekat."),
    Story(60, "overflow", "Bandengan", "brown", "rotten", "in_field", "Got meluap ke halaman."),
    Story(45, "coloured-water", "Jenggot", "black", "chemical", "assigned", "Hitam dan berbau."),
    Story(40, "smell", "Noyontaansari", "", "chemical", "waiting", "Bau zat kimia.", contact=True),
    Story(30, "question", "Setono", "", "", "answered", "Apakah air sungai aman untuk tambak?"),
    Story(25, "coloured-water", "Banyurip", "red", "", "partner", "Merah dari arah hulu.", outside=True),
    Story(20, "discharge", "Gamer", "orange", "chemical", "handover", "Dibuang dari truk tangki."),
    Story(12, "coloured-water", "Kauman", "blue", "", "assigned", "Biru sejak kemarin."),
    Story(11, "coloured-water", "Kauman", "blue", "", "joined", "Sama seperti tetangga, air biru."),
    Story(9, "plant", "Jenggot", "", "rotten", "triaged", "Lumpur meluap dari bak."),
    Story(6, "dead-fish", "Panjang Wetan", "foam", "", "triaged", "Busa dan ikan mati."),
    Story(4, "service", "Tirto", "", "", "received", "Biaya sedot tidak jelas."),
    Story(2, "coloured-water", "Pasirkratonkramat", "green", "", "received", "Air hijau.", contact=True),
    Story(1, "smell", "Klego", "", "rotten", "received", "Bau busuk dari saluran."),
    Story(0, "discharge", "Sokoduwet", "red", "chemical", "received", "Baru saja dibuang ke sungai."),
)  # fmt: skip


def make_complaints(rng: random.Random, at: datetime) -> list[Complaint]:
    """All stories up to `at`; numbers and places are the same for the same arguments."""
    officer, second = _officers(rng)
    wards = {one.name: one for one in Area.objects.filter(level=AreaLevel.WARD).select_related("parent")}
    categories = {one.code: one for one in ComplaintCategory.objects.all()}
    made: list[Complaint] = []
    for number, story in enumerate(STORIES, start=1):
        received = at - story.days_ago * DAY - timedelta(minutes=rng.randint(5, 300))
        ward = wards[story.ward]
        case = actions.file_complaint(
            report=actions.Report(
                category=categories[story.category],
                description=f"Contoh: {story.text}",
                happened_on=_day(received - timedelta(hours=rng.randint(0, 30))),
                time_of_day=rng.choice(("morning", "noon", "afternoon", "night")),
                colour=story.colour,
                smell=story.smell,
                ward=ward,
                is_outside_city=story.outside,
                latitude=_near(ward.latitude, rng),
                longitude=_near(ward.longitude, rng),
                location_text="Tempat contoh",
            ),
            secret=f"contoh-{number}-{rng.getrandbits(128):032x}",
            contact=CONTACT if story.contact else None,
            parent=made[-1] if story.end == "joined" else None,
            at=received,
            source=Source.SEED,
        )
        case.number = f"{timezone.localtime(received):%y%m}-{rng.randrange(1_000_000):06d}"
        case.public_id = public_id(rng)
        case.save(update_fields=["number", "public_id"])
        _move(case, story, officer, second, received, at, rng)
        made.append(case)
    return made


def _move(
    case: Complaint, story: Story, officer: User, second: User, received: datetime, at: datetime, rng: random.Random
) -> None:
    """Take the case as far as its story goes, never past `at`."""
    if story.end in ("received", "joined"):
        return

    def after(days: float) -> datetime:
        return min(received + days * DAY, at)

    if story.end == "rejected":
        text = "Contoh: selokan itu bagian dari sambungan IPAL, bukan pembuangan liar."
        actions.reject(complaint=case, text=text, by=officer, at=after(2))
        return
    actions.triage(
        complaint=case,
        category=case.category,
        ward=case.ward,
        moderation="text" if rng.random() < 0.6 else "facts",
        public_text=f"Contoh: {story.text}",
        sentence="Contoh: laporan sudah kami baca dan kami periksa.",
        by=officer,
        at=after(1),
    )
    if story.outside:
        _with_the_regency(case, story, officer, after)
    if story.end == "handover":
        agency = Agency.objects.get(code="wilayah-sungai")
        actions.offer_handover(complaint=case, receiver=agency, reason="Contoh: sempadan", by=officer, at=after(3))
    if story.end in ("triaged", "external", "partner", "handover"):
        return
    actions.assign(complaint=case, note="Contoh: tim lapangan", by=officer, at=after(2))
    if story.end == "waiting":
        asked = max(after(3), at - 5 * DAY)
        actions.ask(complaint=case, text="Contoh: dari bangunan mana baunya?", by=officer, at=asked)
    if story.end in ("assigned", "waiting"):
        return
    if story.category not in ("question", "service"):
        actions.start_field_check(complaint=case, sentence="Contoh: petugas berangkat.", by=officer, at=after(4))
    if story.end == "in_field":
        return
    answered = after(rng.randint(5, 38))
    actions.answer(complaint=case, text="Contoh: sudah diperiksa dan dibersihkan.", by=officer, at=answered)
    if story.end == "answered":
        return
    closed = min(answered + 3 * DAY, at)
    actions.close(complaint=case, text="Contoh: selesai. Terima kasih.", by=second, at=closed)
    if story.end == "reopened":
        actions.reopen(complaint=case, reason="Contoh: masih terjadi.", by=officer, at=min(closed + 5 * DAY, at))
    elif rng.random() < 0.7:
        choice = rng.choice(("satisfied", "satisfied", "partly", "not"))
        actions.rate(complaint=case, satisfaction=choice, at=min(closed + DAY, at))


def _with_the_regency(case: Complaint, story: Story, officer: User, after: Callable[[float], datetime]) -> None:
    part = case.handlings.get(role="partner")
    actions.record_forwarding(handling=part, forwarded_on=_day(after(3)), by=officer, at=after(3))
    if story.end != "external":
        return
    actions.record_acceptance(
        handling=part, accepted_on=_day(after(8)), reference="Contoh-660/1", by=officer, at=after(8)
    )
    offer = actions.offer_handover(
        complaint=case, receiver=part.agency, reason="Contoh: sumbernya di kabupaten", by=officer, at=after(9)
    )
    actions.decide_handover(
        handover=offer, accepted=True, decided_on=_day(after(12)), reference="Contoh-660/2", by=officer, at=after(12)
    )


def _officers(rng: random.Random) -> tuple[User, User]:
    """The officer and the head of the demo; made here when the seed runs without the shared people."""
    found = []
    for role, name in (("waste_officer", "Petugas Limbah (contoh)"), ("waste_head", "Kepala Bidang Limbah (contoh)")):
        known = User.objects.filter(role_assignments__role=role, source=Source.SEED).first()
        found.append(
            known
            or User.objects.create(
                full_name=name, email=f"{role}@contoh.invalid", is_active=False, source=Source.SEED,
                public_id=public_id(rng),
            )
        )  # fmt: skip
    return found[0], found[1]


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)


def _near(degrees: Decimal, rng: random.Random) -> Decimal:
    return Decimal(str(round(float(degrees) + rng.gauss(0, 0.0015), 5)))
