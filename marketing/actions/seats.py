"""Seats: the only statements that move the counters of quotas.

Everything here runs inside a transaction that holds the row of the activity, either by the statement itself (``place``)
or by ``hold``. That one row puts all seat-taking of an activity in line, so counters cannot be oversold and no two
transactions wait for each other; CHECK (taken <= size) stands behind it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from marketing import rules
from marketing.models import Activity

_LIVE = ", ".join(f"'{state}'" for state in rules.LIVE_STATES)

# One statement: the door (is the call open; which arrival is this), the counters in ascending order, the row that they
# feed, and the frozen answers of the rules. Either every counter moves and the state is accepted, or none does and it
# is waitlisted. The new count is made from the locked counters, not from the row of the UPDATE: PostgreSQL asks the
# CHECK once with that row as the snapshot saw it, before it notices that a withdrawal has freed a seat meanwhile.
_PLACE = f"""
WITH door AS (
    UPDATE marketing_activity
    SET last_arrival = last_arrival + 1
    WHERE id = %(activity)s AND state = 'published'
      AND registration_opens_at <= %(at)s AND registration_closes_at > %(at)s
    RETURNING id, last_arrival, selection_mode
), counters AS MATERIALIZED (
    SELECT q.id, q.taken, q.taken < q.size AS has_room
    FROM marketing_quota q JOIN door ON door.id = q.activity_id
    WHERE door.selection_mode = 'first_come' AND q.id = ANY(%(quotas)s::bigint[])
    ORDER BY q.id
    FOR UPDATE OF q
), answer AS (
    SELECT count(*) > 0 AND count(*) = cardinality(%(quotas)s::bigint[]) AND bool_and(has_room) AS has_seat
    FROM counters
), taken AS (
    UPDATE marketing_quota q
    SET taken = counters.taken + 1
    FROM counters
    WHERE q.id = counters.id AND (SELECT has_seat FROM answer)
    RETURNING q.id
), made AS (
INSERT INTO marketing_application AS a (
    public_id, created_by_id, source, activity_id, enterprise_id, state, channel, sent_by_id, idempotency_key, answer,
    submitted_at, arrival_number, waiting_order, snapshot, ward_id, is_first_timer, is_women_led, counted_quotas,
    eligibility, returned_note, answered_at, answer_reason
)
SELECT
    %(public_id)s, %(by)s, 'form', door.id, %(enterprise)s,
    CASE WHEN door.selection_mode <> 'first_come' THEN 'submitted'
         WHEN answer.has_seat THEN 'accepted' ELSE 'waitlisted' END,
    %(channel)s, %(by)s, %(key)s, %(answer)s,
    %(at)s, door.last_arrival,
    CASE WHEN door.selection_mode = 'first_come' AND NOT answer.has_seat THEN door.last_arrival END,
    %(snapshot)s::jsonb, %(ward)s, %(is_first_timer)s, %(is_women_led)s, %(quotas)s::bigint[],
    %(eligibility)s, '', CASE WHEN door.selection_mode = 'first_come' THEN %(at)s::timestamptz END, ''
FROM door CROSS JOIN answer
ON CONFLICT (enterprise_id, activity_id) WHERE state IN ({_LIVE})
DO UPDATE SET
    state = EXCLUDED.state, channel = EXCLUDED.channel, sent_by_id = EXCLUDED.sent_by_id,
    idempotency_key = EXCLUDED.idempotency_key, answer = EXCLUDED.answer, submitted_at = EXCLUDED.submitted_at,
    arrival_number = EXCLUDED.arrival_number, waiting_order = EXCLUDED.waiting_order, snapshot = EXCLUDED.snapshot,
    ward_id = EXCLUDED.ward_id, is_first_timer = EXCLUDED.is_first_timer, is_women_led = EXCLUDED.is_women_led,
    counted_quotas = EXCLUDED.counted_quotas, eligibility = EXCLUDED.eligibility, answered_at = EXCLUDED.answered_at
WHERE a.state = 'draft'
RETURNING id, public_id, state, arrival_number, waiting_order
), frozen AS (
    INSERT INTO marketing_eligibilityresult (
        application_id, phase, checked_at, position, code, number, options, is_blocking, verdict, reason
    )
    SELECT made.id, 'submission', %(at)s, r.position, r.code, r.number, r.options, r.is_blocking, r.verdict, r.reason
    FROM made CROSS JOIN jsonb_to_recordset(%(results)s::jsonb) AS r (
        position int, code text, number int, options text[], is_blocking bool, verdict text, reason text
    )
)
SELECT id, public_id, state, arrival_number, waiting_order FROM made
"""  # noqa: S608 - only our own table of states is put in

# Many seats at once, all or none: the counters in ascending order, each moved by as many as count in it.
_TAKE = """
WITH wanted AS (
    SELECT quota_id, count(*)::int AS n
    FROM marketing_application a CROSS JOIN unnest(a.counted_quotas) AS quota_id
    WHERE a.id = ANY(%(applications)s::bigint[])
    GROUP BY quota_id
), counters AS MATERIALIZED (
    SELECT q.id, q.taken, wanted.n, q.taken + wanted.n <= q.size AS fits
    FROM marketing_quota q JOIN wanted ON wanted.quota_id = q.id
    ORDER BY q.id
    FOR UPDATE OF q
), taken AS (
    UPDATE marketing_quota q
    SET taken = counters.taken + counters.n
    FROM counters
    WHERE q.id = counters.id AND (SELECT bool_and(fits) FROM counters)
    RETURNING q.id
)
SELECT array_agg(id) FILTER (WHERE NOT fits) FROM counters
"""

_GIVE_BACK = """
UPDATE marketing_quota q
SET taken = q.taken - held.n
FROM (
    SELECT quota_id, count(*)::int AS n
    FROM marketing_application a CROSS JOIN unnest(a.counted_quotas) AS quota_id
    WHERE a.id = ANY(%(applications)s::bigint[])
    GROUP BY quota_id
) held
WHERE q.id = held.quota_id
"""

# The first in line who fits in every quota she counts in gets the seat.
_PROMOTE = """
WITH next AS (
    SELECT a.id, a.counted_quotas
    FROM marketing_application a
    WHERE a.activity_id = %(activity)s AND a.state = 'waitlisted' AND cardinality(a.counted_quotas) > 0
      AND NOT EXISTS (
          SELECT 1 FROM marketing_quota q WHERE q.id = ANY(a.counted_quotas) AND q.taken >= q.size
      )
    ORDER BY a.waiting_order, a.arrival_number
    LIMIT 1
    FOR UPDATE OF a
), taken AS (
    UPDATE marketing_quota q SET taken = q.taken + 1 FROM next WHERE q.id = ANY(next.counted_quotas) RETURNING q.id
)
UPDATE marketing_application a
SET state = 'accepted', answered_at = %(at)s
FROM next
WHERE a.id = next.id
RETURNING a.id
"""


@dataclass(frozen=True)
class Placed:
    """Where an application landed."""

    id: int
    public_id: UUID
    state: str
    arrival_number: int
    waiting_order: int | None


def place(
    *,
    public_id: UUID,
    activity: Activity,
    enterprise_id: int,
    ward_id: int,
    traits: rules.Traits,
    quotas: list[int],
    checks: Sequence[rules.Check],
    snapshot: dict[str, Any],
    answer: str,
    channel: str,
    key: UUID,
    by_id: int,
    at: datetime,
) -> Placed | None:
    """Write an application with its frozen checks and take its seats, in one statement.

    None when the call is not open at ``at``, or the enterprise has a live application that is no draft; the caller
    then rolls back, since the arrival and the seats of the lost row have already been counted.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _PLACE,
            {
                "public_id": public_id,
                "activity": activity.pk,
                "enterprise": enterprise_id,
                "ward": ward_id,
                "is_first_timer": traits.is_first_timer,
                "is_women_led": traits.is_women_led,
                "quotas": quotas,
                "eligibility": rules.overall(checks),
                "results": json.dumps([_as_result(position, check) for position, check in enumerate(checks, start=1)]),
                "snapshot": json.dumps(snapshot),
                "answer": answer,
                "channel": channel,
                "key": key,
                "by": by_id,
                "at": at,
            },
        )
        row = cursor.fetchone()
    return Placed(*row) if row else None


def _as_result(position: int, check: rules.Check) -> dict[str, Any]:
    return {
        "position": position,
        "code": check.requirement.code,
        "number": check.requirement.number,
        "options": list(check.requirement.options),
        "is_blocking": check.requirement.is_blocking,
        "verdict": check.verdict,
        "reason": check.reason[:400],
    }


def hold(activity_id: int) -> Activity:
    """Lock the row of an activity until the transaction ends, and return it fresh."""
    return Activity.objects.select_for_update(no_key=True, of=("self",)).select_related("programme").get(pk=activity_id)


def take(application_ids: list[int]) -> list[int]:
    """Seats for all of these at once; returns the quotas that are too small, in which case no counter moved."""
    if not application_ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, {"applications": application_ids})
        return cursor.fetchone()[0] or []


def give_back(application_ids: list[int]) -> None:
    """Free the seats that these applications hold."""
    with connection.cursor() as cursor:
        cursor.execute(_GIVE_BACK, {"applications": application_ids})


def promote(activity: Activity, *, seats: int, at: datetime) -> list[int]:
    """Give up to ``seats`` freed seats to the next in line; returns the applications that moved up, in order."""
    promoted: list[int] = []
    if not rules.still_promotes(state=activity.state, starts_at=activity.starts_at, at=at):
        return promoted
    with connection.cursor() as cursor:
        for _seat in range(seats):
            cursor.execute(_PROMOTE, {"activity": activity.pk, "at": at})
            row = cursor.fetchone()
            if row is None:
                break
            promoted.append(row[0])
    return promoted
