"""What counts as mastery of a step."""

from workforce.choices.skills import SkillEnd, SkillEvidence, SkillLevel

# Whoever works alone; the least that a certificate of competence (result K) proves.
INDEPENDENT = SkillLevel.INDEPENDENT
# Whoever can pass a step on: the bus factor of a step counts these people.
MASTER = SkillLevel.MASTER

# How much a kind of evidence weighs, where two speak of the same level.
WEIGHT: dict[str, int] = {SkillEvidence.SELF: 0, SkillEvidence.MASTER: 1, SkillEvidence.CERTIFICATE: 2}

# Reasons that people choose; a new record replaces an old one by itself.
REASONS_TO_END = (SkillEnd.LOST, SkillEnd.WRONG)


def evidence_fits(evidence: str, level: int, attested_by: str) -> bool:
    """Only one's own word stands without a name; a certificate proves at least independent work."""
    if evidence == SkillEvidence.SELF:
        return not attested_by
    return bool(attested_by) and (evidence != SkillEvidence.CERTIFICATE or level >= INDEPENDENT)
