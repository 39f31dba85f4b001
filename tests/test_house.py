"""The laws of the house: imports and foreign keys fall, texts are translated, files stay readable."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.template.loader import get_template
from importlinter.cli import lint_imports
from lucide.templatetags.lucide import lucide as lucide_icon

ROOT = Path(__file__).resolve().parent.parent
APPS = ("wastewater", "workforce", "marketing")
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "base", "core", "services", "managers", "constants"}
MAX_MODULE_LINES = 450


def modules() -> Iterator[Path]:
    for app in ("batikportal", *APPS):
        yield from (path for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts)


def templates() -> Iterator[Path]:
    yield from sorted((ROOT / "templates").rglob("*.html"))


def test_imports_only_fall(monkeypatch):
    monkeypatch.chdir(ROOT)

    assert lint_imports() == 0


def test_foreign_keys_only_fall():
    up = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.local_fields
        if field.related_model
        and model._meta.app_label in ("batikportal", *APPS)
        and field.related_model._meta.app_label in APPS
        and field.related_model._meta.app_label != model._meta.app_label
    ]

    assert up == []


def test_foreign_keys_to_the_ground_floor_open_no_door_upward():
    doors = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in APPS and not hasattr(model, "pgh_tracked_model")
        for field in model._meta.local_fields
        if field.related_model and field.related_model._meta.app_label == "batikportal"
        and not field.remote_field.related_name.endswith("+")
    ]  # fmt: skip

    assert doors == []


def test_no_file_hides_what_it_holds():
    assert [
        str(path) for path in modules() if path.stem in FORBIDDEN_NAMES or path.parent.name in FORBIDDEN_NAMES
    ] == []


def test_every_module_opens_with_its_promise():
    silent = [str(path.relative_to(ROOT)) for path in modules() if not ast.get_docstring(ast.parse(path.read_text()))]

    assert silent == []


def test_no_module_outgrows_easy_reading():
    long = {
        str(path.relative_to(ROOT)): n
        for path in modules()
        if (n := len(path.read_text().splitlines())) > MAX_MODULE_LINES
    }

    assert long == {}


def test_no_template_holds_inline_script_or_style():
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", re.IGNORECASE)

    assert [str(path.relative_to(ROOT)) for path in templates() if inline.search(path.read_text())] == []


def test_every_template_compiles():
    for path in templates():
        get_template(str(path.relative_to(ROOT / "templates")))


def test_every_template_is_used():
    texts = "\n".join(path.read_text() for path in [*modules(), *templates()])
    library = ("admin/", "account/", "mfa/", "usersessions/", "allauth/", "django/", "import_export/")
    by_name = {"400.html", "403.html", "404.html", "500.html", "429.html", "503.html", "403_csrf.html"}
    unused = [
        name
        for path in templates()
        if not (name := str(path.relative_to(ROOT / "templates"))).startswith(library)
        and name not in by_name
        and name not in texts
        and path.name not in texts
    ]

    assert unused == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_every_text_has_its_english():
    call_command("texts", "--check")


@pytest.mark.django_db
def test_the_portal_finds_nothing_wrong_with_itself():
    call_command("check", fail_level="WARNING")


def test_every_icon_exists():
    named = re.compile(r'icon="([a-z0-9-]+)"|\{% icon "([a-z0-9-]+)"')
    icons = {one or other for path in templates() for one, other in named.findall(path.read_text())}

    for name in icons:
        lucide_icon(name)
