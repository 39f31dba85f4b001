"""Calendars in the form of RFC 5545."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from marketing import icalendar

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def event(**changes) -> icalendar.Event:
    return icalendar.Event(**{"uid": "1@batik", "title": "Contoh", "starts_at": AT, "ends_at": AT, **changes})


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_a_calendar_line_by_line():
    text = icalendar.calendar(
        [event(title="A; B, C\\D", place="Jalan 1\nlantai 2", ends_at=AT + timedelta(hours=2), url="https://x.id/")],
        at=AT,
    )
    assert unfolded(text) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Portal Batik Pekalongan//ID",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "UID:1@batik",
        "DTSTAMP:20261123T030000Z",
        "DTSTART:20261123T030000Z",
        "DTEND:20261123T050000Z",
        "SUMMARY:A\\; B\\, C\\\\D",
        "LOCATION:Jalan 1\\nlantai 2",
        "URL:https://x.id/",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
def test_lines_are_short_and_fold_back_to_the_text(title):
    text = icalendar.calendar([event(title=title)], at=AT)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert f"SUMMARY:{icalendar._escaped(title)}" in unfolded(text)


@given(st.text(max_size=200))
def test_no_text_opens_another_property(title):
    text = icalendar.calendar([event(title=title)], at=AT)
    assert sum(line.startswith("BEGIN:") for line in text.split("\r\n")) == 2
