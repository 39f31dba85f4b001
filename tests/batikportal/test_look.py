"""What every page promises: small and fresh styles, colours that can be read, nothing inline, pages for bad days."""

import gzip
import re

import pytest
from django.template.loader import get_template

from batikportal import stylesheets


def test_joined_stylesheet_is_fresh():
    assert stylesheets.TARGET.read_text() == stylesheets.joined(), "run: python -m batikportal.stylesheets"


def test_stylesheet_of_every_page_stays_small():
    assert len(gzip.compress(stylesheets.joined().encode(), 9)) < 10_000


def luminance(colour: str) -> float:
    full = colour if len(colour) == 7 else "#" + "".join(c * 2 for c in colour[1:])
    parts = [int(full[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def tokens() -> dict[str, dict[str, str]]:
    """The colours of both schemes; the dark one changes some of the light one."""
    light, _, dark = (stylesheets.FOLDER / "tokens.css").read_text().partition("prefers-color-scheme: dark")
    pattern = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{3,6});")
    bright = dict(pattern.findall(light))
    return {"light": bright, "dark": bright | dict(pattern.findall(dark))}


TEXT_PAIRS = [
    *((ink, ground) for ink in ("ink", "muted", "link") for ground in ("page", "surface", "sunken")),
    *((tone, f"{tone}-soft") for tone in ("good", "warning", "bad", "info", "special", "neutral")),
    *((tone, "surface") for tone in ("good", "warning", "bad", "accent")),
    ("on-action", "action"),
    ("on-action", "action-hover"),
    ("on-brand", "brand"),
    ("on-brand-quiet", "brand"),
    ("on-brand-quiet", "brand-raised"),
    ("surface", "bad"),
]
SHAPE_PAIRS = [*((f"series-{k}", "surface") for k in range(1, 6)), ("line-strong", "surface"), ("line-strong", "page")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXT_PAIRS, 4.5), (SHAPE_PAIRS, 3.0)], ids=["text", "shapes"])
def test_colours_contrast_enough_in_both_schemes(scheme, pairs, least):
    colours = tokens()[scheme]
    found = {}
    for front, back in pairs:
        dark, bright = sorted((luminance(colours[front]), luminance(colours[back])))
        found[f"{front} on {back}"] = (bright + 0.05) / (dark + 0.05)

    assert {pair: ratio for pair, ratio in found.items() if ratio < least} == {}


INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)


@pytest.fixture
def gallery_open(settings):
    settings.DEMO = True


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "?contoh=formulir", "?contoh=formulir-kosong", "?contoh=konfirmasi"])
def test_gallery_page_keeps_the_strict_policy(client, gallery_open, query):
    response = client.get(f"/gaya/{query}")

    assert response.status_code == 200
    assert INLINE.findall(response.content.decode()) == []
    assert response.content.decode().count("<h1") == 1


@pytest.mark.django_db
def test_gallery_is_shut_outside_of_demo_and_development(client, settings):
    settings.DEBUG = settings.DEMO = False

    assert client.get("/gaya/").status_code == 404


@pytest.mark.django_db
def test_demo_banner_stands_on_every_page_of_the_demo_only(client, settings):
    settings.DEMO = True
    assert "Data contoh" in client.get("/akun/masuk-salah/").content.decode()

    settings.DEMO = False
    assert "Data contoh" not in client.get("/akun/masuk-salah/").content.decode()


@pytest.mark.parametrize("name", ["400.html", "500.html", "503.html"])
def test_page_of_an_outage_needs_no_request(name):
    html = get_template(name).render()

    assert "<h1>" in html
    assert INLINE.findall(html) == []
