"""Violations begin from verified exceedances and from silence, and end in a named way; as sets, safe to run again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from batikportal import audit
from batikportal.choices import Source
from batikportal.models import Enterprise, User
from wastewater.choices.duties import Resolution, ViolationKind, ViolationState
from wastewater.models import EnforcementCase, Finding, TreatmentPlant, Violation
from wastewater.rules import enforcement as enforcement_rules
from wastewater.rules import obligations as rules


class ViolationRefused(Exception):
    """The step is not possible; the message says why and what to do."""


@dataclass(frozen=True)
class Followed:
    """How many violations were found, withdrawn, resolved and opened again."""

    found: int = 0
    withdrawn: int = 0
    resolved: int = 0
    reopened: int = 0


def follow_results(*, at: datetime, samples: Iterable[int] | None = None) -> Followed:
    """Let the violations of limits and loads follow the verified results of these samples (primary keys), or of all.

    A verdict that no longer stands withdraws its violation; a result judged anew and still over the limit keeps it;
    a verified exceedance without one gets one. Asking twice changes nothing.
    """
    chosen = None if samples is None else sorted(set(samples))
    if chosen == []:
        return Followed()
    asked = {"samples": chosen, "today": timezone.localdate(at), "at": at, "source": Source.API}
    with transaction.atomic():
        reopened = _run(_REOPEN_UNCURED, asked)
        withdrawn = _run(_WITHDRAW, asked)
        _run(_POINT_TO_NEW_VERDICT, asked)
        found = _run(_FIND, asked)
    return Followed(found=found, withdrawn=withdrawn, reopened=reopened)


def resolve_cured(*, at: datetime, in_a_row: int) -> int:
    """End open limit violations whose point has since met the limit so many times in a row; returns how many."""
    return _run(_CURE, {"today": timezone.localdate(at), "in_a_row": in_a_row, "at": at})


def follow_obligations(*, at: datetime) -> Followed:
    """Silence past its last day becomes a violation; receipt or waiver ends it, and their loss opens it again."""
    asked = {"today": timezone.localdate(at), "at": at, "source": Source.API}
    with transaction.atomic():
        reopened = _run(_REOPEN_SILENCE, asked)
        found = _run(_FIND_SILENCE, asked)
        resolved = _run(_END_SILENCE, asked)
    return Followed(found=found, resolved=resolved, reopened=reopened)


def record_violation(
    *,
    subject: Enterprise | TreatmentPlant,
    kind: str,
    occurred_on: date,
    description: str,
    by: User | None,
    at: datetime,
    source: str = Source.FORM,
) -> Violation:
    """A violation that somebody saw: without permission, late on a schedule, or another one told in words."""
    description = description.strip()
    if kind in (*rules.OF_RESULTS, ViolationKind.NON_RECEIPT):
        raise ViolationRefused(
            _("Pelampauan baku mutu dan laporan yang tidak diterima dicatat portal sendiri dari buktinya.")
        )
    if not description:
        raise ViolationRefused(_("Tulis uraian pelanggaran."))
    if occurred_on > timezone.localdate(at):
        raise ViolationRefused(_("Tanggal kejadian masih di depan. Periksa tanggalnya."))
    owner = {"enterprise": subject} if isinstance(subject, Enterprise) else {"plant": subject}
    return Violation.objects.create(
        **owner,
        kind=kind,
        occurred_on=occurred_on,
        detected_on=timezone.localdate(at),
        description=description,
        created_by=by,
        created_at=at,
        source=source,
    )


def why_not_resolved(violation: Violation) -> str:
    """Why a person cannot end it by her word; empty when she can."""
    if violation.kind == ViolationKind.NON_RECEIPT:
        return _("Pelanggaran karena tidak melapor hanya selesai bila laporan diterima atau kewajiban dibebaskan.")
    if not rules.may_resolve_by_hand(violation.kind, violation.state):
        return _("Pelanggaran ini tidak terbuka lagi. Muat ulang halaman ini.")
    return ""


def why_not_withdrawn(violation: Violation) -> str:
    """Why it cannot be taken back as wrong; empty when it can."""
    if violation.kind not in rules.SEEN_ON_THE_SPOT:
        return _("Pelanggaran ini mengikuti buktinya. Gugurkan sampelnya atau bebaskan kewajibannya.")
    if violation.state != ViolationState.OPEN:
        return _("Pelanggaran ini tidak terbuka lagi. Muat ulang halaman ini.")
    return ""


def resolve_violation(*, violation: Violation, how: str, note: str, by: User, at: datetime) -> Violation:
    """A person found it corrected, or it was decided in a case. Silence cannot be ended this way."""
    note = note.strip()
    if not note:
        raise ViolationRefused(_("Tulis bagaimana pelanggaran ini selesai."))
    with transaction.atomic(), audit.because(note):
        locked = Violation.objects.select_for_update().get(pk=violation.pk)
        if reason := why_not_resolved(locked):
            raise ViolationRefused(reason)
        if how not in rules.BY_HAND:
            raise ViolationRefused(_("Pilih bagaimana pelanggaran ini selesai."))
        locked.state, locked.resolution = ViolationState.RESOLVED, how
        locked.resolved_on, locked.resolved_by, locked.resolution_note = timezone.localdate(at), by, note
        locked.save(update_fields=["state", "resolution", "resolved_on", "resolved_by", "resolution_note"])
    return locked


def end_proven(*, finding: Finding, by: User, at: datetime) -> list[Violation]:
    """A repair was proven on the spot: the violations seen there that rest on nothing else end with it.

    Exceedances end by a later result and silence by its receipt; those wait, and their page says so.
    """
    note = _("Perbaikan temuan %(number)s terbukti: %(title)s") % {"number": finding.number, "title": finding.title}
    return _end(Violation.objects.filter(findings=finding), None, Resolution.CORRECTED, note, by, at)


def end_decided(*, case: EnforcementCase, by: User, at: datetime) -> list[Violation]:
    """A case was closed: the violations seen on the spot under its findings were decided with it."""
    note = _("Perkara %(number)s ditutup (%(outcome)s): %(note)s") % {
        "number": case.number,
        "outcome": case.get_outcome_display(),
        "note": case.closing_note,
    }
    return _end(Violation.objects.filter(findings__cases=case), case, Resolution.DECIDED, note, by, at)


def _end(
    rows: QuerySet[Violation], closed: EnforcementCase | None, how: str, note: str, by: User, at: datetime
) -> list[Violation]:
    """Resolve those of `rows` that were seen on the spot, once all findings outside the closed case have ended."""
    note = note[:250]
    open_ones = rows.filter(state=ViolationState.OPEN, kind__in=rules.SEEN_ON_THE_SPOT).values("pk")
    ended = []
    with audit.because(note):
        for held in Violation.objects.select_for_update().filter(pk__in=open_ones).order_by("pk"):
            others = held.findings.exclude(cases=closed) if closed else held.findings.all()
            if any(not enforcement_rules.is_ended(one.state, one.outcome) for one in others):
                continue
            held.state, held.resolution = ViolationState.RESOLVED, how
            held.resolved_on, held.resolved_by, held.resolution_note = timezone.localdate(at), by, note
            held.save(update_fields=["state", "resolution", "resolved_on", "resolved_by", "resolution_note"])
            ended.append(held)
    return ended


def withdraw_violation(*, violation: Violation, reason: str, by: User, at: datetime) -> Violation:
    """A recorded violation was wrong. Those that rest on results or silence are withdrawn with their evidence only."""
    reason = reason.strip()
    if not reason:
        raise ViolationRefused(_("Tulis alasan penarikan."))
    with transaction.atomic(), audit.because(reason):
        locked = Violation.objects.select_for_update().get(pk=violation.pk)
        if why := why_not_withdrawn(locked):
            raise ViolationRefused(why)
        locked.state, locked.withdrawn_on, locked.withdrawn_reason = (
            ViolationState.WITHDRAWN,
            timezone.localdate(at),
            reason,
        )
        locked.save(update_fields=["state", "withdrawn_on", "withdrawn_reason"])
    return locked


def _run(statement: str, parameters: dict) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.rowcount


_CHOSEN = "(%(samples)s::bigint[] IS NULL OR s.id = ANY(%(samples)s::bigint[]))"
_NO_END = "resolution = '', resolved_on = NULL, resolved_by_id = NULL, resolution_note = '', cured_by_id = NULL"
_RESULTS = "wastewater_result r JOIN wastewater_sample s ON s.id = r.sample_id"


def _verdict(evaluation: str) -> str:
    """The verdict that a violation `v` rests on: of the concentration, or of the load."""
    return f"CASE v.kind WHEN 'load' THEN {evaluation}.load_verdict ELSE {evaluation}.verdict END"


# A verdict stands while it is current and its sample is verified.
_STANDING = "e.is_current AND s.state IN ('verified', 'published')"

_REOPEN_UNCURED = f"""
    UPDATE wastewater_violation v SET state = 'open', {_NO_END}
    FROM wastewater_evaluation e JOIN ({_RESULTS}) ON r.id = e.result_id
    WHERE v.cured_by_id = e.id AND v.state = 'resolved' AND {_CHOSEN}
      AND NOT ({_STANDING} AND {_verdict("e")} = 'meets')
"""  # noqa: S608 - constants of this module

_WITHDRAW = f"""
    UPDATE wastewater_violation v
    SET state = 'withdrawn', {_NO_END}, withdrawn_on = %(today)s,
        withdrawn_reason = CASE WHEN s.state = 'void' THEN left('Sampel digugurkan: ' || s.void_reason, 250)
                                WHEN v.kind = 'load' THEN 'Hasil dinilai ulang dan tidak lagi melebihi batas beban.'
                                ELSE 'Hasil dinilai ulang dan tidak lagi melebihi baku mutu.' END
    FROM wastewater_evaluation e JOIN ({_RESULTS}) ON r.id = e.result_id
    WHERE v.evaluation_id = e.id AND v.state <> 'withdrawn' AND {_CHOSEN}
      AND (s.state NOT IN ('verified', 'published') OR NOT EXISTS (
          SELECT 1 FROM wastewater_evaluation n
          WHERE n.result_id = r.id AND n.is_current AND {_verdict("n")} = 'exceeds'))
"""  # noqa: S608

_POINT_TO_NEW_VERDICT = f"""
    UPDATE wastewater_violation v SET evaluation_id = n.id
    FROM wastewater_evaluation e JOIN ({_RESULTS}) ON r.id = e.result_id
    JOIN wastewater_evaluation n ON n.result_id = r.id AND n.is_current
    WHERE v.evaluation_id = e.id AND v.state <> 'withdrawn' AND n.id <> e.id AND {_verdict("n")} = 'exceeds'
      AND {_CHOSEN}
"""  # noqa: S608

_FIND = f"""
    INSERT INTO wastewater_violation (public_id, created_at, source, enterprise_id, plant_id, kind, occurred_on,
        detected_on, evaluation_id, description, state, resolution, resolution_note, withdrawn_reason)
    SELECT gen_random_uuid(), %(at)s, %(source)s, p.enterprise_id, p.plant_id, judged.kind,
        (s.taken_at AT TIME ZONE 'Asia/Jakarta')::date,
        greatest((s.verified_at AT TIME ZONE 'Asia/Jakarta')::date, (s.taken_at AT TIME ZONE 'Asia/Jakarta')::date),
        e.id, '', 'open', '', '', ''
    FROM wastewater_evaluation e JOIN ({_RESULTS}) ON r.id = e.result_id
    JOIN wastewater_dischargepoint p ON p.id = s.point_id
    CROSS JOIN LATERAL (VALUES ('limit', e.verdict), ('load', e.load_verdict)) AS judged (kind, verdict)
    WHERE {_STANDING} AND judged.verdict = 'exceeds' AND {_CHOSEN}
      AND p.kind = 'effluent' AND (p.enterprise_id IS NOT NULL OR p.plant_id IS NOT NULL)
      AND NOT EXISTS (SELECT 1 FROM wastewater_violation v WHERE v.evaluation_id = e.id AND v.kind = judged.kind)
    ORDER BY s.taken_at, e.id, judged.kind
    ON CONFLICT DO NOTHING
"""  # noqa: S608

# The latest decided verdicts of the same point and parameter after the violation, as many as are needed in a row.
_CURE = f"""
    UPDATE wastewater_violation v
    SET state = 'resolved', resolution = 'meets_again', resolved_on = %(today)s, cured_by_id = found.last_id
    FROM (
        SELECT v.id, later.last_id
        FROM wastewater_violation v
        JOIN wastewater_evaluation e ON e.id = v.evaluation_id
        JOIN wastewater_result r ON r.id = e.result_id
        JOIN wastewater_sample s ON s.id = r.sample_id
        CROSS JOIN LATERAL (
            SELECT count(*) FILTER (WHERE x.verdict = 'meets') AS met, min(x.id) FILTER (WHERE x.place = 1) AS last_id
            FROM (
                SELECT le.id, {_verdict("le")} AS verdict,
                    row_number() OVER (ORDER BY ls.taken_at DESC, le.id DESC) AS place
                FROM wastewater_sample ls
                JOIN wastewater_result lr ON lr.sample_id = ls.id AND lr.parameter_id = r.parameter_id
                JOIN wastewater_evaluation le ON le.result_id = lr.id AND le.is_current
                WHERE ls.point_id = s.point_id AND ls.taken_at > s.taken_at
                  AND ls.state IN ('verified', 'published') AND {_verdict("le")} IN ('meets', 'exceeds')
                ORDER BY ls.taken_at DESC, le.id DESC
                LIMIT %(in_a_row)s
            ) x
        ) later
        WHERE v.state = 'open' AND v.kind IN ('limit', 'load') AND later.met = %(in_a_row)s
    ) found
    WHERE v.id = found.id AND v.state = 'open'
"""  # noqa: S608

_FIND_SILENCE = """
    INSERT INTO wastewater_violation (public_id, created_at, source, enterprise_id, plant_id, kind, occurred_on,
        detected_on, obligation_id, description, state, resolution, resolution_note, withdrawn_reason)
    SELECT gen_random_uuid(), %(at)s, %(source)s, o.enterprise_id, o.plant_id, 'non_receipt', o.due_on + 1,
        greatest(o.due_on + 1, %(today)s), o.id, '', 'open', '', '', ''
    FROM wastewater_obligation o
    WHERE o.state = 'due' AND o.due_on < %(today)s
      AND NOT EXISTS (SELECT 1 FROM wastewater_violation v WHERE v.obligation_id = o.id)
    ORDER BY o.due_on, o.id
    ON CONFLICT DO NOTHING
"""

_END_SILENCE = """
    UPDATE wastewater_violation v
    SET state = 'resolved', resolution = CASE o.state WHEN 'received' THEN 'receipt' ELSE 'waiver' END,
        resolved_on = CASE o.state WHEN 'received' THEN greatest(o.received_on, v.occurred_on) ELSE o.waived_on END,
        resolved_by_id = CASE o.state WHEN 'received' THEN o.received_by_id ELSE o.waived_by_id END,
        resolution_note = o.waiver_reason
    FROM wastewater_obligation o
    WHERE v.obligation_id = o.id AND v.state = 'open' AND o.state IN ('received', 'waived')
"""

_REOPEN_SILENCE = f"""
    UPDATE wastewater_violation v SET state = 'open', {_NO_END}
    FROM wastewater_obligation o
    WHERE v.obligation_id = o.id AND v.state = 'resolved' AND o.state = 'due'
"""  # noqa: S608
