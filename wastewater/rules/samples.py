"""The life of a sample: its states, what each one allows, and how long a step may take."""

from wastewater.choices import SampleState, SampleVerdict

SAMPLE_TRANSITIONS: dict[str, tuple[str, ...]] = {
    SampleState.PLANNED: (SampleState.TAKEN, SampleState.VOID),
    SampleState.TAKEN: (SampleState.AT_LAB, SampleState.RESULTED, SampleState.VOID),
    SampleState.AT_LAB: (SampleState.RESULTED, SampleState.VOID),
    SampleState.RESULTED: (SampleState.VERIFIED, SampleState.VOID),
    SampleState.VERIFIED: (SampleState.PUBLISHED, SampleState.VOID),
    SampleState.PUBLISHED: (SampleState.VOID,),
    SampleState.VOID: (),
}

# States in which results may still be typed or corrected in place.
OPEN_FOR_RESULTS = (SampleState.TAKEN, SampleState.AT_LAB, SampleState.RESULTED)

# States whose results count in figures: a second person has looked at them.
COUNTED = (SampleState.VERIFIED, SampleState.PUBLISHED)

# States that an SME sees of its own samples: nothing that may still change.
SEEN_BY_OWNER = COUNTED

# No laboratory reports a larger number in any unit; more is a slip of the decimal sign.
LARGEST_VALUE = 1_000_000_000

# Management rules of this portal, not law: how many days a step may take before it shows on the work list.
DAYS_AT_LAB = 21
DAYS_TO_VERIFY = 7
DAYS_AFTER_PLAN = 3


def may_enter_results(state: str) -> bool:
    return state in OPEN_FOR_RESULTS


def same_person(entered_by: int | None, verifier: int | None) -> bool:
    """Whether the person who verifies is the one who entered the results, which is refused."""
    return entered_by is not None and entered_by == verifier


def sample_verdict(*, exceeds: int | None, undecided: int | None, meets: int | None) -> str:
    """One word for a whole sample, worst first; not graded while nothing of it was compared with a limit."""
    if exceeds:
        return SampleVerdict.EXCEEDS
    if undecided:
        return SampleVerdict.UNDECIDED
    return SampleVerdict.MEETS if meets else SampleVerdict.NOT_GRADED
