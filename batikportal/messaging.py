"""How messages leave the portal: e-mail by SMTP, phones by the city's HTTP gateway, or onto the demo's screen."""

import http.client
import json
import logging
import urllib.request
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage

from batikportal.choices import Channel
from batikportal.models import OutboxMessage

log = logging.getLogger(__name__)
TIMEOUT_SECONDS = 10


class DeliveryFailed(Exception):
    """The message could not be handed over; it is tried again later."""


class Delivery(Protocol):
    def send(self, message: OutboxMessage) -> None:
        """Hand the message over, or raise DeliveryFailed."""


class Screen:
    """For the demo and for development: the message is already in the outbox page; a line goes to the log."""

    def send(self, message: OutboxMessage) -> None:
        log.info("message shown on screen: %s to %s", message.template, message.channel)


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """A gateway that sends us elsewhere would get the token and the message of somebody else."""

    def redirect_request(self, *args, **kwargs):
        return None


class Post:
    """E-mail by SMTP; text messages by an HTTP gateway that takes JSON (``to``, ``text``, ``channel``, ``id``).

    The ``id`` stays the same when a message is sent again after a lost answer, so that the gateway may drop the second.
    """

    opener = urllib.request.build_opener(NoRedirects)

    def send(self, message: OutboxMessage) -> None:
        if message.channel == Channel.EMAIL:
            self._mail(message)
        else:
            self._gateway(message)

    def _mail(self, message: OutboxMessage) -> None:
        mail = EmailMessage(
            message.subject,
            message.body,
            settings.DEFAULT_FROM_EMAIL,
            [message.address],
            headers={
                "Message-ID": f"<{message.public_id}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].rstrip('>')}>"
            },
        )
        try:
            mail.send()
        except OSError as error:
            raise DeliveryFailed(f"SMTP: {error}") from error

    def _gateway(self, message: OutboxMessage) -> None:
        if not settings.MESSAGE_GATEWAY_URL:
            raise DeliveryFailed("MESSAGE_GATEWAY_URL is not set; an officer can copy the text from the outbox.")
        content = {
            "to": message.address,
            "text": message.body,
            "channel": message.channel,
            "id": str(message.public_id),
        }
        request = urllib.request.Request(  # noqa: S310 - a web address by system check portal.E002
            settings.MESSAGE_GATEWAY_URL,
            data=json.dumps(content).encode(),
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {settings.MESSAGE_GATEWAY_TOKEN}"},
        )
        try:
            with self.opener.open(request, timeout=TIMEOUT_SECONDS):
                pass
        except (OSError, http.client.HTTPException) as error:
            raise DeliveryFailed(f"gateway: {error}") from error


def configured() -> Delivery:
    """The way out that the settings name."""
    return Screen() if settings.DEMO or settings.DEBUG else Post()
