"""The rules of open calls, without a database."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batikportal.choices import EnterpriseStatus, SizeClass, Technique
from marketing import rules
from marketing.choices import (
    ActivityState,
    ApplicationState,
    Outcome,
    PublicStage,
    QuotaKind,
    RuleCode,
    SelectionMode,
    SigningRule,
    Verdict,
)

DAY = date(2026, 5, 27)


def facts(**known) -> rules.Facts:
    return rules.Facts(on=DAY, programme_kind="export_training", **known)


def verdict_of(code, *, number=None, options=(), **known) -> str:
    return rules.evaluate(rules.Requirement(code, number, tuple(options)), facts(**known)).verdict


# States


def test_every_state_has_a_row_in_its_table():
    assert set(rules.APPLICATION_TRANSITIONS) == set(ApplicationState.values)
    assert set(rules.ACTIVITY_TRANSITIONS) == set(ActivityState.values)


def test_every_state_can_be_reached():
    reached = {new for news in rules.APPLICATION_TRANSITIONS.values() for new in news}
    assert reached | {ApplicationState.DRAFT} == set(ApplicationState.values)


def test_live_and_ended_states_divide_all_states():
    assert set(rules.LIVE_STATES) | set(rules.ENDED_STATES) == set(ApplicationState.values)
    assert not set(rules.LIVE_STATES) & set(rules.ENDED_STATES)


def test_a_seat_is_never_reached_from_an_undecided_state_but_pending():
    ways = {old for old, news in rules.APPLICATION_TRANSITIONS.items() if ApplicationState.ACCEPTED in news}
    assert ways == {ApplicationState.DRAFT, ApplicationState.PENDING, ApplicationState.WAITLISTED}


def test_nobody_without_an_answer_is_stuck():
    for state in rules.UNDECIDED_STATES:
        assert ApplicationState.WITHDRAWN in rules.APPLICATION_TRANSITIONS[state]
        assert ApplicationState.CANCELLED in rules.APPLICATION_TRANSITIONS[state]


# Eligibility


@pytest.mark.parametrize(
    ("identifiers", "expected"),
    [
        ({}, Verdict.FAIL),
        ({"nib": ("9120001234567", True, None)}, Verdict.PASS),
        ({"nib": ("9120001234567", False, None)}, Verdict.NEEDS_PROOF),
        ({"nib": ("912000123456", True, None)}, Verdict.FAIL),
        ({"nib": ("٩١٢٠٠٠١٢٣٤٥٦٧", True, None)}, Verdict.FAIL),
        ({"nib": ("9120001234567", True, DAY)}, Verdict.PASS),
        ({"nib": ("9120001234567", True, DAY - timedelta(days=1))}, Verdict.FAIL),
    ],
)
def test_nib(identifiers, expected):
    assert verdict_of(RuleCode.NIB, identifiers=identifiers) == expected


def test_identifier_passes_with_any_of_the_options():
    held = {"batikmark": ("BMI-1", True, None)}
    assert verdict_of(RuleCode.IDENTIFIER, options=["brand", "batikmark"], identifiers=held) == Verdict.PASS
    assert verdict_of(RuleCode.IDENTIFIER, options=["brand", "halal"], identifiers=held) == Verdict.FAIL


def test_identifier_prefers_proof_to_failure():
    held = {"brand": ("IDM1", False, None)}
    assert verdict_of(RuleCode.IDENTIFIER, options=["batikmark", "brand"], identifiers=held) == Verdict.NEEDS_PROOF


@pytest.mark.parametrize(
    ("ward", "expected"),
    [
        ("33.75.02.1004", Verdict.PASS),
        ("33.26.01.2001", Verdict.FAIL),
        ("33.750.1", Verdict.FAIL),
        ("", Verdict.NEEDS_PROOF),
    ],
)
def test_in_city(ward, expected):
    assert verdict_of(RuleCode.IN_CITY, ward_code=ward) == expected


@pytest.mark.parametrize(
    ("techniques", "options", "expected"),
    [
        ((Technique.TULIS,), (), Verdict.PASS),
        ((Technique.COMBINATION, Technique.PRINTING), (), Verdict.PASS),
        ((Technique.PRINTING,), (), Verdict.FAIL),
        ((Technique.WEAVING, Technique.ECOPRINT), (), Verdict.FAIL),
        ((), (), Verdict.NEEDS_PROOF),
        ((Technique.CAP,), (Technique.TULIS,), Verdict.FAIL),
    ],
)
def test_batik_by_sni_0239(techniques, options, expected):
    assert verdict_of(RuleCode.BATIK, techniques=techniques, options=options) == expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (EnterpriseStatus.ACTIVE, Verdict.PASS),
        (EnterpriseStatus.PENDING, Verdict.NEEDS_PROOF),
        (EnterpriseStatus.DORMANT, Verdict.FAIL),
        (EnterpriseStatus.CLOSED, Verdict.FAIL),
        (EnterpriseStatus.MERGED, Verdict.FAIL),
    ],
)
def test_enterprise_active(status, expected):
    assert verdict_of(RuleCode.ENTERPRISE_ACTIVE, status=status) == expected


def test_membership_of_an_assisted_application_asks_for_proof():
    assert verdict_of(RuleCode.MEMBERSHIP, applicant_is_member=True) == Verdict.PASS
    assert verdict_of(RuleCode.MEMBERSHIP, has_member=True) == Verdict.NEEDS_PROOF
    assert verdict_of(RuleCode.MEMBERSHIP) == Verdict.NEEDS_PROOF


@pytest.mark.parametrize(
    ("on", "kind", "years", "options", "expected"),
    [
        (date(2024, 5, 27), "export_training", 2, (), Verdict.FAIL),  # the very day still counts
        (date(2024, 5, 26), "export_training", 2, (), Verdict.PASS),
        (date(2025, 10, 1), "exhibition", 2, (), Verdict.PASS),
        (date(2025, 10, 1), "exhibition", 2, ("any_kind",), Verdict.FAIL),
        (date(2026, 9, 1), "export_training", 2, (), Verdict.PASS),  # later than this call
    ],
)
def test_not_recent(on, kind, years, options, expected):
    seats = (rules.Participation(kind, on, "Contoh"),)
    assert verdict_of(RuleCode.NOT_RECENT, number=years, options=options, participations=seats) == expected


def test_not_recent_names_the_activity_and_the_year():
    seats = (rules.Participation("export_training", date(2025, 4, 1), "Contoh Ekspor I"),)
    check = rules.evaluate(rules.Requirement(RuleCode.NOT_RECENT, 3), facts(participations=seats))
    assert "Contoh Ekspor I" in check.reason
    assert "2025" in check.reason


def test_years_before_a_leap_day():
    assert rules.years_before(date(2028, 2, 29), 1) == date(2027, 2, 28)
    assert rules.years_before(date(2028, 2, 29), 4) == date(2024, 2, 29)


@pytest.mark.parametrize(("count", "expected"), [(4, Verdict.FAIL), (5, Verdict.PASS), (None, Verdict.NEEDS_PROOF)])
def test_min_workers(count, expected):
    assert verdict_of(RuleCode.MIN_WORKERS, number=5, workers_count=count) == expected


@pytest.mark.parametrize(
    ("by_law", "by_workers", "expected"),
    [
        (SizeClass.MICRO, SizeClass.LARGE, Verdict.PASS),
        (SizeClass.MEDIUM, SizeClass.MICRO, Verdict.FAIL),
        (None, SizeClass.MICRO, Verdict.NEEDS_PROOF),  # workers hint, they do not prove (PP 7/2021)
        (None, None, Verdict.NEEDS_PROOF),
    ],
)
def test_size_class(by_law, by_workers, expected):
    options = (SizeClass.MICRO, SizeClass.SMALL)
    found = verdict_of(RuleCode.SIZE_CLASS, options=options, size_by_law=by_law, size_by_workers=by_workers)
    assert found == expected


@pytest.mark.parametrize(
    ("year", "expected"), [(2024, Verdict.PASS), (2025, Verdict.FAIL), (None, Verdict.NEEDS_PROOF)]
)
def test_min_age(year, expected):
    assert verdict_of(RuleCode.MIN_AGE, number=2, established_year=year) == expected


def test_every_rule_gives_a_reason_in_words_when_nothing_is_known():
    for code, rule in rules.RULES.items():
        options = tuple(value for value, _label in rule.option_choices[:1])
        requirement = rules.Requirement(code, 1 if rule.number_label else None, options)
        check = rules.evaluate(requirement, facts())
        assert len(check.reason) > 10
        assert "{" not in check.reason
        assert len(rules.requirement_text(requirement)) > 5
        assert "{" not in rules.requirement_text(requirement)


def test_every_rule_code_is_judged():
    assert set(rules.RULES) == set(RuleCode.values)


def test_overall_fails_only_by_a_blocking_rule():
    def check(verdict, blocking):
        return rules.Check(rules.Requirement(RuleCode.NIB, is_blocking=blocking), verdict, "x")

    assert rules.overall([check(Verdict.PASS, True)]) == Verdict.PASS
    assert rules.overall([check(Verdict.FAIL, False)]) == Verdict.NEEDS_PROOF
    assert rules.overall([check(Verdict.NEEDS_PROOF, True)]) == Verdict.NEEDS_PROOF
    assert rules.overall([check(Verdict.FAIL, True), check(Verdict.PASS, True)]) == Verdict.FAIL
    assert rules.overall([]) == Verdict.PASS


@pytest.mark.parametrize(
    ("code", "number", "options", "fine"),
    [
        (RuleCode.NIB, None, [], True),
        (RuleCode.NIB, 3, [], False),
        (RuleCode.NOT_RECENT, None, [], False),
        (RuleCode.NOT_RECENT, 2, ["any_kind"], True),
        (RuleCode.SIZE_CLASS, None, [], False),
        (RuleCode.SIZE_CLASS, None, ["micro"], True),
        (RuleCode.IDENTIFIER, None, ["passport"], False),
    ],
)
def test_options_objection(code, number, options, fine):
    assert (rules.options_objection(code, number, options) is None) is fine


# Quotas

TRAITS = rules.Traits("33.75.02.1004", is_first_timer=True, is_women_led=False, techniques=("tulis", "cap"))


@pytest.mark.parametrize(
    ("kind", "value", "negated", "met"),
    [
        (QuotaKind.ALL, "", False, True),
        (QuotaKind.WARD, "33.75.02.1004", False, True),
        (QuotaKind.WARD, "33.75.02.1004", True, False),
        (QuotaKind.WARD, "33.75.02.1005", False, False),
        (QuotaKind.DISTRICT, "33.75.02", False, True),
        (QuotaKind.DISTRICT, "33.75.0", False, False),
        (QuotaKind.DISTRICT, "33.75.01", True, True),
        (QuotaKind.FIRST_TIMER, "", False, True),
        (QuotaKind.FIRST_TIMER, "", True, False),
        (QuotaKind.WOMEN_LED, "", False, False),
        (QuotaKind.WOMEN_LED, "", True, True),
        (QuotaKind.TECHNIQUE, "cap", False, True),
        (QuotaKind.TECHNIQUE, "combination", False, False),
    ],
)
def test_quota_predicates(kind, value, negated, met):
    assert rules.counts(kind, value, negated, TRAITS) is met


def test_an_application_counts_in_every_quota_it_meets_in_the_order_of_locking():
    quotas = [
        rules.Seats(9, QuotaKind.FIRST_TIMER, size=5),
        rules.Seats(3, QuotaKind.ALL, size=20),
        rules.Seats(4, QuotaKind.WOMEN_LED, size=5),
    ]
    assert rules.counted_in(quotas, TRAITS) == [3, 9]


def test_the_tightest_quota_says_how_many_seats_are_left():
    quotas = [
        rules.Seats(1, QuotaKind.ALL, size=20, taken=5),
        rules.Seats(2, QuotaKind.FIRST_TIMER, size=4, taken=4),
        rules.Seats(3, QuotaKind.WOMEN_LED, size=3, taken=1),
    ]
    assert rules.seats_left(quotas) == 15
    assert rules.seats_left(quotas, TRAITS) == 0
    assert rules.seats_left([]) is None


@given(size=st.integers(1, 50), taken=st.integers(0, 60))
def test_seats_left_is_never_below_zero(size, taken):
    left = rules.seats_left([rules.Seats(1, QuotaKind.ALL, size=size, taken=taken)])
    assert left == max(0, size - taken)


@pytest.mark.parametrize(
    ("kind", "value", "negated", "fine"),
    [
        (QuotaKind.ALL, "", False, True),
        (QuotaKind.ALL, "", True, False),
        (QuotaKind.ALL, "33.75.02", False, False),
        (QuotaKind.WARD, "", False, False),
        (QuotaKind.TECHNIQUE, "tulis", False, True),
        (QuotaKind.TECHNIQUE, "canting", False, False),
        (QuotaKind.WOMEN_LED, "", True, True),
    ],
)
def test_quota_value_objection(kind, value, negated, fine):
    assert (rules.quota_value_objection(kind, value, negated) is None) is fine


# Calls

OPENS = datetime(2026, 5, 1, 1, tzinfo=UTC)
CLOSES = datetime(2026, 5, 20, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "at", "expected"),
    [
        ("draft", OPENS, "hidden"),
        ("cancelled", OPENS, "hidden"),
        ("published", OPENS - timedelta(seconds=1), "upcoming"),
        ("published", OPENS, "open"),
        ("published", CLOSES - timedelta(seconds=1), "open"),
        ("published", CLOSES, "closed"),
        ("closed", OPENS, "closed"),
        ("finished", OPENS, "closed"),
    ],
)
def test_window(state, at, expected):
    assert rules.window(state=state, opens_at=OPENS, closes_at=CLOSES, at=at) == expected


def test_dates_must_be_in_order():
    starts, ends = CLOSES + timedelta(days=7), CLOSES + timedelta(days=9)
    in_order = {"opens_at": OPENS, "closes_at": CLOSES, "starts_at": starts, "ends_at": ends}
    assert rules.dates_objection(**in_order) is None
    assert rules.dates_objection(**{**in_order, "closes_at": OPENS})[0] == "registration_closes_at"
    assert rules.dates_objection(**{**in_order, "starts_at": OPENS})[0] == "starts_at"
    assert rules.dates_objection(**{**in_order, "ends_at": CLOSES})[0] == "ends_at"


def test_missing_before_publishing_names_every_gap():
    complete = {
        "summary": "Contoh",
        "venue": "Museum Batik",
        "is_online": False,
        "closes_at": CLOSES,
        "selection_mode": SelectionMode.SELECTED,
        "has_decision_date": True,
        "quotas": [rules.Seats(1, QuotaKind.ALL, size=20)],
        "at": OPENS,
    }
    assert rules.missing_before_publishing(**complete) == []
    gaps = {"summary": " ", "venue": "", "has_decision_date": False, "quotas": [], "at": CLOSES}
    assert len(rules.missing_before_publishing(**{**complete, **gaps})) == 5
    assert rules.missing_before_publishing(**{**complete, "venue": "", "is_online": True}) == []


def test_the_waiting_list_moves_until_the_activity_begins():
    starts = CLOSES + timedelta(days=7)
    assert rules.still_promotes(state="closed", starts_at=starts, at=CLOSES)
    assert not rules.still_promotes(state="closed", starts_at=starts, at=starts)
    assert not rules.still_promotes(state="cancelled", starts_at=starts, at=CLOSES)


# Selection


@pytest.mark.parametrize(
    ("rule", "deciders", "allowed"),
    [
        (SigningRule.INDEPENDENT, {1, 2}, False),
        (SigningRule.INDEPENDENT, {2, 3}, True),
        (SigningRule.NOT_ALONE, {1, 2}, True),
        (SigningRule.NOT_ALONE, {1}, False),
        (SigningRule.NOT_ALONE, {2}, True),
    ],
)
def test_who_may_sign(rule, deciders, allowed):
    assert (rules.signing_objection(rule, signer_id=1, decider_ids=deciders) is None) is allowed


def test_outcome_counts_leaves_none_out():
    assert rules.outcome_counts([Outcome.ACCEPTED, Outcome.ACCEPTED]) == {
        "accepted": 2,
        "waitlisted": 0,
        "rejected": 0,
    }


def test_overfull_names_the_quota_and_the_excess():
    assert rules.overfull({1: 2, 2: 5}, [[1, 2], [1], [1, 2]]) == {1: 1}
    assert rules.overfull({1: 3}, [[1], [1], [1]]) == {}


def test_the_seal_does_not_depend_on_order_but_on_every_word():
    one, two = ("a", "accepted", 1, ""), ("b", "rejected", None, "Kuota penuh")
    assert rules.seal([one, two]) == rules.seal([two, one])
    assert rules.seal([one, two]) != rules.seal([one, ("b", "rejected", None, "Kuota penuh.")])
    assert len(rules.seal([])) == 64


# Stages


def test_a_pending_decision_looks_like_the_review_before_it():
    assert rules.public_stage(ApplicationState.PENDING) == rules.public_stage(ApplicationState.IN_REVIEW)
    seen = [rules.progress(state, selection_mode=SelectionMode.SELECTED) for state in ("pending", "in_review")]
    assert seen[0] == seen[1]


def test_the_public_names():
    names = {state: rules.public_stage(state).label for state in ApplicationState.values}
    assert names["submitted"] == "Terkirim"
    assert names["returned"] == "Perlu dilengkapi"
    assert names["in_review"] == "Diseleksi"
    assert names["accepted"] == "Diterima"
    assert names["waitlisted"] == "Cadangan"
    assert names["rejected"] == names["ineligible"] == "Belum diterima"
    assert names["attended"] == "Hadir"
    assert names["completed"] == "Selesai"


@pytest.mark.parametrize("state", ApplicationState.values)
@pytest.mark.parametrize("position", [None, 3])
def test_every_state_says_what_happens_next(state, position):
    step = rules.next_step(
        state,
        closes_on=DAY,
        starts_on=DAY,
        decision_due_on=DAY,
        return_due_on=None,
        waiting_position=position,
    )
    assert len(str(step.text)) > 20
    assert "{" not in str(step.text)


def test_an_applicant_who_waits_is_told_the_place_in_line():
    step = rules.next_step(
        "waitlisted", closes_on=DAY, starts_on=DAY, decision_due_on=None, return_due_on=None, waiting_position=7
    )
    assert "7" in str(step.text)


@pytest.mark.parametrize("state", ApplicationState.values)
def test_progress_has_one_present_step_and_nothing_after_a_stop(state):
    steps = rules.progress(state, selection_mode=SelectionMode.SELECTED)
    present = [step for step in steps if step["state"] in ("current", "stopped")]
    assert len(present) == (0 if state == ApplicationState.COMPLETED else 1)
    if present and present[0]["state"] == "stopped":
        assert steps[-1] is present[0]
        assert steps[-1]["label"] == PublicStage(rules.public_stage(state)).label


def test_a_first_come_call_has_no_selection_step():
    labels = [step["label"] for step in rules.progress("accepted", selection_mode=SelectionMode.FIRST_COME)]
    assert labels == ["Terkirim", "Diterima", "Hadir", "Selesai"]


# Publishing


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([10, 20], [10, 20]),
        ([0, 20], [0, 20]),
        ([3, 20, 9], [None, 20, None]),
        ([3, 4, 20], [None, None, 20]),
        ([3], [None]),
        ([3, 0], [None, 0]),
    ],
)
def test_a_small_cell_is_never_hidden_alone(counts, shown):
    assert rules.publishable_cells(counts) == shown


@given(st.lists(st.integers(0, 60), max_size=8))
def test_what_is_hidden_cannot_be_subtracted(counts):
    shown = rules.publishable_cells(counts)
    assert all(value == 0 or value >= 5 for value in shown if value is not None)
    if shown.count(None) == 1:  # only where every other cell is zero
        assert sum(value for value in shown if value is not None) == 0
