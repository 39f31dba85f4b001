"""Loads supervision.toml: dated figures, articles of law, and the first edition of the checklist."""

import tomllib
from pathlib import Path

BOOK = Path(__file__).with_name("supervision.toml")


def load(apps) -> None:
    """Write the book into the tables; rows made later by people are left alone."""
    book = tomllib.loads(BOOK.read_text(encoding="utf-8"))
    start = book["from"]
    setting = apps.get_model("wastewater", "SupervisionSetting")
    setting.objects.bulk_create(
        setting(key=key, number=number, legal_basis=basis, confidence=confidence, effective_from=start)
        for key, (number, basis, confidence) in book["settings"].items()
    )
    article = apps.get_model("wastewater", "LegalArticle")
    article.objects.bulk_create(
        article(
            kind=kind,
            citation=citation,
            summary=summary,
            confidence=confidence,
            effective_from=start,
        )
        for kind, rows in book["articles"].items()
        for citation, summary, confidence in rows
    )
    checklist = apps.get_model("wastewater", "Checklist").objects.create(
        version=1, effective_from=start, note="Edisi awal portal; disesuaikan DLH."
    )
    item = apps.get_model("wastewater", "ChecklistItem")
    rows = [(aspect, question, basis) for aspect, asked in book["checklist"].items() for question, basis in asked]
    item.objects.bulk_create(
        item(checklist=checklist, aspect=aspect, place=place, question=question, legal_basis=basis)
        for place, (aspect, question, basis) in enumerate(rows, start=1)
    )
