"""Pages of inspection and findings: who sees what, a whole inspection through the pages, and bad input."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from batikportal.models import Area, RoleAssignment
from tests.factories import inspections as make
from tests.factories import portal
from tests.factories import wastewater as factories
from wastewater.actions import findings as actions
from wastewater.choices.enforcement import FindingState
from wastewater.choices.inspections import InspectionState
from wastewater.models import (
    ChecklistAnswer,
    EnforcementCase,
    EnforcementDecision,
    Finding,
    Inspection,
    LegalArticle,
)

pytestmark = pytest.mark.django_db


def at(name: str, found) -> str:
    return reverse(f"wastewater:{name}", args=[found.public_id])


def test_leaders_see_counts_and_no_names(as_user, leader, planner, data_clerk):
    found = make.signed(year=timezone.localdate().year)
    for user in (leader, planner, data_clerk):
        page = as_user(user).get(reverse("wastewater:inspection-list"))
        assert page.status_code == 200
        assert found.subject.name not in page.content.decode()
        assert as_user(user).get(at("inspection", found)).status_code == 403
        assert as_user(user).get(at("inspection-report", found)).status_code == 404
        assert as_user(user).get(reverse("history", args=["wastewater.inspection", found.public_id])).status_code in (
            403,
            404,
        )


def test_a_field_officer_reads_the_own_area_only(as_user, field_officer):
    here, there = make.planned(), make.planned(subject=portal.EnterpriseFactory(ward=portal.ward("Degayu")))
    district = Area.objects.get(pk=here.ward.parent_id)
    RoleAssignment.objects.filter(user=field_officer).update(area=district)
    guest = as_user(field_officer)

    assert guest.get(at("inspection", here)).status_code == 200
    assert guest.get(at("inspection", there)).status_code == 404
    assert guest.post(at("inspection-impossible", there), {"reason": "weather"}).status_code == 404


def test_a_business_reads_its_own_signed_report_only(as_user, owner, outsider):
    own, other = make.signed(subject=owner.enterprise), make.signed()
    draft = make.drafted(subject=owner.enterprise)

    assert as_user(owner).get(at("inspection-report", own)).headers["Content-Type"] == "application/pdf"
    assert as_user(owner).get(at("inspection-report", other)).status_code == 404
    assert as_user(owner).get(at("inspection-report", draft)).status_code == 404
    assert as_user(outsider).get(at("inspection-report", own)).status_code == 404


def test_an_inspection_walks_through_its_pages(as_user, waste_officer, waste_head):
    enterprise = portal.EnterpriseFactory(name="Batik Contoh Uji")
    officer, head = as_user(waste_officer), as_user(waste_head)
    officer.post(
        reverse("wastewater:inspection-new"),
        {"subject": "Batik Contoh Uji", "origin": "report", "year": "2026", "quarter": "4", "reason": "Hasil uji"},
    )
    found = Inspection.objects.get()
    assert (found.enterprise, found.kind) == (enterprise, "incidental")

    officer.post(
        at("inspection-assign", found),
        {"number": "094/1", "assigned_on": "2026-11-01", "lead": "Ketua Contoh; 19800101; Pengawas; PPLHD-1",
         "members": "Anggota Contoh", "samplers": "", "witnesses": "Saksi Contoh"},
    )  # fmt: skip
    assert list(found.members.values_list("name", "role", "officer_number")) == [
        ("Ketua Contoh", "lead", "PPLHD-1"), ("Anggota Contoh", "member", ""), ("Saksi Contoh", "witness", ""),
    ]  # fmt: skip
    moment = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    officer.post(at("inspection-start", found), {"started_at": moment})
    officer.post(at("inspection-site", found), {"workers_count": "7", "latitude": "-6,88869", "longitude": "109,676"})
    item = found.__class__.objects.get().checklist.items.filter(aspect="plant")[0]
    officer.post(
        reverse("wastewater:inspection-aspect", args=[found.public_id, "plant"]),
        {f"status_{item.pk}": "fails", f"note_{item.pk}": "IPAL mati"},
    )
    page = officer.get(reverse("wastewater:finding-new", args=[found.public_id]) + f"?butir={item.pk}")
    assert "IPAL mati" in page.content.decode()
    officer.post(at("finding-new", found), {"aspect": "plant", "title": "IPAL mati", "description": "Tidak berfungsi"})
    officer.post(
        at("inspection-draft", found), {"report_number": "BAP/1", "ended_at": moment, "conclusion": "Perbaiki"}
    )
    assert officer.post(at("inspection-sign", found), {"signature": "absent"}).status_code == 403
    assert "Tulis alasannya" in head.post(at("inspection-sign", found), {"signature": "absent"}).content.decode()
    head.post(at("inspection-sign", found), {"signature": "signed", "signer": "Wakil Contoh"})

    found.refresh_from_db()
    assert (found.state, found.site.workers_count) == (InspectionState.REPORT_SIGNED, 7)
    assert officer.get(at("inspection", found)).status_code == 200


def test_what_was_typed_survives_a_photo_that_is_refused(as_user, waste_officer):
    found = make.ongoing(by=waste_officer)
    one, two = found.checklist.items.filter(aspect="plant")[:2]
    page = as_user(waste_officer).post(
        reverse("wastewater:inspection-aspect", args=[found.public_id, "plant"]),
        {
            f"status_{one.pk}": "complies",
            f"note_{one.pk}": "Baik sekali",
            f"photo_{one.pk}": SimpleUploadedFile("foto.jpg", b"bukan gambar"),
            f"note_{two.pk}": "Tanpa keadaan",
        },
    )
    text = page.content.decode()

    assert "Jenis berkas tidak diterima" in text
    assert "Baik sekali" in text
    assert "Tanpa keadaan" in text
    assert list(ChecklistAnswer.objects.values_list("status", "note")) == [("complies", "Baik sekali")]


def test_an_unknown_business_is_answered_with_those_that_fit(as_user, waste_officer):
    portal.EnterpriseFactory(name="Batik Contoh Mawar")
    page = as_user(waste_officer).post(
        reverse("wastewater:inspection-new"),
        {"subject": "mawar", "origin": "plan", "year": "2026", "quarter": "4", "month": "1", "reason": "x"},
    )
    text = page.content.decode()
    assert "Batik Contoh Mawar" in text
    assert "Bulan itu tidak termasuk triwulan" in text


def test_an_owner_reads_and_answers_her_finding(as_user, owner, outsider):
    stranger = portal.MembershipFactory().user
    found = make.told(subject=owner.enterprise)
    Finding.objects.filter(pk=found.pk).update(reply_due_on=timezone.localdate() + timedelta(days=3))
    guest = as_user(owner)

    page = guest.get(at("own-finding", found)).content.decode()
    assert "Bila Anda diam, dinas memutuskan menurut berkas yang ada." in page
    guest.post(at("own-finding-reply", found), {"text": "Pipa itu saluran hujan.", "is_final": "on"})
    assert list(found.replies.values_list("text", "is_final")) == [("Pipa itu saluran hujan.", True)]
    assert as_user(stranger).get(at("own-finding", found)).status_code == 404
    assert as_user(stranger).post(at("own-finding-reply", found), {"text": "x"}).status_code == 404
    assert as_user(outsider).get(at("own-finding", found)).status_code == 302


def test_an_untold_finding_is_hidden_from_its_owner(as_user, owner):
    found = make.finding(subject=owner.enterprise)
    assert found.state == FindingState.OPEN
    assert as_user(owner).get(at("own-finding", found)).status_code == 404


def test_lists_take_the_same_number_of_queries_for_1_and_30(as_user, waste_head):
    guest = as_user(waste_head)
    paths = [reverse(f"wastewater:{name}") for name in ("inspection-list", "finding-list", "risk-list", "case-list")]

    def counts() -> list[int]:
        found = []
        for path in paths:
            with CaptureQueriesContext(
                connection,
            ) as captured:
                assert guest.get(path).status_code == 200
            found.append(len(captured))
        return found

    this = {"year": timezone.localdate().year}
    make.case(**this)
    guest.get(paths[0])
    before = counts()
    enterprises = [portal.EnterpriseFactory() for _number in range(24)]
    for enterprise in enterprises[:6]:
        make.case(subject=enterprise, **this)
    assert counts() == before


def test_exports_hold_the_rows(as_user, waste_head, leader):
    found = make.told(year=timezone.localdate().year)
    for name in ("inspection-export", "finding-export", "risk-export"):
        text = as_user(waste_head).get(reverse(f"wastewater:{name}")).content.decode("utf-8-sig")
        assert found.subject.name in text
        assert as_user(leader).get(reverse(f"wastewater:{name}")).status_code == 403


def test_a_case_walks_through_its_pages(as_user, waste_officer, waste_head, owner):
    officer, head, guest = as_user(waste_officer), as_user(waste_head), as_user(owner)
    found = make.decided(subject=owner.enterprise)
    today = timezone.localdate()

    page = officer.get(reverse("wastewater:case-new") + f"?temuan={found.public_id}")
    assert page.status_code == 200
    officer.post(
        reverse("wastewater:case-new") + f"?temuan={found.public_id}",
        {"title": "Pipa ke saluran", "findings": [str(found.public_id)]},
    )
    case = EnforcementCase.objects.get()
    articles = list(LegalArticle.objects.filter(kind="warning").values_list("pk", flat=True))
    officer.post(
        at("decision-new", case),
        {"kind": "warning", "articles": articles, "considerations": "Terbukti.", "orders": "Tutup pipa\nBuat bak",
         "due_on": str(today + timedelta(days=30)), "without_coaching_reason": "Mendesak."},
    )  # fmt: skip
    decision = case.decisions.get()
    assert decision.items.count() == 2
    assert guest.get(at("own-decision", decision)).status_code == 404
    assert officer.post(at("decision-approve", decision), {}).status_code == 403

    head.post(at("decision-approve", decision), {"decree_number": "660/1", "decree_on": str(today)})
    head.post(at("decision-serve", decision), {"served_on": str(today), "served_to": "Ibu Contoh"})
    head.post(at("decision-force", decision), {"in_force_on": str(today)})
    assert "Tutup pipa" in guest.get(at("own-decision", decision)).content.decode()
    assert guest.get(at("decision-letter", decision)).headers["Content-Type"] == "application/pdf"
    for item in decision.items.all():
        guest.post(at("own-order-done", item), {"done_on": str(today), "evidence_note": "Sudah ditutup"})
        officer.post(at("order-verify", item))
    officer.post(at("milestone-new", case), {"text": "Bak ekualisasi", "due_on": str(today)})
    head.post(at("decision-meet", decision), {"note": "Semua dilaksanakan"})
    head.post(at("case-close", case), {"outcome": "resolved", "note": "Selesai"})

    case.refresh_from_db()
    decision.refresh_from_db()
    assert (decision.state, case.state) == ("met", "closed")
    assert officer.get(at("case", case)).status_code == 200


def test_leaders_count_cases_and_read_none(as_user, leader, waste_head):
    case = make.case()
    page = as_user(leader).get(reverse("wastewater:case-list"))
    assert page.status_code == 200
    assert case.subject.name not in page.content.decode()
    assert as_user(leader).get(at("case", case)).status_code == 403
    assert case.subject.name in as_user(waste_head).get(reverse("wastewater:case-list")).content.decode()


def test_an_objection_of_the_owner(as_user, owner):
    decision = make.decision("served", subject=owner.enterprise)
    EnforcementDecision.objects.filter(pk=decision.pk).update(objection_due_on=timezone.localdate())
    as_user(owner).post(at("own-objection", decision), {"text": "Saluran itu saluran hujan."})
    assert decision.objections.get().outcome == "waiting"


def test_a_measurement_that_no_water_can_have_stays_out_of_the_report(as_user, waste_officer):
    found = make.ongoing()
    reading = {"place": "Outlet", "parameter_1": "PH", "reading_1": "25", "instrument": ""}
    page = as_user(waste_officer).post(at("inspection-measure", found), reading)

    assert page.context["form"].errors == {"reading_1": ["pH harus antara 0 dan 14."]}
    as_user(waste_officer).post(at("inspection-measure", found), reading | {"reading_1": "9,5"})
    assert [str(row.value.normalize()) for row in found.measurements.all()] == ["9.5"]


def test_what_a_report_lacks_is_said_before_it_is_signed(as_user, waste_officer, waste_head):
    found = make.ongoing()
    item = found.checklist.items.filter(aspect="plant").first()
    officer = as_user(waste_officer)
    aspect = reverse("wastewater:inspection-aspect", args=[found.public_id, "plant"])
    officer.post(aspect, {f"status_{item.pk}": "fails"})
    left = found.checklist.items.count() - 1
    lines = [
        f"{left} butir daftar periksa belum diisi.",
        "Ada butir “Tidak taat” tanpa temuan: IPAL dan titik penaatan. "
        "Sesudah ditandatangani, temuan tidak dapat ditambah.",
        "Penanggung jawab di tempat belum dicatat.",
    ]
    assert officer.get(at("inspection", found)).context["gaps"] == lines
    assert officer.get(at("inspection-draft", found)).context["note"] == " ".join(["Periksa dahulu:", *lines])

    officer.post(
        at("inspection-draft", found),
        {"report_number": "BA/1", "ended_at": "2024-03-04T10:00", "conclusion": "Perlu perbaikan."},
    )
    head = as_user(waste_head)
    assert head.get(at("inspection-sign", found)).context["consequences"][-3:] == lines
    page = head.post(at("inspection-sign", found), {"signature": "signed", "signer": "Wati"}, follow=True)
    assert [str(one) for one in page.context["messages"]] == [
        "Berita acara ditandatangani. Tidak ada temuan yang perlu disampaikan."
    ]
    assert page.context["gaps"] == []


def test_an_inspection_starts_from_its_page_once_the_team_is_named(as_user, waste_officer):
    found = make.planned()
    officer = as_user(waste_officer)
    page = officer.get(at("inspection", found))
    assert (page.context["needs_team"], page.context["may_start"]) == (True, False)

    officer.post(
        at("inspection-assign", found), {"number": "094/1", "assigned_on": "2024-03-01", "lead": "Ketua Contoh"}
    )
    page = officer.get(at("inspection", found))
    assert (page.context["needs_team"], page.context["may_start"]) == (False, True)


def test_who_decides_reads_the_reply_on_the_same_page(as_user, waste_head, owner):
    found = make.told(subject=owner.enterprise)
    actions.reply(finding=found, text="Pipanya sudah kami tutup.", is_final=True, by=owner, at=make.AT)
    found.refresh_from_db()
    assert found.status_label == "Menunggu putusan"
    assert "Pipanya sudah kami tutup." in as_user(waste_head).get(at("finding-decide", found)).content.decode()


def test_a_sample_noted_during_an_inspection_belongs_to_it(as_user, waste_officer):
    found = make.ongoing()
    point = factories.EnterprisePointFactory(enterprise=found.enterprise)
    elsewhere = factories.EnterprisePointFactory()
    page = as_user(waste_officer).get(reverse("wastewater:sample-new") + f"?pengawasan={found.public_id}")
    assert page.context["form"]["point"].value() == point.code
    assert page.context["form"].fields["point"].help_text == f"Titik di sini: {point.code}."

    taking = {"point": elsewhere.public_id, "taken_at": "2024-03-04T10:00"}
    here = reverse("wastewater:sample-new") + f"?pengawasan={found.public_id}"
    as_user(waste_officer).post(here, taking)
    assert not found.sample_links.exists()
    answer = as_user(waste_officer).post(here, taking | {"point": point.code})
    assert (answer.status_code, answer.headers.get("Location")) == (302, found.get_absolute_url())
    assert [link.sample.point for link in found.sample_links.all()] == [point]


def test_the_year_at_hand_comes_before_the_plan_of_the_next(as_user, waste_officer):
    year = timezone.localdate().year
    later, now, before = (make.planned(year=one) for one in (year + 1, year, year - 1))
    page = as_user(waste_officer).get(reverse("wastewater:inspection-list"))
    assert [row.pk for row in page.context["page"]] == [now.pk, later.pk, before.pk]


def test_several_measurements_of_one_place_are_noted_at_once(as_user, waste_officer):
    found = make.ongoing()
    readings = {"place": "Outlet", "parameter_1": "PH", "reading_1": "7,2", "parameter_2": "SUHU", "reading_2": "31"}
    as_user(waste_officer).post(at("inspection-measure", found), readings | {"parameter_3": "", "reading_3": ""})

    assert [(row.place, row.parameter.code, float(row.value)) for row in found.measurements.all()] == [
        ("Outlet", "PH", 7.2),
        ("Outlet", "SUHU", 31.0),
    ]


def test_one_impossible_measurement_keeps_none_and_loses_none(as_user, waste_officer):
    found = make.ongoing()
    readings = {"place": "Outlet", "parameter_1": "PH", "reading_1": "7,2", "parameter_2": "", "reading_2": "31"}
    page = as_user(waste_officer).post(at("inspection-measure", found), readings)

    assert page.context["form"].errors == {"parameter_2": ["Pilih parameternya."]}
    assert page.context["form"]["reading_1"].value() == "7,2"
    assert found.measurements.count() == 0


def test_a_photo_without_an_answer_waits_for_it(as_user, waste_officer):
    found = make.ongoing()
    item = found.checklist.items.filter(aspect="plant").first()
    client = as_user(waste_officer)
    aspect = reverse("wastewater:inspection-aspect", args=[found.public_id, "plant"])
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(out, "PNG")
    photo = SimpleUploadedFile("bukti.png", out.getvalue(), content_type="image/png")
    page = client.post(aspect, {f"photo_{item.pk}": photo})
    kept = page.context["form"].kept[item.pk]
    assert f'name="kept_{item.pk}" value="{kept.public_id}"' in page.content.decode()

    client.post(aspect, {f"status_{item.pk}": "fails", f"kept_{item.pk}": str(kept.public_id)})
    assert found.answers.get(item=item).photo == kept


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Tidak ada saluran pintas (bypass)", "Ada saluran pintas (bypass)"),
        ("Bak penampung tidak bocor dan tidak meluap", "Bak penampung bocor atau meluap"),
        ("IPAL berfungsi saat diperiksa", "Belum terpenuhi: IPAL berfungsi saat diperiksa"),
    ],
)
def test_a_finding_of_a_question_says_plainly_what_is_the_matter(as_user, waste_officer, question, title):
    found = make.ongoing()
    item = found.checklist.items.get(question=question)
    page = as_user(waste_officer).get(at("finding-new", found), {"butir": item.pk})
    assert page.context["form"].initial["title"] == title


def test_a_reported_repair_waits_visibly_for_somebody_to_look(as_user, owner, waste_officer):
    found = make.decided(subject=owner.enterprise)
    assert "Usaha melaporkan perbaikan" not in as_user(waste_officer).get(at("finding", found)).content.decode()
    as_user(owner).post(at("own-finding-cure", found), {"text": "Pipa sudah ditutup."})

    assert "Usaha melaporkan perbaikan" in as_user(waste_officer).get(at("finding", found)).content.decode()
    assert "Laporan perbaikan Anda diterima" in as_user(owner).get(at("own-finding", found)).content.decode()
