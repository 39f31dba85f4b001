"""Who may do what with workers: names, insurance by name, the NIK and mere figures are four different rights."""

from batikportal.models import Enterprise


def may_see_figures(user) -> bool:
    """Counts and shares without names."""
    return user.has_perm("workforce.view_figures")


def may_see_people(user) -> bool:
    """Names, steps and workplaces, with the NIK masked."""
    return user.has_perm("workforce.view_person")


def may_see_coverage(user) -> bool:
    """Social insurance of a named person: specific personal data (UU 27/2022 art. 4)."""
    return may_see_people(user) and user.has_perm("workforce.view_coverageperiod")


def may_register(user) -> bool:
    """Enter a new person; a cadre may do this without seeing any list."""
    return user.has_perm("workforce.register_person")


def may_change_person(user) -> bool:
    """Correct a person's data."""
    return user.has_perm("workforce.change_person")


def may_engage(user) -> bool:
    """Record a new engagement."""
    return user.has_perm("workforce.add_engagement")


def may_end_engagement(user) -> bool:
    """Record that somebody left, and why."""
    return user.has_perm("workforce.change_engagement")


def may_record_coverage(user) -> bool:
    """Record a membership that was checked."""
    return may_see_coverage(user) and user.has_perm("workforce.record_coverage")


def may_record_consent(user) -> bool:
    """Record and withdraw consents on the worker's word."""
    return user.has_perm("workforce.record_consent")


def may_reveal_nik(user) -> bool:
    """Read a full NIK, for a purpose that is logged."""
    return may_see_people(user) and user.has_perm("workforce.reveal_nik")


def may_export(user) -> bool:
    """Download lists of people (never with their NIK)."""
    return may_see_people(user) and user.has_perm("workforce.export_person")


def may_record_skill(user) -> bool:
    """Record what a person masters."""
    return may_see_people(user) and user.has_perm("workforce.record_skill")


def may_record_certificate(user) -> bool:
    """Record and remove a certificate of competence."""
    return may_see_people(user) and user.has_perm("workforce.record_certificate")


def may_issue_card(user) -> bool:
    """Hand out and revoke the card by which a worker sees her own data."""
    return may_see_people(user) and user.has_perm("workforce.issue_card")


def may_read_wages(user) -> bool:
    """Wages of named people: personal finance is specific personal data (UU 27/2022 art. 4)."""
    return may_see_people(user) and user.has_perm("workforce.read_wages")


def may_record_wages(user) -> bool:
    """Record and remove an observed wage."""
    return may_read_wages(user) and user.has_perm("workforce.record_wages")


def may_plan_rounds(user) -> bool:
    """Plan rounds of paid insurance: quota, budget and dates, no names."""
    return user.has_perm("workforce.plan_coverageround")


def may_read_entries(user) -> bool:
    """Who is proposed for paid insurance: insurance of a named person."""
    return user.has_perm("workforce.read_coverageentry")


def may_propose(user) -> bool:
    """Propose people from the gap list."""
    return may_see_coverage(user) and user.has_perm("workforce.propose_coverageentry")


def may_decide_entries(user) -> bool:
    """Decide proposals; the database refuses those of one's own."""
    return may_read_entries(user) and user.has_perm("workforce.decide_coverageentry")


def may_hand_over(user) -> bool:
    """Download the upload file with full NIKs."""
    return user.has_perm("workforce.hand_over_coverageround")


def may_record_results(user) -> bool:
    """Import what BPJS answered."""
    return user.has_perm("workforce.record_coverageentry")


def may_read_placements(user) -> bool:
    """Apprentices by name; many are minors (UU 27/2022 art. 25)."""
    return user.has_perm("workforce.read_placement")


def may_record_placements(user) -> bool:
    """Cohorts, hosts, and every move of an apprentice."""
    return may_read_placements(user) and user.has_perm("workforce.record_placement")


def may_export_placements(user) -> bool:
    """Download lists of apprentices."""
    return may_read_placements(user) and user.has_perm("workforce.export_placement")


def may_keep_log(user, placement) -> bool:
    """Write into the logbook: staff, and members of the workshop where the apprentice learns."""
    if may_record_placements(user):
        return True
    return placement.host is not None and Enterprise.objects.owned_by(user).filter(pk=placement.host_id).exists()


def may_read_plans(user) -> bool:
    """Plans of handover by name."""
    return user.has_perm("workforce.read_successionplan")


def may_record_plans(user) -> bool:
    """Write plans of handover."""
    return may_read_plans(user) and user.has_perm("workforce.record_successionplan")


def may_export_plans(user) -> bool:
    """Download plans of handover."""
    return may_read_plans(user) and user.has_perm("workforce.export_successionplan")


def may_read_incidents(user) -> bool:
    """Incidents at work, which name nobody."""
    return user.has_perm("workforce.read_incident")


def may_record_incidents(user) -> bool:
    """Record, complete and close incidents."""
    return may_read_incidents(user) and user.has_perm("workforce.record_incident")


def may_read_injuries(user) -> bool:
    """Who was hurt and how: health data (UU 27/2022 art. 4)."""
    return may_read_incidents(user) and user.has_perm("workforce.read_injury")


def may_answer_voice(user) -> bool:
    """Answer anonymous reports of workers."""
    return user.has_perm("workforce.read_voice") and user.has_perm("workforce.answer_voice")
