"""Who may do what with wastewater data: one question per verb."""

from batikportal import states
from batikportal.models import Enterprise
from wastewater import rules
from wastewater.choices import SampleState
from wastewater.choices.corrections import CorrectionState
from wastewater.models import ResultCorrection, Sample, TreatmentPlant
from wastewater.rules import corrections


def may_see_samples(user) -> bool:
    return user.has_perm("wastewater.view_sample")


def may_record_sample(user) -> bool:
    return user.has_perm("wastewater.record_sample")


def may_import_lab_results(user) -> bool:
    return user.has_perm("wastewater.import_lab_results") and user.has_perm("batikportal.add_import")


def may_send_to_lab(user, sample: Sample) -> bool:
    return may_record_sample(user) and sample.state == SampleState.TAKEN


def may_record_taking(user, sample: Sample) -> bool:
    return may_record_sample(user) and sample.state == SampleState.PLANNED


def may_record_results(user, sample: Sample) -> bool:
    return user.has_perm("wastewater.record_results") and rules.may_enter_results(sample.state)


def may_verify_sample(user, sample: Sample) -> bool:
    """Not the person who entered the results: four eyes see more than two."""
    return (
        user.has_perm("wastewater.verify_sample")
        and states.may_move(rules.SAMPLE_TRANSITIONS, sample.state, SampleState.VERIFIED)
        and not rules.same_person(sample.results_entered_by_id, user.pk)
    )


def waits_for_another(user, sample: Sample) -> bool:
    """Whether only the wrong person stands before a verification: the one who entered the results."""
    return (
        user.has_perm("wastewater.verify_sample")
        and sample.state == SampleState.RESULTED
        and rules.same_person(sample.results_entered_by_id, user.pk)
    )


def may_publish_sample(user, sample: Sample) -> bool:
    return user.has_perm("wastewater.publish_sample") and states.may_move(
        rules.SAMPLE_TRANSITIONS, sample.state, SampleState.PUBLISHED
    )


def may_void_sample(user, sample: Sample) -> bool:
    return user.has_perm("wastewater.void_sample") and states.may_move(
        rules.SAMPLE_TRANSITIONS, sample.state, SampleState.VOID
    )


def may_record_custody(user) -> bool:
    """Write hand-overs and see by name who held a sample."""
    return user.has_perm("wastewater.record_custody")


def may_prepare_containers(user, sample: Sample) -> bool:
    return may_record_sample(user) and sample.state in (SampleState.PLANNED, SampleState.TAKEN)


def may_record_starts(user, sample: Sample) -> bool:
    """Those who enter results, until verification."""
    return user.has_perm("wastewater.record_results") and rules.may_enter_results(sample.state)


def may_request_correction(user, sample: Sample) -> bool:
    return user.has_perm("wastewater.record_correction") and corrections.may_correct(sample.state)


def may_apply_correction(user, correction: ResultCorrection) -> bool:
    """Not the person who asked for it."""
    return user.has_perm("wastewater.decide_correction") and corrections.may_decide(
        state=correction.state,
        sample_state=correction.result.sample.state,
        requested_by=correction.requested_by_id,
        decider=user.pk,
    )


def may_refuse_correction(user, correction: ResultCorrection) -> bool:
    """Also when the sample was voided meanwhile: a request is never left without an answer."""
    return (
        user.has_perm("wastewater.decide_correction")
        and correction.state == CorrectionState.REQUESTED
        and correction.requested_by_id != user.pk
    )


def own_correction_waits(user, correction: ResultCorrection) -> bool:
    """Whether only the wrong person stands before the decision: the one who asked for it."""
    return correction.state == CorrectionState.REQUESTED and correction.requested_by_id == user.pk


def may_read_inspections(user) -> bool:
    """Names and details of inspections, findings and cases; leaders and planners see counts only."""
    return user.has_perm("wastewater.record_inspection")


def may_plan_inspection(user) -> bool:
    return user.has_perm("wastewater.record_inspection_plan")


def may_sign_report(user) -> bool:
    return user.has_perm("wastewater.sign_inspection_report")


def may_record_finding(user) -> bool:
    """Telling the firm, writing down its answer, recording its repair."""
    return user.has_perm("wastewater.record_finding")


def may_decide_finding(user) -> bool:
    return user.has_perm("wastewater.decide_finding")


def may_verify_finding(user) -> bool:
    return user.has_perm("wastewater.verify_finding")


def may_record_enforcement(user) -> bool:
    return user.has_perm("wastewater.record_enforcement")


def may_approve_enforcement(user) -> bool:
    return user.has_perm("wastewater.approve_enforcement")


def may_see_plant_logs(user) -> bool:
    return user.has_perm("wastewater.view_plantlog")


def may_record_plant_logs(user) -> bool:
    return user.has_perm("wastewater.record_plantlog")


def may_record_plant_log(user, plant: TreatmentPlant) -> bool:
    return _reaches(user, plant, "wastewater.record_plantlog")


def may_import_plant_log(user) -> bool:
    return user.has_perm("wastewater.import_plantlog") and user.has_perm("batikportal.add_import")


def may_record_sludge(user, plant: TreatmentPlant) -> bool:
    return _reaches(user, plant, "wastewater.record_sludge")


def may_add_permit(user) -> bool:
    return user.has_perm("wastewater.add_plantpermit")


def may_add_connection(user) -> bool:
    return user.has_perm("wastewater.add_connection")


def may_change_connection(user) -> bool:
    return user.has_perm("wastewater.change_connection")


def may_import_connections(user) -> bool:
    return user.has_perm("wastewater.import_connections") and user.has_perm("batikportal.add_import")


def _reaches(user, plant: TreatmentPlant, permission: str) -> bool:
    """Whether the user may do it at this very plant."""
    return TreatmentPlant.objects.within_reach_of(user, permission).filter(pk=plant.pk).exists()


def may_record_complaint(user) -> bool:
    return user.has_perm("wastewater.record_complaint")


def may_handle_complaint(user) -> bool:
    """Read what was reported, move the case, and answer it."""
    return user.has_perm("wastewater.handle_complaint")


def may_read_reporter(user) -> bool:
    return user.has_perm("wastewater.read_reporter")


def kept_by(user, enterprise: Enterprise) -> bool:
    """Whether the user is a member of the enterprise, and so keeps its logbook herself."""
    return Enterprise.objects.owned_by(user).filter(pk=enterprise.pk).exists()


def may_keep_log(user, enterprise: Enterprise) -> bool:
    """Members of the enterprise, and staff who write for owners without a phone (marked as assisted)."""
    return user.has_perm("wastewater.record_dischargelog") or kept_by(user, enterprise)


def may_record_truck_visit(user) -> bool:
    return user.has_perm("wastewater.record_truckvisit")
