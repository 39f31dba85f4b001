"""Activities as iCalendar (RFC 5545): plain text in, plain text out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class Event:
    """One entry of a calendar."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    text: str = ""
    url: str = ""


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 octets; a fold never splits a character (RFC 5545, 3.1)."""
    parts, current = [], ""
    limit = 75
    for character in line:
        if len((current + character).encode()) > limit:
            parts.append(current)
            current, limit = "", 74  # the space that continues a line counts
        current += character
    return "\r\n ".join([*parts, current])


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def calendar(events: Iterable[Event], *, at: datetime) -> str:
    """A calendar of these events, stamped ``at``."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Portal Batik Pekalongan//ID", "METHOD:PUBLISH"]
    for event in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{event.uid}",
            f"DTSTAMP:{_moment(at)}",
            f"DTSTART:{_moment(event.starts_at)}",
            f"DTEND:{_moment(event.ends_at)}",
            f"SUMMARY:{_escaped(event.title)}",
        ]
        lines += [
            f"{name}:{value}"
            for name, value in (
                ("LOCATION", _escaped(event.place)),
                ("DESCRIPTION", _escaped(event.text)),
                ("URL", event.url),
            )
            if value
        ]
        lines.append("END:VEVENT")
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)
