"""The words of our templates, the forms, and the promises that every page keeps."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.messages import constants
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from batikportal.contracts import Reading
from batikportal.templatetags import figures
from batikportal.templatetags.records import due_in_words

GET = RequestFactory().get


def drawn(source: str, path: str = "/", **context) -> str:
    return Template(source).render(Context({"request": GET(path), **context}))


class Answers(forms.Form):
    name = forms.CharField(label="Nama")
    kind = forms.ChoiceField(label="Jenis?", choices=[("a", "Tulis"), ("b", "Cap")], widget=forms.RadioSelect)
    note = forms.CharField(label="Catatan", required=False, help_text="Boleh kosong.")
    volume = forms.DecimalField(label="Volume", required=False, widget=forms.TextInput(attrs={"data-unit": "m³"}))
    agrees = forms.BooleanField(label="Setuju")


class Filters(forms.Form):
    cari = forms.CharField(label="Cari", required=False)
    jenis = forms.ChoiceField(label="Jenis", required=False, choices=[("", "Semua"), ("a", "Tulis")])
    aktif = forms.BooleanField(label="Hanya aktif", required=False)


def test_form_lists_each_error_with_a_link_to_its_first_control():
    html = drawn("{{ form.as_div }}", form=Answers({"name": ""}))

    assert re.findall(r'<a href="(#\w+)">([^<]+)</a>', html) == [
        ("#id_name", "Isi nama."),
        ("#id_kind_0", "Jawab “Jenis?”"),
        ("#id_agrees", "Centang “Setuju”."),
    ]
    for target in ("id_name", "id_kind_0", "id_agrees"):
        assert f'id="{target}"' in html


def test_form_without_data_has_no_summary():
    assert "error-summary" not in drawn("{{ form.as_div }}", form=Answers())


def test_form_shows_errors_of_the_whole_form_once():
    form = Answers({})
    form.add_error(None, "Dua hal bertentangan.")

    assert drawn("{{ form.as_div }}", form=form).count("Dua hal bertentangan.") == 1


class Empty(forms.Form):
    name = forms.CharField(label="Nama usaha")
    nik = forms.CharField(label="NIK")
    ward = forms.ChoiceField(label="Kelurahan", choices=[("a", "A")])
    techniques = forms.MultipleChoiceField(label="Teknik", choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)
    photo = forms.FileField(label="Foto tempat usaha")
    agrees = forms.BooleanField(label="Data di atas benar.")
    exports = forms.ChoiceField(label="Pernah ekspor?", choices=[("a", "A")], widget=forms.RadioSelect)
    seen_on = forms.DateField(label="Sejak", error_messages={"required": "Isi sejak kapan."})


def test_an_empty_field_says_what_to_do():
    assert {name: list(errors) for name, errors in Empty({}).errors.items()} == {
        "name": ["Isi nama usaha."],
        "nik": ["Isi NIK."],
        "ward": ["Pilih kelurahan."],
        "techniques": ["Pilih paling sedikit satu: teknik."],
        "photo": ["Pilih foto tempat usaha yang akan diunggah."],
        "agrees": ["Centang “Data di atas benar”."],
        "exports": ["Jawab “Pernah ekspor?”"],
        "seen_on": ["Isi sejak kapan."],
    }


def test_forms_do_not_share_their_sentences():
    form = Empty({})
    form.fields["name"].label = "Nama IPAL"

    assert list(form.errors["name"]) == ["Isi nama IPAL."]
    assert list(Empty({}).errors["name"]) == ["Isi nama usaha."]


def test_the_summary_takes_the_focus_and_leads_to_the_fields():
    form = Empty({"name": "x" * 3})
    form.add_error("name", "Terlalu pendek.")
    html = drawn("{% error_summary form %}", form=form)

    assert 'tabindex="-1" autofocus>' in html
    assert '<a href="#id_name">Nama usaha: Terlalu pendek.</a>' in html
    # A sentence that names its field needs no label before it.
    assert '<a href="#id_ward">Pilih kelurahan.</a>' in html
    assert '<a href="#id_exports_0">' in html
    assert html.index("Terlalu pendek") < html.index("Pilih kelurahan")


def test_the_summary_of_lines_names_the_line():
    lines = forms.formset_factory(Answers, extra=2)(
        {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 0, "form-1-name": "", "form-1-note": "x"}
    )
    html = drawn("{% error_summary lines %}", lines=lines)

    assert '<a href="#id_form-1-name">Baris 2: Isi nama.</a>' in html
    assert "Baris 1" not in html


def test_nothing_takes_the_focus_without_errors():
    assert "autofocus" not in drawn("{% error_summary form %}", form=Empty())


def test_field_ties_help_and_error_to_its_input():
    form = Answers({"note": "x" * 3})
    form.add_error("note", "Terlalu pendek.")
    html = drawn("{{ form.note.as_field_group }}", form=form)

    assert 'aria-describedby="id_note_helptext id_note_error"' in html
    assert 'id="id_note_helptext"' in html
    assert 'id="id_note_error"' in html
    assert 'aria-invalid="true"' in html
    assert "(opsional)" in html


def test_field_prints_its_unit():
    assert '<span class="unit">m³</span>' in drawn("{{ form.volume.as_field_group }}", form=Answers())


def test_choices_stand_in_a_fieldset_with_their_question():
    html = drawn("{{ form.kind.as_field_group }}", form=Answers())

    assert re.search(r"<fieldset[^>]*>\s*<legend>Jenis\?</legend>", html)


def test_post_form_carries_the_token_and_the_way_back():
    html = drawn(
        '{% post_form form submit="Kirim" cancel="/usaha/" %}{% endpost_form %}', form=Answers(), csrf_token="abc"
    )

    assert 'name="csrfmiddlewaretoken" value="abc"' in html
    assert '<a href="/usaha/">Batal</a>' in html
    assert ">Kirim</button>" in html


def test_text_from_people_is_escaped_by_every_tag():
    source = (
        "{% badge bad %}{% crumb bad '/' %}{% heading bad lead=bad kicker=bad %}{% endheading %}{% stat bad bad %}"
        "{% card bad extra=bad %}{% endcard %}{% notice 'info' bad %}{% endnotice %}{% fact bad bad %}"
        "{% work_row bad '/' detail=bad %}{% empty_state bad bad %}{% table bad %}{% endtable %}"
        "{% masked bad '/' bad %}"
        "{% icon 'x' label=bad %}{% tab bad '/' %}{% download '/' bad format=bad %}"
    )

    assert "<script" not in drawn(source, bad="<script>alert(1)</script>")


def test_blocks_keep_the_markup_of_their_content():
    html = drawn("{% notice 'info' %}<p>a</p>{% endnotice %}{% factblock 'x' %}<a href='/'>b</a>{% endfactblock %}")

    assert "<p>a</p>" in html
    assert "<a href='/'>b</a>" in html


def test_factblock_without_content_is_a_dash():
    assert "<dd>–</dd>" in drawn("{% factblock 'x' %}  {% endfactblock %}")


@pytest.mark.parametrize(
    ("query", "href", "order"), [("", "?urut=nama", None), ("?urut=nama", "?urut=-nama", "ascending")]
)
def test_sort_header_turns_round(query, href, order):
    html = drawn('{% sort_header "Nama" "nama" %}', f"/{query}")

    assert f'href="{href}"' in html
    assert (f'aria-sort="{order}"' in html) == bool(order)


def test_sort_header_keeps_filters_and_leaves_the_page():
    html = drawn('{% sort_header "Nama" "nama" %}', "/?cari=batik&halaman=3")

    assert 'href="?cari=batik&amp;urut=nama"' in html


def test_pagination_keeps_the_query_and_marks_the_page():
    page = Paginator(range(100), 10).get_page(3)
    html = drawn("{% pagination page %}", "/?cari=batik&halaman=3", page=page)

    assert 'href="?cari=batik&amp;halaman=2" rel="prev"' in html
    assert 'href="?cari=batik&amp;halaman=4" rel="next"' in html
    assert "21–30 dari 100" in html
    assert html.count("aria-current") == 1


def test_pagination_of_one_page_is_nothing():
    assert drawn("{% pagination page %}", page=Paginator([1], 10).get_page(1)) == ""


def test_filter_bar_offers_to_remove_each_filter():
    path = "/?cari=kauman&jenis=a&aktif=on&urut=nama&halaman=2"
    html = drawn("{% filter_bar form %}", path, form=Filters(GET(path).GET))
    chips = re.findall(r'<li><a href="([^"]*)"><span[^>]*>[^<]*</span>([^<]*)<', html)

    assert [(href.replace("&amp;", "&"), text) for href, text in chips] == [
        ("?jenis=a&aktif=on&urut=nama", "Cari: kauman"),
        ("?cari=kauman&aktif=on&urut=nama", "Jenis: Tulis"),
        ("?cari=kauman&jenis=a&urut=nama", "Hanya aktif"),
    ]
    assert '<input type="hidden" name="urut" value="nama">' in html


def test_filter_bar_without_filters_has_no_chips():
    assert 'class="chips"' not in drawn("{% filter_bar form %}", form=Filters())


def test_navlink_to_a_missing_page_is_nothing():
    assert drawn('{% navlink "X" "no-such-page" %}') == ""


@pytest.mark.parametrize(
    ("due", "words", "overdue"),
    [
        (date(2026, 11, 21), "Lewat 2 hari", True),
        (date(2026, 11, 23), "Batas waktu hari ini", True),
        (date(2026, 12, 4), "11 hari lagi", False),
    ],
)
def test_due_in_words(due, words, overdue):
    assert due_in_words(due, date(2026, 11, 23)) == (words, overdue)


INDICATOR = SimpleNamespace(
    title="Cakupan", unit="%", direction="up", definition="…", source="…", minimum_completeness=0.8, decimals=1
)


@pytest.mark.parametrize(
    ("reading", "unavailable", "state"),
    [
        (Reading(63.4, completeness=0.9), False, "ok"),
        (Reading(63.4, completeness=0.79), False, "low"),
        (Reading(63.4), False, "ok"),
        (Reading(0, completeness=1.0), False, "ok"),
        (Reading(None, completeness=1.0), False, "no_data"),
        (Reading(63.4), True, "unavailable"),
        (Reading(None, numerator=4, withheld="Kursi seluruh kota."), False, "withheld"),
        (None, False, "unavailable"),
    ],
)
def test_indicator_card_says_how_far_to_trust_it(reading, unavailable, state):
    html = drawn("{% indicator_card i r unavailable=u %}", i=INDICATOR, r=reading, u=unavailable)

    assert f'class="indicator {state}"' in html
    assert ("63,4" in html) == (state in ("ok", "low") and reading.value != 0)


def test_indicator_card_without_data_shows_no_zero():
    html = drawn("{% indicator_card i r %}", i=INDICATOR, r=Reading(None))

    assert "belum ada data" in html
    assert "Target" not in html


@pytest.mark.parametrize(
    ("direction", "value", "goal", "words"),
    [
        ("up", 80, 75, "tercapai"),
        ("up", 70, 75, "belum tercapai"),
        ("down", 14, 16, "tercapai"),
        ("down", 17, 16, "belum tercapai"),
    ],
)
def test_indicator_card_judges_the_target_by_direction(direction, value, goal, words):
    indicator = SimpleNamespace(**{**vars(INDICATOR), "direction": direction})
    html = drawn("{% indicator_card i r target=t %}", i=indicator, r=Reading(value), t=SimpleNamespace(value=goal))

    assert f"Target {goal}% · {words}" in html


def test_indicator_card_without_direction_judges_nothing():
    indicator = SimpleNamespace(**{**vars(INDICATOR), "direction": "none"})
    html = drawn("{% indicator_card i r target=t target_label='Rencana' %}", i=indicator, r=Reading(10), t=20)

    assert "Rencana 20%" in html
    assert "tercapai" not in html


def test_indicator_card_links_to_its_sheet():
    html = drawn("{% indicator_card i r detail_url='/dasbor/angka/x/' %}", i=INDICATOR, r=Reading(1))

    assert '<a href="/dasbor/angka/x/">Cakupan</a>' in html


@pytest.mark.parametrize(
    ("values", "unit", "direction", "tone", "words"),
    [
        ([60, None, 62], "%", "up", "good", "Nov 2026 naik 2 persen poin dari Sep 2026"),
        ([None, 60, 62], "usaha", "down", "bad", "Nov 2026 naik 2 usaha dari Okt 2026"),
        ([1, 3, 3], "%", "up", "", "Nov 2026 sama dengan Okt 2026"),
        ([9, 5, 4], "orang", "", "", "Nov 2026 turun 1 orang dari Okt 2026"),
    ],
)
def test_trend_says_from_when_to_when_and_in_which_unit(values, unit, direction, tone, words):
    points = list(zip(["Sep 2026", "Okt 2026", "Nov 2026"], values, strict=True))
    trend = figures.trend_of(points, unit, direction)

    assert (trend.tone, trend.words) == (tone, words)


def test_trend_of_a_single_value_is_nothing():
    assert figures.trend_of([("Okt 2026", None), ("Nov 2026", 4)], "%", "up") is None


def test_a_withheld_figure_says_why_and_is_no_missing_data():
    html = drawn("{% indicator_card i r %}", i=INDICATOR, r=Reading(None, numerator=4, withheld="Kursi seluruh kota."))

    assert "Kursi seluruh kota." in html
    assert "belum ada data" not in html
    assert "Kelengkapan" not in html


def test_stat_tells_no_data_from_zero():
    assert "belum ada data" in drawn("{% stat 'Ekspor' None %}")
    assert "belum ada data" not in drawn("{% stat 'Ekspor' 0 %}")


def test_place_map_prints_its_places_as_a_table():
    place = SimpleNamespace(name="IPAL", url="/ipal/", value="98 mg/L", status="bad", note="")
    html = drawn('{% place_map "Peta" "/peta.json" places=places %}', places=[place])

    assert '<a href="/ipal/">IPAL</a>' in html
    assert "bermasalah" in html
    assert 'data-url="/peta.json"' in html


def test_messages_find_their_kind():
    kinds = [drawn("{{ m|message_kind }}", m=SimpleNamespace(level_tag=tag)) for tag in constants.DEFAULT_TAGS.values()]

    assert kinds == ["info", "info", "success", "warning", "danger"]
