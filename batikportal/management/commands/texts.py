"""Collects the texts people see and keeps the English catalogue, without gettext on the machine.

The source texts are Indonesian. ``texts`` adds new ones to batikportal/locale/en/LC_MESSAGES/django.po, drops
those no longer used and compiles the catalogue; ``texts --check`` changes nothing and fails when one has no
English, a placeholder differs, or the compiled file is stale.
"""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation.template import templatize

CATALOGUE = Path(settings.LOCALE_PATHS[0]) / "en" / "LC_MESSAGES" / "django.po"
CODE = ("batikportal", "wastewater", "workforce", "marketing")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# A date in the header would make every catalogue differ from the last.
UNDATED = datetime(2026, 1, 1, tzinfo=UTC)
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w+)\}")


def sources() -> Iterator[tuple[Path, str]]:
    """Every file with texts, as Python that calls gettext."""
    for app in CODE:
        for path in sorted((settings.BASE_DIR / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, path.read_text(encoding="utf-8")
    for pattern in ("*.html", "*.txt", "*.svg"):
        for path in sorted((settings.BASE_DIR / "templates").rglob(pattern)):
            marked = templatize(path.read_text(encoding="utf-8"), origin=str(path))
            # What is left is not quite Python: only its lines matter, not their indentation.
            yield path, "\n".join(line.strip() for line in marked.splitlines())


def used_texts():
    """A Babel catalogue of all texts in use, without translations."""
    from babel.messages.catalog import Catalog
    from babel.messages.extract import extract

    catalogue = Catalog(
        locale="en",
        project="Portal Batik Pekalongan",
        version="1",
        msgid_bugs_address="portal@localhost",
        last_translator="Portal Batik Pekalongan",
        language_team="English",
        header_comment="# English for the texts of the portal; the source texts are Indonesian.",
        creation_date=UNDATED,
        revision_date=UNDATED,
        fuzzy=False,
    )
    for path, text in sources():
        name = str(path.relative_to(settings.BASE_DIR))
        for _line, message, _comments, context in extract(
            "python", io.BytesIO(text.encode()), KEYWORDS, options={"encoding": "utf-8"}
        ):
            catalogue.add(message, locations=[(name, 0)], context=context)
    return catalogue


def read_catalogue():
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    if not CATALOGUE.exists():
        return Catalog(locale="en")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def merged():
    """The texts in use with the translations at hand; no guesses."""
    catalogue, known = used_texts(), read_catalogue()
    for message in catalogue:
        found = known.get(message.id, context=message.context) if message.id else None
        if found is not None and isinstance(found.string, tuple) == message.pluralizable:
            message.string = found.string
    return catalogue


def compiled(catalogue) -> bytes:
    from babel.messages.mofile import write_mo

    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def problems(catalogue) -> list[str]:
    """What is missing or differs, in words."""
    found = []
    for message in catalogue:
        if not message.id:
            continue
        source = message.id if isinstance(message.id, tuple) else (message.id,)
        target = message.string if isinstance(message.string, tuple) else (message.string,)
        place = message.locations[0][0] if message.locations else "?"
        if not all(target):
            found.append(f"{place}: no English for {source[0]!r}")
        elif any(_names(text) - _names(source[-1]) - _names(source[0]) for text in target):
            found.append(f"{place}: placeholders differ in {source[0]!r}")
    return found


def _names(text: str) -> set[str]:
    return {match.group(0) for match in PLACEHOLDER.finditer(text)}


class Command(BaseCommand):
    help = "Update the English catalogue from the texts in code and templates, or check it."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Change nothing; fail when the catalogue is not complete."
        )

    def handle(self, *args, check: bool = False, **options) -> None:
        catalogue = merged()
        wrong = problems(catalogue)
        if check:
            compiled_file = CATALOGUE.with_suffix(".mo")
            if not compiled_file.exists() or compiled_file.read_bytes() != compiled(catalogue):
                wrong.append("the compiled catalogue is stale: run manage.py texts")
            if wrong:
                raise CommandError("\n".join(wrong))
            return
        from babel.messages.pofile import write_po

        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        with CATALOGUE.open("wb") as file:
            write_po(file, catalogue, width=120, omit_header=False, sort_output=True, include_lineno=False)
        CATALOGUE.with_suffix(".mo").write_bytes(compiled(catalogue))
        self.stdout.write(f"{len(catalogue)} texts, {len(wrong)} without English")
