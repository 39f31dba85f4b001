"""What the tests of pages share: addresses, a call that is open now, and sending the application form."""

from datetime import timedelta
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from marketing.models import Activity
from tests.factories import marketing as factories


def url(name: str, *args) -> str:
    return reverse(f"marketing:{name}", args=args)


def open_now(**fields) -> Activity:
    """A call that is open by the real clock, which only views read."""
    now = timezone.now()
    moments = {
        "registration_opens_at": now - timedelta(days=1),
        "registration_closes_at": now + timedelta(days=5),
        "starts_at": now + timedelta(days=20),
        "ends_at": now + timedelta(days=21),
        "published_at": now - timedelta(days=2),
    }
    if fields.get("draft"):
        del moments["published_at"]
    return factories.ActivityFactory(**{**moments, **fields})


def send(client, activity, enterprise=None, **data):
    given = {"key": str(uuid4()), "is_true": "on", "answer": "Ingin ekspor.", "kirim": "1", **data}
    if enterprise is not None:
        given["usaha"] = str(enterprise.public_id)
    return client.post(url("application-apply", activity.public_id), given)
