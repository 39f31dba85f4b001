"""Finding pairs that may be one person, and deciding that they are two."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from batikportal.choices import Source
from workforce.actions.refusals import Refused
from workforce.choices.duplicates import PairRule, PairState
from workforce.models import DuplicateCandidate
from workforce.rules import duplicates as rules


class PairDecided(Refused):
    sentence = _("Pasangan ini sudah diputuskan. Muat ulang halaman untuk melihat keputusannya.")


# A name as people say it: lower case, without titles and signs, in the spelling of today, double letters once.
_NAME_KEY = r"""
regexp_replace(
    replace(replace(replace(replace(
        regexp_replace(
            regexp_replace(lower(name), '\y(hj|h|haji|hajah|ibu|bu|bapak|pak|mbak|mas|sdr|sdri|ny|tn)\y\.?', ' ', 'g'),
            '[^a-z0-9]+', '', 'g'),
        'oe', 'u'), 'dj', 'j'), 'tj', 'c'), 'kh', 'h'),
    '(.)\1+', '\1', 'g')
"""
# One pass: everybody under the key of the name, then those who share it. `asked` narrows one side to new records.
_FIND = f"""
WITH known AS MATERIALIZED (
    SELECT id, {_NAME_KEY} AS key, birth_on, coalesce(birth_year, extract(year FROM birth_on)) AS year, sex, phone,
        ward_id, lower(residence_outside) AS outside, nik_hash
    FROM workforce_person
    WHERE merged_into_id IS NULL
),
paired AS (
    SELECT least(a.id, b.id) AS first_id, greatest(a.id, b.id) AS second_id,
        CASE
            WHEN a.birth_on = b.birth_on AND a.ward_id IS NOT DISTINCT FROM b.ward_id AND a.outside = b.outside
                THEN 'name_birth_ward'
            WHEN a.birth_on = b.birth_on THEN 'name_birth'
            WHEN a.phone <> '' AND a.phone = b.phone THEN 'name_phone'
            WHEN a.year = b.year AND a.ward_id = b.ward_id AND (a.birth_on IS NULL OR b.birth_on IS NULL)
                THEN 'name_year_ward'
            WHEN a.ward_id = b.ward_id AND (a.year IS NULL OR b.year IS NULL) THEN 'name_ward'
        END AS rule,
        a.nik_hash IS NOT NULL AND b.nik_hash IS NOT NULL AS has_two_niks
    FROM known a
    JOIN known b ON a.key = b.key AND a.id <> b.id AND (a.sex = b.sex OR a.sex = '' OR b.sex = '')
    WHERE a.key <> '' AND (%(everybody)s OR a.id = ANY(%(asked)s)) AND (NOT %(everybody)s OR a.id < b.id)
),
scored AS (
    SELECT DISTINCT p.first_id, p.second_id, p.rule,
        s.score - CASE WHEN p.has_two_niks THEN %(less)s ELSE 0 END AS score
    FROM paired p
    JOIN unnest(%(rules)s::text[], %(scores)s::int[]) AS s (rule, score) ON s.rule = p.rule
)
INSERT INTO workforce_duplicatecandidate (public_id, source, first_id, second_id, rule, score, state)
SELECT gen_random_uuid(), %(source)s, first_id, second_id, rule, score, 'open'
FROM scored
WHERE score >= %(lowest)s
ORDER BY first_id, second_id
ON CONFLICT DO NOTHING
"""  # noqa: S608 - only the constant above stands in it


@transaction.atomic
def propose_pairs(*, people: Sequence[int] | None = None, source: str = Source.FORM) -> int:
    """Store the pairs that may be one person, among everybody or between `people` (keys) and everybody; returns how
    many are new. One statement. Pairs known already, whatever was decided, stay as they are."""
    if people is not None and not people:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            _FIND,
            {
                "everybody": people is None,
                "asked": list(people or ()),
                "rules": [rule.value for rule in PairRule],
                "scores": [rules.SCORES[rule] for rule in PairRule],
                "less": rules.LESS_FOR_TWO_NIKS,
                "lowest": rules.LOWEST_SCORE,
                "source": source,
            },
        )
        return cursor.rowcount


@transaction.atomic
def decide_different(*, pair: DuplicateCandidate, by, at: datetime) -> DuplicateCandidate:
    """They are two people; the pair is not proposed again."""
    current = DuplicateCandidate.objects.select_for_update().get(pk=pair.pk)
    if current.state != PairState.OPEN:
        raise PairDecided
    current.state, current.decided_by, current.decided_at = PairState.DIFFERENT, by, at
    current.save(update_fields=["state", "decided_by", "decided_at"])
    return current
