"""What every template may ask."""

from django.conf import settings


def portal(request) -> dict[str, object]:
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    staff = user is not None and signed_in and user.is_staff_member
    return {
        "DEMO": settings.DEMO,
        "SECOND_FACTOR_OFF": staff and not settings.STAFF_SECOND_FACTOR,
        "MAP_TILE_URL": settings.TILE_URL,
        "AUDIENCE": "staff" if staff else "owner" if signed_in else "public",
    }
