"""Reads about people: accounts, the roles they hold, and who read personal data."""

from collections import Counter
from datetime import date

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.expressions import OrderBy

from batikportal.models import AccessEvent, EnterpriseMembership, RoleAssignment, User

SORTINGS: dict[str, tuple[str | OrderBy, str]] = {
    "nama": ("full_name", "pk"),
    "-nama": ("-full_name", "-pk"),
    "terbaru": ("-created_at", "-pk"),
    "masuk": (F("last_login").asc(nulls_first=True), "pk"),
    "-masuk": (F("last_login").desc(nulls_last=True), "-pk"),
}


def in_force(today: date) -> Q:
    """The condition that an assignment is in force on a day."""
    return Q(valid_from__lte=today) & (Q(valid_until__isnull=True) | Q(valid_until__gte=today))


def found_people(
    *, text: str = "", role: str = "", kind: str = "", state: str = "", sorting: str = "nama", today: date
) -> QuerySet[User]:
    """Accounts, narrowed and sorted, each with its roles in force as ``roles_now``."""
    current = RoleAssignment.objects.filter(in_force(today))
    rows = User.objects.prefetch_related(
        Prefetch("role_assignments", queryset=current.select_related("area").order_by("pk"), to_attr="roles_now")
    )
    if text:
        rows = rows.filter(Q(full_name__icontains=text) | Q(email__icontains=text) | _phone_like(text))
    if role:
        rows = rows.filter(Exists(current.filter(user=OuterRef("pk"), role=role)))
    has_role = Exists(current.filter(user=OuterRef("pk")))
    if kind == "staff":
        rows = rows.filter(has_role | Q(is_superuser=True))
    elif kind == "owner":
        open_ones = EnterpriseMembership.objects.filter(user=OuterRef("pk"), valid_until__isnull=True)
        rows = rows.filter(Exists(open_ones))
    if state == "active":
        rows = rows.filter(is_active=True)
    elif state == "closed":
        rows = rows.filter(is_active=False)
    elif state == "never":
        rows = rows.filter(is_active=True, last_login__isnull=True)
    return rows.order_by(*SORTINGS.get(sorting, SORTINGS["nama"]))


def _phone_like(text: str) -> Q:
    """A number however it is written, or a part of one."""
    digits = "".join(sign for sign in text if sign.isascii() and sign.isdigit())
    return Q(phone__contains=digits.lstrip("0")) if len(digits) >= 4 else Q(pk__isnull=True)


def holders_by_role(today: date) -> Counter[str]:
    """How many people hold each role now."""
    held = RoleAssignment.objects.filter(in_force(today), user__is_active=True).order_by()
    return Counter(role for role, _user in held.values_list("role", "user").distinct())


def found_reads(
    *, text: str = "", since: date | None = None, until: date | None = None, subject_type: str = ""
) -> QuerySet[AccessEvent]:
    """Who read whose personal data, newest first."""
    rows = AccessEvent.objects.select_related("user")
    if text:
        rows = rows.filter(
            Q(user__full_name__icontains=text) | Q(subject_label__icontains=text) | Q(purpose__icontains=text)
        )
    if since:
        rows = rows.filter(at__date__gte=since)
    if until:
        rows = rows.filter(at__date__lte=until)
    if subject_type:
        rows = rows.filter(subject_type=subject_type)
    return rows.order_by("-at", "-pk")


def read_subject_types() -> list[str]:
    """The kinds of data that have been read at all."""
    return list(AccessEvent.objects.order_by("subject_type").values_list("subject_type", flat=True).distinct())
