"""The guards of a placement as the database asks them: seats, age, consent, steps, mentor and cap of the host.

`rules.apprenticeship.gaps` asks the same in words for people; whatever the path, these decide.
"""

from workforce.rules import apprenticeship as rules


def _listed(values) -> str:
    return ", ".join(f"'{value}'" for value in values)


def _figure(code: str) -> str:
    """SQL: the value of a series on `the_day`, or NULL."""
    return f"""(SELECT value FROM workforce_referencefigure f
        JOIN workforce_referenceseries s ON s.id = f.series_id
        WHERE s.code = '{code}' AND f.valid_from <= the_day
          AND (f.valid_until IS NULL OR f.valid_until >= the_day))"""  # noqa: S608 - a code of ours


def _refuse(constraint: str, words: str) -> str:
    return f"RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation', CONSTRAINT = '{constraint}';"


# Waiting on one lock per cohort, mentor and host, always in this order, makes the second of two simultaneous moves see
# what the first one wrote.
SEAT_IS_FREE = f"""
    IF NEW.state IN ({_listed(rules.SEATED)})
       AND (TG_OP = 'INSERT' OR OLD.state NOT IN ({_listed(rules.SEATED)}) OR OLD.cohort_id <> NEW.cohort_id) THEN
        PERFORM pg_advisory_xact_lock(hashtext('apprentice_cohort'), NEW.cohort_id::int);
        SELECT count(*) INTO taken FROM workforce_placement p
        WHERE p.cohort_id = NEW.cohort_id AND p.id <> NEW.id AND p.state IN ({_listed(rules.SEATED)});
        IF taken >= (SELECT c.seats FROM workforce_cohort c WHERE c.id = NEW.cohort_id) THEN
            {_refuse("placement_seat_free", "all seats of the cohort are taken")}
        END IF;
    END IF;
"""  # noqa: S608 - states and codes of ours
MAY_LEARN = f"""
    IF NEW.state NOT IN ({_listed(rules.LEARNING)}) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state IN ({_listed(rules.LEARNING)}) AND NEW.state IN (OLD.state, 'paused')
       AND NEW.person_id IS NOT DISTINCT FROM OLD.person_id AND NEW.mentor_id IS NOT DISTINCT FROM OLD.mentor_id
       AND NEW.host_id IS NOT DISTINCT FROM OLD.host_id
       AND NEW.host_group_id IS NOT DISTINCT FROM OLD.host_group_id THEN
        RETURN NEW;
    END IF;
    the_day := COALESCE(NEW.started_on, NEW.trial_on);
    -- Two records of one person become one: the placement moves, and its consent follows.
    was_learning := TG_OP = 'UPDATE' AND OLD.state = NEW.state;
    youngest := {_figure("apprentice_min_age")};
    adult := {_figure("apprentice_adult_age")};
    cap_percent := {_figure("apprentice_cap_percent")};
    load_limit := {_figure("apprentice_mentor_load")};
    IF youngest IS NULL OR adult IS NULL OR cap_percent IS NULL OR load_limit IS NULL THEN
        {_refuse("placement_rules_known", "no figures in force for age, cap or mentor load")}
    END IF;
    SELECT extract(year FROM age(the_day, COALESCE(birth_on, make_date(birth_year, 12, 31)))) INTO years
    FROM workforce_person WHERE id = NEW.person_id;
    IF years IS NULL THEN
        {_refuse("placement_age_known", "the age of the apprentice is unknown")}
    END IF;
    IF years < youngest THEN
        {_refuse("placement_old_enough", "the apprentice is too young")}
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM workforce_consent c
        WHERE (c.person_id = NEW.person_id OR (was_learning AND c.person_id = OLD.person_id))
          AND c.purpose = 'apprenticeship' AND c.withdrawn_at IS NULL
          AND (years >= adult OR c.given_by = 'guardian')
    ) THEN
        {_refuse("placement_consented", "no consent, or none of the guardian of a minor")}
    END IF;
    IF years < adult AND EXISTS (
        SELECT 1 FROM workforce_placementstep l JOIN workforce_processstep s ON s.id = l.step_id
        WHERE l.placement_id = NEW.id AND s.forbidden_under_18
    ) THEN
        {_refuse("placement_steps_allowed", "a step is forbidden under eighteen")}
    END IF;
    IF NEW.mentor_id IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock(hashtext('apprentice_mentor'), NEW.mentor_id::int);
        SELECT count(*) INTO taken FROM workforce_placement p
        WHERE p.mentor_id = NEW.mentor_id AND p.id <> NEW.id AND p.state IN ({_listed(rules.LEARNING)});
        IF taken >= load_limit THEN
            {_refuse("placement_mentor_has_room", "the mentor has no room")}
        END IF;
    END IF;
    IF (SELECT p.form FROM workforce_cohort c JOIN workforce_apprenticeshipprogramme p ON p.id = c.programme_id
        WHERE c.id = NEW.cohort_id) = 'formal' THEN
        IF NEW.host_group_id IS NULL THEN
            IF EXISTS (
                SELECT 1 FROM workforce_hostgroupmember m WHERE m.enterprise_id = NEW.host_id
                  AND m.from_on <= the_day AND (m.until_on IS NULL OR m.until_on >= the_day)
            ) THEN
                {_refuse("placement_through_group", "a member of a group hosts through the group")}
            END IF;
            PERFORM pg_advisory_xact_lock(hashtext('apprentice_host'), NEW.host_id::int);
            SELECT COALESCE(workers_count, 0) INTO employees FROM batikportal_enterprise WHERE id = NEW.host_id;
            SELECT count(*) INTO taken FROM workforce_placement p
            JOIN workforce_cohort c ON c.id = p.cohort_id
            JOIN workforce_apprenticeshipprogramme g ON g.id = c.programme_id
            WHERE p.host_id = NEW.host_id AND p.host_group_id IS NULL AND p.id <> NEW.id AND g.form = 'formal'
              AND p.state IN ({_listed(rules.LEARNING)});
        ELSE
            PERFORM pg_advisory_xact_lock(hashtext('apprentice_group'), NEW.host_group_id::int);
            SELECT COALESCE(sum(e.workers_count), 0) INTO employees FROM workforce_hostgroupmember m
            JOIN batikportal_enterprise e ON e.id = m.enterprise_id
            WHERE m.group_id = NEW.host_group_id AND m.from_on <= the_day
              AND (m.until_on IS NULL OR m.until_on >= the_day);
            SELECT count(*) INTO taken FROM workforce_placement p
            JOIN workforce_cohort c ON c.id = p.cohort_id
            JOIN workforce_apprenticeshipprogramme g ON g.id = c.programme_id
            WHERE p.id <> NEW.id AND g.form = 'formal' AND p.state IN ({_listed(rules.LEARNING)})
              AND (p.host_group_id = NEW.host_group_id OR (p.host_group_id IS NULL AND p.host_id IN (
                  SELECT m.enterprise_id FROM workforce_hostgroupmember m
                  WHERE m.group_id = NEW.host_group_id AND m.from_on <= the_day
                    AND (m.until_on IS NULL OR m.until_on >= the_day))));
        END IF;
        IF taken >= floor(employees * cap_percent / 100) THEN
            {_refuse("placement_host_has_room", "the host has no room under its cap")}
        END IF;
    END IF;
    RETURN NEW;
"""  # noqa: S608 - states and codes of ours
# A step may not be slipped in after the start.
STEP_IS_ALLOWED = f"""
    SELECT COALESCE(p.started_on, p.trial_on), extract(year FROM age(
        COALESCE(p.started_on, p.trial_on), COALESCE(b.birth_on, make_date(b.birth_year, 12, 31))))
    INTO the_day, years
    FROM workforce_placement p JOIN workforce_person b ON b.id = p.person_id
    WHERE p.id = NEW.placement_id AND p.state IN ({_listed(rules.LEARNING)});
    IF years < {_figure("apprentice_adult_age")}
       AND (SELECT s.forbidden_under_18 FROM workforce_processstep s WHERE s.id = NEW.step_id) THEN
        {_refuse("placement_steps_allowed", "a step is forbidden under eighteen")}
    END IF;
    RETURN NEW;
"""  # noqa: S608 - states and codes of ours
