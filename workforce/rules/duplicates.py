"""When two records may be one person, how sure that is, and what is chosen when they become one."""

from collections.abc import Mapping, Sequence

from workforce.choices.duplicates import PairRule, PairState

TRANSITIONS: Mapping[str, Sequence[str]] = {
    PairState.OPEN: (PairState.SAME, PairState.DIFFERENT),
    # A wrong "different" can still be merged; it is never proposed again by itself.
    PairState.DIFFERENT: (PairState.SAME,),
    PairState.SAME: (),
}

# Points out of 100. Two different NIK make one person less likely, but a typing error in one of them stays possible.
SCORES: dict[str, int] = {
    PairRule.NAME_BIRTH_WARD: 95,
    PairRule.NAME_BIRTH: 85,
    PairRule.NAME_PHONE: 80,
    PairRule.NAME_YEAR_WARD: 75,
    PairRule.NAME_WARD: 60,
}
LESS_FOR_TWO_NIKS = 30
# Below this a pair is not proposed: a name and a ward that agree say little about two people with a NIK each.
LOWEST_SCORE = 45

# What is chosen together when records differ: columns of Person.
GROUPS: dict[str, tuple[str, ...]] = {
    "name": ("name",),
    "nik": ("nik", "nik_hash", "nik_mismatch_reason", "nik_verified_on"),
    "sex": ("sex",),
    "birth": ("birth_on", "birth_year", "birth_is_estimated"),
    "residence": ("ward", "residence_outside", "address"),
    "phone": ("phone",),
    "education": ("education",),
    "disability": ("disability",),
}
