"""Reads about enterprises."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from batikportal import rules
from batikportal.choices import EnterpriseStatus
from batikportal.models import Area, Enterprise, EnterpriseIdentifier

SORTINGS = {
    "nama": ("name", "pk"),
    "-nama": ("-name", "-pk"),
    "terbaru": ("-created_at", "-pk"),
    "pekerja": ("workers_count", "pk"),
    "-pekerja": ("-workers_count", "-pk"),
}


def found_enterprises(
    user, *, text: str = "", district: Area | None = None, status: str = "", technique: str = "", sorting: str = "nama"
) -> QuerySet[Enterprise]:
    """The enterprises a user may see, narrowed and sorted."""
    rows = Enterprise.objects.visible_to(user).select_related("ward__parent")
    if text:
        number = rules.clean_number(text)
        same_number = EnterpriseIdentifier.objects.filter(enterprise=OuterRef("pk"), value=number)
        rows = rows.filter(
            Q(name__icontains=text)
            | Q(owner_name__icontains=text)
            | Q(registration_number__iexact=text.strip())
            | Exists(same_number)
        )
    if district:
        rows = rows.filter(ward__parent=district)
    rows = rows.filter(status=status) if status else rows.exclude(status=EnterpriseStatus.MERGED)
    if technique:
        rows = rows.filter(techniques__contains=[technique])
    return rows.order_by(*SORTINGS.get(sorting, SORTINGS["nama"]))


def possible_duplicates(enterprise: Enterprise, user) -> QuerySet[Enterprise]:
    """Others that carry the same NIB or phone, or the same name in the same ward."""
    numbers = EnterpriseIdentifier.objects.filter(enterprise=enterprise).values("value")
    same_number = EnterpriseIdentifier.objects.filter(enterprise=OuterRef("pk"), value__in=numbers)
    likeness = Q(Exists(same_number)) | Q(name__iexact=enterprise.name, ward=enterprise.ward)
    if enterprise.phone:
        likeness |= Q(phone=enterprise.phone)
    others = Enterprise.objects.visible_to(user).registered().exclude(pk=enterprise.pk)
    return others.filter(likeness).select_related("ward").order_by("pk")[:10]
