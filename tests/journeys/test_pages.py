"""Every page in the browser: no accessibility violation, nothing wider than the screen, no script error."""

from collections.abc import Sequence
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import apprenticeship, complaints, corrections, custody, inspections
from tests.factories import marketing as market
from tests.factories import portal as people
from tests.factories import rivers as network
from tests.factories import wastewater as waste
from tests.factories import workforce as workers
from tests.journeys.conftest import DESK, PHONE
from tests.test_access_matrix import NOWHERE, doors
from workforce.actions import duplicates, projection
from workforce.models import DuplicateCandidate
from workforce.rules.scenarios import Plan

# Pages are looked at in parts, so that two workers share them.
PARTS = 3
OWNER_DOORS = (
    "workspace",
    "own-enterprise-edit",
    "document-new",
    "enterprise-register",
    "marketing:application-apply",
    "marketing:application-status",
    "marketing:application-withdraw",
    "marketing:eligibility-check",
    "marketing:my-applications",
    "wastewater:log-new",
    "wastewater:logbook",
    "wastewater:own-finding",
    "wastewater:own-finding-list",
    "wastewater:own-finding-reply",
    "wastewater:own-obligation-list",
    "wastewater:own-result-list",
    "wastewater:truck-ask",
    "wastewater:truck-own-list",
)


@pytest.fixture
def nouns():
    """One of everything that has a page, and the two people who may open all of them between them."""
    owner = people.MembershipFactory(enterprise__name="Batik Contoh Siti").user
    enterprise = owner.memberships.get().enterprise
    everything = people.StaffFactory(role="administrator", is_superuser=True, email="semua@contoh.invalid")
    activity = market.ActivityFactory(selected=True)
    application = market.ApplicationFactory(activity=activity, enterprise=enterprise, sent_by=owner)
    result = waste.ResultFactory(sample__point__enterprise=enterprise)
    engagement = workers.EngagementFactory(enterprise=enterprise)
    coverage = workers.CoverageFactory(person=engagement.person)
    point = waste.PlantPointFactory()
    found = [
        enterprise, owner, everything, activity, market.ActivityFactory(draft=True), activity.programme, application,
        result.sample, result.sample.point, point, point.plant, waste.RiverPointFactory().water_body, engagement,
        engagement.person, coverage, workers.ConsentFactory(person=engagement.person),
    ]  # fmt: skip
    found += wastewater_nouns(enterprise, everything) + workforce_nouns(enterprise, everything)
    return owner, everything, {str(one.public_id): (one._meta.app_label, home(one)) for one in found if one}


def home(noun) -> str:
    """What the path of a noun's own page has before its code; empty when it has no page of its own."""
    before, code, _after = getattr(noun, "get_absolute_url", str)().partition(str(noun.public_id))
    return before if code else ""


def workforce_nouns(enterprise, officer) -> list:
    """What the labour office works on; placements and proposals in each state that has pages of its own."""
    learning, applied = apprenticeship.learning(), apprenticeship.PlacementFactory()
    round_ = workers.RoundFactory()
    born = {"name": "Kembar Contoh", "birth_on": date(1990, 3, 5)}
    workers.PersonFactory(**born)
    workers.PersonFactory(**born)
    duplicates.propose_pairs()
    run = projection.save_scenario(
        name="Contoh", plan=Plan(intake=3), on=timezone.localdate(), by=officer, at=timezone.now()
    )
    return [
        workers.WageFactory(), workers.SkillFactory(), workers.CertificateFactory(), DuplicateCandidate.objects.get(),
        run, run.scenario, learning, learning.cohort, learning.cohort.programme, applied, round_,
        workers.entry(round_), workers.entry(round_, "verified"), workers.entry(round_, "accepted"),
        apprenticeship.PlanFactory(), apprenticeship.CandidateFactory(), apprenticeship.GroupFactory(),
        apprenticeship.MemberFactory(), apprenticeship.OfferFactory(enterprise=enterprise),
    ]  # fmt: skip


def wastewater_nouns(enterprise, officer) -> list:
    """What the waste officers work on; inspections, findings and decisions in each state that has pages of its own."""
    planned, drafted = inspections.planned(subject=enterprise), inspections.drafted()
    case, decision = inspections.case(), inspections.decision("in_force")
    case_decision = inspections.decision("drafted")
    reach = network.river(2)[0]
    station = network.ReachSiteFactory(reach=reach).point
    index = waste.published(waste.entry("BOD5", 2), point=station)
    step = custody.handed(custody.bottled("umum", "asam", "logam"), custody.AT)
    return [
        complaints.triaged(officer), complaints.closed(officer), planned, inspections.ongoing(), drafted,
        inspections.signed(), inspections.finding(), inspections.told(subject=enterprise), inspections.decided(),
        inspections.cured(), case, decision, decision.items.first(), case_decision, case_decision.items.first(),
        inspections.decision("approved"), inspections.decision("served"), corrections.requested(),
        waste.verified(waste.entry("COD", 300)), index, station, waste.StationFactory(), waste.ObligationFactory(),
        waste.ViolationFactory(), waste.TruckRequestFactory(enterprise=enterprise), waste.ConnectionFactory(),
        waste.SludgeDispatchFactory(), waste.DischargeLogFactory(month__enterprise=enterprise),
        waste.SampleFactory(point=station), step, step.sample, custody.bottled(),
    ]  # fmt: skip


def hand_overs() -> list[str]:
    """The pages that a label opens: where the sample is, and the forms of two steps."""
    label = custody.bottled().containers.first()
    return [f"{label.get_absolute_url()}{step}" for step in ("", "?langkah=serahkan", "?langkah=terima")]


def pages(client: Client, homes: dict[str, tuple[str, str]], wanted: Sequence[tuple[str, str]]) -> list[str]:
    """The path of every page that answers with HTML, found by trying nouns: those at home there, else of the app."""
    found = []
    for name, path in wanted:
        before = path.partition(str(NOWHERE))[0]
        apps = {name.partition(":")[0], "batikportal"} if ":" in name else {"batikportal"}
        tries = [one for one, (_app, place) in homes.items() if place == before]
        tries = tries or [one for one, (app, _place) in homes.items() if app in apps]
        for attempt in dict.fromkeys(path.replace(str(NOWHERE), one) for one in tries):
            response = client.get(attempt)
            if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
                found.append(attempt)
            if response.status_code not in (400, 404):
                break  # a file, a door for posts only or for others: no other noun makes it a page
    return found


def wrong_with(guest, paths: list[str], violations) -> list[str]:
    found = []
    for path in paths:
        guest.page.set_viewport_size(PHONE)
        guest.open(path)
        found += [f"{path} {rule}" for rule in violations(guest.page)]
        for size in (PHONE, DESK):
            guest.page.set_viewport_size(size)
            if guest.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                found.append(f"{path} is wider than {size['width']} px")
    return found


@pytest.mark.long
def test_pages_for_everybody_and_for_owners(visitor, nouns, violations, as_user):
    owner, _everything, homes = nouns
    guest = visitor(PHONE)
    public = [reverse(name) for name in ("home", "marketing:open-list", "account_login", "account_signup", "open-data",
                                         "accessibility", "privacy", "about", "map", "activation",
                                         "account_reset_password", "wastewater:standard-list", "gallery")]  # fmt: skip
    assert wrong_with(guest, public, violations) == []

    guest.log_in(owner.phone, "sandi-contoh-1")
    own = pages(as_user(owner), homes, [(name, path) for name, path in doors() if name in OWNER_DOORS])
    assert len(own) >= 17
    assert wrong_with(guest, own, violations) == []


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_pages_for_staff(part, visitor, nouns, violations, as_user):
    _owner, everything, homes = nouns
    guest = visitor(PHONE)
    guest.log_in(everything.email, "sandi-contoh-1")

    every = pages(as_user(everything), homes, doors()[part::PARTS]) + hand_overs()[part::PARTS]

    assert len(every) >= 120 // PARTS
    assert wrong_with(guest, every, violations) == []


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_pages_of_the_admin(part, visitor, nouns, violations):
    _owner, everything, _homes = nouns
    guest = visitor(DESK)
    guest.log_in(everything.email, "sandi-contoh-1")

    guest.open(reverse("admin:index"))
    lists = guest.page.locator("#content-main th a").evaluate_all("all => all.map(a => a.getAttribute('href'))")

    assert len(lists) >= 15
    assert [
        f"{path} {rule}" for path in lists[part::PARTS] if guest.open(path) for rule in violations(guest.page)
    ] == []
